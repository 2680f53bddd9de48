"""Checks at any size: our engine beside pySHACL on one graph with planted errors, each in a process of its own.

``--statements N`` sets the size, ``--repeat N`` how often our engine runs, ``--alone`` leaves pySHACL out. Load included.
Then a progress report is written into a checked graph, and what it touches is checked again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import pyoxigraph as ox
from generated_graph import IDS, Generator
from planted_errors import planted

from pactgraph.build.check import FAST, PYSHACL, check
from pactgraph.build.check_incremental import CheckedGraph, check_changes
from pactgraph.build.validate import shipped_terms
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter

OF_A_TASK = 130  # statements for each task
Answer = tuple[float, float, int, Counter[Any]]


def write_graph(statements: int, file: str) -> int:
    """Write the graph; returns the number of statements."""
    terms = shipped_terms()
    tasks = max(40, (statements - len(terms)) // OF_A_TASK)
    quads = planted(terms + Generator(tasks, plans=max(2, tasks // 200), alone=False).quads())
    with open(file, "wb") as stream:
        ox.serialize(quads, stream, format=ox.RdfFormat.N_QUADS)
    return len(quads)


def load_and_check(file: str, checker: str) -> Counter[Any]:
    """Load a graph and check it by the shapes; what was found, as often as it was."""
    quads = ox.parse(path=file, format=ox.RdfFormat.N_QUADS)
    return Counter((item.focus_term, item.path, item.value_term, item.component, item.severity, item.shape)
                   for item in check(quads, checker=checker))


def progress(file: str, _: str) -> Counter[Any]:
    """Milliseconds of ten reports, each a statement, a status and evidence; the median as a Counter's only key."""
    checked = CheckedGraph(ox.parse(path=file, format=ox.RdfFormat.N_QUADS))
    taken = []
    for number in range(10):
        out = GraphWriter(IDS.graph("reports"))
        task, base = IDS.task("1-2019", "A.1"), f"{IDS.task('1-2019', 'A.1')}/new/{number}"
        for kind, about in (("ProgressStatement", "statement"), ("StatusObservation", "status")):
            out.a(f"{base}/{about}", f"pg:{kind}")
            out.link(f"{base}/{about}", "pg:aboutItem", task)
            out.link(f"{base}/{about}", "pg:reportedBy", IDS.body("b1"))
            out.text(f"{base}/{about}", "pg:statementText", "Đã hoàn thành." if about == "statement" else None, "vi")
        out.link(f"{base}/status", "pg:taskStatus", concept("task-status", "in-progress"))
        out.a(f"{base}/evidence", "pg:Evidence")
        out.label(f"{base}/evidence", "Báo cáo", "Report")
        out.link(f"{base}/evidence", "pg:evidenceFor", f"{base}/statement")
        began = time.perf_counter()
        changed = check_changes(checked, out.quads)
        taken.append(1000 * (time.perf_counter() - began))
        assert changed.opened and not changed.closed  # the report does not say for which day it holds
    return Counter({statistics.median(taken): 1})


def measured(run: Callable[[str, str], Counter[Any]], file: str, checker: str) -> Answer:
    """Seconds, seconds of the processor, peak memory in MB and result of a run in a process of its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(run, file, checker, there))
    process.start()
    answer: Answer = here.recv()
    process.join()
    return answer


def _measure(run: Callable[[str, str], Counter[Any]], file: str, checker: str, answer: Connection) -> None:
    began, processor = time.perf_counter(), time.process_time()
    found = run(file, checker)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    answer.send((time.perf_counter() - began, time.process_time() - processor, peak, found))


def _told(name: str, seconds: float, processor: float, peak: int, found: Counter[Any]) -> None:
    print(f"{name:10} {seconds:6.1f} s ({processor:.1f} s of the processor), {peak:,} MB, {found.total():,} results", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--statements", type=int, default=500_000)
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--alone", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "graph.nq")
        print(f"{write_graph(given.statements, file):,} statements", flush=True)
        runs = [measured(load_and_check, file, FAST) for _ in range(given.repeat)]
        for seconds, processor, peak, found in runs:
            _told("our engine", seconds, processor, peak, found)
        if not given.alone:
            seconds, processor, peak, expected = measured(load_and_check, file, PYSHACL)
            _told("pySHACL", seconds, processor, peak, expected)
            ours = statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)
            print(f"ratio {seconds / ours[0]:.0f} ({processor / ours[1]:.0f} by the processor); "
                  f"the same results: {'yes' if all(run[3] == expected for run in runs) else 'NO'}", flush=True)
        taken = next(iter(measured(progress, file, FAST)[3]))
        print(f"a progress report, checked again: {taken:.0f} ms")


if __name__ == "__main__":
    main()
