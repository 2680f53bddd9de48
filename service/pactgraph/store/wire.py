"""The messages between the service, the keeper of a generation and its workers.

A *frame* carries a question or an answer: two lengths, a header in JSON, a body of bytes. A *signal* is eleven bytes
on the control line and may carry a file descriptor; after the signal PATCH follows the patch: the number of bytes of
what it adds, then what it adds and what it removes as N-Quads.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

_LENGTH = struct.Struct(">I")
_LENGTHS = struct.Struct(">II")
_SIGNAL = struct.Struct(">cIIH")
SIGNAL_BYTES = _SIGNAL.size
LENGTHS_BYTES = _LENGTHS.size
_SMALL = 65536
_SHORT_HEADER = 4096

READY, WORKER, DIED, APPLIED = b"R", b"W", b"D", b"A"
FORK, KILL, NICE, PATCH = b"f", b"k", b"n", b"p"

Header = dict[str, Any]


def frame(header: bytes, body: bytes) -> bytes:
    """A whole frame; the header is JSON already. Both may have 4 GiB."""
    return _LENGTHS.pack(len(header), len(body)) + header + body


def frame_bytes(header: Header, body: bytes) -> bytes:
    """A whole frame of a header that is not JSON yet."""
    return frame(json.dumps(header).encode(), body)


def read_lengths(data: bytes) -> tuple[int, int]:
    """How long header and body of a frame are."""
    header, body = _LENGTHS.unpack(data)
    return header, body


def send_frame(line: socket.socket, header: Header, body: bytes) -> None:
    """Write one frame (blocking)."""
    text = json.dumps(header).encode()
    head = _LENGTHS.pack(len(text), len(body)) + text
    if len(body) < _SMALL:
        line.sendall(head + body)
    else:
        line.sendall(head)
        line.sendall(body)


class Frame:
    """Puts the frames together that come over a line, one after the other, whatever pieces they come in.

    Pieces are received into a room that is kept: asking the system for one each time costs more than a small answer.
    """

    def __init__(self) -> None:
        self._piece = memoryview(bytearray(_SMALL))
        self._start = b""
        self._lengths = (0, 0)
        self._data = bytearray()
        self._room = memoryview(self._data)

    def wait_for(self, line: socket.socket) -> tuple[Header, bytes] | None:
        """Read one frame (blocking); None where the other side has gone."""
        try:
            while True:
                if whole := self.receive_from(line):
                    return whole
        except ConnectionError:
            return None

    def receive_from(self, line: socket.socket) -> tuple[Header, bytes] | None:
        """Receive once; the frame where it is whole now. Raises ConnectionError where the other side has gone."""
        room = self._room or self._piece
        count = line.recv_into(room)
        if not count:
            raise ConnectionResetError("the other side has gone")
        if not self._room:
            return self._begin(self._start + bytes(room[:count]))
        self._room = room[count:]
        return None if self._room else self._whole()

    def _begin(self, piece: bytes) -> tuple[Header, bytes] | None:
        if len(piece) < _LENGTHS.size:
            self._start = piece
            return None
        self._start = b""
        self._lengths = header, body = _LENGTHS.unpack_from(piece)
        received = len(piece) - _LENGTHS.size
        if received > header + body:
            raise ConnectionAbortedError("more than one answer came")
        if received == header + body:
            middle = _LENGTHS.size + header
            return _header(piece[_LENGTHS.size:middle]), piece[middle:]
        self._data = bytearray(header + body)
        self._data[:received] = piece[_LENGTHS.size:]
        self._room = memoryview(self._data)[received:]
        return None

    def _whole(self) -> tuple[Header, bytes]:
        header = self._lengths[0]
        data, self._data = memoryview(self._data), bytearray()
        return _header(bytes(data[:header])), bytes(data[header:])


def _header(text: bytes) -> Header:
    header: Header = _known_header(text) if len(text) < _SHORT_HEADER else json.loads(text)
    return header


@lru_cache(maxsize=256)
def _known_header(text: bytes) -> Header:
    """A header understood; most are the same as one before. Not to be changed."""
    header: Header = json.loads(text)
    return header


def signal_bytes(kind: bytes, worker: int = 0, number: int = 0, status: int = 0) -> bytes:
    """A signal: its kind, the worker meant, a number (a pid, a count) and how a worker ended (its signal's number)."""
    return _SIGNAL.pack(kind, worker, number & 0xFFFFFFFF, status)


def read_signal(data: bytes) -> tuple[bytes, int, int, int]:
    """Take a signal apart: kind, worker, number, status."""
    kind, worker, number, status = _SIGNAL.unpack(data)
    return kind, worker, number, status


def patch_bytes(added: Iterable[ox.Quad], removed: Iterable[ox.Quad]) -> bytes:
    """A patch as it follows its signal."""
    more, less = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"" for quads in (added, removed))
    return _LENGTH.pack(len(more)) + more + less


def read_patch(data: bytes) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """Take a patch apart: what it adds and what it removes."""
    split = _LENGTH.size + _LENGTH.unpack_from(data)[0]
    parts = data[_LENGTH.size : split], data[split:]
    added, removed = (list(ox.parse(part, format=ox.RdfFormat.N_QUADS)) for part in parts)
    return added, removed


def read_exactly(line: socket.socket, length: int) -> bytes | None:
    """So many bytes (blocking); None where the other side has gone."""
    data = bytearray(length)
    view = memoryview(data)
    while view:
        count = line.recv_into(view)
        if not count:
            return None
        view = view[count:]
    return bytes(data)
