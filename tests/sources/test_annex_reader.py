"""The annex reader on small texts: spelling, layout, page breaks, and every kind of bad input."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.annex.agencies import read_agencies
from pactgraph.sources.annex.breaks import is_fragment, join_cells
from pactgraph.sources.annex.bullets import split_bullets
from pactgraph.sources.annex.deadlines import read_deadlines
from pactgraph.sources.annex.numbering import Numbering
from pactgraph.sources.annex.read import read_annex
from pactgraph.sources.annex.reading import Reading, load_reading
from pactgraph.sources.annex.records import Annex
from pactgraph.sources.annex.to_rdf import AnnexWriter

HEADER = "STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tKết quả\tThời hạn"
HEAD = "Số: 77/QĐ-TTg\n\nHà Nội, ngày 1 tháng 2 năm 2020\n\nQUYẾT ĐỊNH\n\nPhê duyệt Kế hoạch\n"


@pytest.fixture(scope="module")
def reading(root: Path) -> Reading:
    return load_reading(root / "data" / "vnm")


def _read(tmp_path: Path, reading: Reading, *rows: str, header: str = HEADER) -> Annex:
    file = tmp_path / "decision.txt"
    file.write_text("\n".join([HEAD, header, *rows]), "utf-8")
    return read_annex(file, reading)


def _names(cell: str, reading: Reading) -> list[str | None]:
    return [agency.agency for agency in read_agencies(cell, "lead", [1], reading)[0]]


# Bodies ---------------------------------------------------------------------------------------------------------

def test_separators_stand_inside_and_between_names(reading: Reading) -> None:
    cell = "- Bộ Văn hóa, Thể thao và Du lịch, Bộ Lao động - Thương binh và Xã hội - Bộ Y tế; Bộ Công an và Bộ Tư pháp"
    assert _names(cell, reading) == [
        "Bộ Văn hóa, Thể thao và Du lịch", "Bộ Lao động - Thương binh và Xã hội", "Bộ Y tế", "Bộ Công an", "Bộ Tư pháp",
    ]


@pytest.mark.parametrize("spelling", [
    "Toà án nhân dân tối cao", "TÒA ÁN NHÂN DÂN TỐI CAO", "Tòa án nhân dân tối cao.",
    unicodedata.normalize("NFC", unicodedata.normalize("NFD", "Tòa án nhân dân tối cao")),
])
def test_spelling_variants_are_one_name(spelling: str, reading: Reading) -> None:
    assert _names(spelling, reading) == ["Tòa án nhân dân tối cao"]


def test_dash_variants_are_one_name(reading: Reading) -> None:
    assert _names("Bộ Lao động – Thương binh và Xã hội", reading) == ["Bộ Lao động - Thương binh và Xã hội"]


def test_a_scope_covers_the_bodies_before_it_in_the_same_part(reading: Reading) -> None:
    agencies, _ = read_agencies("Bộ Y tế; Bộ Công an, Bộ Quốc phòng (cơ sở giam giữ)", "lead", [1], reading)
    assert [agency.scope for agency in agencies] == [None, "cơ sở giam giữ", "cơ sở giam giữ"]


def test_requested_ends_with_its_bullet(reading: Reading) -> None:
    agencies, _ = read_agencies("- Đề nghị Tòa án nhân dân tối cao chủ trì - Bộ Công an", "lead", [1], reading)
    assert [(agency.agency, agency.requested) for agency in agencies] == [
        ("Tòa án nhân dân tối cao", True), ("Bộ Công an", False),
    ]


def test_a_bracket_may_name_a_unit_or_another_body_and_neither_is_lost(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, "1\tMột\tBộ Nội vụ (Ban Tôn giáo Chính phủ); Bộ Y tế (Bộ Công an)\t\t\t2021")
    assert [agency.subunit for agency in annex.rows[0].lead] == ["Ban Tôn giáo Chính phủ", "Bộ Công an"]
    ids = Ids(country="vnm")
    names = {"Bộ Nội vụ": "moha", "Bộ Y tế": "moh", "Bộ Công an": "mps", "Ban Tôn giáo Chính phủ": "religion"}
    quads = AnnexWriter(annex, ids, names, {"Ban Tôn giáo Chính phủ": "religion"}, {}, "vi").quads()
    told = {(quad.predicate.value.rsplit("/", 1)[-1], quad.object.value) for quad in quads}
    assert ("subunit", ids.unit("religion")) in told and ("functionScope", "Bộ Công an") in told
    assert ("subunit", ids.unit("mps")) not in told


def test_an_empty_cell_names_nobody(reading: Reading) -> None:
    assert read_agencies("", "lead", [1], reading) == ([], [])


@given(st.text(alphabet="ABộ Công an,;:-()Đề nghị.và ", max_size=80))
def test_any_cell_is_read_to_its_end(reading: Reading, cell: str) -> None:
    agencies, _ = read_agencies(cell, "lead", [1], reading)
    assert all(agency.verbatim in cell for agency in agencies)


# Deadlines, results, page breaks, numbers -----------------------------------------------------------------------

@pytest.mark.parametrize(("cell", "kind", "field", "value"), [
    ("Hằng năm", "annual", "recurrence", "P1Y"),
    ("Năm 2021", "final", "year", 2021),
    ("2019 – 2022", "range", "end", 2022),
    ("trước ngày 15 tháng 12 năm 2019", "final", "date", "2019-12-15"),
    ("Trước 30/11/2020", "final", "date", "2020-11-30"),
    ("định kỳ 03 năm", "periodic", "recurrence", "P3Y"),
])
def test_deadlines(cell: str, kind: str, field: str, value: object, reading: Reading) -> None:
    (deadline,), issues = read_deadlines(cell, [1], reading)
    assert (deadline.kind, getattr(deadline, field), issues) == (kind, value, [])


def test_bullets() -> None:
    assert split_bullets("- Kế hoạch; - Báo cáo.") == ["Kế hoạch", "Báo cáo"]
    assert split_bullets("Phát triển kinh tế - xã hội 2019 - 2022") == ["Phát triển kinh tế - xã hội 2019 - 2022"]
    assert split_bullets("") == []


def test_page_breaks() -> None:
    assert join_cells("cuộc hội", "ng nghị sau", "aeiouy") == ("cuộc hội nghị sau", ("hội ng nghị", "hội nghị"))
    assert join_cells("khuôn kh", "ổ pháp luật", "aeiouy") == ("khuôn khổ pháp luật", ("kh ổ", "khổ"))
    assert join_cells("khuôn khổ pháp", "luật", "aeiouy") == ("khuôn khổ pháp luật", None)
    assert not is_fragment("BLHS", "aeiouy") and not is_fragment("đi", "aeiouy") and is_fragment("đ", "aeiouy")


def test_where_words_may_lack_a_vowel_none_is_mended() -> None:
    assert join_cells("10", "km de route", "") == ("10 km de route", None)


def test_numbers_follow_their_hierarchy() -> None:
    numbering = Numbering("ABCDĐEGHIKLMNOPQRSTUVXY")
    marks = ["A.", "I.", "1.", "1.1.", "1.2", "2.", "a", "b", "c", "d", "đ", "II.", "B", "I", "C", "D.", "I."]
    ids = [numbering.next(mark) for mark in marks]
    assert [key for key, _ in ids if key] == [
        "A", "A.I", "A.I.1", "A.I.1.1", "A.I.1.2", "A.I.2",
        "A.I.2.a", "A.I.2.b", "A.I.2.c", "A.I.2.d", "A.I.2.đ", "A.II",
        "B", "B.I", "C", "D", "D.I",
    ]


# Layout ---------------------------------------------------------------------------------------------------------

def test_columns_are_known_by_their_headings_in_any_order(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, "1\tBộ Công an\tXây dựng luật\tnăm 2021",
                  header="TT\tĐơn vị chủ trì\tNội dung công việc\tThời gian")
    (row,) = annex.rows
    assert (row.label, row.lead[0].agency, row.deadlines[0].year) == ("Xây dựng luật", "Bộ Công an", 2021)


def test_a_repeated_header_is_passed_over(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, "1\tMột\tBộ Công an\t\t\t2021", HEADER, "2\tHai\tBộ Y tế\t\t\t2021")
    assert [row.id for row in annex.rows] == ["1", "2"]


# Bad input ------------------------------------------------------------------------------------------------------

def test_unknown_body_is_told_with_line_and_nearest_name(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, "1\tMột\tBộ Cong an nhân dan\t\t\t2021", "2\tHai\tBộ Y tế\t\t\t2021")
    ((row, issue),) = annex.errors()
    assert (row, issue.code, issue.found, issue.reading) == ("1", "unknown-body", "Bộ Cong an nhân dan", "Bộ Công an")
    assert issue.lines == (annex.rows[0].lines[0],)
    assert annex.rows[1].lead[0].agency == "Bộ Y tế"


def test_unreadable_deadline_is_told_and_kept(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, "1\tMột\tBộ Công an\t\t\tkhi nào xong thì thôi")
    ((_, issue),) = annex.errors()
    assert (issue.code, issue.found) == ("unreadable-deadline", "khi nào xong thì thôi")
    assert annex.rows[0].deadlines[0].raw == "khi nào xong thì thôi"


def test_too_few_cells_is_told_and_the_rest_read(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, "1\tMột\tBộ Công an", "2\tHai\tBộ Y tế\t\t\t2021")
    ((_, issue),) = annex.errors()
    assert issue.code == "too-few-cells"
    assert [row.id for row in annex.rows] == ["1", "2"]


def test_duplicate_and_unreadable_numbers(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, "1\tMột\tBộ Công an\t\t\t2021", "1\tHai\tBộ Y tế\t\t\t2021",
                  "**\tBa\tBộ Y tế\t\t\t2021")
    assert [issue.code for _, issue in annex.errors()] == ["duplicate-number", "unreadable-number"]
    assert len(annex.rows) == 3


@pytest.mark.parametrize(("content", "key", "line"), [
    (b"", "file-empty", None),
    (b" \n\n", "file-empty", None),
    (b"PK\x03\x04rest", "office-damaged", None),
    (b"S\xe1\xbb\x91: 1\n\x00\x01", "not-a-text", 2),
    ("Số: 1/QĐ-TTg\nbảng".encode("utf-16"), "not-utf8", 1),
    ("Số: 1/QĐ-TTg\nm".encode() + b"\xe9\xff", "not-utf8", 2),
    ((HEAD + "\nkhông có bảng").encode(), "no-annex", None),
    ((HEADER + "\n1\ta\tBộ Y tế\t\t\t2021").encode(), "no-document-number", None),
])
def test_what_is_no_decision_is_refused_with_its_place(
    content: bytes, key: str, line: int | None, tmp_path: Path, reading: Reading
) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(content)
    with pytest.raises(UserError) as problem:
        read_annex(file, reading)
    assert (problem.value.key, problem.value.line) == (key, line)
    for lang in ("vi", "en"):
        assert problem.value.message(lang).startswith("file.txt:")


def test_a_file_of_50_mb_is_refused_before_it_is_read(tmp_path: Path, reading: Reading) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(UserError) as problem:
        read_annex(file, reading)
    assert problem.value.key == "file-too-large"


def test_a_file_that_is_not_there(tmp_path: Path, reading: Reading) -> None:
    with pytest.raises(UserError) as problem:
        read_annex(tmp_path / "nothing.txt", reading)
    assert problem.value.key == "file-unreadable"


def test_decomposed_text_is_read_like_composed(tmp_path: Path, reading: Reading) -> None:
    text = unicodedata.normalize("NFD", "\n".join([HEAD, HEADER, "1\tMột\tBộ Công an\t\t\tHàng năm"]))
    file = tmp_path / "nfd.txt"
    file.write_text(text, "utf-8", newline="\r\n")
    annex = read_annex(file, reading)
    assert annex.rows[0].lead[0].agency == "Bộ Công an" and annex.rows[0].deadlines[0].kind == "annual"
