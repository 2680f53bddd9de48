"""What stands in an export: its manifest, and the files of it that people take away, as distributions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
FORMAT = "pactgraph-export/1"
"""What a manifest of ours begins with; another number is another layout."""
Words = dict[str, str]
"""A text in each language of the program, by its code."""


@dataclass(frozen=True)
class Distribution:
    """A file that people take away.

    ``path`` is below the export's folder. ``media_type`` is that of the file as it is; a compressed one holds a
    ``format`` (``application/n-quads``) and names its ``compression`` (``application/gzip``, empty where there is none), with
    size and checksum of what it holds (``content_…``). ``group`` is ``all``, ``country/…`` or ``source/…`` for dumps, empty
    elsewhere; ``graphs`` are the named graphs in it, ``licences`` IRIs, ``rights`` statements in words, ``languages`` the
    tags of its texts.
    """

    path: str
    media_type: str
    bytes: int
    sha256: str
    format: str
    compression: str
    content_bytes: int
    content_sha256: str
    title: Words
    group: str
    group_title: Words
    graphs: tuple[str, ...]
    statements: int
    licences: tuple[str, ...]
    rights: tuple[Words, ...]
    languages: tuple[str, ...]


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of an export; None where the folder is no (whole) export of ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT or not isinstance(manifest.get("files"), list):
        return None
    return manifest


def distributions(manifest: dict[str, Any]) -> Iterator[Distribution]:
    """The files of a manifest that hold data (not the checksums), by their paths."""
    for entry in manifest["files"]:
        if "title" not in entry:
            continue
        yield Distribution(
            entry["path"], entry["media_type"], entry["bytes"], entry["sha256"],
            entry.get("content_type", entry["media_type"]), entry.get("compression", ""),
            entry.get("content_bytes", entry["bytes"]), entry.get("content_sha256", entry["sha256"]),
            entry["title"], entry.get("group", ""), entry.get("group_title", {}), tuple(entry.get("graphs", ())),
            entry.get("statements", 0), tuple(entry.get("licences", ())), tuple(entry.get("rights", ())),
            tuple(entry.get("languages", ())))


def damaged(folder: Path) -> list[str]:
    """The files of an export that are missing or differ from its manifest; its manifest, where it is no export of ours."""
    manifest = read_manifest(folder)
    if manifest is None:
        return [MANIFEST]
    return [entry["path"] for entry in manifest["files"] if not _same(folder / entry["path"], entry)]


def _same(path: Path, entry: dict[str, Any]) -> bool:
    try:
        with path.open("rb") as stream:
            return bool(hashlib.file_digest(stream, "sha256").hexdigest() == entry["sha256"])
    except OSError:
        return False
