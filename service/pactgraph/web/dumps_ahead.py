"""Has the dumps made before anybody asks: when nobody has asked the service anything for some seconds.

A harvester that comes to a service of some minutes' age then finds them. They are made by a process of low priority, once for
each build; after something was written they are made anew when they are old enough (``PACTGRAPH_DUMPS_SECONDS``).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from pactgraph.web.dump_keeper import DumpKeeper
from pactgraph.web.site import Site

LONGEST_WAIT = 60.0
"""The seconds after which they are made although requests keep coming."""


async def keep_ahead(keeper: DumpKeeper, site: Callable[[], Site], last_request: Callable[[], float], quiet: float) -> None:
    """Look every ``quiet`` seconds whether dumps are due; ends when it is cancelled. ``last_request``: on the monotonic clock."""
    due_since = None
    while True:
        await asyncio.sleep(quiet)
        now = time.monotonic()
        if not await keeper.due(site()):
            due_since = None
            continue
        due_since = due_since or now
        if now - last_request() >= quiet or now - due_since >= LONGEST_WAIT:
            await keeper.make_now(site())
