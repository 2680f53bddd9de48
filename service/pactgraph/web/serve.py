"""Serves a generation of the graph until a signal ends it."""

from __future__ import annotations

import errno
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.errors import fail
from pactgraph.settings import Settings
from pactgraph.store.readers import Limits, Readers
from pactgraph.texts import say

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

_GRACE_SECONDS = 5


def run(settings: Settings, generation_folder: Path, *, union: bool = True, lang: str = "en",
        ready: Callable[[str], None] | None = None) -> None:
    """Serve on ``settings.host`` and ``settings.port`` until Ctrl-C or SIGTERM.

    ``ready`` is called with one line once requests are answered; by default it is printed on standard error.
    A port that is taken raises a UserError.
    """
    listener = _listen(settings)
    # The reader processes load the graph while this one imports the framework.
    readers = Readers(generation_folder / "graph.nq", Limits.of(settings))
    from pactgraph.web.app import create_app

    app = create_app(settings, generation_folder, union=union, readers=readers)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    line = say("serving", lang, address=f"http://{shown}:{port}/")
    server = _server(app, lambda: (ready or _print)(line))
    # Uvicorn ends in order on both signals and then raises them again, for whoever started it: that is here.
    with listener, _ended_by_signals():
        server.run(sockets=[listener])


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the block and nothing more."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def _print(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _server(app: FastAPI, started: Callable[[], None]) -> uvicorn.Server:
    import uvicorn

    from pactgraph.web.one_write import OneWrite

    class Server(uvicorn.Server):
        """A uvicorn server that says when it is ready."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                started()

    # Forwarded headers are not believed: only a configured proxy may speak for a client.
    return Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False,
                                 lifespan="on", http=OneWrite, timeout_graceful_shutdown=_GRACE_SECONDS))


def _listen(settings: Settings) -> socket.socket:
    """The listening socket; taken before anything is loaded, so that a taken port is told at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as problem:
        raise fail("cannot-listen", host=settings.host, port=settings.port, reason=str(problem)) from None
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(512)
    except OSError as problem:
        listener.close()
        key = "port-in-use" if problem.errno == errno.EADDRINUSE else "cannot-listen"
        raise fail(key, host=settings.host, port=settings.port, reason=problem.strerror or str(problem)) from None
    return listener
