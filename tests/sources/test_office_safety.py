"""The gate of workbooks and documents: real ones pass, and every broken or unsafe one is refused in plain words."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from pactgraph.errors import UserError
from pactgraph.sources.office_safety import DOCX, XLSX, check_office_bytes, check_office_file

DATASETS = Path(__file__).resolve().parents[3] / "shared" / "datasets"
LIMIT = 20_000_000
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="xml" ContentType="application/xml"/></Types>')
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def packed(parts: dict[str, str | bytes], *, main: str = "xl/workbook.xml") -> bytes:
    """An archive with the parts that make it a workbook (or, by ``main``, something else)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in ({"[Content_Types].xml": TYPES, main: f"<workbook {MAIN}/>"} | parts).items():
            if name:
                archive.writestr(name, text)
    return out.getvalue()


def sheet(rows: str) -> bytes:
    return packed({SHEET: f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"})


def relation(kind: str, target: str) -> str:
    return (f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/></Relationships>')


def document(body: str) -> bytes:
    return packed({"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"}, main="")


def workbook(cells: dict[str, object]) -> bytes:
    book = Workbook()
    for place, value in cells.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def overlapping() -> bytes:
    """Two entries of the list of contents that begin at the same place, as in a ZIP bomb without recursion."""
    data = bytearray(packed({"a.xml": "<a/>", "b.xml": "<b/>"}))
    last = data.rfind(b"PK\x01\x02")
    before = data.rfind(b"PK\x01\x02", 0, last)
    struct.pack_into("<I", data, last + 42, struct.unpack_from("<I", data, before + 42)[0])
    return bytes(data)


def flagged(bit: int) -> bytes:
    data = bytearray(packed({}))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.find(start)
        data[at + (6 if start[2] == 3 else 8)] |= bit
    return bytes(data)


def twice() -> bytes:
    out = io.BytesIO(packed({"a.xml": "<a/>"}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("A.xml", "<b/>")
    return out.getvalue()


BOMB = b"<a>" + b" " * 60_000_000 + b"</a>"
BILLION = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ccc"><!ENTITY d "&b;&b;">]><a>&d;</a>'
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "text": (lambda: b"Text,Countries Concerned\n", "office-not"),
    "pdf": (lambda: b"%PDF-1.7", "office-not"),
    "a zip of something else": (lambda: packed({"readme.txt": "x"}, main="x.xml"), "office-not"),
    "an empty zip": (lambda: b"PK\x05\x06" + bytes(18), "office-not"),
    "xls of before 2007": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "office-old-format"),
    "password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "office-encrypted"),
    "encrypted part": (lambda: flagged(1), "office-encrypted"),
    "opendocument": (lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "office-opendocument"),
    "xlsb": (lambda: packed({"xl/workbook.bin": b"\x00"}), "office-binary"),
    "a document where a workbook is wanted": (lambda: document(""), "office-other-kind"),
    "cut off": (lambda: workbook({"A1": "x"})[:-200], "office-damaged"),
    "bytes of a part changed": (lambda: workbook({"A1": "x"}).replace(b"PK\x01\x02", b"PK\x01\x03", 1), "office-damaged"),
    "too many parts": (lambda: packed({f"p{n}.xml": "<a/>" for n in range(4100)}), "office-parts"),
    "bomb": (lambda: packed({"xl/sharedStrings.xml": BOMB}), "office-bomb"),
    "parts over one another": (overlapping, "office-bomb"),
    "a part twice": (twice, "office-part-twice"),
    "macros": (lambda: packed({"xl/vbaProject.bin": b"\x00"}), "office-macro"),
    "macro-enabled type": (lambda: packed({"[Content_Types].xml": TYPES.replace(
        "application/xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")}), "office-macro"),
    "excel 4 macros": (lambda: packed({"xl/macrosheets/sheet1.xml": "<a/>"}), "office-macro"),
    "embedded object": (lambda: packed({"xl/embeddings/oleObject1.bin": b"\x00"}), "office-embedded"),
    "activex": (lambda: packed({"xl/activeX/activeX1.xml": "<a/>"}), "office-embedded"),
    "external workbook": (lambda: packed({"xl/externalLinks/externalLink1.xml": "<a/>"}), "office-external-book"),
    "data connection": (lambda: packed({"xl/connections.xml": "<a/>"}), "office-connection"),
    "linked picture": (lambda: packed({"xl/_rels/a.xml.rels": relation("image", "http://example.org/a.png")}),
                       "office-external"),
    "template elsewhere": (lambda: packed({"word/_rels/settings.xml.rels": relation(
        "attachedTemplate", "http://example.org/a.dotm")}), "office-external"),
    "template on a server": (lambda: packed({"word/_rels/settings.xml.rels": relation(
        "attachedTemplate", r"file:///\\example.org\a.dotm")}), "office-external"),
    "entities": (lambda: packed({"xl/styles.xml": BILLION}), "office-doctype"),
    "doctype in UTF-16": (lambda: packed({"xl/styles.xml": BILLION.replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")}),
                          "office-doctype"),
    "external entity in the relationships": (lambda: packed({"_rels/.rels": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}),
                                             "office-doctype"),
    "broken xml": (lambda: packed({"xl/styles.xml": "<a><b></a>"}), "office-xml"),
    "nested deeply": (lambda: packed({"docProps/app.xml": "<a>" * 5000 + "</a>" * 5000}), "office-deep"),
    "formula": (lambda: workbook({"A1": "x", "C7": "=1+1"}), "office-formula"),
    "call of a program": (lambda: workbook({"A1": "=cmd|'/c calc'!A0"}), "office-formula"),
    "a value far away": (lambda: workbook({"A1": "x", "XFD1048576": "x"}), "office-dimensions"),
    "a cell that no sheet has": (lambda: sheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), "office-place"),
    "a row that no sheet has": (lambda: sheet('<row r="99999999999"><c><v>1</v></c></row>'), "office-place"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_unsafe_or_broken_is_refused_in_words(name: str, tmp_path: Path) -> None:
    make, key = REFUSED[name]
    file = tmp_path / "export.xlsx"
    file.write_bytes(make())
    with pytest.raises(UserError) as problem:
        check_office_file(file, LIMIT, kind=XLSX)
    assert problem.value.key == key
    for lang in ("vi", "en"):
        assert problem.value.message(lang).startswith("export.xlsx")


@pytest.mark.parametrize(("instruction", "told"), [
    ('<w:fldSimple w:instr=" DDEAUTO c:\\\\a.exe "/>', "DDEAUTO"),
    ('<w:fldChar w:fldCharType="begin"/><w:instrText>DD</w:instrText><w:instrText>E cmd</w:instrText>', "DDE"),
    ('<w:instrText> INCLUDEPICTURE "http://example.org/a.png"</w:instrText>', "INCLUDEPICTURE"),
])  # fmt: skip
def test_fields_of_a_document_that_call_out_are_refused(instruction: str, told: str) -> None:
    with pytest.raises(UserError) as problem:
        check_office_bytes(document(f"<w:p><w:r>{instruction}</w:r></w:p>"), "a.docx", LIMIT)
    assert problem.value.key == "office-dde" and problem.value.values["found"] == told


def test_a_file_that_is_too_large_unpacked_is_refused() -> None:
    data = packed({"xl/sharedStrings.xml": bytes(range(32, 127)) * 500})
    with pytest.raises(UserError) as problem:
        check_office_bytes(data, "a.xlsx", 1000)
    assert problem.value.key == "office-unpacked"


def test_all_problems_are_told_at_once() -> None:
    data = workbook({f"B{row}": "=1+1" for row in range(1, 12)})
    with pytest.raises(UserError) as problem:
        check_office_bytes(data, "a.xlsx", LIMIT)
    lines = problem.value.message("en").splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["a.xlsx:1:B1:", "a.xlsx:2:B2:", "a.xlsx:3:B3:", "a.xlsx:"]
    assert "8 more cells" in lines[3]


def test_many_problems_are_told_in_part() -> None:
    data = packed({f"xl/embeddings/o{number}.bin": b"" for number in range(50)})
    with pytest.raises(UserError) as problem:
        check_office_bytes(data, "a.xlsx", LIMIT)
    assert len(problem.value.message("vi").splitlines()) == 21


# What passes --------------------------------------------------------------------------------------------------


def test_a_plain_workbook_passes_with_how_far_it_is_filled() -> None:
    data = workbook({"A1": "x", "D9": 5})
    passed = check_office_bytes(data, "a.xlsx", LIMIT)
    assert (passed.kind, passed.data) == (XLSX, data)
    assert (passed.extents[SHEET].rows, passed.extents[SHEET].columns) == (9, 4)


def test_a_million_empty_rows_do_not_count() -> None:
    rows = "<row><c><v>1</v></c></row>" + "<row/>" * 1_000_000
    extent = check_office_bytes(sheet(rows), "a.xlsx", LIMIT).extents[SHEET]
    assert (extent.rows, extent.columns) == (1, 1)


def test_formatted_empty_cells_do_not_count() -> None:
    extent = check_office_bytes(sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="2"/></row>'), "a", LIMIT).extents[SHEET]
    assert extent.columns == 1


def test_formulas_pass_where_a_reader_wants_their_values() -> None:
    assert check_office_bytes(workbook({"A1": "=1+1"}), "a.xlsx", LIMIT, formulas=True).kind == XLSX


def test_hyperlinks_and_the_writers_own_template_pass() -> None:
    check_office_bytes(packed({"xl/_rels/a.xml.rels": relation("hyperlink", "https://example.org/")}), "a.xlsx", LIMIT)
    check_office_bytes(packed({"word/_rels/settings.xml.rels": relation(
        "attachedTemplate", r"file:///C:\Users\a\Normal.dotm")}), "a.xlsx", LIMIT)
    field = '<w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "https://example.org/link/dde"</w:instrText>'
    assert check_office_bytes(document(f"<w:p><w:r>{field}</w:r></w:p>"), "a.docx", LIMIT).kind == DOCX


@pytest.mark.parametrize("file", sorted(DATASETS.glob("*.docx")) or [None], ids=lambda file: file.name if file else "none")
def test_real_documents_pass(file: Path | None) -> None:
    if file is None:
        pytest.skip("the sample documents are not at hand")
    assert check_office_file(file, LIMIT, kind=DOCX).kind == DOCX
