"""Inference at 100,000 statements: the rules in the store beside owlrl, in one run. ``--tasks N`` sets the size of a plan."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import pyoxigraph as ox
from generated_graph import Generator

from pactgraph.build.assemble import shipped_graphs
from pactgraph.build.infer import infer
from pactgraph.build.infer_owlrl import infer_by_owlrl
from pactgraph.ids import Ids
from pactgraph.namespaces import BASE

TARGET = f"{BASE}graph/derived/inferred"


def timed(run: Callable[[], list[ox.Quad]]) -> tuple[float, list[ox.Quad]]:
    """Seconds and result of a run."""
    begin = time.perf_counter()
    result = run()
    return time.perf_counter() - begin, result


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tasks", type=int, default=700)
    tasks = arguments.parse_args().tasks
    ids = Ids()
    silent = {ids.graph("shapes"), ids.graph("vocabularies")}
    quads = [quad for quad in shipped_graphs(ids) if quad.graph_name.value not in silent] + Generator(tasks).quads()
    links = sum(not isinstance(quad.object, ox.Literal) for quad in quads)
    print(f"{len(quads):,} statements, {links:,} of them links")
    ours, found = timed(lambda: infer(quads, BASE, TARGET))
    print(f"rules in the store: {ours:.2f} s, {len(found):,} statements follow", flush=True)
    theirs, expected = timed(lambda: infer_by_owlrl(quads, BASE, TARGET))
    print(f"owlrl:              {theirs:.2f} s, {len(expected):,} statements follow")
    print(f"ratio {theirs / ours:.0f}; the same statements: {'yes' if found == expected else 'NO'}")


if __name__ == "__main__":
    main()
