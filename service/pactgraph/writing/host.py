"""The writer's process: one after the other it does the writes that others ask for, and tells its subscribers.

A write is acknowledged when every subscriber's readers have it; one that does not answer in time is dropped (it comes
back, and gets what it missed). A build runs in a child, beside writes; its generation is published to the subscribers
with what was written while it was made.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from pactgraph.access.author import Author
from pactgraph.errors import UserError, fail
from pactgraph.store import wire
from pactgraph.writing import messages
from pactgraph.writing.change import Written
from pactgraph.writing.engine import Engine
from pactgraph.writing.messages import Header, Message, Report

T = TypeVar("T")
PATIENCE_SECONDS = 10.0
"""How long a subscriber may take until its readers have a write."""


class Subscriber:
    """A web worker that is told of every write."""

    def __init__(self, stream: asyncio.StreamWriter) -> None:
        self.stream = stream
        self.sent = 0
        self.confirmed = 0
        self.changed = asyncio.Event()

    def confirm(self, sequence: int) -> None:
        """Note that its readers have what was sent."""
        self.confirmed = max(self.confirmed, sequence)
        self.changed.set()

    async def has(self, sequence: int) -> None:
        """Wait until its readers have what was sent."""
        while self.confirmed < sequence:
            self.changed.clear()
            await self.changed.wait()


class Host:
    """Serves one engine. ``build`` makes a new generation in the store (asynchronously, in a child)."""

    def __init__(self, engine: Engine, build: Callable[[Header, Report], Any]) -> None:
        self._engine = engine
        self._build = build
        self._thread = ThreadPoolExecutor(1, "writer")
        self._order = asyncio.Lock()
        self._building = asyncio.Lock()
        self._subscribers: set[Subscriber] = set()
        self._connections: set[asyncio.StreamWriter] = set()
        self._running: set[asyncio.Task[None]] = set()
        self._closing = False

    async def serve(self, listener: socket.socket, stopped: asyncio.Event) -> None:
        """Serve until ``stopped``; what was begun is finished."""
        server = await asyncio.start_unix_server(self._on_connection, sock=listener)
        async with server:
            await stopped.wait()
            self._closing = True
            server.close()
            if self._running:
                await asyncio.wait(self._running)
            for connection in list(self._connections):
                connection.close()
        await self._in_thread(self._engine.close)
        self._thread.shutdown()

    async def _on_connection(self, reader: asyncio.StreamReader, stream: asyncio.StreamWriter) -> None:
        self._connections.add(stream)
        subscriber = Subscriber(stream)
        try:
            while message := await messages.receive(reader):
                header = message[0]
                if header.get("op") == messages.SUBSCRIBE:
                    await self._begin(subscriber)
                elif "confirm" in header:
                    subscriber.confirm(header["confirm"])
                else:
                    # A client that goes away does not take its write with it.
                    task = asyncio.ensure_future(self._answer(message, stream))
                    self._running.add(task)
                    task.add_done_callback(self._running.discard)
                    await asyncio.wait({task})
        finally:
            self._subscribers.discard(subscriber)
            self._connections.discard(stream)
            stream.close()

    async def _answer(self, message: Message, stream: asyncio.StreamWriter) -> None:
        try:
            answer = await self._do(message, stream)
        except UserError as error:
            answer = messages.of_error(error)
        except Exception as problem:  # told to whoever asked; the next request starts afresh
            answer = messages.of_error(fail("writer-failed", reason=f"{type(problem).__name__}: {problem}"))
        with contextlib.suppress(OSError):
            await messages.send(stream, answer)

    async def _do(self, message: Message, stream: asyncio.StreamWriter) -> Header:
        header, body = message
        if self._closing:
            raise fail("writer-away")
        if header["op"] == messages.WRITE:
            change = messages.change_of(header, body)
            return messages.of_written(await self.write(lambda: self._engine.write(change)))
        if header["op"] == messages.UNDO:
            author = Author(**header["author"])
            return messages.of_written(
                await self.write(lambda: self._engine.undo(header["number"], author, header["reason"])))
        if header["op"] == messages.BUILD:
            return {"ok": await self._rebuild(header, lambda told: stream.write(wire.frame_bytes(told, b"")))}
        if header["op"] == messages.STATUS:
            return {"ok": self._position()}
        raise fail("writer-failed", reason=str(header["op"]))

    # Writing ---------------------------------------------------------------------------------------------------------

    async def write(self, work: Callable[[], Written]) -> Written:
        """Have the engine write; it is acknowledged when the readers of all subscribers have it."""
        async with self._order:
            before = self._engine.number
            try:
                written = await self._in_thread(work)
            except BaseException:
                await self._mend(before)
                raise
            waiting = []
            if written.head != before:
                waiting = self._tell(messages.PATCH, *messages.of_patches(written.public, written.restricted))
        await self._confirmed(waiting)
        return written

    async def _mend(self, before: int) -> None:
        """After a failure between journal and database: the journal counts, so everything is brought to it."""
        if self._engine.number != before:
            await self._in_thread(self._engine.reopen)
            self._tell(messages.STATE, *messages.of_patches(*await self._in_thread(self._engine.since_generation)))

    def _tell(self, event: str, parts: Header, body: bytes) -> list[tuple[Subscriber, int]]:
        """Send an event to all subscribers (in order: nothing is awaited here)."""
        waiting = []
        for subscriber in self._subscribers:
            subscriber.sent += 1
            header = {"event": event, "sequence": subscriber.sent} | self._position() | parts
            subscriber.stream.write(wire.frame_bytes(header, body))
            waiting.append((subscriber, subscriber.sent))
        return waiting

    async def _confirmed(self, waiting: list[tuple[Subscriber, int]], patience: float = PATIENCE_SECONDS) -> None:
        """Wait for subscribers; whoever is late or gone is dropped."""
        async def one(subscriber: Subscriber, sequence: int) -> None:
            try:
                async with asyncio.timeout(patience):
                    while subscriber in self._subscribers and subscriber.confirmed < sequence:
                        with contextlib.suppress(TimeoutError):
                            await asyncio.wait_for(subscriber.has(sequence), 0.5)
            except TimeoutError:
                self._subscribers.discard(subscriber)
                subscriber.stream.close()

        await asyncio.gather(*(one(*pair) for pair in waiting))

    async def _begin(self, subscriber: Subscriber) -> None:
        """Send a new subscriber how the graph stands."""
        async with self._order:
            parts, body = messages.of_patches(*await self._in_thread(self._engine.since_generation))
            self._subscribers.add(subscriber)
            subscriber.sent += 1
            header = {"event": messages.STATE, "sequence": subscriber.sent} | self._position() | parts
            subscriber.stream.write(wire.frame_bytes(header, body))

    # Building --------------------------------------------------------------------------------------------------------

    async def _rebuild(self, header: Header, report: Report) -> dict[str, Any]:
        async with self._building:
            await self._build(header, report)
            async with self._order:
                await self._in_thread(self._engine.reopen)
                waiting = self._tell(
                    messages.STATE, *messages.of_patches(*await self._in_thread(self._engine.since_generation)))
            # New readers load the whole graph.
            await self._confirmed(waiting, 30 * PATIENCE_SECONDS)
        return self._position()

    def _position(self) -> dict[str, Any]:
        generation = self._engine.generation
        return {"fingerprint": generation.fingerprint, "folder": str(generation.folder.absolute()),
                "built": generation.journal, "number": self._engine.number}

    async def warm(self) -> None:
        """Make what the first write needs, while nobody waits for it."""
        with contextlib.suppress(Exception):  # the first write says what is wrong
            async with self._order:
                await self._in_thread(self._engine.warm)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

