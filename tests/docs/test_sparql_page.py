"""The examples of docs/sparql.md are run against a service, and its tables say what the code does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pactgraph.web.negotiation import GRAPHS, SOLUTIONS
from pactgraph.web.problems import _LIMITS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "sparql.md").read_text("utf-8")
EXPECTED = ["moj", "tasks", "Điều 19"]


@pytest.fixture(scope="module")
def address(built_store: Path) -> Iterator[str]:
    """The address of a service over the built graph."""
    command = [sys.executable, "-m", "pactgraph", "serve", "--port", "0", "--store", str(built_store)]
    service = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert service.stderr is not None
        found = None
        while found is None:
            line = service.stderr.readline()
            assert line, "the service ended before it was ready"
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
        yield found[0]
    finally:
        service.terminate()
        service.wait(60)


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", blocks("python"))
def test_a_python_example_works(example: str, address: str) -> None:
    code = example.replace("http://127.0.0.1:8000", address)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and any(words in done.stdout for words in EXPECTED), done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
@pytest.mark.parametrize("example", blocks("sh"))
def test_a_shell_example_works(example: str, address: str) -> None:
    done = subprocess.run(["bash", "-ec", example.replace("http://127.0.0.1:8000", address)],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "moj" in done.stdout, done.stdout + done.stderr


def test_every_format_and_every_limit_is_in_the_tables() -> None:
    for offer in (*SOLUTIONS, *GRAPHS):
        assert f"`{offer.media_type}`" in TEXT and f"`{offer.name}`" in TEXT
    for limit in _LIMITS.values():
        assert f"`{limit}`" in TEXT
