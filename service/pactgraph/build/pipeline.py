"""The build: assemble, infer, work out addressees, check, find gaps, write. A function of its inputs: no clock."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from pactgraph.build.addressees import derive_addressees
from pactgraph.build.assemble import assemble
from pactgraph.build.check import CheckResult
from pactgraph.build.checks import check_all
from pactgraph.build.fingerprint import fingerprint
from pactgraph.build.gaps import stored_gaps
from pactgraph.build.infer import infer
from pactgraph.build.meta import graph_descriptions
from pactgraph.build.summary import summarise
from pactgraph.errors import UserError, fail
from pactgraph.ids import Ids
from pactgraph.settings import Settings
from pactgraph.store.choose import is_remote
from pactgraph.store.embedded import EmbeddedStore, canonical_nquads
from pactgraph.store.generations import Generation, current, new_folder, publish, writing
from pactgraph.texts import LANGUAGES

STAGES = ("assemble", "addressees", "infer", "check", "gaps", "write")
Progress = Callable[[str, int, int], None]
"""Called as a stage begins: its name, its place, the number of stages."""


@dataclass(frozen=True)
class Built:
    """A finished graph with what the build counted and found."""

    quads: list[ox.Quad]
    summary: dict[str, Any]
    results: list[CheckResult]


def _silent(stage: str, at: int, of: int) -> None:
    """Report nothing."""


def make_graph(settings: Settings, imported: Path | None = None, progress: Progress = _silent) -> Built:
    """Build the whole graph in memory. Bad data raises a UserError that names file, row and column."""
    def stage(name: str) -> None:
        progress(name, STAGES.index(name), len(STAGES))

    ids = Ids(settings.base)
    stage("assemble")
    quads = assemble(settings, imported)
    stage("addressees")
    quads += derive_addressees(quads, ids.graph("derived/addressees"))
    stage("infer")
    silent = {ids.graph("shapes"), ids.graph("vocabularies")}  # they imply nothing about things: proved by a test
    premises = [quad for quad in quads if getattr(quad.graph_name, "value", "") not in silent]
    inferred = infer(premises, settings.base, ids.graph("derived/inferred"))
    stage("check")
    # What was stated is checked, not what was inferred: inference would type every dangling IRI as what it should be.
    results = check_all(quads, checker=settings.checker)
    quads += inferred
    stage("gaps")
    store = EmbeddedStore.in_memory()
    store.load(quads)
    gaps = stored_gaps(store, results, ids)
    store.load(gaps)
    quads += gaps
    quads += graph_descriptions(quads, ids)
    summary = summarise(store, results)
    return Built(quads, summary, results)


def imported_folder(store: str) -> Path:
    """Where the sources stand that were imported into a store (see :mod:`pactgraph.sources.imported`)."""
    return Path(store) / "sources"


def up_to_date(settings: Settings) -> Generation | None:
    """The current generation, where it was made of exactly today's inputs."""
    store = Path(settings.store)
    generation = current(store)
    if generation and generation.fingerprint == fingerprint(settings, imported_folder(settings.store)):
        return generation
    return None


def build(settings: Settings, progress: Progress = _silent) -> Generation:
    """Build into the store's folder and make the result current; on any error the old graph stays as it is."""
    with writing(Path(settings.store)):
        return build_owned(settings, progress)


def build_owned(settings: Settings, progress: Progress = _silent) -> Generation:
    """Like :func:`build`, for a caller that holds the store's lock (:func:`~pactgraph.store.generations.writing`)."""
    store = Path(settings.store)
    imported = imported_folder(settings.store)
    key = fingerprint(settings, imported)
    built = make_graph(settings, imported, progress)
    progress("write", STAGES.index("write"), len(STAGES))
    try:
        return _write(store, key, built)
    except OSError as problem:
        raise fail("store-unwritable", store=str(store), reason=problem.strerror or str(problem)) from None


def _write(store: Path, key: str, built: Built) -> Generation:
    folder = new_folder(store, key)
    data = canonical_nquads(built.quads)
    _save(folder / "graph.nq", data)
    database = EmbeddedStore.on_disk(folder / "oxigraph", read_only=False)
    database.load_nquads(folder / "graph.nq")
    database.close()
    _save(folder / "summary.json", json.dumps(built.summary, ensure_ascii=False, indent=1).encode("utf-8"))
    return publish(store, key, folder)


def _save(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


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
