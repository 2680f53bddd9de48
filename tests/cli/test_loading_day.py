"""A loading day from end to end on made-up files: both rounds brought, proposals, decisions, two people, bad files, a service."""

from __future__ import annotations

import csv
import json
import os
import pty
import re
import select
import shutil
import subprocess
import time
from pathlib import Path

import httpx
import openpyxl
import pytest
from cli_help import PROGRAM, environment, run
from loading_help import EXAMPLES, NEW, small_data, start
from service_help import serving

from pactgraph.build.journaled import journal_of, replayed
from pactgraph.namespaces import BASE, PG, VOCAB
from pactgraph.settings import Settings

pytestmark = pytest.mark.slow
REC = f"{BASE}id/un/rec/ccpr-c-vnm-co-"
TASK = f"{BASE}id/vnm/task/"


class Desk:
    """A store of its own with the small data folder, and the command line over it."""

    def __init__(self, data: Path, store: Path) -> None:
        self.data, self.store = data, store

    def run(self, *arguments: str, code: int = 0, lang: str = "en") -> str:
        done = run(*arguments, lang=lang, PACTGRAPH_STORE=str(self.store), PACTGRAPH_DATA=str(self.data))
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    def sheet(self, target: Path, *options: str, lang: str = "en") -> Path:
        self.run("loading-day", "sheet", *NEW, "--out", str(target), *options, lang=lang)
        return target

    def links(self) -> dict[tuple[str, str, str], str]:
        """The links of the crosswalk of the new round in the journal: ends and kind → status."""
        settings = Settings(store=str(self.store), data=str(self.data))
        state = replayed(journal_of(settings), BASE)
        of: dict[str, dict[str, str]] = {}
        for quad in state.public:
            if quad.predicate.value.startswith(PG + "link") and re.search("co-99|99999", quad.subject.value):
                of.setdefault(quad.subject.value, {})[quad.predicate.value.removeprefix(PG)] = quad.object.value
        short = {REC: "", TASK: "", f"{BASE}id/un/doc/ccpr-c-vnm-co-": "", f"{BASE}id/vnm/plan/": "",
                 f"{VOCAB}link-status/": "", PG: "",
                 "-qd-ttg-2021": "", "-qd-ttg-2026": ""}

        def plain(iri: str) -> str:
            for long, brief in short.items():
                iri = iri.replace(long, brief)
            return iri

        return {(plain(one["linkSubject"]), plain(one["linkPredicate"]), plain(one["linkObject"])): plain(one["linkStatus"])
                for one in of.values()}

    def copy(self, target: Path) -> Desk:
        shutil.copytree(self.store, target / "store")
        shutil.copytree(self.store.with_name("store-journal"), target / "store-journal")
        return Desk(self.data, target / "store")


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Both rounds brought and proposed; nothing decided. Not to be written to."""
    room = tmp_path_factory.mktemp("loading")
    desk = Desk(small_data(room / "data"), room / "store")
    dry = desk.run(*start("new", "iccpr-4"), "--dry-run")
    assert "Nothing was written" in dry and not (desk.store / "sources").exists()
    assert not desk.store.with_name("store-journal").exists()
    desk.run(*start("earlier", "iccpr-3"))
    told = desk.run(*start("new", "iccpr-4"))
    assert "CCPR/C/VNM/CO/99 (4 recommendations) is compared with CCPR/C/VNM/CO/98 (4)" in told
    assert "99999/QĐ-TTg (4 tasks) is compared with 99998/QĐ-TTg (4)" in told and "data error" not in told
    return desk


@pytest.fixture
def desk(brought: Desk, tmp_path: Path) -> Desk:
    return brought.copy(tmp_path)


PROPOSED = {
    ("99/5", "repeats", "98/5"), ("99/7", "repeats", "98/7"), ("99/11", "repeats", "98/9"),
    ("99999/I.1", "carriesOver", "99998/I.1"), ("99999/I.2", "carriesOver", "99998/I.2"),
    ("99999/I.3", "carriesOver", "99998/I.3"),
    ("99999/I.1", "addresses", "99/5"), ("99999/I.2", "addresses", "99/7"), ("99999/II.1", "addresses", "99/9"),
}


def test_proposals_are_proposals(brought: Desk) -> None:
    assert brought.links() == dict.fromkeys(PROPOSED, "proposed")
    rows = json.loads(brought.run("loading-day", "sheet", *NEW, "--format", "json").rpartition("]")[0] + "]")
    assert {(row["new"], row["old"]) for row in rows if re.search(r"\((new|dropped|not taken up)\?\)", row["kind"])} == {
        ("9", "CCPR/C/VNM/CO/98"), ("II.1", "99998/QĐ-TTg"), ("CCPR/C/VNM/CO/99", "11"), ("99999/QĐ-TTg", "II.1")}
    assert "0 data errors" in brought.run("validate")
    # What was marked in the document stands in the graph too
    ask = brought.run("evidence", "CCPR/C/VNM/CO/99/7", "--format", "csv")
    assert "arts. 9 and 19" in ask and "proposed" in ask


def _fill(sheet: Path, decisions: dict[str, tuple[str, str, str]]) -> Path:
    """Decide in a workbook: end of the identifier → decision, other, reason."""
    book = openpyxl.load_workbook(sheet)
    found = set()
    for row in book.worksheets[0].iter_rows(min_row=2):
        for end, values in decisions.items():
            if str(row[0].value).endswith(end):
                found.add(end)
                for cell, value in zip(row[-3:], values, strict=True):
                    cell.value = value or None
    assert found == set(decisions)
    book.save(sheet)
    return sheet


DECISIONS = {
    "co-99/5/ccpr-c-vnm-co-98-5": ("Chấp nhận", "", "Chỉ còn một việc"), "co-99/7/ccpr-c-vnm-co-98-7": ("khác", "mở rộng", ""),
    "co-99/11/ccpr-c-vnm-co-98-9": ("xác nhận", "", ""), "co-99/9/ccpr-c-vnm-co-98": ("chấp nhận", "", ""),
    "co-99/ccpr-c-vnm-co-98-11": ("chấp nhận", "", ""), "I.3/99998-qd-ttg-2021-i-3": ("khác", "II.1", "Cùng đối tượng"),
    "I.2/ccpr-c-vnm-co-99-7": ("bác bỏ", "", "-không đúng"),
}
AFTER = {
    ("99/5", "repeats", "98/5"): "curated", ("99/7", "repeats", "98/7"): "curated", ("99/11", "repeats", "98/9"): "confirmed",
    ("99/9", "repeats", "98"): "rejected", ("99", "repeats", "98/11"): "rejected",
    ("99999/I.3", "carriesOver", "99998/I.3"): "superseded", ("99999/I.3", "carriesOver", "99998/II.1"): "curated",
    ("99999/I.2", "addresses", "99/7"): "rejected",
}


def test_decisions_are_recorded_once_and_told_in_the_graph(desk: Desk, tmp_path: Path) -> None:
    sheet = _fill(desk.sheet(tmp_path / "a.xlsx", lang="vi"), DECISIONS)
    assert "--confirmed-by" in desk.run("loading-day", "decide", str(sheet), code=2)
    assert "moj" in desk.run("loading-day", "decide", str(sheet), "--confirmed-by", "mps", code=2)
    assert desk.links() == dict.fromkeys(PROPOSED, "proposed")
    done = desk.run("loading-day", "decide", str(sheet), "--confirmed-by", "moj", "--reason", "First reading")
    assert "7 new decisions" in done
    assert desk.links() == dict.fromkeys(PROPOSED, "proposed") | AFTER
    assert "nothing changed" in desk.run("loading-day", "decide", str(sheet), "--confirmed-by", "moj")
    repeated = desk.run("ask", "repeated-recommendations", "--format", "csv")
    assert "CCPR/C/VNM/CO/98" in repeated
    log = json.loads(desk.run("log", "--format", "json"))
    assert [entry["reason"] for entry in log if entry["author"] == "operator"][-1] == "First reading"
    assert "superseded" in desk.run("evidence", f"{TASK}99999-qd-ttg-2026/I.3", "--format", "csv")
    assert "0 data errors" in desk.run("build")  # a build replays the journal
    # What was rejected or replaced is not proposed again
    assert "nothing changed" in desk.run(*start("new", "iccpr-4"))


def test_two_people(desk: Desk, tmp_path: Path) -> None:
    mine, other = desk.sheet(tmp_path / "a.xlsx", lang="vi"), desk.sheet(tmp_path / "b.xlsx", lang="vi")
    end = "co-99/5/ccpr-c-vnm-co-98-5"
    desk.run("loading-day", "decide", str(_fill(mine, {end: ("chấp nhận", "", "")})))
    told = desk.run("loading-day", "decide", str(_fill(other, {end: ("bác bỏ", "", "Khác"), "co-99/7/ccpr-c-vnm-co-98-7": (
        "chấp nhận", "", "")})), code=2)
    assert "b.xlsx[Quyết định]:2:L" in told and "accepted now" in told and "1 in conflict" in told
    assert desk.links()["99/5", "repeats", "98/5"] == "curated" and desk.links()["99/7", "repeats", "98/7"] == "proposed"
    agreeing = _fill(other, {end: ("chấp nhận", "", "")})
    assert "1 new decisions, 1 recorded already" in desk.run("loading-day", "decide", str(agreeing))
    # On a new sheet a decision may be changed
    again = desk.sheet(tmp_path / "c.xlsx", "--all", lang="vi")
    book = openpyxl.load_workbook(again)
    for row in book.worksheets[0].iter_rows(min_row=2):
        row[-3].value = "bác bỏ" if str(row[0].value).endswith(end) else None
        row[-1].value = "Xem lại" if row[-3].value else None
    book.save(again)
    assert "1 reject" in desk.run("loading-day", "decide", str(again))
    assert desk.links()["99/5", "repeats", "98/5"] == "rejected"


def test_wrong_decisions_write_nothing(desk: Desk, tmp_path: Path) -> None:
    sheet = desk.sheet(tmp_path / "a.csv")
    rows = list(csv.reader(sheet.read_text("utf-8-sig").splitlines()))
    at = rows[0].index("Decision")
    rows[1][at] = "accept"
    rows[2][at:at + 2] = ["other", "XII.9"]
    rows.append(["un/link/ccpr-c-vnm-co-99/77/ccpr-c-vnm-co-98-7", *[""] * (at - 1), "accept", "", ""])
    lone = next(row for row in rows if row[0].endswith("co-99/9/ccpr-c-vnm-co-98"))
    lone[at:at + 3] = ["reject", "", "because"]
    with sheet.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    told = desk.run("loading-day", "decide", str(sheet), code=2)
    assert "a.csv:3:M: “XII.9”" in told and "Numbers: 5, 7, 9, 11" in told
    assert f"a.csv:{len(rows)}:A: Nothing is proposed" in told and "Of 9 the program says" in told
    assert desk.links() == dict.fromkeys(PROPOSED, "proposed")


def test_bad_files(brought: Desk, tmp_path: Path) -> None:
    observations, plan = EXAMPLES / "observations-new.txt", EXAMPLES / "decision-new.txt"
    empty = Desk(brought.data, tmp_path / "store")
    for arguments, words in (
        (["--observations", str(plan)], "--plan"), (["--plan", str(observations)], "--observations"),
        ([], "Name a file"), (["--plan", str(plan), "--out", "a.pdf"], ".xlsx or .csv"),
        (["--observations", str(observations), "--earlier-observations", "CCPR/C/VNM/CO/99"], "compared with itself"),
        (["--observations", str(observations), "--earlier-observations", "CCPR/C/VNM/CO/7"], "no concluding observations"),
        (["--observations", str(observations), "--cycle", "iccpr-44"], "more than one review cycle"),
        (["--plan", str(plan)], "--issuer"),
    ):
        told = empty.run("loading-day", "start", *arguments, code=2)
        assert words in told, told
        assert not (empty.store / "sources").exists()
    # One wrong row of the decision keeps both out
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(plan.read_text("utf-8").replace("Bộ Ngoại giao", "Bộ Không Có"), "utf-8")
    assert "wrong.txt:15" in empty.run("loading-day", "start", "--observations", str(observations), "--plan", str(wrong), code=2)
    assert not (empty.store / "sources").exists()
    # Another text of a plan that was imported is compared with it
    changed = tmp_path / "changed.txt"
    changed.write_text(plan.read_text("utf-8").replace("độc lập", "mới"), "utf-8")
    assert "độc lập" in brought.run("loading-day", "start", "--plan", str(changed), "--dry-run")
    # Two rounds in the journal: which is meant must be said
    assert "Say which" in brought.run("loading-day", "sheet", code=2)
    assert "no terminal" in brought.run("loading-day", "decide", *NEW, code=2)


def test_a_newer_text_of_the_same_document_is_compared_with_the_first(brought: Desk, tmp_path: Path) -> None:
    newer = tmp_path / "newer.txt"
    newer.write_text((EXAMPLES / "observations-new.txt").read_text("utf-8").replace("every year.", "each year."), "utf-8")
    told = brought.run("loading-day", "start", "--observations", str(newer), "--dry-run")
    assert "0 new, 1 changed, 12 unchanged" in told and "each year" in told


def test_on_a_served_store_the_service_writes(desk: Desk, tmp_path: Path) -> None:
    sheet = _fill(desk.sheet(tmp_path / "a.xlsx", lang="vi"), {"co-99/5/ccpr-c-vnm-co-98-5": ("chấp nhận", "", "")})
    query = f"ASK {{ <{REC}99/5> <{PG}repeats> <{REC}98/5> }}"
    with serving(desk.store, PACTGRAPH_DATA=str(desk.data)) as service:
        def stands() -> bool:
            answer = httpx.get(f"{service.address}/sparql", params={"query": query}, timeout=30,
                               headers={"Accept": "application/sparql-results+json"})
            return bool(answer.json()["boolean"])

        assert not stands()
        assert "nothing changed" in desk.run(*start("new", "iccpr-4"))
        assert "1 accept" in desk.run("loading-day", "decide", str(sheet))
        assert stands()


def test_on_a_terminal(desk: Desk) -> None:
    """Reject the first with a reason, accept the second, and go on no further."""
    leader, follower = pty.openpty()
    process = subprocess.Popen([*PROGRAM, "loading-day", "decide", *NEW], stdin=follower, stdout=follower, stderr=follower,
                               text=True, env=environment("en", PACTGRAPH_STORE=str(desk.store), PACTGRAPH_DATA=str(desk.data)))
    os.close(follower)
    answers, said, end = ["r\n", "No\n", "a\n", "\n", "q\n", "y\n"], "", time.monotonic() + 120
    while time.monotonic() < end:
        if select.select([leader], [], [], 1)[0]:
            try:
                said += os.read(leader, 65536).decode("utf-8", "replace")
            except OSError:
                break
            if answers and re.search(r"(uit|Reason|\[y/N\]): $", said):
                os.write(leader, answers.pop(0).encode())
                said += "\n"
        elif process.poll() is not None:
            break
    os.close(leader)
    assert process.wait(30) == 0 and "1 accept, 1 reject" in said, said
    assert desk.links()["99/5", "repeats", "98/5"] == "rejected" and desk.links()["99/7", "repeats", "98/7"] == "curated"
