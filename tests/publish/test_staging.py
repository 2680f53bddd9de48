"""An export is whole or not there: full disks, unwritable places, files of others, and work that was broken off."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_help import PROGRAM, environment, run

from pactgraph.errors import UserError
from pactgraph.publish import exchange
from pactgraph.publish.manifest import MANIFEST, damaged, read_manifest
from pactgraph.publish.staging import Writer, staged


def put(target: Path, text: str, kind: str = "dumps") -> None:
    with staged(target, kind) as writer:
        writer.write("a/file.txt", "text/plain", text.encode(), title={"vi": "Tệp", "en": "File"})
        writer.finish({"kind": kind})


def told(target: Path, kind: str = "dumps") -> str:
    with pytest.raises(UserError) as problem:
        put(target, "new", kind)
    return problem.value.key


def alone(folder: Path) -> bool:
    """Whether nothing of an export is left beside its place."""
    return not list(folder.glob(".*.pactgraph-export-*"))


def test_an_export_names_every_file_with_its_checksum(tmp_path: Path) -> None:
    put(tmp_path / "out", "words")
    manifest = read_manifest(tmp_path / "out")
    assert manifest is not None
    sizes = [(entry["path"], entry["bytes"]) for entry in manifest["files"]]
    assert sizes == [("SHA256SUMS", 64 + 2 + 10 + 1), ("a/file.txt", 5)]
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "out", capture_output=True, text=True)
    assert done.stdout == "a/file.txt: OK\n"
    assert damaged(tmp_path / "out") == []
    (tmp_path / "out" / "a" / "file.txt").write_text("other")
    assert damaged(tmp_path / "out") == ["a/file.txt"]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_new_export_takes_the_place_of_the_old(tmp_path: Path, at_once: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not at_once:
        monkeypatch.setattr(exchange, "_in_one_step", lambda new, target: False)
    target = tmp_path / "out"
    put(target, "old")
    target.chmod(0o750)
    with (target / "a" / "file.txt").open() as reading:
        put(target, "new")
        assert reading.read() == "old"
    assert (target / "a" / "file.txt").read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o750
    assert alone(tmp_path)


def test_nothing_is_written_where_the_work_fails(tmp_path: Path) -> None:
    put(tmp_path / "out", "old")
    with pytest.raises(ZeroDivisionError), staged(tmp_path / "out", "dumps") as writer:
        writer.write("a/file.txt", "text/plain", b"half")
        raise ZeroDivisionError
    assert (tmp_path / "out" / "a" / "file.txt").read_text() == "old" and damaged(tmp_path / "out") == []
    assert alone(tmp_path)


def test_files_of_others_are_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "chapter.txt").write_text("years of work")
    assert told(target) == "export-foreign"
    (target / MANIFEST).write_text('{"format": "another program"}')
    assert told(target) == "export-foreign"
    assert (target / "chapter.txt").read_text() == "years of work"

    put(tmp_path / "out", "old")
    (tmp_path / "out" / ".htaccess").write_text("Options -Indexes")
    assert told(tmp_path / "out") == "export-foreign"
    (tmp_path / "out" / ".htaccess").unlink()
    (tmp_path / "out" / "kept").mkdir()
    assert told(tmp_path / "out") == "export-foreign"
    (tmp_path / "out" / "kept").rmdir()
    assert told(tmp_path / "out", "tables") == "export-other-kind"
    assert told(target / "chapter.txt") == "export-no-folder"
    assert told(Path("/proc")) == "export-mount"
    assert (tmp_path / "out" / "a" / "file.txt").read_text() == "old"


def test_a_file_that_somebody_adds_meanwhile_stays(tmp_path: Path) -> None:
    put(tmp_path / "out", "old")
    with pytest.raises(UserError) as problem, staged(tmp_path / "out", "dumps") as writer:
        writer.finish({"kind": "dumps"})
        (tmp_path / "out" / "notes.txt").write_text("mine")
    assert problem.value.key == "export-foreign" and (tmp_path / "out" / "notes.txt").read_text() == "mine"


def test_the_place_may_be_a_link_or_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    put(tmp_path / "link", "words")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real" / "a" / "file.txt").read_text() == "words"


def test_what_was_broken_off_is_no_export_and_goes_with_the_next(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from pactgraph.publish.staging import staged
with staged(Path(sys.argv[1]), "dumps") as writer:
    writer.write("a/file.txt", "text/plain", b"half")
    print("at work", flush=True)
    sys.stdin.read()
"""
    target = tmp_path / "out"
    put(target, "old")
    others = subprocess.Popen([sys.executable, "-c", program, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True)
    assert others.stdout is not None and others.stdout.readline() == "at work\n"
    (left,) = tmp_path.glob(".out.pactgraph-export-*")
    put(target, "newer")  # somebody is still at work in the other folder: it stays
    assert left.is_dir()
    others.send_signal(signal.SIGKILL)
    others.communicate()
    assert read_manifest(left) is None and damaged(target) == []
    assert (target / "a" / "file.txt").read_text() == "newer"
    put(target, "newest")
    assert alone(tmp_path) and (target / "a" / "file.txt").read_text() == "newest"


def test_an_export_that_lost_its_place_between_two_renames_comes_back(tmp_path: Path) -> None:
    put(tmp_path / "out", "old")
    (tmp_path / "out").rename(tmp_path / ".out.pactgraph-export-0123-old")
    with pytest.raises(ZeroDivisionError), staged(tmp_path / "out", "dumps"):
        raise ZeroDivisionError
    assert (tmp_path / "out" / "a" / "file.txt").read_text() == "old"


def test_a_limit_of_file_sizes_is_told_and_leaves_the_old_export(tmp_path: Path) -> None:
    put(tmp_path / "out", "old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
        with pytest.raises(UserError) as problem:
            put(tmp_path / "out", "x" * 200_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert problem.value.key == "export-full" and damaged(tmp_path / "out") == []
    assert (tmp_path / "out" / "a" / "file.txt").read_text() == "old" and alone(tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_leaves_the_old_export(small_disk: Path, built_store: Path) -> None:
    done = run("export", "dumps", "--group", "source/un-bodies", "--out", str(small_disk / "out"), "--store", str(built_store),
               lang="en")
    assert done.returncode == 2 and "is full" in done.stderr and "Make room" in done.stderr
    assert list(small_disk.iterdir()) == []
    put(small_disk / "out", "old")
    vi = run("export", "dumps", "--out", str(small_disk / "out"), "--store", str(built_store), lang="vi")
    assert vi.returncode == 2 and "đã đầy" in vi.stderr
    assert damaged(small_disk / "out") == [] and (small_disk / "out" / "a" / "file.txt").read_text() == "old"
    assert told(small_disk) == "export-mount"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, built_store: Path) -> None:
    (tmp_path / "file").write_text("a file, no folder")
    done = run("export", "tables", "--out", str(tmp_path / "file" / "out"), "--store", str(built_store), lang="en")
    assert done.returncode == 2 and done.stderr.startswith("pactgraph: Nothing can be written in")
    assert (tmp_path / "file").read_text() == "a file, no folder"
    if os.geteuid() == 0:  # who may do all things needs a place where nobody can
        assert told(Path("/proc/self/nowhere/out")) == "export-unwritable"
    else:
        (tmp_path / "closed").mkdir(mode=0o500)
        assert told(tmp_path / "closed" / "out") == "export-unwritable"


def test_a_command_that_is_killed_leaves_the_old_export(tmp_path: Path, built_store: Path) -> None:
    target = tmp_path / "out"
    put(target, "old")
    command = [*PROGRAM, "export", "dumps", "--out", str(target), "--store", str(built_store)]
    process = subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE)
    while process.poll() is None and not list(tmp_path.glob(".out.pactgraph-export-*/*.gz")):
        os.sched_yield()
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "it ended before it could be killed"
    assert damaged(target) == [] and (target / "a" / "file.txt").read_text() == "old"
    (left,) = tmp_path.glob(".out.pactgraph-export-*")
    assert read_manifest(left) is None
    put(target, "new")
    assert alone(tmp_path)


def test_wrong_usage_is_told_with_what_there_is(tmp_path: Path, built_store: Path) -> None:
    def said(*arguments: str) -> str:
        done = run("export", *arguments, "--out", str(tmp_path / "out"), "--store", str(built_store), lang="en")
        assert done.returncode == 2 and not (tmp_path / "out").exists()
        return str(done.stderr)

    assert "no export 'dump'. Near to it: dumps." in said("dump")
    assert "takes no --format" in said("tables", "--format", "trig")
    assert "Take one of: nquads, trig, turtle, jsonld" in said("dumps", "--format", "n3")
    assert "country/vnm" in said("dumps", "--group", "country/xyz")
    assert "2026-13-01" in said("tables", "--as-of", "2026-13-01")


def test_a_manifest_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    for text in ("", "[]", "{", json.dumps({"format": "pactgraph-export/1"}), json.dumps({"format": "other", "files": []})):
        (tmp_path / MANIFEST).write_text(text)
        assert read_manifest(tmp_path) is None
    assert damaged(tmp_path) == [MANIFEST]


def test_what_a_library_writes_is_taken_in(tmp_path: Path) -> None:
    folder = tmp_path / "staging"
    folder.mkdir()
    writer = Writer(folder)
    writer.place("deep/data.db").write_bytes(b"abc")
    writer.add("deep/data.db", "application/vnd.sqlite3")
    assert writer.files["deep/data.db"]["sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    (writer.scratch() / "piece").write_text("x")
    writer.finish({"kind": "any"})
    assert {path.name for path in folder.iterdir()} == {"deep", "SHA256SUMS", MANIFEST}
    shutil.rmtree(folder)
