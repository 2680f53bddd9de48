"""The messages between the service, the keeper of a generation and its workers.

A *frame* carries a question or an answer: two lengths, a header in JSON, a body of bytes. A *signal* is eleven bytes
on the control line and may carry a file descriptor; after the signal PATCH follows the patch: the number of bytes of
what it adds, then what it adds and what it removes as N-Quads.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

_LENGTH = struct.Struct(">I")
_LENGTHS = struct.Struct(">II")
_SIGNAL = struct.Struct(">cIIH")
SIGNAL_BYTES = _SIGNAL.size
LENGTHS_BYTES = _LENGTHS.size

READY, WORKER, DIED, APPLIED = b"R", b"W", b"D", b"A"
FORK, KILL, NICE, PATCH = b"f", b"k", b"n", b"p"

Header = dict[str, Any]


def send_frame(line: socket.socket, header: Header, body: bytes) -> None:
    """Write one frame (blocking); header and body may have 4 GiB each."""
    line.sendall(_head(header, body))
    line.sendall(body)


def receive_frame(line: socket.socket) -> tuple[Header, bytes] | None:
    """Read one frame (blocking); None where the other side has gone."""
    lengths = _read(line, _LENGTHS.size)
    if lengths is None:
        return None
    header, body = (_read(line, length) for length in _LENGTHS.unpack(lengths))
    return None if header is None or body is None else (json.loads(header), bytes(body))


async def exchange(line: socket.socket, header: Header, body: bytes) -> tuple[Header, bytes]:
    """Send a frame and wait for the frame that answers it. Raises ConnectionError where the other side goes."""
    await asyncio.get_running_loop().sock_sendall(line, _head(header, body) + body)
    header_length, body_length = _LENGTHS.unpack(await _read_async(line, _LENGTHS.size))
    answer = json.loads(await _read_async(line, header_length))
    return answer, bytes(await _read_async(line, body_length))


def frame_bytes(header: Header, body: bytes) -> bytes:
    """A whole frame."""
    return _head(header, body) + body


def read_lengths(data: bytes) -> tuple[int, int]:
    """How long header and body of a frame are."""
    header, body = _LENGTHS.unpack(data)
    return header, body


def _head(header: Header, body: bytes) -> bytes:
    text = json.dumps(header).encode()
    return _LENGTHS.pack(len(text), len(body)) + text


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
    data = _read(line, length)
    return None if data is None else bytes(data)


def _read(line: socket.socket, length: int) -> bytearray | None:
    data = bytearray(length)
    view = memoryview(data)
    while view:
        count = line.recv_into(view)
        if not count:
            return None
        view = view[count:]
    return data


async def _read_async(line: socket.socket, length: int) -> bytearray:
    loop = asyncio.get_running_loop()
    data = bytearray(length)
    view = memoryview(data)
    while view:
        count = await loop.sock_recv_into(line, view)
        if not count:
            raise ConnectionResetError("the worker has gone")
        view = view[count:]
    return data
