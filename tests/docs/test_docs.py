"""The documentation is run: every command that it shows, the output that it promises, and every link inside it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from cli_help import run
from service_help import serving

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")])
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _commands() -> list[tuple[str, str, list[str]]]:
    """Every ``$ pactgraph …`` of the documentation with the lines that follow it."""
    found = []
    for page in PAGES:
        for block in _BLOCK.findall(page.read_text("utf-8")):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, *output = part.strip().split("\n")
                found.append((page.relative_to(ROOT).as_posix(), command, [line for line in output if line.strip()]))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("page", "command", "output"), _commands(), ids=lambda value: str(value)[:60])
def test_a_command_of_the_documentation_works(page: str, command: str, output: list[str], built_store: Path) -> None:
    name, *arguments = shlex.split(command)
    assert name == "pactgraph", f"{page} shows another program: {command}"
    done = run(*arguments, cwd=ROOT, PACTGRAPH_STORE=str(built_store))
    assert done.returncode == 0, done.stderr
    for line in output:
        assert line in done.stdout, f"{page} promises {line!r}"


def test_the_python_example_gives_its_answer(own_store: Path) -> None:
    text = (ROOT / "docs" / "using.md").read_text("utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    with serving(own_store) as service:
        here = example.replace("http://127.0.0.1:8000/", f"{service.address}/")
        done = subprocess.run([sys.executable, "-c", here], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "/1252-qd-ttg-2019/A.II.3.3" in done.stdout and "/1252-qd-ttg-2019/D.IV.1" in done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_is_in_the_documentation() -> None:
    from pactgraph.cli.app import pactgraph

    text = "".join(page.read_text("utf-8") for page in PAGES)
    for command in pactgraph.list_commands(None):  # type: ignore[arg-type]
        assert f"pactgraph {command}" in text, f"no page shows: pactgraph {command}"
