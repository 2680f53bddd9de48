"""docs/exporting.md: every command that it shows works, and every table, file and option that it names is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from cli_help import run

from pactgraph.publish.manifest import read_manifest
from pactgraph.publish.table_queries import plans

PAGE = Path(__file__).resolve().parents[2] / "docs" / "exporting.md"
TEXT = PAGE.read_text("utf-8")
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
            for line in block.splitlines() if line.startswith("pactgraph ")]
RUN_ELSEWHERE = ("pactgraph export dumps --out dumps/", "pactgraph export tables --out tables/ --as-of 2026-11-21")
"""All dumps, all tables: tests/publish/conftest.py runs these commands."""


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in RUN_ELSEWHERE])
def test_a_command_of_the_page_works(command: str, built_store: Path, tmp_path: Path) -> None:
    done = run(*shlex.split(command)[1:], cwd=tmp_path, lang="en", PACTGRAPH_STORE=str(built_store))
    assert done.returncode == 0 and done.stdout == "", done.stderr
    (folder,) = tmp_path.iterdir()
    manifest = read_manifest(folder)
    assert manifest is not None and f"Saved {len(manifest['files']) + 1} files" in done.stderr


def test_the_commands_that_are_run_elsewhere_are_shown() -> None:
    assert set(RUN_ELSEWHERE) < set(COMMANDS)


def test_every_table_and_option_is_on_the_page() -> None:
    told = set(re.findall(r"`([a-z]+)`", TEXT))
    assert {plan.name for plan in plans()} <= told
    help_text = run("export", "--help").stdout
    for option in set(re.findall(r"--[a-z-]+", help_text)) - {"--help", "--store", "--lang"}:
        assert option in TEXT, option
