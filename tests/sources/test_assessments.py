"""The tables of the analysis: views of institutions on laws, and indicators with their values."""

from __future__ import annotations

from pathlib import Path

import pytest
from tables_help import Graph, put

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import assessments, indicators, links

IDS = Ids(country="xyz")
ORGANISATIONS = """id,name_vi,name_en,kind,source,status,note_vi,note_en
institute,Viện A,Institute A,non-governmental-organisation,its page,verified,,A note.
"""
ASSESSMENTS = """id,assessor,assessed_on,law,provision,against,view,reasoning_vi,reasoning_en,note_vi,note_en,source,status
a,institute,2024-05-06,10-2010,,ab/9,partly,Thiếu thời hạn,No limit,,,a page,verified
b,moj,2024-05-06,10-2010,3,ab/9/2,conforms,Có quy định,It has one,Ghi chú,Note,a report,derived
c,hrctte,2024-05-06,,,ab/9,silent,Chưa có luật,No law,,,a document,secondary
d,institute,2025-05-06,10-2010,,ab/9,conforms,Đã sửa,Amended,,,a page,verified
"""
INDICATORS = """id,kind,follows,unit,label_vi,label_en,note_vi,note_en,source,status
share,process,ab/9; co-1/6; cycle-1,percent,Tỷ lệ,Share,,A note.,a guide,verified
"""
VALUES = """indicator,as_of,value,reported_by,note_vi,note_en,source,status
share,2020-12-31,"42,5",moj,,,a yearbook,verified
share,2021-12-31,43.0,,Ghi chú,Note,a page,secondary
"""


def around() -> GraphWriter:
    """What the tables may name: bodies, laws, a treaty, a recommendation, a review cycle."""
    out = GraphWriter(IDS.graph("around"))
    named = {
        IDS.state("xyz"): ("Xứ", "Xyz"), IDS.body("moj"): ("Bộ Tư pháp", "Justice"),
        IDS.un_body("hrctte"): ("Ủy ban", "Committee"), IDS.law("10-2010"): ("Luật Giữ", "Custody Law"),
        IDS.law_provision("10-2010", "3"): ("Điều 3", "Section 3"), IDS.article("ab", 9): ("Điều 9", "Article 9"),
        IDS.article_paragraph("ab", 9, 2): ("Khoản 2 Điều 9", "Article 9 (2)"),
        IDS.recommendation("co-1", "6"): ("Đoạn 6", "Paragraph 6"), IDS.cycle("cycle-1"): ("Chu kỳ 1", "Cycle 1"),
    }
    for iri, (vi, en) in named.items():
        out.label(iri, vi, en)
    return out


def read(folder: Path, problems: list[UserError], **tables: str) -> Graph:
    texts = {"organisations": ORGANISATIONS, "assessments": ASSESSMENTS, "indicators": INDICATORS,
             "indicator_observations": VALUES} | tables
    for name, text in texts.items():
        put(folder / f"{name}.csv", text)
    known = around().quads
    quads = assessments.read(folder, IDS, known, problems)
    return Graph([*quads, *indicators.read(folder, IDS, links.subjects([*known, *quads]), problems)])


def test_views_on_laws(tmp_path: Path) -> None:
    problems: list[UserError] = []
    graph = read(tmp_path, problems)
    assert problems == []
    views = {key: IDS.law_assessment(key) for key in "abcd"}
    assert graph.instances("pg:LawAssessment") == set(views.values())
    assert graph.one(views["a"], "pg:assessor") == IDS.organisation("institute")
    assert graph.one(views["a"], "pg:assesses") == IDS.law("10-2010")
    assert graph.one(views["a"], "pg:againstProvision") == IDS.article("ab", 9)
    assert graph.one(views["a"], "pg:grade") == VOCAB + "law-view/partly"
    assert graph.one(views["a"], "pg:assessedOn") == "2024-05-06"
    assert graph.one(views["a"], "pg:reasoning", "vi") == "Thiếu thời hạn"
    assert graph.one(views["a"], "rdfs:label", "en") == (
        "Institute A, 2024-05-06, considers that this agrees in part with Article 9: Custody Law")
    assert graph.one(views["a"], "rdfs:label", "vi") == (
        "Viện A, ngày 2024-05-06, cho rằng văn bản này thống nhất một phần với Điều 9: Luật Giữ")
    assert graph.one(views["b"], "pg:assessor") == IDS.body("moj")
    assert graph.one(views["b"], "pg:assesses") == IDS.law_provision("10-2010", "3")
    assert graph.one(views["b"], "pg:againstProvision") == IDS.article_paragraph("ab", 9, 2)
    assert graph.one(views["b"], "rdfs:comment", "en") == "Note"
    assert graph.one(views["b"], "pg:verification") == VOCAB + "verification/derived"
    # No law at all: the State's law is silent
    assert graph.one(views["c"], "pg:assesses") == IDS.state("xyz")
    assert graph.one(views["c"], "pg:assessor") == IDS.un_body("hrctte")


def test_organisations(tmp_path: Path) -> None:
    graph = read(tmp_path, [])
    institute = IDS.organisation("institute")
    assert institute.endswith("/id/organisation/institute")
    assert graph.instances("pg:Organisation") == {institute}
    assert graph.one(institute, "pg:bodyKind") == VOCAB + "body-kind/non-governmental-organisation"
    assert graph.one(institute, "rdfs:label", "vi") == "Viện A"
    assert {q.graph_name.value for q in graph.quads if q.subject.value == institute} == {IDS.graph("xyz/organisations")}


def test_indicators_and_their_values(tmp_path: Path) -> None:
    graph = read(tmp_path, [])
    share = IDS.indicator("share")
    assert graph.one(share, "pg:indicatorKind") == VOCAB + "indicator-kind/process"
    assert graph.all(share, "pg:indicatorFor") == [IDS.article("ab", 9), IDS.recommendation("co-1", "6"), IDS.cycle("cycle-1")]
    assert graph.one(share, "pg:unitOfMeasure") == "percent"
    claimed, stated = IDS.indicator_value("share", "2020-12-31/moj"), IDS.indicator_value("share", "2021-12-31/source")
    assert graph.instances("pg:IndicatorObservation") == {claimed, stated}
    assert graph.one(claimed, "pg:observedValue") == "42.5"
    assert graph.one(claimed, "pg:reportedBy") == IDS.body("moj")
    assert graph.one(claimed, "rdfs:label", "en") == "Share: 42.5 (2020-12-31)"
    assert graph.one(stated, "pg:reportedBy") is None
    assert graph.one(stated, "pg:asOf") == "2021-12-31"


def test_a_country_needs_none_of_them(tmp_path: Path) -> None:
    problems: list[UserError] = []
    assert assessments.read(tmp_path, IDS, [], problems) == []
    assert indicators.read(tmp_path, IDS, frozenset(), problems) == []
    assert problems == []


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("assessments", "a,institute,", "a,someone,", ("assessor-unknown", 2, "assessor")),
    ("assessments", "2024-05-06,10-2010,,ab/9,partly", "6/5/2024,10-2010,,ab/9,partly", ("table-cell-date", 2, "assessed_on")),
    ("assessments", "10-2010,,ab/9,partly", "99-2099,,ab/9,partly", ("table-reference", 2, "law")),
    ("assessments", "10-2010,3,", "10-2010,4,", ("table-reference", 3, "provision")),
    ("assessments", "ab/9,partly", "ab/99,partly", ("link-target-unknown", 2, "against")),
    ("assessments", "ab/9,partly", "article nine,partly", ("link-target-form", 2, "against")),
    ("assessments", "ab/9,partly", "ab/9,maybe", ("table-cell-choice", 2, "view")),
    ("assessments", "10-2010,,ab/9,partly", ",,ab/9,partly", ("assessment-law-absent", 2, "law")),
    ("assessments", ",,ab/9,silent", ",3,ab/9,silent", ("assessment-law-absent", 4, "law")),
    ("assessments", "Thiếu thời hạn", "", ("table-cell-empty", 2, "reasoning_vi")),
    ("assessments", "d,institute,2025-05-06", "d,institute,2024-05-06", ("assessment-twice", 5, "assessor")),
    ("assessments", "d,institute", "a,institute", ("table-row-twice", 5, "id")),
    ("organisations", "non-governmental-organisation", "person", ("table-cell-choice", 2, "kind")),
    ("indicators", "process", "guess", ("table-cell-choice", 2, "kind")),
    ("indicators", "cycle-1", "cycle-9", ("link-target-unknown", 2, "follows")),
    ("indicator_observations", '"42,5"', "many", ("table-cell-decimal", 2, "value")),
    ("indicator_observations", "share,2021", "other,2021", ("table-reference", 3, "indicator")),
    ("indicator_observations", "moj", "nobody", ("assessor-unknown", 2, "reported_by")),
])
def test_what_is_wrong_is_told(tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int, str]) -> None:
    texts = {"organisations": ORGANISATIONS, "assessments": ASSESSMENTS, "indicators": INDICATORS,
             "indicator_observations": VALUES}
    assert before in texts[table]
    problems: list[UserError] = []
    read(tmp_path, problems, **{table: texts[table].replace(before, after, 1)})
    told = [(problem.key, problem.line, problem.column) for problem in problems if Path(problem.file or "").stem == table]
    assert told == [place]
    assert all(problem.message("vi") != problem.message("en") for problem in problems)
