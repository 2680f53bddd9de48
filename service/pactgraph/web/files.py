"""Sends a file from disk: in parts, once, and without reading it where only its head is asked for."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from pactgraph.web import respond
from pactgraph.web.envelope import HEAD


class _Sent(FileResponse):
    """A file whose content is not read for HEAD, to which a range means nothing (RFC 9110, 14.2)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get(HEAD):
            headers = [(name, value) for name, value in scope["headers"] if name != b"range"]
            scope = {**scope, "method": "HEAD", "headers": headers}
        await super().__call__(scope, receive, send)


def send_file(request: Request, path: Path, tag: str, media_type: str) -> Response:
    """The file at ``path`` with its entity tag; 304 where the client has it, the parts that ``Range`` names."""
    headers = respond.data_headers()
    known = respond.not_modified(request, tag, headers)
    return known or _Sent(path, headers=dict(headers) | {"ETag": tag}, media_type=media_type)
