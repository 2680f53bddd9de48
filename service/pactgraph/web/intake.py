"""Takes in what a request sends: its body under a limit, its media type, RDF in every syntax, parts of a form."""

from __future__ import annotations

import asyncio
import email
import email.policy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.requests import Request

from pactgraph.errors import fail
from pactgraph.sources.rdf import RdfFile, distinct_blank_nodes, format_of, parse_rdf

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
RDF = {
    "text/turtle": ox.RdfFormat.TURTLE, "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES, "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/json": ox.RdfFormat.JSON_LD, "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/xml": ox.RdfFormat.RDF_XML, "text/xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG, "application/n-quads": ox.RdfFormat.N_QUADS,
}
"""The syntaxes that are read, by media type."""
BODY = "body"
"""What stands for the name of a file in messages about a request's body."""
_MOST_PARTS = 50
_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)


@dataclass(frozen=True)
class Sent:
    """A body with its media type (small letters, without parameters) and, of a part of a form, its names."""

    media_type: str
    data: bytes
    field: str = ""
    file: str = ""


def media_type(header: str) -> str:
    """The media type of a Content-Type header; a charset other than UTF-8 raises a UserError."""
    kind, _, options = header.partition(";")
    charset = options.lower().partition("charset=")[2].split(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise fail("body-charset", charset=charset)
    return kind.strip().lower()


async def body_of(request: Request, limit: int) -> Sent:
    """The body of a request; one of more than ``limit`` bytes, or a compressed one, raises a UserError."""
    kind = media_type(request.headers.get("content-type", ""))
    if request.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        raise fail("body-encoded", encoding=request.headers["content-encoding"])
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise fail("body-too-large", limit=f"{limit / 1_000_000:g}")
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > limit:
            raise fail("body-too-large", limit=f"{limit / 1_000_000:g}")
    return Sent(kind, bytes(data))


def text_of(data: bytes) -> str:
    """A body as text."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise fail("query-not-utf8") from None


def pairs(text: str) -> list[tuple[str, str]]:
    """The parameters of an address or of a form, in their order."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError:
        raise fail("query-not-utf8") from None
    except ValueError:
        raise fail("form-unreadable") from None


def parts_of(request: Request, sent: Sent) -> list[Sent]:
    """The parts of a ``multipart/form-data`` body; one without parts raises a UserError."""
    boundary = _BOUNDARY.search(request.headers.get("content-type", ""))
    if not boundary or not 0 < sent.data.count(b"--" + boundary[1].encode()) <= _MOST_PARTS + 1:
        raise fail("form-unreadable")
    head = f'MIME-Version: 1.0\r\nContent-Type: {MULTIPART}; boundary="{boundary[1]}"\r\n\r\n'.encode()
    try:
        message = email.message_from_bytes(head + sent.data, policy=email.policy.HTTP)
        found = [_part(part) for part in message.iter_parts()]
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError, IndexError):
        raise fail("form-unreadable") from None
    if not found:
        raise fail("form-unreadable")
    return found


def _part(part: Any) -> Sent:
    if part.is_multipart():
        raise fail("form-unreadable")
    kind = media_type(str(part.get("content-type", "")))
    name = str(part.get_param("name", "", header="content-disposition") or "")
    # Without the bytes that separate the part from the next boundary.
    return Sent(kind, part.get_payload(decode=True) or b"", name, part.get_filename() or "")


async def rdf_of(request: Request, sent: Sent, base: str, limit: int) -> list[RdfFile]:
    """The RDF of a body, or of every file of a form, with blank nodes that are told apart.

    Whatever is wrong raises a UserError; it is read apart from the loop that serves others.
    """
    pieces = parts_of(request, sent) if sent.media_type == MULTIPART else [sent]
    return await asyncio.to_thread(_parsed, pieces, base, limit)


def _parsed(pieces: Sequence[Sent], base: str, limit: int) -> list[RdfFile]:
    files = []
    for number, piece in enumerate(pieces, 1):
        name = piece.file or piece.field or (BODY if len(pieces) == 1 else f"{BODY} {number}")
        form = syntax_of(piece)
        if piece.data.strip() or form in (ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD):
            files.append(parse_rdf(piece.data, name, form, base))
    return distinct_blank_nodes(files)


def syntax_of(sent: Sent) -> ox.RdfFormat:
    """The syntax of RDF that is sent: by its media type, of a file without a telling one by its name."""
    form = RDF.get(sent.media_type)
    if form is None and sent.file and sent.media_type in ("", "application/octet-stream", "text/plain"):
        return format_of(sent.file)
    if form is None:
        raise fail("rdf-media-type", kind=sent.media_type or "–", known=", ".join(RDF))
    return form
