"""A web worker: a process that answers HTTP on a socket that it shares with its siblings (``python -m pactgraph.web.worker``).

The line to whoever started it says when it is ready, or what is wrong; it ends in order on SIGTERM or when that line
closes.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pactgraph import logs
from pactgraph.errors import UserError
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation, current
from pactgraph.store.readers import Limits, Readers

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI


def main(line_fd: str, listener_fd: str, text: str) -> int:
    """Serve until told to stop; ``text`` holds settings and what is served, in JSON."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line, listener = (socket.socket(fileno=int(number)) for number in (line_fd, listener_fd))
    wanted = json.loads(text)
    settings = Settings(**wanted["settings"])
    logs.configure(settings.log, settings.log_level)
    try:
        return _serve(settings, wanted, line, listener)
    except UserError as error:
        from pactgraph.writing.messages import of_error

        line.sendall(json.dumps(of_error(error)).encode() + b"\n")
        return 2


def _serve(settings: Settings, wanted: dict[str, Any], line: socket.socket, listener: socket.socket) -> int:
    folder = Path(wanted["folder"])
    found = current(folder) if wanted["follows"] else None
    generation = found or Generation(folder.name, folder)
    # The reader processes load the graph while this one imports the framework.
    readers = Readers(generation.nquads, Limits.of(settings))
    from pactgraph.web.app import create_app

    app = create_app(settings, generation, union=wanted["union"], readers=readers, follows=wanted["follows"], ahead=True)
    server = _server(app, settings, line)
    server.run(sockets=[listener])
    failure: BaseException | None = app.state.failure
    if isinstance(failure, UserError):
        raise failure
    return 0 if server.started else 3


def _server(app: FastAPI, settings: Settings, line: socket.socket) -> uvicorn.Server:
    import uvicorn

    from pactgraph.web.one_write import OneWrite

    class Server(uvicorn.Server):
        """A uvicorn server that says when it is ready, and ends when nobody listens to that any more."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                line.setblocking(False)
                asyncio.get_running_loop().add_reader(line, self._line_closed)
                line.sendall(json.dumps({"ok": os.getpid()}).encode() + b"\n")

        def _line_closed(self) -> None:
            asyncio.get_running_loop().remove_reader(line)
            self.should_exit = True

    # Forwarded headers are not believed: only a configured proxy may speak for a client.
    return Server(uvicorn.Config(app, log_config=None, log_level="warning", access_log=False, server_header=False,
                                 proxy_headers=False, lifespan="on", http=OneWrite,
                                 timeout_graceful_shutdown=max(1, round(settings.grace_seconds))))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
