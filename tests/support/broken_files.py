"""Files that no import takes: format, name of the file and how it is made. Messages: ``sources/broken_files.toml``."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import made_up_documents as made_up
from import_files import DECISION, LIST_COLUMNS, LIST_HEAD, OBSERVATIONS, UPR_INFO, upr_info_csv, upr_info_row
from openpyxl import Workbook
from uhri_files import HEADINGS, bulk_record, paragraph

Make = Callable[[], bytes]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOGIN = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>User <input></form></body></html>"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ccc"><!ENTITY d "&b;&b;">]><a>&d;</a>'
PREFIXES = "@prefix pg: <https://w3id.org/pactgraph/ontology/> .\n@prefix v: <https://w3id.org/pactgraph/vocab/> .\n"
SPREAD = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://'
          'schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://example.org/a.png" '
          'TargetMode="External"/></Relationships>')


def book(*rows: list[Any]) -> bytes:
    """A workbook with rows, by default one of the index with one record."""
    made = Workbook()
    made.active.title = "Export"
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def index(**cells: Any) -> bytes:
    """An export of the index: a good record, and one with these cells."""
    rows = [paragraph("1.One.", 1), paragraph("2.Two.", 2, **cells)]
    return book(HEADINGS, *[[row.get(name) for name in HEADINGS] for row in rows])


def packed(data: bytes, **parts: str | bytes) -> bytes:
    """An archive with other or more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, old.read(name)))
        for name, body in parts.items():
            new.writestr(name, body)
    return out.getvalue()


def far_away() -> bytes:
    """A workbook with a value in the last cell that there is."""
    made = Workbook()
    made.active.append(HEADINGS)
    made.active["XFD1048576"] = "x"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def records(*changes: dict[str, Any]) -> bytes:
    """The bulk file: a record a change."""
    made = [bulk_record(paragraph(f"{place}.Stop.", place)) | change for place, change in enumerate(changes, 1)]
    return json.dumps(made).encode()


def word(body: str, before: str = "") -> bytes:
    """A DOCX with this body."""
    return packed(made_up.observations_docx(), **{"word/document.xml": f"{before}<w:document {WORD}>{body}</w:document>"})


def span(count: int) -> str:
    """A table with one cell over many columns."""
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{count}"/></w:tcPr><w:p/></w:tc>'
    return f"<w:body><w:tbl><w:tr>{cell}</w:tr></w:tbl></w:body>"


def nested(depth: int) -> str:
    """Tables inside tables."""
    return "<w:body>" + "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth + "</w:body>"


def listed(*rows: tuple[str, ...]) -> bytes:
    """A thematic list with these rows."""
    return made_up.thematic_docx(LIST_HEAD, LIST_COLUMNS, rows)


def entry(text: str, position: str = "Supported") -> tuple[str, ...]:
    """A row of a thematic list."""
    return (f"{text} (France);\nSource of Position: A/HRC/99/8/Add.1 - Para.3", position, "- Death penalty", "")


def locked_pdf() -> bytes:
    """A PDF with a password."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made_up.pdf([["words of a page"]])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def said(text: str) -> Make:
    """A text as a file."""
    return text.encode


def decision(old: str, new: str) -> Make:
    """The made-up decision with something changed."""
    assert old in DECISION
    return said(DECISION.replace(old, new))


def turtle(text: str) -> Make:
    """Turtle with our prefixes."""
    return said(PREFIXES + text)


ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(512)
TABLE = "<tr><td>STT</td><td>Nhiệm vụ</td><td>Cơ quan chủ trì</td></tr>"

FILES: dict[str, tuple[str, str, Make]] = {
    # The index ----------------------------------------------------------------------------------------------------
    "index: empty": ("uhri", "export.xlsx", lambda: b""),
    "index: blanks": ("uhri", "export.xlsx", lambda: b" \n\n"),
    "index: CSV in place of XLSX": ("uhri", "export.xlsx", lambda: b"Text,Countries Concerned\n"),
    "index: page to sign in": ("uhri", "export.xlsx", lambda: LOGIN),
    "index: XLS of before 2007": ("uhri", "export.xlsx", lambda: OLE + bytes(600)),
    "index: password": ("uhri", "export.xlsx", lambda: ENCRYPTED),
    "index: half a download": ("uhri", "export.xlsx", lambda: index()[:2000]),
    "index: end cut off": ("uhri", "export.xlsx", lambda: index()[:-200]),
    "index: workbook without a cell": ("uhri", "export.xlsx", book),
    "index: a formula": ("uhri", "export.xlsx", lambda: index(**{"Themes": "=1+1"})),
    "index: a program in a formula": ("uhri", "export.xlsx", lambda: index(**{"Themes": "=cmd|'/c calc'!A0"})),
    "index: macros": ("uhri", "export.xlsx", lambda: packed(index(), **{"xl/vbaProject.bin": b"\0"})),
    "index: macros of Excel 4": ("uhri", "export.xlsx", lambda: packed(index(), **{"xl/macrosheets/sheet1.xml": "<a/>"})),
    "index: embedded object": ("uhri", "export.xlsx", lambda: packed(index(), **{"xl/embeddings/oleObject1.bin": b"\0"})),
    "index: link to another workbook": ("uhri", "export.xlsx", lambda: packed(
        index(), **{"xl/externalLinks/externalLink1.xml": "<a/>"})),
    "index: data connection": ("uhri", "export.xlsx", lambda: packed(index(), **{"xl/connections.xml": "<a/>"})),
    "index: picture from the network": ("uhri", "export.xlsx", lambda: packed(index(), **{"xl/_rels/a.xml.rels": SPREAD})),
    "index: entities": ("uhri", "export.xlsx", lambda: packed(index(), **{"xl/styles.xml": ENTITIES})),
    "index: bomb": ("uhri", "export.xlsx", lambda: packed(index(), **{
        "xl/sharedStrings.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})),
    "index: broken XML": ("uhri", "export.xlsx", lambda: packed(index(), **{"xl/styles.xml": "<a><b></a>"})),
    "index: a value a million rows below": ("uhri", "export.xlsx", far_away),
    "index: UPR Info in its place": ("uhri", "export.xlsx", lambda: book(UPR_INFO)),
    "index: the sheet of something else": ("uhri", "export.xlsx", lambda: book(["Day", "Sum"], ["Monday", 5])),
    "index: a heading gone": ("uhri", "export.xlsx", lambda: book(["Remarks", *HEADINGS[1:]])),
    "index: no column of ids": ("uhri", "export.xlsx", lambda: book(
        [name.replace("OHCHR Annotation Id", "No") for name in HEADINGS])),
    "index: a heading twice": ("uhri", "export.xlsx", lambda: book([*HEADINGS[:-1], "Document symbol"])),
    "index: a day that is none": ("uhri", "export.xlsx", lambda: index(**{"Document Publication Date": "last year"})),
    "index: the year 1899": ("uhri", "export.xlsx", lambda: index(**{"Document Publication Date": 1})),
    "index: 30 February": ("uhri", "export.xlsx", lambda: index(**{"Document Publication Date": "2026-02-30"})),
    "index: a type that is none": ("uhri", "export.xlsx", lambda: index(Type="- Recomendation of a sort")),
    "index: a symbol that is none": ("uhri", "export.xlsx", lambda: index(**{"Document Symbol": "the last report"})),
    "index: no text": ("uhri", "export.xlsx", lambda: index(Text=None)),
    "index: an id that is none": ("uhri", "export.xlsx", lambda: index(**{"OHCHR Annotation Id": "12345"})),
    "index: an id twice": ("uhri", "export.xlsx", lambda: index(**{
        "OHCHR Annotation Id": paragraph("", 1)["OHCHR Annotation Id"]})),
    "bulk: cut off": ("uhri", "bulk.json", lambda: records({}, {})[:-30]),
    "bulk: a comma too many": ("uhri", "bulk.json", lambda: records({})[:-1] + b",]"),
    "bulk: two encodings": ("uhri", "bulk.json", lambda: b'[{"Text": "\xc3\xa9 \xff\xfe\xff"}]'),
    "bulk: two lists": ("uhri", "bulk.json", lambda: records({}) * 2),
    "bulk: an object": ("uhri", "bulk.json", lambda: b'{"records": []}'),
    "bulk: an empty list": ("uhri", "bulk.json", lambda: b"[]"),
    "bulk: an object for a text": ("uhri", "bulk.json", lambda: records({"Text": {"en": "24.Stop."}})),
    "bulk: texts": ("uhri", "bulk.json", lambda: b'["24.Stop."]'),
    "bulk: other keys": ("uhri", "bulk.json", lambda: b'[{"text": "24.Stop.", "country": "Viet Nam"}]'),
    "bulk: a number in a list": ("uhri", "bulk.json", lambda: records({"Themes": [1]})),
    "bulk: a text without end": ("uhri", "bulk.json", lambda: records({"Text": "x" * 1_000_001})),
    # UPR Info -----------------------------------------------------------------------------------------------------
    "database: empty": ("upr-info", "database.csv", lambda: b""),
    "database: page to sign in": ("upr-info", "database.csv", lambda: LOGIN),
    "database: other columns": ("upr-info", "database.csv", lambda: b"Day,Sum\nMonday,5\n"),
    "database: a column twice": ("upr-info", "database.csv", lambda: upr_info_csv().replace(b"SuR", b"Session", 1)),
    "database: an action that is none": ("upr-info", "database.csv", lambda: upr_info_csv(upr_info_row("Stop.", Action="9"))),
    "database: a response that is none": ("upr-info", "database.csv", lambda: upr_info_csv(
        upr_info_row("Stop.", Response="Acepted"))),
    "database: a session that is none": ("upr-info", "database.csv", lambda: upr_info_csv(upr_info_row("Stop.", Session="last"))),
    "database: no text": ("upr-info", "database.csv", lambda: upr_info_csv(upr_info_row(""))),
    "database: damaged XLS": ("upr-info", "database.xls", lambda: OLE + bytes(600)),
    # Thematic lists -----------------------------------------------------------------------------------------------
    "list: a text": ("thematic-list", "list.docx", lambda: b"Theme: one"),
    "list: a page": ("thematic-list", "list.docx", lambda: LOGIN),
    "list: DOC of before 2007": ("thematic-list", "list.docx", lambda: OLE + bytes(600)),
    "list: password": ("thematic-list", "list.docx", lambda: ENCRYPTED),
    "list: half a download": ("thematic-list", "list.docx", lambda: made_up.observations_docx()[:3000]),
    "list: another document": ("thematic-list", "list.docx", made_up.observations_docx),
    "list: a workbook": ("thematic-list", "list.docx", index),
    "list: nothing below the heading": ("thematic-list", "list.docx", listed),
    "list: a part that is no XML": ("thematic-list", "list.docx", lambda: packed(
        made_up.observations_docx(), **{"word/document.xml": "<w:document"})),
    "list: entities": ("thematic-list", "list.docx", lambda: word("<w:body/>", '<!DOCTYPE x [<!ENTITY a "b">]>')),
    "list: a macro": ("thematic-list", "list.docx", lambda: packed(made_up.observations_docx(), **{"word/vbaProject.bin": b"x"})),
    "list: a field that calls a program": ("thematic-list", "list.docx", lambda: word(
        '<w:body><w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\a.exe "/></w:p></w:body>')),
    "list: no body": ("thematic-list", "list.docx", lambda: word("<w:other/>")),
    "list: ten thousand columns": ("thematic-list", "list.docx", lambda: word(span(10_000))),
    "list: tables twenty deep": ("thematic-list", "list.docx", lambda: word(nested(20))),
    "list: no number": ("thematic-list", "list.docx", lambda: listed(entry("Think about it"))),
    "list: a number twice": ("thematic-list", "list.docx", lambda: listed(entry("38.1 Think"), entry("38.1 Think again"))),
    "list: a position that is none": ("thematic-list", "list.docx", lambda: listed(entry("38.1 Think", "Suported"))),
    # Concluding observations --------------------------------------------------------------------------------------
    "observations: empty": ("concluding-observations", "co.txt", lambda: b""),
    "observations: no symbol": ("concluding-observations", "co.txt", said(OBSERVATIONS.replace("CCPR/C/VNM/CO/9", ""))),
    "observations: no numbers": ("concluding-observations", "co.txt", lambda: b"CCPR/C/XKA/CO/2\n\nOnly words."),
    "observations: a paragraph twice": ("concluding-observations", "co.txt", said(OBSERVATIONS.replace("\n2. ", "\n1. "))),
    "observations: Latin-1": ("concluding-observations", "co.txt", lambda: "CCPR/C/XKA/CO/2 é".encode("latin-1")),
    "observations: a picture": ("concluding-observations", "co.txt", lambda: b"\x89PNG\r\n\x1a\n\x00\x00"),
    "observations: a damaged PDF": ("concluding-observations", "co.pdf", lambda: b"%PDF-1.4\nnothing"),
    "observations: a scanned PDF": ("concluding-observations", "co.pdf", lambda: made_up.pdf([["1"], ["2"]])),
    "observations: a PDF with a password": ("concluding-observations", "co.pdf", locked_pdf),
    "observations: 401 pages": ("concluding-observations", "co.pdf", lambda: made_up.pdf([["words of one page"]] * 401)),
    "observations: entities of a page": ("concluding-observations", "co.html", lambda: (
        b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html>&b;</html>')),
    "observations: an unknown encoding": ("concluding-observations", "co.html", lambda: (
        b'<html><meta charset="x-tcvn3">1. a</html>')),
    "observations: two encodings": ("concluding-observations", "co.html", lambda: (
        b'<html><meta charset="utf-8"><p>\xc3\xa9 \xe9\xff</p></html>')),
    # Decisions ----------------------------------------------------------------------------------------------------
    "decision: a PDF": ("annex", "decision.pdf", lambda: made_up.pdf([["words"]])),
    "decision: no table": ("annex", "decision.html", said("<html><p>Số: 1/QĐ-TTg</p></html>")),
    "decision: no number": ("annex", "decision.html", said(f"<html><meta charset=utf-8><table>{TABLE}</table></html>")),
    "decision: no day": ("annex", "decision.txt", decision("Hà Nội, ngày 1 tháng 2 năm 2020\n", "")),
    "decision: 31 February": ("annex", "decision.txt", decision("ngày 1 tháng 2", "ngày 31 tháng 2")),
    "decision: a cell over a million columns": ("annex", "decision.html", lambda: (
        b"<html><table><tr><td colspan=1000000>x</td></tr></table></html>")),
    "decision: a row of a thousand cells": ("annex", "decision.html", lambda: b"<html><table><tr>" + b"<td>x" * 1000),
    "decision: a hundred thousand cells": ("annex", "decision.html", lambda: (
        b"<html><table>" + b"<tr><td colspan=200>x" * 501)),
    "decision: a body that is misspelt": ("annex", "decision.txt", decision(
        "\tBộ Tư pháp\tBộ Công an", "\tBộ Tư phap\tBộ Công an")),
    "decision: a cell gone": ("annex", "decision.txt", decision("\tBáo cáo rà soát", "")),
    "decision: a deadline that is none": ("annex", "decision.txt", decision("Năm 2022", "khi rảnh")),
    "decision: a number twice": ("annex", "decision.txt", decision("2.\tTổ", "1.\tTổ")),
    "decision: an old Vietnamese encoding": ("annex", "decision.txt", lambda: DECISION.encode("cp1258", "replace")),
    # Statements ---------------------------------------------------------------------------------------------------
    "statements: empty": ("rdf", "statements.ttl", lambda: b""),
    "statements: only prefixes": ("rdf", "statements.ttl", turtle("")),
    "statements: another ending": ("rdf", "statements.docx", turtle("")),
    "statements: a full stop gone": ("rdf", "statements.ttl", turtle("<urn:a> pg:role v:role\n<urn:b> a pg:Body .")),
    "statements: Latin-1": ("rdf", "statements.ttl", lambda: '<urn:a> <urn:p> "é" .'.encode("latin-1")),
    "statements: JSON cut off": ("rdf", "statements.jsonld", lambda: b'{"@id": "urn:a", '),
    "statements: a context of the network": ("rdf", "statements.jsonld", lambda: (
        b'{"@context": "https://example.org/c.jsonld", "@id": "urn:a", "urn:p": 1}')),
    "statements: a key that no context explains": ("rdf", "statements.jsonld", lambda: (
        b'{"@context": {"label": "http://www.w3.org/2000/01/rdf-schema#label"},\n "@id": "urn:a", "label": "A", "lable": "B"}')),
    "statements: entities": ("rdf", "statements.rdf", said(ENTITIES)),
    "statements: a graph of its own": ("rdf", "statements.trig", turtle("<urn:g> { <urn:a> a pg:State }")),
    "statements: nameless things in a circle": ("rdf", "statements.ttl", turtle("_:a pg:role _:b .\n_:b pg:role _:a .")),
    "statements: a term that is none": ("rdf", "statements.ttl", turtle("<urn:a> a pg:Statee .")),
    "statements: a code that is none": ("rdf", "statements.ttl", turtle(
        '<urn:a> pg:paragraphType <https://w3id.org/pactgraph/vocab/paragraph-type/concernn> .')),
    "statements: an address of this machine": ("rdf", "statements.ttl", turtle("<a> pg:concernsState <urn:b> .")),
    "statements: a class of their own": ("rdf", "statements.ttl", turtle(
        "pg:NewThing a <http://www.w3.org/2002/07/owl#Class> .")),
    "statements: a plan of nobody": ("rdf", "statements.ttl", turtle(
        '<https://example.org/plan> a pg:ImplementationPlan ; pg:documentNumber "0" ; pg:adoptedOn 5 .')),
}  # fmt: skip
