"""Sees in a file's bytes what it is, and opens it: what is no text, DOCX, HTML or PDF is refused in words."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from pactgraph.errors import fail
from pactgraph.sources.documents.blocks import Block, DocumentFile, Paragraph
from pactgraph.sources.documents.docx import read_docx
from pactgraph.sources.documents.html import read_html
from pactgraph.sources.documents.pdf import read_pdf
from pactgraph.sources.office_safety import check_office_bytes
from pactgraph.sources.textfile import decode, read_bytes

TEXT, DOCX, HTML, PDF = "text", "docx", "html", "pdf"
_ZIP, _OLE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b",
                   re.IGNORECASE | re.DOTALL)


def open_document(path: Path, limit: int, kinds: tuple[str, ...]) -> DocumentFile:
    """Open a document of one of ``kinds``; what it is is seen in its bytes, not in its name."""
    data = read_bytes(path, limit)
    kind = kind_of(data)
    if kind not in kinds:
        raise fail("document-kind", file=path.name, found=kind.upper(), kinds=", ".join(one.upper() for one in kinds))
    if kind == DOCX:
        return read_docx(check_office_bytes(data, path.name, limit, kind=DOCX))
    return DocumentFile(path.name, hashlib.sha256(data).hexdigest(), kind, _blocks(data, path.name, kind))


def kind_of(data: bytes) -> str:
    """What the bytes are; whatever is nothing else is taken for text."""
    if data.startswith((*_ZIP, _OLE)):
        return DOCX
    if data.lstrip()[:5] == b"%PDF-":
        return PDF
    head = data[:8000]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    return HTML if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) else TEXT


def _blocks(data: bytes, name: str, kind: str) -> list[Block]:
    if kind == HTML:
        return read_html(data, name)
    if kind == PDF:
        return read_pdf(data, name)
    return [Paragraph(line, number) for number, line in enumerate(decode(data, name), 1)]
