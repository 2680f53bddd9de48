"""Imports of recommendations: records are found again, things keep their names, nothing is lost, and twice is as once."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pytest
from cli_help import run
from hypothesis import given, settings
from hypothesis import strategies as st
from uhri_files import many, paragraph, review, write_bulk, write_workbook

from pactgraph.build.assemble import assemble
from pactgraph.build.imports import Added, Imports, Read, read_item
from pactgraph.namespaces import BASE, PG, RDF, concept
from pactgraph.settings import Settings
from pactgraph.sources.imported import Imported, imported_sources, keep
from pactgraph.sources.quads import expand
from pactgraph.sources.recommendations.reconcile import AMBIGUOUS, CHANGED, NEW, SAME, VANISHED, compare
from pactgraph.sources.recommendations.records import Record

ROOT = Path(__file__).resolve().parents[2]
DATASET = ROOT.parent / "shared" / "datasets" / "uprinfo_vietnam_cycles1-2.csv"
REC, PARA = f"{BASE}id/un/rec/", f"{BASE}id/un/para/"
DAY = date(2026, 11, 22)


@cache
def source_quads() -> tuple[ox.Quad, ...]:
    return tuple(assemble(Settings()))


def item(file: Path, number: int = 1, form: str = "uhri") -> Imported:
    return Imported(file, form, "", DAY, number, by="operator", importer=f"pactgraph, {form}")


def add(imports: Imports, file: Path, number: int = 1, form: str = "uhri") -> Added:
    read: Read = read_item(item(file, number, form), Settings(), imports.countries)
    return imports.add(read)


def fresh() -> Imports:
    return Imports(source_quads(), Settings())


def values(quads: list[ox.Quad], subject: str, predicate: str) -> set[str]:
    wanted, of = ox.NamedNode(subject), expand(predicate)
    return {quad.object.value for quad in quads if quad.subject == wanted and quad.predicate == of}  # type: ignore[union-attr]


def record(row: int = 2, **fields: object) -> Record:
    known: dict[str, object] = {"type": "recommendation", "body": "CCPR", "text": f"Text {row}", "symbol": "CCPR/C/VNM/CO/3",
                                "paragraph": str(row), "annotation_id": f"id-{row}"}
    return Record(row=row, **(known | fields))  # type: ignore[arg-type]


# Found again ------------------------------------------------------------------------------------------------------


def test_by_annotation_id_then_place_then_text() -> None:
    before = [record(2), record(3), record(4, paragraph=None, annotation_id=None)]
    now = [record(9, annotation_id="id-2", paragraph="77", text="Text 2"),
           record(10, annotation_id="new", paragraph="3", text="?"),
           record(11, annotation_id="other", paragraph=None, text="TEXT  4"), record(12)]
    found = compare(now, [(one, None) for one in before])
    assert [(outcome.status, outcome.earlier and outcome.earlier.row) for outcome in found.outcomes] == [
        (CHANGED, 2), (CHANGED, 3), (CHANGED, 4), (NEW, None)]
    assert found.outcomes[0].differences == {"paragraph": ("2", "77")}
    assert set(found.outcomes[1].differences) == {"text", "annotation_id"} and not found.vanished


def test_what_matches_several_is_told_not_guessed() -> None:
    before = [record(2, annotation_id=None), record(3, paragraph="2", annotation_id=None)]
    found = compare([record(9, paragraph="2", annotation_id=None, text="Another")], [(one, None) for one in before])
    (outcome,) = found.outcomes
    assert outcome.status == AMBIGUOUS and [one.row for one in outcome.candidates] == [2, 3] and not found.vanished


def test_what_vanished_is_told_within_its_document_only() -> None:
    before = [record(2), record(3), record(4, symbol="CCPR/CO/75/VNM")]
    found = compare([record(2)], [(one, one.row) for one in before])
    assert [held for _, held in found.vanished] == [3] and found.count(VANISHED) == 1


def test_the_order_of_a_list_is_no_change() -> None:
    found = compare([record(2, themes=("b", "a"))], [(record(5, paragraph="2", text="Text 2", annotation_id="id-2",
                                                             themes=("a", "b")), None)])
    assert found.changes_nothing


_SOME = st.lists(st.builds(record, st.integers(2, 60), part=st.sampled_from([None, "a", "b"]),
                           annotation_id=st.sampled_from([None, "x", "y", "z"]), paragraph=st.sampled_from([None, "1", "2"]),
                           text=st.sampled_from(["One", "Two"])), max_size=8)


@given(_SOME, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_same_records_change_nothing_in_any_order(records: list[Record], chance: random.Random) -> None:
    again = [replace(one, row=place) for place, one in enumerate(chance.sample(records, len(records)))]
    found = compare(again, [(one, None) for one in records])
    assert {outcome.status for outcome in found.outcomes} <= {SAME} and found.changes_nothing


@given(_SOME, _SOME)
@settings(max_examples=150, deadline=None)
def test_an_earlier_record_is_found_once_and_none_is_lost(before: list[Record], now: list[Record]) -> None:
    held = list(enumerate(before))
    found = compare(now, [(one, place) for place, one in held])
    matched = [outcome.held for outcome in found.outcomes if outcome.status in (SAME, CHANGED)]
    assert len(matched) == len(set(matched)) and len(found.outcomes) == len(now)
    assert not set(matched) & {place for _, place in found.vanished}


# In the graph -----------------------------------------------------------------------------------------------------


def test_statements_are_added_to_the_recommendation_that_stands(tmp_path: Path) -> None:
    rows = [paragraph("24.Think of it.", 1), paragraph("24.The State should: (a) Count.", 2),
            review("143.2 Keep it (Norway);", 3),
            paragraph("35 (a) Sign it.", 4, **{"Reccomending Body": "- UPR", "Document Symbol": "A/HRC/12/11"})]
    imports = fresh()
    added = add(imports, write_workbook(tmp_path / "e.xlsx", rows))
    quads = imports.quads()
    assert (added.existing, added.made, added.left) == (4, 0, {})
    assert values(quads, f"{REC}ccpr-c-vnm-co-3/24", "pg:verbatim") == {"Think of it."}
    assert values(quads, f"{REC}ccpr-c-vnm-co-3/24/a", "pg:verbatim") == {"The State should: (a) Count."}
    assert values(quads, f"{REC}a-hrc-26-6/143.2", "pg:recordedPosition") == {concept("upr-position", "supported")}
    assert values(quads, f"{REC}a-hrc-12-11/35/a", "pg:verbatim") == {"Sign it."}
    made = {quad.subject.value for quad in quads if quad.predicate.value == RDF + "type"  # type: ignore[union-attr]
            and quad.object.value.removeprefix(PG) not in ("SourceDocument", "SourceColumn", "SourceRecord")}  # type: ignore[union-attr]
    assert not made


def test_what_stood_in_place_of_a_text_gives_way(tmp_path: Path) -> None:
    imports = fresh()
    rows = [paragraph("24.Think of it.", 1), paragraph("26.A text that only a number was known of.", 2)]
    add(imports, write_workbook(tmp_path / "e.xlsx", rows))
    added = imports.quads()
    quads = imports.displaced(list(source_quads())) + imports.settled(added)
    for number in (24, 26):
        thing = f"{REC}ccpr-c-vnm-co-3/{number}"
        assert values(quads, thing, "pg:textStatus") == {concept("text-status", "loaded")}
        assert not values(quads, thing, "pg:placeholder") and len(values(quads, thing, "rdfs:label")) == 2
    assert values(quads, f"{REC}ccpr-c-vnm-co-3/28", "pg:placeholder") == {"true"}


def test_what_the_graph_does_not_have_is_made_with_its_document(tmp_path: Path) -> None:
    rows = [paragraph("12.Write more.", 1, **{"Document Symbol": "CEDAW/C/VNM/CO/9", "Reccomending Body": "- CEDAW"}),
            paragraph("11.It is concerned.", 2, Type="- Concerns/Observations",
                      **{"Document Symbol": "CEDAW/C/VNM/CO/9", "Reccomending Body": "- CEDAW"}),
            review("38.7 Sign it (Norway);", 3, **{"Document Symbol": "A/HRC/57/7"})]
    imports = fresh()
    added = add(imports, write_workbook(tmp_path / "e.xlsx", rows))
    quads = imports.quads()
    assert (added.existing, added.made) == (0, 3)
    assert values(quads, f"{REC}cedaw-c-vnm-co-9/12", "pg:inDocument") == {f"{BASE}id/un/doc/cedaw-c-vnm-co-9"}
    assert values(quads, f"{PARA}cedaw-c-vnm-co-9/11", "pg:paragraphType") == {concept("paragraph-type", "concern")}
    assert values(quads, f"{BASE}id/un/doc/a-hrc-57-7", "pg:concernsState") == {f"{BASE}id/state/vnm"}
    assert {quad.graph_name.value.rpartition("/")[0] for quad in quads} == {f"{BASE}graph/imported/uhri"}  # type: ignore[union-attr]


def test_the_same_file_twice_and_a_later_one(tmp_path: Path) -> None:
    rows = [paragraph("24.Think of it.", 1), paragraph("26.End it.", 2), paragraph("28.Begin it.", 3)]
    first = write_workbook(tmp_path / "a.xlsx", rows)
    later = write_workbook(tmp_path / "b.xlsx", [rows[1], paragraph("24.Think of it now.", 1, Themes="- Right to health")])
    imports = fresh()
    add(imports, first)
    assert add(imports, first, 2).comparison.changes_nothing
    added = add(imports, later, 3)
    counts = {status: added.comparison.count(status) for status in (NEW, SAME, CHANGED, VANISHED)}
    assert counts == {NEW: 0, SAME: 1, CHANGED: 1, VANISHED: 1}
    quads = imports.quads()
    thing, gone = f"{REC}ccpr-c-vnm-co-3/24", f"{REC}ccpr-c-vnm-co-3/28"
    assert values(quads, thing, "pg:verbatim") == {"Think of it now."}
    assert values(quads, thing, "pg:theme") == {concept("theme", "right-to-health")}
    assert values(quads, gone, "pg:verbatim") == {"Begin it."}  # what vanished stays
    marked = [quad.subject.value for quad in quads if quad.predicate == expand("pg:missingFrom")]  # type: ignore[union-attr]
    assert len(marked) == 1 and marked[0].endswith("/row/4")


def test_codes_outside_a_vocabulary_are_not_added(tmp_path: Path) -> None:
    imports = fresh()
    add(imports, write_workbook(tmp_path / "e.xlsx", [paragraph("24.Stop.", 1, Themes="- Death penalti\n- Right to health",
                                                                Sdgs="- 99 - Nothing", **{"Affected Persons": "- Childrn"})]))
    quads = imports.quads()
    assert values(quads, f"{REC}ccpr-c-vnm-co-3/24", "pg:theme") == {concept("theme", "right-to-health")}
    assert not values(quads, f"{REC}ccpr-c-vnm-co-3/24", "pg:affectedGroup")
    assert not values(quads, f"{REC}ccpr-c-vnm-co-3/24", "dcterms:subject")


def test_the_real_export_of_upr_info(tmp_path: Path) -> None:
    """437 rows: 172 of cycle I and 256 of cycle II, each a share that the graph has, and 9 pledges."""
    if not DATASET.is_file():
        pytest.skip("the export of UPR Info is not at hand")
    imports = fresh()
    added = add(imports, DATASET, form="upr-info")
    assert (added.existing, added.made) == (172 + 256, 0)
    assert {reason: len(rows) for reason, rows in added.left.items()} == {"import-pledge": 9}
    quads = imports.quads()
    kinds = Counter(quad.object.value.removeprefix(PG) for quad in quads if quad.predicate.value == RDF + "type")  # type: ignore[union-attr]
    assert kinds == {"SourceDocument": 1, "SourceColumn": 5, "SourceRecord": 437}
    spoken = {quad.subject for quad in quads if quad.predicate == expand("pg:verbatim")
              and "/un/share/" in quad.subject.value}  # type: ignore[union-attr]
    assert len(spoken) == 428
    again = add(imports, DATASET, 2, form="upr-info")
    assert again.comparison.changes_nothing and again.comparison.count(SAME) == 437


# Kept files -------------------------------------------------------------------------------------------------------


def test_a_kept_file_tells_who_imported_it_when_and_with_what(tmp_path: Path) -> None:
    file = tmp_path / 'a "b" \\ é\x7f.xlsx'
    file.write_bytes(b"1")
    for number, sha in enumerate(("f" * 64, "0" * 64), 1):
        keep(tmp_path / "s", file, sha, format="uhri", country="vnm", day=DAY, by="operator", importer=f"pactgraph {number}")
    found = list(imported_sources(tmp_path / "s"))
    assert [(one.number, one.by, one.importer, one.file.name) for one in found] == [
        (1, "operator", "pactgraph 1", file.name), (2, "operator", "pactgraph 2", file.name)]


@pytest.mark.slow
def test_from_the_command_to_the_evidence(built_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(built_store, store)
    rows = [paragraph("24.Think of it.", 1, **{"Countries Concerned": "- Viet Nam"}),
            paragraph("4.Not this one.", 2, **{"Countries Concerned": "- Peru", "Document Symbol": "CCPR/C/PER/CO/9"})]
    file = write_bulk(tmp_path / "bulk.json", rows)
    done = run("import", "uhri", str(file), "--country", "VNM", "--store", str(store), lang="en")
    assert done.returncode == 0 and "1 new" in done.stderr, done.stderr
    (kept,) = [path for path in (store / "sources").glob("*/*") if path.suffix == ".jsonl"]
    assert "Peru" not in kept.read_text("utf-8")
    again = run("import", "uhri", str(file), "--country", "Viet Nam", "--store", str(store), lang="en")
    assert again.returncode == 0 and "Nothing was changed" in again.stderr
    other = write_bulk(tmp_path / "other.json", list(reversed(rows)))
    reordered = run("import", "uhri", str(other), "--country", "VN", "--store", str(store), lang="en")
    assert "Nothing was changed" in reordered.stderr
    assert run("validate", "--store", str(store), lang="en").stderr.startswith("0 data errors")
    told = run("evidence", "CCPR/C/VNM/CO/3/24", "--format", "json", "--store", str(store), lang="en")
    rows_told = [row for row in json.loads(told.stdout) if row["source"] == "bulk.json" and row["line"]]
    assert {(row["step"], row["words"], row["line"]) for row in rows_told} == {
        ("Text", "Think of it.", "1"), ("Themes", "Death penalty", "1"), ("AffectedPersons", "Children", "1"),
        ("Sdgs", "http://metadata.un.org/sdg/16.3", "1")}
    assert all("operator" in row["status"] and "uhri" in row["status"] and len(row["checksum"]) == 64 for row in rows_told)


# Size -------------------------------------------------------------------------------------------------------------

_CHILD = """
import resource, sys
from pathlib import Path
from pactgraph.resources import shipped
from pactgraph.sources.recommendations.countries import read_countries
from pactgraph.sources.uhri import open_uhri
countries = read_countries(shipped("data") / "un")
reading = open_uhri(Path(sys.argv[1]), countries, country="vnm")
count = sum(1 for _ in reading.records())
print(count, reading.passed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.slow
def test_the_bulk_file_is_read_in_constant_memory(tmp_path: Path) -> None:
    """50 MB take no more memory than 5 MB do, but for what the interpreter itself does not give back."""
    peaks = {}
    for size, count in (("small", 1_000), ("large", 10_000)):
        other = (row for country in ("Peru", "Iraq", "Chile", "Norway") for row in many(count, country=country, letters=600))
        wanted = (row | {"OHCHR Annotation Id": f"{number:08x}-0000-0000-0000-000000000000"}
                  for number, row in enumerate(many(200)))
        file = write_bulk(tmp_path / f"{size}.json", chain(wanted, other))
        done = subprocess.run([sys.executable, "-c", _CHILD, str(file)], capture_output=True, text=True, timeout=300)
        found, passed, peaks[size] = map(int, done.stdout.split())
        assert (found, passed) == (200, 4 * count), done.stderr
    assert (tmp_path / "large.json").stat().st_size > 45_000_000
    assert peaks["large"] < peaks["small"] + 15

