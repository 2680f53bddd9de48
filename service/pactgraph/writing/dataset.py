"""The public dataset in memory, with all that follows from it: brought up to date by each change, or left as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from pactgraph.build.addressees import CLASSES, READS, derive_addressees
from pactgraph.build.check_incremental import Changed, CheckedGraph, check_changes
from pactgraph.build.gaps import GRAPH as GAPS
from pactgraph.build.gaps_incremental import KnownGaps
from pactgraph.build.infer_incremental import Closure, Triple, is_schema
from pactgraph.build.journaled import graph_of, system_graphs
from pactgraph.build.meta import descriptions
from pactgraph.build.results import CheckResult
from pactgraph.errors import UserError, fail
from pactgraph.ids import Ids
from pactgraph.journal.patch import Patch, joined
from pactgraph.sources.quads import expand
from pactgraph.store.embedded import EmbeddedStore

MOST_TOLD = 100
"""How many errors a refused write is told."""
_READ = frozenset(expand(name) for name in READS)
_KINDS = frozenset(expand(name) for name in CLASSES)
_TYPE = expand("rdf:type")


@dataclass
class Step:
    """A change that was made in memory and can be taken back: what was stated, and all that followed."""

    stated: Patch
    patch: Patch
    union_added: list[Triple] = field(default_factory=list)
    union_removed: list[Triple] = field(default_factory=list)


class Dataset:
    """The effective public dataset. ``bare``: a store without sources, where nothing follows from anything."""

    def __init__(self, inner: ox.Store, ids: Ids, bare: bool = False) -> None:
        self.inner, self.ids, self.bare = inner, ids, bare
        self._addressees = ox.NamedNode(ids.graph("derived/addressees"))
        self._inferred = ox.NamedNode(ids.graph("derived/inferred"))
        self._gaps = ox.NamedNode(ids.graph(GAPS))
        self._meta = ox.NamedNode(ids.graph("meta"))
        self.unchecked = {self._inferred.value, self._gaps.value, *system_graphs(ids)}
        self._known_gaps = KnownGaps(ids)
        self.sizes: Counter[str] = Counter(graph_of(quad) for quad in inner)

    # What is kept beside the quads ---------------------------------------------------------------------------------

    @cached_property
    def checked(self) -> CheckedGraph:
        """What is stated, with the results of its checks; made when it is first asked for (some seconds)."""
        return CheckedGraph(quad for quad in self.inner if graph_of(quad) not in self.unchecked)

    @cached_property
    def closure(self) -> Closure:
        """What follows by inference."""
        return Closure(self.checked.engine.graph)

    def forget(self) -> None:
        """Forget what was worked out; it is made anew when it is next asked for."""
        self.__dict__.pop("checked", None)
        self.__dict__.pop("closure", None)

    # Changes --------------------------------------------------------------------------------------------------------

    def change(self, stated: Patch, refuse: bool = True) -> Step:
        """Make a change with the addressees and inferences that follow; errors that it opens raise a UserError.

        After a UserError everything is as it was.
        """
        checked = self.checked  # made before anything changes
        closure = None if self.bare else self.closure
        done = self._apply(stated)
        step = Step(done, done)
        try:
            if not self.bare and _moves_addressees(done):
                step.stated = step.patch = joined(done, self._replace(self._addressees, self._new_addressees(done)))
            before = {quad: self._number(quad) for quad in step.stated.added | step.stated.removed}
            was = {quad: checked.engine.graph.states(*triple) for quad, triple in before.items()}
            opened = self._check(step.stated).opened
            for quad, triple in before.items():
                now = checked.engine.graph.states(*triple)
                if now != was[quad]:
                    (step.union_added if now else step.union_removed).append(triple)
            if refuse:
                _refuse_errors(opened)
            if closure is not None:
                self._infer(step)
        except BaseException:
            self._take_back(step)
            raise
        return step

    def _check(self, patch: Patch) -> Changed:
        try:
            return check_changes(self.checked, patch.added, patch.removed)
        except BaseException:
            self.forget()
            raise

    def _number(self, quad: ox.Quad) -> Triple:
        graph = self.checked.engine.graph
        return graph.number(quad.subject), graph.number(quad.predicate), graph.number(quad.object)

    def _infer(self, step: Step) -> None:
        if any(is_schema(quad) for quad in step.stated.added | step.stated.removed):
            self.__dict__.pop("closure", None)
            made = self.closure.quads(self.closure.made, self.ids.base, self._inferred)
            self.closure.refuse_contradictions({triple[0] for triple in self.closure.made})
            step.patch = joined(step.patch, self._replace(self._inferred, made))
            return
        new, lost = self.closure.change(set(step.union_added), set(step.union_removed))
        quads = [self.closure.quads(part, self.ids.base, self._inferred) for part in (new, lost)]
        step.patch = joined(step.patch, self._apply(Patch.of(*quads)))
        self.closure.refuse_contradictions({triple[0] for triple in [*new, *step.union_added]})

    def take_back(self, step: Step) -> None:
        """Make a step undone, as if it had never been."""
        self._take_back(step)

    def _take_back(self, step: Step) -> None:
        self._apply(step.patch.inverse())
        if "checked" in self.__dict__:
            self._check(step.stated.inverse())
        self.__dict__.pop("closure", None)  # made anew in a fraction of a second

    def check_beside(self, there: Iterable[ox.Quad], patch: Patch) -> None:
        """Check a change of statements that stand beside the public ones, with those that stand there already."""
        there = list(there)
        self._check(Patch(frozenset(there)))
        try:
            opened = self._check(patch).opened
        finally:
            if "checked" in self.__dict__:
                self._check(Patch(frozenset(), frozenset(there) | patch.added))
        _refuse_errors(opened)

    def follow(self, contributors: Mapping[str, Iterable[str]], log: Iterable[ox.Quad]) -> Patch:
        """Add entries of the journal to the log, and describe the named graphs anew."""
        patch = self._apply(Patch(frozenset(log)))
        self.sizes.pop(self._meta.value, None)
        new = descriptions(self.sizes, self.ids, contributors)
        return joined(patch, self._replace(self._meta, new))

    def new_gaps(self, changed: Patch) -> Patch:
        """Find the gaps again after a change; what came and went."""
        found = self._known_gaps.find(EmbeddedStore(self.inner), self.checked.results(), changed.added | changed.removed)
        return self._replace(self._gaps, found)

    # Quads ----------------------------------------------------------------------------------------------------------

    def _new_addressees(self, change: Patch) -> list[ox.Quad]:
        """The addressees after a change; one that cannot be followed is refused, by its shape if it has one."""
        facts = [quad for name in _READ for quad in self.inner.quads_for_pattern(None, name, None)]
        facts += [quad for kind in _KINDS for quad in self.inner.quads_for_pattern(None, _TYPE, kind)]
        known = [quad for quad in facts if graph_of(quad) not in self.unchecked and quad.graph_name != self._addressees]
        try:
            return derive_addressees(known, self._addressees.value)
        except (ValueError, RecursionError) as problem:
            _refuse_errors(self._check(change).opened)
            raise fail("write-not-followed", reason=str(problem)) from None

    def _replace(self, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> Patch:
        """Let a graph hold exactly some quads; the difference."""
        fresh = ox.Store()
        fresh.extend(quads)
        old, new = set(self.inner.quads_for_pattern(None, None, None, graph)), set(fresh)
        return self._apply(Patch(frozenset(new - old), frozenset(old - new)))

    def _apply(self, patch: Patch) -> Patch:
        """Add and remove quads; what really changed."""
        removed = {quad for quad in patch.removed if quad in self.inner}
        added = {quad for quad in patch.added if quad not in self.inner}
        for quad in removed:
            self.inner.remove(quad)
            self.sizes[graph_of(quad)] -= 1
        self.inner.extend(added)
        self.sizes.update(graph_of(quad) for quad in added)
        return Patch(frozenset(added), frozenset(removed))


def _moves_addressees(patch: Patch) -> bool:
    return any(quad.predicate in _READ or (quad.predicate == _TYPE and quad.object in _KINDS)
               for quad in patch.added | patch.removed)


def _refuse_errors(opened: Iterable[CheckResult]) -> None:
    errors = [result for result in opened if result.severity == "error"]
    if errors:
        raise refusal(errors)


def refusal(errors: list[CheckResult]) -> UserError:
    """What a write is told that would break the data: shape, thing and message of the first error, and a list of all."""
    first = errors[0]
    return fail("write-refused", shape=first.shape, focus=first.focus, path=first.path or "–", message=first.message,
                count=len(errors), errors=[_told(error) for error in errors[:MOST_TOLD]])


def _told(error: CheckResult) -> dict[str, object]:
    """One error as whoever wrote may read it: the message in every language."""
    return {name: getattr(error, name) for name in ("shape", "focus", "path", "value", "message")}
