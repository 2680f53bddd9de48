"""The line to a reader process: frames in any pieces, long questions, an end that comes too early."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Awaitable, Callable

import pytest

from pactgraph.store import wire
from pactgraph.store.line import Line


def question(body: bytes) -> bytes:
    return wire.frame(json.dumps({"for": "test"}).encode(), body)


def talk(work: Callable[[Line, socket.socket], Awaitable[None]]) -> None:
    """Run ``work`` with a line and its other end."""
    async def whole() -> None:
        ours, theirs = socket.socketpair()
        line = Line(ours)
        try:
            await asyncio.wait_for(work(line, theirs), 30)
        finally:
            line.close()
            theirs.close()

    asyncio.run(whole())


@pytest.mark.parametrize("size", [0, 1, 65_000, 65_536, 3_000_000])
def test_questions_and_answers_of_any_size_arrive_whole(size: int) -> None:
    """More than a socket holds goes out in pieces while the answer is waited for."""
    async def work(line: Line, theirs: socket.socket) -> None:
        def echo() -> None:
            incoming = wire.Frame()
            for _ in range(3):
                header, body = incoming.wait_for(theirs) or ({}, b"")
                wire.send_frame(theirs, {"kind": "echo", "asked": header}, body)

        thread = threading.Thread(target=echo)
        thread.start()
        for number in range(3):
            body = bytes([number]) * size
            assert await line.ask(question(body)) == ({"kind": "echo", "asked": {"for": "test"}}, body)
        await asyncio.to_thread(thread.join)

    talk(work)


@pytest.mark.parametrize("step", [1, 3, 11])
def test_an_answer_may_come_in_pieces(step: int) -> None:
    async def work(line: Line, theirs: socket.socket) -> None:
        answer = line.ask(question(b"?"))
        whole = wire.frame(b'{"kind": "solutions"}', b"abcdef")
        for place in range(0, len(whole), step):
            theirs.sendall(whole[place:place + step])
            await asyncio.sleep(0.001)
        assert await answer == ({"kind": "solutions"}, b"abcdef")

    talk(work)


def test_a_process_that_goes_fails_its_question_and_the_next_one() -> None:
    async def work(line: Line, theirs: socket.socket) -> None:
        answer = line.ask(question(b"?"))
        theirs.sendall(wire.frame(b"{}", b"abcdef")[:-1])
        theirs.close()
        with pytest.raises(ConnectionError):
            await answer
        with pytest.raises(ConnectionError):
            await line.ask(question(b"?"))

    talk(work)


def test_closing_fails_what_is_under_way_and_may_be_done_twice() -> None:
    async def work(line: Line, theirs: socket.socket) -> None:
        answer = line.ask(question(b"?"))
        line.close()
        line.close()
        with pytest.raises(ConnectionError):
            await answer

    talk(work)


def test_two_answers_to_one_question_are_an_error() -> None:
    async def work(line: Line, theirs: socket.socket) -> None:
        theirs.sendall(2 * wire.frame(b"{}", b"abc"))
        with pytest.raises(ConnectionError):
            await line.ask(question(b"?"))

    talk(work)
