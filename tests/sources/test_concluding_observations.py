"""The tables of concluding observations: paragraphs, grades, links to articles; what each error says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tables_help import Graph, put, told

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB
from pactgraph.sources.tables import concluding_observations

IDS = Ids(country="vnm")

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
