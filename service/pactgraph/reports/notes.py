"""The notes of a report: a source is written once, by its number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pactgraph.reports.document import Note
from pactgraph.reports.words import word

_PLACE = re.compile(r"^(?P<file>[^\s:]+\.\w+)(?::(?P<lines>[\d,]+))?$")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_HOST = re.compile(r"^(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s;,]+)+$")


class Notes:
    """Gives sources their numbers, in the order in which they are first cited."""

    def __init__(self, lang: str, files: dict[str, tuple[str, str]]) -> None:
        """``files`` maps the name of a file to the title of its text and to where it was taken from."""
        self._lang = lang
        self._files = files
        self._numbers: dict[str, int] = {}
        self.listed: list[Note] = []

    def cite(self, *sources: str) -> tuple[int, ...]:
        """The numbers of sources, given as questions give them (``file.txt:148,149``, a citation); empty ones fall out."""
        return tuple(dict.fromkeys(self._number(source.strip()) for source in sources if source.strip()))

    def _number(self, source: str) -> int:
        if source not in self._numbers:
            self.listed.append(self._note(source))
            self._numbers[source] = len(self.listed)
        return self._numbers[source]

    def _note(self, source: str) -> Note:
        place = _PLACE.match(source)
        if place and place["file"] in self._files:
            title, origin = self._files[place["file"]]
            lines = ", ".join((place["lines"] or "").split(","))
            key = "note-file" if not lines else "note-lines" if "," in lines else "note-line"
            return Note(word(key, self._lang, title=title or place["file"], file=place["file"], lines=lines), _address(origin))
        return Note(source, _address(source))


def together(sources: Iterable[str]) -> list[str]:
    """Places in files as one place for each file: ``a.txt:1``, ``a.txt:3,4`` → ``a.txt:1,3,4``; other sources as they are."""
    lines: dict[str, set[int]] = {}
    others = []
    for source in sources:
        place = _PLACE.match(source)
        if place and place["lines"]:
            lines.setdefault(place["file"], set()).update(int(line) for line in place["lines"].split(","))
        else:
            others.append(source)
    return [*(f"{file}:{','.join(map(str, sorted(found)))}" for file, found in lines.items()), *dict.fromkeys(others)]


def _address(text: str) -> str:
    """The address that a citation names, if it names one that can be opened as it stands."""
    found = _ADDRESS.search(text)
    if found:
        return found[0].rstrip(".,;)")
    return f"https://{text}" if _HOST.match(text) else ""
