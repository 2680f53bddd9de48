"""How the graph differs from the generation that readers load, kept in the store's folder for those who start next.

It saves readers the wait for the writer, who opens more slowly than they do. It can be made again at any time: what
cannot be read, or is of another state, counts as missing.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from pactgraph.journal.patch import Patch
from pactgraph.store import wire
from pactgraph.store.generations import Generation

_NAME = "since.patch"
_MOST = 20_000


def keep(store: Path, generation: Generation, number: int, patch: Patch) -> None:
    """Keep the difference at an entry of the journal."""
    if len(patch.added) + len(patch.removed) > _MOST:
        return  # written anew after each write, it would cost more than it saves
    body = wire.patch_bytes(patch.added, patch.removed)
    head = {"fingerprint": generation.fingerprint, "number": number, "sha256": hashlib.sha256(body).hexdigest()}
    waiting = store / (_NAME + ".new")
    with suppress(OSError):
        waiting.write_bytes(json.dumps(head).encode() + b"\n" + body)
        waiting.rename(store / _NAME)


def kept(store: Path, generation: Generation, number: int) -> Patch | None:
    """The difference at an entry of the journal, where it was kept."""
    try:
        first, _, body = (store / _NAME).read_bytes().partition(b"\n")
        head = json.loads(first)
        wanted = {"fingerprint": generation.fingerprint, "number": number, "sha256": hashlib.sha256(body).hexdigest()}
        return Patch.of(*wire.read_patch(body)) if head == wanted else None
    except (OSError, ValueError):
        return None
