"""The pages and files for operators: the tests that the threat model names exist, and the examples fit the settings."""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pactgraph.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"
NAMES = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / "threat-model.md").read_text("utf-8"))))


@pytest.mark.parametrize(("file", "name"), NAMES, ids=lambda value: str(value))
def test_a_test_that_the_threat_model_names_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_defence_of_the_threat_model_has_a_proof() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text("utf-8").partition("## Defences")[2].partition("## What remains")[0]
    rows = [row for row in re.findall(r"^\|.+\|$", text, re.MULTILINE) if not re.match(r"\| (threat|---)", row)]
    assert len(rows) > 20
    assert [row for row in rows if "::test_" not in row] == []


def unit(name: str) -> dict[str, list[str]]:
    """The entries of a unit's section [Service]."""
    found: dict[str, list[str]] = {}
    section = (DEPLOY / name).read_text("utf-8").partition("[Service]\n")[2].partition("\n[")[0]
    for line in section.splitlines():
        if line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def settings_of(name: str) -> Settings:
    return Settings.from_environment(dict(item.split("=", 1) for item in unit(name)["Environment"]))


@pytest.mark.parametrize("name", ["pactgraph.service", "pactgraph-backup.service"])
def test_a_unit_sets_settings_that_there_are(name: str) -> None:
    names = {item.partition("=")[0] for item in unit(name)["Environment"]}
    assert names <= {Settings.variable(field) for field in Settings.__dataclass_fields__}
    assert settings_of(name).store == "/var/lib/pactgraph/store"


def test_the_limits_of_the_unit_fit_the_settings() -> None:
    entries, settings = unit("pactgraph.service"), settings_of("pactgraph.service")
    memory = int(entries["MemoryMax"][0].removesuffix("G")) * 2**30
    assert memory >= 3 * settings.web_workers * settings.workers * settings.query_memory + 1_500_000_000
    assert int(entries["TimeoutStopSec"][0]) > settings.grace_seconds + 5 + 120  # the last write
    assert entries["KillMode"] == ["mixed"] and settings.host == "127.0.0.1"


@pytest.mark.parametrize(("name", "command"), [("pactgraph.service", "serve"), ("pactgraph-backup.service", "backup")])
def test_a_unit_starts_a_command_that_there_is(name: str, command: str) -> None:
    from pactgraph.cli.app import pactgraph

    assert f"/opt/pactgraph/bin/pactgraph {command}" in unit(name)["ExecStart"][0]
    assert command in pactgraph.list_commands(None)  # type: ignore[arg-type]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    files = []
    for name in ("pactgraph.service", "pactgraph-backup.service", "pactgraph-backup.timer"):
        files.append(tmp_path / name)
        files[-1].write_text((DEPLOY / name).read_text("utf-8").replace("/opt/pactgraph/bin/pactgraph", "/bin/true"))
    done = subprocess.run(["systemd-analyze", "verify", *map(str, files)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and not done.stderr.strip(), done.stderr


def test_the_timer_is_read_by_other_programs_too() -> None:
    timer = configparser.ConfigParser()
    timer.read(DEPLOY / "pactgraph-backup.timer")
    assert timer["Timer"]["Persistent"] == "yes"


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_leads_to_the_port_of_the_unit_and_closes_metrics(name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    assert f"127.0.0.1:{settings_of('pactgraph.service').port}" in text
    assert "/metrics" in text and "403" in text
    assert re.search(r"X-Request-ID", text, re.IGNORECASE)
    assert text.count("{") == text.count("}")
    size = re.search(r"(?:client_max_body_size|max_size) (\d+)\s*(?:m|MB)\b", text)
    assert size and int(size[1]) * 1_000_000 >= Settings().import_bytes
