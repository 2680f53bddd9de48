"""A write is checked, journaled, applied and acknowledged; a refused one leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import pytest
from writing_help import (
    COMMENT,
    CONTRIBUTOR,
    CURATOR,
    GRAPH,
    PLAN_GRAPH,
    TASK,
    TRANSLATION,
    add,
    note,
    quad,
    remove,
    told,
    translation,
)

from pactgraph.access.author import ADMINISTRATOR, READER, Author
from pactgraph.access.author import CURATOR as CURATORS
from pactgraph.errors import UserError
from pactgraph.namespaces import BASE, RDFS
from pactgraph.questions.run import ask
from pactgraph.store import open_store
from pactgraph.writing.change import Change
from pactgraph.writing.writer import Writer


def graph(writer: Writer, name: str) -> set[ox.Quad]:
    place = ox.NamedNode(name if ":" in name else GRAPH + name)
    return {item for item in writer.effective() if item.graph_name == place}


def refused(key: str, writer: Writer, change: Change) -> UserError:
    """A write is refused with a message, and nothing of it is left."""
    before, head = state_of(writer, change), writer.head
    with pytest.raises(UserError) as found:
        writer.write(change)
    assert found.value.key == key, found.value.message()
    assert (state_of(writer, change), writer.head, writer.journal.refresh()) == (before, head, head)
    assert found.value.message("vi") != found.value.message("en")
    return found.value


def state_of(writer: Writer, change: Change) -> tuple[int, set[ox.Quad]]:
    """How much there is, and all that is said of what a change speaks of."""
    inner = writer._data.inner
    subjects = {item.subject for item in change.added | change.removed if not isinstance(item.subject, ox.Triple)}
    return len(inner), {item for subject in subjects for item in inner.quads_for_pattern(subject, None, None)}


def unit(name: str) -> list[ox.Quad]:
    """A part of a body of the made-up country: its class first."""
    labels = [quad(name, f"{RDFS}label", ox.Literal(text, language=lang)) for text, lang in (("Unit", "en"), ("Đơn vị", "vi"))]
    return [quad(name, "a", f"{BASE}ontology/BodyUnit"), quad(name, "unitOf", f"{BASE}id/xsr/body/justice"), *labels]


# What is written ------------------------------------------------------------------------------------------------------

def test_a_statement_without_a_graph_goes_to_the_graph_of_its_author(shared: Writer) -> None:
    done = add(shared, note("one"), author=CURATOR, reason="why")
    (entry,) = shared.journal.entries(after=done.number - 1)
    assert (entry.by, entry.scope, entry.kind, entry.reason) == ("desk", "curator", "update", "why")
    assert entry.patch.added == {note("one", graph=f"{GRAPH}journal/desk")} and not entry.patch.removed
    assert entry.patch.added <= graph(shared, "journal/desk")
    assert (done.added, done.removed, done.head, done.gaps_opened) == (1, 0, shared.head, ())
    assert entry.patch.added <= done.public.added and not done.restricted


def test_what_changes_nothing_is_no_entry(shared: Writer) -> None:
    add(shared, note("twice"))
    head = shared.head
    there = note("twice", graph=f"{GRAPH}journal/operator")
    done = shared.write(Change(CURATOR, frozenset([there]), frozenset([note("nothing")])))
    assert (done.number, done.added, done.removed, shared.head) == (head, 0, 0, head)


def test_whoever_reads_the_folder_sees_it_at_once(shared: Writer) -> None:
    add(shared, note("seen"))
    store = open_store(shared.settings.store)
    text = f"SELECT * WHERE {{ GRAPH ?g {{ <{BASE}id/test/seen> ?p ?o }} }}"
    assert [row["g"].value for row in store.query(text)] == [f"{GRAPH}journal/operator"]  # type: ignore[union-attr]
    assert told(ox.parse(store.dump(), format=ox.RdfFormat.N_QUADS)) == told(shared.effective())


def test_the_patches_tell_readers_exactly_what_changed(shared: Writer) -> None:
    before = set(shared.effective())
    done = add(shared, *unit("new"))
    assert (before - done.public.removed) | done.public.added == set(shared.effective())
    inferred = quad("new", "a", f"{BASE}ontology/Agent", f"{GRAPH}derived/inferred")
    assert inferred in done.public.added


def test_blank_nodes_get_names(shared: Writer) -> None:
    node = ox.BlankNode("b")
    thing = ox.NamedNode(f"{BASE}id/test/blank")
    seen, comment = ox.NamedNode(f"{RDFS}seeAlso"), ox.NamedNode(COMMENT)
    done = add(shared, ox.Quad(thing, seen, node), ox.Quad(node, comment, ox.Literal("x")))
    entry = shared.journal.entry(done.number)
    (link,) = [item for item in entry.patch.added if item.predicate == seen]
    (text,) = [item for item in entry.patch.added if item.predicate == comment]
    assert isinstance(link.object, ox.NamedNode) and link.object == text.subject
    assert ".well-known/genid/" in link.object.value


def test_numbers_are_journaled_as_the_store_keeps_them(shared: Writer) -> None:
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    done = add(shared, quad("number", COMMENT, ox.Literal("007", datatype=integer)))
    (item,) = shared.journal.entry(done.number).patch.added
    assert item.object.value == "7"  # type: ignore[union-attr]
    assert remove(shared, item).removed == 1


def test_what_is_both_added_and_removed_is_there_afterwards(shared: Writer) -> None:
    here = note("both", graph=f"{GRAPH}journal/operator")
    shared.write(Change(CURATOR, frozenset([here]), frozenset([here])))
    assert here in graph(shared, "journal/operator")


# Sources --------------------------------------------------------------------------------------------------------------

def test_a_statement_of_a_source_is_retracted_and_can_come_back(shared: Writer) -> None:
    writer = shared
    before, gone = set(writer.effective()), translation()
    source = (Path(writer.settings.store) / "generations").glob("*/graph.nq")
    text = next(source).read_bytes()
    done = remove(writer, gone, author=CURATOR, reason="read from the wrong row")
    entry = writer.journal.entry(done.number)
    assert (done.added, done.removed) == (0, 1)
    assert {item.graph_name.value for item in entry.patch.added} == {f"{GRAPH}journal/retractions"}  # type: ignore[union-attr]
    assert not entry.patch.removed and gone not in set(writer.effective()) and gone in done.public.removed
    said = {item.predicate.value.rpartition("/")[2].rpartition("#")[2]: item.object for item in entry.patch.added}
    assert (said["subject"], said["predicate"], said["object"]) == (gone.subject, gone.predicate, gone.object)
    assert said["retractedFrom"] == gone.graph_name
    assert said["retractedBy"].value == f"{BASE}id/journal/{done.number}"  # type: ignore[union-attr]
    assert any("missing-translation" in gap for gap in done.gaps_opened)
    gaps = writer.journal.entry(done.number + 1)
    assert (gaps.kind, gaps.by, writer.head) == ("gaps", "pactgraph", done.number + 1)

    table = ask(open_store(writer.settings.store), "evidence-of-thing", {"thing": gone.subject.value}, lang="en")  # type: ignore[union-attr]
    assert [row[table.columns.index("status")] for row in table.rows if gone.object.value in row] == [  # type: ignore[union-attr]
        f"retracted by journal entry {done.number}: read from the wrong row"]

    back = writer.undo(done.number, reason="it was right")
    assert told(writer.effective()) == told(before)
    assert back.gaps_closed == done.gaps_opened and (back.added, back.removed) == (1, 0)
    assert writer.journal.entry(back.number).undoes == done.number
    assert next((Path(writer.settings.store) / "generations").glob("*/graph.nq")).read_bytes() == text


def test_nothing_is_added_to_a_source_or_to_what_is_derived(shared: Writer) -> None:
    for place in (PLAN_GRAPH, f"{GRAPH}ontology"):
        refused("write-source", shared, Change(CURATOR, frozenset([note("x", graph=place)])))
    for place in ("derived/gaps", "derived/new", "meta", "journal/log", "journal/head"):
        refused("write-derived", shared, Change(CURATOR, frozenset([note("x", graph=GRAPH + place)])))
        there = next(iter(graph(shared, place)), None)
        if there:
            refused("write-derived", shared, Change(CURATOR, removed=frozenset([there])))


def test_a_link_that_an_assertion_stands_for_cannot_be_retracted_alone(shared: Writer) -> None:
    link = quad(TASK, "addresses", f"{BASE}id/un/rec/ccpr-c-xsr-co-1/8", f"{GRAPH}xsr/links/2024-117-2024")
    problem = refused("write-refused", shared, Change(CURATOR, removed=frozenset([link])))
    assert problem.values["shape"].endswith("checks/link-published") and "A.1.b" in problem.values["focus"]


def test_a_retraction_of_what_no_source_says_is_refused(shared: Writer) -> None:
    add(shared, note("mine"))
    done = remove(shared, note("mine", graph=f"{GRAPH}journal/operator"))
    assert (done.removed, shared.journal.entry(done.number).patch.added) == (1, frozenset())
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    parts = [("a", f"{BASE}ontology/Retraction"), (f"{rdf}subject", TASK), (f"{rdf}predicate", COMMENT), (f"{rdf}object", "x"),
             ("retractedFrom", f"{GRAPH}journal/operator"), ("retractedBy", f"{BASE}id/journal/1")]
    by_hand = [quad("retraction", name, value, f"{GRAPH}journal/retractions") for name, value in parts]
    refused("write-retraction", shared, Change(CURATOR, frozenset(by_hand)))


# Checks ---------------------------------------------------------------------------------------------------------------

def test_a_write_that_breaks_a_shape_is_refused_with_shape_thing_and_message(shared: Writer) -> None:
    second = quad(TASK, f"{RDFS}label", ox.Literal("Another name", language="en"))
    problem = refused("write-refused", shared, Change(CURATOR, frozenset([second])))
    assert problem.values["shape"] == f"{BASE}shapes/Label-unique" and problem.values["focus"] == TASK
    assert "two labels" in problem.message("en") and "hai nhãn" in problem.message("vi")


def test_a_write_that_contradicts_the_ontology_is_refused(shared: Writer) -> None:
    body = quad(TASK, "coordinator", f"{BASE}id/xsr/body/moj")
    problem = refused("inconsistent", shared, Change(CURATOR, frozenset([quad(TASK, "a", f"{BASE}ontology/Agent"), body])))
    assert "A.1.b" in problem.message()
    assert add(shared, note("afterwards")).added == 1


def test_a_day_that_is_none_is_refused(shared: Writer) -> None:
    unclear = [quad(f"{BASE}id/xsr/body/justice", "existsUntil", value) for value in (TASK, "soon")]
    for item in unclear:
        problem = refused("write-refused", shared, Change(CURATOR, frozenset([item])))
        assert problem.values["focus"].endswith("body/justice")
    assert add(shared, note("after-a-day")).added == 1


def test_a_statement_about_a_statement_is_refused(shared: Writer) -> None:
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c"))
    about = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), triple, ox.NamedNode(f"{GRAPH}journal/x"))
    refused("write-triple-term", shared, Change(CURATOR, frozenset([about])))


# Who may write where --------------------------------------------------------------------------------------------------

OWN, OTHER = f"{GRAPH}journal/body/moj", f"{GRAPH}journal/body/mps"
SECRET, FOREIGN = f"{GRAPH}journal/restricted/moj/notes", f"{GRAPH}journal/restricted/mps/notes"
ANYWHERE = "https://example.org/graph"
MAY = [
    (CONTRIBUTOR, OWN, True), (CONTRIBUTOR, f"{OWN}/2026", True), (CONTRIBUTOR, SECRET, True),
    (CONTRIBUTOR, OTHER, False), (CONTRIBUTOR, FOREIGN, False), (CONTRIBUTOR, f"{OWN}x", False),
    (CONTRIBUTOR, f"{GRAPH}journal/retractions", False), (CONTRIBUTOR, f"{GRAPH}journal/ministry", False),
    (CONTRIBUTOR, ANYWHERE, False), (CURATOR, OWN, True), (CURATOR, FOREIGN, True), (CURATOR, ANYWHERE, True),
    (Author("desk", CURATORS, "moj"), SECRET, True), (Author("desk", CURATORS, "moj"), FOREIGN, False),
    (CURATOR, f"{GRAPH}journal/restricted/", False), (Author("root", ADMINISTRATOR), FOREIGN, True),
]


@pytest.mark.parametrize(("author", "place", "may"), MAY, ids=lambda value: str(value)[-40:])
def test_who_may_write_where(shared: Writer, author: Author, place: str, may: bool) -> None:
    change = Change(author, frozenset([note(f"{author.name}-{author.body}", graph=place)]))
    if may:
        assert shared.write(change).added == 1
    else:
        refused("write-graph", shared, change)
        refused("write-graph", shared, Change(author, removed=change.added))


def test_a_contributor_cannot_retract(shared: Writer) -> None:
    refused("write-graph", shared, Change(CONTRIBUTOR, removed=frozenset([translation()])))


def test_what_a_contributor_says_without_a_graph_is_said_by_the_body(shared: Writer) -> None:
    done = add(shared, note("of-the-body"), author=CONTRIBUTOR)
    assert {item.graph_name.value for item in shared.journal.entry(done.number).patch.added} == {OWN}  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["retractions", "log", "restricted", "body"])
def test_a_name_cannot_be_that_of_a_graph_of_ours(shared: Writer, name: str) -> None:
    done = add(shared, note(name), author=Author(name, CURATORS))
    (item,) = shared.journal.entry(done.number).patch.added
    assert item.graph_name.value == f"{GRAPH}journal/by-{name}"  # type: ignore[union-attr]


def test_readers_and_contributors_without_a_body_write_nothing(shared: Writer) -> None:
    refused("write-scope", shared, Change(Author("eye", READER), frozenset([note("x")])))
    refused("write-no-body", shared, Change(Author("nobody", "contributor"), frozenset([note("x")])))


# Two who write --------------------------------------------------------------------------------------------------------

def test_a_write_on_an_older_state_is_refused(shared: Writer) -> None:
    writer = shared
    seen = add(writer, note("older-a")).head
    after = remove(writer, translation(), expected=seen)
    assert after.head == after.number + 1, "gaps followed"
    add(writer, note("older-b"), expected=after.number)
    refused("write-conflict", writer, Change(CURATOR, frozenset([note("older-c")]), expected=seen))
    refused("write-conflict", writer, Change(CURATOR, frozenset([note("older-c")]), expected=writer.head + 9))
    assert add(writer, note("older-c"), expected=writer.head).added == 1
    writer.undo(after.number)


def test_another_writer_is_told_whose_process_has_the_store(shared: Writer) -> None:
    with pytest.raises(UserError) as found:
        Writer(shared.settings)
    assert found.value.key == "store-locked" and str(os.getpid()) in found.value.message()


def test_an_endpoint_or_memory_has_no_writer() -> None:
    from pactgraph.settings import Settings

    for store in ("memory:", "http://127.0.0.1:1/sparql"):
        with pytest.raises(UserError) as found:
            Writer(Settings(store=store))
        assert found.value.key == "writing-needs-folder"


# Restricted statements --------------------------------------------------------------------------------------------------

def test_restricted_statements_stay_out_of_everything_public(shared: Writer) -> None:
    writer, place = shared, f"{SECRET}/public"
    others = set(writer.restricted())
    before = set(writer.effective())
    hidden = note("zzhidden-1", "zzhidden", place)
    done = add(writer, hidden, author=CONTRIBUTOR, reason="zzhidden")
    assert (done.added, bool(done.public), done.restricted.added) == (1, False, {hidden})
    assert set(writer.restricted()) - others == {hidden} and set(writer.effective()) == before
    mixed = add(writer, note("open", graph=OWN), note("zzhidden-2", "zzhidden", place), author=CONTRIBUTOR,
                reason="zzhidden")
    assert mixed.restricted.added and mixed.public.added
    writer.dump(Path(writer.settings.store).parent / "public.nq")
    for said in (open_store(writer.settings.store).dump(), (Path(writer.settings.store).parent / "public.nq").read_bytes()):
        assert b"id/test/open" in said and b"zzhidden" not in said and b"restricted/moj" not in said


def test_restricted_statements_are_checked_beside_the_public_ones(shared: Writer) -> None:
    place = f"{GRAPH}journal/restricted/moj/checked"
    second = quad(TASK, f"{RDFS}label", ox.Literal("A hidden name", language="en"), place)
    problem = refused("write-refused", shared, Change(CURATOR, frozenset([second])))
    assert problem.values["shape"].endswith("Label-unique")
    hidden = [ox.Quad(item.subject, item.predicate, item.object, ox.NamedNode(place)) for item in unit("hidden")]
    assert add(shared, *hidden).added == 4
    again = ox.Literal("Another", language="en")
    refused("write-refused", shared, Change(CURATOR, frozenset([quad("hidden", f"{RDFS}label", again, place)])))
    assert add(shared, quad("hidden", f"{RDFS}label", again)).added == 1, "what is hidden is not told by a refusal"


# Undo -----------------------------------------------------------------------------------------------------------------

def undo_refused(writer: Writer, undone: int, key: str, **values: object) -> None:
    head = writer.head
    with pytest.raises(UserError) as found:
        writer.undo(undone)
    assert found.value.key == key, found.value.message()
    assert values.items() <= found.value.values.items() and writer.head == head


def test_an_undo_is_refused_where_a_later_entry_changed_the_same(shared: Writer) -> None:
    here = note("changed", graph=f"{GRAPH}journal/operator")
    first = add(shared, here).number
    second = remove(shared, here).number
    undo_refused(shared, first, "undo-later", number=first, later=second)
    third = shared.undo(second).number
    undo_refused(shared, second, "undo-undone", number=second, later=third)
    assert shared.undo(first).removed == 1
    assert here not in set(shared.effective())


def test_an_undo_that_would_break_the_data_is_refused(shared: Writer) -> None:
    kind, *rest = unit("unit")
    first = add(shared, *rest).number
    add(shared, kind)
    undo_refused(shared, first, "write-refused")


def test_gaps_and_entries_that_are_not_there_are_not_undone(shared: Writer) -> None:
    writer = shared
    done = remove(writer, translation())
    undo_refused(writer, done.number + 1, "undo-gaps")
    undo_refused(writer, 9999, "journal-no-entry")
    with pytest.raises(UserError) as found:
        writer.undo(done.number, CURATOR)
    assert found.value.key == "undo-scope"
    writer.undo(done.number)


# Questions ------------------------------------------------------------------------------------------------------------

def test_what_changed_since_a_day_is_a_question(writer: Writer) -> None:
    first = add(writer, note("first"), author=CURATOR, reason="to see")
    second = remove(writer, translation(), reason="wrong")
    writer.undo(first.number)
    day = writer.journal.entry(1).at.date().isoformat()
    table = ask(open_store(writer.settings.store), "changes-since", {"from": day}, lang="en", ids=True)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert [(row["entry"].rpartition("/")[2], row["author"], row["kind"], row["added"], row["removed"]) for row in rows] == [
        ("1", "desk", "update", "1", "0"), ("2", "operator", "update", "0", "1"), ("3", "pactgraph", "gaps", "", ""),
        ("4", "operator", "undo", "0", "1")]
    assert (rows[0]["reason"], rows[0]["graphs"]) == ("to see", f"{GRAPH}journal/desk")
    assert (rows[1]["graphs"], rows[3]["undoes"]) == (TRANSLATION, f"{BASE}id/journal/1")
    assert rows[2]["gaps_opened"] == str(len(second.gaps_opened))
    later = {"from": "2999-01-01", "to": "2999-12-31"}
    assert ask(open_store(writer.settings.store), "changes-since", later, lang="en").rows == []
