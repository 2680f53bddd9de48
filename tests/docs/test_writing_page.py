"""The commands of docs/writing.md that change a store, run one after the other on a copy."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from writing_help import add, note

from pactgraph.settings import Settings
from pactgraph.writing.writer import Writer

ROOT = Path(__file__).resolve().parents[2]


def test_the_commands_that_write_work(built_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(built_store, store)
    with Writer(Settings(store=str(store))) as writer:
        add(writer, note("one"))
    text = (ROOT / "docs" / "writing.md").read_text("utf-8")
    (block,) = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    done = None
    for line in block.strip().split("\n"):
        name, *arguments = shlex.split(line)
        assert name == "pactgraph"
        done = subprocess.run([sys.executable, "-m", "pactgraph", *arguments], cwd=ROOT, capture_output=True, text=True,
                              env=os.environ | {"PACTGRAPH_STORE": str(store)}, timeout=180)
        assert done.returncode == 0, done.stderr
    assert done is not None
    entries = json.loads(done.stdout)
    assert "Read from the wrong row" in done.stdout and "undo" in done.stdout and entries
