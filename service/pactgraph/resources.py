"""Finds the files that pactgraph ships: ontology, shapes, queries and data.

An installed wheel carries them inside the package (``pactgraph/_shipped``); a checkout has them at its top level.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOMS = ("ontology", "shapes", "queries", "data")


def shipped(room: str) -> Path:
    """The folder of one of :data:`ROOMS`. Raises FileNotFoundError where the installation is incomplete."""
    package = Path(__file__).resolve().parent
    for candidate in (package / "_shipped" / room, package.parents[1] / room):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"pactgraph is not installed completely: the folder '{room}' is missing")


def shipped_files(room: str, suffix: str) -> Iterator[Path]:
    """The files of a room that end in ``suffix``, in a fixed order."""
    yield from sorted(shipped(room).rglob(f"*{suffix}"))
