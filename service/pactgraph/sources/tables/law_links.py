"""Links from laws and their articles to provisions of treaties: ``law_links.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import slug
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import links
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.law_texts import LawText
from pactgraph.sources.tables.laws import Law
from pactgraph.sources.tables.legal_provisions import Provision

TABLE = "law_links.csv"
LAW_LINKS = (
    Column("law", "code", required=True),
    Column("provision", "code"),
    Column("predicate", "code", required=True, choices=(links.GIVES_EFFECT,)),
    *links.LINK[1:],
    Column("line", "integer"),
    *links.NOTES,
)


@dataclass(frozen=True)
class LawBook:
    """What a link may start from and quote: laws by id, their texts, articles by (law id, number); ``lang`` is the
    language of titles and texts."""

    laws: dict[str, Law]
    texts: dict[str, LawText]
    provisions: dict[tuple[str, str], Provision]
    lang: str


def read(folder: Path, ids: Ids, book: LawBook, known: frozenset[str], problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/links/laws``. ``known`` holds the IRIs that may be linked to.

    The quotation stands on the line of the law's text that ``line`` names, or in the law's title where it names none.
    """
    out = GraphWriter(ids.graph(f"{ids.country}/links/laws"))
    for row in read_table(folder / TABLE, LAW_LINKS, problems, key=("law", "provision", "target")):
        before = len(problems)
        target = links.target_iri(row, ids, known, problems)
        links.confidence_sound(row, problems)
        if _starts(row, book, problems):
            _quoted(row, book, problems)
        if target is not None and len(problems) == before:
            _link(out, ids, book, row, target)
    return out.quads


def _starts(row: Row, book: LawBook, problems: list[UserError]) -> bool:
    law, number = row.text("law"), row.text("provision")
    if law not in book.laws:
        problems.append(row.problem("table-reference", "law", value=law, table="laws.csv"))
    elif book.laws[law].bill:
        problems.append(row.problem("law-is-a-bill", "law", value=law))
    elif number and (law, number) not in book.provisions:
        problems.append(row.problem("table-reference", "provision", value=number, table="legal_provisions.csv"))
    else:
        return True
    return False


def _quoted(row: Row, book: LawBook, problems: list[UserError]) -> None:
    """Tell where a quotation does not stand where the row says."""
    law, words, line = row.text("law"), row.text("quotation"), row.integer("line")
    if line is None:
        if words.casefold() not in book.laws[law].title.casefold():
            problems.append(row.problem("law-quotation-title", "quotation", value=words, law=law))
        return
    provision = book.provisions.get((law, row.text("provision")))
    if law not in book.texts or words not in book.texts[law].line(line):
        problems.append(row.problem("law-quotation", "quotation", value=words, place=line, law=law))
    elif provision is not None and not provision.holds(line):
        problems.append(row.problem("law-line-elsewhere", "line", place=line, provision=provision.code))


def _link(out: GraphWriter, ids: Ids, book: LawBook, row: Row, target: str) -> None:
    law, number, short = row.text("law"), row.text("provision"), row.text("target")
    subject = ids.law_provision(law, number) if number else ids.law(law)
    named = book.provisions[law, number].named if number else book.laws[law].named
    place = f"{law}/{number}" if number else law
    link = links.Link(ids.link("laws", f"{place}/{slug(short)}"), subject, target, f"{named['vi']} → {short}", book.lang,
                      f"{named['en']} → {short}")
    links.write_link(out, link, row)
    if row.integer("line") is None:
        out.text(link.assertion, "dcterms:source", book.laws[law].name[book.lang], book.lang)
    else:
        out.link(link.assertion, "pg:quotedFrom", book.texts[law].source)
        out.value(link.assertion, "pg:sourceLine", row.integer("line"))
