"""From a workbook to the graph and back: what it would do, all or nothing, the same again, and two people's versions."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from cli_help import run
from effort import examples
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from openpyxl import load_workbook
from workbook_help import (
    CODES,
    INTERIOR,
    JUSTICE,
    TODAY,
    Desk,
    answers,
    applied,
    exported,
    filled,
    proposed,
    sheet,
    task,
)

from pactgraph.access.author import CONTRIBUTOR, OPERATOR, Author
from pactgraph.build.journaled import Journaled, graph_of, journal_of, replayed
from pactgraph.errors import UserError
from pactgraph.namespaces import BASE
from pactgraph.questions.run import ask
from pactgraph.settings import Settings
from pactgraph.sources.workbook.answers import Answer, Evidence
from pactgraph.sources.workbook.clean import clean
from pactgraph.store import open_store
from pactgraph.writing.workbooks import CHANGED, CONFLICT, NEW, SAME, UNTOUCHED, reports_of
from pactgraph.writing.writer import Writer

DAY = date(2026, 10, 1)
GRAPH = f"{BASE}graph/journal/body/xsr-justice/workbook"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def outcomes(file: Path, state: Journaled, **more: object) -> list[str]:
    return [line.outcome for line in proposed(file, state, **more).lines]  # type: ignore[arg-type]


def book(state: Journaled, file: Path, row: int = 2, **values: object) -> Path:
    """An export of what the journal holds, with one row filled in."""
    return Desk(exported(sheet(JUSTICE, "A.1.a", "A.1.b", state=state))).put(row, **values).save(file)


# What a row does --------------------------------------------------------------------------------------------------------

def test_new_then_the_same_then_changed(tmp_path: Path) -> None:
    state = Journaled()
    first = book(state, tmp_path / "1.xlsx", status="Đang thực hiện", day=DAY)
    assert outcomes(first, state) == [NEW, UNTOUCHED]
    applied(proposed(first, state), state)
    assert outcomes(first, state) == [SAME, UNTOUCHED]
    again = proposed(first, state)
    assert not again.added and not again.removed
    second = book(state, tmp_path / "2.xlsx", done="Xong một lớp", note="x")
    (line, _) = proposed(second, state).lines
    assert (line.outcome, line.changes) == (CHANGED, [("done", "", "Xong một lớp"), ("note", "", "x")])
    applied(proposed(second, state), state)
    assert reports_of(state, JUSTICE, BASE).latest(task("A.1.a")) == Answer("in-progress", "Xong một lớp", DAY, note="x")
    assert outcomes(second, state) == [SAME, UNTOUCHED]


def test_a_later_day_is_a_report_of_its_own(tmp_path: Path) -> None:
    state = Journaled()
    applied(proposed(book(state, tmp_path / "1.xlsx", status="Đang thực hiện", day=DAY), state), state)
    later = proposed(book(state, tmp_path / "2.xlsx", status="Đã hoàn thành", day=TODAY), state)
    assert [line.outcome for line in later.lines] == [NEW, UNTOUCHED] and not later.removed
    applied(later, state)
    known = reports_of(state, JUSTICE, BASE)
    said = known.reports[task("A.1.a")]
    assert {day: answer.status for day, answer in said.items()} == {DAY: "in-progress", TODAY: "completed"}


def test_two_versions_are_shown_and_neither_is_overwritten(tmp_path: Path) -> None:
    state = Journaled()
    one = book(state, tmp_path / "1.xlsx", status="Đang thực hiện", day=DAY)
    other = book(state, tmp_path / "2.xlsx", status="Đã hoàn thành", day=DAY)
    applied(proposed(one, state), state)
    proposal = proposed(other, state)
    (line, _) = proposal.lines
    assert (line.outcome, line.changes) == (CONFLICT, [("status", "in-progress", "completed")])
    assert not proposal.added and proposal.refused
    (remark,) = line.row.remarks
    assert (remark.key, remark.column) == ("workbook-conflict", "M") and "in-progress" in remark.text("vi")
    # Another row of the same file would do, but it is all or nothing
    Desk(other.read_bytes()).put(3, status="Completed", day=DAY).save(other)
    with pytest.raises(UserError):
        proposed(other, state).change(OPERATOR)
    # A row that this person never touched is no conflict
    third = book(Journaled(), tmp_path / "3.xlsx", row=3, status="Completed", day=DAY)
    assert outcomes(third, state) == [UNTOUCHED, NEW]


def test_an_earlier_report_is_not_overwritten_unseen(tmp_path: Path) -> None:
    state = Journaled()
    applied(proposed(book(state, tmp_path / "1.xlsx", status="Đang thực hiện", day=DAY), state), state)
    applied(proposed(book(state, tmp_path / "2.xlsx", status="Đã hoàn thành", day=TODAY), state), state)
    assert outcomes(book(state, tmp_path / "3.xlsx", status="Chưa bắt đầu", day=DAY), state) == [CONFLICT, UNTOUCHED]


def test_emptied_answers_are_no_withdrawal(tmp_path: Path) -> None:
    state = Journaled()
    applied(proposed(book(state, tmp_path / "1.xlsx", status="Đang thực hiện", day=DAY), state), state)
    emptied = proposed(book(state, tmp_path / "2.xlsx", status=None, day=None), state)
    assert [remark.key for remark in emptied.lines[0].row.remarks] == ["workbook-emptied"] and emptied.refused


def test_a_contributor_speaks_for_its_body_alone(tmp_path: Path) -> None:
    author = Author("justice", CONTRIBUTOR, "xsr-justice")
    desk = Desk(exported(sheet(JUSTICE, "A.1.a"), sheet(INTERIOR, "A.1.a"))).put(2, status="Completed", day=DAY)
    assert not proposed(desk.save(tmp_path / "a.xlsx"), author=author).refused
    desk.put(2, desk.book.worksheets[2], status="Completed", day=DAY)
    (remark,) = proposed(desk.save(tmp_path / "a.xlsx"), author=author).lines[1].row.remarks
    assert remark.key == "workbook-other-body"


def test_a_task_that_is_gone_is_told(tmp_path: Path) -> None:
    file = book(Journaled(), tmp_path / "a.xlsx", status="Completed", day=DAY)
    proposal = proposed(file, stands=lambda iri: "task" not in iri)
    assert proposal.refused and [remark.key for remark in proposal.lines[0].row.remarks] == ["workbook-item-gone"]


def test_each_statement_leads_to_its_file_and_cell(tmp_path: Path) -> None:
    file = book(Journaled(), tmp_path / "a.xlsx", status="Completed", done="x", day=DAY, evidence=f"b.pdf sha256:{HASH}")
    proposal = proposed(file)
    of: dict[str, dict[str, str]] = {}
    for quad in proposal.added:
        assert graph_of(quad) == GRAPH
        of.setdefault(quad.subject.value, {})[quad.predicate.value.rsplit("/", 1)[-1]] = getattr(quad.object, "value", "")
    report = f"{BASE}id/xsr/report/justice/task/2024-117-2024/A.1.a/2026-10-01"
    cells = {name.removeprefix(report): thing["sourceCell"] for name, thing in of.items() if "sourceCell" in thing}
    assert cells == {"/status": "'justice'!M2", "/words": "'justice'!N2", f"/evidence/{HASH[:12]}-b-pdf": "'justice'!P2"}
    (source,) = {thing["source"] for thing in of.values() if "source" in thing}
    assert (of[source]["fileName"], of[source]["sha256"]) == ("a.xlsx", filled(file).sha256)
    assert of[report + "/status"]["reportedBy"] == JUSTICE
    change = proposal.change(OPERATOR)
    assert (change.kind, change.extra["sha256"], change.extra["importer"]) == ("import", filled(file).sha256, "workbook/1")


# Round trips --------------------------------------------------------------------------------------------------------------

_texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("=+-@\t\r\n_x000D ăđÁ\u00a0"), max_size=30).map(clean)
_offices = st.sampled_from(["", "Vụ Pháp chế", "=Cục A", "Department of Law"])
_names = st.sampled_from(["a.pdf", "Báo cáo số 1.docx", "=x.xlsx", "B (2).pdf"])
_evidence = st.lists(st.builds(Evidence, _names, st.text("0123456789abcdef", min_size=64, max_size=64))
                     | st.builds(Evidence, address=st.sampled_from(["https://example.org/a", "http://x.vn/?q=1#2"])),
                     max_size=3, unique_by=str).map(lambda found: tuple(sorted(found)))
_answers = st.builds(Answer, st.sampled_from(["", *sorted(set(CODES.values()))]), _texts,
                     st.dates(date(1990, 1, 1), TODAY), _evidence, _offices, _texts).filter(lambda one: one.status or one.done)


@tried(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.dictionaries(st.sampled_from(["A.1.a", "A.1.b", "A.2"]), _answers, min_size=1), lang=st.sampled_from(["vi", "en"]))
def test_workbook_graph_workbook_is_equal(said: dict[str, Answer], lang: str, tmp_path: Path) -> None:
    numbers = ("A.1.a", "A.1.b", "A.2")
    desk = Desk(exported(sheet(JUSTICE, *numbers), lang=lang), lang)
    for row, number in enumerate(numbers, 2):
        if number in said:
            values = dict(zip(("status", "done", "day", "evidence", "office", "note"), said[number].shown({}), strict=True))
            desk.put(row, **values)
    file = desk.save(tmp_path / "one.xlsx")
    state = applied(proposed(file), Journaled())
    assert not proposed(file, state).added
    again = tmp_path / "two.xlsx"
    again.write_bytes(exported(sheet(JUSTICE, *numbers, state=state), lang=lang))
    assert answers(filled(again)) == answers(filled(file)) == {number: said.get(number, Answer()) for number in numbers}
    assert not proposed(again, state).added and not proposed(again, state).removed


# With a store and its journal -----------------------------------------------------------------------------------------------

@pytest.fixture
def served(settings: Settings, tmp_path: Path) -> dict[str, str]:
    """The environment in which commands use a copy of the small store."""
    return {"PACTGRAPH_STORE": settings.store, "PACTGRAPH_DATA": settings.data}


def test_the_commands_from_export_to_journal(settings: Settings, served: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "justice.xlsx"
    done = run("workbook", "export", "--body", "justice", "--as-of", "2026-11-21", "--lang", "vi", "--out", str(out), **served)
    assert done.returncode == 0 and "justice" in done.stderr, done.stderr
    desk = Desk(out.read_bytes())
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.pdf").write_bytes(b"test")
    desk.put(2, status="Đã hoàn thành", done="Đã sửa luật", day="01/10/2026", evidence="a.pdf", office="Vụ Pháp chế").save(out)

    checked = tmp_path / "checked.xlsx"
    tried = run("workbook", "import", str(out), "--dry-run", "--annotated", str(checked), "--format", "json", **served)
    assert tried.returncode == 2 and json.loads(tried.stdout)["summary"]["refused"] == 1
    assert "a.pdf" in load_workbook(checked).worksheets[1]["P2"].comment.text  # type: ignore[union-attr]
    arguments = ("import", str(out), "--evidence", str(tmp_path / "files"))
    tried = run("workbook", *arguments, "--dry-run", **served)
    assert tried.returncode == 0 and "mới" in tried.stdout, tried.stderr
    journal = journal_of(settings)
    assert journal is not None and journal.head == 0

    written = run("workbook", *arguments, **served)
    assert written.returncode == 0 and "mục nhật ký 1" in written.stderr, written.stderr
    entry = journal_of(settings).entry(1)  # type: ignore[union-attr]
    assert (entry.kind, entry.by, entry.extra["file"]) == ("import", "operator", "justice.xlsx")
    assert re.fullmatch("[0-9a-f]{64}", entry.extra["sha256"])
    again = run("workbook", *arguments, **served)
    assert again.returncode == 0 and "không có gì thay đổi" in again.stderr

    other = tmp_path / "again.xlsx"
    run("workbook", "export", "--body", "justice", "--as-of", "2026-11-21", "--lang", "en", "--out", str(other), **served)
    first = load_workbook(other).worksheets[1]
    assert first["M2"].value == "Completed" and "Completed (2026-10-01)" in first["L2"].value
    assert first["P2"].value == f"a.pdf (sha256: {HASH})"
    same = run("workbook", "import", str(other), "--dry-run", "--format", "json", **served)
    assert json.loads(same.stdout)["rows"] == []
    inbox = ask(open_store(settings.store), "inbox", {"body": "justice"}, as_of="2026-11-21", lang="en")
    assert any("Completed (2026-10-01)" in row["last_report"] for row in inbox.records())

    undone = run("undo", "1", **served)
    assert undone.returncode == 0, undone.stderr
    assert not reports_of(replayed(journal_of(settings), BASE), JUSTICE, BASE).reports


def test_a_workbook_for_all_bodies_and_wrong_wishes(served: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "all.xlsx"
    done = run("workbook", "export", "--all", "--as-of", "2026-11-21", "--out", str(out), **served)
    assert done.returncode == 0, done.stderr
    names = load_workbook(out).sheetnames
    assert {"justice", "interior"} <= set(names) and len(names) > 4
    for arguments, words in ((("--out", "x.xlsx"), "--all"), (("--body", "nobody", "--out", "x.xlsx"), "nobody")):
        wrong = run("workbook", "export", *arguments, cwd=tmp_path, **served)
        assert wrong.returncode == 2 and words in wrong.stderr and not (tmp_path / "x.xlsx").exists()


def test_a_write_in_between_is_told(settings: Settings, tmp_path: Path) -> None:
    file = book(Journaled(), tmp_path / "a.xlsx", status="Completed", day=DAY)
    with Writer(settings) as writer:
        change = proposed(file).change(OPERATOR)
        writer.write(proposed(book(Journaled(), tmp_path / "b.xlsx", row=3, status="Completed", day=DAY)).change(OPERATOR))
        with pytest.raises(UserError) as found:
            writer.write(change)
        assert found.value.key == "write-conflict"
        assert ox.NamedNode(GRAPH) in {quad.graph_name for quad in writer.effective()}
