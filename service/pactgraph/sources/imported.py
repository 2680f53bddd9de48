"""The sources that a user imported: kept as files beside the store, so that every build reads them again.

Each stands in a folder of its own, named by its checksum, with ``import.toml``: format, country, day and moment of the import,
who imported it with what, and in which place after the others.
"""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from pactgraph.namespaces import XSD
from pactgraph.sources.quads import GraphWriter, expand


@dataclass(frozen=True)
class Imported:
    """One imported file. ``number`` counts the imports of a store from 1 (0: of before they were counted); ``cycle`` is the key
    of the review cycle that its importer named, "" where nobody did."""

    file: Path
    format: str
    country: str
    imported_on: date
    number: int = 0
    imported_at: datetime | None = None
    by: str = ""
    importer: str = ""
    sha256: str = ""
    cycle: str = ""


def describe_import(out: GraphWriter, source: str, item: Imported) -> None:
    """State of a source document who imported it, with which program, and when."""
    out.value(source, "pg:retrievedOn", item.imported_on)
    out.value(source, "pg:importedBy", item.by)
    out.value(source, "pg:importer", item.importer)
    if item.imported_at:
        moment = Literal(item.imported_at.isoformat(), datatype=NamedNode(XSD + "dateTime"))
        out.quads.append(Quad(NamedNode(source), expand("pg:importedAt"), moment, out.graph))


def imported_sources(folder: Path | None) -> Iterator[Imported]:
    """The imported files, in the order in which they came."""
    if folder is None or not folder.is_dir():
        return
    found = []
    for note in sorted(folder.glob("*/import.toml")):
        data = tomllib.loads(note.read_text("utf-8"))
        found.append(Imported(note.parent / data["file"], data["format"], data["country"], data["imported_on"],
                              data.get("number", 0), data.get("imported_at"), data.get("by", ""), data.get("importer", ""),
                              data.get("sha256", ""), data.get("cycle", "")))
    yield from sorted(found, key=lambda item: (item.number, item.file.parent.name))


def keep(folder: Path, file: Path, sha256: str, *, format: str, country: str, day: date, by: str = "", importer: str = "",
         moment: datetime | None = None, name: str = "", cycle: str = "") -> Path:
    """Keep a copy of an imported file (under ``name``, where that is another); the folder appears whole or not at all.
    Returns the folder."""
    place = folder / sha256[:16]
    if place.exists():
        return place
    number = max((item.number for item in imported_sources(folder)), default=0) + 1
    making = folder / f"{sha256[:16]}.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    shutil.copyfile(file, making / (name or file.name))
    note = {"file": name or file.name, "format": format, "country": country, "sha256": sha256, "by": by, "importer": importer}
    note |= {"cycle": cycle} if cycle else {}
    lines = [f"{key} = {_string(value)}" for key, value in note.items()]
    lines += [f"imported_on = {day.isoformat()}", f"number = {number}"]
    lines += [f"imported_at = {moment.isoformat(timespec='seconds')}"] if moment else []
    (making / "import.toml").write_text("\n".join(lines) + "\n", "utf-8")
    making.rename(place)
    return place


def _string(text: str) -> str:
    """A string as TOML writes it: as JSON does, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def forget(place: Path) -> None:
    """Take an imported file back (its import could not be built)."""
    shutil.rmtree(place, ignore_errors=True)
