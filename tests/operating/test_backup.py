"""Backup and restore: whole or not at all, and what comes out is what went in."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import shutil
import stat
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from pactgraph.build.pipeline import build
from pactgraph.errors import UserError
from pactgraph.journal.log import Journal
from pactgraph.operating.archive import verify
from pactgraph.operating.backup import back_up
from pactgraph.operating.restore import restore
from pactgraph.settings import Settings
from pactgraph.store import open_store
from pactgraph.store.generations import current, writing

from .conftest import write_entries


def files(folder: Path) -> dict[str, bytes]:
    """What stands in a folder, without locks and databases."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != "lock" and "oxigraph" not in path.parts}


@pytest.fixture
def saved(settings: Settings, tmp_path: Path) -> Path:
    """A backup of the small store."""
    target = tmp_path / "saved.tar.gz"
    back_up(settings, target)
    return target


def other(tmp_path: Path) -> Settings:
    return Settings(store=str(tmp_path / "new" / "store"))


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(UserError) as problem:
        work()
    assert problem.value.message("vi") != problem.value.message("en")
    return problem.value.key


# Saving ---------------------------------------------------------------------------------------------------------

def test_what_was_saved_is_restored(settings: Settings, saved: Path, tmp_path: Path) -> None:
    done = restore(other(tmp_path), saved)
    assert files(Path(done.journal)) == files(settings.journal_folder())
    assert files(done.store) == {f"sources/{name}": data for name, data in
                                 files(Path(settings.store) / "sources").items()}
    assert "quyết định.txt" in "".join(files(done.store))
    assert stat.S_IMODE((done.journal / "tokens.json").stat().st_mode) == 0o600
    assert not list(done.store.parent.glob("*restoring*")) and not (done.store / "restoring").exists()
    assert current(done.store) is None  # built anew


def test_with_the_graph_the_store_answers_at_once(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "saved.tgz", with_graph=True)
    done = restore(other(tmp_path), tmp_path / "saved.tgz")
    before, after = current(Path(settings.store)), current(done.store)
    assert before and after and (after.fingerprint, after.summary()) == (before.fingerprint, before.summary())
    assert after.nquads.read_bytes() == before.nquads.read_bytes()
    assert open_store(str(done.store)).dump() == before.nquads.read_bytes()


def test_only_its_owner_can_read_a_backup(saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_a_backup_never_replaces_a_file(settings: Settings, saved: Path) -> None:
    before = saved.read_bytes()
    assert refused(lambda: back_up(settings, saved)) == "backup-exists"
    assert saved.read_bytes() == before


@pytest.mark.parametrize(("name", "key"), [("x.zip", "backup-suffix"), ("no/such/x.tar.gz", "backup-unwritable")])
def test_a_target_that_cannot_be_is_told(settings: Settings, tmp_path: Path, name: str, key: str) -> None:
    assert refused(lambda: back_up(settings, tmp_path / name)) == key


def test_an_endpoint_and_an_empty_store_are_told(tmp_path: Path) -> None:
    target = tmp_path / "x.tar.gz"
    assert refused(lambda: back_up(Settings(store="http://localhost:1/sparql"), target)) == "backup-needs-folder"
    assert refused(lambda: back_up(Settings(store=str(tmp_path / "none")), target)) == "backup-nothing"
    assert not target.exists()


def test_a_full_disk_leaves_nothing_half(settings: Settings, tmp_path: Path) -> None:
    source = next((Path(settings.store) / "sources").glob("*/quyết định.txt"))
    source.write_bytes(os.urandom(3_000_000))
    room = tmp_path / "small"
    room.mkdir()
    done = subprocess.run([sys.executable, "-m", "pactgraph", "backup", str(room / "x.tar.gz"), "--store", settings.store],
                          capture_output=True, text=True, timeout=60,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000)))
    assert done.returncode == 2 and "x.tar.gz" in done.stderr and "Traceback" not in done.stderr
    assert list(room.iterdir()) == []


def test_a_damaged_journal_is_told_not_copied(settings: Settings, tmp_path: Path) -> None:
    (settings.journal_folder() / "entries" / "000000002.rdfp").unlink()
    with pytest.raises(UserError):
        back_up(settings, tmp_path / "x.tar.gz")
    assert list(tmp_path.glob("*x.tar.gz*")) == []


def test_it_is_whole_while_others_write(settings: Settings, tmp_path: Path) -> None:
    going = threading.Event()
    going.set()

    def write() -> None:
        while going.is_set():
            write_entries(settings.journal_folder(), 1)

    writer = threading.Thread(target=write)
    with writing(Path(settings.store)):  # as a service does
        writer.start()
        try:
            heads = [back_up(settings, tmp_path / f"{number}.tar.gz").head for number in range(5)]
        finally:
            going.clear()
            writer.join()
    assert heads == sorted(heads) and heads[-1] > heads[0]
    for number, head in enumerate(heads):
        done = restore(Settings(store=str(tmp_path / str(number) / "store")), tmp_path / f"{number}.tar.gz")
        assert len(list(Journal(done.journal).entries())) == head


def test_what_vanishes_under_the_hand_is_copied_again(settings: Settings, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    from pactgraph.operating import backup

    once = iter([True])
    write = backup._write

    def writes(*arguments: object) -> None:
        if next(once, False):
            shutil.rmtree(Path(settings.store) / "sources")
        write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_write", writes)
    made = back_up(settings, tmp_path / "x.tar.gz")
    assert made.named("sources/") == [] and verify(tmp_path / "x.tar.gz") == made
    assert [path.name for path in tmp_path.glob("*x.tar.gz*")] == ["x.tar.gz"]


# Restoring ------------------------------------------------------------------------------------------------------

def test_a_store_that_holds_something_is_not_overwritten(settings: Settings, saved: Path) -> None:
    before = files(Path(settings.store))
    assert refused(lambda: restore(settings, saved)) == "restore-not-empty"
    assert files(Path(settings.store)) == before


def test_neither_is_a_journal(settings: Settings, saved: Path, tmp_path: Path) -> None:
    new = replace(other(tmp_path), journal=str(settings.journal_folder()))
    assert refused(lambda: restore(new, saved)) == "restore-not-empty"


def test_what_is_replaced_is_kept(settings: Settings, saved: Path) -> None:
    write_entries(settings.journal_folder(), 2)
    before = files(Path(settings.store)), files(settings.journal_folder())
    done = restore(settings, saved, replace=True)
    assert Journal(done.journal).head == 3
    assert (files(done.kept[0]), files(done.kept[1])) == before
    again = restore(settings, saved, replace=True)
    assert len({*done.kept, *again.kept}) == 4


def test_a_service_that_runs_is_left_alone(settings: Settings, saved: Path) -> None:
    with writing(Path(settings.store)):
        assert refused(lambda: restore(settings, saved, replace=True)) == "store-locked"


def test_there_is_room_or_nothing_happens(settings: Settings, saved: Path, tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(10, 10, 1000))
    new = other(tmp_path)
    assert refused(lambda: restore(new, saved)) == "restore-no-room"
    assert files(Path(new.store)) == {}


def test_a_restored_store_builds_to_the_same_graph_byte_for_byte(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "data" / "treaties", tmp_path / "data" / "treaties")
    shutil.copytree(root / "tests" / "countries" / "un", tmp_path / "data" / "un")
    shutil.copyfile(root / "data" / "un" / "bodies.csv", tmp_path / "data" / "un" / "bodies.csv")
    shutil.copytree(root / "tests" / "countries" / "xsr", tmp_path / "data" / "xsr")
    settings = Settings(store=str(tmp_path / "store"), data=str(tmp_path / "data"))
    empty = build(settings).nquads.read_bytes()
    write_entries(settings.journal_folder(), 3)
    before = build(settings)
    assert before.nquads.read_bytes() != empty
    made = back_up(settings, tmp_path / "x.tar.gz")
    assert (made.own_data, made.fingerprint, made.built) == (True, before.fingerprint, 3)
    new = replace(settings, store=str(tmp_path / "new"))
    restore(new, tmp_path / "x.tar.gz")
    after = build(new)
    assert after.fingerprint == before.fingerprint
    assert after.nquads.read_bytes() == before.nquads.read_bytes()


# Bad backups ----------------------------------------------------------------------------------------------------

def test_what_is_no_backup_is_told(tmp_path: Path) -> None:
    text, zipped, tar = tmp_path / "a.tar.gz", tmp_path / "b.tar.gz", tmp_path / "c.tar.gz"
    text.write_text("no archive")
    zipped.write_bytes(gzip.compress(b"no archive either, but gzip" * 100))
    with tarfile.open(tar, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("README"), io.BytesIO())
    for file in (text, zipped, tar):
        assert refused(lambda file=file: verify(file)) == "backup-foreign"
    assert refused(lambda: verify(tmp_path / "none.tar.gz")) == "backup-missing"
    assert refused(lambda: verify(tmp_path)) == "file-unreadable"


@pytest.mark.parametrize("at", [0.3, 0.6, 0.9, 0.99])
def test_a_backup_that_was_cut_is_told_and_changes_nothing(saved: Path, tmp_path: Path, at: float) -> None:
    data = saved.read_bytes()
    saved.write_bytes(data[:int(len(data) * at)])
    new = other(tmp_path)
    assert refused(lambda: restore(new, saved)) == "backup-damaged"
    assert not Path(new.store).exists()


def test_every_byte_counts(saved: Path, tmp_path: Path) -> None:
    """A changed byte anywhere is told, or hits nothing that is restored (time and name in the head of gzip)."""
    data = saved.read_bytes()
    good = verify(saved)
    for at in range(0, len(data), 37):
        saved.write_bytes(data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1:])
        try:
            assert verify(saved) == good
        except UserError as problem:
            assert problem.key in ("backup-damaged", "backup-foreign", "backup-too-new")


def forge(target: Path, members: dict[str, bytes], manifest: dict[str, object] | None = None,
          kind: bytes = tarfile.REGTYPE) -> Path:
    """A backup with right checksums and wrong content."""
    told = {"pactgraph-backup": 1, "program": "0.1.0", "made": "", "base": "", "own_data": False, "head": 0,
            "fingerprint": "", "built": 0,
            "files": [{"name": name, "bytes": len(data), "sha256": sha256(data).hexdigest()}
                      for name, data in members.items()]} | (manifest or {})
    with tarfile.open(target, "w:gz") as archive:
        for name, data in {"manifest.json": json.dumps(told).encode(), **members}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            if name != "manifest.json" and kind != tarfile.REGTYPE:
                info.type, info.size, info.linkname = kind, 0, "/etc/passwd"
            archive.addfile(info, io.BytesIO(data))
    return target


@pytest.mark.parametrize("name", [
    "../escape", "/etc/escape", "journal/../../escape", "sources/../escape", "sources/0123456789abcdef/..",
    "sources/0123456789abcdef/a/b", "journal/entries/x.rdfp", "graph/oxigraph/CURRENT", "journal/tokens.json/x", "other",
])
def test_no_name_leads_out_of_the_store(tmp_path: Path, name: str) -> None:
    file = forge(tmp_path / "bad.tar.gz", {name: b"x"})
    assert refused(lambda: restore(other(tmp_path), file)) == "backup-damaged"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.tar.gz"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_only_plain_files_are_taken(tmp_path: Path, kind: bytes) -> None:
    file = forge(tmp_path / "bad.tar.gz", {"journal/format.json": b""}, kind=kind)
    assert refused(lambda: verify(file)) == "backup-damaged"


def test_files_that_the_manifest_does_not_name_are_refused(tmp_path: Path) -> None:
    file = forge(tmp_path / "bad.tar.gz", {"journal/format.json": b"{}"}, {"files": []})
    assert refused(lambda: verify(file)) == "backup-damaged"


@pytest.mark.parametrize("manifest", [
    {"files": [{"name": "journal/format.json", "bytes": -1, "sha256": ""}]}, {"files": "none"}, {"head": "many"},
    {"files": [{"name": "journal/format.json", "bytes": 2, "sha256": "0"}] * 2},
])
def test_a_manifest_that_makes_no_sense_is_refused(tmp_path: Path, manifest: dict[str, object]) -> None:
    file = forge(tmp_path / "bad.tar.gz", {"journal/format.json": b"{}"}, manifest)
    assert refused(lambda: verify(file)) == "backup-damaged"


def test_a_backup_of_a_newer_program_names_both_versions(tmp_path: Path) -> None:
    file = forge(tmp_path / "new.tar.gz", {}, {"pactgraph-backup": 2, "program": "9.0.0"})
    with pytest.raises(UserError) as problem:
        verify(file)
    assert problem.value.key == "backup-too-new"
    assert "9.0.0" in problem.value.message("en") and "9.0.0" in problem.value.message("vi")


# The commands ---------------------------------------------------------------------------------------------------

def test_the_commands(settings: Settings, tmp_path: Path, run) -> None:
    target = str(tmp_path / "x.tar.gz")
    done = run("backup", target, "--store", settings.store, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert {name: json.loads(done.stdout)[name] for name in ("entries", "imported", "fingerprint", "with_graph")} == {
        "entries": 3, "imported": 1, "fingerprint": "abc", "with_graph": False}
    assert run("backup", target, "--store", settings.store).returncode == 2
    done = run("restore", target, "--store", str(tmp_path / "new"), "--lang", "vi")
    assert done.returncode == 0 and "Đã khôi phục" in done.stdout and "3 mục" in done.stdout
    again = run("restore", target, "--store", str(tmp_path / "new"))
    assert again.returncode == 2 and "--replace" in again.stderr
    assert run("restore", target, "--store", str(tmp_path / "new"), "--replace").returncode == 0
