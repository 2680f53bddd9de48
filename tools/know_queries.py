"""Writes queries/known.json: what changes do to each query of checks and gaps, so that no process has to parse them.

    python tools/know_queries.py          after a change in queries/checks, queries/gaps or in how they are read

A query that is not known is parsed instead, which is slower and gives the same.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Write the file."""
    sys.path.insert(0, str(ROOT / "service"))
    from pactgraph.build.known_queries import FILE, known_text

    (ROOT / "queries" / FILE).write_text(known_text(), "utf-8")


if __name__ == "__main__":
    main()
