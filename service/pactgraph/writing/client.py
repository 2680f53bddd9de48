"""Asks the writer of a served store: for web workers (asynchronously) and for the command line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pactgraph.access.author import Author
from pactgraph.errors import UserError, fail
from pactgraph.writing import messages, place
from pactgraph.writing.change import Change, Written
from pactgraph.writing.messages import Header, Message, Report

Confirm = Callable[[Header], Awaitable[None]]

SECONDS = 120.0
"""How long a write may take; whether it was written is not known after that."""


def _silent(told: Header) -> None:
    """Tell nobody."""


async def ask(store: Path, header: Header, body: bytes = b"", *, report: Report = _silent,
              seconds: float | None = SECONDS) -> Header:
    """Put a request to the writer of a store; its answer. A writer that is not there raises a UserError."""
    try:
        reader, stream = await asyncio.open_unix_connection(str(place.place(store)))
    except OSError:
        raise fail("writer-away") from None
    try:
        async with asyncio.timeout(seconds):
            await messages.send(stream, header, body)
            while message := await messages.receive(reader):
                if message[0].get("event") != messages.PROGRESS:
                    return message[0]
                report(message[0])
    except TimeoutError:
        raise fail("writer-slow", seconds=f"{seconds:g}") from None
    except OSError:
        pass
    finally:
        stream.close()
    raise fail("writer-gone")


async def write(store: Path, change: Change) -> Written:
    """Have a change written and wait until every reader sees it."""
    return messages.written_of(await ask(store, *messages.of_change(change)))


async def undo(store: Path, number: int, author: Author, reason: str) -> Written:
    """Have an entry of the journal taken back."""
    asked = {"op": messages.UNDO, "number": number, "author": asdict(author), "reason": reason}
    return messages.written_of(await ask(store, asked))


async def build(store: Path, data: str, progress: Callable[[str, int, int], None]) -> dict[str, Any]:
    """Have the next generation built and wait until it is served."""
    answer = await ask(store, {"op": messages.BUILD, "data": data}, seconds=None,
                       report=lambda told: progress(told["stage"], told["at"], told["of"]))
    found: dict[str, Any] = messages.result_of(answer)
    return found


def is_served(store: Path) -> bool:
    """Whether a writer answers for a store."""
    try:
        messages.result_of(asyncio.run(ask(store, {"op": messages.STATUS}, seconds=30)))
    except UserError:
        return False
    return True


@asynccontextmanager
async def subscribed(store: Path) -> AsyncIterator[tuple[AsyncIterator[Message], Confirm]]:
    """The news of a store's writer, and how to confirm each of them. Raises OSError where the writer is away."""
    reader, stream = await asyncio.open_unix_connection(str(place.place(store)))

    async def news() -> AsyncIterator[Message]:
        while message := await messages.receive(reader):
            yield message

    async def confirm(header: Header) -> None:
        await messages.send(stream, {"confirm": header["sequence"]})

    try:
        await messages.send(stream, {"op": messages.SUBSCRIBE})
        yield news(), confirm
    finally:
        stream.close()
