"""Dumps say what the store says: in every format, by group, for everybody, and in the same bytes each time."""

from __future__ import annotations

import gc
import gzip
import hashlib
import json
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pyoxigraph as ox
import pytest
import zstandard
from cli_help import run_process
from hypothesis import given
from hypothesis import strategies as st
from publish_help import exported
from rdflib import Dataset, Graph

from pactgraph.journal.graphs import own_graph, restricted_graph
from pactgraph.namespaces import BASE, DCTERMS, PG, RDF, RDFS, XSD
from pactgraph.publish import statements
from pactgraph.publish.dumps import FORMATS
from pactgraph.publish.manifest import Distribution, distributions, read_manifest
from pactgraph.publish.statements import collect
from pactgraph.store.embedded import EmbeddedStore
from pactgraph.store.live import HEAD

OXIGRAPH = {"application/n-quads": ox.RdfFormat.N_QUADS, "application/trig": ox.RdfFormat.TRIG,
            "text/turtle": ox.RdfFormat.TURTLE, "application/ld+json": ox.RdfFormat.JSON_LD}
RDFLIB = {"application/n-quads": "nquads", "application/trig": "trig", "application/ld+json": "json-ld"}
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning")  # rdflib of itself, as it parses
PLAN = "source/vnm-1252-qd-ttg-2019"


@pytest.fixture(scope="module")
def files(dumps: Path) -> list[Distribution]:
    manifest = read_manifest(dumps)
    assert manifest is not None
    return list(distributions(manifest))


def content(dumps: Path, file: Distribution) -> bytes:
    data = (dumps / file.path).read_bytes()
    if file.compression == "application/gzip":
        return gzip.decompress(data)
    return zstandard.ZstdDecompressor().decompressobj().decompress(data) if file.compression else data


def of(files: Iterable[Distribution], group: str, form: str, compression: str = "application/gzip") -> Distribution:
    (file,) = [file for file in files if (file.group, file.format, file.compression) == (group, form, compression)]
    return file


# What the dumps hold --------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("form", OXIGRAPH)
def test_the_whole_graph_comes_back(dumps: Path, files: list[Distribution], real_graph: EmbeddedStore, form: str) -> None:
    read = ox.Store()
    read.bulk_load(content(dumps, of(files, "all", form)), format=OXIGRAPH[form])
    there = set(real_graph.quads())
    if form == "text/turtle":  # the union of the graphs, without their names
        assert {quad.triple for quad in read} == {quad.triple for quad in there}
    else:
        assert set(read) == there


@pytest.mark.parametrize("form", [*RDFLIB, "text/turtle"])
def test_rdflib_reads_a_source_as_the_store_has_it(dumps: Path, files: list[Distribution], real_graph: EmbeddedStore,
                                                   form: str) -> None:
    file = of(files, PLAN, form)
    assert {graph.removeprefix(BASE) for graph in file.graphs} == {
        f"graph/vnm/{part}/1252-qd-ttg-2019" for part in ("source", "translation", "links", "functions")}
    there = {quad for quad in real_graph.quads() if getattr(quad.graph_name, "value", "") in file.graphs}
    assert file.statements == len(there)
    if form == "text/turtle":
        found = Graph().parse(data=content(dumps, file), format="turtle")
        again = set(ox.parse(found.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES))
        assert {quad.triple for quad in again} == {quad.triple for quad in there}
    else:
        dataset = Dataset()
        dataset.parse(data=content(dumps, file), format=RDFLIB[form])
        again = set(ox.parse(dataset.serialize(format="nquads").encode(), format=ox.RdfFormat.N_QUADS))
        assert again == there


def test_both_compressions_hold_the_content_that_the_manifest_names(dumps: Path, files: list[Distribution]) -> None:
    assert {file.compression for file in files} == {"application/gzip", "application/zstd"}
    for file in files:
        data = content(dumps, file)
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file.content_bytes, file.content_sha256), file.path
        assert file.media_type == file.compression
    assert dumps.joinpath("pactgraph.nq.gz").read_bytes()[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"  # no day, no name


def test_groups_are_the_whole_the_country_and_the_sources(files: list[Distribution], real_graph: EmbeddedStore) -> None:
    groups = {file.group: file for file in files if file.format == "application/n-quads"}
    everything = {str(getattr(quad.graph_name, "value", "")) for quad in real_graph.quads()}
    assert set(groups["all"].graphs) == everything
    sources = [set(file.graphs) for name, file in groups.items() if name.startswith("source/")]
    assert set().union(*sources) == everything and sum(map(len, sources)) == len(everything)  # each in one source
    country = {graph.removeprefix(BASE + "graph/") for graph in groups["country/vnm"].graphs}
    assert {"vnm/bodies", "vnm/source/1252-qd-ttg-2019", "un/ccpr-c-vnm-co-3", "un/links/a-hrc-26-6"} <= country
    assert not country & {"ontology", "treaty/iccpr", "derived/gaps", "un/states", "un/documents"}
    assert groups["country/vnm"].title == {"vi": "Quốc gia: Việt Nam (N-Quads)", "en": "Country: Viet Nam (N-Quads)"}
    assert "Human Rights Committee" in groups["source/un-ccpr-c-vnm-co-3"].title["en"]
    assert groups[PLAN].licences == ("https://creativecommons.org/licenses/by/4.0/",)
    assert [words["en"] for words in groups[PLAN].rights] == ["Official text, in the public domain; verbatim."]
    assert groups[PLAN].languages == ("en", "vi")


def test_nquads_are_canonical_and_named_by_their_state(dumps: Path, files: list[Distribution], built_store: Path) -> None:
    lines = content(dumps, of(files, "all", "application/n-quads")).splitlines()
    assert lines == sorted(set(lines))
    manifest = read_manifest(dumps)
    assert manifest is not None
    pointer = json.loads((built_store / "current").read_text("utf-8"))
    assert manifest["revision"] == {"fingerprint": pointer["fingerprint"], "journal": pointer["journal"]}
    assert manifest["dataset_sha256"] == of(files, "all", "application/n-quads").content_sha256
    assert manifest["statements"] == len(lines)


def test_another_build_gives_the_same_bytes(dumps: Path, tmp_path: Path) -> None:
    """All statements have one checksum; of the groups, which are written alike, one is compared in every format."""
    out = tmp_path / "out"
    done = run_process("export", "dumps", "--out", str(out), "--store", str(tmp_path / "again"), "--group", "country/vnm",
                       PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    first, again = read_manifest(dumps), read_manifest(out)
    assert first and again and first["revision"] == again["revision"]
    assert first["dataset_sha256"] == again["dataset_sha256"]
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.*") if path.name != "manifest.json"}
    assert len(files) == 2 * len(FORMATS)
    assert [name for name, data in files.items() if data != (dumps / name).read_bytes()] == []


def test_options_choose_what_is_written(tmp_path: Path, built_store: Path) -> None:
    out = exported(built_store, "dumps", tmp_path / "out", "--group", "countries", "--group", PLAN, "--format", "turtle",
                   "--compression", "none", "--without", "vnm/links/")
    assert {path.relative_to(out).as_posix() for path in out.rglob("*.*")} == {
        "countries/vnm.ttl", "sources/vnm-1252-qd-ttg-2019.ttl", "manifest.json"}
    text = (out / "sources" / "vnm-1252-qd-ttg-2019.ttl").read_text("utf-8")
    assert "pg:PlanTask" in text and "LinkAssertion" not in text


# What is public ------------------------------------------------------------------------------------------------------

def test_what_is_restricted_is_in_no_dump(tmp_path: Path) -> None:
    secret, own = restricted_graph("mps", BASE), own_graph("Linh", BASE)
    head = ox.NamedNode(BASE + HEAD)
    quads = [quad("s", own, "written"), quad("s", secret, "secret"), quad("s", BASE + "graph/journal/restricted", "nobody's"),
             ox.Quad(head, ox.NamedNode(DCTERMS + "identifier"), ox.Literal("12"), head),
             ox.Quad(head, ox.NamedNode(DCTERMS + "isVersionOf"), ox.Literal("abc"), head),
             quad("s", "urn:pactgraph:mark", "mark")]
    found = collect(iter(quads), BASE, tmp_path)
    assert list(found.graphs) == [own] and found.count == 1
    assert (found.fingerprint, found.journal) == ("abc", 12)
    for form in FORMATS.values():
        assert b"secret" not in b"".join(form.write(found, list(found.graphs.values())))
    assert all(b"secret" not in path.read_bytes() for path in tmp_path.iterdir())


def quad(name: str, graph: str, value: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(BASE + "id/" + name), ox.NamedNode(RDFS + "comment"), ox.Literal(value), ox.NamedNode(graph))


# Any statements ------------------------------------------------------------------------------------------------------

_IRIS = st.builds(lambda text: ox.NamedNode("https://example.org/" + text),
                  st.text(st.characters(exclude_characters='<>"{}|^`\\[]%', categories=["L", "N", "P", "S"]), max_size=8))
_KNOWN = [ox.NamedNode(iri) for iri in (
    RDF + "type", RDFS + "label", RDFS + "comment", DCTERMS + "source", PG + "adoptedOn", PG + "assesses", PG + "requested",
    PG + "confidence", PG + "symbol", PG + "PlanTask", PG + "x.y", XSD, PG)]
_NAMED = _IRIS | st.sampled_from(_KNOWN)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ['a" <https://x> .', "\\", "\n\r\t\b\f", "'''\"\"\"", "1", "2024-01-31", "true", "0.50", '" .', "@en", '"^^<x>',
     "\u2028\x85"])
_LITERALS = st.one_of(
    st.builds(ox.Literal, _TEXTS),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), _TEXTS, st.sampled_from(["en", "vi", "fr-ca", "zh-hant"])),
    st.builds(lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(kind)), _TEXTS,
              st.sampled_from([XSD + "date", XSD + "boolean", XSD + "decimal", "https://example.org/kind"])))
_QUADS = st.lists(st.builds(ox.Quad, _NAMED, _NAMED, _NAMED | _LITERALS, _IRIS | st.just(ox.DefaultGraph())), max_size=8)


@given(_QUADS)
def test_any_statements_come_back_in_every_format(quads: list[ox.Quad]) -> None:
    store = EmbeddedStore.in_memory()
    store.load(quads)
    there = set(store.quads())
    with TemporaryDirectory() as folder:
        found = collect(store.quads(), BASE, Path(folder))
        for form in FORMATS.values():
            text = b"".join(form.write(found, list(found.graphs.values())))
            read = set(ox.parse(text, format=OXIGRAPH[form.media_type]))
            if form.name == "turtle":
                assert {quad.triple for quad in read} == {quad.triple for quad in there}, text.decode()
            else:
                assert read == there, text.decode()


def test_many_pieces_give_the_same_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More graphs and pieces than files may be open, and more than wait in memory."""
    quads = [quad(f"s{at % 61}", f"{BASE}graph/g{at % 83:03d}", f"{at % 7}") for at in range(2_000)]
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    one = collect(iter(quads), BASE, tmp_path / "one")
    monkeypatch.setattr(statements, "PIECE", 3)
    monkeypatch.setattr(statements, "_BUFFER", 1_000)
    many = collect(iter(reversed(quads)), BASE, tmp_path / "many")
    assert len(one.graphs) == 83 and one.count == len(set(quads))
    assert one.sha256 == many.sha256 == hashlib.sha256((tmp_path / "one" / "all.nq").read_bytes()).hexdigest()
    for form in FORMATS.values():
        texts = [b"".join(form.write(found, list(found.graphs.values()))) for found in (one, many)]
        assert texts[0] == texts[1]
    few = list(one.graphs.values())[:5]
    lines = b"".join(FORMATS["nquads"].write(one, few)).splitlines()
    assert lines == [line for line in (tmp_path / "one" / "all.nq").read_bytes().splitlines()
                     if any(f"<{graph.iri}> .".encode() in line for graph in few)]


def test_memory_does_not_grow_with_the_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "PIECE", 500)
    monkeypatch.setattr(statements, "_BUFFER", 50_000)
    monkeypatch.setattr(statements, "_BATCH", 100)

    def peak(size: int) -> int:
        folder = Path(mkdtemp(dir=tmp_path))
        gc.collect()
        tracemalloc.start()
        found = collect((quad(f"s{at // 5}", f"{BASE}graph/g{at % 7}", f"words {at}") for at in range(size)), BASE, folder)
        for form in FORMATS.values():
            for _ in form.write(found, list(found.graphs.values())):
                pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)  # what is loaded once is loaded
    first, later = peak(2_500), peak(10_000)
    assert later < 2 * first  # the buffers of more pieces; all statements in memory would be four times as much


def test_blank_nodes_keep_their_names(tmp_path: Path) -> None:
    node, graph = ox.BlankNode("b1"), ox.NamedNode("https://example.org/g")
    quads = {ox.Quad(node, ox.NamedNode(RDF + "type"), node, graph),
             ox.Quad(node, ox.NamedNode(RDFS + "label"), ox.Literal("x"), graph)}
    found = collect(iter(quads), BASE, tmp_path)
    for form in FORMATS.values():
        text = b"".join(form.write(found, list(found.graphs.values())))
        read = ox.Dataset(ox.Quad(quad.subject, quad.predicate, quad.object, graph)
                          for quad in ox.parse(text, format=OXIGRAPH[form.media_type]))
        wanted = ox.Dataset(quads)
        for dataset in (read, wanted):
            dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        assert read == wanted
