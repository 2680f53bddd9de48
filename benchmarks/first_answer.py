"""How long a newcomer waits: build, second start, first answer; and the questions beside rdflib.

Prints seconds and milliseconds of this machine, and for each question the ratio rdflib / pactgraph.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from rdflib import Dataset

from pactgraph.catalogue import load
from pactgraph.store import open_store
from pactgraph.store.generations import current

QUESTIONS = ("agency-for-recommendation", "recommendations-without-task", "overdue", "graded-recommendations")


def serve(store: str) -> tuple[float, float]:
    """Start the service; seconds until ``/health`` answers, and until the first question is answered after that."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "pactgraph", "serve", "--store", store, "--port", str(port)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        while True:
            try:
                urlopen(f"{address}/health", timeout=5).read()
                break
            except (URLError, OSError):
                time.sleep(0.01)
        ready = time.perf_counter() - began
        urlopen(f"{address}/questions/agency-for-recommendation.json", timeout=30).read()
        return ready, time.perf_counter() - began - ready
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def median_ms(action, times: int) -> float:
    """The median time of an action in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def main() -> None:
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it reports each NULL date that a query compares
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "store")
        first, answer = serve(store)
        print(f"build from nothing and serve: {first:.1f} s, first answer after that: {1000 * answer:.0f} ms")
        second, answer = serve(store)
        print(f"second start: {second:.2f} s, first answer after that: {1000 * answer:.0f} ms")
        generation = current(Path(store))
        assert generation is not None
        ours = open_store(store)
        rival = Dataset(default_union=True)
        rival.parse(generation.nquads, format="nquads")
        print(f"{'question':32} {'pactgraph ms':>12} {'rdflib ms':>10} {'ratio':>6}")
        for name in QUESTIONS:
            text = load("questions", name).text
            mine = median_ms(lambda text=text: list(ours.query(text)), 9)
            theirs = median_ms(lambda text=text: list(rival.query(text)), 1)
            print(f"{name:32} {mine:12.1f} {theirs:10.0f} {theirs / mine:6.0f}")


if __name__ == "__main__":
    main()
