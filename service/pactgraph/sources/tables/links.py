"""Link assertions: who links what to what, how sure, on which words. Shared by every table of links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode, Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import PG, concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row

STATUSES = ("proposed", "curated", "confirmed", "rejected", "superseded")
METHODS = ("names-the-right", "names-the-instrument", "subject-of-paragraph", "general-duty", "same-demand", "same-work")
STATED = frozenset({"curated", "confirmed"})
"""The statuses whose links also stand as plain triples."""

ADDRESSES, CONCERNS, GIVES_EFFECT = "addresses", "concernsProvision", "givesEffectTo"
PREPARES, REPEATS, IMPLEMENTS = "preparesAnswerTo", "repeats", "implementsItem"
LINK = (
    Column("predicate", "code", required=True, choices=(CONCERNS, ADDRESSES, GIVES_EFFECT, PREPARES, REPEATS, IMPLEMENTS)),
    Column("target", required=True),
    Column("status", "code", required=True, choices=STATUSES),
    Column("method", "code", required=True, choices=METHODS),
    Column("confidence", "decimal", required=True),
    Column("quotation", required=True),
)
NOTES = (Column("note_en"), Column("note_vi"))
_ARTICLE = re.compile(r"(?P<treaty>[a-z0-9-]+)/(?P<number>\d+)(?:/(?P<paragraph>\d+))?")
_PARAGRAPH = re.compile(r"(?P<document>[a-z0-9-]+)/(?P<number>\d+(?:\.\d+)?)(?:/(?P<part>[a-z]))?")
_ITEM = re.compile(r"(?P<plan>[a-z0-9-]+)/(?P<row>\S+)")
_PLACEHOLDER, _IS_PLACEHOLDER = "#placeholder", NamedNode(PG + "placeholder")


@dataclass(frozen=True)
class Link:
    """What a row links: the IRIs of the assertion and its two ends, a name to show, the language of the quotation.

    ``name_en``: the name in English, where it is another one.
    """

    assertion: str
    subject: str
    target: str
    name: str
    lang: str
    name_en: str = ""


def subjects(quads: Iterable[Quad]) -> frozenset[str]:
    """The IRIs that a graph says something about: what links may point at.

    A placeholder (a paragraph of which only the number is known) is not among them: nothing may point at it. It stands
    there under a name of its own, so that it can be told from what does not exist.
    """
    found, hidden = set(), set()
    for quad in quads:
        subject = quad.subject
        if isinstance(subject, NamedNode):
            found.add(subject.value)
            if quad.predicate == _IS_PLACEHOLDER and quad.object.value == "true":  # type: ignore[union-attr]
                hidden.add(subject.value)
    return frozenset(found - hidden | {iri + _PLACEHOLDER for iri in hidden})


def target_iri(row: Row, ids: Ids, known: frozenset[str], problems: list[UserError]) -> str | None:
    """The IRI of a target as the table writes it: an article ``iccpr/19``, a paragraph of one ``iccpr/14/3``, a
    recommendation ``{document}/24[/a]``, or an item of another plan ``1252-qd-ttg-2019/C.II.2`` (of ``implementsItem``).

    ``known`` holds the IRIs that exist (:func:`subjects`); a target outside of it, or of the wrong form, is a problem.
    """
    text, predicate = row.text("target"), row.text("predicate")
    if predicate in (CONCERNS, GIVES_EFFECT):
        possible = provision_iris(text, ids)
    elif predicate == IMPLEMENTS:
        possible = _item_iris(text, ids)
    else:
        possible = paragraph_iris(text, ids)[: None if predicate == PREPARES else 1]
    return known_target(row, "target", possible, known, problems)


def provision_iris(text: str, ids: Ids) -> list[str]:
    """The IRI of the article ``iccpr/19`` or of the paragraph ``iccpr/14/3``; [] if the text names neither."""
    match = _ARTICLE.fullmatch(text)
    if match is None:
        return []
    treaty, number, paragraph = match["treaty"], match["number"], match["paragraph"]
    return [ids.article_paragraph(treaty, number, paragraph) if paragraph else ids.article(treaty, number)]


def paragraph_iris(text: str, ids: Ids) -> list[str]:
    """What the paragraph ``{document}/24[/a]`` may be called, as a recommendation and as any other; [] if it is none."""
    match = _PARAGRAPH.fullmatch(text)
    if match is None:
        return []
    document, number, part = match["document"], match["number"], match["part"] or ""
    return [ids.recommendation(document, number, part), ids.paragraph(document, f"{number}/{part}".rstrip("/"))]


def known_target(row: Row, column: str, possible: Sequence[str], known: frozenset[str],
                 problems: list[UserError]) -> str | None:
    """The first of the ``possible`` IRIs that is known; None, and a problem that says why, where none is."""
    for iri in possible:
        if iri in known:
            return iri
    key = "link-target-unknown" if possible else "link-target-form"
    # A part of a placeholder is not known either
    if any(whole + _PLACEHOLDER in known for iri in possible for whole in (iri, iri.rpartition("/")[0])):
        key = "link-target-placeholder"
    problems.append(row.problem(key, column, value=row.text(column)))
    return None


def _item_iris(text: str, ids: Ids) -> list[str]:
    """What the item ``{plan}/{row}`` may be called: a row of the plan's table or a duty of its body; [] if it is none."""
    match = _ITEM.fullmatch(text)
    return [ids.task(match["plan"], match["row"]), ids.duty(match["plan"], match["row"])] if match else []


def confidence_sound(row: Row, problems: list[UserError]) -> bool:
    """Whether the confidence of a row lies between 0 and 1."""
    value = row.decimal("confidence")
    if value is not None and Decimal(0) <= value <= Decimal(1):
        return True
    problems.append(row.problem("link-confidence", "confidence", value=value))
    return False


def write_link(out: GraphWriter, link: Link, row: Row) -> None:
    """State the assertion, and the plain triple where the link is curated or confirmed."""
    predicate = row.text("predicate")
    out.a(link.assertion, "pg:LinkAssertion")
    out.label(link.assertion, link.name, link.name_en or link.name)
    out.link(link.assertion, "pg:linkSubject", link.subject)
    out.link(link.assertion, "pg:linkPredicate", PG + predicate)
    out.link(link.assertion, "pg:linkObject", link.target)
    out.link(link.assertion, "pg:linkStatus", concept("link-status", row.text("status")))
    out.link(link.assertion, "pg:method", concept("link-method", row.text("method")))
    out.value(link.assertion, "pg:confidence", row.decimal("confidence"))
    out.text(link.assertion, "pg:quotation", row.text("quotation"), link.lang)
    for lang in ("vi", "en"):
        out.text(link.assertion, "rdfs:comment", row.text(f"note_{lang}"), lang)
    if row.text("status") in STATED:
        out.link(link.subject, f"pg:{predicate}", link.target)
