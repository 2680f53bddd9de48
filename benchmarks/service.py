"""The SPARQL service beside Oxigraph's own server, rdflib-endpoint and an empty FastAPI route, over HTTP, in one run.

Each measure alternates between the rivals (A B A B …), so that what else the machine does hits all of them, and takes
the median. Every query is sent with a comment of its own, so that no server may answer it from a cache; only the
measure "cached" repeats one. Prints ratios and says which goals hold; exits with 1 where one does not.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from math import ceil
from pathlib import Path

import service_data
from http_clients import Wrong, fetch, get, post, seconds_for
from rivals import Server, empty_route, oxigraph, pactgraph, rdflib_endpoint, running

HERE = Path(__file__).parent
JSON, CSV = "application/sparql-results+json", "text/csv"
GOALS = {"catalogue": 2.0, "rows": 0.6, "cheap": 0.3, "cached": 0.7, "rdflib-endpoint": 20.0}
Batch = Callable[[int], list[bytes]]
"""So many requests, none like another one sent before."""


class Results:
    """The ratios measured on one graph, and whether they reach the goals."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def tell(self, goal: str, what: str, ratio: float) -> None:
        """Print a ratio beside its goal."""
        holds = ratio >= GOALS[goal]
        print(f"  {'holds ' if holds else 'MISSED'} {what:58} {ratio:8.2f} (goal {GOALS[goal]:g})", flush=True)
        if not holds:
            self.missed.append(what)


def uncached(server: Server, text: str, accept: str, numbers: Iterator[int] = count()) -> Batch:  # noqa: B008
    """Makes requests for a query, each with a comment that makes it a new one."""
    return lambda size: [post(server.path, f"{text}\n# {next(numbers)}", accept) for _ in range(size)]


def compared(rivals: list[tuple[Server, Batch]], clients: int, rounds: int, at_least: float = 0.1) -> list[float]:
    """Seconds a request for each rival: the median of the rounds, in which the rivals take turns."""
    sizes = []
    for server, batch in rivals:
        once = seconds_for(server.port, batch(clients), clients) / clients
        if once < at_least:  # the first answers warm the server, the next ones tell how many fill a round
            once = seconds_for(server.port, batch(2 * clients), clients) / (2 * clients)
        sizes.append(clients * ceil(min(max(at_least / once, 1), 2000) / clients))
    taken: list[list[float]] = [[] for _ in rivals]
    for turn in range(rounds):
        order = list(enumerate(rivals))
        for place, (server, batch) in order if turn % 2 == 0 else reversed(order):
            taken[place].append(seconds_for(server.port, batch(sizes[place]), clients) / sizes[place])
    return [statistics.median(times) for times in taken]


def catalogue(ours: Server, theirs: Server, texts: dict[str, str], clients: int, rounds: int, results: Results) -> None:
    """Every question of the catalogue, uncached."""
    print(f"catalogue, uncached, {clients} client(s): ms a request, {theirs.name}, ratio")
    pairs = []
    for name, text in texts.items():
        pair = compared([(one, uncached(one, text, JSON)) for one in (ours, theirs)], clients, rounds)
        pairs.append(pair)
        print(f"  {name:36} {1000 * pair[0]:9.1f} {1000 * pair[1]:9.1f} {pair[1] / pair[0]:6.2f}", flush=True)
    ratios = [other / mine for mine, other in pairs]
    slower = sum(ratio < GOALS["catalogue"] for ratio in ratios)
    total = sum(pair[1] for pair in pairs) / sum(pair[0] for pair in pairs)
    results.tell("catalogue", f"catalogue, {clients} client(s): all questions together", total)
    results.tell("catalogue", f"catalogue, {clients} client(s): median question", statistics.median(ratios))
    print(f"  geometric mean {statistics.geometric_mean(ratios):.2f}; below the goal: {slower} of {len(ratios)}, "
          f"the least {min(ratios):.2f}", flush=True)


def single(ours: Server, theirs: Server, rounds: int, results: Results) -> None:
    """The large and the cheap query."""
    for goal, accept in (("rows", JSON), ("rows", CSV), ("cheap", JSON)):
        text = (HERE / "queries" / f"{goal}.rq").read_text("utf-8")
        for clients in (1, 4):
            mine, other = compared([(one, uncached(one, text, accept)) for one in (ours, theirs)], clients, rounds, 0.3)
            what = ("10,000 rows" if goal == "rows" else "cheap query") + (", CSV" if accept == CSV else ", JSON")
            results.tell(goal, f"{what}, {clients} client(s): {1 / mine:.0f} to {1 / other:.0f} a second", other / mine)


def cached(ours: Server, texts: dict[str, str], rounds: int, results: Results) -> None:
    """Answers from the cache beside an empty route."""
    empty = empty_route()
    cheap = (HERE / "queries" / "cheap.rq").read_text("utf-8")
    question = texts["gaps-for-article"]
    with running(empty):
        nothing = get("/")
        for name, request in (("cheap query by GET", get("/sparql", JSON, query=cheap)),
                              ("a question by POST", post("/sparql", question, JSON))):
            for clients in (1, 4):
                mine, other = compared([(ours, lambda size, one=request: [one] * size),
                                        (empty, lambda size: [nothing] * size)], clients, rounds, 0.3)
                results.tell("cached", f"cached, {name}, {clients} client(s): {1 / mine:.0f} to {1 / other:.0f} a second",
                             other / mine)


def against_rdflib(ours: Server, theirs: Server, texts: dict[str, str], limit: float, results: Results) -> None:
    """The catalogue beside rdflib-endpoint. A question that takes it longer than ``limit`` counts as if it took that."""
    print("catalogue beside rdflib-endpoint: ms, ms, ratio")
    totals, ratios = [0.0, 0.0], []
    for name, text in texts.items():
        mine = compared([(ours, uncached(ours, text, JSON))], 1, 3)[0]
        ended = ""
        try:
            other = min(seconds_for(theirs.port, uncached(theirs, text, JSON)(1), 1, limit) for _ in range(2))
        except TimeoutError:
            other, ended = limit, "not finished"
        except Wrong as problem:
            print(f"  {name:36} {1000 * mine:9.1f} refused: {str(problem).splitlines()[-1][:80]}", flush=True)
            theirs.restart()
            continue
        totals = [totals[0] + mine, totals[1] + other]
        ratios.append(other / mine)
        print(f"  {name:36} {1000 * mine:9.1f} {1000 * other:9.0f} {other / mine:7.0f} {ended}", flush=True)
        if ended:
            theirs.restart()
    results.tell("rdflib-endpoint", "rdflib-endpoint: all questions together", totals[1] / totals[0])
    results.tell("rdflib-endpoint", "rdflib-endpoint: median question", statistics.median(ratios))


def same_rows(ours: Server, theirs: Server, texts: dict[str, str]) -> None:
    """Say where the two servers do not give the same number of rows."""
    different = []
    for name, text in texts.items():
        found = [len(json.loads(fetch(one.port, post(one.path, text, JSON)))["results"]["bindings"]) for one in (ours, theirs)]
        if found[0] != found[1]:
            different.append(f"{name} {found[0]}/{found[1]}")
    print(f"the same rows: {'NO, ' + ', '.join(different) if different else 'yes'}", flush=True)


def measure(graph: service_data.Graph, given: argparse.Namespace) -> list[str]:
    """All measures on one graph; returns the goals that were missed."""
    print(f"\n== {graph.name}: {graph.statements:,} statements", flush=True)
    results = Results()
    programs = given.rivals / "bin"
    texts = {name: text for name, text in graph.questions().items() if not given.question or name in given.question}
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = pactgraph(graph.generation), oxigraph(programs, graph.nquads, Path(folder) / "oxigraph")
        with running(ours, theirs):
            if "catalogue" in given.parts:
                same_rows(ours, theirs, texts)
                for clients in given.clients:
                    catalogue(ours, theirs, texts, clients, given.rounds, results)
            if "single" in given.parts:
                single(ours, theirs, 2 * given.rounds + 1, results)
            if "cached" in given.parts:
                cached(ours, graph.questions(), 2 * given.rounds + 1, results)
        if "rdflib" in given.parts:
            rival = rdflib_endpoint(programs, graph.nquads)
            with running(ours, rival):
                against_rdflib(ours, rival, texts, given.limit, results)
    return results.missed


def main() -> None:
    parts = ("catalogue", "single", "cached", "rdflib")
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rivals", type=Path, default=Path(".venv-rivals"), help="a venv with what rivals.txt names")
    arguments.add_argument("--graphs", nargs="*", default=["viet-nam", "large"], choices=("viet-nam", "large"))
    arguments.add_argument("--parts", nargs="*", default=list(parts), choices=parts)
    arguments.add_argument("--question", nargs="*", help="only these questions of the catalogue")
    arguments.add_argument("--clients", type=int, nargs="*", default=[1, 4], help="how many ask the catalogue at the same time")
    arguments.add_argument("--rounds", type=int, default=5, help="how often the rivals take turns")
    arguments.add_argument("--limit", type=float, default=30, help="seconds that rdflib-endpoint gets for a question")
    arguments.add_argument("--statements", type=int, default=500_000, help="size of the large graph")
    given = arguments.parse_args()
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        for name in given.graphs:
            graph = (service_data.viet_nam(Path(folder)) if name == "viet-nam"
                     else service_data.large(Path(folder), given.statements))
            missed += [f"{graph.name}: {what}" for what in measure(graph, given)]
    print(f"\nmissed: {'; '.join(missed)}" if missed else "\nall goals hold")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
