"""The first file of a backup: what it holds, with a checksum of everything, and by which program it was made."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from pactgraph.errors import fail

FORMAT = 1
"""Version of the layout of a backup; a newer one is refused."""
NAME = "manifest.json"
LARGEST = 100_000_000
"""The largest manifest that is read, in bytes."""
JOURNAL, SOURCES, GRAPH = "journal/", "sources/", "graph/"
_KNOWN = re.compile(
    r"journal/(?:format\.json|tokens\.json|entries/\d{9,}\.rdfp)"
    r"|sources/[0-9a-f]{16}/(?!\.{1,2}$)[^/\0]{1,255}"
    r"|graph/(?:graph\.nq|retracted\.nq|summary\.json)")


@dataclass(frozen=True)
class File:
    """A file in a backup."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. ``head`` is the journal's number; ``fingerprint`` that of the current build and
    ``built`` the journal's number that it read.
    """

    program: str
    made: str
    base: str
    own_data: bool
    head: int
    fingerprint: str
    built: int
    files: tuple[File, ...]

    def named(self, folder: str) -> list[File]:
        """The files of one folder of the backup."""
        return [file for file in self.files if file.name.startswith(folder)]

    @property
    def imported(self) -> int:
        """How many files that users imported are in it."""
        return sum(file.name.endswith("/import.toml") for file in self.named(SOURCES))

    @property
    def has_graph(self) -> bool:
        """Whether the built graph is in it."""
        return bool(self.named(GRAPH))

    def as_json(self) -> bytes:
        """The manifest as it stands in the backup."""
        return json.dumps({"pactgraph-backup": FORMAT} | asdict(self), ensure_ascii=False, indent=1).encode()


def read_manifest(data: bytes, file: str) -> Manifest:
    """A manifest from its bytes. A foreign, newer or damaged one raises a UserError."""
    try:
        found = json.loads(data)
        version = found["pactgraph-backup"]
    except (ValueError, KeyError, TypeError):
        raise fail("backup-foreign", file=file) from None
    if not isinstance(version, int) or version > FORMAT:
        raise fail("backup-too-new", file=file, found=version, known=FORMAT, program=str(found.get("program", "?")))
    try:
        return _manifest(found)
    except (KeyError, TypeError, ValueError) as problem:
        raise fail("backup-damaged", file=file, name=NAME, reason=str(problem)) from None


def _manifest(found: dict[str, Any]) -> Manifest:
    files = tuple(File(str(item["name"]), int(item["bytes"]), str(item["sha256"])) for item in found["files"])
    names = [item.name for item in files]
    if len(set(names)) < len(names):
        raise ValueError("a file stands in it twice")
    strange = next((name for name in names if not _KNOWN.fullmatch(name)), None)
    if strange is not None:
        raise ValueError(repr(strange))
    if any(item.bytes < 0 for item in files):
        raise ValueError("a negative size")
    return Manifest(str(found["program"]), str(found["made"]), str(found["base"]), bool(found["own_data"]),
                    int(found["head"]), str(found["fingerprint"]), int(found["built"]), files)
