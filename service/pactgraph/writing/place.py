"""Where the writer of a store listens: a Unix socket in the store's folder, for its owner only."""

from __future__ import annotations

import os
import socket
import tempfile
from pathlib import Path

_LONGEST = 100
"""The longest path that a Unix socket may have on every system, in bytes (the shortest limit is 104)."""
_NAME = "writer.sock"
_POINTER = "writer.sock.path"


def listen(store: Path) -> socket.socket:
    """Listen at the place of a store, whose lock the caller holds. A long path gets a short one elsewhere, and a pointer."""
    forget(store)
    path = store.absolute() / _NAME
    if len(os.fsencode(path)) > _LONGEST:
        path = Path(tempfile.mkdtemp(prefix="pactgraph-", dir=_short_room())) / _NAME
        (store / _POINTER).write_text(str(path), "utf-8")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(before)
    listener.listen(64)
    return listener


def forget(store: Path) -> None:
    """Remove what a writer left behind."""
    path = place(store)
    path.unlink(missing_ok=True)
    pointer = store / _POINTER
    if pointer.exists():
        pointer.unlink()
        if path.parent.name.startswith("pactgraph-") and path.parent.is_dir():
            path.parent.rmdir()


def place(store: Path) -> Path:
    """Where the writer of a store listens, if there is one."""
    try:
        return Path((store / _POINTER).read_text("utf-8"))
    except OSError:
        return store.absolute() / _NAME


def _short_room() -> str:
    room = tempfile.gettempdir()
    return room if len(os.fsencode(room)) < _LONGEST - 40 else "/tmp"
