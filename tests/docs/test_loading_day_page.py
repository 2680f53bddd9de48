"""The commands of docs/loading-day.md that change a store, run one after the other on a copy, with one decision on the sheet."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
from pathlib import Path

from cli_help import run
from loading_help import small_data

ROOT = Path(__file__).resolve().parents[2]


def test_the_walk_of_the_page(tmp_path: Path) -> None:
    data = small_data(tmp_path / "data")
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    text = (ROOT / "docs" / "loading-day.md").read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    commands = [line for block in blocks for line in block.strip().split("\n")]
    told = {}
    for command in commands:
        name, *arguments = shlex.split(command)
        assert name == "pactgraph"
        done = run(*arguments, cwd=tmp_path, lang="en", PACTGRAPH_STORE="store", PACTGRAPH_DATA=str(data))
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        told[command] = done.stdout + done.stderr
        if "decisions.csv" in command and " sheet " in command:
            _decide(tmp_path / "decisions.csv")
    last = [told[command] for command in commands if " decide " in command]
    assert "1 new decisions" in last[0] and "dry run" in last[0]
    assert "1 accept" in last[1]
    assert "1 recorded already" in last[2] and "nothing changed" in last[2]
    assert "CCPR/C/VNM/CO/99" in told["pactgraph ask repeated-recommendations --format csv"]
    assert "Meeting of the drafting group" in told["pactgraph log"]


def _decide(sheet: Path) -> None:
    """Accept the first row, as somebody would in a spreadsheet."""
    rows = list(csv.reader(sheet.read_text("utf-8-sig").splitlines()))
    rows[1][rows[0].index("Decision")] = "accept"
    with sheet.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
