"""The pages about the site, releases and large stores: their commands are run, in order, in an empty folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from cli_help import run

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.slow
@pytest.mark.parametrize("page", ["publishing-site", "releases", "moving-to-a-large-store"])
def test_the_commands_of_a_page_work(page: str, built_store: Path, tmp_path: Path) -> None:
    text = (DOCS / f"{page}.md").read_text("utf-8")
    commands = [line for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
                for line in block.splitlines()]
    assert commands
    for command in commands:
        name, *arguments = shlex.split(command)
        assert name == "pactgraph"
        done = run(*arguments, cwd=tmp_path, lang="en", PACTGRAPH_STORE=str(built_store))
        assert done.returncode == 0, done.stderr
        assert (tmp_path / arguments[arguments.index("--out") + 1]).is_dir()
