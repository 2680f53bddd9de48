"""Gives a workbook back with a comment in each cell that is wrong, and its fill changed."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable

from pactgraph.errors import fail
from pactgraph.sources.workbook.row import Remark

_AUTHOR = "pactgraph"
LARGEST = 60_000_000
"""Unpacked bytes of a workbook that is given back: it is held in memory for that, formatted empty rows and all."""
_WRONG, _TOLD = "FFFFC7CE", "FFFFEB9C"


def annotated(data: bytes, remarks: Iterable[Remark], lang: str, file: str) -> bytes:
    """The bytes of a workbook (which passed the gate) with its remarks as comments."""
    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise fail("workbook-annotate-large", file=file, limit=LARGEST // 1_000_000)
    try:
        book = load_workbook(io.BytesIO(data), keep_links=False)
    except Exception as problem:  # openpyxl raises whatever its parts raise
        raise fail("office-damaged", file=file, reason=f"{type(problem).__name__}: {problem}") from None
    places: dict[tuple[str, str], list[Remark]] = defaultdict(list)
    for remark in remarks:
        places[remark.sheet, f"{remark.column or 'A'}{remark.row}"].append(remark)
    for (sheet, place), found in places.items():
        cell = book[sheet][place]
        text = "\n".join(dict.fromkeys(remark.text(lang) for remark in found))
        comment = Comment(text, _AUTHOR)
        comment.width, comment.height = 320, 60 + 20 * (len(text) // 45)
        cell.comment = comment
        cell.fill = PatternFill("solid", fgColor=_WRONG if any(remark.wrong for remark in found) else _TOLD)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
