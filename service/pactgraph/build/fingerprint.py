"""One number for everything that a build depends on: the same fingerprint means the same graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pactgraph.resources import shipped
from pactgraph.settings import Settings

_IGNORED = {"__pycache__", ".DS_Store"}


def fingerprint(settings: Settings, imported: Path, journal: str = "") -> str:
    """The fingerprint of shipped files, data, imported sources, the code itself and the settings that matter.

    ``journal`` is the id of the last entry of the journal that is replayed; each entry names the one before.
    """
    digest = hashlib.sha256(settings.base.encode())
    digest.update(journal.encode())
    code = Path(__file__).resolve().parents[1]
    roots = [("data", settings.data_folder()), ("code", code), ("imported", imported)]
    roots += [(room, shipped(room)) for room in ("ontology", "shapes", "queries")]
    for name, root in roots:
        for path in _files(root):
            digest.update(f"{name}/{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:20]


def _files(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        return
    found: Iterable[Path] = sorted(root.rglob("*"))
    for path in found:
        parts = path.relative_to(root).parts
        if path.is_file() and not _IGNORED & set(parts) and parts[0] != "_shipped" and not path.name.endswith(".md"):
            yield path
