"""Checks a graph against SHACL shapes: by our own engine, with pySHACL as its reference and its way out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pactgraph.build.rdflib_graph import to_graph
from pactgraph.build.results import CheckResult, severity_of
from pactgraph.build.shacl.engine import Engine
from pactgraph.build.shacl.reference import check_by_pyshacl, complete_prefixes
from pactgraph.resources import shipped_files
from pactgraph.settings import FAST, PYSHACL

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["FAST", "PYSHACL", "CheckResult", "check", "severity_of", "shapes_graph"]


def shapes_graph(files: Iterable[Path] | None = None) -> Graph:
    """The shipped shapes (or those of ``files``) as one rdflib graph. The shipped ones are read once a process."""
    if files is not None:
        return _read(files)
    return _shipped(tuple((path, path.stat().st_mtime_ns) for path in shipped_files("shapes", ".ttl")))


@lru_cache(maxsize=1)
def _shipped(files: tuple[tuple[Path, int], ...]) -> Graph:
    return _read(path for path, _ in files)


def _read(files: Iterable[Path]) -> Graph:
    shapes = to_graph(quad for path in files for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE,
                                                                  rename_blank_nodes=True))
    complete_prefixes(shapes)  # here, so that nobody changes a graph that is shared
    return shapes


def check(quads: Iterable[ox.Quad], shapes: Graph | None = None, checker: str = FAST) -> list[CheckResult]:
    """Validate the union of graphs; nothing is fetched and no import is followed. Results come in a fixed order.

    ``checker`` is ``fast`` (our engine; pySHACL for each shape that it does not know) or ``pyshacl``. Shapes that cannot
    be checked (broken, recursive, beyond SHACL's rules) raise a UserError: none is ever skipped.
    """
    shapes = shapes_graph() if shapes is None else shapes
    complete_prefixes(shapes)
    found = check_by_pyshacl(to_graph(quads), shapes) if checker == PYSHACL else Engine(quads, shapes).check()
    return sorted(found, key=CheckResult.sort_key)
