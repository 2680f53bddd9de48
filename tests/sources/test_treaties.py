"""The tables of treaties: paragraphs, general comments, the other treaties, and what sources say that a State did."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB
from pactgraph.sources.quads import expand
from pactgraph.sources.tables import (
    article_paragraphs,
    general_comments,
    links,
    treaties,
    treaty,
    treaty_actions,
)
from pactgraph.sources.tables.csvfile import read_table

DATA = Path(__file__).resolve().parents[2] / "data"
ICCPR = DATA / "treaties" / "iccpr"
IDS = Ids(country="xyz")

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
FILES = {
    "treaty.toml": TREATY,
    "articles.csv": "article,part,title_en,title_vi,derogation,note_en,source,status\n"
                    "1,I,First,Thứ nhất,not-applicable,,a book,verified\n"
                    "2,II,Second,Thứ hai,partly-listed,,a book,verified\n"
                    "3,II,Third,Thứ ba,listed,,a book,verified\n",
    "paragraphs.csv": "article,paragraph,title_en,title_vi,derogation,source,status\n"
                      "1,1,,,not-applicable,a book,verified\n"
                      "2,1,A right,Một quyền,listed,a book,verified\n"
                      "2,2,,,not-listed,a book,derived\n",
    "general_comments.csv":
        "number,symbol,date_in_source,adopted,published,title_en,title_vi,articles,replaced_by,replacement_source,"
        "note_en,note_vi,source,status\n"
        "1,INT/AB/GEC/7,1981-07-27,,,Reports,Báo cáo,2,3,note in a book,,,a list,secondary\n"
        "2,AB/C/GC/2,1990-01-02,,,On protocols,Về nghị định thư,,,,A note.,Một ghi chú.,a list,secondary\n"
        "3,AB/C/GC/3,2001-08-31,2001-07-24,2001-08-31,Two rights,Hai quyền,2 3,,,,,a copy,verified\n",
}
REGISTRY = """id,notation,title_en,title_vi,adopted,title_vi_read_in,source,status
cd,CD,Convention CD,Công ước CD,1999-09-09,a translation,a list,secondary
cd-op,CD-OP,Protocol,Nghị định thư,,,a list,secondary
"""
ACTIONS = """treaty,act,source_id,date,date_text,source,status,note_en,note_vi
ab,accession,list,2003-03-03,,the depositary's list,verified,,
ab,accession,paper,,2003-02,a newspaper,secondary,A month only.,Chỉ nêu tháng.
cd-op,not-party,list,,,the depositary's list,derived,,
"""


def room(folder: Path, **files: str) -> Path:
    """A made-up ``data`` folder; ``files`` replaces its tables by name."""
    texts = {f"treaties/ab/{name}": text for name, text in FILES.items()}
    texts |= {"treaties/treaties.csv": REGISTRY, "xyz/treaty_actions.csv": ACTIONS}
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files.get(path.stem, text), "utf-8")
    return folder


def read(data: Path, problems: list[UserError]) -> list[Quad]:
    """All that the four converters state."""
    quads = []
    for note in sorted((data / "treaties").glob("*/treaty.toml")):
        quads += article_paragraphs.read(note.parent, IDS, problems)
        quads += general_comments.read(note.parent, IDS, problems)
    quads += treaties.read(data / "treaties", IDS, problems)
    return quads + treaty_actions.read(data / "xyz", IDS, treaties.notations(data / "treaties"), problems)


def values(quads: list[Quad], subject: str, predicate: str, lang: str | None = None) -> list[str]:
    found = [q.object for q in quads if q.subject.value == subject and q.predicate == expand(predicate)]
    return [term.value for term in found if lang is None or (isinstance(term, Literal) and term.language == lang)]


def instances(quads: list[Quad], name: str) -> set[str]:
    return {q.subject.value for q in quads if q.predicate == expand("rdf:type") and q.object == expand(name)}


def test_paragraphs_of_articles(tmp_path: Path) -> None:
    problems: list[UserError] = []
    quads = read(room(tmp_path), problems)
    assert problems == []
    first, second = (IDS.article_paragraph("ab", 2, number) for number in (1, 2))
    assert instances(quads, "pg:ArticleParagraph") == {IDS.article("ab", 1) + "/1", first, second}
    assert values(quads, first, "pg:partOfProvision") == [IDS.article("ab", 2)]
    assert values(quads, first, "skos:notation") == ["AB/2/1"]
    assert values(quads, first, "rdfs:label", "en") == ["Article 2, paragraph 1: A right"]
    assert values(quads, first, "rdfs:label", "vi") == ["Khoản 1 Điều 2: Một quyền"]
    assert values(quads, first, "pg:derogationStatus") == [VOCAB + "derogation/listed"]
    assert values(quads, second, "rdfs:label", "vi") == ["Khoản 2 Điều 2"]
    assert values(quads, second, "rdfs:label", "en") == ["Article 2, paragraph 2"]
    assert values(quads, second, "dcterms:title") == []
    assert values(quads, second, "pg:verification") == [VOCAB + "verification/derived"]
    assert {q.graph_name.value for q in quads if q.subject.value == first} == {IDS.graph("treaty/ab")}


def test_general_comments(tmp_path: Path) -> None:
    quads = read(room(tmp_path), [])
    old, protocols, new = (IDS.un_document(symbol) for symbol in ("INT/AB/GEC/7", "AB/C/GC/2", "AB/C/GC/3"))
    assert old.endswith("/id/un/doc/int-ab-gec-7")
    assert instances(quads, "pg:GeneralComment") == {old, protocols, new}
    assert values(quads, old, "pg:replacedBy") == [new]
    assert values(quads, old, "dcterms:source") == ["a list; that it was replaced: note in a book"]
    assert values(quads, old, "dcterms:date") == ["1981-07-27"]
    assert values(quads, old, "pg:adoptedOn") == values(quads, old, "pg:publishedOn") == []
    assert values(quads, new, "pg:commentsOn") == [IDS.article("ab", 2), IDS.article("ab", 3)]
    assert values(quads, new, "skos:notation") == ["AB/GC3"]
    assert values(quads, new, "pg:commentNumber") == ["3"]
    assert values(quads, new, "pg:adoptedOn") == ["2001-07-24"]
    assert values(quads, new, "rdfs:label", "vi") == ["Bình luận chung số 3: Hai quyền"]
    assert values(quads, protocols, "pg:commentsOn") == []
    assert values(quads, protocols, "rdfs:comment", "vi") == ["Một ghi chú."]
    assert {q.graph_name.value for q in quads if q.subject.value == new} == {IDS.graph("treaty/ab/general-comments")}


def test_the_registry_of_treaties(tmp_path: Path) -> None:
    data = room(tmp_path)
    quads = read(data, [])
    assert instances(quads, "pg:Treaty") == {IDS.treaty("cd"), IDS.treaty("cd-op")}
    assert values(quads, IDS.treaty("cd"), "skos:notation") == ["CD"]
    assert values(quads, IDS.treaty("cd"), "pg:adoptedOn") == ["1999-09-09"]
    assert values(quads, IDS.treaty("cd"), "dcterms:source") == ["a list; Vietnamese name: a translation"]
    assert values(quads, IDS.treaty("cd-op"), "dcterms:source") == ["a list; Vietnamese name: this project's"]
    assert treaties.notations(data / "treaties") == {"ab": "AB", "cd": "CD", "cd-op": "CD-OP"}


def test_treaty_actions(tmp_path: Path) -> None:
    quads = read(room(tmp_path), [])
    day = IDS.treaty_action("ab", "accession", "list")
    month = IDS.treaty_action("ab", "accession", "paper")
    outside = IDS.treaty_action("cd-op", "not-party", "list")
    assert day.endswith("/id/xyz/treaty-action/ab/accession/list")
    assert instances(quads, "pg:TreatyAction") == {day, month, outside}
    assert values(quads, day, "pg:actedOn") == ["2003-03-03"]
    assert values(quads, day, "pg:actionTreaty") == [IDS.treaty("ab")]
    assert values(quads, day, "pg:actionBy") == [IDS.state("xyz")]
    assert values(quads, day, "rdfs:label", "en") == ["AB: accession (according to list)"]
    assert values(quads, day, "rdfs:label", "vi") == ["AB: gia nhập (theo list)"]
    assert (values(quads, month, "pg:actedOn"), values(quads, month, "pg:dateText")) == ([], ["2003-02"])
    assert values(quads, month, "rdfs:comment", "en") == ["A month only."]
    assert values(quads, outside, "pg:treatyAct") == [VOCAB + "treaty-act/not-party"]
    assert values(quads, outside, "pg:verification") == [VOCAB + "verification/derived"]


def test_an_address_does_not_depend_on_the_order_of_the_rows(tmp_path: Path) -> None:
    heading, *rows = ACTIONS.splitlines(keepends=True)
    turned = heading + "".join(reversed(rows))
    assert set(read(room(tmp_path / "a"), [])) == set(read(room(tmp_path / "b", treaty_actions=turned), []))


def test_tables_that_are_not_there_state_nothing(tmp_path: Path) -> None:
    problems: list[UserError] = []
    data = room(tmp_path)
    for name in ("treaties/ab/paragraphs.csv", "treaties/ab/general_comments.csv", "treaties/treaties.csv",
                 "xyz/treaty_actions.csv"):
        (data / name).unlink()
    assert read(data, problems) == [] and problems == []


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("paragraphs", "2,2,,,not-listed", "2,3,,,not-listed", ("paragraph-sequence", 4, "paragraph")),
    ("paragraphs", "1,1,,,not-appl", "9,1,,,not-appl", ("table-reference", 2, "article")),
    ("paragraphs", "2,2,,,not-listed", "2,2,,,listed", ("paragraph-derogation", 3, "derogation")),
    ("paragraphs", "1,1,,,not-applicable", "1,1,,,not-listed", ("paragraph-derogation", 2, "derogation")),
    ("paragraphs", "A right,Một quyền", "A right,", ("title-one-language", 3, "title_vi")),
    ("paragraphs", "2,2,,,not-listed", "2,2,,,maybe", ("table-cell-choice", 4, "derogation")),
    ("paragraphs", "2,2,,,", "2,1,,,", ("table-row-twice", 4, "article")),
    ("general_comments", "2 3,,,,,a copy", "2 9,,,,,a copy", ("table-reference", 4, "articles")),
    ("general_comments", "2,3,note", "2,8,note", ("comment-successor", 2, "replaced_by")),
    ("general_comments", "2,3,note", "2,1,note", ("comment-successor", 2, "replaced_by")),
    ("general_comments", "note in a book", "", ("table-cell-empty", 2, "replacement_source")),
    ("general_comments", "1981-07-27", "July 1981", ("table-cell-date", 2, "date_in_source")),
    ("general_comments", "3,AB/C/GC/3", "2,AB/C/GC/3", ("table-row-twice", 4, "number")),
    ("treaties", "cd,CD", "ab,CD", ("treaty-twice", 2, "id")),
    ("treaties", "Công ước CD", "", ("table-cell-empty", 2, "title_vi")),
    ("treaty_actions", "ab,accession,paper", "ef,accession,paper", ("table-reference", 3, "treaty")),
    ("treaty_actions", "ab,accession,paper", "ab,adhesion,paper", ("table-cell-choice", 3, "act")),
    ("treaty_actions", "ab,accession,paper", "ab,accession,list", ("table-row-twice", 3, "treaty")),
    ("treaty_actions", ",2003-02,", ",February 2003,", ("treaty-action-text", 3, "date_text")),
    ("treaty_actions", ",,2003-02", ",,2003-13", ("treaty-action-text", 3, "date_text")),
    ("treaty_actions", ",,2003-02", ",2003-02-02,2003-02", ("treaty-action-two-dates", 3, "date_text")),
    ("treaty_actions", ",,2003-02", ",,", ("treaty-action-no-date", 3, "date")),
    ("treaty_actions", ",derived", ",sure", ("table-cell-choice", 4, "status")),
    ("treaty_actions", "a newspaper", "", ("table-cell-empty", 3, "source")),
])
def test_what_is_wrong_is_told(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int, str]) -> None:
    text = {"treaties": REGISTRY, "treaty_actions": ACTIONS}.get(table) or FILES[f"{table}.csv"]
    assert before in text
    problems: list[UserError] = []
    read(room(tmp_path, **{table: text.replace(before, after)}), problems)
    assert place in [(problem.key, problem.line, problem.column) for problem in problems]
    for problem in problems:
        assert problem.message("vi") != problem.message("en")


@pytest.mark.parametrize(("target", "found"), [
    ("ab/2", IDS.article("ab", 2)),
    ("ab/2/1", IDS.article_paragraph("ab", 2, 1)),
    ("ab/2/9", None),
    ("ab/2/1/a", None),
])
def test_a_link_may_point_at_a_paragraph(tmp_path: Path, target: str, found: str | None) -> None:
    data, problems = room(tmp_path), list[UserError]()
    known = links.subjects(treaty.read(data / "treaties" / "ab", IDS, problems) + read(data, problems))
    table = tmp_path / "links.csv"
    table.write_text("predicate,target,status,method,confidence,quotation\n"
                     f"concernsProvision,{target},curated,names-the-right,0.9,words\n", "utf-8")
    (row,) = read_table(table, links.LINK, problems)
    assert links.target_iri(row, IDS, known, problems) == found
    assert [problem.column for problem in problems] == ([] if found else ["target"])


# The real data, counted by hand ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> list[Quad]:
    problems: list[UserError] = []
    ids = Ids(country="vnm")
    quads = treaty.read(ICCPR, ids, problems) + article_paragraphs.read(ICCPR, ids, problems)
    quads += general_comments.read(ICCPR, ids, problems) + treaties.read(DATA / "treaties", ids, problems)
    quads += treaty_actions.read(DATA / "vnm", ids, treaties.notations(DATA / "treaties"), problems)
    assert [problem.message() for problem in problems] == []
    return quads


def test_the_paragraphs_of_the_covenant(real: list[Quad]) -> None:
    base = IDS.treaty("iccpr") + "/article/"
    paragraphs = {iri.removeprefix(base) for iri in instances(real, "pg:ArticleParagraph")}
    counts = Counter(int(name.split("/")[0]) for name in paragraphs)
    # Articles that the Covenant does not divide into numbered paragraphs
    assert set(range(1, 54)) - set(counts) == {
        3, 7, 11, 13, 16, 21, 25, 26, 27, 35, 36, 38, 43, 44, 45, 46, 47, 50, 52}
    assert (counts[6], counts[9], counts[14], counts[42], counts[53]) == (6, 5, 7, 10, 2)
    assert len(paragraphs) == 115
    listed = {q.subject.value.removeprefix(base) for q in real
              if q.object.value == VOCAB + "derogation/listed" and q.subject.value.removeprefix(base) in paragraphs}
    assert listed == {"6/1", "6/2", "6/3", "6/4", "6/5", "6/6", "8/1", "8/2", "15/1", "15/2",
                      "18/1", "18/2", "18/3", "18/4"}


def test_the_general_comments(real: list[Quad]) -> None:
    numbers = {int(values(real, iri, "pg:commentNumber")[0]): iri for iri in instances(real, "pg:GeneralComment")}
    assert set(numbers) == set(range(1, 38))
    assert {number for number, iri in numbers.items() if not values(real, iri, "pg:commentsOn")} == {24, 26, 33}
    replaced = {number: values(real, iri, "pg:replacedBy")[0] for number, iri in numbers.items()
                if values(real, iri, "pg:replacedBy")}
    assert {old: next(number for number, iri in numbers.items() if iri == new) for old, new in replaced.items()} == {
        1: 30, 3: 31, 4: 28, 5: 29, 6: 36, 7: 20, 8: 35, 9: 21, 10: 34, 13: 32, 14: 36}
    assert values(real, numbers[36], "pg:symbol") == ["CCPR/C/GC/36"]
    assert values(real, numbers[36], "pg:publishedOn") == ["2019-09-03"]
    assert values(real, numbers[36], "pg:adoptedOn") == []


def test_sixteen_treaties_each_with_an_action(real: list[Quad]) -> None:
    acted = {q.object.value for q in real if q.predicate == expand("pg:actionTreaty")}
    assert acted == instances(real, "pg:Treaty")
    assert len(acted) == 16


@pytest.mark.parametrize(("treaty_key", "act", "dates"), [
    ("icerd", "accession", {"1981-06-09", "1982-06-09"}),
    ("crc", "ratification", {"1990-02-20", "1990-02-28"}),
    ("cedaw", "ratification", {"1982-02", "1982-02-17"}),
    ("iccpr", "accession", {"1982-09-24"}),
    ("cat", "ratification", {"2015-02-05"}),
    ("crpd", "ratification", {"2015-02-05"}),
    ("iccpr-op2", "not-party", {"2015-03", "2019-03-25"}),
])
def test_dates_that_differ_stand_side_by_side(real: list[Quad], treaty_key: str, act: str, dates: set[str]) -> None:
    start = Ids(country="vnm").treaty_action(treaty_key, act, "")
    found = {q.object.value for q in real if q.subject.value.startswith(start)
             and q.predicate in (expand("pg:actedOn"), expand("pg:dateText"))}
    assert found == dates


@pytest.mark.parametrize("path", [ICCPR / "paragraphs.csv", ICCPR / "general_comments.csv",
                                  DATA / "treaties" / "treaties.csv", DATA / "vnm" / "treaty_actions.csv"],
                         ids=lambda path: path.stem)
def test_every_row_has_a_source_and_a_status(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text) and "\r" not in text
    for row in csv.DictReader(text.splitlines()):
        assert row["source"] and row["status"] in ("verified", "secondary", "derived"), row


def test_every_code_is_a_concept_of_a_vocabulary(real: list[Quad]) -> None:
    room_of_schemes = DATA.parent / "ontology" / "vocabularies"
    declared = "".join(path.read_text("utf-8") for path in room_of_schemes.glob("*.ttl"))
    used = {q.object.value for q in real if q.object.value.startswith(VOCAB)}
    assert {iri for iri in used if f"<{iri}> a skos:Concept" not in declared} == set()
