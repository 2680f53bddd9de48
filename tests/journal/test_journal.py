"""The folder of a journal: numbers without holes, a chain, nothing half written, and an older layout brought up to date."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from pactgraph.errors import UserError
from pactgraph.journal.entry import FORMAT, Entry
from pactgraph.journal.log import Journal
from pactgraph.journal.patch import Patch

AT = datetime(2026, 11, 22, 3, 0, 5, tzinfo=UTC)


def quad(text: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(text), ox.NamedNode("urn:g"))


def write(journal: Journal, text: str, **more: object) -> Entry:
    return journal.append(by="moj-desk", scope="curator", kind="update", reason="vì\n\"sai\"", at=AT,
                          patch=Patch.of([quad(text)]), **more)  # type: ignore[arg-type]


def test_an_entry_is_read_as_it_was_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    assert (journal.head, list(journal.entries())) == (0, [])
    assert not (tmp_path / "journal").exists()
    first = write(journal, "1", extra={"file": "a.ttl"})
    second = write(journal, "2", undoes=1)
    again = Journal(tmp_path / "journal")
    assert list(again.entries()) == [first, second] and list(again.entries(after=1)) == [second]
    assert (first.number, first.prev, first.extra) == (1, "", {"file": "a.ttl"})
    assert (second.number, second.prev, second.undoes, second.at) == (2, first.id, 1, AT)
    assert json.loads((tmp_path / "journal" / "format.json").read_text()) == {"format": FORMAT}
    names = sorted(path.name for path in (tmp_path / "journal" / "entries").iterdir())
    assert names == ["000000001.rdfp", "000000002.rdfp"]


def entry_file(journal: Journal, number: int) -> Path:
    return journal.folder / "entries" / f"{number:09d}.rdfp"


def broken(journal: Journal) -> str:
    with pytest.raises(UserError) as found:
        list(Journal(journal.folder).entries())
    assert str(journal.folder) in found.value.message()
    return found.value.key


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path / "journal")
    for text in "123":
        write(journal, text)
    return journal


def test_a_missing_entry_is_told(journal: Journal) -> None:
    entry_file(journal, 2).unlink()
    assert broken(journal) == "journal-hole"


def test_a_cut_entry_is_told(journal: Journal) -> None:
    file = entry_file(journal, 2)
    file.write_bytes(file.read_bytes()[:-5])
    assert broken(journal) == "patch-cut"


def test_a_changed_statement_is_told(journal: Journal) -> None:
    file = entry_file(journal, 2)
    file.write_bytes(file.read_bytes().replace(b'"2" <urn:g>', b'"7" <urn:g>'))
    assert broken(journal) == "patch-checksum"


def test_entries_of_another_journal_are_told(journal: Journal, tmp_path: Path) -> None:
    other = Journal(tmp_path / "other")
    for text in "123":
        write(other, text)
    entry_file(journal, 2).write_bytes(entry_file(other, 2).read_bytes())
    assert broken(journal) == "journal-chain"
    entry_file(journal, 2).write_bytes(entry_file(other, 3).read_bytes())
    assert broken(journal) == "patch-header-bad"


def test_an_unknown_entry_is_told(journal: Journal) -> None:
    with pytest.raises(UserError, match="last is 3"):
        journal.entry(4)


def test_two_who_write_do_not_overwrite_each_other(journal: Journal) -> None:
    other = Journal(journal.folder)
    write(other, "4")
    with pytest.raises(UserError) as found:
        write(journal, "5")
    assert found.value.key == "journal-moved"
    journal.refresh()
    assert write(journal, "5").number == 5


def test_a_newer_format_is_refused(journal: Journal) -> None:
    (journal.folder / "format.json").write_text(json.dumps({"format": FORMAT + 1}))
    with pytest.raises(UserError) as found:
        Journal(journal.folder)
    assert found.value.key == "journal-too-new" and str(FORMAT + 1) in found.value.message("vi")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "entries").write_text("a file where a folder should be")
    with pytest.raises(UserError) as found:
        write(Journal(tmp_path), "1")
    assert found.value.key == "journal-unwritable"


KILLED = """
import os, signal, sys
from pathlib import Path
import pactgraph.journal.log as log
from tests_journal import write
journal = log.Journal(Path(sys.argv[1]))
for text in "12":
    write(journal, text)
def stop(*_):
    os.kill(os.getpid(), signal.SIGKILL)
{where}
write(journal, "3")
"""
WHERE = {
    "while the text is written": "write_bytes = log.entry_bytes\nlog.entry_bytes = lambda entry: write_bytes(entry)[:40]\n"
                                 "log.os.fsync = stop",
    "before it is flushed": "log.os.fsync = stop",
    "before it is renamed": "log.Path.rename = stop",
    "before the folder is flushed": "log.flush_folder = stop",
}


@pytest.mark.parametrize("moment", WHERE)
def test_a_writer_that_is_killed_leaves_all_earlier_entries_and_no_half_one(moment: str, tmp_path: Path) -> None:
    (tmp_path / "tests_journal.py").write_text(Path(__file__).read_text("utf-8"), "utf-8")
    done = subprocess.run([sys.executable, "-c", KILLED.replace("{where}", WHERE[moment]), str(tmp_path / "journal")],
                          env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}, capture_output=True,
                          text=True, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    journal = Journal(tmp_path / "journal")
    texts = [next(iter(entry.patch.added)).object.value for entry in journal.entries()]  # type: ignore[union-attr]
    assert texts == (["1", "2", "3"] if moment == "before the folder is flushed" else ["1", "2"])
    assert write(journal, "next").number == len(texts) + 1


OLD = """H number "1" .
H id "urn:uuid:7d0f1b9e-6a0e-4b57-9d8c-0a3a3f6d0001" .
H at "2026-01-02T03:04:05Z" .
H by "operator" .
H kind "update" .
H reason "first" .
TX .
A <urn:s> <urn:p> "1" <urn:g> .
TC .
H number "2" .
H id "urn:uuid:7d0f1b9e-6a0e-4b57-9d8c-0a3a3f6d0002" .
H at "2026-01-03T03:04:05Z" .
H by "operator" .
H kind "undo" .
H reason "" .
H undoes "1" .
TX .
D <urn:s> <urn:p> "1" <urn:g> .
TC .
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A journal of format 1: one file for all entries."""
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "journal.rdfp").write_text(OLD)
    (folder / "format.json").write_text('{"format": 1}')
    return folder


def test_an_older_journal_is_brought_up_to_date(old: Path) -> None:
    journal = Journal(old)
    first, second = journal.entries()
    assert (first.number, first.scope, first.reason, first.patch.added) == (1, "administrator", "first", {quad("1")})
    assert (second.prev, second.undoes, second.patch.removed) == (first.id, 1, {quad("1")})
    assert (old / "journal.format-1.rdfp").read_text() == OLD and not (old / "journal.rdfp").exists()
    assert write(journal, "new").number == 3
    assert [entry.number for entry in Journal(old).entries()] == [1, 2, 3]


def test_a_migration_that_was_broken_off_begins_again(old: Path) -> None:
    for left in ("entries.making", "entries"):
        (old / left).mkdir()
        (old / left / "000000001.rdfp").write_text("half")
    assert Journal(old).head == 2


def test_an_older_journal_that_is_damaged_stays_as_it_is(old: Path) -> None:
    (old / "journal.rdfp").write_text(OLD[:-4])
    with pytest.raises(UserError) as found:
        Journal(old)
    assert found.value.key == "patch-cut"
    assert (old / "journal.rdfp").read_text() == OLD[:-4]
    assert json.loads((old / "format.json").read_text()) == {"format": 1}
