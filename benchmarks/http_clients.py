"""Clients for measuring servers: keep-alive connections that send ready-made requests and read whole answers.

They do as little as they can (no parsing, no copies), because they share the processors with what they measure.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlencode

_END = b"\r\n\r\n"


def get(path: str, accept: str = "*/*", **parameters: str) -> bytes:
    """A GET request."""
    query = "?" + urlencode(parameters, quote_via=quote) if parameters else ""
    return f"GET {path}{query} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n".encode()


def post(path: str, query: str, accept: str) -> bytes:
    """A SPARQL query sent as a form, as most clients send long ones."""
    body = urlencode({"query": query}).encode()
    head = (f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


class Wrong(Exception):
    """An answer that is not 200, or a server that closed the connection."""


class Connection:
    """One client: sends a request, reads the answer, sends the next."""

    def __init__(self, port: int, seconds: float) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray()

    def send(self, request: bytes) -> None:
        """Send a request."""
        self._buffer.clear()
        self._start = 0
        self._place = 0
        self._length = -1
        self.line.sendall(request)

    def receive(self) -> bool:
        """Read what has come; whether the answer is whole."""
        piece = self.line.recv(1 << 20)
        if not piece:
            raise Wrong("the server closed the connection")
        self._buffer += piece
        if not self._start and not self._read_head():
            return False
        if self._length >= 0:
            return len(self._buffer) >= self._start + self._length
        return self._chunks_are_whole()

    def _read_head(self) -> bool:
        end = self._buffer.find(_END)
        if end < 0:
            return False
        head = bytes(self._buffer[:end]).lower()
        self._start = self._place = end + len(_END)
        if not head.startswith(b"http/1.1 200"):
            raise Wrong(bytes(self._buffer[:600]).decode(errors="replace"))
        if b"content-length:" in head:
            self._length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        return True

    def _chunks_are_whole(self) -> bool:
        while True:
            end = self._buffer.find(b"\r\n", self._place)
            if end < 0:
                return False
            size = int(self._buffer[self._place:end], 16)
            after = end + 2 + size + 2
            if after > len(self._buffer):
                return False
            self._place = after
            if not size:
                return True

    def body(self) -> bytes:
        """The body of the answer."""
        return b"".join(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        if self._length >= 0:
            yield bytes(self._buffer[self._start:])
            return
        place = self._start
        while size := int(self._buffer[place:(end := self._buffer.find(b"\r\n", place))], 16):
            yield bytes(self._buffer[end + 2:end + 2 + size])
            place = end + 4 + size

    def close(self) -> None:
        """Close the connection."""
        self.line.close()


def fetch(port: int, request: bytes, seconds: float = 60) -> bytes:
    """The body of one answer."""
    connection = Connection(port, seconds)
    try:
        connection.send(request)
        while not connection.receive():
            pass
        return connection.body()
    finally:
        connection.close()


def seconds_for(port: int, requests: Iterable[bytes], clients: int = 1, seconds: float = 60) -> float:
    """The time in which so many clients get the answers to all requests, each sending its next one after an answer."""
    waiting = iter(requests)
    connections = [Connection(port, seconds) for _ in range(clients)]
    try:
        with selectors.DefaultSelector() as selector:
            began = time.perf_counter()
            for connection in connections:
                _send_next(selector, connection, waiting)
            while selector.get_map():
                events = selector.select(seconds)
                if not events:
                    raise TimeoutError
                for key, _ in events:
                    if key.data.receive():
                        selector.unregister(key.data.line)
                        _send_next(selector, key.data, waiting)
            return time.perf_counter() - began
    finally:
        for connection in connections:
            connection.close()


def _send_next(selector: selectors.BaseSelector, connection: Connection, waiting: Iterator[bytes]) -> None:
    request = next(waiting, None)
    if request is not None:
        connection.send(request)
        selector.register(connection.line, selectors.EVENT_READ, connection)
