"""What others feel of four bombs: the p95 of a catalogue question beside its quiet value, on a running service.

    python benchmarks/four_bombs.py [--store FOLDER] [--seconds 8]

Every question is asked uncached (a comment makes each query new). Also prints what content codings cost and save.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import itertools
import os
import re
import statistics
import subprocess
import sys
import threading
import time

import httpx
import zstandard

from pactgraph.catalogue import load

BOMB = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?f) }"
LARGE = "SELECT * WHERE { ?s ?p ?o } LIMIT 10000"
QUESTION = "recommendations-without-task"
SETTLE = 3.0
"""Seconds until the bombs are known for what they are, on a machine that is busy with other things too."""
_numbers = itertools.count()


def timed(client: httpx.Client, seconds: float) -> list[float]:
    """The times of one catalogue question, asked again and again."""
    text, found = load("questions", QUESTION).text, []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.perf_counter()
        answer = client.get("/sparql", params={"query": f"{text}\n# {next(_numbers)}"})
        found.append(time.perf_counter() - begun)
        if answer.status_code != 200:
            sys.exit(f"the question was refused: {answer.text}")
    return found


def p95(times: list[float]) -> float:
    """The time that 95 of 100 stay under."""
    return statistics.quantiles(times, n=20)[-1]


def bomb(address: str, stop: threading.Event) -> None:
    """Send bombs, one after the other."""
    with httpx.Client(base_url=address, timeout=60) as client:
        while not stop.is_set():
            with contextlib.suppress(httpx.HTTPError):  # the service ends before the last bomb is stopped
                client.get("/sparql", params={"query": f"{BOMB} # {next(_numbers)}"})


def codings(client: httpx.Client) -> None:
    """What compressing 10,000 rows costs and saves."""
    body = client.get("/sparql", params={"query": LARGE, "format": "json"}, headers={"Accept-Encoding": "identity"}).content
    for name, compress in (("gzip -5", lambda: gzip.compress(body, 5)),
                           ("zstd -3", lambda: zstandard.ZstdCompressor(3).compress(body))):
        begun = time.perf_counter()
        size = len(compress())
        print(f"{name}: {len(body):,} bytes to {size:,} in {(time.perf_counter() - begun) * 1000:.1f} ms")


def main() -> None:
    """Start a service and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", default=".pactgraph")
    parser.add_argument("--seconds", type=float, default=8)
    arguments = parser.parse_args()
    command = [sys.executable, "-m", "pactgraph", "serve", "--port", "0", "--store", arguments.store]
    environment = os.environ | {"PACTGRAPH_QUERY_SECONDS": str(arguments.seconds + 3 * SETTLE)}
    service = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert service.stderr is not None
        address = next(found[0] for line in service.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        with httpx.Client(base_url=address, timeout=60) as client:
            codings(client)
            timed(client, 1)
            quiet = p95(timed(client, arguments.seconds))
            stop = threading.Event()
            bombs = [threading.Thread(target=bomb, args=(address, stop), daemon=True) for _ in range(4)]
            for one in bombs:
                one.start()
            time.sleep(SETTLE)
            loud = p95(timed(client, arguments.seconds))
            stop.set()
        print(f"p95 of {QUESTION}: quiet {quiet * 1000:.1f} ms, with four bombs {loud * 1000:.1f} ms, ratio {loud / quiet:.2f}")
    finally:
        service.terminate()
        service.wait(20)


if __name__ == "__main__":
    main()
