"""An answer leaves in one piece: its head waits for its body, so that the client is woken once and not twice."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class OneWrite(HttpToolsProtocol):
    """Uvicorn's protocol on a transport that joins what is written in one turn of the event loop."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(_Joining(transport, self.loop))  # type: ignore[arg-type]


class _Joining:
    """A transport; everything but writing and ending is the inner one's."""

    def __init__(self, inner: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._inner = inner
        self._loop = loop
        self._waiting: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def write(self, data: bytes) -> None:
        """Write, at the latest in the next turn."""
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(data)
        if len(self._waiting) > 1:
            self._flush()

    def close(self) -> None:
        """End the connection after what was written."""
        self._flush()
        self._inner.close()

    def abort(self) -> None:
        """End the connection at once."""
        self._waiting.clear()
        self._inner.abort()

    def _flush(self) -> None:
        if self._waiting:
            data, self._waiting = self._waiting, []
            if not self._inner.is_closing():
                self._inner.writelines(data)
