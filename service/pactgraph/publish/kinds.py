"""The kinds of export, and how one is made. A kind is a function that writes files of one export with what it is given.

A room above this one adds a kind of its own by :func:`register`, before it calls :func:`export`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

from pactgraph import __version__
from pactgraph.errors import fail
from pactgraph.publish.handed_on import LeftOut, handed_on
from pactgraph.publish.staging import Writer, staged
from pactgraph.settings import Settings
from pactgraph.store import Store
from pactgraph.store.choose import is_remote
from pactgraph.store.generations import current
from pactgraph.store.revisions import newest
from pactgraph.texts import LANGUAGES, say

Told = Callable[[str, int, int], None]
Revision = dict[str, str | int]
"""A state of the graph: ``fingerprint`` of its build, number of the ``journal``'s last entry; empty where a store knows none."""


@dataclass
class Context:
    """What a kind is made from.

    ``as_of`` is the day (YYYY-MM-DD) for what depends on one; ``options`` are those of the kind that were given, by name;
    ``told`` hears words for people, how far the work is and of how much; ``warnings`` takes sentences for people; ``releases``
    (:class:`~pactgraph.publish.released.Release`) are those that descriptions name, the newest first (the one that is being
    made). None: those of the settings' folder. ``left_out``: the graphs that must not be handed on; ``store`` is without them.
    """

    store: Store
    settings: Settings
    lang: str
    as_of: str
    revision: Revision
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: Told = lambda words, at, of: None
    warnings: list[str] = field(default_factory=list)
    releases: list[Any] | None = None
    left_out: LeftOut = field(default_factory=list)


Make = Callable[[Context, Writer], dict[str, Any]]
"""Writes the files of a kind; what it returns stands in the manifest beside the files."""


@dataclass(frozen=True)
class Kind:
    """A kind of export. ``module`` has a function ``make`` (:data:`Make`); its title is the sentence ``export-kind-NAME``."""

    name: str
    module: str
    options: frozenset[str] = frozenset()

    def title(self, lang: str) -> str:
        """What it is, in a few words."""
        return say(f"export-kind-{self.name}", lang)


_KINDS = {kind.name: kind for kind in (
    Kind("dumps", "pactgraph.publish.dumps", frozenset({"format", "compression", "group", "without"})),
    Kind("tables", "pactgraph.publish.tables"),
    Kind("catalog", "pactgraph.publish.catalog", frozenset({"of", "address", "version"})),
)}


def register(kind: Kind) -> None:
    """Add a kind of a room above."""
    _KINDS[kind.name] = kind


def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order in which they were added."""
    return tuple(_KINDS.values())


def kind_of(name: str) -> Kind:
    """A kind by its name; an unknown one is an error that tells the nearest."""
    if name not in _KINDS:
        near = get_close_matches(name, _KINDS, n=3, cutoff=0.4) or list(_KINDS)
        raise fail("export-kind", name=name, near=", ".join(near), known=", ".join(_KINDS))
    return _KINDS[name]


def revision_of(settings: Settings, number: int | None = None) -> Revision:
    """The state of the graph that the settings' store holds now, or (``number``) at an entry of the journal."""
    generation = None if settings.store == "memory:" or is_remote(settings.store) else current(Path(settings.store))
    if generation is None:
        return {"fingerprint": "", "journal": 0}
    later = newest(Path(settings.store), generation.fingerprint)
    last = later.journal if later else generation.journal
    return {"fingerprint": generation.fingerprint, "journal": last if number is None else number}


def export(kind: Kind, context: Context, target: Path) -> dict[str, Any]:
    """Make an export and put it at ``target``, in one step; its manifest's head comes back.

    An option that the kind does not know, a place that is not ours to replace, and whatever keeps files from being
    written raise a UserError; what stood at the target stays whole then.
    """
    for name in context.options:
        if name not in kind.options:
            raise fail("export-option", option=name, kind=kind.name, known=", ".join(sorted(kind.options)) or "–")
    make: Make = import_module(kind.module).make
    with staged(target, kind.name) as writer:
        context.store, context.left_out = handed_on(context.store, context.settings.base, writer.scratch() / "handed-on")
        more = make(context, writer)
        head = {"kind": kind.name, "title": {lang: kind.title(lang) for lang in LANGUAGES}, "program": f"pactgraph {__version__}",
                "base": context.settings.base, "revision": context.revision, "left_out": context.left_out, **more}
        writer.finish(head)
    return head
