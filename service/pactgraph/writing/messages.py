"""The messages between the writer's process and those who ask it: frames of :mod:`pactgraph.store.wire` (a header in
JSON, a body of N-Quads) over a Unix socket.

A request names its ``op``; the answer has ``ok`` or ``error`` (a message's key with its values). Whoever subscribes is
sent a ``state`` first and then, in order, ``patch`` and ``state`` messages, and answers each with its ``sequence`` once
its readers have what was sent.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from pactgraph.access.author import Author
from pactgraph.errors import UserError, UserErrors
from pactgraph.journal.patch import Patch
from pactgraph.store import wire
from pactgraph.writing.change import Change, Written

Header = dict[str, Any]
Message = tuple[Header, bytes]
Report = Callable[[Header], None]
"""Tells whoever asked how far a long work has come."""
WRITE, UNDO, BUILD, STATUS, SUBSCRIBE = "write", "undo", "build", "status", "subscribe"
STATE, PATCH, PROGRESS = "state", "patch", "progress"
LARGEST = 1_000_000_000
"""The largest body that is read, in bytes."""


async def receive(stream: asyncio.StreamReader) -> Message | None:
    """The next message; None where the other side has gone."""
    try:
        lengths = wire.read_lengths(await stream.readexactly(wire.LENGTHS_BYTES))
        if max(lengths) > LARGEST:
            return None
        header, body = [await stream.readexactly(length) for length in lengths]
    except (asyncio.IncompleteReadError, OSError):
        return None
    return json.loads(header), body


async def send(stream: asyncio.StreamWriter, header: Header, body: bytes = b"") -> None:
    """Send a message. Raises OSError where the other side has gone."""
    stream.write(wire.frame_bytes(header, body))
    await stream.drain()


def of_change(change: Change) -> Message:
    """The request to write a change."""
    body = wire.patch_bytes(change.added, change.removed)
    return {"op": WRITE, "author": asdict(change.author), "kind": change.kind, "reason": change.reason,
            "undoes": change.undoes, "expected": change.expected, "extra": change.extra}, body


def change_of(header: Header, body: bytes) -> Change:
    """The change of a request."""
    added, removed = wire.read_patch(body)
    return Change(Author(**header["author"]), frozenset(added), frozenset(removed), header["kind"], header["reason"],
                  header["undoes"], header["expected"], header["extra"])


def of_written(written: Written) -> Header:
    """The answer to a write; what changed in the graph is told to the subscribers."""
    return {"ok": {"number": written.number, "added": written.added, "removed": written.removed, "head": written.head,
                   "gaps_opened": written.gaps_opened, "gaps_closed": written.gaps_closed}}


def written_of(answer: Header) -> Written:
    """What was written. An answer that tells an error raises it."""
    values = result_of(answer)
    opened, closed = tuple(values.pop("gaps_opened")), tuple(values.pop("gaps_closed"))
    return Written(**values, gaps_opened=opened, gaps_closed=closed)


def of_patches(public: Patch, restricted: Patch) -> tuple[Header, bytes]:
    """What changed, for readers: a part for everybody, and a part for those who may see it."""
    first, second = (wire.patch_bytes(patch.added, patch.removed) for patch in (public, restricted))
    return {"public": len(first)}, first + second


def patches_of(header: Header, body: bytes) -> tuple[Patch, Patch]:
    """The public and the restricted part of what changed."""
    parts = body[: header["public"]], body[header["public"] :]
    public, restricted = (Patch.of(*wire.read_patch(part)) for part in parts)
    return public, restricted


def of_error(error: UserError) -> Header:
    """The answer that tells an error; of several problems each is told."""
    told: Header = {"error": error.key, "values": _plain(error.values), "file": error.file, "line": error.line,
                    "column": error.column}
    return told | {"problems": [of_error(one) for one in error.problems]} if isinstance(error, UserErrors) else told


def result_of(answer: Header) -> Any:
    """What an answer says; one that tells an error raises it."""
    if "error" in answer:
        raise _error(answer)
    return answer["ok"]


def _error(answer: Header) -> UserError:
    if "problems" in answer:
        return UserErrors([_error(one) for one in answer["problems"]])
    return UserError(answer["error"], answer["values"], answer["file"], answer["line"], answer["column"])




def _plain(values: Any) -> Any:
    """Values as JSON can carry them."""
    if isinstance(values, dict):
        return {key: _plain(value) for key, value in values.items()}
    if isinstance(values, (list, tuple)):
        return [_plain(value) for value in values]
    return values if isinstance(values, (str, int, float, bool, type(None))) else str(values)
