"""What the service logs, on standard error: lines for people, or JSON for programs (``PACTGRAPH_LOG``).

What looks like a credential is taken out of what the program and its libraries log. Logging never waits: where nobody
reads the lines, they are dropped and counted, and the service goes on.
"""

from __future__ import annotations

import json
import logging
import os
import re
import select
import sys
import time
import traceback
from functools import lru_cache
from typing import Any

from pactgraph.settings import CHOICES

TEXT, JSON = CHOICES["log"]
LEVELS = CHOICES["log_level"]
_PIPE_BYTES = 4096
"""A pipe takes this much whole or not at all."""
_PATIENCE_MS = 50
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_CREDENTIALS = re.compile(
    r"\b(pg_)[\w-]{20,}"
    r"|\b((?:proxy-)?authorization|(?:set-)?cookie|(?:access_)?token|password|secret)"
    r"""["']?\s*[:=]\s*["']?(?:(?:bearer|basic)\s+)?[^\s"'&;,]+"""
    r"|\b(bearer|basic)[\s:=]+[\w.~+/=-]+", re.IGNORECASE)


def _now() -> str:
    moment = time.time()
    return f"{_second(int(moment))}.{int(moment % 1 * 1000):03}Z"


@lru_cache(maxsize=4)
def _second(moment: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment))


class Outlet:
    """Writes lines of at least ``level`` to a file descriptor."""

    def __init__(self, form: str = TEXT, level: str = "info", target: int = 2) -> None:
        self.dropped = 0
        self.form = form
        self._lowest = LEVELS.index(level)
        self._target = target
        self._poll = select.poll()
        self._poll.register(target, select.POLLOUT)

    def wants(self, level: str) -> bool:
        """Whether lines of a level are written."""
        return LEVELS.index(level) >= self._lowest

    def write(self, level: str, event: str, text: str, values: dict[str, Any]) -> None:
        """Write one line: ``text`` for people, ``event`` with its values for programs."""
        now = _now()
        if self.form == JSON:
            line = _ENCODE({"time": now, "level": level, "event": event, **values, "pid": os.getpid()})
        else:
            line = f"{now} {level} {text}"
        self._send((line + "\n").encode("utf-8", "backslashreplace"))

    def _send(self, data: bytes) -> None:
        for at in range(0, len(data), _PIPE_BYTES):
            if not self._poll.poll(_PATIENCE_MS if at else 0):
                self.dropped += 1
                return
            try:
                os.write(self._target, data[at:at + _PIPE_BYTES])
            except OSError:
                self.dropped += 1
                return


class _Handler(logging.Handler):
    """Passes on what the libraries and the program log, without credentials."""

    def __init__(self, outlet: Outlet) -> None:
        super().__init__(logging.INFO)
        self._outlet = outlet

    def emit(self, record: logging.LogRecord) -> None:
        level = "error" if record.levelno >= logging.ERROR else "warning" if record.levelno >= logging.WARNING else "info"
        if not self._outlet.wants(level):
            return
        message = without_credentials(record.getMessage())
        values = {"logger": record.name, "message": message}
        if record.exc_info and record.exc_info[1]:
            values["traceback"] = without_credentials("".join(traceback.format_exception(record.exc_info[1])))
        text = "\n".join(filter(None, [message, values.get("traceback", "").rstrip()]))
        self._outlet.write(level, "message", text, values)


_outlet: Outlet | None = None


def configure(form: str = TEXT, level: str = "info", target: int = 2) -> Outlet:
    """Begin to log in this process."""
    global _outlet
    _outlet = Outlet(form, level, target)
    handler = _Handler(_outlet)
    for name in ("pactgraph", "uvicorn", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
    return _outlet


def wanted(level: str) -> bool:
    """Whether lines of a level are written."""
    return _outlet is not None and _outlet.wants(level)


def write(level: str, event: str, text: str, values: dict[str, Any]) -> None:
    """Write a line where lines of its level are wanted: ``text`` for people, ``event`` with its values for programs."""
    if _outlet is not None and _outlet.wants(level):
        _outlet.write(level, event, text, values)


def tell(text: str, event: str, **values: Any) -> None:
    """A sentence to whoever started the service: as it is for people, as an event for programs."""
    if _outlet is not None and _outlet.form == JSON:
        _outlet.write("info", event, text, values | {"message": text})
    else:
        print(text, file=sys.stderr, flush=True)


def dropped() -> int:
    """How many lines nobody read in time."""
    return _outlet.dropped if _outlet else 0


def without_credentials(text: str) -> str:
    """A text with everything that looks like a credential taken out."""
    return _CREDENTIALS.sub(lambda found: f"{found[1] or found[2] or found[3]} […]", text)
