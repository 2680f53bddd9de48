"""Documents, annexes and statements that come again: same, changed field by field, vanished; and where each statement is from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import made_up_decisions
import pyoxigraph as ox
import pytest
from cli_help import run
from import_files import DECISION, OBSERVATIONS, STATEMENTS, listed, small_data

from pactgraph.build.assemble import assemble
from pactgraph.namespaces import BASE, PG
from pactgraph.settings import Settings
from pactgraph.sources.imported import keep

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TASK = BASE + "id/vnm/task/9977-qd-ttg-2020/"


@dataclass
class Desk:
    """A store into which files were imported before, though none was built."""

    folder: Path
    data: Path

    def put(self, name: str, content: str | bytes) -> Path:
        """A file as somebody has it."""
        file = self.folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def imported(self, form: str, name: str, content: str | bytes) -> None:
        """A file as an import keeps it."""
        import hashlib

        file = self.put(name, content)
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        country = "vnm" if form == "annex" else ""
        keep(self.folder / "store" / "sources", file, sha256, format=form, country=country, day=date(2026, 11, 22), by="operator",
             importer=f"pactgraph 0, {form}", moment=MOMENT)

    def look(self, form: str, name: str, show: str = "table") -> tuple[int, str, str]:
        """A dry run: exit code, what is shown, what is told."""
        done = run("import", form, name, "--dry-run", "--format", show, "--store", "store", cwd=self.folder, lang="en",
                   PACTGRAPH_DATA=str(self.data))
        assert not (self.folder / "store" / "generations").exists()
        return done.returncode, done.stdout, done.stderr

    def graph(self) -> ox.Store:
        """What a build would state."""
        store = ox.Store()
        store.extend(assemble(Settings(data=str(self.data), store=str(self.folder / "store")), self.folder / "store" / "sources"))
        return store


def said(store: ox.Store, subject: str | None, predicate: str) -> list[str]:
    """The values of a property of our ontology."""
    found = store.quads_for_pattern(ox.NamedNode(subject) if subject else None, ox.NamedNode(PG + predicate), None)
    return sorted(getattr(quad.object, "value", "") for quad in found)


def subjects(store: ox.Store, predicate: str, value: ox.NamedNode | ox.Literal | None) -> list[str]:
    """What has a value of a property of our ontology."""
    return [quad.subject.value for quad in store.quads_for_pattern(None, ox.NamedNode(PG + predicate), value)]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("again") / "data")


@pytest.fixture
def desk(tmp_path: Path, data: Path) -> Desk:
    return Desk(tmp_path, data)


def test_a_list_that_comes_again(desk: Desk) -> None:
    desk.imported("thematic-list", "list.docx", listed("Think about it", "Think twice"))
    code, shown, told = desk.look("thematic-list", "list.docx")
    assert code == 0 and shown.count("same") == 2 and "Nothing was changed: every record of list.docx is in the graph" in told
    desk.put("later.docx", listed("Think about everything"))
    code, shown, told = desk.look("thematic-list", "later.docx")
    assert code == 0 and "changed" in shown
    assert "row 3: changed since the earlier import: text: Think about it (France); → Think about everything (France);" in told
    assert "A/HRC/99/8/38.2 (row 4 of list.docx) is no longer in the export of its document" in told
    assert "0 new, 1 changed, 0 unchanged, 0 not to be told apart, 1 no longer in the export." in told
    _, trig, _ = desk.look("thematic-list", "later.docx", "trig")
    assert trig.count("pg:missingFrom") == 1 and "Think twice" in trig and 'pg:importer "pactgraph' in trig


def test_observations_that_come_again(desk: Desk) -> None:
    desk.imported("concluding-observations", "co.txt", OBSERVATIONS)
    assert "14 unchanged" in desk.look("concluding-observations", "co.txt")[2]
    desk.put("co.txt", OBSERVATIONS.replace("Publish numbers every year;", "Publish numbers every month;"))
    code, shown, told = desk.look("concluding-observations", "co.txt", "json")
    assert code == 0 and json.loads(shown)["document"]["symbol"] == "CCPR/C/VNM/CO/9"
    assert "text: Publish numbers every year; → Publish numbers every month;" in told and "13 unchanged" in told
    assert not any("year" in text for text in said(desk.graph(), BASE + "id/un/rec/ccpr-c-vnm-co-9/7/b", "importedBy"))


def test_an_annex_that_comes_again(desk: Desk) -> None:
    desk.imported("annex", "decision.txt", DECISION)
    code, shown, told = desk.look("annex", "decision.txt")
    assert code == 0 and shown.count(" same ") == 2 and "with exactly these rows and duties: nothing to do" in told
    changed = DECISION.replace("Năm 2021", "Năm 2023").partition("2.\tTổ")[0] + "3.\tĐánh giá lớp học\tBộ Tư pháp\t\t\tNăm 2024\n"
    desk.put("later.txt", changed)
    code, shown, told = desk.look("annex", "later.txt")
    assert code == 0 and [line.split()[1] for line in shown.splitlines() if line[:1].isdigit()] == ["changed", "new"]
    assert "row 1: changed since the earlier import: deadlines: Năm 2021 → Năm 2023" in told
    assert "2 of the earlier text (decision.txt) is no longer in this one. It stays in the graph and is marked." in told
    assert "1 rows and duties new, 1 changed, 0 unchanged, 1 no longer in the text." in told


def test_of_an_annex_the_later_text_counts_and_what_vanished_stays_marked(desk: Desk) -> None:
    desk.imported("annex", "decision.txt", DECISION)
    desk.imported("annex", "later.txt", DECISION.replace("Năm 2021", "Năm 2023").partition("2.\tTổ")[0])
    graph = desk.graph()
    source = BASE + "id/vnm/source/decision-9977-qd-ttg-2020"
    (later,) = subjects(graph, "fileName", ox.Literal("later.txt"))
    assert later.startswith(source + "-")
    assert said(graph, BASE + "id/vnm/deadline/9977-qd-ttg-2020/1/1", "verbatim") == ["Năm 2023"]
    assert said(graph, TASK + "2", "inPlan") == [BASE + "id/vnm/plan/9977-qd-ttg-2020"]
    assert said(graph, None, "missingFrom") == said(graph, source + "/row/8", "missingFrom") == [later]
    assert len(said(graph, BASE + "id/vnm/plan/9977-qd-ttg-2020", "adoptedOn")) == 1
    assert said(graph, BASE + "id/vnm/plan/9977-qd-ttg-2020", "issuedBy") == [BASE + "id/vnm/body/pm"]


@pytest.mark.parametrize(("name", "make", "cells", "sheet"), [
    ("decision.txt", str.encode, ["C7", "D7", "E7", "F7"], []),
    ("decision.docx", made_up_decisions.as_docx, ["table 1!C2", "table 1!D2", "table 1!E2", "table 1!F2"], ["table 1"]),
])
def test_statements_of_an_annex_lead_to_their_cells(name: str, make: Any, cells: list[str], sheet: list[str], desk: Desk) -> None:
    desk.imported("annex", name, make(DECISION))
    graph = desk.graph()
    parts = [BASE + f"id/vnm/{kind}/9977-qd-ttg-2020/1/{number}" for kind, number in (
        ("responsibility", 1), ("responsibility", 2), ("result", 1), ("deadline", 1))]
    assert [cell for part in parts for cell in said(graph, part, "sourceCell")] == cells
    (record,) = subjects(graph, "recordOf", ox.NamedNode(TASK + "1"))
    assert said(graph, record, "sheetName") == sheet and said(graph, record, "statedValue") == sorted(parts)
    (source,) = said(graph, record, "inSource")
    assert [*said(graph, source, "importedBy"), *said(graph, source, "importer"), *said(graph, source, "importedAt")] == [
        "operator", "pactgraph 0, annex", "2026-11-22T09:30:00Z"]
    headings = {quad.object.value for quad in graph.quads_for_pattern(None, ox.NamedNode(PG + "columnHeading"), None)}
    assert headings == {"Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả dự kiến", "Thời hạn hoàn thành"}


MORE = STATEMENTS + """
<https://example.org/plan-2> a pg:ImplementationPlan ;
    rdfs:label "Second plan"@en , "Kế hoạch hai"@vi ;
    pg:adoptedOn "2026-02-15"^^xsd:date ;
    pg:concernsState <https://w3id.org/pactgraph/id/state/vnm> ;
    pg:documentNumber "1/QĐ-EXAMPLE" ;
    pg:issuedBy <https://w3id.org/pactgraph/id/vnm/body/moj> .
"""


def test_statements_that_come_again(desk: Desk) -> None:
    desk.imported("rdf", "plans.ttl", MORE)
    code, shown, told = desk.look("rdf", "plans.ttl")
    assert code == 0 and shown.count("same") == 2 and "Nothing was changed: the graph says all of plans.ttl already." in told
    desk.put("plans.ttl", STATEMENTS.replace('"Made-up plan"@en', '"Other plan"@en'))
    code, shown, told = desk.look("rdf", "plans.ttl", "json")
    (record,) = json.loads(shown)["records"]
    assert (code, record["result"], record["source"]) == (0, "changed", {"file": "plans.ttl", "line": 5})
    assert record["differences"] == {"rdfs:label": ["Kế hoạch làm thử@vi; Made-up plan@en", "Kế hoạch làm thử@vi; Other plan@en"]}
    assert "https://example.org/plan-2 (line 12 of the earlier file) is no longer in the file." in told
    # The same statements in another file and syntax add nothing
    found = ox.serialize(ox.parse(STATEMENTS, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.JSON_LD)
    desk.put("other.jsonld", found or b"")
    assert "0 changed, 1 unchanged, 0 no longer" in desk.look("rdf", "other.jsonld")[2]


def test_of_statements_the_later_file_counts_and_what_vanished_stays_marked(desk: Desk) -> None:
    desk.imported("rdf", "plans.ttl", MORE)
    desk.imported("rdf", "plans.ttl", STATEMENTS.replace('"Made-up plan"@en', '"Other plan"@en'))
    graph = desk.graph()
    labels = {quad.object.value for quad in graph.quads_for_pattern(ox.NamedNode("https://example.org/plan"), None, None)}
    assert "Other plan" in labels and "Made-up plan" not in labels
    assert said(graph, "https://example.org/plan-2", "documentNumber") == ["1/QĐ-EXAMPLE"]
    (gone,) = subjects(graph, "missingFrom", None)
    assert said(graph, gone, "recordOf") == ["https://example.org/plan-2"] and said(graph, gone, "sourceLine") == ["12"]
    (source,) = said(graph, gone, "inSource")
    assert said(graph, source, "importer") == ["pactgraph 0, rdf"] and said(graph, source, "fileName") == ["plans.ttl"]


def test_nameless_things_are_the_same_from_file_to_file(desk: Desk) -> None:
    text = STATEMENTS.replace('pg:documentNumber "0', 'rdfs:seeAlso [ rdfs:label "A note"@en ] ; pg:documentNumber "0')
    desk.imported("rdf", "plans.ttl", text)
    desk.put("plans.ttl", "# Written by another program\n" + text.replace("[ rdfs:label", "[\n  rdfs:label"))
    assert "1 unchanged" in desk.look("rdf", "plans.ttl")[2]
    desk.put("plans.ttl", text.replace("A note", "Another note"))
    assert "1 changed, 0 unchanged" in desk.look("rdf", "plans.ttl")[2]


def test_the_context_of_the_ontology_is_at_hand(desk: Desk) -> None:
    desk.put("plan.jsonld", json.dumps({
        "@context": PG + "context.jsonld", "id": "https://example.org/plan", "type": "ImplementationPlan",
        "label": {"en": "Made-up plan", "vi": "Kế hoạch làm thử"}, "adoptedOn": "2026-01-15", "documentNumber": "0/QĐ-EXAMPLE",
        "state": BASE + "id/state/vnm", "issuedBy": BASE + "id/vnm/body/moj"}))
    code, shown, told = desk.look("rdf", "plan.jsonld")
    assert code == 0 and "pg:ImplementationPlan" in shown and "1 things new" in told, told
