"""The sources that a user imported: kept as files beside the store, so that every build reads them again.

Each stands in a folder of its own, named by its checksum, with ``import.toml`` (format, country, day of the import).
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Imported:
    """One imported file."""

    file: Path
    format: str
    country: str
    imported_on: date


def imported_sources(folder: Path | None) -> Iterator[Imported]:
    """The imported files, in a fixed order."""
    if folder is None or not folder.is_dir():
        return
    for note in sorted(folder.glob("*/import.toml")):
        data = tomllib.loads(note.read_text("utf-8"))
        yield Imported(note.parent / data["file"], data["format"], data["country"], data["imported_on"])


def keep(folder: Path, file: Path, sha256: str, *, format: str, country: str, day: date) -> Path:
    """Keep a copy of an imported file; the folder appears whole or not at all. Returns the folder."""
    place = folder / sha256[:16]
    if place.exists():
        return place
    making = folder / f"{sha256[:16]}.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    shutil.copyfile(file, making / file.name)
    name = file.name.replace("\\", "\\\\").replace('"', '\\"')
    note = f'file = "{name}"\nformat = "{format}"\ncountry = "{country}"\nimported_on = {day.isoformat()}\n'
    (making / "import.toml").write_text(note, "utf-8")
    making.rename(place)
    return place


def forget(place: Path) -> None:
    """Take an imported file back (its import could not be built)."""
    shutil.rmtree(place, ignore_errors=True)
