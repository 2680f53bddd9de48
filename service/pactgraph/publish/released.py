"""The releases that a folder holds or remembers: ``FOLDER/VERSION`` with all files, and what the newer ones keep of older ones.

Every release carries ``history/VERSION`` of each one before it (what it was, its notes, its checksums), so that a version that
was published is still described after its files were thrown away.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pactgraph.publish.manifest import MANIFEST, SUMS, Distribution, distributions, read_manifest
from pactgraph.publish.versions import order
from pactgraph.texts import LANGUAGES

KIND = "release"
HEAD = "release.json"
HISTORY = "history"
REMEMBERED = (HEAD, *(f"RELEASE.{lang}.md" for lang in LANGUAGES), SUMS)
"""The files of a release that the ones after it keep."""
_WHOLES = {"dumps": (), "tables": ("datapackage.json", "pactgraph.xlsx", "pactgraph.db")}
Stamp = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Release:
    """A release: what ``release.json`` says, the folder of its notes, and where all of its files are (None: not kept)."""

    head: dict[str, Any]
    notes: Path
    files: Path | None = None

    @property
    def version(self) -> str:
        """Its version."""
        return str(self.head["version"])

    @property
    def iri(self) -> str:
        """Its version IRI."""
        return str(self.head["version_iri"])

    @property
    def state(self) -> str:
        """The state of the graph that it is of, as the catalogue writes it."""
        revision = self.head["revision"]
        return f"{revision.get('fingerprint', '')}+{revision.get('journal', 0)}"

    def in_short(self, lang: str) -> str:
        """What changed, in a sentence or two; empty where the release does not say."""
        return str(self.head.get("changes", {}).get(lang, ""))

    def notes_in(self, lang: str) -> str:
        """The notes as Markdown; empty where they cannot be read."""
        return self._text(f"RELEASE.{lang}.md")

    def sums(self) -> str:
        """The checksums of all its files, for ``sha256sum -c``; empty where they cannot be read."""
        return self._text(SUMS)

    def _text(self, name: str) -> str:
        try:
            return (self.notes / name).read_text("utf-8")
        except OSError:
            return ""

    def manifest(self) -> dict[str, Any]:
        """What stands in its folder; a manifest without files where they are not kept."""
        return (read_manifest(self.files) if self.files else None) or {"files": []}

    def downloads(self) -> list[Distribution]:
        """The kept files that hold the whole, with paths below the folder of the release: dumps, and tables in one file."""
        found = []
        for name in _WHOLES:
            manifest = read_manifest(self.files / name) if self.files else None
            found += [replace(file, path=f"{name}/{file.path}") for file in distributions(manifest or {"files": []})
                      if file.group == "all" or file.path in _WHOLES[name]]
        return found


def stamp(folder: Path | None) -> Stamp:
    """What changes when a release comes or goes; empty where there is none."""
    if folder is None:
        return ()
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if order(entry.name) is not None)
    except OSError:
        return ()
    found = []
    for name in names:
        try:
            found.append((name, (folder / name / MANIFEST).stat().st_mtime_ns))
        except OSError:
            continue
    return tuple(found)


def releases_in(folder: Path | None, base: str) -> list[Release]:
    """All releases below ``base`` that a folder holds or remembers, the newest first."""
    found: dict[str, Release] = {}
    for name, _ in reversed(stamp(folder)):
        assert folder is not None
        for release in releases_of(folder / name, base):
            if release.files or release.version not in found:
                found[release.version] = release
    return sorted(found.values(), key=lambda item: order(item.version) or (), reverse=True)


def releases_of(place: Path, base: str) -> Iterable[Release]:
    """The release in a folder of its own, and those that it remembers."""
    manifest = read_manifest(place)
    if manifest is not None and _is_head(manifest, base):
        yield Release({key: value for key, value in manifest.items() if key != "files"}, place, place)
    for file in sorted((place / HISTORY).glob(f"*/{HEAD}")):
        try:
            head = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(head, dict) and _is_head(head, base):
            yield Release(head, file.parent)


def _is_head(head: dict[str, Any], base: str) -> bool:
    """Whether this describes a release whose version IRI is ours to answer."""
    return (head.get("kind") == KIND and order(str(head.get("version"))) is not None and isinstance(head.get("revision"), dict)
            and head.get("version_iri") == f"{base}release/{head['version']}")
