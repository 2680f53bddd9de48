"""Starts the writer of a store in a process of its own (``python -m pactgraph.writing.process``).

The line to whoever started it (a file descriptor) says when it is ready, or what is wrong; the process ends in order,
finishing the write that it is at, on SIGTERM or when that line closes.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from pathlib import Path

from pactgraph.errors import UserError
from pactgraph.settings import Settings
from pactgraph.writing import messages, place
from pactgraph.writing.child import build_in_child
from pactgraph.writing.engine import open_engine
from pactgraph.writing.host import Host


def main(line_fd: str, settings_text: str) -> int:
    """Serve writes until told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = socket.socket(fileno=int(line_fd))
    settings = Settings(**json.loads(settings_text))
    store = Path(settings.store)
    try:
        engine = open_engine(settings)
    except UserError as error:
        line.sendall(json.dumps(messages.of_error(error)).encode() + b"\n")
        return 2
    listener = place.listen(store)
    try:
        asyncio.run(_serve(Host(engine, lambda header, report: build_in_child(settings, header, report)), listener, line))
    finally:
        place.forget(store)
    return 0


async def _serve(host: Host, listener: socket.socket, line: socket.socket) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    line.setblocking(False)
    loop.add_reader(line, lambda: None if line.recv(100) else (loop.remove_reader(line), stopped.set()))
    line.sendall(json.dumps({"ok": os.getpid()}).encode() + b"\n")
    await host.serve(listener, stopped)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
