"""UN documents without a folder, their subjects, and the cycles and events of a country's reviews: made-up tables with
every wrong cell, and the real ones against values written by hand from the sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from tables_help import put, told

from pactgraph.build.assemble import assemble
from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB, concept
from pactgraph.settings import Settings
from pactgraph.sources.quads import GraphWriter, expand, literal
from pactgraph.sources.tables import documents, reviews
from pactgraph.sources.tables.links import subjects

IDS = Ids(country="xyz")
CO = "AB/C/XYZ/CO/1"

DOCUMENTS = """\
symbol,kind,title_vi,title_en,body,state,cycle,report,answers,adopted,published,date_text,session,note_vi,note_en,source,status
AB/C/XYZ/1,state-report,Báo cáo,Report,,xyz,ab-1,,,,,2010,,Nộp muộn,It came late,a copy,verified
AB/C/XYZ/FCO/1,follow-up-report,Thông tin,Information,,xyz,ab-1,,ab-c-xyz-co-1/24; ab-c-xyz-co-1/58,,,,,,,a copy,verified
AB/C/XYZ/CO/2,concluding-observations,Nhận xét,Observations,ab,xyz,ab-2,AB/C/XYZ/1,,2019-03-25,2019-08-29,,125,,,a copy,secondary
AB/C/SR.1,summary-record,Biên bản,Record,ab,xyz,,,,,,,,,,a copy,verified
"""
SUBJECTS = """document,id,subject_vi,subject_en,theme,source,status
AB/C/XYZ/CO/2,detention,Giam giữ,Detention,conditions-of-detention,a press release,secondary
AB/C/XYZ/CO/2,other,Khác,Other,,a press release,secondary
"""
CYCLES = """id,mechanism,treaty,number,session,label_vi,label_en,note_vi,note_en,source,status
ab-1,treaty-body,ab,1,125,Chu kỳ 1,Cycle 1,Ghi chú,A note,a copy,verified
upr-1,upr,,1,5,UPR 1,UPR 1,,,a report,verified
"""
EVENTS = """\
id,kind,label_vi,label_en,date,until,date_text,cycle,document,about,held_by,quotation,source_file,line,source,status
report,submission,Nộp,Sent,,,2010,ab-1,AB/C/XYZ/1,ab,,,,,a copy,verified
talk,dialogue,Đối thoại,Dialogue,2019-03-11,2019-03-12,,ab-1,,AB/C/XYZ/1,ab,,,,a copy,verified
meeting,conference,Hội nghị,Conference,2024-12-03,,,,,p-2019; AB/C/XYZ/1,moj; ab,năm năm thực hiện,plan.txt,2,the text,verified
"""


def known_quads() -> list[Quad]:
    """What the made-up tables may point at: two paragraphs and a placeholder, bodies, a treaty, a plan with its source."""
    out = GraphWriter(IDS.graph("given"))
    for iri in (IDS.recommendation(CO, 24), IDS.paragraph(CO, "58"), IDS.un_body("ab"), IDS.body("moj"), IDS.treaty("ab"),
                IDS.plan("p-2019"), IDS.un_document("AB/C/XYZ/1")):
        out.value(iri, "rdfs:label", "given")
    out.value(IDS.recommendation(CO, 26), "pg:placeholder", True)
    out.value(IDS.source("decision-p-2019"), "pg:fileName", "plan.txt")
    return out.quads


def un(folder: Path, problems: list[UserError], table: str = DOCUMENTS, about: str = SUBJECTS) -> set[tuple[str, str, str]]:
    put(folder / "documents.csv", table)
    put(folder / "subjects.csv", about)
    return triples(documents.read(folder, IDS, subjects(known_quads()), problems))


def country(folder: Path, problems: list[UserError], **tables: str) -> set[tuple[str, str, str]]:
    put(folder / "country.toml", 'code = "xyz"\nlanguage = "vi"\n')
    put(folder / "plans" / "p-2019" / "plan.txt", "Kế hoạch\nHội nghị đánh giá năm năm thực hiện Kế hoạch\n")
    put(folder / "reviews" / "cycles.csv", tables.get("cycles", CYCLES))
    put(folder / "reviews" / "events.csv", tables.get("events", EVENTS))
    return triples(reviews.read(folder, IDS, known_quads(), problems))


def triples(quads: list[Quad]) -> set[tuple[str, str, str]]:
    """Subject, last part of the predicate, object."""
    return {(quad.subject.value, quad.predicate.value.replace("#", "/").rpartition("/")[2], quad.object.value)
            for quad in quads}


def test_documents_and_what_they_are_on(tmp_path: Path) -> None:
    problems: list[UserError] = []
    found = un(tmp_path, problems)
    assert problems == []
    report, answer, observed = (IDS.un_document(f"AB/C/XYZ/{end}") for end in ("1", "FCO/1", "CO/2"))
    assert {(report, "type", expand("pg:StateReport").value), (report, "dateText", "2010"), (report, "comment", "Nộp muộn"),
            (report, "inCycle", IDS.cycle("ab-1")), (report, "concernsState", IDS.state("xyz")),
            (answer, "answersParagraph", IDS.recommendation(CO, 24)), (answer, "answersParagraph", IDS.paragraph(CO, "58")),
            (observed, "concernsReport", report), (observed, "creator", IDS.un_body("ab")), (observed, "sessionNumber", "125"),
            (observed, "adoptedOn", "2019-03-25"), (observed, "verification", concept("verification", "secondary")),
            (IDS.un_document("AB/C/SR.1"), "type", expand("pg:UnDocument").value)} <= found
    subject = IDS.document_subject("AB/C/XYZ/CO/2", "detention")
    assert {(subject, "inDocument", observed), (subject, "theme", concept("theme", "conditions-of-detention"))} <= found
    assert {iri for iri, name, _ in found if name == "theme"} == {subject}


@pytest.mark.parametrize(("before", "after", "place"), [
    ("state-report", "letter", ("table-cell-choice", 2, "kind")),
    ("AB/C/XYZ/1,,2019", "AB/C/XYZ/7,,2019", ("document-unknown", 4, "report")),
    ("Observations,ab,", "Observations,cd,", ("table-reference", 4, "body")),
    ("ab-c-xyz-co-1/58", "ab-c-xyz-co-1/59", ("link-target-unknown", 3, "answers")),
    ("ab-c-xyz-co-1/58", "58", ("link-target-form", 3, "answers")),
    ("ab-c-xyz-co-1/58", "ab-c-xyz-co-1/26", ("link-target-placeholder", 3, "answers")),
    ("2019-03-25", "25/3/2019", ("table-cell-date", 4, "adopted")),
    ("AB/C/SR.1", "AB/C/XYZ/1", ("table-row-twice", 5, "symbol")),
])
def test_a_wrong_document_is_told(tmp_path: Path, before: str, after: str, place: tuple[str, int, str]) -> None:
    assert before in DOCUMENTS
    problems: list[UserError] = []
    un(tmp_path, problems, DOCUMENTS.replace(before, after))
    assert told(problems)[0] == place
    assert problems[0].message("vi") != problems[0].message("en")


def test_a_subject_of_an_unknown_document_is_told(tmp_path: Path) -> None:
    problems: list[UserError] = []
    un(tmp_path, problems, about=SUBJECTS.replace("CO/2,other", "CO/3,other"))
    assert told(problems) == [("document-unknown", 3, "document")]


def test_no_tables_no_documents(tmp_path: Path) -> None:
    problems: list[UserError] = []
    assert documents.read(tmp_path, IDS, frozenset(), problems) == [] and problems == []


def test_cycles_and_events(tmp_path: Path) -> None:
    problems: list[UserError] = []
    found = country(tmp_path, problems)
    assert problems == []
    cycle, talk, meeting = IDS.cycle("ab-1"), IDS.event("talk"), IDS.event("meeting")
    assert {(cycle, "reviewTreaty", IDS.treaty("ab")), (cycle, "cycleNumber", "1"), (cycle, "sessionNumber", "125"),
            (cycle, "reviewMechanism", VOCAB + "review-mechanism/treaty-body"), (cycle, "comment", "A note"),
            (cycle, "notation", "ab-1"), (cycle, "concernsState", IDS.state("xyz"))} <= found
    assert {iri for iri, name, _ in found if name == "reviewTreaty"} == {cycle}
    assert {(IDS.event("report"), "dateText", "2010"), (IDS.event("report"), "eventAbout", IDS.treaty("ab")),
            (IDS.event("report"), "producedDocument", IDS.un_document("AB/C/XYZ/1")),
            (talk, "occurredOn", "2019-03-11"), (talk, "occurredUntil", "2019-03-12"), (talk, "inCycle", cycle),
            (talk, "eventKind", VOCAB + "event-kind/dialogue"), (talk, "heldBy", IDS.un_body("ab")),
            (meeting, "eventAbout", IDS.plan("p-2019")), (meeting, "eventAbout", IDS.un_document("AB/C/XYZ/1")),
            (meeting, "heldBy", IDS.body("moj")), (meeting, "heldBy", IDS.un_body("ab")),
            (meeting, "quotation", "năm năm thực hiện"), (meeting, "sourceLine", "2"),
            (meeting, "quotedFrom", IDS.source("decision-p-2019")), (meeting, "source", "the text")} <= found
    assert not any(iri == IDS.event("report") and name == "occurredOn" for iri, name, _ in found)


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("cycles", "upr-1,upr", "upr-1,court", ("table-cell-choice", 3, "mechanism")),
    ("cycles", "treaty-body,ab,1", "treaty-body,,1", ("cycle-treaty", 2, "treaty")),
    ("cycles", "upr-1,upr,,1", "upr-1,upr,ab,1", ("cycle-treaty", 3, "treaty")),
    ("cycles", "treaty-body,ab,1", "treaty-body,cd,1", ("event-thing-unknown", 2, "treaty")),
    ("cycles", "ab,1,125", "ab,one,125", ("table-cell-integer", 2, "number")),
    ("events", "submission", "letter", ("table-cell-choice", 2, "kind")),
    ("events", ",,2010,", ",,,", ("event-date-absent", 2, "date")),
    ("events", "2019-03-11,", ",", ("event-date-absent", 3, "date")),
    ("events", "2019-03-12", "2019-03-10", ("event-dates-order", 3, "until")),
    ("events", "2010,ab-1", "2010,ab-9", ("table-reference", 2, "cycle")),
    ("events", "ab-1,AB/C/XYZ/1,ab", "ab-1,AB/C/XYZ/7,ab", ("document-unknown", 2, "document")),
    ("events", "p-2019;", "p-2020;", ("event-thing-unknown", 4, "about")),
    ("events", "moj;", "mos;", ("table-reference", 4, "held_by")),
    ("events", "plan.txt", "other.txt", ("event-file-unknown", 4, "source_file")),
    ("events", "năm năm thực hiện", "sáu năm", ("event-quotation-line", 4, "line")),
    ("events", "plan.txt,2", "plan.txt,1", ("event-quotation-line", 4, "line")),
    ("events", "plan.txt,2", "plan.txt,99", ("event-quotation-line", 4, "line")),
    ("events", "năm năm thực hiện,plan.txt,2", "sáu năm,plan.txt,", ("event-quotation", 4, "quotation")),
    ("events", "năm năm thực hiện,plan.txt,2", ",plan.txt,", ("event-quotation-cells", 4, "quotation")),
    ("events", "năm năm thực hiện,plan.txt,2", "năm năm thực hiện,,", ("event-quotation-cells", 4, "quotation")),
    ("events", "the text,verified", ",verified", ("table-cell-empty", 4, "source")),
])
def test_a_wrong_cycle_or_event_is_told(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int, str]) -> None:
    text = {"cycles": CYCLES, "events": EVENTS}[table]
    assert before in text
    problems: list[UserError] = []
    country(tmp_path, problems, **{table: text.replace(before, after)})
    assert told(problems)[0] == place
    assert problems[0].message("vi") != problems[0].message("en")


def test_a_country_without_reviews_has_none(tmp_path: Path) -> None:
    assert reviews.read(tmp_path, IDS, [], []) == []


def test_a_placeholder_is_known_under_a_name_of_its_own() -> None:
    name, other = NamedNode("https://example.org/25"), NamedNode("https://example.org/24")
    quads = [Quad(name, expand("pg:placeholder"), literal(True)), Quad(name, expand("pg:ordinal"), literal(25)),
             Quad(other, expand("pg:placeholder"), literal(False))]
    assert subjects(quads) == {"https://example.org/25#placeholder", "https://example.org/24"}


# The real data -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> set[tuple[str, str, str]]:
    base = Ids().graph("")
    graphs = {f"{base}{name}" for name in ("un/documents", "un/subjects", "vnm/reviews", "un/ccpr-co-75-vnm",
                                           "un/ccpr-c-vnm-q-4", "un/ccpr-c-vnm-co-3", "un/links/ccpr-c-vnm-q-4")}
    return triples([quad for quad in assemble(Settings()) if quad.graph_name.value in graphs])


VNM = Ids(country="vnm")


def values(real: set[tuple[str, str, str]], subject: str, name: str) -> set[str]:
    return {value for iri, predicate, value in real if iri == subject and predicate == name}


def test_the_four_reviews_of_viet_nam_under_the_covenant(real: set[tuple[str, str, str]]) -> None:
    sessions = {number: values(real, VNM.cycle(f"iccpr-{number}"), "sessionNumber") for number in (1, 2, 3, 4)}
    assert sessions == {1: set(), 2: {"75"}, 3: {"125"}, 4: {"144"}}
    for number in sessions:
        assert values(real, VNM.cycle(f"iccpr-{number}"), "reviewTreaty") == {VNM.treaty("iccpr")}


@pytest.mark.parametrize(("event", "kind", "since", "until", "text", "document"), [
    ("iccpr-1-report", "submission", "", "", "1989", ""),
    ("iccpr-2-report", "submission", "", "", "2001", "CCPR/C/VNM/2001/2"),
    ("iccpr-2-list-of-issues", "publication", "2001-10-18", "", "", "CCPR/C/74/L/VNM"),
    ("iccpr-2-dialogue", "dialogue", "2002-07-11", "2002-07-12", "", ""),
    ("iccpr-2-adoption", "adoption", "2002-07-19", "", "", "CCPR/CO/75/VNM"),
    ("iccpr-3-report", "submission", "", "", "2017", "CCPR/C/VNM/3"),
    ("iccpr-3-dialogue", "dialogue", "2019-03-11", "2019-03-12", "", ""),
    ("iccpr-3-adoption", "adoption", "2019-03-25", "", "", "CCPR/C/VNM/CO/3"),
    ("iccpr-3-advance-version", "publication", "2019-03-28", "", "", "CCPR/C/VNM/CO/3"),
    ("iccpr-3-distribution", "publication", "2019-08-29", "", "", "CCPR/C/VNM/CO/3"),
    ("iccpr-3-follow-up-report", "submission", "2021-03-29", "", "", "CCPR/C/VNM/FCO/3"),
    ("iccpr-3-assessment", "assessment", "2022-10-10", "2022-11-04", "", "CCPR/C/136/2/Add.4"),
    ("iccpr-3-assessment-published", "publication", "2022-11-11", "", "", "CCPR/C/136/2/Add.4"),
    ("iccpr-4-consultation", "consultation", "2023-02-28", "2023-03-15", "", ""),
    ("iccpr-4-report", "submission", "", "", "2023-03", "CCPR/C/VNM/4"),
    ("iccpr-4-dialogue", "dialogue", "2025-07-07", "2025-07-08", "", ""),
    ("iccpr-4-publication", "publication", "2025-07-18", "", "", "CCPR/C/VNM/CO/4"),
])
def test_what_took_place_in_them(real: set[tuple[str, str, str]], event: str, kind: str, since: str, until: str, text: str,
                                 document: str) -> None:
    iri = VNM.event(event)
    expected = {"eventKind": VOCAB + f"event-kind/{kind}", "occurredOn": since, "occurredUntil": until, "dateText": text,
                "producedDocument": VNM.un_document(document) if document else "",
                "inCycle": VNM.cycle(event[:7])}
    assert {name: "".join(values(real, iri, name)) for name in expected} == expected


def test_every_document_of_the_reviews_is_there(real: set[tuple[str, str, str]]) -> None:
    records = {f"CCPR/C/SR.{number}" for number in (2019, 2020, 2021, 2031, 3580, 3581)}
    assert {value for _, name, value in real if name == "symbol"} == records | {
        "CCPR/C/VNM/2001/2", "CCPR/C/VNM/2001/2/Add.1", "CCPR/C/74/L/VNM", "CCPR/CO/75/VNM", "CCPR/C/VNM/3", "CCPR/C/VNM/Q/3",
        "CCPR/C/VNM/Q/3/Add.1", "CCPR/C/VNM/CO/3", "CCPR/C/VNM/FCO/3", "CCPR/C/136/2/Add.4", "CCPR/C/VNM/4",
        "CCPR/C/VNM/Q/4", "CCPR/C/VNM/CO/4"}
    on = {"CCPR/CO/75/VNM": "CCPR/C/VNM/2001/2", "CCPR/C/VNM/CO/3": "CCPR/C/VNM/3", "CCPR/C/VNM/CO/4": "CCPR/C/VNM/4",
          "CCPR/C/VNM/Q/3": "CCPR/C/VNM/3", "CCPR/C/VNM/Q/4": "CCPR/C/VNM/4"}
    for document, report in on.items():
        assert values(real, VNM.un_document(document), "concernsReport") == {VNM.un_document(report)}
    co3 = "ccpr-c-vnm-co-3"
    assert values(real, VNM.un_document("CCPR/C/VNM/FCO/3"), "answersParagraph") == {
        *(VNM.recommendation(co3, number) for number in (24, 46, 52)), VNM.paragraph(co3, "58")}
    assert values(real, VNM.un_document("CCPR/C/VNM/4"), "answersParagraph") == {VNM.paragraph(co3, "59")}


def test_of_2025_only_what_others_say_is_known(real: set[tuple[str, str, str]]) -> None:
    document = VNM.un_document("CCPR/C/VNM/CO/4")
    assert values(real, document, "publishedOn") == {"2025-07-18"}
    assert values(real, document, "adoptedOn") == set()
    about = {iri for iri, name, value in real if name == "inDocument" and value == document}
    assert len(about) == 15 and all("/un/subject/ccpr-c-vnm-co-4/" in iri for iri in about)
    assert {value for iri in about for value in values(real, iri, "verification")} == {concept("verification", "secondary")}
    assert not any(values(real, iri, "paragraphNumber") for iri in about)


def test_the_questions_of_2025_refer_to_2019(real: set[tuple[str, str, str]]) -> None:
    q4, co3 = "ccpr-c-vnm-q-4", "ccpr-c-vnm-co-3"
    assert values(real, VNM.paragraph(q4, "1"), "refersToParagraph") == {
        VNM.paragraph(co3, "5"), VNM.recommendation(co3, 6)}
    assert values(real, VNM.paragraph(q4, "2"), "refersToParagraph") == {VNM.recommendation(co3, 8)}
    assert {value for number in "12" for value in values(real, VNM.paragraph(q4, number), "paragraphType")} == {
        VOCAB + "paragraph-type/question"}
    assert {value for number in "12" for value in values(real, VNM.paragraph(q4, number), "concernsProvision")} == {
        VNM.article("iccpr", 2)}
