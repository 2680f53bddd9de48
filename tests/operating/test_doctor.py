"""Each check of the doctor, sound and broken."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pactgraph.operating import folders, machine, service
from pactgraph.operating.doctor import CHECKS, examine
from pactgraph.operating.finding import FAIL, OK, WARN, Finding, Patient
from pactgraph.settings import Settings
from pactgraph.store.generations import current, writing


def one(check: Callable[..., object], settings: Settings, *arguments: object, **environment: str) -> Finding:
    """The one finding of a check, whose sentences stand in both languages."""
    findings = list(check(Patient(settings, environment), *arguments))  # type: ignore[call-overload]
    assert len(findings) == 1, findings
    for lang in ("vi", "en"):
        assert findings[0].found(lang) and bool(findings[0].advice(lang)) == (findings[0].state != OK)
    return findings[0]


def state(check: Callable[..., object], settings: Settings, *arguments: object) -> str:
    return one(check, settings, *arguments).state


@pytest.mark.parametrize(("version", "expected"), [((3, 10, 2), FAIL), ((3, 11, 0), OK), ((3, 13, 9), OK), ((3, 99, 0), WARN)])
def test_python(version: tuple[int, ...], expected: str) -> None:
    assert state(machine.python, Settings(), version) == expected


def test_the_tested_versions_are_those_of_the_package(root: Path) -> None:
    text = (root / "pyproject.toml").read_text("utf-8")
    oldest, newest = machine.TESTED
    assert f'requires-python = ">={oldest[0]}.{oldest[1]}"' in text
    assert f"Python :: {newest[0]}.{newest[1]}" in text and f"Python :: {newest[0]}.{newest[1] + 1}" not in text


def test_packages() -> None:
    (good,) = machine.compare(["rdflib>=1", "click>=8.1", "nothing-like-this>=1; extra == 'reports'"])
    assert (good.state, good.values["count"]) == (OK, 2)
    (bad,) = machine.compare(["rdflib>=999", "nothing-like-this>=1"])
    assert bad.state == FAIL and "rdflib" in bad.found("vi") and "nothing-like-this" in bad.found("en")


def test_a_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "find_spec", lambda name: None if name == "docx" else object())
    found = one(machine.extras, Settings())
    assert found.state == WARN and "python-docx" in found.found("en")
    monkeypatch.setattr(machine, "find_spec", lambda name: object())
    assert state(machine.extras, Settings()) == OK


@pytest.mark.parametrize(("encoding", "expected"), [("utf-8", OK), ("ascii", WARN), ("latin-1", WARN), ("cp1258", WARN)])
def test_words(encoding: str, expected: str) -> None:
    assert state(machine.words, Settings(), encoding) == expected


def test_memory() -> None:
    assert state(machine.memory, Settings(workers=2, query_memory=1_000_000_000), 8_000_000_000) == OK
    assert state(machine.memory, Settings(workers=2, query_memory=1_000_000_000), 4_000_000_000) == WARN


def test_isolation() -> None:
    assert state(machine.isolation, Settings(), "raise SystemExit(3)") == WARN
    assert state(machine.isolation, Settings(), "raise SystemExit(0)") == OK
    assert one(machine.isolation, Settings()).state in (OK, WARN)


def test_settings_of_a_wrong_form_and_unknown_ones() -> None:
    environment = {"PACTGRAPH_PORT": "eighty", "PACTGRAPH_WORKRES": "3", "PACTGRAPH_LOG": "xml", "PACTGRAPH_LANG": "vi"}
    settings, wrong = service.readable(environment)
    assert settings == Settings(lang="vi")
    assert {item.values["name"] for item in wrong} == {"PACTGRAPH_PORT", "PACTGRAPH_LOG"}
    assert all(item.state == FAIL and item.found("vi") != item.found("en") for item in wrong)
    unknown, sound = service.names(Patient(settings, environment))
    assert unknown.state == WARN and "PACTGRAPH_WORKERS" in unknown.advice("en")
    assert sound.state == OK


def test_the_port(settings: Settings) -> None:
    assert state(service.port, settings) == OK
    with socket.create_server(("127.0.0.1", 0)) as taken:
        busy = replace(settings, port=taken.getsockname()[1])
        assert one(service.port, busy).key == "doctor-port-taken"
        with writing(Path(settings.store)):
            assert one(service.port, busy).key == "doctor-port-ours"
    assert state(service.port, replace(settings, host="192.0.2.1")) == WARN


def test_how_long_a_stop_waits() -> None:
    assert state(service.grace, Settings(grace_seconds=10, query_seconds=10)) == OK
    assert state(service.grace, Settings(grace_seconds=10, query_seconds=30)) == WARN


@pytest.mark.parametrize(("host", "expected"), [
    ("127.0.0.1", OK), ("localhost", OK), ("::1", OK), ("0.0.0.0", WARN), ("::", WARN), ("graph.example", WARN)])
def test_who_can_reach_it(host: str, expected: str) -> None:
    assert state(service.reach, Settings(host=host)) == expected


def test_the_store(settings: Settings, tmp_path: Path) -> None:
    old, graph = folders.store(Patient(settings, {}))
    assert (old.key, graph.state) == ("doctor-store-old", OK)
    assert one(folders.store, Settings(store=str(tmp_path / "none"))).key == "doctor-store-empty"
    file = tmp_path / "file"
    file.write_text("")
    assert one(folders.store, Settings(store=str(file))).key == "doctor-store-rights"
    pointer = Path(settings.store) / "current"
    pointer.write_text('{"format": 999, "fingerprint": "x", "folder": "y"}')
    assert "999" in one(folders.store, settings).found("vi")
    pointer.write_text("{")
    assert one(folders.store, settings).state == FAIL


def test_a_store_of_todays_inputs(built_store: Path) -> None:
    sound, graph = folders.store(Patient(Settings(store=str(built_store)), {}))
    assert (sound.key, graph.key, graph.state) == ("doctor-store", "doctor-graph", OK)


def test_an_endpoint_that_is_silent() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/sparql"
        assert one(folders.store, Settings(store=address)).key == "doctor-store-silent"
    assert one(folders.store, Settings(store="memory:")).state == OK


def test_a_generation_that_is_not_whole(settings: Settings) -> None:
    generation = current(Path(settings.store))
    assert generation
    data = generation.nquads.read_bytes()
    generation.nquads.write_bytes(data[:-1])
    assert [item.key for item in folders.graph(generation)] == ["doctor-graph-damaged"]
    generation.nquads.write_bytes(data)
    (generation.database / "CURRENT").rename(generation.database / "GONE")
    assert [item.key for item in folders.graph(generation)] == ["doctor-graph-damaged"]
    (generation.folder / "summary.json").write_text("{}")
    assert [item.key for item in folders.graph(generation)] == ["doctor-graph-unsigned"]
    (generation.folder / "summary.json").unlink()
    assert [item.key for item in folders.graph(generation)] == ["doctor-graph-unreadable"]


def test_imported_files(settings: Settings) -> None:
    assert one(folders.sources, settings).values == {"count": 1}
    next((Path(settings.store) / "sources").glob("*/quyết định.txt")).write_text("changed")
    found = one(folders.sources, settings)
    assert found.state == FAIL and "quyết định.txt" in found.found("vi")


def test_the_journal(settings: Settings, tmp_path: Path) -> None:
    sound, tokens = folders.journal(Patient(settings, {}))
    assert (sound.values["head"], sound.state, tokens.state) == (3, OK, OK)
    folder = settings.journal_folder()
    (folder / "tokens.json").chmod(0o644)
    assert [item.key for item in folders.journal(Patient(settings, {}))][1] == "doctor-tokens-open"
    (folder / "entries" / "000000002.rdfp").unlink()
    broken, _ = folders.journal(Patient(settings, {}))
    assert broken.state == FAIL and "000000002" in broken.found("vi") and broken.found("vi") != broken.found("en")
    assert one(folders.journal, Settings(store=str(tmp_path / "none"))).key == "doctor-journal-none"


def test_a_journal_of_an_older_format_is_told_and_left_alone(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "store"))
    folder = settings.journal_folder()
    folder.mkdir()
    (folder / "format.json").write_text('{"format": 1}')
    (folder / "journal.rdfp").write_text("")
    assert one(folders.journal, settings).key == "doctor-journal-old"
    assert {path.name for path in folder.iterdir()} == {"format.json", "journal.rdfp"}
    (folder / "format.json").write_text('{"format": 999}')
    assert one(folders.journal, settings).state == FAIL


def test_a_token_file_of_somebody_else(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert [item.key for item in folders.journal(Patient(settings, {}))][1] == "doctor-tokens-owner"


def test_the_lock(settings: Settings, tmp_path: Path) -> None:
    assert one(folders.lock, settings).key == "doctor-lock-free"
    with writing(Path(settings.store)):
        found = one(folders.lock, settings)
        assert (found.key, found.values["pid"]) == ("doctor-lock-held", os.getpid())
        (Path(settings.store) / "lock").write_text("4194999")  # beyond every process
        assert one(folders.lock, settings).key == "doctor-lock-unknown"
    assert one(folders.lock, Settings(store=str(tmp_path / "none"))).key == "doctor-lock-free"


@pytest.mark.parametrize(("free", "expected"), [(10**7, FAIL), (5 * 10**8, WARN), (10**10, OK)])
def test_room(settings: Settings, free: int, expected: str) -> None:
    assert state(folders.room, settings, free) == expected


def test_every_check_runs_even_where_nothing_is_right(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    findings = examine({"PACTGRAPH_STORE": str(tmp_path / "store"), "PACTGRAPH_WORKERS": "x"})
    assert len(findings) >= len(CHECKS)
    assert "fail" in {item.state for item in findings}


def test_the_command(settings: Settings, run) -> None:
    done = run("doctor", "--store", settings.store, "--format", "json", "--lang", "vi", PACTGRAPH_WORKRES="3")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["worst"] == "warn" and list(found["checks"][0]) == ["check", "state", "found", "advice"]
    assert any("PACTGRAPH_WORKRES" in item["found"] for item in found["checks"])
    assert run("doctor", "--store", settings.store, "--fail-on", "fail").returncode == 0
    assert run("doctor", "--store", settings.store, "--fail-on", "warn").returncode == 1
    assert run("doctor", "--store", settings.store, PACTGRAPH_PORT="x").returncode == 0
    assert run("doctor", "--fail-on", "everything").returncode == 2


def test_it_changes_nothing(settings: Settings, run) -> None:
    def seen() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in Path(settings.store).parent.rglob("*")}

    before = seen()
    run("doctor", "--store", settings.store)
    assert seen() == before


def test_it_looks_while_a_service_runs(settings: Settings, run) -> None:
    code = "import sys, time; from pathlib import Path; from pactgraph.store.generations import writing\n" \
           "with writing(Path(sys.argv[1])):\n print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code, settings.store], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as holder:
        assert holder.stdout and holder.stdin and holder.stdout.readline() == "held\n"
        found = json.loads(run("doctor", "--store", settings.store, "--format", "json", "--lang", "en").stdout)
        holder.stdin.close()
    assert any(str(holder.pid) in item["found"] for item in found["checks"] if item["check"] == "lock")
