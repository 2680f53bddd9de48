"""The curl examples of docs/writing-http.md, run one after the other against a service."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from served import Served

PAGE = Path(__file__).resolve().parents[2] / "docs" / "writing-http.md"
FILES = {
    "change.ru": "INSERT DATA { <https://example.org/s> <https://example.org/p> 1, 2, 3 }",
    "notes.ttl": "<https://example.org/s> <https://example.org/p> 1 .",
}


def commands() -> str:
    """The shell text of the page."""
    return "\n".join(re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL))


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_curl_examples_work(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    running = Served(tmp_path / "store", "--empty")
    try:
        text = commands().replace("http://127.0.0.1:8000", running.address).replace("curl ", "curl --silent --show-error --fail ")
        assert text.count("curl") == 5 and "8000" not in text
        script = f'set -e\npactgraph() {{ "{sys.executable}" -m pactgraph "$@"; }}\n{text}'
        done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=running.environment, capture_output=True, text=True,
                              timeout=120)
    finally:
        running.stop()
    assert done.returncode == 0, done.stderr
    assert '"added": 3' in done.stdout and '"conforms"' in done.stdout and "<https://example.org/s>" in done.stdout
    assert (tmp_path / "curator.header").stat().st_mode & 0o077 == 0
