"""One number for everything that a build depends on: the same fingerprint means the same graph."""

from __future__ import annotations

import hashlib
import os
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
        for path in _files(str(root)):
            digest.update(f"{name}/{path.removeprefix(str(root)).replace(os.sep, '/').lstrip('/')}\0".encode())
            with open(path, "rb") as file:
                digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()[:20]


def _files(root: str) -> list[str]:
    """The files that count, in an order that is the same everywhere. Every command asks for them, so it is plain strings."""
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in _IGNORED and not (folder == root and name == "_shipped")]
        found += [os.path.join(folder, name) for name in files if name not in _IGNORED and not name.endswith(".md")]
    return sorted(filter(os.path.isfile, found))
