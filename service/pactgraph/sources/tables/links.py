"""Link assertions: who links what to what, how sure, on which words. Shared by every table of links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode, Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import PG, concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row

STATUSES = ("proposed", "curated", "confirmed", "rejected", "superseded")
METHODS = ("names-the-right", "names-the-instrument", "subject-of-paragraph", "general-duty", "same-work")
STATED = frozenset({"curated", "confirmed"})
"""The statuses whose links also stand as plain triples."""

ADDRESSES, CONCERNS, GIVES_EFFECT = "addresses", "concernsProvision", "givesEffectTo"
IMPLEMENTS = "implementsItem"
LINK = (
    Column("predicate", "code", required=True, choices=(CONCERNS, ADDRESSES, GIVES_EFFECT, IMPLEMENTS)),
    Column("target", required=True),
    Column("status", "code", required=True, choices=STATUSES),
    Column("method", "code", required=True, choices=METHODS),
    Column("confidence", "decimal", required=True),
    Column("quotation", required=True),
)
NOTES = (Column("note_en"), Column("note_vi"))
_ARTICLE = re.compile(r"(?P<treaty>[a-z0-9-]+)/(?P<number>\d+)")
_PARAGRAPH = re.compile(r"(?P<document>[a-z0-9-]+)/(?P<number>\d+)(?:/(?P<part>[a-z]))?")
_ITEM = re.compile(r"(?P<plan>[a-z0-9-]+)/(?P<row>\S+)")


@dataclass(frozen=True)
class Link:
    """What a row links: the IRIs of the assertion and its two ends, a name to show, the language of the quotation."""

    assertion: str
    subject: str
    target: str
    name: str
    lang: str


def subjects(quads: Iterable[Quad]) -> frozenset[str]:
    """The IRIs that a graph says something about: what links may point at."""
    return frozenset(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))


def target_iri(row: Row, ids: Ids, known: frozenset[str], problems: list[UserError]) -> str | None:
    """The IRI of a target as the table writes it: an article ``iccpr/19``, a recommendation ``{document}/24[/a]``, or an
    item of another plan ``1252-qd-ttg-2019/C.II.2`` (of ``implementsItem``).

    ``known`` holds the IRIs that exist; a target outside of it, or of the wrong form, is a problem.
    """
    text = row.text("target")
    form = {ADDRESSES: _PARAGRAPH, IMPLEMENTS: _ITEM}.get(row.text("predicate"), _ARTICLE)
    match = form.fullmatch(text)
    if match is None:
        problems.append(row.problem("link-target-form", "target", value=text))
        return None
    target = next((iri for iri in _candidates(match, ids) if iri in known), None)
    if target is None:
        problems.append(row.problem("link-target-unknown", "target", value=text))
    return target


def _candidates(match: re.Match[str], ids: Ids) -> tuple[str, ...]:
    """The IRIs that a target may mean: a row of a plan and a duty of its body are written alike."""
    if match.re is _ITEM:
        return ids.task(match["plan"], match["row"]), ids.duty(match["plan"], match["row"])
    if match.re is _PARAGRAPH:
        return (ids.recommendation(match["document"], match["number"], match["part"] or ""),)
    return (ids.article(match["treaty"], match["number"]),)


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
    out.label(link.assertion, link.name, link.name)
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
