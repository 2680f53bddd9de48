"""``/metrics`` for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Request
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from starlette.responses import Response

from pactgraph import __version__, logs
from pactgraph.errors import fail
from pactgraph.web.metrics import of_process
from pactgraph.web.site import Site, site_of
from pactgraph.web.watchers import may_watch

router = APIRouter()


@router.get("/metrics", summary="What the service counts, for Prometheus")
async def metrics(request: Request) -> Response:
    """The counts, for those whom ``PACTGRAPH_METRICS_FROM`` names."""
    site = site_of(request)
    if not may_watch(request, site.settings.metrics_from):
        raise fail("metrics-closed")
    body, media_type = of_process().page(request.headers.get("accept", ""), lambda: _state(site))
    return Response(body, headers={"Content-Type": media_type, "Cache-Control": "no-store", "Vary": "Accept"})


def _state(site: Site) -> Iterator[Metric]:
    """What is so now, the same in every worker of the service."""
    program = GaugeMetricFamily("pactgraph_build_info", "The program that serves.", labels=("version",))
    program.add_metric((__version__,), 1)
    yield program
    served = GaugeMetricFamily("pactgraph_generation_info", "The graph that is served.", labels=("fingerprint",))
    served.add_metric((site.generation.fingerprint,), 1)
    yield served
    yield GaugeMetricFamily("pactgraph_statements", "Statements of the graph that is served.", site.readers.triples)
    yield GaugeMetricFamily("pactgraph_journal_number", "The last entry of the journal that is served.", site.number)
    yield CounterMetricFamily("pactgraph_log_lines_dropped", "Log lines of this worker that nobody read in time.",
                              logs.dropped())
