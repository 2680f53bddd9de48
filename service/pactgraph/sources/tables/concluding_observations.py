"""Concluding observations and lists of issues: the document, its paragraphs, their grades, links to articles.

A folder ``data/un/{document}`` holds ``document.toml``, ``paragraphs.csv``, ``grades.csv`` and ``rec_links.csv``. The
texts are the United Nations' and are not loaded: every paragraph says so. A placeholder is a paragraph of which only
the number is known.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError, fail
from pactgraph.ids import Ids
from pactgraph.namespaces import concept, slug
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import links
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.documents import DOCUMENT_CLASSES, split, symbols
from pactgraph.sources.tables.grades import write_grades
from pactgraph.sources.tables.paragraphs import NUMBER, Paragraphs
from pactgraph.sources.tables.provenance import PROVENANCE, VERIFICATION, state_provenance, write_provenance
from pactgraph.sources.tables.tomlfile import Settings, read_toml
from pactgraph.texts import LANGUAGES, say

PARAGRAPH_TYPES = (
    "introduction", "positive-aspect", "concern", "recommendation", "dissemination", "follow-up", "question",
)
PARAGRAPHS = (
    Column("paragraph", required=True),
    Column("type", "code", required=True, choices=PARAGRAPH_TYPES),
    Column("subject_en"),
    Column("subject_vi"),
    Column("placeholder", "boolean"),
    Column("follow_up", "boolean"),
    Column("due", "date"),
    Column("paired_with"),
    Column("refers_to"),
    *PROVENANCE,
)
REC_LINKS = (Column("paragraph", required=True), *links.LINK, Column("source", required=True), *links.NOTES)


def read(folder: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graph ``un/{document}`` of the concluding observations in ``folder``: paragraphs, lettered parts, grades."""
    settings = read_toml(folder / "document.toml", problems)
    if settings is None:
        return []
    symbol = settings.text("symbol")
    paragraphs = Paragraphs(symbol, _rows(folder, problems), ids)
    out = GraphWriter(ids.graph(f"un/{slug(symbol)}"))
    document = _observations(out, ids, settings, symbols(folder.parent))
    for row in paragraphs.rows.values():
        _paragraph(out, document, paragraphs, row, problems)
    write_grades(out, folder, paragraphs, ids.un_body(settings.text("body")), problems)
    return out.quads


def read_links(folder: Path, ids: Ids, known: frozenset[str], problems: list[UserError]) -> list[Quad]:
    """The graph ``un/links/{document}``: link assertions from recommendations and questions to the provisions that
    they concern and the recommendations that they repeat, and the paragraphs that a paragraph refers to.

    ``known`` holds the IRIs that may be linked to (:func:`~pactgraph.sources.tables.subjects` of treaties and documents).
    Problems of the document and its paragraphs are those of :func:`read` and are not told again.
    """
    settings = read_toml(folder / "document.toml", [])
    if settings is None:
        return []
    paragraphs = Paragraphs(settings.text("symbol"), _rows(folder, []), ids)
    document = slug(paragraphs.symbol)
    out = GraphWriter(ids.graph(f"un/links/{document}"))
    mint = Ids(ids.base, "un")
    for row in read_table(folder / "rec_links.csv", REC_LINKS, problems, key=("paragraph", "predicate", "target")):
        recommendation = paragraphs.linked(row, problems)
        target = links.target_iri(row, ids, known, problems)
        if not links.confidence_sound(row, problems) or recommendation is None or target is None:
            continue
        number, short = row.text("paragraph"), row.text("target")
        link = links.Link(mint.link(document, f"{number}/{slug(short)}"), recommendation, target,
                          f"{paragraphs.symbol}/{number} → {short}", "en")
        links.write_link(out, link, row)
        out.value(link.assertion, "dcterms:source", row.text("source"))
    for row in paragraphs.rows.values():
        for text in split(row, "refers_to"):
            named = links.known_target(row, "refers_to", links.paragraph_iris(text, ids), known, problems)
            out.link(paragraphs.iri(row.text("paragraph")), "pg:refersToParagraph", named)
    return out.quads


def _rows(folder: Path, problems: list[UserError]) -> dict[str, Row]:
    """The rows by paragraph number; a number of another form is a problem."""
    rows = {}
    for row in read_table(folder / "paragraphs.csv", PARAGRAPHS, problems, key=("paragraph",)):
        if not NUMBER.fullmatch(row.text("paragraph")):
            problems.append(row.problem("paragraph-form", "paragraph", value=row.text("paragraph")))
        elif _subject_sound(row, problems):
            rows[row.text("paragraph")] = row
    return rows


def _subject_sound(row: Row, problems: list[UserError]) -> bool:
    """Whether a row has a subject in every language, or is a placeholder that claims nothing."""
    subjects = [f"subject_{lang}" for lang in LANGUAGES]
    if row.flag("placeholder"):
        claims = [*map(row.text, subjects), row.flag("follow_up"), row.day("due")]
        if not any(claims) and row.text("status") == "derived":
            return True
        problems.append(row.problem("paragraph-placeholder-row", "placeholder"))
        return False
    empty = [column for column in subjects if not row.text(column)]
    problems += [row.problem("table-cell-empty", column) for column in empty]
    return not empty


def _observations(out: GraphWriter, ids: Ids, settings: Settings, named: frozenset[str]) -> str:
    """State the document and those that its tables cite; returns its IRI. A list of issues may have no days."""
    state = ids.state(settings.text("state"))
    document = _document(out, ids, settings, state)
    dated = settings.values.get("kind") == "concluding-observations"
    if dated or settings.has("adopted"):
        out.value(document, "pg:adoptedOn", settings.day("adopted"))
    if settings.has("published"):
        out.value(document, "pg:publishedOn", settings.day("published"))
    if dated or settings.has("session"):
        out.value(document, "pg:sessionNumber", settings.number("session"))
    if settings.has("cycle"):
        out.link(document, "pg:inCycle", Ids(ids.base, settings.text("state")).cycle(settings.text("cycle")))
    if settings.has("report"):
        report = settings.text("report")
        if report not in named:
            settings.problems.append(fail("document-unknown", file=settings.file, name="report", value=report))
        out.link(document, "pg:concernsReport", ids.un_document(report))
    out.link(document, "dcterms:creator", ids.un_body(settings.text("body")))
    for lang, rights in settings.bilingual("rights").items():
        out.text(document, "dcterms:rights", rights, lang)
    for related in settings.each("related"):
        _document(out, ids, related, state)
    return document


def _document(out: GraphWriter, ids: Ids, settings: Settings, state: str) -> str:
    symbol = settings.text("symbol")
    document = ids.un_document(symbol)
    kind = settings.text("kind", choices=tuple(DOCUMENT_CLASSES))
    if kind:
        out.a(document, DOCUMENT_CLASSES[kind])
    title = settings.bilingual("title")
    out.label(document, title["vi"], title["en"], symbol)
    out.value(document, "pg:symbol", symbol)
    out.link(document, "pg:concernsState", state)
    state_provenance(out, document, settings.text("source"), settings.text("status", choices=VERIFICATION))
    return document


def _paragraph(out: GraphWriter, document: str, paragraphs: Paragraphs, row: Row, problems: list[UserError]) -> None:
    number, kind = row.text("paragraph"), row.text("type")
    paragraph = paragraphs.iri(number)
    out.a(paragraph, "pg:TreatyBodyRecommendation" if kind == "recommendation" else "pg:DocumentParagraph")
    words = "label-placeholder" if row.flag("placeholder") else "label-paragraph"
    for lang in LANGUAGES:
        out.text(paragraph, "rdfs:label", say(words, lang, number=number, subject=row.text(f"subject_{lang}")), lang)
    out.value(paragraph, "skos:notation", f"{paragraphs.symbol}/{number}")
    out.link(paragraph, "pg:inDocument", document)
    out.value(paragraph, "pg:paragraphNumber", number)
    out.value(paragraph, "pg:ordinal", int(number.partition("(")[0]))
    out.link(paragraph, "pg:paragraphType", concept("paragraph-type", kind))
    out.link(paragraph, "pg:textStatus", concept("text-status", "not-loaded"))
    out.value(paragraph, "pg:placeholder", row.flag("placeholder") or None)
    out.value(paragraph, "pg:followUp", row.flag("follow_up") or None)
    out.value(paragraph, "pg:responseDueOn", row.day("due"))
    pair = row.text("paired_with")
    if pair in paragraphs.rows:
        out.link(paragraph, "pg:pairedWith", paragraphs.iri(pair))
    elif pair:
        problems.append(row.problem("table-reference", "paired_with", value=pair, table="paragraphs.csv"))
    write_provenance(out, paragraph, row)

