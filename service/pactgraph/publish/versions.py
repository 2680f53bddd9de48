"""Versions of releases: semantic versioning 2.0.0, compared by its rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pactgraph.publish.manifest import read_manifest

_NUMBER = r"(?:0|[1-9]\d*)"
_PART = r"(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)"
_SEMVER = re.compile(rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-({_PART}(?:\.{_PART})*))?", re.ASCII)
"""Without build metadata: two releases that differ in nothing else would have no order."""


def order(version: str) -> tuple[Any, ...] | None:
    """By what versions are sorted; None for what is no version."""
    match = _SEMVER.fullmatch(version)
    if match is None:
        return None
    parts = [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in (match[4] or "").split(".") if part]
    return (*(int(match[at]) for at in (1, 2, 3)), not parts, parts)


def newest_release(folder: Path) -> Path | None:
    """The release with the highest version in a folder of releases."""
    found = [(order(place.name), place) for place in folder.iterdir() if place.is_dir()] if folder.is_dir() else []
    known = [(key, place) for key, place in found if key is not None and read_manifest(place) is not None]
    return max(known, key=lambda item: item[0])[1] if known else None
