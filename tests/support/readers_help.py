"""A pool of reader processes over a file, as the service has it, for the time of a test."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from pactgraph.errors import UserError
from pactgraph.store.readers import Limits, Readers

Answered = TypeVar("Answered")


async def when_back(ask: Callable[[], Awaitable[Answered]]) -> Answered:
    """What is asked of readers that were killed, once others are there."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await ask()
            except UserError as problem:
                assert problem.key in ("query-busy", "query-engine", "query-memory"), problem.message()
                await asyncio.sleep(0.02)


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
