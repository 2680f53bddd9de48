"""Broken and hostile documents: each is refused in words, in both languages, with the name of the file and no traceback."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import made_up_documents as made_up
import pytest

from pactgraph.errors import UserError
from pactgraph.sources.annex import read_annex
from pactgraph.sources.annex.reading import load_reading
from pactgraph.sources.concluding import read_concluding_observations
from pactgraph.sources.thematic_list import read_thematic_list

OLD = ("Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation")
TABLE = "<tr><td>STT</td><td>Nhiệm vụ</td><td>Cơ quan chủ trì</td></tr>"


def changed(data: bytes, **parts: bytes) -> bytes:
    """A DOCX with other bytes in some parts (``document`` is word/document.xml)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            key = name.removeprefix("word/").removesuffix(".xml")
            new.writestr(name, parts.get(key, old.read(name)))
        for name, body in parts.items():
            if f"word/{name}.xml" not in old.namelist():
                new.writestr(name, body)
    return out.getvalue()


def document(body: str, *, before: str = "") -> bytes:
    """A DOCX with this body."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return changed(made_up.observations_docx(), document=f"{before}<w:document {space}>{body}</w:document>".encode())


def cells(count: int) -> str:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{count}"/></w:tcPr><w:p/></w:tc>'
    return f"<w:body><w:tbl><w:tr>{cell}</w:tr></w:tbl></w:body>"


def nested(depth: int) -> str:
    return "<w:body>" + "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth + "</w:body>"


THEMATIC: dict[str, tuple[Callable[[], bytes], str]] = {
    "a text instead of a document": (lambda: b"Theme: one", "document-kind"),
    "a page instead of a document": (lambda: b"<html><table></table></html>", "document-kind"),
    "the old form of Word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "office-old-format"),
    "half a download": (lambda: made_up.observations_docx()[:3000], "office-damaged"),
    "no thematic list": (made_up.observations_docx, "thematic-no-table"),
    "nothing but the heading": (lambda: made_up.thematic_docx("", OLD, []), "thematic-no-rows"),
    "a part that is no XML": (lambda: changed(made_up.observations_docx(), document=b"<w:document"), "office-xml"),
    "entities in a part": (lambda: document("<w:body/>", before='<!DOCTYPE x [<!ENTITY a "b">]>'), "office-doctype"),
    "a macro": (lambda: changed(made_up.observations_docx(), **{"word/vbaProject.bin": b"x"}), "office-macro"),
    "a body that is missing": (lambda: document("<w:other/>"), "document-part"),
    "a cell that spans ten thousand columns": (lambda: document(cells(10_000)), "document-wide"),
    "tables twenty deep": (lambda: document(nested(20)), "document-deep"),
}
OBSERVATIONS: dict[str, tuple[Callable[[], bytes], str]] = {
    "an empty file": (lambda: b"", "file-empty"),
    "no symbol": (lambda: made_up.OBSERVATIONS.replace("CCPR/C/XKA/CO/2", "").encode(), "co-symbol"),
    "no numbers": (lambda: b"CCPR/C/XKA/CO/2\n\nOnly words.", "co-none"),
    "another encoding": (lambda: "CCPR/C/XKA/CO/2 é".encode("latin-1"), "not-utf8"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00", "not-a-text"),
    "a PDF that is damaged": (lambda: b"%PDF-1.4\nnothing", "pdf-damaged"),
    "a PDF of pictures": (lambda: made_up.pdf([["1"], ["2"]]), "pdf-no-text"),
    "a PDF of a thousand pages": (lambda: made_up.pdf([["words of one page"]] * 401), "pdf-pages"),
    "entities in a page": (lambda: b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html>&b;</html>', "html-entities"),
    "an encoding that is unknown": (lambda: b'<html><meta charset="x-tcvn3">1. a</html>', "html-charset"),
    "an encoding that is not the one named": (lambda: b'<html><meta charset="utf-8"><p>\xe9\xff</p></html>', "html-encoding"),
}
DECISIONS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a PDF": (lambda: made_up.pdf([["words"]]), "document-kind"),
    "a page without a table": (lambda: "<html><p>Số: 1/QĐ-TTg</p></html>".encode(), "no-annex"),
    "a table without number and date": (lambda: f"<html><meta charset=utf-8><table>{TABLE}</table></html>".encode(),
                                        "no-document-number"),
    "a cell over a million columns": (lambda: b"<html><table><tr><td colspan=1000000>x</td></tr></table></html>", "html-span"),
    "a row of a thousand cells": (lambda: b"<html><table><tr>" + b"<td>x" * 1000 + b"</table></html>", "document-wide"),
    "a hundred thousand cells": (lambda: b"<html><table>" + (b"<tr>" + b"<td>x" * 150) * 700 + b"</table></html>", "html-cells"),
}


def _refused(tmp_path: Path, made: Callable[[], bytes], key: str, read: Callable[[Path], object]) -> None:
    file = tmp_path / "file.docx"
    file.write_bytes(made())
    with pytest.raises(UserError) as problem:
        read(file)
    error = problem.value
    assert error.key == key
    messages = [error.message(lang) for lang in ("vi", "en")]
    assert messages[0] != messages[1] and all(message.startswith("file.docx") and "{" not in message for message in messages)


@pytest.mark.parametrize("name", THEMATIC)
def test_no_thematic_list(name: str, tmp_path: Path) -> None:
    _refused(tmp_path, *THEMATIC[name], read_thematic_list)


@pytest.mark.parametrize("name", OBSERVATIONS)
def test_no_concluding_observations(name: str, tmp_path: Path) -> None:
    _refused(tmp_path, *OBSERVATIONS[name], read_concluding_observations)


@pytest.mark.parametrize("name", DECISIONS)
def test_no_decision(name: str, tmp_path: Path, root: Path) -> None:
    reading = load_reading(root / "data" / "vnm")
    _refused(tmp_path, *DECISIONS[name], lambda file: read_annex(file, reading))


def test_what_a_page_hides_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "co.html"
    file.write_bytes(made_up.observations_html())
    export = read_concluding_observations(file)
    assert "99" not in {record.paragraph for record in export.records}
    assert not any("script" in record.text for record in export.records)
