"""``pactgraph log``, ``undo`` and ``--revision`` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import cli_help
import pytest
from writing_help import COMMENT, CURATOR, add, note

from pactgraph.errors import UserError
from pactgraph.journal.log import Journal
from pactgraph.namespaces import BASE
from pactgraph.settings import Settings
from pactgraph.writing.writer import Writer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def written(small_store: Path, small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small store with two entries, and of its data beside it."""
    store = tmp_path_factory.mktemp("written") / "store"
    shutil.copytree(small_store, store)
    shutil.copytree(small_data, store.with_name("data"))
    with Writer(settings(store)) as writer:
        add(writer, note("one"), author=CURATOR, reason="to see")
        add(writer, note("two", graph="https://example.org/notes"))
    return store


def settings(store: Path) -> Settings:
    return Settings(store=str(store), data=str(store.with_name("data")))


def run(store: Path, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return cli_help.run(*arguments, cwd=ROOT, lang="en", stdin=text, PACTGRAPH_STORE=str(store),
                        PACTGRAPH_DATA=str(store.with_name("data")))


def rows(store: Path, *arguments: str) -> list[dict[str, str]]:
    done = run(store, *arguments, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff"))))


def test_log_lists_the_entries(written: Path) -> None:
    found = rows(written, "log")
    assert [(row["entry"], row["author"], row["reason"], row["added"], row["graphs"]) for row in found[:2]] == [
        ("1", "desk", "to see", "1", "journal/desk"), ("2", "operator", "", "1", "https://example.org/notes")]
    assert [row["entry"] for row in rows(written, "log", "--graph", "journal/desk")] == ["1"]
    assert [row["entry"] for row in rows(written, "log", "--graph", "https://example.org/notes")] == ["2"]
    assert rows(written, "log", "--since", "2999-01-01") == []
    raw = run(written, "log", "--graph", "journal/desk", "--format", "rdfp").stdout
    assert raw.startswith("H format") and f"A <{BASE}id/test/one> <{COMMENT}>" in raw
    assert run(written, "log", "--since", "1/1/2026").returncode == 2


def test_undo_and_earlier_revisions(written: Path) -> None:
    ask = f"ASK {{ <{BASE}id/test/one> ?p ?o }}"
    assert "true" in run(written, "query", "-", text=ask).stdout
    assert "false" in run(written, "query", "-", "--revision", "0", text=ask).stdout
    done = run(written, "undo", "1", "--reason", "wrong")
    assert done.returncode == 0 and "Entry 1 is undone by entry 3" in done.stderr, done.stderr
    assert "false" in run(written, "query", "-", text=ask).stdout
    assert "true" in run(written, "query", "-", "--revision", "2", text=ask).stdout
    again = run(written, "undo", "1")
    assert again.returncode == 2 and "undone already, by entry 3" in again.stderr
    assert "no entry 99" in run(written, "undo", "99").stderr
    assert "no entry 99" in run(written, "query", "-", "--revision", "99", text=ask).stderr


def test_while_another_process_has_the_store_undo_names_it(written: Path) -> None:
    with Writer(settings(written)):
        done = cli_help.run_process("undo", "2", lang="en", PACTGRAPH_STORE=str(written),
                                    PACTGRAPH_DATA=str(written.with_name("data")))
    assert done.returncode == 2 and str(os.getpid()) in done.stderr


def test_a_store_without_a_journal_says_so() -> None:
    done = run(Path("memory:"), "log")
    assert done.returncode == 2 and "PACTGRAPH_JOURNAL" in done.stderr


def test_where_the_journal_is(tmp_path: Path) -> None:
    assert Settings(store=str(tmp_path / "s")).journal_folder() == tmp_path / "s-journal"
    assert Settings(store=str(tmp_path / "s"), journal=str(tmp_path / "j")).journal_folder() == tmp_path / "j"
    assert Settings(store="memory:").journal_folder() is None and Settings(store="http://h/").journal_folder() is None
    assert Settings(store="memory:", journal=str(tmp_path / "j")).journal_folder() == tmp_path / "j"
    with pytest.raises(UserError):
        Journal(tmp_path / "none").entry(1)


def test_an_export_of_an_earlier_revision_has_the_bytes_of_then(written: Path, small_store: Path, small_data: Path,
                                                                tmp_path: Path) -> None:
    """``--revision 0`` is the build, whatever was written since; the manifest says which entry the files are of."""
    def exported(store: Path, name: str, *options: str) -> bytes:
        done = run(store, "export", "dumps", "--out", str(tmp_path / name), "--group", "all", "--format", "nquads",
                   "--compression", "none", *options)
        assert done.returncode == 0, done.stderr
        return (tmp_path / name / "pactgraph.nq").read_bytes()

    before = tmp_path / "before" / "store"
    shutil.copytree(small_store, before)
    shutil.copytree(small_data, before.with_name("data"))
    then, first = exported(before, "then"), exported(written, "first", "--revision", "0")
    second = exported(written, "second", "--revision", "2")
    assert first == then and second != then
    assert f"<{BASE}id/test/one>".encode() in second and f"<{BASE}id/test/one>".encode() not in first
    assert json.loads((tmp_path / "second" / "manifest.json").read_text("utf-8"))["revision"]["journal"] == 2
    assert run(written, "export", "dumps", "--out", str(tmp_path / "x"), "--revision", "99").returncode == 2
    assert not (tmp_path / "x").exists()
