"""Reads and writes RDF Patch: header lines, then the quads that one transaction adds and removes.

What is written is canonical: N-Quads terms, one quad a line, lines sorted. What is read must be whole: a line that is
not understood, or an end that is missing, raises a UserError that names file and line; nothing is skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from pactgraph.errors import fail
from pactgraph.journal.patch import Patch

BEGIN, END = "TX .", "TC ."
Headers = list[tuple[str, str]]
"""The words of the header with their values, in order; a word may come again."""


def write_patch(headers: Headers, patch: Patch) -> str:
    """The text of a patch."""
    lines = [f"H {name} {ox.Literal(value)} ." for name, value in headers]
    quads = sorted([*_lines("A", patch.added), *_lines("D", patch.removed)])
    return "".join(f"{line}\n" for line in (*lines, BEGIN, *quads, END))


def _lines(code: str, quads: Iterable[ox.Quad]) -> list[str]:
    text = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode("utf-8")
    return [f"{code} {line}" for line in text.split("\n") if line]


def read_patch(data: bytes, file: str) -> tuple[Headers, Patch]:
    """The headers and quads of one patch; ``file`` is its name in messages."""
    found = read_patches(data, file)
    if len(found) != 1:
        raise fail("patch-not-one", file=file, count=len(found))
    return found[0]


def read_patches(data: bytes, file: str) -> list[tuple[Headers, Patch]]:
    """All patches of a text, each with its own header."""
    lines = _text_lines(data, file)
    found, start = [], 0
    while start < len(lines):
        end = next((at for at in range(start, len(lines)) if lines[at] == END), None)
        if end is None:
            raise fail("patch-cut", file=file, line=len(lines))
        found.append(_read_one(lines[start:end], start + 1, file))
        start = end + 1
    return found


def _text_lines(data: bytes, file: str) -> list[str]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data[:problem.start].count(b"\n") + 1
        raise fail("patch-line", file=file, line=line, reason="UTF-8") from None
    lines = text.split("\n")
    if lines.pop():
        raise fail("patch-cut", file=file, line=len(lines) + 1)
    return lines


def _read_one(lines: Sequence[str], first: int, file: str) -> tuple[Headers, Patch]:
    """One patch without its last line; ``first`` is the number of its first line."""
    begin = next((at for at, line in enumerate(lines) if line == BEGIN), None)
    if begin is None:
        raise fail("patch-line", file=file, line=first, reason=f"'{BEGIN}' ?")
    headers = [_header(line, first + at, file) for at, line in enumerate(lines[:begin])]
    sides: dict[str, list[tuple[int, str]]] = {"A": [], "D": []}
    for number, line in enumerate(lines[begin + 1:], first + begin + 1):
        code, _, rest = line.partition(" ")
        if code not in sides:
            raise fail("patch-line", file=file, line=number, reason=line[:40])
        sides[code].append((number, rest))
    added, removed = (_quads(side, file) for side in sides.values())
    if added & removed:
        raise fail("patch-both", file=file, quad=str(min(map(str, added & removed))))
    return headers, Patch(added, removed)


def _header(line: str, number: int, file: str) -> tuple[str, str]:
    kind, _, rest = line.partition(" ")
    name, _, value = rest.partition(" ")
    try:
        if kind != "H" or not name:
            raise SyntaxError(line[:40])
        [quad] = ox.parse(f"<urn:h> <urn:h> {value}".encode(), format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as problem:
        raise fail("patch-line", file=file, line=number, reason=str(problem)) from None
    return name, getattr(quad.object, "value", "")


def _quads(lines: list[tuple[int, str]], file: str) -> frozenset[ox.Quad]:
    """The quads of one side. They are read at once; only where that fails, line by line to find the place."""
    quads = _parsed("\n".join(text for _, text in lines))
    if quads is None or len(quads) != len(lines):
        for number, text in lines:
            alone = _parsed(text)
            if alone is None or len(alone) != 1:
                raise fail("patch-line", file=file, line=number, reason=text[:80])
    found = frozenset(quads or ())
    if len(found) != len(lines):
        raise fail("patch-twice", file=file)
    blank = next((quad for quad in found if any(isinstance(term, ox.BlankNode) for term in quad)), None)
    if blank is not None:
        raise fail("patch-blank", file=file, quad=str(blank))
    return found


def _parsed(text: str) -> list[ox.Quad] | None:
    try:
        return list(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))
    except (SyntaxError, ValueError):
        return None
