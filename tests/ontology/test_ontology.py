"""The ontology as a whole: header, OWL 2 RL profile, consistency, order of the file."""

from __future__ import annotations

import re
from pathlib import Path

import owlrl
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY_FILE = ROOT / "ontology" / "pactgraph.ttl"
IRI = URIRef("https://w3id.org/pactgraph/ontology")
PG = Namespace("https://w3id.org/pactgraph/ontology/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
VANN = Namespace("http://purl.org/vocab/vann/")
PROV = Namespace("http://www.w3.org/ns/prov#")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
VALID = Namespace("https://example.org/valid/")

# Whatever else of OWL appears needs a look into the tables of the profile first. Everything here is allowed in OWL 2 RL
# between named classes and properties, which the tests below ask for.
ALLOWED_OWL = {
    OWL.AllDisjointClasses,
    OWL.AnnotationProperty,
    OWL.Class,
    OWL.DatatypeProperty,
    OWL.ObjectProperty,
    OWL.Ontology,
    OWL.disjointWith,
    OWL.inverseOf,
    OWL.members,
    OWL.priorVersion,
    OWL.propertyChainAxiom,
    OWL.versionIRI,
    OWL.versionInfo,
}
RL_DATATYPES = {f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("string", "boolean", "integer", "decimal")}


def _axioms(*graphs: Graph) -> Graph:
    """The statements that a reasoner looks at: names, texts and notes left out (they double its time)."""
    notes = {RDFS.label, RDFS.seeAlso, RDFS.isDefinedBy, RDFS.comment, SKOS.definition, SKOS.example, DCTERMS.source}
    axioms = Graph()
    for graph in graphs:
        for triple in graph:
            if triple[1] not in notes:
                axioms.add(triple)
    return axioms


def _errors(graph: Graph) -> list[str]:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return [str(error) for error in graph.objects(None, ERROR)]


def test_header_is_complete(ontology: Graph) -> None:
    assert (IRI, RDF.type, OWL.Ontology) in ontology
    assert ontology.value(IRI, OWL.versionIRI) == URIRef(f"{IRI}/{ontology.value(IRI, OWL.versionInfo)}")
    for predicate in (DCTERMS.title, DCTERMS.description, RDFS.label):
        assert {text.language for text in ontology.objects(IRI, predicate)} == {"vi", "en"}
    assert ontology.value(IRI, DCTERMS.creator) == Literal("pactgraph contributors")
    assert ontology.value(IRI, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    for predicate in (DCTERMS.created, DCTERMS.issued, DCTERMS.modified):
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(ontology.value(IRI, predicate)))
    assert str(ontology.value(IRI, OWL.versionInfo)) == "1.1.0"
    assert ontology.value(IRI, OWL.priorVersion) == URIRef(f"{IRI}/1.0.0")
    assert ontology.value(IRI, VANN.preferredNamespacePrefix) == Literal("pg")
    assert ontology.value(IRI, VANN.preferredNamespaceUri) == Literal(str(PG))


def test_only_constructs_of_owl_2_rl(ontology: Graph, alignments: Graph) -> None:
    used = {term for triple in ontology + alignments for term in triple if isinstance(term, URIRef) and term in OWL}
    assert used <= ALLOWED_OWL


def test_axioms_stand_between_named_terms(ontology: Graph, alignments: Graph) -> None:
    graph = ontology + alignments
    named = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.disjointWith)
    for predicate in named:
        for subject, value in graph.subject_objects(predicate):
            assert isinstance(subject, URIRef) and isinstance(value, URIRef), (subject, predicate, value)
    for members in graph.objects(None, OWL.members):
        assert all(isinstance(member, URIRef) for member in Collection(graph, members))


def test_ranges_of_datatype_properties_are_datatypes_of_the_profile(ontology: Graph) -> None:
    for term in ontology.subjects(RDF.type, OWL.DatatypeProperty):
        ranges = {str(value) for value in ontology.objects(term, RDFS.range)}
        assert ranges <= RL_DATATYPES, f"{term}: dates and texts with a language belong into the shapes"


def test_blank_nodes_only_for_lists_and_disjointness(ontology: Graph, alignments: Graph) -> None:
    for graph in (ontology, alignments):
        for node in {subject for subject in graph.subjects() if isinstance(subject, BNode)}:
            predicates = set(graph.predicates(node))
            assert predicates <= {RDF.first, RDF.rest} or (node, RDF.type, OWL.AllDisjointClasses) in graph


def test_consistent_with_examples_and_with_the_vocabularies_that_it_is_aligned_with(
    ontology: Graph, alignments: Graph, examples: Graph
) -> None:
    external = Graph().parse(Path(__file__).with_name("external-axioms.ttl"))
    closure = _axioms(ontology, alignments, external, examples)
    assert _errors(closure) == []
    # What must follow …
    assert (VALID["article-9-1"], PG.provisionOf, VALID.covenant) in closure
    assert (VALID["rec-24-a"], PG.inDocument, VALID.co3) in closure
    assert (VALID.task, PG.hasResponsibility, VALID.lead) in closure
    assert (VALID["law-2025"], PG.replaces, VALID["law-2018"]) in closure
    assert (VALID.plan, RDF.type, PROV.Entity) in closure
    assert (VALID.law, PG.amendedBy, VALID["law-amending"]) in closure
    assert (VALID["upr-143-1"], PG.hasPosition, VALID["position-2014"]) in closure
    # … and what must not: a responsibility makes no activity (only an activity and a journal entry are), a link no conformity.
    assert set(closure.subjects(RDF.type, PROV.Activity)) == {VALID.activity, *(VALID[f"entry-{n}"] for n in (12, 13, 14))}
    eli = "http://data.europa.eu/eli/ontology#"
    assert not list(closure.subject_objects(URIRef(eli + "implements")))
    assert not list(closure.subject_objects(URIRef(eli + "applies")))


def test_one_thing_of_two_kinds_is_inconsistent(ontology: Graph) -> None:
    """Each pair in a thing of its own, all in one closure: every one of them must be told."""
    pairs = [
        ("Article", "ArticleParagraph"),
        ("Event", "ImplementationActivity"),
        ("Evidence", "SourceDocument"),
        ("Law", "LawProposal"),
        ("LawVersion", "Law"),
        ("LegalProvision", "TreatyProvision"),
        ("PlanTask", "PlanHeading"),
        ("Product", "PlanTask"),
        ("PublicBody", "BodyGroup"),
        ("PublicBody", "PlanTask"),
        ("Recommendation", "PlanTask"),
        ("Responsibility", "Deadline"),
        ("StatePosition", "Assessment"),
        ("TreatyBodyRecommendation", "UprRecommendation"),
    ]
    graph = _axioms(ontology)
    for pair in pairs:
        for kind in pair:
            graph.add((VALID["-".join(pair)], RDF.type, PG[kind]))
    told = "\n".join(_errors(graph))
    assert [pair for pair in pairs if str(VALID["-".join(pair)]) not in told] == []


def test_terms_stand_in_sections_and_in_alphabetical_order() -> None:
    declared = re.findall(r"^pg:(\w+) a owl:(\w+) ;$", ONTOLOGY_FILE.read_text(encoding="utf-8"), re.MULTILINE)
    sections = ["Class", "ObjectProperty", "DatatypeProperty"]
    assert declared == sorted(declared, key=lambda term: (sections.index(term[1]), term[0]))
