"""The tables of data/: how a table is read, what each error says, and what the real tables state (counted by hand)."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from tables_help import Graph, put, told

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import PG, VOCAB
from pactgraph.sources.annex import read_annex
from pactgraph.sources.annex.reading import load_reading
from pactgraph.sources.annex.to_rdf import AnnexWriter
from pactgraph.sources.quads import expand, literal
from pactgraph.sources.tables import (
    bodies,
    concluding_observations,
    documents,
    laws,
    plan_notes,
    subjects,
    transfers,
    treaty,
    upr,
)
from pactgraph.sources.tables.csvfile import Column, read_table

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
CO3 = DATA / "un" / "ccpr-c-vnm-co-3"
PLAN = DATA / "vnm" / "plans" / "1252-qd-ttg-2019"
KEY = "1252-qd-ttg-2019"
IDS = Ids(country="vnm")


# A made-up table ---------------------------------------------------------------------------------------------------

COLUMNS = (
    Column("id", "code", required=True),
    Column("day", "date"),
    Column("flag", "boolean"),
    Column("share", "decimal"),
    Column("count", "integer"),
    Column("kind", "code", choices=("lead", "cooperating")),
    Column("note"),
)
HEADING = "id,day,flag,share,count,kind,note\n"
GOOD = HEADING + "one,2025-03-01,TRUE,0.85,7,lead,Bộ Công an\ntwo,,,,,,\n"


@pytest.mark.parametrize("text", [
    GOOD,
    "\ufeff" + GOOD,
    GOOD.replace("\n", "\r\n"),
    unicodedata.normalize("NFD", GOOD),
    GOOD.replace("0.85", "0,85", 1).replace(",", ";").replace("0;85", "0,85"),
    GOOD.replace(",", "\t"),
    GOOD.replace("note\n", "note,,\n").replace("Công an\n", "Công an,,\n").replace("two,,,,,,", "two,,,,,,,,"),
    GOOD.replace("Bộ Công an", " Bộ Công an  "),
])
def test_a_table_is_read_however_a_spreadsheet_wrote_it(tmp_path: Path, text: str) -> None:
    problems: list[UserError] = []
    rows = read_table(put(tmp_path / "t.csv", text), COLUMNS, problems)
    assert told(problems) == []
    first, second = rows
    assert (first.text("id"), first.day("day"), first.flag("flag")) == ("one", date(2025, 3, 1), True)
    assert (first.decimal("share"), first.integer("count"), first.text("kind")) == (Decimal("0.85"), 7, "lead")
    assert first.text("note") == "Bộ Công an"
    assert (second.day("day"), second.flag("flag"), second.decimal("share"), second.integer("count")) == (
        None, False, None, None)
    assert (second.text("kind"), second.text("note")) == ("", "")


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    text = HEADING + '\none,,,,,,"two\nlines, one cell"\n,,,,,,\ntwo,,,,,,\n'
    problems: list[UserError] = []
    rows = read_table(put(tmp_path / "t.csv", text), COLUMNS, problems)
    assert [(row.text("id"), row.number) for row in rows] == [("one", 3), ("two", 5)]


@pytest.mark.parametrize(("text", "place", "words"), [
    ("", ("table-empty", None, None), "id, day, flag"),
    ("id,day,flag,share,count,kind\n", ("table-column-absent", 1, "note"), "missing in the heading"),
    (HEADING.replace("share", "shares"), ("table-column-absent", 1, "share"), "id, day, flag, share"),
    (HEADING.replace("note", "note,extra"), ("table-column-unknown", 1, "extra"), "not known"),
    (HEADING.replace("note", ",note"), ("table-column-unknown", 1, 7), "not known"),
    (HEADING.replace("note", "note,day"), ("table-column-twice", 1, "day"), "twice"),
    (GOOD + "one,,,,,,again\n", ("table-row-twice", 4, "id"), "'one' stands already in row 2"),
    (GOOD + "three,,,,,,a,b\n", ("table-width", 4, None), "8 cells, the heading has 7"),
    (GOOD + "three,,,\n", ("table-width", 4, None), "4 cells"),
    (GOOD + ",,,,,,no id\n", ("table-cell-empty", 4, "id"), "must not be empty"),
    (GOOD + "Three,,,,,,\n", ("table-cell-code", 4, "id"), "'Three'"),
    (GOOD + "three,01/03/2025,,,,,\n", ("table-cell-date", 4, "day"), "'01/03/2025'"),
    (GOOD + "three,2025-02-30,,,,,\n", ("table-cell-date", 4, "day"), "2025-03-01"),
    (GOOD + "three,,yes,,,,\n", ("table-cell-boolean", 4, "flag"), "neither true nor false"),
    (GOOD + "three,,,half,,,\n", ("table-cell-decimal", 4, "share"), "0.85"),
    (GOOD + "three,,,,1.5,,\n", ("table-cell-integer", 4, "count"), "whole number"),
    (GOOD + "three,,,,,boss,\n", ("table-cell-choice", 4, "kind"), "lead, cooperating"),
    (GOOD + 'three,,,,,,"open\n', ("table-quotes", 4, None), "quotation mark"),
])
def test_what_is_wrong_is_told_with_row_and_column(
        tmp_path: Path, text: str, place: tuple[str, int | None, int | str | None], words: str) -> None:
    path = put(tmp_path / "t.csv", text)
    problems: list[UserError] = []
    read_table(path, COLUMNS, problems, key=("id",))
    assert told(problems)[0] == place
    assert words in problems[0].message("en")
    where = ":".join(str(part) for part in (path, *place[1:]) if part is not None)
    for lang in ("vi", "en"):
        assert problems[0].message(lang).startswith(f"{where}: ")
    assert problems[0].message("vi") != problems[0].message("en")


def test_a_table_that_is_no_table(tmp_path: Path) -> None:
    problems: list[UserError] = []
    assert read_table(tmp_path / "none.csv", COLUMNS, problems) == []
    (tmp_path / "book.csv").write_bytes(b"PK\x03\x04workbook")
    (tmp_path / "ansi.csv").write_bytes((HEADING + "one,,,,,,").encode() + b"B\xf4\n")
    for name in ("book.csv", "ansi.csv"):
        read_table(tmp_path / name, COLUMNS, problems)
    assert told(problems) == [("table-absent", None, None), ("table-workbook", None, None), ("table-not-utf8", 2, None)]
    assert "id, day" in problems[0].message("en") and "Excel" in problems[1].message("en")


def test_all_problems_are_collected_and_the_rest_is_read(tmp_path: Path) -> None:
    text = HEADING + "one,yesterday,maybe,,,,\ntwo,,,,,,\n,,,,,,x\nfour,,,,,,\n"
    problems: list[UserError] = []
    rows = read_table(put(tmp_path / "t.csv", text), COLUMNS, problems)
    assert [row.text("id") for row in rows] == ["two", "four"]
    assert told(problems) == [("table-cell-date", 2, "day"), ("table-cell-boolean", 2, "flag"),
                              ("table-cell-empty", 4, "id")]


# Made-up folders ---------------------------------------------------------------------------------------------------

TREATY = """key = "ab"
notation = "AB"
adopted = 2001-02-03
in_force = 2002-02-03
source = "a book"
status = "verified"
[title]
vi = "Công ước AB"
en = "Covenant AB"
[rights]
vi = "mở"
en = "open"
"""
ARTICLES = """article,part,title_en,title_vi,derogation,note_en,source,status
1,I,First,Thứ nhất,not-applicable,,a book,verified
2,II,Second,Thứ hai,listed,A note.,a book,derived
"""


def test_a_treaty_of_two_articles(tmp_path: Path) -> None:
    put(tmp_path / "treaty.toml", TREATY)
    put(tmp_path / "articles.csv", ARTICLES)
    problems: list[UserError] = []
    graph = Graph(treaty.read(tmp_path, IDS, problems))
    assert problems == []
    assert {quad.graph_name.value for quad in graph.quads} == {IDS.graph("treaty/ab")}
    second = IDS.article("ab", 2)
    assert graph.instances("pg:Article") == {IDS.article("ab", 1), second}
    assert graph.one(second, "rdfs:label", "vi") == "Điều 2: Thứ hai"
    assert graph.one(second, "rdfs:label", "en") == "Article 2: Second"
    assert graph.one(second, "skos:notation") == "AB/2"
    assert graph.one(second, "pg:derogationStatus") == VOCAB + "derogation/listed"
    assert graph.one(second, "pg:verification") == VOCAB + "verification/derived"
    assert graph.one(second, "dcterms:source") == "a book"
    assert graph.one(IDS.treaty("ab"), "pg:inForceFrom") == "2002-02-03"


def test_a_broken_toml_and_its_values(tmp_path: Path) -> None:
    put(tmp_path / "articles.csv", ARTICLES)
    problems: list[UserError] = []
    assert treaty.read(tmp_path, IDS, problems) == []
    put(tmp_path / "treaty.toml", "key = \n")
    assert treaty.read(tmp_path, IDS, problems) == []
    put(tmp_path / "treaty.toml", TREATY.replace("adopted = 2001-02-03", 'adopted = "2001-02-03"')
        .replace('status = "verified"', 'status = "sure"').replace('vi = "mở"\n', ""))
    treaty.read(tmp_path, IDS, problems)
    assert [problem.key for problem in problems] == ["file-unreadable", "toml-broken", "toml-value-date",
                                                     "toml-value-absent", "toml-value-choice"]
    assert "adopted" in problems[2].message() and "rights.vi" in problems[3].message()
    assert "'sure'" in problems[4].message() and "verified, secondary" in problems[4].message()


COUNTRY = 'code = "vnm"\nlanguage = "vi"\n[name]\nvi = "Việt Nam"\nen = "Viet Nam"\n'
BODIES = """id,name_vi,name_en,kind,exists_from,exists_until,asked_only,continues_source,source,status
old,Bộ Cũ,Old Ministry,ministry,,2025-03-01,false,,a plan,verified
new,Bộ Mới,New Ministry,ministry,2025-03-01,,false,a resolution,a resolution,secondary
"""
GROUPS = "id,name_vi,name_en,note_en,source,status\nall,Các bộ,Ministries,,a plan,verified\n"
UNITS = "id,unit_of,name_vi,name_en,source,status\ndesk,old,Ban Một,Desk One,a plan,verified\n"
TRANSFERS = """id,from,to,kind,function,effective,basis,source,status,note_en
t-1,old,new,merged,,2025-03-01,,a resolution,secondary,
"""
LAWS = """id,number,title_vi,title_en,kind,adopted,in_force_from,in_force_until,replaced_by,source,status,note_en
l-1,1/2018,Luật Một,Law One,law,2018-06-12,2019-01-01,2026-07-01,l-2,a paper,secondary,
l-2,2/2025,Luật Một,Law One,law,,2026-07-01,,,a paper,verified,
l-3,,Luật Ba,Law Three,bill,,,,,a plan,verified,
"""


def country(folder: Path, **files: str) -> Path:
    """A made-up country folder; ``files`` replaces its tables."""
    texts = {"country.toml": COUNTRY, "bodies.csv": BODIES, "groups.csv": GROUPS, "units.csv": UNITS,
             "transfers.csv": TRANSFERS, "laws.csv": LAWS}
    for name, text in texts.items():
        put(folder / name, files.get(name.partition(".")[0], text))
    return folder


def test_a_country_of_two_bodies(tmp_path: Path) -> None:
    folder, problems = country(tmp_path), []
    graph = Graph(bodies.read(folder, IDS, problems) + transfers.read(folder, IDS, problems)
                  + laws.read(folder, IDS, problems))
    assert problems == []
    assert graph.instances("pg:PublicBody") == {IDS.body("old"), IDS.body("new")}
    assert graph.one(IDS.body("old"), "pg:existsUntil") == "2025-03-01"
    assert graph.one(IDS.body("old"), "pg:continuesSource") is None
    assert graph.one(IDS.body("new"), "pg:continuesSource") == "a resolution"
    assert graph.one(IDS.unit("desk"), "pg:unitOf") == IDS.body("old")
    assert graph.one(IDS.transfer("t-1"), "pg:transferKind") == VOCAB + "transfer-kind/merged"
    assert graph.one(IDS.transfer("t-1"), "rdfs:label", "vi") == "Bộ Cũ → Bộ Mới (2025-03-01)"
    assert graph.one(IDS.transfer("t-1"), "pg:transfersFunction") is None
    assert graph.one(IDS.law("l-1"), "rdfs:label", "vi") == "Luật Một (1/2018)"
    assert graph.one(IDS.law("l-1"), "pg:replacedBy") == IDS.law("l-2")
    assert graph.instances("pg:LawProposal") == {IDS.law("l-3")}
    assert bodies.ids_by_name(folder, problems) == {"Bộ Cũ": "old", "Bộ Mới": "new", "Các bộ": "all", "Ban Một": "desk"}
    assert bodies.language(folder) == "vi"


FULL_GROUPS = """id,name_vi,name_en,kind,exists_from,exists_until,asked_only,note_en,note_vi,source,status
low,Tòa cấp dưới,Lower Courts,court,,2025-07-01,true,A level.,Một cấp.,a law,secondary
area,Tòa khu vực,Area Courts,court,2025-07-01,,true,,,a law,secondary
"""
FULL_UNITS = """id,unit_of,name_vi,name_en,exists_from,exists_until,continues_source,source,status,note_en,note_vi
desk,new,Ban Một,Desk One,,2025-03-01,,a plan,verified,Small.,Nhỏ.
both,new,Ban Hai,Desk Two,2025-03-01,,a decree,a decree,secondary,,
"""
FULL_TRANSFERS = """id,from,to,kind,function,effective,basis,source,status,note_en,note_vi
t-2,low,area,succeeded,,2025-07-01,Luật 1,a law,secondary,,
t-3,desk,both,merged,,2025-03-01,Nghị định 2,a decree,secondary,Inside.,Nội bộ.
t-4,low,new,split,,2025-07-01,,a law,derived,,
"""


def test_groups_and_units_have_days_and_transfers_of_their_own(tmp_path: Path) -> None:
    folder, problems = country(tmp_path, groups=FULL_GROUPS, units=FULL_UNITS, transfers=FULL_TRANSFERS), []
    graph = Graph(bodies.read(folder, IDS, problems) + transfers.read(folder, IDS, problems))
    assert problems == []
    low, desk = IDS.body("low"), IDS.unit("desk")
    assert graph.instances("pg:BodyGroup") == {low, IDS.body("area")}
    assert (graph.one(low, "pg:existsUntil"), graph.one(IDS.body("area"), "pg:existsFrom")) == ("2025-07-01",) * 2
    assert graph.one(low, "pg:askedOnly") == "true"
    assert graph.one(low, "pg:bodyKind") == VOCAB + "body-kind/court"
    assert graph.one(low, "rdfs:comment", "vi") == "Một cấp."
    assert graph.one(desk, "pg:existsUntil") == "2025-03-01"
    assert graph.one(IDS.unit("both"), "pg:continuesSource") == "a decree"
    assert graph.pairs("pg:transferFrom") == {(IDS.transfer("t-2"), low), (IDS.transfer("t-3"), desk),
                                              (IDS.transfer("t-4"), low)}
    assert graph.pairs("pg:transferTo") == {(IDS.transfer("t-2"), IDS.body("area")),
                                            (IDS.transfer("t-3"), IDS.unit("both")),
                                            (IDS.transfer("t-4"), IDS.body("new"))}
    assert graph.one(IDS.transfer("t-3"), "rdfs:comment", "en") == "Inside."
    assert graph.one(IDS.transfer("t-3"), "pg:legalBasis") == "Nghị định 2"


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("groups", "2025-07-01,,true", "2025-07-01,2025-07-01,true", ("table-dates-order", 3, "exists_until")),
    ("groups", ",true,A", ",yes,A", ("table-cell-boolean", 2, "asked_only")),
    ("units", "2025-03-01,,a dec", "2025-03-01,2024-03-01,a dec", ("table-dates-order", 3, "exists_until")),
    ("units", ",,2025-03-01", ",,01/03/2025", ("table-cell-date", 2, "exists_until")),
    ("transfers", "desk,both", "desk,sofa", ("table-reference", 3, "to")),
])
def test_what_is_wrong_with_groups_and_units_is_told(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int, str]) -> None:
    texts = {"groups": FULL_GROUPS, "units": FULL_UNITS, "transfers": FULL_TRANSFERS}
    assert before in texts[table]
    texts[table] = texts[table].replace(before, after)
    folder, problems = country(tmp_path, **texts), []
    bodies.read(folder, IDS, problems)
    transfers.read(folder, IDS, problems)
    assert place in told(problems)


def test_a_title_means_the_newest_law_of_the_day(tmp_path: Path) -> None:
    folder, problems = country(tmp_path), []
    assert laws.titles_on(folder, date(2018, 1, 1), problems) == {"Luật Ba": "l-3"}
    assert laws.titles_on(folder, date(2019, 9, 26), problems) == {"Luật Một": "l-1", "Luật Ba": "l-3"}
    assert laws.titles_on(folder, date(2026, 7, 1), problems) == {"Luật Một": "l-2", "Luật Ba": "l-3"}


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("country", '"vnm"', '"xyz"', ("toml-value-choice", None, None)),
    ("bodies", "01,,false,a res", "01,2025-03-01,false,a res", ("table-dates-order", 3, "exists_until")),
    ("groups", "all,", "old,", ("bodies-id-taken", 2, "id")),
    ("units", "desk,old", "desk,nobody", ("table-reference", 2, "unit_of")),
    ("units", "desk,old", "all,old", ("bodies-id-taken", 2, "id")),
    ("units", "desk,old", "desk,all", ("table-reference", 2, "unit_of")),
    ("transfers", "old,new", "old,nobody", ("table-reference", 2, "to")),
    ("transfers", "old,new", "new,new", ("transfer-to-itself", 2, "to")),
    ("transfers", "merged", "function-transferred", ("table-cell-empty", 2, "function")),
    ("laws", ",l-2,a", ",l-9,a", ("table-reference", 2, "replaced_by")),
    ("laws", "2026-07-01,l-2", "2018-07-01,l-2", ("table-dates-order", 2, "in_force_until")),
    ("laws", "bill,,,", "bill,,2026-01-01,", ("law-bill-in-force", 4, "kind")),
    ("laws", "a plan,verified", "a plan,sure", ("table-cell-choice", 4, "status")),
    ("laws", "a plan,verified", ",verified", ("table-cell-empty", 4, "source")),
])
def test_what_does_not_fit_together_is_told(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int | None, str | None]) -> None:
    text = {"country": COUNTRY, "bodies": BODIES, "groups": GROUPS, "units": UNITS, "transfers": TRANSFERS,
            "laws": LAWS}[table]
    assert before in text
    folder, problems = country(tmp_path, **{table: text.replace(before, after)}), []
    for read in (bodies.read, transfers.read, laws.read):
        read(folder, IDS, problems)
    assert told(problems) == [place]
    assert problems[0].message("vi") != problems[0].message("en")


DOCUMENT = """kind = "concluding-observations"
symbol = "AB/C/XYZ/CO/1"
body = "ab"
state = "xyz"
adopted = 2019-03-25
published = 2019-08-29
session = 125
source = "a copy"
status = "verified"
[title]
vi = "Nhận xét"
en = "Observations"
[rights]
vi = "dữ kiện"
en = "facts"
"""
PARAGRAPHS = """paragraph,type,subject_en,subject_vi,placeholder,follow_up,due,paired_with,refers_to,source,status
3(a),positive-aspect,A law,Một luật,,,,,,a copy,verified
23,concern,Penalty,Hình phạt,,,,,,follows from 24,derived
24,recommendation,Penalty,Hình phạt,,true,2021-03-29,23,,a copy,verified
25,concern,,,true,,,,,by parity,derived
26,recommendation,,,true,,,25,,by parity,derived
"""
GRADES = """paragraph,part,grade,gist_en,gist_vi,document,session,assessed_on,source,status
24,a,C,Little,Ít,AB/C/136,136,2022-11-04,a copy,verified
24,a,B,More,Hơn,AB/C/140,140,2024-03-28,a copy,verified
24,,E,Against,Trái,AB/C/136,136,2022-11-04,a copy,verified
"""
REC_LINKS = """paragraph,predicate,target,status,method,confidence,quotation,source,note_en,note_vi
24,concernsProvision,ab/2,curated,names-the-right,0.90,Penalty,a copy,why,vì sao
24,concernsProvision,ab/1,proposed,names-the-right,0.40,Penalty,a copy,,
"""


def observations(folder: Path, problems: list[UserError], **files: str) -> Graph:
    """Read a made-up document with its links; ``files`` replaces its tables."""
    texts = {"document.toml": DOCUMENT, "paragraphs.csv": PARAGRAPHS, "grades.csv": GRADES, "rec_links.csv": REC_LINKS}
    for name, text in texts.items():
        put(folder / name, files.get(name.partition(".")[0], text))
    known = frozenset({IDS.article("ab", 1), IDS.article("ab", 2)})
    quads = concluding_observations.read(folder, IDS, problems)
    return Graph(quads + concluding_observations.read_links(folder, IDS, known, problems))


def test_observations_of_three_paragraphs(tmp_path: Path) -> None:
    problems: list[UserError] = []
    graph = observations(tmp_path, problems)
    assert problems == []
    symbol = "AB/C/XYZ/CO/1"
    rec, part = IDS.recommendation(symbol, 24), IDS.recommendation(symbol, 24, "a")
    empty = {IDS.paragraph(symbol, "25"), IDS.recommendation(symbol, 26)}
    assert graph.instances("pg:TreatyBodyRecommendation") == {rec, IDS.recommendation(symbol, 26)}
    assert graph.instances("pg:DocumentParagraph") == {
        IDS.paragraph(symbol, "3/a"), IDS.paragraph(symbol, "23"), IDS.paragraph(symbol, "25")}
    assert graph.pairs("pg:placeholder") == {(iri, "true") for iri in empty}
    assert graph.one(IDS.recommendation(symbol, 26), "rdfs:label", "vi") == "Đoạn 26 (chưa nạp nội dung)"
    assert graph.one(IDS.recommendation(symbol, 26), "rdfs:label", "en") == "Paragraph 26 (text not loaded)"
    assert graph.one(IDS.recommendation(symbol, 26), "pg:pairedWith") == IDS.paragraph(symbol, "25")
    assert graph.one(IDS.recommendation(symbol, 26), "pg:textStatus") == VOCAB + "text-status/not-loaded"
    assert graph.one(IDS.paragraph(symbol, "3/a"), "pg:paragraphNumber") == "3(a)"
    assert graph.one(rec, "pg:pairedWith") == IDS.paragraph(symbol, "23")
    assert graph.one(rec, "pg:responseDueOn") == "2021-03-29"
    assert graph.one(rec, "pg:textStatus") == VOCAB + "text-status/not-loaded"
    assert graph.one(part, "pg:partOfRecommendation") == rec
    assert graph.one(part, "skos:notation") == f"{symbol}/24(a)"
    assessed = graph.pairs("pg:assesses")
    assert assessed == {(IDS.assessment(symbol, "24/a/136"), part), (IDS.assessment(symbol, "24/a/140"), part),
                        (IDS.assessment(symbol, "24/136"), rec)}
    assert graph.one(IDS.assessment(symbol, "24/136"), "rdfs:label", "vi") == "Mức E cho đoạn 24 (phiên họp 136)"
    assert graph.pairs("pg:concernsProvision") == {(rec, IDS.article("ab", 2))}
    assert len(graph.instances("pg:LinkAssertion")) == 2


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("paragraphs", "3(a)", "3a", ("paragraph-form", 2, "paragraph")),
    ("paragraphs", "2021-03-29,23", "2021-03-29,22", ("table-reference", 4, "paired_with")),
    ("paragraphs", "positive-aspect", "praise", ("table-cell-choice", 2, "type")),
    ("paragraphs", "A law,Một luật", "A law,", ("table-cell-empty", 2, "subject_vi")),
    ("paragraphs", "26,recommendation,,", "26,recommendation,Liberty,", ("paragraph-placeholder-row", 6, "placeholder")),
    ("paragraphs", "true,,,25,,by parity,derived", "true,true,,25,,by parity,derived",
     ("paragraph-placeholder-row", 6, "placeholder")),
    ("paragraphs", "true,,,25,,by parity,derived", "true,,,25,,by parity,verified",
     ("paragraph-placeholder-row", 6, "placeholder")),
    ("paragraphs", "23,,a copy", "23,other/5,a copy", ("link-target-unknown", 4, "refers_to")),
    ("paragraphs", "23,,a copy", "23,other 5,a copy", ("link-target-form", 4, "refers_to")),
    ("grades", "24,,E", "26,,E", ("paragraph-placeholder", 4, "paragraph")),
    ("rec_links", "24,concernsProvision,ab/1", "26,concernsProvision,ab/1", ("paragraph-placeholder", 3, "paragraph")),
    ("grades", "24,,E", "23,,E", ("paragraph-no-recommendation", 4, "paragraph")),
    ("grades", "24,,E", "24,,F", ("table-cell-choice", 4, "grade")),
    ("grades", "24,a,B,More,Hơn,AB/C/140", "24,a,B,More,Hơn,AB/C/136", ("table-row-twice", 3, "paragraph")),
    ("rec_links", "ab/1", "ab/19", ("link-target-unknown", 3, "target")),
    ("rec_links", "ab/1", "article 1", ("link-target-form", 3, "target")),
    ("rec_links", "0.40", "40", ("link-confidence", 3, "confidence")),
    ("rec_links", "proposed", "likely", ("table-cell-choice", 3, "status")),
    ("rec_links", "24,concernsProvision,ab/1", "25,concernsProvision,ab/1",
     ("paragraph-no-recommendation", 3, "paragraph")),
])
def test_what_is_wrong_with_observations_is_told(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int, str]) -> None:
    text = {"paragraphs": PARAGRAPHS, "grades": GRADES, "rec_links": REC_LINKS}[table]
    assert before in text
    problems: list[UserError] = []
    observations(tmp_path, problems, **{table: text.replace(before, after)})
    assert told(problems) == [place]


NOTES = {
    "translation": "row,field,ordinal,text_en\ndocument,title,,The plan\nA.I,label,,Do it\nIII.1,label,,A duty\n"
                   "A.I,result,1,A report\nA.I,scope,2,on law\n",
    "links": "task,predicate,target,status,method,confidence,quotation,line,note_en,note_vi\n"
             "A.I,concernsProvision,ab/2,curated,names-the-right,0.9,quyền sống,2,why,vì sao\n"
             "A.I,addresses,ab-co/24/a,proposed,general-duty,0.5,quyền,2,,\n",
    "functions": "row,agency_id,function,quotation,line,status,note_en\n"
                 "A.I,old,labour,lao động,1,curated,\nA.I,old,press,quyền,2,proposed,\n",
    "unresolved": "row,agency_id,why_en,why_vi\nA.I,new,No word decides.,Không có từ nào quyết định.\n",
}
# Paragraph 26 of ab-co is a placeholder
EMPTY = Quad(NamedNode(IDS.recommendation("ab-co", 26)), expand("pg:placeholder"), literal(True))
KNOWN = subjects([EMPTY]) | frozenset({
    IDS.task("p-2019", "A.I"), IDS.duty("p-2019", "III.1"), IDS.part("result", "p-2019", "A.I", 1),
    IDS.part("responsibility", "p-2019", "A.I", 2), IDS.article("ab", 2), IDS.recommendation("ab-co", 24, "a"),
})


PLACES = {("A.I", "old"): [1, 3], ("A.I", "new"): [4]}


def notes(folder: Path, problems: list[UserError], **files: str) -> Graph:
    """The notes on a made-up plan of two lines."""
    for name, text in NOTES.items():
        put(folder / f"{name}.csv", files.get(name, text))
    plan = plan_notes.Plan("p-2019", "vi", ["Bộ Cũ: lao động", "bảo đảm quyền sống"], KNOWN, IDS)
    return Graph(plan_notes.read_translation(folder, plan, problems) + plan_notes.read_links(folder, plan, problems)
                 + plan_notes.read_functions(folder, plan, PLACES, problems)
                 + plan_notes.read_unresolved(folder, plan, PLACES, problems))


def test_notes_on_a_plan(tmp_path: Path) -> None:
    problems: list[UserError] = []
    graph = notes(tmp_path, problems)
    assert problems == []
    task = IDS.task("p-2019", "A.I")
    assert graph.one(IDS.plan("p-2019"), "dcterms:title", "en") == "The plan"
    assert graph.one(task, "rdfs:label", "en") == "Do it"
    assert graph.one(IDS.duty("p-2019", "III.1"), "rdfs:label", "en") == "A duty"
    assert graph.one(IDS.part("result", "p-2019", "A.I", 1), "rdfs:label", "en") == "A report"
    assert graph.one(IDS.part("responsibility", "p-2019", "A.I", 2), "pg:functionScope", "en") == "on law"
    link = IDS.link("p-2019", "A.I/ab-2")
    assert graph.one(link, "pg:linkPredicate") == PG + "concernsProvision"
    assert graph.one(link, "pg:quotation", "vi") == "quyền sống"
    assert graph.one(link, "pg:sourceLine") == "2"
    assert graph.one(link, "pg:method") == VOCAB + "link-method/names-the-right"
    assert graph.one(link, "pg:quotedFrom") == IDS.source("decision-p-2019")
    assert graph.pairs("pg:concernsProvision") == {(task, IDS.article("ab", 2))}
    assert graph.pairs("pg:addresses") == set()
    assert graph.pairs("pg:concernsFunction") == {
        (IDS.part("responsibility", "p-2019", "A.I", ordinal), VOCAB + "function/labour") for ordinal in (1, 3)}
    fourth = IDS.part("responsibility", "p-2019", "A.I", 4)
    assert graph.one(fourth, "rdfs:comment", "vi") == "Không có từ nào quyết định."
    assert graph.one(fourth, "rdfs:comment", "en") == "No word decides."


def test_a_plan_may_leave_nothing_unresolved(tmp_path: Path) -> None:
    problems: list[UserError] = []
    notes(tmp_path, problems)
    (tmp_path / "unresolved.csv").unlink()
    plan = plan_notes.Plan("p-2019", "vi", [], KNOWN, IDS)
    assert plan_notes.read_unresolved(tmp_path, plan, PLACES, problems) == []
    assert problems == []


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("translation", "A.I,label", "A.IX,label", ("note-row-unknown", 3, "row")),
    ("translation", "result,1", "result,2", ("note-no-result", 5, "ordinal")),
    ("translation", "scope,2", "scope,9", ("note-no-scope", 6, "ordinal")),
    ("links", "quyền sống,2", "quyền sống,1", ("note-quotation", 2, "quotation")),
    ("links", "quyền sống,2", "quyền sống,99", ("note-quotation", 2, "quotation")),
    ("links", "ab-co/24/a", "ab-co/52", ("link-target-unknown", 3, "target")),
    ("links", "ab-co/24/a", "ab-co/26", ("link-target-placeholder", 3, "target")),
    ("links", "ab-co/24/a", "ab-co/26/b", ("link-target-placeholder", 3, "target")),
    ("links", "general-duty", "a-guess", ("table-cell-choice", 3, "method")),
    ("functions", "A.I,old,labour", "A.I,nobody,labour", ("note-no-agency", 2, "agency_id")),
    ("unresolved", "A.I,new", "A.I,old", ("note-resolved", 2, "agency_id")),
    ("unresolved", "A.I,new", "A.I,nobody", ("note-no-agency", 2, "agency_id")),
    ("unresolved", "A.I,new", "A.IX,new", ("note-row-unknown", 2, "row")),
    ("unresolved", "decides.", "decides.,", ("table-width", 2, None)),
    ("functions", "lao động", "Lao động", ("note-quotation", 2, "quotation")),
])
def test_a_note_that_does_not_fit_its_plan_is_told(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int, str]) -> None:
    assert before in NOTES[table]
    problems: list[UserError] = []
    notes(tmp_path, problems, **{table: NOTES[table].replace(before, after)})
    assert told(problems) == [place]
    assert problems[0].message("vi") != problems[0].message("en")


# The real data -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> Graph:
    """All tables of data/ as one graph; they have no problem."""
    problems: list[UserError] = []
    quads = treaty.read(DATA / "treaties" / "iccpr", IDS, problems)
    folders = [folder for folder in sorted(note.parent for note in (DATA / "un").glob("*/document.toml"))
               if not upr.is_report(folder)]
    for folder in folders:
        quads += concluding_observations.read(folder, IDS, problems)
    quads += bodies.read_un_bodies(DATA / "un" / "bodies.csv", IDS, problems)
    quads += documents.read(DATA / "un", IDS, subjects(quads), problems)
    known = subjects(quads)
    for folder in folders:
        quads += concluding_observations.read_links(folder, IDS, known, problems)
    for read in (bodies.read, transfers.read, laws.read):
        quads += read(DATA / "vnm", IDS, problems)
    annex = read_annex(PLAN / f"decision-{KEY}.txt", load_reading(DATA / "vnm"))
    writer = AnnexWriter(annex, IDS, bodies.ids_by_name(DATA / "vnm", problems),
                         bodies.unit_ids_by_name(DATA / "vnm", problems),
                         laws.titles_on(DATA / "vnm", date(2019, 9, 26), problems), "vi")
    source = writer.quads()
    quads += plan_notes.read(PLAN, KEY, IDS, writer.ordinals(), known | subjects(source), problems)
    assert [problem.message() for problem in problems] == []
    return Graph(quads)


def keys(graph: Graph, name: str) -> set[str]:
    return {iri.rpartition("/")[2] for iri in graph.instances(name)}


def test_the_covenant_has_53_articles_in_six_parts(real: Graph) -> None:
    assert keys(real, "pg:Article") == {str(number) for number in range(1, 54)}
    parts = Counter(part for _, part in real.pairs("pg:treatyPart"))
    assert parts == {"I": 1, "II": 4, "III": 22, "IV": 18, "V": 2, "VI": 6}
    status = Counter(value.rpartition("/")[2] for _, value in real.pairs("pg:derogationStatus"))
    assert status == {"listed": 6, "partly-listed": 1, "not-listed": 15, "not-applicable": 31}
    listed = {iri.rpartition("/")[2] for iri, value in real.pairs("pg:derogationStatus") if value.endswith("/listed")}
    assert listed == {"6", "7", "11", "15", "16", "18"}
    assert real.one(IDS.article("iccpr", 8), "pg:derogationStatus") == VOCAB + "derogation/partly-listed"


def test_the_59_paragraphs_of_2019(real: Graph) -> None:
    document = IDS.un_document("CCPR/C/VNM/CO/3")
    mine = {iri for iri, where in real.pairs("pg:inDocument") if where == document}
    numbers = {real.one(iri, "pg:paragraphNumber") for iri in mine} - {None}
    items = {f"3({letter})" for letter in "abcdefg"} | {"4(a)", "4(b)"}
    assert numbers == {str(number) for number in range(1, 60)} | items
    paired = {int(rec.rpartition("/")[2]): int(concern.rpartition("/")[2]) for rec, concern in real.pairs("pg:pairedWith")}
    assert paired == {number: number - 1 for number in range(6, 57, 2)} and len(paired) == 26
    assert {iri.rpartition("/")[2] for iri, _ in real.pairs("pg:followUp")} == {"24", "46", "52"}
    due = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:responseDueOn")}
    assert due == {"24": "2021-03-29", "46": "2021-03-29", "52": "2021-03-29", "58": "2021-03-29", "59": "2023-03-29"}
    derived = {p for p in ("4", "7", "23", "45", "51", "58")
               if real.one(IDS.paragraph("ccpr-c-vnm-co-3", p), "pg:verification") == VOCAB + "verification/derived"}
    assert derived == {"4", "7", "23", "45", "51", "58"}


def test_what_was_not_read_says_nothing(real: Graph) -> None:
    """Of paragraphs 9-22, 25-44, 47-50, 53-56 and 57 only the number and the type by parity are known."""
    empty = {iri for iri, value in real.pairs("pg:placeholder") if value == "true"}
    assert {int(iri.rpartition("/")[2]) for iri in empty} == {
        *range(9, 23), *range(25, 45), *range(47, 51), *range(53, 57), 57}
    assert len(empty) == 43
    for iri in empty:
        number = iri.rpartition("/")[2]
        assert real.one(iri, "rdfs:label", "vi") == f"Đoạn {number} (chưa nạp nội dung)"
        assert real.one(iri, "rdfs:label", "en") == f"Paragraph {number} (text not loaded)"
        assert real.one(iri, "pg:verification") == VOCAB + "verification/derived"
        assert real.one(iri, "pg:textStatus") == VOCAB + "text-status/not-loaded"
        kind = "dissemination" if number == "57" else "concern" if int(number) % 2 else "recommendation"
        assert real.one(iri, "pg:paragraphType") == VOCAB + f"paragraph-type/{kind}"
    stated = {quad.predicate.value.rpartition("/")[2].rpartition("#")[2]
              for quad in real.quads if quad.subject.value in empty}
    assert stated == {"type", "label", "notation", "inDocument", "paragraphNumber", "ordinal", "paragraphType", "textStatus",
                      "placeholder", "pairedWith", "source", "verification"}
    pointing = {quad.predicate.value.rpartition("/")[2] for quad in real.quads if quad.object.value in empty}
    assert pointing == {"pairedWith"}


def test_the_recommendations_that_count(real: Graph) -> None:
    known = real.instances("pg:TreatyBodyRecommendation") - {iri for iri, _ in real.pairs("pg:placeholder")}
    assert {iri.partition("/rec/")[2] for iri in known} == {
        *(f"ccpr-c-vnm-co-3/{number}" for number in (6, 8, 24, 46, 52)), "ccpr-co-75-vnm/7"}


def test_the_grades_of_2022(real: Graph) -> None:
    base = IDS.recommendation("ccpr-c-vnm-co-3", "")
    grades = {target.removeprefix(base): (real.one(assessment, "pg:grade") or "")[-1]
              for assessment, target in real.pairs("pg:assesses")}
    assert grades == {"24/a": "C", "24/b": "C", "24/c": "E", "24/d": "E", "24/e": "E", "46": "E", "52": "C"}
    assert {day for _, day in real.pairs("pg:assessedOn")} == {"2022-11-04"}
    assert {body for _, body in real.pairs("pg:assessor")} == {IDS.un_body("hrctte")}


# The 14 ministries and 3 ministerial-level agencies of Resolution 176/2025/QH15.
MINISTRIES = {"mod", "mps", "mofa", "moha", "moj", "mof", "moit", "mae", "moc", "mcst", "most", "moet", "moh", "memr"}
AGENCIES = {"sbv", "gi", "gov-office"}
ENDED = {"molisa", "mic", "mpi", "mot", "mard", "monre", "cema"}


def test_the_bodies_of_viet_nam(real: Graph) -> None:
    vnm = {key for key in keys(real, "pg:PublicBody") if key != "hrctte"}
    assert vnm == MINISTRIES | AGENCIES | ENDED | {"spc", "spp", "vgcl", "vbf", "na", "nao", "hcma", "vff", "pm", "gov",
                                                   "hr-steering-committee"}
    ended = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:existsUntil") if "/body/" in iri}
    assert ended == dict.fromkeys([*ENDED, "police-districts"], "2025-03-01") | dict.fromkeys(
        ("people-committees-districts", "courts-high", "courts-district"), "2025-07-01")
    begun = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:existsFrom") if "/body/" in iri}
    assert begun == {"memr": "2025-03-01", "mae": "2025-03-01", "courts-regional": "2025-07-01"}
    asked = {iri.rpartition("/")[2] for iri, value in real.pairs("pg:askedOnly") if value == "true"}
    assert asked == {"spc", "spp", "na", "nao", "vgcl", "vbf", "vff", "group-front-member-organisations", "courts-high",
                     "courts-provincial", "courts-district", "courts-regional"}
    standing = {iri.rpartition("/")[2] for iri, _ in real.pairs("pg:continuesSource") if "/body/" in iri}
    assert standing == MINISTRIES | AGENCIES | {"gov", "na"}
    assert len(real.instances("pg:BodyGroup")) == 25  # 5 of them named by 153/QĐ-BTP


def test_the_kinds_of_bodies_that_are_no_ministries(real: Graph) -> None:
    kinds = {iri.rpartition("/")[2]: kind.rpartition("/")[2] for iri, kind in real.pairs("pg:bodyKind")}
    assert {key for key, kind in kinds.items() if kind == "ministry"} == MINISTRIES | ENDED - {"cema"}
    assert {key for key, kind in kinds.items() if kind == "ministerial-agency"} == AGENCIES | {"cema"}
    assert kinds["spc"] == "court" and kinds["spp"] == "procuracy" and kinds["na"] == "national-assembly"
    assert kinds["nao"] == "assembly-office" and kinds["vff"] == "front" and kinds["vgcl"] == "trade-union"
    assert kinds["vbf"] == "professional-body" and kinds["hcma"] == "party-institution"
    assert kinds["hr-steering-committee"] == "inter-agency-body" and kinds["people-committees-provinces"] == "local-government"


def test_the_units_inside_bodies(real: Graph) -> None:
    justice = {"moj-pbgdpl", "moj-tgpl", "moj-pbgdpl-tgpl", "moj-btnn", "moj-dkgdbd", "moj-gdbd-btnn", "moj-htqt",
               "moj-cntt", "moj-khtc"}
    assert real.pairs("pg:unitOf") == {(IDS.unit(key), IDS.body("moj")) for key in justice} | {
        (IDS.unit("government-committee-for-religious-affairs"), IDS.body("moha")),
        (IDS.unit("hr-steering-office"), IDS.body("hr-steering-committee"))}
    ended = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:existsUntil") if "/unit/" in iri}
    assert ended == dict.fromkeys(("moj-pbgdpl", "moj-tgpl", "moj-btnn", "moj-dkgdbd"), "2025-03-01")
    begun = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:existsFrom") if "/unit/" in iri}
    assert begun == dict.fromkeys(("moj-pbgdpl-tgpl", "moj-gdbd-btnn"), "2025-03-01")
    standing = {iri.rpartition("/")[2] for iri, _ in real.pairs("pg:continuesSource") if "/unit/" in iri}
    assert standing == {"moj-pbgdpl-tgpl", "moj-gdbd-btnn", "moj-htqt", "moj-cntt", "moj-khtc"}


def test_every_body_that_ended_has_one_main_successor(real: Graph) -> None:
    main = set()
    for transfer in real.instances("pg:FunctionTransfer"):
        if (real.one(transfer, "pg:transferKind") or "").endswith(("/merged", "/succeeded")):
            ends = [real.one(transfer, f"pg:transfer{end}") or "" for end in ("From", "To")]
            main.add(tuple(end.rpartition("/")[2] for end in ends))
    assert main == {("molisa", "moha"), ("mic", "most"), ("mpi", "mof"), ("mot", "moc"), ("cema", "memr"), ("mard", "mae"),
                    ("monre", "mae"), ("courts-district", "courts-regional"), ("moj-pbgdpl", "moj-pbgdpl-tgpl"),
                    ("moj-tgpl", "moj-pbgdpl-tgpl"), ("moj-btnn", "moj-gdbd-btnn"), ("moj-dkgdbd", "moj-gdbd-btnn")}
    assert len(real.instances("pg:FunctionTransfer")) == 36
    religion = real.pairs("pg:transfersFunction")
    assert (IDS.transfer("moha-memr-religious-affairs-2025"), VOCAB + "function/religious-affairs") in religion


def test_nothing_that_is_known_from_memory_only_is_a_transfer(real: Graph) -> None:
    """Every transfer has a source that can be opened, or a rule; most name the act on which they rest."""
    without = set()
    for transfer in real.instances("pg:FunctionTransfer"):
        assert not (real.one(transfer, "pg:verification") or "").endswith("/unverified"), transfer
        if not real.one(transfer, "pg:legalBasis"):
            without.add(transfer.rpartition("/")[2])
    assert without == {"molisa-moh-victims-of-trafficking-2025", "molisa-moh-persons-with-disabilities-2025"}


def test_the_laws_that_the_annex_names(real: Graph) -> None:
    assert keys(real, "pg:LawProposal") == {
        "luat-ve-hoi", "luat-chong-phan-biet-doi-xu", "luat-ve-dan-toc-thieu-so"}
    ended = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:inForceUntil")}
    named = {"100-2015-qh13", "luat-an-ninh-quoc-gia", "luat-phong-chong-khung-bo", "86-2015-qh13", "103-2016-qh13",
             "luat-xuat-ban", "24-2018-qh14", "bo-luat-lao-dong", "luat-cong-doan", "76-2010-qd-ttg"}
    assert named <= keys(real, "pg:Law")
    assert {key: day for key, day in ended.items() if key in named} == dict.fromkeys(
        ("24-2018-qh14", "86-2015-qh13", "103-2016-qh13"), "2026-07-01")
    assert real.one(IDS.law("bo-luat-lao-dong"), "pg:lawNumber") is None
    meant = laws.titles_on(DATA / "vnm", date(2019, 9, 26), [])
    assert (meant["Luật An ninh mạng"], meant["Luật Báo chí"]) == ("24-2018-qh14", "103-2016-qh13")
    assert (meant["Bộ luật Lao động"], meant["Luật Công đoàn"]) == ("bo-luat-lao-dong", "luat-cong-doan")


def test_curated_links_stand_as_triples_and_proposed_ones_do_not(real: Graph) -> None:
    stated, waiting = set(), set()
    for assertion in real.instances("pg:LinkAssertion"):
        triple = tuple(real.one(assertion, f"pg:link{end}") for end in ("Subject", "Predicate", "Object"))
        (stated if (real.one(assertion, "pg:linkStatus") or "").endswith("/curated") else waiting).add(triple)
    plain = {(subject, PG + name, target) for name in ("addresses", "concernsProvision", "preparesAnswerTo")
             for subject, target in real.pairs(f"pg:{name}")}
    assert plain == stated
    assert waiting and not waiting & plain
    assert not any(target.endswith("/52") for _, target in real.pairs("pg:addresses"))


def test_every_row_has_a_source_and_a_status() -> None:
    tables = [DATA / "treaties/iccpr/articles.csv", *(DATA / "un").glob("*/paragraphs.csv"), CO3 / "grades.csv",
              *(DATA / "un" / f"{name}.csv" for name in ("bodies", "documents", "subjects")),
              *(DATA / "vnm" / "reviews" / f"{name}.csv" for name in ("cycles", "events")),
              *(DATA / "vnm" / f"{name}.csv" for name in ("bodies", "groups", "units", "transfers", "laws"))]
    for path in tables:
        raw = path.read_bytes()
        assert unicodedata.is_normalized("NFC", raw.decode("utf-8")), path
        for row in csv.DictReader(raw.decode("utf-8").splitlines()):
            assert row["source"] and row["status"] in ("verified", "secondary", "derived"), (path, row)


def test_every_code_is_a_concept_of_a_vocabulary(real: Graph) -> None:
    declared = "".join(path.read_text("utf-8") for path in (ROOT / "ontology" / "vocabularies").glob("*.ttl"))
    used = {quad.object.value for quad in real.quads if quad.object.value.startswith(VOCAB)}
    assert {iri for iri in used if f"<{iri}> a skos:Concept" not in declared} == set()
