"""The notes of a release for a page: headings, paragraphs, lists, tables and blocks of text. No HTML of theirs is taken over."""

from __future__ import annotations

from dataclasses import dataclass, field

_FENCE = "```"


@dataclass
class Block:
    """A block: ``kind`` is ``heading``, ``text``, ``list``, ``table`` or ``pre``; ``rows``: of a table, the head first."""

    kind: str
    text: str = ""
    lines: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def blocks(markdown: str) -> list[Block]:
    """The blocks of notes as :mod:`pactgraph.publish.release_notes` writes them; the title (``#``) is left out."""
    found: list[Block] = []
    inside = ""
    for part in markdown.split("\n\n"):
        if inside or part.startswith(_FENCE):
            inside = f"{inside}\n\n{part}" if inside else part.removeprefix(_FENCE).partition("\n")[2] or " "
            if inside.rstrip().endswith(_FENCE):
                found.append(Block("pre", inside.rstrip().removesuffix(_FENCE).strip("\n")))
                inside = ""
        elif part.strip() and not part.startswith("# "):
            found.append(_block(part.strip("\n")))
    return found


def _block(part: str) -> Block:
    lines = part.split("\n")
    if part.startswith("## "):
        return Block("heading", part[3:])
    if all(line.startswith("- ") for line in lines):
        return Block("list", lines=[line[2:] for line in lines])
    if all(line.startswith("|") for line in lines):
        return Block("table", rows=[[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "---" not in line])
    return Block("text", part)
