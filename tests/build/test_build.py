"""The build as a function: same inputs, same bytes; bad inputs leave the old graph as it was."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pyoxigraph as ox
import pytest

from pactgraph.build.fingerprint import fingerprint
from pactgraph.build.freshness import up_to_date
from pactgraph.build.pipeline import build, make_graph
from pactgraph.errors import UserError
from pactgraph.namespaces import BASE
from pactgraph.settings import Settings
from pactgraph.store.embedded import canonical_nquads
from pactgraph.store.generations import current

PLAN = f"{BASE}id/vnm/plan/1252-qd-ttg-2019"


def test_the_same_inputs_give_the_same_bytes(built_store: Path) -> None:
    again = make_graph(Settings())
    generation = current(built_store)
    assert generation is not None
    assert canonical_nquads(again.quads) == generation.nquads.read_bytes()


def test_the_graph_has_no_blank_nodes(built_store: Path) -> None:
    generation = current(built_store)
    assert generation is not None and b"_:" not in generation.nquads.read_bytes()


def test_what_the_build_counts(built_store: Path) -> None:
    generation = current(built_store)
    assert generation is not None
    summary = generation.summary()
    assert (summary["rows"], summary["tasks"], summary["headings"]) == (83, 59, 24)
    assert (summary["articles"], summary["recommendations"]) == (53, 378)
    assert summary["data_errors"] == 0, summary["errors"]


def test_nothing_is_built_twice(built_store: Path) -> None:
    assert up_to_date(Settings(store=str(built_store))) is not None


def _copy(root: Path, folder: Path) -> Settings:
    data = folder / "data"
    shutil.copytree(root / "data", data)
    return Settings(store=str(folder / "store"), data=str(data))


def test_a_changed_input_changes_the_fingerprint(root: Path, tmp_path: Path) -> None:
    settings = _copy(root, tmp_path)
    before = fingerprint(settings, tmp_path)
    table = Path(settings.data) / "vnm" / "bodies.csv"
    table.write_text(table.read_text("utf-8").replace("Ministry of Health", "Health Ministry"), "utf-8")
    assert fingerprint(settings, tmp_path) != before


def test_bad_data_is_told_with_every_place_and_the_old_graph_stays(
    root: Path, tmp_path: Path, built_store: Path
) -> None:
    settings = _copy(root, tmp_path)
    shutil.copytree(built_store, settings.store)
    before = current(Path(settings.store))
    links = Path(settings.data) / "vnm" / "plans" / "1252-qd-ttg-2019" / "links.csv"
    text = links.read_text("utf-8").replace("iccpr/19", "iccpr/99").replace("iccpr/21", "iccpr/98")
    links.write_text(text, "utf-8")
    with pytest.raises(UserError) as problem:
        build(settings)
    message = problem.value.message("vi")
    assert "links.csv:" in message and "iccpr/99" in message and "iccpr/98" in message
    assert current(Path(settings.store)) == before


def test_an_unknown_body_in_the_decision_stops_the_build_at_its_line(root: Path, tmp_path: Path) -> None:
    settings = _copy(root, tmp_path)
    text = Path(settings.data) / "vnm" / "plans" / "1252-qd-ttg-2019" / "decision-1252-qd-ttg-2019.txt"
    text.write_text(text.read_text("utf-8").replace("\tBộ Quốc phòng\t", "\tBộ Không Có\t"), "utf-8")
    with pytest.raises(UserError) as problem:
        build(settings)
    assert "decision-1252-qd-ttg-2019.txt:148" in problem.value.message("en")
    assert current(Path(settings.store)) is None


def test_another_base_moves_things_and_graphs_but_no_terms(tmp_path: Path) -> None:
    quads = make_graph(Settings(base="https://data.example.org/")).quads
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    assert "https://data.example.org/id/vnm/body/mps" in subjects
    assert not any(subject.startswith(f"{BASE}id/") for subject in subjects)
    assert f"{BASE}ontology/PlanTask" in subjects


def test_every_quotation_stands_in_its_source(built_store: Path, root: Path) -> None:
    """Whatever quotes a file of the data folder, character for character: on its lines where it names some."""
    generation = current(built_store)
    assert generation is not None
    quotation, source, file, line, citation = (ox.NamedNode(name) for name in (
        f"{BASE}ontology/quotation", f"{BASE}ontology/quotedFrom", f"{BASE}ontology/fileName",
        f"{BASE}ontology/sourceLine", "http://purl.org/dc/terms/bibliographicCitation"))
    store = ox.Store()
    store.bulk_load(path=str(generation.nquads), format=ox.RdfFormat.N_QUADS)

    def values(subject: ox.NamedNode, predicate: ox.NamedNode) -> set:
        return {quad.object for quad in store.quads_for_pattern(subject, predicate, None)}

    checked = {"on its line": 0, "in its file": 0, "cited": 0, "no source document": 0}
    for subject, words in {(quad.subject, quad.object.value) for quad in store.quads_for_pattern(None, quotation, None)}:
        documents = values(subject, source)
        if not documents:
            checked["no source document"] += 1
            continue
        (document,) = documents
        names = [name.value for name in values(document, file)]
        if not names:
            assert values(document, citation), document
            checked["cited"] += 1
            continue
        (path,) = (root / "data").rglob(names[0])
        text = unicodedata.normalize("NFC", path.read_text("utf-8")).split("\n")
        numbers = [int(number.value) for number in values(subject, line)]
        places = [text[number - 1] for number in numbers] if numbers else text
        assert any(words in place for place in places), (subject, words)
        checked["on its line" if numbers else "in its file"] += 1
    assert checked["on its line"] >= 117 and checked["cited"] >= 17, checked
