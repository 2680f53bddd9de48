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

from pactgraph import logs
from pactgraph.errors import UserError
from pactgraph.settings import Settings
from pactgraph.writing import messages, place
from pactgraph.writing.child import build_in_child
from pactgraph.writing.engine import Engine
from pactgraph.writing.host import Host

_QUIET_SECONDS = 3.0
"""After the start the machine is left to the readers for a while."""


def main(line_fd: str, settings_text: str, default_graph: str) -> int:
    """Serve writes until told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = socket.socket(fileno=int(line_fd))
    settings = Settings(**json.loads(settings_text))
    logs.configure(settings.log, settings.log_level)
    store = Path(settings.store)
    try:
        engine = Engine(settings, plain=default_graph == "plain")
    except UserError as error:
        line.sendall(json.dumps(messages.of_error(error)).encode() + b"\n")
        return 2
    listener = place.listen(store)
    host = Host(engine, lambda header, report: build_in_child(settings, header, report))
    # Without a token nobody writes over the network, and the command line can wait.
    journal = settings.journal_folder()
    warm = journal is not None and (journal / "tokens.json").exists()
    try:
        asyncio.run(_serve(host, listener, line, warm))
    finally:
        place.forget(store)
    return 0


async def _serve(host: Host, listener: socket.socket, line: socket.socket, warm: bool) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    line.setblocking(False)

    def line_closed() -> None:
        loop.remove_reader(line)
        stopped.set()

    loop.add_reader(line, line_closed)
    line.sendall(json.dumps({"ok": os.getpid()}).encode() + b"\n")
    warming = asyncio.ensure_future(_warm_later(host)) if warm else None
    await host.serve(listener, stopped)
    if warming:
        warming.cancel()


async def _warm_later(host: Host) -> None:
    await asyncio.sleep(_QUIET_SECONDS)
    await host.warm()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
