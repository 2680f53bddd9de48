"""The links of a crosswalk as statements: how they are named and written, and how they stand in the journal.

They stand in graphs of their own, ``graph/crosswalk/{document or plan}``, which only the journal makes. That nothing is taken up
is stated as well: as a rejected link to (or from) the whole document or plan.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import pyoxigraph as ox

from pactgraph.access.author import Author
from pactgraph.build.journaled import Journaled, graph_of
from pactgraph.ids import Ids
from pactgraph.journal.entry import UPDATE
from pactgraph.namespaces import PG, VOCAB, concept, slug
from pactgraph.questions.crosswalk.items import Item
from pactgraph.questions.crosswalk.propose import Crosswalk, Proposal
from pactgraph.questions.crosswalk.rounds import Round, Side
from pactgraph.sources.quads import GraphWriter, expand
from pactgraph.texts import LANGUAGES, say
from pactgraph.writing.change import Change

PROPOSED, CURATED, CONFIRMED, REJECTED, SUPERSEDED = "proposed", "curated", "confirmed", "rejected", "superseded"
STATED = (CURATED, CONFIRMED)
"""The statuses whose links also stand as plain triples."""
ROOM = "graph/crosswalk/"


@dataclass
class Standing:
    """A link as the journal has it. ``moving`` are the statements that a decision may change: status, extent, who confirmed it,
    the plain link; ``comments`` by language."""

    iri: str
    graph: str = ""
    subject: str = ""
    predicate: str = ""
    object: str = ""
    status: str = ""
    extent: str = ""
    confirmed_by: str = ""
    method: str = ""
    confidence: str = ""
    comments: list[tuple[str, str]] = field(default_factory=list)
    moving: set[ox.Quad] = field(default_factory=set)

    @property
    def state(self) -> str:
        """What a sheet keeps of it, to tell whether somebody decided meanwhile."""
        told = "|".join((self.status, self.extent, self.confirmed_by, *sorted(text for text, _ in self.comments)))
        return f"{self.status}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def link_id(iri: str, base: str) -> str:
    """The identifier of a link that people see: the end of its IRI."""
    return iri.removeprefix(base + "id/")


def link_iri(subject: str, target: str, base: str) -> str:
    """The IRI of the link between two things, as the tables of links name it: ``un/link/ccpr-c-vnm-co-3/24/ccpr-co-75-vnm-7``."""
    room, _, rest = subject.removeprefix(base + "id/").split("/", 2)
    other = target.removeprefix(base + "id/").split("/", 2)[2]
    return f"{base}id/{room}/link/{rest}/{slug(other)}"


def graph_for(subject: str, base: str) -> str:
    """The graph in which the links of a thing stand: that of its document or plan."""
    return f"{base}{ROOM}{subject.removeprefix(base + 'id/').split('/', 2)[2].split('/')[0]}"


def standings(state: Journaled, base: str) -> dict[str, Standing]:
    """The links of all crosswalks, by IRI, as the journal has them."""
    found: dict[str, Standing] = {}
    mine = [quad for quad in state.public if graph_of(quad).startswith(base + ROOM) and isinstance(quad.subject, ox.NamedNode)]
    for quad in mine:
        if quad.predicate == expand("pg:linkSubject"):
            found[quad.subject.value] = Standing(quad.subject.value, graph_of(quad))  # type: ignore[union-attr]
    for quad in mine:
        if quad.subject.value in found:  # type: ignore[union-attr]
            _take_in(found[quad.subject.value], quad)  # type: ignore[union-attr]
    plain = {(quad.subject, quad.predicate, quad.object): quad for quad in mine}
    for link in found.values():
        quad_of = plain.get((ox.NamedNode(link.subject), ox.NamedNode(PG + link.predicate), ox.NamedNode(link.object)))
        link.moving |= {quad_of} if quad_of else set()
    return found


_FIELDS = {expand(f"pg:{name}"): attribute for name, attribute in {
    "linkSubject": "subject", "linkPredicate": "predicate", "linkObject": "object", "linkStatus": "status", "extent": "extent",
    "confirmedBy": "confirmed_by", "method": "method", "confidence": "confidence"}.items()}
_MOVING = frozenset(expand(f"pg:{name}") for name in ("linkStatus", "extent", "confirmedBy"))


def _take_in(link: Standing, quad: ox.Quad) -> None:
    if quad.predicate in _MOVING:
        link.moving.add(quad)
    if quad.predicate == expand("rdfs:comment") and isinstance(quad.object, ox.Literal):
        link.comments.append((quad.object.value, quad.object.language or ""))
    elif quad.predicate in _FIELDS:
        value = quad.object.value  # type: ignore[union-attr]
        short = value.removeprefix(PG) if value.startswith(PG) else value.rsplit("/", 1)[-1] if value.startswith(VOCAB) else value
        setattr(link, _FIELDS[quad.predicate], short)


# Statements --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """Words that a link rests on, with their language and the side that they were read on."""

    text: str
    item: Item


def link_quads(subject: str, predicate: str, target: str, name: str, method: str, confidence: Decimal, words: Iterable[Words],
               base: str) -> list[ox.Quad]:
    """The statements of a link that do not change: its ends, how it was found, the words that it rests on."""
    out = GraphWriter(graph_for(subject, base))
    link = link_iri(subject, target, base)
    out.a(link, "pg:LinkAssertion")
    out.label(link, name, name)
    out.link(link, "pg:linkSubject", subject)
    out.link(link, "pg:linkPredicate", PG + predicate)
    out.link(link, "pg:linkObject", target)
    out.link(link, "pg:method", concept("link-method", method))
    out.value(link, "pg:confidence", confidence)
    for said in words:
        out.text(link, "pg:quotation", said.text, said.item.lang or "und")
        out.link(link, "pg:quotedFrom", said.item.source)
        out.value(link, "dcterms:source", "" if said.item.source else said.item.cited)
    return out.quads


def status_quads(link: str, ends: tuple[str, str, str], status: str, base: str, extent: str = "",
                 confirmed_by: str = "") -> list[ox.Quad]:
    """The statements of a link that a decision changes; the plain link where the status allows it. ``ends``: subject, predicate
    and object."""
    subject, predicate, target = ends
    out = GraphWriter(graph_for(subject, base))
    out.link(link, "pg:linkStatus", concept("link-status", status))
    out.link(link, "pg:extent", concept("link-extent", extent) if extent else None)
    out.link(link, "pg:confirmedBy", confirmed_by if status == CONFIRMED else None)
    if status in STATED:
        out.link(subject, f"pg:{predicate}", target)
    return out.quads


def proposal_quads(proposal: Proposal, labels: dict[str, dict[str, str]], base: str) -> list[ox.Quad]:
    """A proposal as a proposed link, with what it rests on in words of both languages."""
    new, old = proposal.new, proposal.old
    words = [Words(text, item) for text, item in zip(proposal.quoted, (new, old), strict=True) if text]
    score = Decimal(str(proposal.score))
    quads = link_quads(new.iri, proposal.predicate, old.iri, name_of(new, old), proposal.method, score, words, base)
    link = link_iri(new.iri, old.iri, base)
    out = GraphWriter(graph_for(new.iri, base))
    for lang in LANGUAGES:
        out.text(link, "rdfs:comment", basis_of(proposal, labels, lang), lang)
    ends = (new.iri, proposal.predicate, old.iri)
    return [*quads, *out.quads, *status_quads(link, ends, PROPOSED, base, proposal.extent)]


def name_of(new: Item | Side, old: Item | Side) -> str:
    """How a link is called: what it goes from and to."""
    return " → ".join(end.code if isinstance(end, Item) else end.name for end in (new, old))


def basis_of(proposal: Proposal, labels: dict[str, dict[str, str]], lang: str) -> str:
    """What a proposal rests on, in words."""
    parts = [say(f"crosswalk-basis-{proposal.method}", lang, score=f"{proposal.score:.2f}")]
    if proposal.shared:
        parts.append(say("crosswalk-basis-shared", lang, words="; ".join(f"“{run}”" for run in proposal.shared)))
    names = [label for iri in proposal.subjects if (label := labels.get(iri, {}).get(lang))]
    if names:
        parts.append(say("crosswalk-basis-subjects", lang, names="; ".join(names)))
    if proposal.left_out and proposal.extent:
        parts.append(say("crosswalk-basis-left-out", lang, parts=", ".join(f"({letter})" for letter in proposal.left_out)))
    if not (proposal.new.loaded and proposal.old.loaded):
        parts.append(say("crosswalk-basis-not-loaded", lang))
    return " ".join(parts)


# What is written ----------------------------------------------------------------------------------------------------------


def facts(found: Round, issuer: str, cycle: str, base: str) -> list[ox.Quad]:
    """What bringing a plan and a document together says and the graph does not: that the plan answers the document, follows the
    plan before it, is of the same cycle, and who issued it (``issuer``; "" where nobody named one)."""
    plan = found.plan
    if plan is None:
        return []
    out = GraphWriter(graph_for(plan.iri, base))
    document, earlier = found.document, found.earlier_plan
    if document and not plan.answers:
        out.link(plan.iri, "pg:answersDocument", document.iri)
    if earlier and not plan.follows:
        out.link(plan.iri, "pg:followsPlan", earlier.iri)
    if not plan.cycle:
        out.link(plan.iri, "pg:inCycle", cycle or (document.cycle if document else ""))
    out.link(plan.iri, "pg:issuedBy", issuer)
    return out.quads


def proposing(found: Round, crosswalk: Crosswalk, labels: dict[str, dict[str, str]], author: Author, state: Journaled, ids: Ids,
              issuer: str = "", cycle: str = "") -> Change:
    """What to ask of the writer so that the proposals of a round stand in the graph. ``state``: the journal at its head."""
    quads = facts(found, issuer, cycle, ids.base)
    for proposal in crosswalk.proposals:
        quads += proposal_quads(proposal, labels, ids.base)
    names = ", ".join(side.name for side in (found.document, found.plan) if side)
    return Change(author, frozenset(quads) - state.public, kind=UPDATE, expected=state.number,
                  reason=f"loading day {names}: {len(crosswalk.proposals)} links proposed", extra={"loading-day": "proposed"})
