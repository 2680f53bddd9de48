"""Finds the laws, codes and decisions that a row names."""

from __future__ import annotations

from collections.abc import Sequence

from pactgraph.sources.annex.reading import Reading
from pactgraph.sources.annex.records import Issue


def read_laws(cells: Sequence[str], lines: Sequence[int], reading: Reading) -> tuple[list[str], list[Issue]]:
    """The canonical titles of the laws named in the cells, each once, in the order of their first mention.

    A numbered instrument that the registry does not know is kept as printed and reported.
    """
    titles: list[str] = []
    issues: list[Issue] = []
    for cell in cells:
        known = reading.laws.find_all(cell)
        for name, _, _ in known:
            if name.canonical not in titles:
                titles.append(name.canonical)
        for match in reading.document.law_number.finditer(cell) if reading.document.law_number else ():
            if not any(start <= match.start() < end for _, start, end in known) and match[0] not in titles:
                titles.append(match[0])
                issues.append(Issue("unknown-law", "laws", tuple(lines), match[0]))
    return titles, issues
