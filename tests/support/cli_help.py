"""Run ``pactgraph`` and see what its users see: output, messages, exit code.

``run`` runs it inside the test's own process, where no second of start-up is lost; ``run_process`` runs it in a process
of its own, for tests in which the process itself matters.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

PROGRAM = (sys.executable, "-m", "pactgraph")


def run(*arguments: str, cwd: Path | None = None, lang: str = "", stdin: str | None = None, text: bool = True,
        **variables: str) -> subprocess.CompletedProcess[Any]:
    """Run ``pactgraph`` here. ``variables`` go into the environment; ``text`` as with ``subprocess.run``."""
    from pactgraph.cli import main

    read, out, err = (io.TextIOWrapper(io.BytesIO(start), "utf-8") for start in ((stdin or "").encode("utf-8"), b"", b""))
    code = 0
    with _inside(cwd), patch.multiple(sys, stdin=read, stdout=out, stderr=err), \
            patch.dict(os.environ, environment(lang, **variables), clear=True):
        try:
            main(list(arguments))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            code = 1
            traceback.print_exc()
    return subprocess.CompletedProcess(arguments, code, _written(out, text), _written(err, text))


def run_process(*arguments: str, cwd: Path | None = None, lang: str = "", stdin: str | None = None, text: bool = True,
                **variables: str) -> subprocess.CompletedProcess[Any]:
    """Run ``pactgraph`` in a process of its own."""
    return subprocess.run([*PROGRAM, *arguments], cwd=cwd, env=environment(lang, **variables), input=stdin, capture_output=True,
                          text=text, timeout=120)


def environment(lang: str = "", **variables: str) -> dict[str, str]:
    """The environment without the project's own variables, but for those that are given; lines are 160 places wide."""
    given = {"COLUMNS": "160", "PACTGRAPH_DUMPS_QUIET_SECONDS": "0"} | variables | ({"PACTGRAPH_LANG": lang} if lang else {})
    return {name: value for name, value in os.environ.items() if not name.startswith("PACTGRAPH_")} | given


@contextmanager
def _inside(folder: Path | None) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder or before)
    try:
        yield
    finally:
        os.chdir(before)


def _written(stream: io.TextIOWrapper, text: bool) -> str | bytes:
    stream.flush()
    content: bytes = stream.buffer.getvalue()  # type: ignore[attr-defined]
    return content.decode("utf-8").replace("\r\n", "\n") if text else content
