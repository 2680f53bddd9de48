"""The build: assemble, infer, work out addressees, check, find gaps, write. A function of its inputs: no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from pactgraph.build.addressees import derive_addressees
from pactgraph.build.assemble import assemble
from pactgraph.build.check import CheckResult
from pactgraph.build.checks import check_all
from pactgraph.build.fingerprint import fingerprint
from pactgraph.build.freshness import imported_folder
from pactgraph.build.gaps import stored_gaps
from pactgraph.build.generation import Built, write_generation
from pactgraph.build.history import history
from pactgraph.build.infer import infer
from pactgraph.build.journaled import Journaled, graph_of, journal_of, replayed, retracting_entries, without_retracted
from pactgraph.build.meta import graph_descriptions
from pactgraph.build.summary import summarise
from pactgraph.build.void import described_for_editors
from pactgraph.errors import UserError, fail
from pactgraph.ids import Ids
from pactgraph.settings import Settings
from pactgraph.store.choose import is_remote
from pactgraph.store.embedded import EmbeddedStore
from pactgraph.store.generations import Generation, writing
from pactgraph.texts import LANGUAGES

STAGES = ("assemble", "addressees", "infer", "check", "gaps", "write")
Progress = Callable[[str, int, int], None]
"""Called as a stage begins: its name, its place, the number of stages."""


def _silent(stage: str, at: int, of: int) -> None:
    """Report nothing."""


def make_graph(settings: Settings, imported: Path | None = None, progress: Progress = _silent) -> Built:
    """Build the whole graph in memory. Bad data raises a UserError that names file, row and column."""
    def stage(name: str) -> None:
        progress(name, STAGES.index(name), len(STAGES))

    ids = Ids(settings.base)
    stage("assemble")
    sources = assemble(settings, imported)
    sources += described_for_editors(sources, ids)
    state = replayed(journal_of(settings), settings.base)
    of_sources = {graph_of(quad) for quad in sources}
    sources, left_out, missing = without_retracted(sources, state, settings.base)
    quads, results = complete([*sources, *state.public], settings, stage)
    store = EmbeddedStore.in_memory()
    store.load(quads)
    summary = summarise(store, results)
    summary["journal"] = state.number
    summary["journal_graphs"] = sorted({graph_of(quad) for quad in state.public} - of_sources)
    summary["retracted_missing"] = retracting_entries(missing, state, settings.base)
    quads += described(quads, state, ids)
    return Built(quads, summary, results, state, frozenset(left_out))


def complete(stated: list[ox.Quad], settings: Settings, stage: Callable[[str], None] = lambda _: None,
             ) -> tuple[list[ox.Quad], list[CheckResult]]:
    """What is stated with all that follows from it (addressees, inferences, gaps), and what the checks find."""
    ids = Ids(settings.base)
    stage("addressees")
    quads = stated + derive_addressees(stated, ids.graph("derived/addressees"))
    stage("infer")
    inferred = infer(premises_of(quads, ids), settings.base, ids.graph("derived/inferred"))
    stage("check")
    # What was stated is checked, not what was inferred: inference would type every dangling IRI as what it should be.
    results = check_all(quads, checker=settings.checker)
    quads += inferred
    stage("gaps")
    store = EmbeddedStore.in_memory()
    store.load(quads)
    return quads + stored_gaps(store, results, ids), results


def premises_of(quads: Iterable[ox.Quad], ids: Ids) -> list[ox.Quad]:
    """What inference draws on: shapes and vocabularies imply nothing about things (proved by a test)."""
    silent = {ids.graph("shapes"), ids.graph("vocabularies")}
    return [quad for quad in quads if graph_of(quad) not in silent]


def described(quads: list[ox.Quad], state: Journaled, ids: Ids) -> list[ox.Quad]:
    """What the graph says about itself: the entries of the journal, and the description of every named graph."""
    log = history(state.entries, ids)
    return log + graph_descriptions([*quads, *log], ids, state.contributors)


def build(settings: Settings, progress: Progress = _silent) -> Generation:
    """Build into the store's folder and make the result current; on any error the old graph stays as it is."""
    with writing(Path(settings.store)):
        return build_owned(settings, progress)


def build_owned(settings: Settings, progress: Progress = _silent) -> Generation:
    """Like :func:`build`, for a caller that holds the store's lock (:func:`~pactgraph.store.generations.writing`)."""
    store = Path(settings.store)
    imported = imported_folder(settings.store)
    built = make_graph(settings, imported, progress)
    key = fingerprint(settings, imported, built.journal.id)
    progress("write", STAGES.index("write"), len(STAGES))
    try:
        return write_generation(store, key, built)
    except OSError as problem:
        raise fail("store-unwritable", store=str(store), reason=problem.strerror or str(problem)) from None


def build_into_endpoint(settings: Settings, progress: Progress = _silent) -> dict[str, Any]:
    """Build and load every graph into a remote store, graph by graph; returns the summary.

    The endpoint is marked as half loaded meanwhile; a build that is broken off leaves the mark and is made anew.
    """
    from pactgraph.store import remote_state
    from pactgraph.store.endpoint import Endpoint
    from pactgraph.store.remote import RemoteStore

    assert is_remote(settings.store)
    remote = RemoteStore(Endpoint.of(settings))
    remote_state.state_of(remote)  # an endpoint that does not answer is told before the work is done
    built = make_graph(settings, None, progress)
    progress("write", STAGES.index("write"), len(STAGES))
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in set(built.quads):
        graphs.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
    done, total = 0, sum(map(len, graphs.values()))
    older = remote_state.begin(remote, graphs) - graphs.keys()
    try:
        for graph in sorted(older):
            remote.drop(graph)
        for graph in sorted(graphs):
            remote.drop(graph)
            done += remote.load(graphs[graph])
        key = fingerprint(settings, imported_folder(settings.store))
        remote_state.finish(remote, key, {graph: len(quads) for graph, quads in graphs.items()}, built.summary)
    except UserError as problem:
        values = {lang: problem.message(lang) for lang in LANGUAGES}
        raise fail("endpoint-broken-off", address=settings.store, done=done, total=total, reason=values) from None
    return built.summary
