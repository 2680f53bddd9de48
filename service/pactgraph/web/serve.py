"""Serves a store, or one generation of the graph, until a signal ends it."""

from __future__ import annotations

import errno
import json
import socket
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from pactgraph import logs
from pactgraph.errors import fail
from pactgraph.settings import Settings
from pactgraph.texts import say
from pactgraph.web import sharing
from pactgraph.web.supervise import Child, Supervisor


def run(settings: Settings, generation_folder: Path, *, union: bool = True, lang: str = "en",
        ready: Callable[[str], None] | None = None, writes: bool = False) -> None:
    """Serve on ``settings.host`` and ``settings.port`` until Ctrl-C or SIGTERM.

    ``ready`` is called with one line once requests are answered; by default it is printed on standard error.
    A port that is taken raises a UserError. ``writes``: the store's current generation is served, with a writer's process;
    the caller holds the store's lock.
    """
    listener = _listen(settings)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/"
    line = say("serving", lang, address=address)
    logs.configure(settings.log, settings.log_level)
    folder = Path(settings.store) if writes else generation_folder
    served = {"settings": asdict(settings), "folder": str(folder), "union": union, "follows": writes}
    workers = [Child("pactgraph.web.worker", [str(listener.fileno()), json.dumps(served)], (listener.fileno(),))
               for _ in range(max(1, settings.web_workers))]
    writer = Child("pactgraph.writing.process", [json.dumps(asdict(settings)), "union" if union else "plain"])
    with listener, sharing.shared():
        supervisor = Supervisor(workers, [writer] if writes else [],
                                lambda: ready(line) if ready else logs.tell(line, "serving", address=address), lang)
        supervisor.run(listener, settings.grace_seconds)


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
