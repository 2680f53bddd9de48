"""Words of laws that are kept as official texts: ``law_texts.csv`` and the files of the folder ``laws``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.laws import Law
from pactgraph.sources.tables.official import official
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.sources.textfile import decode

TABLE = "law_texts.csv"
TEXTS = (
    Column("law", "code", required=True),
    Column("file", required=True),
    Column("title_vi", required=True),
    Column("title_en", required=True),
    Column("retrieved", "date", required=True),
    Column("rights_vi", required=True),
    Column("rights_en", required=True),
    *PROVENANCE,
)


@dataclass(frozen=True)
class LawText:
    """The text kept of a law: its IRI as a source, its lines (line 1 is ``lines[0]``) and the checksum of the file."""

    source: str
    lines: Sequence[str]
    sha256: str

    def line(self, number: int) -> str:
        """A line by its number; "" outside of the text."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""


def read(folder: Path, ids: Ids, laws: dict[str, Law], problems: list[UserError]) -> tuple[list[Quad], dict[str, LawText]]:
    """The part of the graph ``sources`` about the texts of laws, and the texts by law id."""
    out = GraphWriter(ids.graph("sources"))
    texts: dict[str, LawText] = {}
    for row in read_table(folder / TABLE, official(TEXTS, folder), problems, key=("law",)):
        text = _text(folder, ids, row, problems)
        if row.text("law") not in laws:
            problems.append(row.problem("table-reference", "law", value=row.text("law"), table="laws.csv"))
        elif text is not None:
            texts[row.text("law")] = text
            _source(out, text, row)
    return out.quads, texts


def _text(folder: Path, ids: Ids, row: Row, problems: list[UserError]) -> LawText | None:
    name = row.text("file")
    path = folder / "laws" / name
    if Path(name).name != name or not path.is_file():
        problems.append(row.problem("law-text-absent", "file", value=name))
        return None
    data = path.read_bytes()
    try:
        lines = decode(data, name)
    except UserError as problem:
        problems.append(problem)
        return None
    return LawText(ids.source(f"law-{row.text('law')}"), lines, hashlib.sha256(data).hexdigest())


def _source(out: GraphWriter, text: LawText, row: Row) -> None:
    out.a(text.source, "pg:SourceDocument")
    for lang, title in row.by_language("title").items():
        out.text(text.source, "rdfs:label", title, lang)
        out.text(text.source, "dcterms:title", title, lang)
    for lang, rights in row.by_language("rights").items():
        out.text(text.source, "dcterms:rights", rights, lang)
    out.value(text.source, "pg:fileName", row.text("file"))
    out.value(text.source, "pg:sha256", text.sha256)
    out.value(text.source, "pg:sourceKind", "law")
    out.value(text.source, "pg:retrievedOn", row.day("retrieved"))
    write_provenance(out, text.source, row)
