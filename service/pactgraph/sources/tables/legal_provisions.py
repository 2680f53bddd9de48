"""Articles of laws: ``legal_provisions.csv``, with their words where the text of the law is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.law_texts import LawText
from pactgraph.sources.tables.laws import Law
from pactgraph.sources.tables.provenance import PROVENANCE, state_provenance
from pactgraph.texts import LANGUAGES, say

TABLE = "legal_provisions.csv"
PROVISIONS = (
    Column("law", "code", required=True),
    Column("number", "code", required=True),
    Column("subject_vi", required=True),
    Column("subject_en", required=True),
    Column("first_line", "integer"),
    Column("last_line", "integer"),
    *PROVENANCE,
    Column("note_en"),
)


@dataclass(frozen=True)
class Provision:
    """An article that the table names: where it stands in the text of its law (None where no text is kept).

    ``named`` is what a link calls it, by language: its code, or words where its law has no number.
    """

    code: str
    named: dict[str, str]
    first: int | None
    last: int | None

    def holds(self, line: int) -> bool:
        """Whether a line of the text belongs to the article; any line does where its place is not given."""
        return self.first is None or self.last is None or self.first <= line <= self.last


def read(folder: Path, ids: Ids, laws: dict[str, Law], texts: dict[str, LawText], lang: str,
         problems: list[UserError]) -> tuple[list[Quad], dict[tuple[str, str], Provision]]:
    """The articles as part of ``{country}/laws``, their words as ``{country}/source/laws``; and by (law id, number).

    ``lang`` is the language of the texts.
    """
    out = GraphWriter(ids.graph(f"{ids.country}/laws"))
    words = GraphWriter(ids.graph(f"{ids.country}/source/laws"))
    found: dict[tuple[str, str], Provision] = {}
    for row in read_table(folder / TABLE, PROVISIONS, problems, key=("law", "number")):
        key = row.text("law")
        if not _known(row, laws, problems) or not _placed(row, texts.get(key), problems):
            continue
        provision = Provision(*_called(laws[key], row.text("number")), row.integer("first_line"),
                              row.integer("last_line"))
        found[key, row.text("number")] = provision
        _provision(out, ids, laws[key], provision, row, texts.get(key))
        if key in texts and provision.first and provision.last:
            _words(words, ids.law_provision(key, row.text("number")), texts[key], provision, lang)
    return out.quads + words.quads, found


def _known(row: Row, laws: dict[str, Law], problems: list[UserError]) -> bool:
    key = row.text("law")
    if key not in laws:
        problems.append(row.problem("table-reference", "law", value=key, table="laws.csv"))
    elif laws[key].bill:
        problems.append(row.problem("law-is-a-bill", "law", value=key))
    else:
        return True
    return False


def _placed(row: Row, text: LawText | None, problems: list[UserError]) -> bool:
    """Whether the lines are both given or both empty, and stand in the text of the law."""
    first, last = row.integer("first_line"), row.integer("last_line")
    if first is None and last is None:
        return True
    if text is not None and first and last and first <= last <= len(text.lines) and text.line(first):
        return True
    problems.append(row.problem("law-lines", "first_line", first=first or "–", last=last or "–", law=row.text("law")))
    return False


def _called(law: Law, number: str) -> tuple[str, dict[str, str]]:
    """The code of an article, and what a link calls it."""
    code = f"{law.code}/{number}"
    return code, {lang: code if law.number else say("label-legal-provision-short", lang, number=number, law=law.name[lang])
                  for lang in LANGUAGES}


def _provision(out: GraphWriter, ids: Ids, law: Law, provision: Provision, row: Row, text: LawText | None) -> None:
    number = row.text("number")
    subject = ids.law_provision(law.key, number)
    out.a(subject, "pg:LegalProvision")
    for lang in LANGUAGES:
        label = say("label-legal-provision", lang, number=number, law=law.name[lang], subject=row.text(f"subject_{lang}"))
        out.text(subject, "rdfs:label", label, lang)
    if law.number:  # what the tables call a law without a number is no code of it
        out.value(subject, "skos:notation", provision.code)
    out.link(subject, "pg:legalProvisionOf", ids.law(law.key))
    out.value(subject, "pg:provisionNumber", number)
    out.text(subject, "rdfs:comment", row.text("note_en"), "en")
    if text is None or provision.first is None or provision.last is None:
        state_provenance(out, subject, row.text("source"), row.text("status"))
        return
    state_provenance(out, subject, "", row.text("status"))
    out.link(subject, "dcterms:source", text.source)
    for line in range(provision.first, provision.last + 1):
        out.value(subject, "pg:sourceLine", line)


def _words(out: GraphWriter, subject: str, text: LawText, provision: Provision, lang: str) -> None:
    """State the words of an article, without its heading."""
    lines = [text.line(number) for number in range((provision.first or 0) + 1, (provision.last or 0) + 1)]
    out.text(subject, "pg:verbatim", "\n".join(lines), lang)
