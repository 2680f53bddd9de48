"""A pool of reader processes over a file, as the service has it, for the time of a test."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from pactgraph.store.readers import Limits, Readers


def with_readers(nquads: Path, work: Callable[[Readers], Awaitable[None]], **limits: object) -> None:
    """Do something with readers of a file; a query may take a second, where ``limits`` says nothing else."""
    async def whole() -> None:
        readers = Readers(nquads, Limits(**{"seconds": 1.0, **limits}))  # type: ignore[arg-type]
        try:
            await readers.start()
            await work(readers)
        finally:
            await readers.close()

    asyncio.run(whole())
