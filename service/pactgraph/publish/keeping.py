"""The process that makes the dumps of a service: ``python -m pactgraph.publish.keeping``.

One line of JSON on its standard input says of which generation; one line on its output says what came of it. It ends when
its input is closed: nobody waits for it any more.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from pactgraph.errors import UserError
from pactgraph.publish.kept import make
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation

_NICE = 10


def main() -> int:
    """Make the dumps; 2 where that fails, with the reason in both languages."""
    job = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    os.nice(_NICE)
    generation = Generation(job["fingerprint"], Path(job["folder"]), job["journal"])
    try:
        make(Settings(base=job["base"], lang=job["lang"]), generation)
    except UserError as problem:
        return _say({"vi": problem.message("vi"), "en": problem.message("en")}, 2)
    return _say({}, 0)


def _end_with_input() -> None:
    while os.read(0, 4096):  # not sys.stdin: a thread that waits in it would stop the interpreter from ending
        pass
    os._exit(3)


def _say(result: dict[str, Any], status: int) -> int:
    print(json.dumps(result), flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
