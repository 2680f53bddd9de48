"""A ministry's statement goes from draft to public by steps, each taken by its role and written to the journal."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from cli_help import run
from workbook_help import JUSTICE, TODAY, Desk, applied, exported, proposed, sheet, task, written

from pactgraph.access.author import ADMINISTRATOR, CONTRIBUTOR, CURATOR, OPERATOR, Author
from pactgraph.access.tokens import Tokens
from pactgraph.build.journaled import Journaled, graph_of, journal_of, replayed
from pactgraph.errors import UserError
from pactgraph.namespaces import BASE
from pactgraph.settings import Settings
from pactgraph.writing.clearance import forward
from pactgraph.writing.workbooks import STAGES, reports_of
from pactgraph.writing.writer import Writer

MINISTRY = Author("moj", CONTRIBUTOR, "xsr-justice")
DESK = Author("desk", CURATOR)
WAY = {"draft": MINISTRY, "ministry": DESK, "coordinator": OPERATOR}
DAY = date(2026, 10, 1)
PLACES = {stage: f"{BASE}graph/journal/restricted/xsr-justice/{stage}" for stage in STAGES[:3]} | {
    "public": f"{BASE}graph/journal/body/xsr-justice/workbook"}


def draft(state: Journaled, file: Path, embargo: date | None = None, **values: object) -> Journaled:
    """A draft of one report."""
    made = exported(sheet(JUSTICE, "A.1.a", "A.1.b", state=state, stage="draft"), stage="draft")
    return applied(proposed(Desk(made).put(2, **values).save(file), state, embargo=embargo), state)


def where(state: Journaled) -> list[str]:
    return sorted({graph_of(quad) for quad in state.public | state.restricted})


def test_each_step_by_its_role_and_by_no_other(tmp_path: Path) -> None:
    state = draft(Journaled(), tmp_path / "a.xlsx", status="Completed", done="x", day=DAY)
    assert where(state) == [PLACES["draft"]]
    strangers = [Author("moi", CONTRIBUTOR, "xsr-interior"), Author("r", "reader"), MINISTRY, DESK, OPERATOR]
    for stage, role in WAY.items():
        for other in strangers:
            if other != role:
                with pytest.raises(UserError) as found:
                    forward(state, JUSTICE, stage, other, BASE, today=TODAY)
                assert found.value.key == "clearance-role"
        step = forward(state, JUSTICE, stage, role, BASE, today=TODAY)
        assert (step.reports, step.kept, step.change.extra["clearance"]) == (1, 0, f"{stage} {step.to}")
        written(step.change, state)
        assert where(state) == [PLACES[step.to]]
    known = reports_of(state, JUSTICE, BASE).latest(task("A.1.a"))
    assert (known.status, known.done, known.day) == ("completed", "x", DAY)
    for stage, role in WAY.items():
        with pytest.raises(UserError) as found:
            forward(state, JUSTICE, stage, role, BASE, today=TODAY)
        assert found.value.key == "clearance-nothing"


def test_an_embargo_holds_the_last_step_only(tmp_path: Path) -> None:
    state = draft(Journaled(), tmp_path / "a.xlsx", status="Completed", day=DAY, embargo=TODAY + timedelta(1))
    for stage in ("draft", "ministry"):
        written(forward(state, JUSTICE, stage, WAY[stage], BASE, today=TODAY).change, state)
    with pytest.raises(UserError) as found:
        forward(state, JUSTICE, "coordinator", OPERATOR, BASE, today=TODAY)
    assert found.value.key == "clearance-embargo"
    assert forward(state, JUSTICE, "coordinator", OPERATOR, BASE, today=TODAY + timedelta(1)).reports == 1
    public = Desk(exported()).put(2, status="Completed", day=DAY).save(tmp_path / "b.xlsx")
    with pytest.raises(UserError) as found:
        proposed(public, embargo=TODAY)
    assert found.value.key == "workbook-embargo-public"


def test_what_was_handed_on_is_not_drafted_again_for_the_same_day(tmp_path: Path) -> None:
    state = draft(Journaled(), tmp_path / "a.xlsx", status="In Progress", day=DAY)
    written(forward(state, JUSTICE, "draft", MINISTRY, BASE, today=TODAY).change, state)
    made = Desk(exported(sheet(JUSTICE, "A.1.a", state=state, stage="draft"), stage="draft"))
    assert made.page["M2"].value == "Đang thực hiện"
    again = proposed(made.put(2, status="Completed").save(tmp_path / "b.xlsx"), state)
    assert [remark.key for remark in again.lines[0].row.remarks] == ["workbook-handed-on"] and again.refused
    assert not proposed(made.put(2, day=TODAY).save(tmp_path / "c.xlsx"), state).refused


def test_drafts_are_seen_by_nobody_else_until_they_are_public(settings: Settings, tmp_path: Path) -> None:
    served = {"PACTGRAPH_STORE": settings.store, "PACTGRAPH_DATA": settings.data}
    folder = settings.journal_folder()
    assert folder is not None
    with Writer(settings):
        pass  # makes the journal's folder
    for name, scope, body in (("moj", CONTRIBUTOR, "xsr-justice"), ("desk", CURATOR, None), ("head", ADMINISTRATOR, None)):
        (tmp_path / name).write_text(Tokens(folder).create(name, scope, body), "utf-8")
    out = tmp_path / "a.xlsx"
    made = run("workbook", "export", "--body", "justice", "--stage", "draft", "--as-of", "2026-11-21", "--lang", "vi",
               "--out", str(out), **served)
    assert made.returncode == 0, made.stderr
    Desk(out.read_bytes()).put(2, status="Đã hoàn thành", day=DAY).save(out)
    done = run("workbook", "import", str(out), "--embargo", "2020-01-01", "--token-file", str(tmp_path / "moj"), **served)
    assert done.returncode == 0, done.stderr
    wrong = run("workbook", "forward", "--body", "justice", "--from", "draft", "--lang", "en",
                "--token-file", str(tmp_path / "head"), **served)
    assert wrong.returncode == 2 and "token-file" in wrong.stderr, wrong.stderr
    for stage, name in (("draft", "moj"), ("ministry", "desk"), ("coordinator", "head")):
        assert not replayed(journal_of(settings), BASE).public
        step = run("workbook", "forward", "--body", "justice", "--from", stage, "--token-file", str(tmp_path / name), **served)
        assert step.returncode == 0, step.stderr
    state = replayed(journal_of(settings), BASE)
    assert {graph_of(quad) for quad in state.public} == {PLACES["public"]} and not state.restricted
    entries = [entry for entry in journal_of(settings).entries() if entry.by != "pactgraph"]  # type: ignore[union-attr]
    assert [(entry.by, entry.extra.get("clearance", "")) for entry in entries] == [
        ("moj", ""), ("moj", "draft ministry"), ("desk", "ministry coordinator"), ("head", "coordinator public")]
