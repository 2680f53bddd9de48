"""SERVICE: queries that call other endpoints, where the operator lists those (``PACTGRAPH_SERVICE_ALLOW``).

Ordinary reader processes have no network and refuse SERVICE. A refused query is tried once more by a pool of its own,
which has the network and refuses every SERVICE but the listed addresses. Whatever the other side does, the limits of a
query hold: the process that waits for it is ended like any other. Redirects are not followed.
"""

from __future__ import annotations

from typing import Protocol

from pactgraph.errors import UserError, fail
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation
from pactgraph.store.readers import Limits, Readers, Request, Response
from pactgraph.store.screen import not_listed
from pactgraph.web.site import Site

_SLOW = 4


class Runner(Protocol):
    """Runs queries: the readers, or the cache before them."""

    async def run(self, request: Request) -> Response:
        """The answer to a request."""


def callers(settings: Settings, generation: Generation) -> Readers | None:
    """The pool that may call other endpoints; None where none is listed."""
    allowed = settings.service_endpoints()
    if not allowed:
        return None
    limits = Limits(settings.query_seconds, settings.query_memory, settings.query_bytes, workers=1, slow=_SLOW,
                    max_rows=settings.query_rows)
    return Readers(generation.nquads, limits, allowed)


async def run(site: Site, request: Request, runner: Runner) -> tuple[Response, bool]:
    """The answer to a query, and whether another endpoint was called for it."""
    try:
        return await runner.run(request), False
    except UserError as refusal:
        if refusal.key != "query-service" or site.callers is None:
            raise
    try:
        return await site.callers.run(request), True
    except UserError as refusal:
        if refusal.key == "query-service":
            raise not_listed(site.settings.service_endpoints()) from None
        if refusal.key == "query-engine":
            raise fail("service-failed", reason=refusal.values.get("reason", "")) from None
        raise
