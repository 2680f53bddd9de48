"""What the service counts, for Prometheus. Labels take few values, and none that a client chooses.

Several web workers on one store count together (:mod:`pactgraph.web.sharing`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from pactgraph.store.readers import REFUSALS
from pactgraph.store.tally import Tally
from pactgraph.web.done import Done
from pactgraph.web.sharing import FOLDER

disable_created_metrics()  # type: ignore[no-untyped-call]
_REQUEST_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_WORDS = {key: word for word, key in REFUSALS.items()} | {"gone": "gone"}


_WATCHING = frozenset({"/health", "/metrics"})
"""What machines ask all the time, which is no use of the service."""


class Metrics(Tally):
    """The counts of one process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.last_request = time.monotonic()
        self._kept: dict[tuple[str, str, int], tuple[Counter, Histogram, Counter]] = {}
        self._make_request_metrics()
        self._make_query_metrics()
        if not os.environ.get(FOLDER):
            ProcessCollector(registry=self.registry)

    def _make_request_metrics(self) -> None:
        names, to = ("method", "route", "status"), self.registry
        self._requests = Counter("pactgraph_http_requests", "Requests answered.", names, registry=to)
        self._seconds = Histogram("pactgraph_http_request_seconds", "How long requests took.", ("route",),
                                  buckets=_REQUEST_SECONDS, registry=to)
        self._bytes = Counter("pactgraph_http_response_bytes", "Bytes of answers, without headers.", ("route",),
                              registry=to)
        self._open = Gauge("pactgraph_http_requests_running", "Requests being answered.", registry=to,
                           multiprocess_mode="livesum")
        self._limits = Counter("pactgraph_http_limits_reached", "Requests that were told of a limit.", ("limit",),
                               registry=to)

    def _make_query_metrics(self) -> None:
        to = self.registry
        self._queries = Counter("pactgraph_queries", "Queries that the readers ended, by how.", ("result",), registry=to)
        self._query_seconds = Histogram("pactgraph_query_seconds", "How long queries of the readers took.",
                                        buckets=_REQUEST_SECONDS, registry=to)
        self._running = Gauge("pactgraph_queries_running", "Queries waiting for a reader or running.", registry=to,
                              multiprocess_mode="livesum")
        self._slow = Gauge("pactgraph_queries_slow_running", "Long queries running apart from the others.", registry=to,
                           multiprocess_mode="livesum")
        self._slow_all = Counter("pactgraph_queries_slow", "Queries that were set apart as long ones.", registry=to)
        self._cache = Counter("pactgraph_cache_lookups", "Answers looked for in memory.", ("cache", "found"), registry=to)
        self._replaced = Counter("pactgraph_reader_processes_replaced", "Reader processes ended or set apart, and replaced.",
                                 registry=to)
        self._restarts = Counter("pactgraph_readers_restarts", "Times that all readers were lost and started again.",
                                 registry=to)

    def request_began(self) -> None:
        """A request came."""
        self._open.inc()

    def request_ended(self, done: Done) -> None:
        """A request was answered."""
        self._open.dec()
        if done.route not in _WATCHING:
            self.last_request = time.monotonic()
        key = done.method, done.route, done.status
        kept = self._kept.get(key)
        if kept is None:  # looking a metric up by its labels costs more than to count
            kept = self._kept[key] = (self._requests.labels(done.method, done.route, str(done.status)),
                                      self._seconds.labels(done.route), self._bytes.labels(done.route))
        kept[0].inc()
        kept[1].observe(done.seconds)
        kept[2].inc(done.bytes)
        if done.limit:
            self._limits.labels(done.limit).inc()

    def cache(self, name: str) -> Callable[[bool], None]:
        """What to call at each look into the cache ``name``, with whether the answer was there."""
        hit, miss = self._cache.labels(name, "yes"), self._cache.labels(name, "no")
        return lambda found: hit.inc() if found else miss.inc()

    def began(self) -> None:
        """A query came."""
        self._running.inc()

    def ended(self, seconds: float, refusal: str) -> None:
        """A query ended."""
        self._running.dec()
        self._query_seconds.observe(seconds)
        self._queries.labels(_WORDS.get(refusal, "other") if refusal else "answered").inc()

    def slow_began(self) -> None:
        """A query left the ordinary ones."""
        self._slow.inc()
        self._slow_all.inc()

    def slow_ended(self) -> None:
        """A query that had left the ordinary ones ended."""
        self._slow.dec()

    def replaced(self) -> None:
        """A reader process was ended or set apart, and another one takes its place."""
        self._replaced.inc()

    def restarted(self) -> None:
        """The readers were lost and are started again."""
        self._restarts.inc()

    def page(self, accept: str, state: Callable[[], Iterable[Metric]]) -> tuple[bytes, str]:
        """All counts as Prometheus reads them, with their media type; ``state`` adds what is so now."""
        registry = CollectorRegistry()
        registry.register(_State(state))
        folder = os.environ.get(FOLDER)
        if folder:
            _forget_dead(Path(folder))
            MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
        else:
            registry.register(_State(self.registry.collect))
        encode, media_type = choose_encoder(accept)
        return encode(registry), media_type


@cache
def of_process() -> Metrics:
    """The counts of this process."""
    return Metrics()


class _State(Collector):
    """Collects what a function gives."""

    def __init__(self, give: Callable[[], Iterable[Metric]]) -> None:
        self._give = give

    def collect(self) -> Iterable[Metric]:
        return self._give()


def _forget_dead(folder: Path) -> None:
    """Take the gauges of processes that ended out of the sums."""
    for file in folder.glob("gauge_live*_*.db"):
        pid = file.stem.rpartition("_")[2]
        if pid.isdigit() and not _alive(int(pid)):
            file.unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
