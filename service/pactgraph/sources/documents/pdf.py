"""Reads the text of a PDF line by line, with the page of each line; pictures of text are no text and are told."""

from __future__ import annotations

import io
import logging

from pactgraph.errors import UserError, fail
from pactgraph.sources.documents.blocks import Block, Paragraph, clean

_PAGES = 400
_LETTERS = 20
"""A page with fewer letters than this holds a picture, not text."""


def read_pdf(data: bytes, name: str) -> list[Block]:
    """Every line of text as a paragraph; raises a UserError for a PDF that is locked, damaged, too long or scanned."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise fail("pdf-encrypted", file=name)
        count = len(reader.pages)
        if count > _PAGES:
            raise fail("pdf-pages", file=name, count=count, limit=_PAGES)
        pages = [page.extract_text() or "" for page in reader.pages]
    except UserError:
        raise
    except Exception as problem:  # pypdf raises whatever the broken part of a file provokes
        raise fail("pdf-damaged", file=name, reason=str(problem) or type(problem).__name__) from None
    if sum(character.isalpha() for page in pages for character in page) < _LETTERS * max(len(pages), 1):
        raise fail("pdf-no-text", file=name)
    blocks: list[Block] = []
    for number, page in enumerate(pages, 1):
        for line in page.split("\n"):
            if text := clean(line):
                blocks.append(Paragraph(text, len(blocks) + 1, page=number))
    return blocks
