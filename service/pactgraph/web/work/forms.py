"""Takes in the forms of the pages of work: from this site, with a token bound to the session, or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import re
import secrets
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from pactgraph.errors import fail
from pactgraph.web import intake
from pactgraph.web.intake import FORM, MULTIPART, Sent
from pactgraph.web.work.visitor import form_secret, session_of

FIELD = "csrf"
SMALL = 100_000
"""The largest form without files, in bytes."""
MOST_FILES = 40
"""Files of one form."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass
class Form:
    """What a form sent: texts by field (the first of each, without outer space), files in their order."""

    texts: dict[str, str] = field(default_factory=dict)
    files: list[Sent] = field(default_factory=list)

    def text(self, name: str, limit: int = 1000) -> str:
        """A text of the form, in one piece; one with control characters or longer than ``limit`` raises a UserError."""
        value = self.texts.get(name, "").replace("\r\n", "\n").strip()
        if len(value) > limit or _CONTROL.search(value):
            raise fail("work-text", limit=limit)
        return value

    def line(self, name: str, limit: int = 1000) -> str:
        """A text as one line."""
        return " ".join(self.text(name, limit).split())


def csrf(request: Request, secret: str = "") -> str:
    """A token for a form of this session (or, before the sign-in, of ``secret``); another one each time."""
    session = session_of(request)
    nonce = secrets.token_hex(8)
    return f"{nonce}.{_mac(session.id if session else secret, nonce)}"


async def posted(request: Request, limit: int = SMALL) -> Form:
    """The form of a POST of at most ``limit`` bytes. One from elsewhere, or without the token of its session, is refused."""
    check_origin(request)
    form = await _read(request, limit)
    session = session_of(request)
    secret = session.id if session else form_secret(request)
    nonce, _, given = form.texts.get(FIELD, "").partition(".")
    if not given:
        raise fail("csrf-missing")
    if not secret or not hmac.compare_digest(given.encode(), _mac(secret, nonce).encode()):
        raise fail("csrf-wrong")
    return form


def check_origin(request: Request) -> None:
    """Refuse what another site sends, or a browser that does not say where a form came from."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site not in (None, "same-origin") or (origin is None and site is None):
        raise fail("csrf-origin", origin=_shown(origin or "–"))
    if origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise fail("csrf-origin", origin=_shown(origin))


def _shown(origin: str) -> str:
    return re.sub(r"[^\x21-\x7e–]", "?", origin)[:200]


def _mac(secret: str, nonce: str) -> str:
    return hmac.new(b"csrf " + secret.encode(), nonce.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


async def _read(request: Request, limit: int) -> Form:
    kind = intake.media_type(request.headers.get("content-type", ""))
    form = Form()
    if kind == FORM:
        sent = await intake.body_of(request, limit)
        for name, value in intake.pairs(intake.text_of(sent.data)):
            form.texts.setdefault(name, value)
        return form
    if kind != MULTIPART:
        raise fail("form-unreadable")
    parser = MultiPartParser(request.headers, _bounded(request, limit), max_files=MOST_FILES, max_fields=50, max_part_size=SMALL)
    try:
        parts = await parser.parse()
    except (MultiPartException, KeyError, ValueError, AssertionError):
        raise fail("form-unreadable") from None
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(parts.close)
        for name, part in parts.multi_items():
            if isinstance(part, str):
                form.texts.setdefault(name, part)
            elif part.filename:
                form.files.append(Sent(part.content_type or "", await part.read(), name, part.filename))
    return form


async def _bounded(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    """The body of a request, piece by piece; one that is larger than ``limit`` raises a UserError."""
    announced = request.headers.get("content-length", "")
    size = int(announced) if announced.isdecimal() else 0
    if size <= limit:
        size = 0
        async for piece in request.stream():
            size += len(piece)
            if size > limit:
                break
            yield piece
    if size > limit:
        raise fail("body-too-large", limit=f"{limit / 1_000_000:g}")
