"""The folder with the files that a workbook names: they are found by name and known by checksum, never copied."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from pactgraph.errors import fail
from pactgraph.texts import LANGUAGES, say


class EvidenceFiles(Protocol):
    """The files that came with a workbook."""

    @property
    def place(self) -> str | dict[str, str]:
        """Where they are looked for, for messages (by language where its words differ)."""

    def sha256(self, name: str) -> str | None:
        """The checksum of the file of this name; None where there is none."""


class EvidenceSums:
    """Files of which only names and checksums were kept."""

    def __init__(self, sums: Mapping[str, str]) -> None:
        self._known = {_key(name): digest for name, digest in sums.items()}
        self.place = {lang: say("workbook-evidence-sent", lang) for lang in LANGUAGES}

    def sha256(self, name: str) -> str | None:
        """The checksum of the file of this name; None where there is none."""
        return self._known.get(_key(name))


class EvidenceFolder:
    """A folder of files; names are compared in NFC, and each file is read once."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise fail("workbook-no-folder", folder=str(path))
        self.path, self.place = path, str(path)
        self._files = {_name(file): file for file in sorted(path.iterdir()) if file.is_file() and not file.is_symlink()}
        self._known: dict[str, str] = {}

    def sha256(self, name: str) -> str | None:
        """The checksum of the file of this name; None where there is none."""
        key = _key(name)
        if key in self._files and key not in self._known:
            try:
                with self._files[key].open("rb") as file:
                    self._known[key] = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as problem:
                raise fail("file-unreadable", file=str(self._files[key]), reason=problem.strerror or str(problem)) from None
        return self._known.get(key)


def _name(file: Path) -> str:
    return _key(file.name)


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())
