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
def link(writer: Writer) -> str:
    """A link that a source proposes."""
    found = sorted(quad.subject.value for quad in writer.effective() if quad.object == ox.NamedNode(PROPOSED))  # type: ignore[union-attr]
    if found:
        return found[0]
    pytest.fail("the made-up country has no proposed link")


@pytest.mark.parametrize(("decision", "after", "stands"), [
    (ACCEPT, "curated", [f"{GRAPH}journal/desk"]), (REJECT, "rejected", [])])
def test_a_decision_stands_and_the_source_keeps_its_word(writer: Writer, link: str, decision: str, after: str,
                                                         stands: list[str]) -> None:
    before = set(stated(writer, link))
    done = writer.write(decide(link, before, decision, CURATOR, reason="read both sides", expected=writer.head))
    assert status(writer, link) == [after] and plain(writer, link) == stands
    entry = writer.journal.entry(done.number)
    assert (entry.by, entry.reason, entry.extra) == ("desk", "read both sides", {"link": link, "decision": after})
    retracted = {quad.object for quad in entry.patch.added if quad.predicate == ox.NamedNode(RDF + "object")}
    assert retracted == {ox.NamedNode(PROPOSED)} and not entry.patch.removed
    writer.undo(done.number, CURATOR, "wrong link")  # what one wrote oneself
    assert set(stated(writer, link)) == before and plain(writer, link) == []


def test_a_confirmation_names_the_body(writer: Writer, link: str) -> None:
    body = next(quad.subject.value for quad in writer.effective()  # type: ignore[union-attr]
                if (quad.predicate, quad.object) == (ox.NamedNode(RDF + "type"), ox.NamedNode(PG + "PublicBody")))
    change = decide(link, stated(writer, link), CONFIRM, CURATOR, mandate=Mandate(body, "Letter 1"))
    assert change.reason == "Letter 1"
    writer.write(change)
    assert status(writer, link) == ["confirmed"] and plain(writer, link)
    # The shapes refuse a confirmation by what is no body
    writer.undo(writer.head if writer.journal.entry(writer.head).kind == "update" else writer.head - 1)
    with pytest.raises(UserError) as refused:
        writer.write(decide(link, stated(writer, link), CONFIRM, CURATOR, mandate=Mandate(f"{BASE}id/nobody", "Letter 1")))
    assert refused.value.key == "write-refused"


def test_a_link_that_was_written_into_the_journal_is_decided_too(writer: Writer, link: str) -> None:
    name = f"{BASE}id/test/link"
    copied = frozenset(ox.Quad(ox.NamedNode(name), quad.predicate, quad.object, ox.NamedNode(f"{GRAPH}journal/proposals"))
                       for quad in stated(writer, link) if quad.graph_name != ox.NamedNode(f"{GRAPH}derived/inferred"))
    writer.write(Change(CURATOR, copied))
    done = writer.write(decide(name, stated(writer, name), REJECT, CURATOR, reason="twice"))
    assert status(writer, name) == ["rejected"]
    assert {quad.object for quad in writer.journal.entry(done.number).patch.removed} == {ox.NamedNode(PROPOSED)}


def test_what_cannot_be_decided(writer: Writer, link: str) -> None:
    quads = stated(writer, link)
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
    writer.write(decide(link, quads, ACCEPT, CURATOR))
    with pytest.raises(UserError) as refused:
        decide(link, stated(writer, link), REJECT, CURATOR, reason="late")
    assert refused.value.key == "link-decided" and concept("link-status", "curated").startswith(VOCAB)


def test_others_take_back_only_what_they_wrote(writer: Writer, link: str) -> None:
    done = writer.write(decide(link, stated(writer, link), ACCEPT, CURATOR))
    for author in (Author("other", "curator"), CONTRIBUTOR, Author("desk", "reader"), Author("desk", "contributor", "moj")):
        with pytest.raises(UserError) as refused:
            writer.undo(done.number, author)
        assert refused.value.key == "undo-scope"
