"""Decides on a proposed link: what a curator's reading changes in the graph.

Nothing that a source says is deleted: its status is *retracted* on record (the writer does so for every statement of a
source that goes), and the new one stands in the journal graph of whoever decides. The plain link stands beside an accepted
or confirmed assertion, and never beside a rejected one. Who decided, when and why is said by the journal's entry, which an
undo takes back whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from pactgraph.access.author import ADMINISTRATOR, CURATOR, Author
from pactgraph.errors import fail
from pactgraph.journal.entry import UPDATE
from pactgraph.namespaces import concept
from pactgraph.sources.quads import expand
from pactgraph.writing.change import Change

ACCEPT, REJECT, CONFIRM = "accept", "reject", "confirm"
STATUSES = {ACCEPT: "curated", REJECT: "rejected", CONFIRM: "confirmed"}
"""The status that each decision gives."""
PROPOSED = concept("link-status", "proposed")
_STATUS, _BY = expand("pg:linkStatus"), expand("pg:confirmedBy")
_ENDS = tuple(expand(f"pg:{name}") for name in ("linkSubject", "linkPredicate", "linkObject"))


@dataclass(frozen=True)
class Mandate:
    """Who confirms a link: the IRI of a body (never a person), and the document in which it does so."""

    body: str
    document: str


def decide(link: str, stated: Iterable[ox.Quad], decision: str, author: Author, *, reason: str = "",
           mandate: Mandate | None = None, expected: int | None = None) -> Change:
    """The change that a decision (``accept``, ``reject``, ``confirm``) makes.

    ``link`` is the IRI of the assertion, ``stated`` what the graph says of it, in whichever graphs. A rejection needs a
    reason, a confirmation a mandate. What cannot be decided (so), or not by this author, raises a UserError.
    """
    if decision not in STATUSES:
        raise fail("link-decision", decision=decision, known=", ".join(STATUSES))
    if author.scope not in (CURATOR, ADMINISTRATOR):
        raise fail("work-scope", scope=author.scope, needed=f"{CURATOR}, {ADMINISTRATOR}")
    if decision == REJECT and not reason:
        raise fail("link-reason")
    if (decision == CONFIRM) != bool(mandate and mandate.body and mandate.document):
        raise fail("link-mandate")
    about = [quad for quad in stated if quad.subject == ox.NamedNode(link)]
    proposed = frozenset(quad for quad in about if quad.predicate == _STATUS)
    _check_proposed(link, proposed)
    added = {_here(link, _STATUS, ox.NamedNode(concept("link-status", STATUSES[decision])))}
    if decision != REJECT:
        added.add(_plain(link, about))
    if mandate and decision == CONFIRM:
        added.add(_here(link, _BY, ox.NamedNode(mandate.body)))
    told = "; ".join(filter(None, (reason, mandate.document if mandate else "")))
    return Change(author, frozenset(added), proposed, kind=UPDATE, reason=told, expected=expected,
                  extra={"link": link, "decision": STATUSES[decision]})


def _check_proposed(link: str, statuses: Iterable[ox.Quad]) -> None:
    """Only what is proposed, and nothing else, can be decided on."""
    found = sorted({getattr(quad.object, "value", "") for quad in statuses})
    if not found:
        raise fail("link-unknown", link=link)
    if found != [PROPOSED]:
        raise fail("link-decided", status=", ".join(value.rsplit("/", 1)[-1] for value in found))


def _plain(link: str, about: list[ox.Quad]) -> ox.Quad:
    """The plain link of an assertion, in the graph of whoever decides."""
    ends = [{quad.object for quad in about if quad.predicate == name} for name in _ENDS]
    if any(len(end) != 1 for end in ends):
        raise fail("link-unknown", link=link)
    subject, predicate, target = (next(iter(end)) for end in ends)
    return ox.Quad(subject, predicate, target, ox.DefaultGraph())  # type: ignore[arg-type]


def _here(link: str, predicate: ox.NamedNode, value: ox.NamedNode) -> ox.Quad:
    return ox.Quad(ox.NamedNode(link), predicate, value, ox.DefaultGraph())
