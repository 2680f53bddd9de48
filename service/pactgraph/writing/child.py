"""Builds a store's next generation in a child (``python -m pactgraph.writing.child``), so that the writer goes on writing."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict, replace

from pactgraph.errors import UserError
from pactgraph.settings import Settings
from pactgraph.writing import messages
from pactgraph.writing.messages import Header, Report

_LONGEST_LINE = 16_000_000
"""How many bytes a line of the child may have: the last tells every problem of the data."""


async def build_in_child(settings: Settings, header: Header, report: Report) -> None:
    """Build with the data that the request names; each stage is reported. A failure raises its UserError."""
    wanted = replace(settings, data=header.get("data") or settings.data)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "pactgraph.writing.child", json.dumps(asdict(wanted)),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, limit=_LONGEST_LINE)
    assert child.stdout is not None
    last: Header = {}
    try:
        while line := await child.stdout.readline():
            last = json.loads(line)
            if last.get("event") == messages.PROGRESS:
                report(last)
        await child.wait()
    except BaseException:
        child.kill()
        await child.wait()
        raise
    messages.result_of(last if child.returncode == 0 or "error" in last else {
        "error": "writer-failed", "values": {"reason": f"exit {child.returncode}"}, "file": None, "line": None, "column": None})


def main(settings_text: str) -> int:
    """Build into the store, whose lock the writer holds."""
    from pactgraph.build.pipeline import build_owned

    def progress(stage: str, at: int, of: int) -> None:
        _say({"event": messages.PROGRESS, "stage": stage, "at": at, "of": of})

    try:
        generation = build_owned(Settings(**json.loads(settings_text)), progress)
    except UserError as error:
        _say(messages.of_error(error))
        return 2
    _say({"ok": generation.fingerprint})
    return 0


def _say(header: Header) -> None:
    print(json.dumps(header), flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
