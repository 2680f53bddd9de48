"""Descriptions for portals: the official shapes, the files that they speak of, and one source for all of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from cli_help import run
from parallel import Parallel
from publish_help import exported
from rdflib import DCAT, DCTERMS, RDF, SH, Graph, Literal, Namespace, URIRef

from pactgraph.about import about
from pactgraph.build.void import void_quads
from pactgraph.catalogue import names
from pactgraph.ids import Ids
from pactgraph.publish import dcat
from pactgraph.publish.catalogued import Catalogue, catalogue
from pactgraph.publish.citing import citation
from pactgraph.publish.knowledge import of_store
from pactgraph.publish.manifest import damaged, distributions, read_manifest
from pactgraph.publish.released import Release
from pactgraph.publish.triples import FORMATS
from pactgraph.store.embedded import EmbeddedStore

SITE = "https://data.example.org/pact/"
BASE = "https://w3id.org/pactgraph/"
VERSION = about().text("version")
SHAPES = Path(__file__).resolve().parents[3] / "shared" / "standards" / "dcat-ap-3.0.1"
SPDX = Namespace("http://spdx.org/rdf/terms#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
VOID = Namespace("http://rdfs.org/ns/void#")
EXPLAINED = {
    DCTERMS.license, DCTERMS.temporal, DCTERMS.spatial, DCTERMS.format, DCTERMS.publisher, DCAT.distribution, DCAT.bbox,
    DCAT.centroid, DCAT.servesDataset,
}
"""The recommendations that are not met, each with its reason in docs/publishing.md."""


@pytest.fixture(scope="session")
def catalog(parallel: Parallel, built_store: Path, dumps: Path, tables: Path) -> Path:
    """All descriptions of the real graph with its dumps and tables, made once a run by the command; not to be changed."""
    options = ("--of", str(dumps), "--of", str(tables), "--address", SITE)
    return parallel.once("catalog", lambda folder: exported(built_store, "catalog", folder / "out", *options)) / "out"


@pytest.fixture(scope="module")
def releases(dumps: Path, tables: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Release]:
    """Two releases, the newest first; the files of the older one are no longer kept."""
    folder = tmp_path_factory.mktemp("releases") / "1.1.0"
    folder.mkdir()
    for name, place in (("dumps", dumps), ("tables", tables)):
        (folder / name).symlink_to(place)
    head = {"kind": "release", "revision": {"fingerprint": "abc", "journal": 0}, "day": "2026-11-22", "statements": 68000,
            "changes": {"vi": "Thêm 1.", "en": "1 added."}}
    return [Release(head | {"version": version, "version_iri": f"{BASE}release/{version}"}, folder, kept)
            for version, kept in (("1.1.0", folder), ("1.0.0", None))]


@pytest.fixture(scope="module")
def found(real_graph: EmbeddedStore, dumps: Path, tables: Path, releases: list[Release]) -> Catalogue:
    """The same as an object, with two releases."""
    manifests = [(path, read_manifest(folder) or {}) for path, folder in (("dumps/", dumps), ("tables/", tables))]
    return catalogue(BASE, SITE, manifests, of_store(real_graph.query), releases)


@pytest.fixture(scope="module")
def graph(catalog: Path) -> Graph:
    return Graph().parse(catalog / "catalog.ttl")


def content(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


# DCAT-AP ------------------------------------------------------------------------------------------------------------

@pytest.mark.skipif(not SHAPES.is_dir(), reason="the shapes of DCAT-AP 3.0.1 are not beside this checkout (../shared)")
def test_the_official_shapes_find_no_violation_and_only_explained_warnings(found: Catalogue) -> None:
    """The whole, a State, terms, a source without a licence, one without days, the tables, releases: one of each kind."""
    from pyshacl import validate

    kinds = ("pactgraph", "country-vnm", "source-vnm-1252-qd-ttg-2019", "source-un-bodies", "source-meta", "tables",
             "release/1.1.0", "release/1.0.0")
    some = [item for item in found.datasets if item.key in kinds]
    assert len(some) == len(kinds)
    data = Graph().parse(data=dcat.describe(found, some).written("ttl"), format="turtle")
    ontology = Graph().parse(SHAPES / "dcat3.ttl")
    for name in ("shapes.ttl", "range.ttl", "shapes_recommended.ttl", "mdr-vocabularies.shape.ttl"):
        _, report, _ = validate(data, shacl_graph=Graph().parse(SHAPES / name), ont_graph=ontology, do_owl_imports=False)
        results = list(report.objects(None, SH.result))
        told = [(report.value(item, SH.focusNode), report.value(item, SH.resultPath), report.value(item, SH.value))
                for item in results if report.value(item, SH.resultSeverity) == SH.Violation]
        assert told == [], name
        assert {report.value(item, SH.resultPath) for item in results} <= EXPLAINED, name


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the shapes of DCAT-AP 3.0.1 are not beside this checkout (../shared)")
def test_the_description_of_a_release_alone_has_no_violation(found: Catalogue) -> None:
    from pyshacl import validate

    for dataset in found.releases:
        data = Graph().parse(data=dcat.describe_one(found, dataset).written("ttl"), format="turtle")
        iri = URIRef(found.iri(dataset.key))
        assert str(iri) == f"{BASE}{dataset.key}"
        assert str(data.value(iri, DCAT.landingPage)) == f"{SITE}releases/{dataset.key[8:]}"
        assert len(list(data.objects(iri, DCAT.distribution))) == (11 if dataset.files else 0)
        for name in ("shapes.ttl", "range.ttl"):
            _, report, _ = validate(data, shacl_graph=Graph().parse(SHAPES / name), ont_graph=Graph().parse(SHAPES / "dcat3.ttl"))
            assert list(report.subjects(SH.resultSeverity, SH.Violation)) == [], report.serialize()


def test_the_shapes_would_find_a_fault(found: Catalogue) -> None:
    if not SHAPES.is_dir():
        pytest.skip("the shapes of DCAT-AP 3.0.1 are not beside this checkout (../shared)")
    from pyshacl import validate

    data = Graph().parse(data=dcat.describe_one(found, found.datasets[-1]).written("ttl"), format="turtle")
    data.remove((URIRef(found.iri("tables")), DCTERMS.title, None))
    _, report, _ = validate(data, shacl_graph=Graph().parse(SHAPES / "shapes.ttl"), do_owl_imports=False)
    assert DCTERMS.title in set(report.objects(None, SH.resultPath))


def test_every_file_is_described_with_the_checksum_that_it_has(graph: Graph, catalog: Path, dumps: Path, tables: Path) -> None:
    assert damaged(catalog) == []
    described = {str(address): node for node, address in graph.subject_objects(DCAT.downloadURL)}
    expected = {f"{SITE}{path}/{file.path}": file for path, folder in (("dumps", dumps), ("tables", tables))
                for file in distributions(read_manifest(folder) or {})}
    assert described.keys() == expected.keys() and len(described) > 300
    for address, file in expected.items():
        node = described[address]
        checksum = graph.value(node, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)).lower() == file.sha256
        assert int(graph.value(node, DCAT.byteSize)) == file.bytes
        assert bool(graph.value(node, DCAT.compressFormat)) == bool(file.compression)
        licence = graph.value(node, DCTERMS.license)
        assert (str(licence or "").endswith("licence/CC_BY_4_0")) == bool(file.licences)
        assert licence or graph.value(node, DCTERMS.rights), f"{address}: neither licence nor rights"


def test_a_dataset_has_one_iri_and_all_links_are_absolute(graph: Graph) -> None:
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    listed = list(graph.objects(None, DCAT.dataset))
    assert datasets == set(listed) and len(listed) == len(set(listed)) > 30
    assert all(str(term).startswith(("http://", "https://")) for triple in graph for term in triple if isinstance(term, URIRef))
    assert len({str(graph.value(item, DCTERMS.identifier)) for item in datasets}) == len(datasets)
    whole = URIRef(BASE + "id/dataset/pactgraph")
    assert graph.value(whole, URIRef(str(DCAT) + "inSeries")) and len(list(graph.objects(whole, DCAT.theme))) == 2
    assert {str(item) for item in graph.objects(whole, DCTERMS.spatial)} == {
        "http://publications.europa.eu/resource/authority/country/VNM"}
    for item in datasets:
        assert {title.language for title in graph.objects(item, DCTERMS.title)} >= {"vi", "en"}, item
    # The newest day that sources and vocabularies name (ontology/vocabularies/link-extent.ttl); no clock
    assert graph.value(whole, DCTERMS.modified) == Literal("2026-11-22", datatype=URIRef("http://www.w3.org/2001/XMLSchema#date"))


def test_the_series_names_all_releases_in_their_order(found: Catalogue) -> None:
    data = Graph().parse(data=dcat.describe(found, found.datasets[:25]).written("ttl"), format="turtle")
    series, whole = URIRef(BASE + "id/dataset/releases"), URIRef(BASE + "id/dataset/pactgraph")
    old, new = (URIRef(f"{BASE}release/{version}") for version in ("1.0.0", "1.1.0"))
    within = Namespace(str(DCAT))
    assert set(data.subjects(within["inSeries"], series)) == {old, new, whole}
    assert set(data.objects(whole, within["hasVersion"])) == {old, new}
    assert data.value(series, within["first"]) == old and data.value(series, within["last"]) == new
    assert data.value(new, within["prev"]) == old and not list(data.objects(old, within["prev"]))
    # What stands now is later than the newest release: it names that and its own state
    assert str(data.value(whole, within["version"])) == f"1.1.0+{found.state[:8]}"


def test_the_three_formats_say_the_same(catalog: Path) -> None:
    for name in ("catalog", "void"):
        sets = [set(ox.parse(path=str(catalog / f"{name}.{ending}"), format=FORMATS[ending]))
                for ending in ("ttl", "jsonld", "rdf")]
        assert sets[0] == sets[1] == sets[2] and sets[0]


def test_pages_hold_every_dataset_once_and_lead_on(found: Catalogue) -> None:
    seen: list[str] = []
    last = -(-len(found.datasets) // 10)
    for number in range(1, last + 1):
        page = dcat.Page(number, last, "catalog.ttl")
        data = Graph().parse(data=dcat.describe(found, found.datasets[(number - 1) * 10:number * 10], page).written("ttl"),
                             format="turtle")
        seen += [str(item) for item in data.subjects(RDF.type, DCAT.Dataset)]
        following = data.value(URIRef(f"{SITE}catalog.ttl?page={number}"), HYDRA.next)
        assert str(following) == (f"{SITE}catalog.ttl?page={number + 1}" if number < last else "None")
    assert sorted(seen) == sorted(found.iri(item.key) for item in found.datasets)


# One source -----------------------------------------------------------------------------------------------------------

def test_all_descriptions_say_the_same_title_version_licence_and_creator(graph: Graph, catalog: Path, root: Path) -> None:
    whole = URIRef(BASE + "id/dataset/pactgraph")
    title = about().words("title")
    assert {item.language: str(item) for item in graph.objects(whole, DCTERMS.title)} == title
    assert str(graph.value(whole, URIRef(str(DCAT) + "version"))) == VERSION
    datacite, zenodo, lod = (content(catalog / name) for name in ("datacite.json", ".zenodo.json", "lod-cloud.json"))
    (schema,) = (block for block in content(catalog / "schema-org.jsonld") if block["@id"] == str(whole))
    assert {item["lang"]: item["title"] for item in datacite["titles"]} == title
    assert title["en"] == zenodo["title"] == lod["title"] == schema["name"]
    assert VERSION == datacite["version"] == zenodo["version"] == schema["version"]
    assert ["pactgraph contributors"] == [item["name"] for item in datacite["creators"]] == [
        item["name"] for item in zenodo["creators"]] == [schema["creator"]["name"]]
    assert about().text("licence") == lod["license"] == schema["license"] == datacite["rightsList"][0]["rightsUri"]
    assert (datacite["rightsList"][0]["rightsIdentifier"], zenodo["license"]) == ("CC-BY-4.0", "cc-by-4.0")
    committed = (root / "CITATION.cff").read_text("utf-8")
    assert committed == citation() == (catalog / "CITATION.cff").read_text("utf-8"), "make it anew: pactgraph export catalog"
    assert f'title: "{title["en"]}"' in committed and f'version: "{VERSION}"' in committed


def test_citation_is_yaml_with_what_its_schema_requires(root: Path) -> None:
    yaml = pytest.importorskip("yaml")
    cff = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= cff.keys() and cff["cff-version"] == "1.2.0"
    assert cff["type"] in ("software", "dataset") and all("name" in author for author in cff["authors"])


def test_datacite_has_what_it_requires(catalog: Path) -> None:
    record = content(catalog / "datacite.json")
    for required in ("titles", "creators", "publisher", "publicationYear", "types", "schemaVersion", "identifiers"):
        assert record[required], required
    assert record["types"]["resourceTypeGeneral"] == "Dataset"


def test_schema_org_is_what_search_engines_take(catalog: Path) -> None:
    for block in content(catalog / "schema-org.jsonld"):
        assert block["@context"] == "https://schema.org/" and block["@type"] in ("Dataset", "DataCatalog")
        for item in [block, *block.get("dataset", [])]:
            assert 50 <= len(item["description"]) <= 5000 and item["license"] and item["creator"]["name"], item["name"]
        for file in block.get("distribution", []):
            assert file["@type"] == "DataDownload" and file["contentUrl"].startswith(SITE)


# VoID, LOD Cloud, examples ------------------------------------------------------------------------------------------------

def test_void_counts_what_stands_there() -> None:
    """Counted by hand: two people of whom one knows the other; a statement in two graphs counts once."""
    prefixes = "PREFIX : <http://e/> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
    store = ox.Store()
    store.update(prefixes + """INSERT DATA {
      GRAPH :g { :a a foaf:Person ; foaf:name "A" ; foaf:knows :b . :b a foaf:Person ; foaf:page <http://other.org/x/1> }
      GRAPH :h { :a foaf:name "A" ; foaf:name "B"@en } }""")
    made = ox.Store()
    made.extend(void_quads(store, Ids("http://e/"), {"http://other.org/x/": "other"}))
    ask = """PREFIX void: <http://rdfs.org/ns/void#> PREFIX ext: <http://ldf.fi/void-ext#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
      SELECT * WHERE { GRAPH ?g {
        <http://e/id/dataset/pactgraph> void:triples ?triples ; void:entities ?entities ; void:classes ?classes ;
          void:properties ?properties ; void:classPartition ?part ; void:subset ?links .
        ?part void:class foaf:Person ; void:entities ?persons ; void:propertyPartition ?names , ?knows .
        ?names void:property foaf:name ; void:triples ?named ; ext:datatypePartition/ext:datatype ?datatype .
        ?knows void:property foaf:knows ; void:classPartition/void:class ?known .
        ?links void:linkPredicate ?by ; void:triples ?linked ; void:objectsTarget ?to } }"""
    rows = list(made.query(ask))  # type: ignore[arg-type]
    assert {row["datatype"].value.rsplit("#")[-1] for row in rows} == {"string", "langString"}
    row = rows[0]
    told = {name: row[name].value.rsplit("/", 1)[-1] for name in ("triples", "entities", "classes", "properties", "persons",
                                                                  "named", "known", "by", "linked")}
    assert told == {"triples": "6", "entities": "2", "classes": "1", "properties": "4", "persons": "2", "named": "2",
                    "known": "Person", "by": "page", "linked": "1"}


def test_links_to_sdg_and_unbis_are_in_the_graph_and_counted_right(real_graph: EmbeddedStore, catalog: Path) -> None:
    count = """SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o
      FILTER(isIRI(?o) && STRSTARTS(STR(?o), "%s") && ?p != <https://w3id.org/pactgraph/ontology/linkObject>)
      GRAPH ?g { ?s ?p ?o }
      FILTER(!STRENDS(STR(?g), "/graph/void")) } }"""
    told = {item["target"]: int(item["value"]) for item in content(catalog / "lod-cloud.json")["links"]}
    for target, space in (("UN-SDG", "http://metadata.un.org/sdg/"), ("UNBIS", "http://metadata.un.org/thesaurus/")):
        (row,) = real_graph.query(count % space)  # type: ignore[misc]
        assert told[target] == int(row["n"].value), target
    assert told["UNBIS"] >= 50 and sum(told.values()) >= 50


def test_a_plain_subject_has_a_curated_assertion_with_its_words(real_graph: EmbeddedStore) -> None:
    rows = list(real_graph.query("""PREFIX pg: <https://w3id.org/pactgraph/ontology/> PREFIX dcterms: <http://purl.org/dc/terms/>
      SELECT ?article ?subject ?status ?words WHERE {
        GRAPH ?g { ?article dcterms:subject ?subject } FILTER(STRENDS(STR(?g), "/un/links/unbis"))
        OPTIONAL { ?link pg:linkSubject ?article ; pg:linkObject ?subject ; pg:linkStatus ?status ; pg:quotation ?words } }"""))  # type: ignore[arg-type]
    assert len(rows) == 37
    assert {row["status"].value.rsplit("/")[-1] for row in rows} == {"curated"}
    assert all(row["words"].language == "zh" for row in rows)
    assert ("article/6", "1005562") in {(row["article"].value[-9:], row["subject"].value[-7:]) for row in rows}


def test_lod_cloud_entry_has_every_field_of_the_form(catalog: Path) -> None:
    entry = content(catalog / "lod-cloud.json")
    for name in ("identifier", "title", "description", "domain", "website", "contact_point", "owner", "license", "keywords",
                 "namespace", "triples", "full_download", "sparql", "example", "links"):
        assert entry[name], name
    assert int(entry["triples"]) >= 1000 and entry["description"]["en"] and entry["domain"] == "government"
    assert len(entry["full_download"]) == 8


def test_an_editor_finds_the_questions_and_each_can_be_run(real_graph: EmbeddedStore) -> None:
    """The query by which SIB's editor of SPARQL asks an endpoint for examples."""
    rows = list(real_graph.query("""PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      PREFIX schema: <https://schema.org/> SELECT DISTINCT ?sq ?comment ?query ?target WHERE {
        ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; schema:target ?target ;
            sh:prefixes/sh:declare/sh:namespace ?any ; sh:select|sh:ask|sh:construct|sh:describe ?query } ORDER BY ?sq"""))  # type: ignore[arg-type]
    asked = {row["sq"].value.rsplit("/", 1)[-1] for row in rows}
    assert asked == set(names("questions"))
    assert {(row["sq"].value, row["comment"].language) for row in rows} == {
        (row["sq"].value, lang) for row in rows for lang in ("vi", "en")}
    query = next(row["query"].value for row in rows if row["sq"].value.endswith("/treaty-actions"))
    assert list(real_graph.query(query))  # type: ignore[arg-type]


# Bad input ------------------------------------------------------------------------------------------------------------------

def test_what_cannot_be_described_is_refused_in_words(built_store: Path, dumps: Path, tmp_path: Path) -> None:
    def refused(*options: str) -> str:
        done = run("export", "catalog", "--out", str(tmp_path / "out"), "--store", str(built_store), *options, lang="en")
        assert done.returncode == 2 and "Traceback" not in done.stderr and not (tmp_path / "out").exists()
        return done.stderr

    assert "no whole export" in refused("--of", str(tmp_path))
    other = tmp_path / "other"
    other.mkdir()
    manifest = read_manifest(dumps) or {}
    (other / "manifest.json").write_text(json.dumps(manifest | {"revision": {"fingerprint": "another", "journal": 7}}))
    assert "another state" in refused("--of", str(other)) and "another+7" in refused("--of", str(other))
    assert "ends in a slash" in refused("--of", str(dumps), "--address", "example.org")


def test_a_faulty_row_of_the_subjects_is_told_by_its_place(tmp_path: Path) -> None:
    from pactgraph.sources.tables import unbis

    head = "subject,concept,quotation,gloss_en,gloss_vi,status,method,confidence,source,note_en,note_vi\n"
    (tmp_path / unbis.TABLE).write_text(head + "iccpr/6,10x,a,b,c,curated,names-the-right,0.9,s,,\n"
                                        "iccpr/99,1005562,a,b,c,curated,names-the-right,0.9,s,,\n", "utf-8")
    problems: list[Any] = []
    ids = Ids(BASE)
    assert unbis.read(tmp_path, ids, frozenset({ids.article("iccpr", 6)}), problems) == []
    said = [problem.message("en") for problem in problems]
    assert len(said) == 2 and "10x" in said[0] and "2" in said[0] and "iccpr/99" in said[1]
    (tmp_path / unbis.TABLE).write_text(head + "iccpr/6,1005562,生命权,b,c,proposed,names-the-right,0.4,s,,\n", "utf-8")
    problems.clear()
    quads = unbis.read(tmp_path, ids, frozenset({ids.article("iccpr", 6)}), problems)
    assert not problems and quads and not [quad for quad in quads if quad.predicate.value.endswith("terms/subject")]
