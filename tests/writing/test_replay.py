"""A build replays the journal: its graph is the one that the writer holds, byte for byte, and earlier states can be asked for."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from effort import examples
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from writing_help import (
    CONTRIBUTOR,
    CURATOR,
    GRAPH,
    TASK,
    TRANSLATED,
    add,
    note,
    quad,
    remove,
    stored,
    told,
    translation,
)

from pactgraph.build.freshness import up_to_date
from pactgraph.build.pipeline import build, make_graph
from pactgraph.build.summary import summary_text
from pactgraph.errors import UserError
from pactgraph.namespaces import BASE, RDFS
from pactgraph.settings import Settings
from pactgraph.store.generations import current
from pactgraph.writing.at_revision import store_at
from pactgraph.writing.change import Change
from pactgraph.writing.writer import Writer

SECRET = f"{GRAPH}journal/restricted/moj/notes"
STAYS = "https://example.org/graph"


def write_all(writer: Writer) -> None:
    """Writes of every kind; the last is one that opens no gap, so that a build reads up to the head."""
    add(writer, note("one"), note("two", graph=STAYS), author=CURATOR, reason="to see")
    remove(writer, translation(), reason="wrong")
    add(writer, note("hidden", "hidden", SECRET), author=CONTRIBUTOR)
    add(writer, quad(TRANSLATED, f"{RDFS}label", ox.Literal("Other words", language="en")), author=CURATOR)
    remove(writer, note("one", graph=f"{GRAPH}journal/desk"))
    add(writer, note("last"))


def test_a_build_makes_the_graph_that_the_writer_holds(writer: Writer, settings: Settings) -> None:
    write_all(writer)
    head, now = writer.head, set(writer.effective())
    assert up_to_date(settings) is not None, "entries since the build ask for no new build"
    writer.close()
    generation = build(settings)
    data = generation.nquads.read_bytes()
    assert stored(ox.parse(data, format=ox.RdfFormat.N_QUADS)) == now
    assert b"/test/one" not in data and b"/test/two" in data and b"/test/hidden" not in data
    assert (generation.journal, generation.summary()["journal"]) == (head, head)
    with Writer(settings) as again:
        assert set(again.effective()) == now and again.head == head
        assert {item.graph_name.value for item in again.restricted()} == {SECRET}  # type: ignore[union-attr]
        with pytest.raises(UserError, match="two labels"):
            again.undo(2)
        again.undo(5)
        assert again.undo(2).added == 1 and translation() in set(again.effective())


def test_the_fingerprint_covers_what_people_wrote_but_not_gaps(writer: Writer, settings: Settings) -> None:
    before = writer.generation.fingerprint
    done = remove(writer, translation())
    assert done.head == done.number + 1
    writer.close()
    first = build(settings)
    assert first.fingerprint != before and first.journal == done.number, "gaps follow from what is built"
    data = first.nquads.read_bytes()
    pointer = Path(settings.store) / "current"
    old = json.loads(pointer.read_text("utf-8")) | {"format": 1}
    del old["journal"]
    pointer.write_text(json.dumps(old), "utf-8")
    assert current(Path(settings.store)) is None and up_to_date(settings) is None, "a store of an older layout is built anew"
    again = build(settings)
    assert again == first and again.nquads.read_bytes() == data, "the same inputs, the same bytes"
    with Writer(settings) as again:
        assert again.head == done.head
        assert told(again.effective()) == told(ox.parse(path=str(first.nquads), format=ox.RdfFormat.N_QUADS))


def test_a_retracted_statement_that_a_new_release_does_not_make_is_told(writer: Writer, settings: Settings,
                                                                       tmp_path: Path) -> None:
    number = remove(writer, translation()).number
    writer.close()
    shutil.copytree(settings.data, tmp_path / "data")
    table = tmp_path / "data" / "xsr" / "plans" / "2024-117-2024" / "translation.csv"
    table.write_text(table.read_text("utf-8").replace("Revise the Penal Code", "Amend the Penal Code"), "utf-8")
    newer = replace(settings, data=str(tmp_path / "data"))
    summary = build(newer).summary()
    assert summary["retracted_missing"] == [{"entry": number, "statement": str(translation())}]
    assert f"Entry {number}" in summary_text(summary, "en") and f"Mục {number}" in summary_text(summary, "vi")
    with Writer(newer) as again:
        assert again.undo(number).number and translation() not in set(again.effective()), "no source says it any more"


def test_the_graphs_that_people_wrote_to_are_described(writer: Writer, settings: Settings) -> None:
    write_all(writer)
    meta = {(item.subject.value, item.predicate.value.rpartition("/")[2]): item.object.value  # type: ignore[union-attr]
            for item in writer.effective() if item.graph_name.value == f"{GRAPH}meta"}  # type: ignore[union-attr]
    assert meta[STAYS, "contributor"] == "desk"
    assert (STAYS, "license") not in meta and (STAYS, "rights") in meta
    assert not any("restricted" in subject for subject, _ in meta)


def test_earlier_states_can_be_asked_for(writer: Writer, settings: Settings) -> None:
    states = [told(writer.effective())]
    for change in (Change(CURATOR, frozenset([note("one")])), Change(CURATOR, removed=frozenset([translation()]))):
        writer.write(change)
        states += [told(writer.effective())] * (writer.head + 1 - len(states))
    writer.close()
    build(settings)
    assert states[2] == states[3], "the gaps that followed belong to the entry before"
    for number, state in enumerate(states):
        if number == 2:
            continue
        assert told(ox.parse(store_at(settings, number).dump(), format=ox.RdfFormat.N_QUADS)) == state, number
    with pytest.raises(UserError) as found:
        store_at(settings, len(states))
    assert found.value.key == "journal-no-entry"


# Any writes -----------------------------------------------------------------------------------------------------------

THINGS = [TASK, TRANSLATED, f"{BASE}id/xsr/body/justice", f"{BASE}id/xsr/body/culture", f"{BASE}id/test/x"]
LINKS = ["addresses", "unitOf", "transferTo", "transferFrom", "existsUntil", "responsibleAgent", "concernsProvision", "repeats"]
ADDED = st.builds(quad, st.sampled_from(THINGS), st.sampled_from(LINKS), st.sampled_from(THINGS))


REMOVED = st.frozensets(st.integers(0, 2000), max_size=2)
WRITES = st.lists(st.tuples(st.frozensets(ADDED, max_size=3), REMOVED), min_size=1, max_size=5)


@pytest.mark.slow
@hypothesis_settings(max_examples=examples(4), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WRITES)
def test_whatever_is_written_the_writer_holds_what_a_build_would_make(shared: Writer, writes: list[tuple[frozenset[ox.Quad],
                                                                                                   frozenset[int]]]) -> None:
    for added, places in writes:
        there = sorted((item for item in shared.effective() if item.graph_name.value.startswith(  # type: ignore[union-attr]
            (f"{GRAPH}xsr/", f"{GRAPH}journal/desk", f"{GRAPH}un/links"))), key=str)
        removed = frozenset(there[place % len(there)] for place in places)
        try:
            shared.write(Change(CURATOR, added, removed))
        except UserError as refusal:
            assert refusal.key in ("write-refused", "inconsistent", "write-not-followed"), refusal.message()
    assert told(make_graph(shared.settings).quads) == told(shared.effective())
