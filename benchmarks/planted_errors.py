"""Errors of many kinds for a graph that has none: what is taken away from a thing, and what it gets in its place."""

from __future__ import annotations

import random

import pyoxigraph as ox

from pactgraph.namespaces import DCTERMS, PG, RDF, RDFS, VOCAB, XSD

_DAY, _WHOLE, _NUMBER = (ox.NamedNode(XSD + name) for name in ("date", "integer", "decimal"))
_LABEL, _THING = RDFS + "label", ox.NamedNode("https://example.org/no-such-thing")


def _words(text: str, lang: str = "") -> ox.Literal:
    return ox.Literal(text, language=lang) if lang else ox.Literal(text)


# Class, property, what is taken away of it (all, or nothing), what is added.
KINDS: tuple[tuple[str, str, bool, tuple[ox.Literal | ox.NamedNode, ...]], ...] = (
    ("PlanTask", PG + "rowNumber", True, ()),
    ("PlanTask", PG + "hasResponsibility", True, ()),
    ("PlanTask", PG + "hasDeadline", True, ()),
    ("PlanTask", PG + "inPlan", False, (_THING,)),
    ("PlanTask", _LABEL, False, (_words("Nhiệm vụ khác", "vi"),)),
    ("PlanTask", PG + "sourceLine", True, ()),
    ("Responsibility", PG + "role", True, (ox.NamedNode(VOCAB + "role/none-such"),)),
    ("Responsibility", PG + "responsibleAgent", True, (_THING,)),
    ("Responsibility", PG + "verbatim", True, ()),
    ("Addressee", PG + "basis", True, (_words("sure"),)),
    ("Addressee", PG + "validUntil", True, (ox.Literal("2001-01-01", datatype=_DAY),)),
    ("Addressee", PG + "addresseeBody", True, ()),
    ("Deadline", PG + "dueYear", False, (ox.Literal("1900", datatype=_WHOLE),)),
    ("Deadline", PG + "dueMonthDay", False, (_words("30-11"),)),
    ("Deadline", PG + "deadlineKind", True, ()),
    ("LinkAssertion", PG + "confidence", True, (ox.Literal("1.5", datatype=_NUMBER),)),
    ("LinkAssertion", PG + "linkPredicate", True, (ox.NamedNode(PG + "dueYear"),)),
    ("LinkAssertion", PG + "quotation", True, (_words(""),)),
    ("LinkAssertion", PG + "linkStatus", True, (ox.NamedNode(VOCAB + "link-status/confirmed"),)),
    ("ExpectedResult", _LABEL, True, (_words("Kết quả", "vi"),)),
    ("StatusObservation", PG + "taskStatus", True, ()),
    ("ProgressStatement", PG + "asOf", True, (_words("30 November"),)),
    ("ProgressStatement", PG + "reportedBy", True, (_THING,)),
    ("SourceDocument", PG + "sha256", True, (_words("x"),)),
    ("SourceDocument", DCTERMS + "rights", True, ()),
    ("CommitteeAssessment", PG + "assessedOn", True, (ox.Literal("1999-01-01", datatype=_DAY),)),
    ("Law", PG + "inForceUntil", True, (ox.Literal("2001-01-01", datatype=_DAY),)),
)


def planted(quads: list[ox.Quad], each: int = 8, seed: int = 11) -> list[ox.Quad]:
    """The graph with ``each`` errors of every kind; the preliminary deadlines of some tasks follow their final ones."""
    chance = random.Random(seed)
    kind = ox.NamedNode(RDF + "type")
    things: dict[str, list[ox.NamedNode]] = {}
    for quad in quads:
        if quad.predicate == kind:
            things.setdefault(quad.object.value.removeprefix(PG), []).append(quad.subject)
    gone: set[tuple[ox.NamedNode, ox.NamedNode]] = set()
    added: list[ox.Quad] = []
    graph = quads[-1].graph_name
    for name, iri, taken, values in KINDS:
        for thing in chance.sample(things[name], min(each, len(things[name]))):
            if taken:
                gone.add((thing, ox.NamedNode(iri)))
            added += [ox.Quad(thing, ox.NamedNode(iri), value, graph) for value in values]
    due = ox.NamedNode(PG + "dueOn")
    early = [quad.subject for quad in quads if quad.predicate.value == PG + "deadlineKind"
             and quad.object.value.endswith("preliminary")]
    for deadline in chance.sample(early, each):
        gone.add((deadline, due))
        added.append(ox.Quad(deadline, due, ox.Literal("2099-12-31", datatype=_DAY), graph))
    return [quad for quad in quads if (quad.subject, quad.predicate) not in gone] + added
