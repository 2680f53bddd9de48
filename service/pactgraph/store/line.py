"""The service's end of the line to one reader process: a question goes out at once, its answer becomes a future.

Written for many small questions: the event loop watches the line as long as it is open, so that a question costs one
write and one wake-up, not a task and four operations of the loop.
"""

from __future__ import annotations

import asyncio
import socket

from pactgraph.store import wire

Answer = asyncio.Future[tuple[wire.Header, bytes]]


class Line:
    """One line; at most one question is under way on it. Belongs to the event loop in which it was made."""

    def __init__(self, end: socket.socket) -> None:
        end.setblocking(False)
        self._end = end
        self._loop = asyncio.get_running_loop()
        self._answer: Answer | None = None
        self._unsent = memoryview(b"")
        self._frame = wire.Frame()
        self._loop.add_reader(end, self._on_readable)

    def ask(self, question: bytes) -> Answer:
        """Send a whole frame; the future gets the frame that answers, or a ConnectionError where the other side goes.

        Whoever no longer waits closes the line: an answer that comes late would be taken for the next one.
        """
        self._answer = answer = self._loop.create_future()
        self._unsent = memoryview(question)
        self._send()
        return answer

    def close(self) -> None:
        """Close the line. A question that is under way fails."""
        if self._end.fileno() < 0:
            return
        self._loop.remove_reader(self._end)
        self._loop.remove_writer(self._end)
        self._end.close()
        self._fail(ConnectionAbortedError("the line was closed"))

    def _send(self) -> None:
        try:
            self._unsent = self._unsent[self._end.send(self._unsent):]
        except BlockingIOError:
            pass
        except OSError as problem:
            self._fail(problem)
            return
        if self._unsent:
            self._loop.add_writer(self._end, self._on_writable)

    def _on_writable(self) -> None:
        self._loop.remove_writer(self._end)
        self._send()

    def _on_readable(self) -> None:
        try:
            whole = self._frame.receive_from(self._end)
        except BlockingIOError:
            return
        except OSError as problem:
            self._loop.remove_reader(self._end)
            self._fail(problem)
            return
        if whole and self._answer is not None:
            answer, self._answer = self._answer, None
            if not answer.done():
                answer.set_result(whole)

    def _fail(self, problem: OSError) -> None:
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_exception(problem)
