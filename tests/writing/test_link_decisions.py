"""A decision on a proposed link, as the writer takes it: retracted on record, journaled with its reason, taken back whole."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from writing_help import CONTRIBUTOR, CURATOR, GRAPH

from pactgraph.access.author import Author
from pactgraph.errors import UserError
from pactgraph.namespaces import BASE, PG, RDF, VOCAB, concept
from pactgraph.writing.change import Change
from pactgraph.writing.link_decisions import ACCEPT, CONFIRM, PROPOSED, REJECT, Mandate, decide
from pactgraph.writing.writer import Writer

STATUS = ox.NamedNode(PG + "linkStatus")


def stated(writer: Writer, link: str) -> list[ox.Quad]:
    return [quad for quad in writer.effective() if quad.subject == ox.NamedNode(link)]


def status(writer: Writer, link: str) -> list[str]:
    return [quad.object.value.rsplit("/", 1)[-1] for quad in stated(writer, link) if quad.predicate == STATUS]  # type: ignore[union-attr]


def plain(writer: Writer, link: str) -> list[str]:
    """The graphs that hold the plain link of an assertion."""
    ends = {quad.predicate.value.removeprefix(PG): quad.object for quad in stated(writer, link)}
    wanted = tuple(ends[f"link{name}"] for name in ("Subject", "Predicate", "Object"))
    return [quad.graph_name.value for quad in writer.effective()  # type: ignore[union-attr]
            if (quad.subject, quad.predicate, quad.object) == wanted]


@pytest.fixture
def link(shared: Writer) -> str:
    """A link that a source proposes."""
    found = sorted(quad.subject.value for quad in shared.effective()  # type: ignore[union-attr]
                   if (quad.predicate, quad.object) == (STATUS, ox.NamedNode(PROPOSED)))
    if found:
        return found[0]
    pytest.fail("the made-up country has no proposed link")


@pytest.mark.parametrize(("decision", "after", "stands"), [
    (ACCEPT, "curated", [f"{GRAPH}journal/desk"]), (REJECT, "rejected", [])])
def test_a_decision_stands_and_the_source_keeps_its_word(shared: Writer, link: str, decision: str, after: str,
                                                         stands: list[str]) -> None:
    before = set(stated(shared, link))
    done = shared.write(decide(link, before, decision, CURATOR, reason="read both sides", expected=shared.head))
    assert status(shared, link) == [after] and plain(shared, link) == stands
    entry = shared.journal.entry(done.number)
    assert (entry.by, entry.reason, entry.extra) == ("desk", "read both sides", {"link": link, "decision": after})
    retracted = {quad.object for quad in entry.patch.added if quad.predicate == ox.NamedNode(RDF + "object")}
    assert retracted == {ox.NamedNode(PROPOSED)} and not entry.patch.removed
    shared.undo(done.number, CURATOR, "wrong link")  # what one wrote oneself
    assert set(stated(shared, link)) == before and plain(shared, link) == []


def test_a_confirmation_names_the_body(shared: Writer, link: str) -> None:
    body = next(quad.subject.value for quad in shared.effective()  # type: ignore[union-attr]
                if (quad.predicate, quad.object) == (ox.NamedNode(RDF + "type"), ox.NamedNode(PG + "PublicBody")))
    change = decide(link, stated(shared, link), CONFIRM, CURATOR, mandate=Mandate(body, "Letter 1"))
    assert change.reason == "Letter 1"
    shared.write(change)
    assert status(shared, link) == ["confirmed"] and plain(shared, link)
    # The shapes refuse a confirmation by what is no body
    shared.undo(shared.head if shared.journal.entry(shared.head).kind == "update" else shared.head - 1)
    with pytest.raises(UserError) as refused:
        shared.write(decide(link, stated(shared, link), CONFIRM, CURATOR, mandate=Mandate(f"{BASE}id/nobody", "Letter 1")))
    assert refused.value.key == "write-refused"


def test_a_link_that_was_written_into_the_journal_is_decided_too(shared: Writer, link: str) -> None:
    name = f"{BASE}id/test/link"
    copied = frozenset(ox.Quad(ox.NamedNode(name), quad.predicate, quad.object, ox.NamedNode(f"{GRAPH}journal/proposals"))
                       for quad in stated(shared, link) if quad.graph_name != ox.NamedNode(f"{GRAPH}derived/inferred"))
    shared.write(Change(CURATOR, copied))
    done = shared.write(decide(name, stated(shared, name), REJECT, CURATOR, reason="twice"))
    assert status(shared, name) == ["rejected"]
    assert {quad.object for quad in shared.journal.entry(done.number).patch.removed} == {ox.NamedNode(PROPOSED)}


def test_what_cannot_be_decided(shared: Writer, link: str) -> None:
    quads = stated(shared, link)
    halves = [quad for quad in quads if quad.predicate != ox.NamedNode(PG + "linkObject")]
    tries = [
        (("x", [], ACCEPT, CURATOR), {}, "link-unknown"),
        ((link, quads, "burn", CURATOR), {}, "link-decision"),
        ((link, quads, REJECT, CURATOR), {}, "link-reason"),
        ((link, quads, CONFIRM, CURATOR), {}, "link-mandate"),
        ((link, quads, ACCEPT, CURATOR), {"mandate": Mandate("https://example.org/body", "x")}, "link-mandate"),
        ((link, quads, ACCEPT, CONTRIBUTOR), {}, "work-scope"),
        ((link, quads, ACCEPT, Author("looker", "reader")), {}, "work-scope"),
        ((link, halves, ACCEPT, CURATOR), {}, "link-unknown"),
    ]
    for arguments, named, key in tries:
        with pytest.raises(UserError) as refused:
            decide(*arguments, **named)  # type: ignore[arg-type]
        assert refused.value.key == key and refused.value.message("vi") and refused.value.message("en")
    done = shared.write(decide(link, quads, ACCEPT, CURATOR))
    with pytest.raises(UserError) as refused:
        decide(link, stated(shared, link), REJECT, CURATOR, reason="late")
    shared.undo(done.number)
    assert refused.value.key == "link-decided" and concept("link-status", "curated").startswith(VOCAB)


def test_others_take_back_only_what_they_wrote(shared: Writer, link: str) -> None:
    done = shared.write(decide(link, stated(shared, link), ACCEPT, CURATOR))
    for author in (Author("other", "curator"), CONTRIBUTOR, Author("desk", "reader"), Author("desk", "contributor", "moj")):
        with pytest.raises(UserError) as refused:
            shared.undo(done.number, author)
        assert refused.value.key == "undo-scope"
    shared.undo(done.number)
