"""The tables of treaties: paragraphs, general comments, the other treaties, and what sources say that a State did."""

from __future__ import annotations

from pathlib import Path

import pytest
from tables_help import Graph, put, told

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB
from pactgraph.sources.tables import (
    article_paragraphs,
    general_comments,
    links,
    treaties,
    treaty,
    treaty_actions,
)
from pactgraph.sources.tables.csvfile import read_table

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
        put(folder / name, files.get(Path(name).stem, text))
    return folder


def read(data: Path, problems: list[UserError]) -> Graph:
    """All that the four converters state."""
    quads = []
    for note in sorted((data / "treaties").glob("*/treaty.toml")):
        quads += article_paragraphs.read(note.parent, IDS, problems)
        quads += general_comments.read(note.parent, IDS, problems)
    quads += treaties.read(data / "treaties", IDS, problems)
    return Graph(quads + treaty_actions.read(data / "xyz", IDS, treaties.notations(data / "treaties"), problems))


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


def test_paragraphs_of_articles(tmp_path: Path) -> None:
    problems: list[UserError] = []
    graph = read(room(tmp_path), problems)
    assert problems == []
    first, second = (IDS.article_paragraph("ab", 2, number) for number in (1, 2))
    assert graph.instances("pg:ArticleParagraph") == {IDS.article("ab", 1) + "/1", first, second}
    assert graph.all(first, "pg:partOfProvision") == [IDS.article("ab", 2)]
    assert graph.all(first, "skos:notation") == ["AB/2/1"]
    assert graph.all(first, "rdfs:label", "en") == ["Article 2, paragraph 1: A right"]
    assert graph.all(first, "rdfs:label", "vi") == ["Khoản 1 Điều 2: Một quyền"]
    assert graph.all(first, "pg:derogationStatus") == [VOCAB + "derogation/listed"]
    assert graph.all(second, "rdfs:label", "vi") == ["Khoản 2 Điều 2"]
    assert graph.all(second, "rdfs:label", "en") == ["Article 2, paragraph 2"]
    assert graph.all(second, "dcterms:title") == []
    assert graph.all(second, "pg:verification") == [VOCAB + "verification/derived"]
    assert {q.graph_name.value for q in graph.quads if q.subject.value == first} == {IDS.graph("treaty/ab")}


def test_general_comments(tmp_path: Path) -> None:
    graph = read(room(tmp_path), [])
    old, protocols, new = (IDS.un_document(symbol) for symbol in ("INT/AB/GEC/7", "AB/C/GC/2", "AB/C/GC/3"))
    assert old.endswith("/id/un/doc/int-ab-gec-7")
    assert graph.instances("pg:GeneralComment") == {old, protocols, new}
    assert graph.all(old, "pg:replacedBy") == [new]
    assert graph.all(old, "dcterms:source") == ["a list; that it was replaced: note in a book"]
    assert graph.all(old, "dcterms:date") == ["1981-07-27"]
    assert graph.all(old, "pg:adoptedOn") == graph.all(old, "pg:publishedOn") == []
    assert graph.all(new, "pg:commentsOn") == [IDS.article("ab", 2), IDS.article("ab", 3)]
    assert graph.all(new, "skos:notation") == ["AB/GC3"]
    assert graph.all(new, "pg:commentNumber") == ["3"]
    assert graph.all(new, "pg:adoptedOn") == ["2001-07-24"]
    assert graph.all(new, "rdfs:label", "vi") == ["Bình luận chung số 3: Hai quyền"]
    assert graph.all(protocols, "pg:commentsOn") == []
    assert graph.all(protocols, "rdfs:comment", "vi") == ["Một ghi chú."]
    assert {q.graph_name.value for q in graph.quads if q.subject.value == new} == {IDS.graph("treaty/ab/general-comments")}


def test_the_registry_of_treaties(tmp_path: Path) -> None:
    data = room(tmp_path)
    graph = read(data, [])
    assert graph.instances("pg:Treaty") == {IDS.treaty("cd"), IDS.treaty("cd-op")}
    assert graph.all(IDS.treaty("cd"), "skos:notation") == ["CD"]
    assert graph.all(IDS.treaty("cd"), "pg:adoptedOn") == ["1999-09-09"]
    assert graph.all(IDS.treaty("cd"), "dcterms:source") == ["a list; Vietnamese name: a translation"]
    assert graph.all(IDS.treaty("cd-op"), "dcterms:source") == ["a list; Vietnamese name: this project's"]
    assert treaties.notations(data / "treaties") == {"ab": "AB", "cd": "CD", "cd-op": "CD-OP"}


def test_treaty_actions(tmp_path: Path) -> None:
    graph = read(room(tmp_path), [])
    day = IDS.treaty_action("ab", "accession", "list")
    month = IDS.treaty_action("ab", "accession", "paper")
    outside = IDS.treaty_action("cd-op", "not-party", "list")
    assert day.endswith("/id/xyz/treaty-action/ab/accession/list")
    assert graph.instances("pg:TreatyAction") == {day, month, outside}
    assert graph.all(day, "pg:actedOn") == ["2003-03-03"]
    assert graph.all(day, "pg:actionTreaty") == [IDS.treaty("ab")]
    assert graph.all(day, "pg:actionBy") == [IDS.state("xyz")]
    assert graph.all(day, "rdfs:label", "en") == ["AB: accession (according to list)"]
    assert graph.all(day, "rdfs:label", "vi") == ["AB: gia nhập (theo list)"]
    assert (graph.all(month, "pg:actedOn"), graph.all(month, "pg:dateText")) == ([], ["2003-02"])
    assert graph.all(month, "rdfs:comment", "en") == ["A month only."]
    assert graph.all(outside, "pg:treatyAct") == [VOCAB + "treaty-act/not-party"]
    assert graph.all(outside, "pg:verification") == [VOCAB + "verification/derived"]


def test_an_address_does_not_depend_on_the_order_of_the_rows(tmp_path: Path) -> None:
    heading, *rows = ACTIONS.splitlines(keepends=True)
    turned = heading + "".join(reversed(rows))
    assert set(read(room(tmp_path / "a"), []).quads) == set(read(room(tmp_path / "b", treaty_actions=turned), []).quads)


def test_tables_that_are_not_there_state_nothing(tmp_path: Path) -> None:
    problems: list[UserError] = []
    data = room(tmp_path)
    for name in ("treaties/ab/paragraphs.csv", "treaties/ab/general_comments.csv", "treaties/treaties.csv",
                 "xyz/treaty_actions.csv"):
        (data / name).unlink()
    assert read(data, problems).quads == [] and problems == []


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
    assert place in told(problems)
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
    known = links.subjects(treaty.read(data / "treaties" / "ab", IDS, problems) + read(data, problems).quads)
    table = tmp_path / "links.csv"
    table.write_text("predicate,target,status,method,confidence,quotation\n"
                     f"concernsProvision,{target},curated,names-the-right,0.9,words\n", "utf-8")
    (row,) = read_table(table, links.LINK, problems)
    assert links.target_iri(row, IDS, known, problems) == found
    assert [problem.column for problem in problems] == ([] if found else ["target"])
