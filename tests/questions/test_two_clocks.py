"""The days set by the United Nations beside the deadlines of plans, against rows written by hand."""

from __future__ import annotations

DAY = "^^xsd:date"
# Paragraph 58 asks for information, 59 for a report, 8 has parts with a task, 12 has none; A.2 prepares the information
ASKED = f"""
INSERT DATA {{ GRAPH <graph/un/more> {{
  <id/un/para/ccpr-c-xyz-co-1/58> pg:paragraphNumber "58" ; pg:ordinal 58 ; pg:inDocument <id/un/doc/ccpr-c-xyz-co-1> ;
    <http://www.w3.org/2004/02/skos/core#notation> "CCPR/C/XYZ/CO/1/58" ; pg:responseDueOn "2021-03-29"{DAY} ;
    <http://www.w3.org/2000/01/rdf-schema#label> "Đoạn 58"@vi , "Paragraph 58"@en ; <http://purl.org/dc/terms/source> "a copy" .
  <id/un/para/ccpr-c-xyz-co-1/59> pg:paragraphNumber "59" ; pg:ordinal 59 ; pg:inDocument <id/un/doc/ccpr-c-xyz-co-1> ;
    <http://www.w3.org/2004/02/skos/core#notation> "CCPR/C/XYZ/CO/1/59" ; pg:responseDueOn "2023-03-29"{DAY} .
  <id/un/rec/ccpr-c-xyz-co-1/8> pg:responseDueOn "2021-03-29"{DAY} .
  <id/un/doc/fco-1> pg:answersParagraph <id/un/para/ccpr-c-xyz-co-1/58> ;
    <http://www.w3.org/2004/02/skos/core#notation> "FCO/1" .
  <id/un/doc/report-2> pg:answersParagraph <id/un/para/ccpr-c-xyz-co-1/59> ;
    <http://www.w3.org/2004/02/skos/core#notation> "XYZ/2" .
  <id/xyz/event/1> pg:producedDocument <id/un/doc/fco-1> ; pg:eventKind <vocab/event-kind/submission> ;
    pg:occurredOn "2021-04-02"{DAY} .
  <id/xyz/event/2> pg:producedDocument <id/un/doc/fco-1> ; pg:eventKind <vocab/event-kind/publication> ;
    pg:occurredOn "2021-05-01"{DAY} .
  <id/xyz/event/3> pg:producedDocument <id/un/doc/report-2> ; pg:eventKind <vocab/event-kind/submission> ;
    pg:dateText "2023-03" .
  <id/xyz/task/2-qd-2024/A.1> pg:preparesAnswerTo <id/un/para/ccpr-c-xyz-co-1/58> .
  <id/xyz/task/1-qd-2019/A.1> pg:preparesAnswerTo <id/un/para/ccpr-c-xyz-co-1/58> .
  pg:preparesAnswerTo <http://www.w3.org/2000/01/rdf-schema#label> "chuẩn bị trả lời"@vi , "prepares answer to"@en .
  <vocab/deadline-kind/final> <http://www.w3.org/2000/01/rdf-schema#label> "Cuối cùng"@vi , "Final"@en .
}} }}
"""


def test_both_clocks_side_by_side(changed):
    ask = changed(ASKED)
    answer = ask("two-clocks", lang="en")
    assert answer.columns == [
        "paragraph", "label", "un_due", "answered_on", "answer", "relation", "task", "task_label", "plan_due", "kind", "deadline",
        "source", "un_source",
    ]
    preliminary = "https://w3id.org/pactgraph/vocab/deadline-kind/preliminary"
    annual = "https://w3id.org/pactgraph/vocab/deadline-kind/annual"
    asked = ["CCPR/C/XYZ/CO/1/58", "Paragraph 58", "2021-03-29", "2021-04-02", "FCO/1", "prepares answer to"]
    assert answer.rows == [
        [*asked, "A.1", "Review freedom of expression", "2020-12-31", preliminary, "sơ bộ: năm 2020", "decision-1.txt:10,12",
         "a copy"],
        [*asked, "A.1", "Review freedom of expression", "2022-12-31", "Final", "cuối: năm 2022", "decision-1.txt:10,12",
         "a copy"],
        [*asked, "A.1", "Fewer wrong sentences", "2024-12-31", "Final", "Năm 2024", "decision-2.txt:20", "a copy"],
        # Its part (a) has a task, whose deadline has no end
        ["CCPR/C/XYZ/CO/1/8", "Paragraph 8: Death penalty", "2021-03-29", "", "", "addresses", "A.2", "Count death sentences", "",
         annual, "Hàng năm", "decision-1.txt:14", "CCPR/C/XYZ/CO/1"],
        # A report without a task, sent in a month of which the day is not known
        ["CCPR/C/XYZ/CO/1/59", "", "2023-03-29", "2023-03", "XYZ/2", "", "", "", "", "", "", "", ""],
    ]


def test_one_document_or_one_plan(changed):
    ask = changed(ASKED)
    assert len(ask("two-clocks", document="CCPR/C/XYZ/CO/1").rows) == 5
    assert ask("two-clocks", document="CCPR/C/136/2").rows == []
    assert [row[6:8] for row in ask("two-clocks", lang="en", plan="2/QĐ-TTg").rows] == [["A.1", "Fewer wrong sentences"]]


def test_nothing_is_due_where_no_day_was_set(ask):
    assert ask("two-clocks").rows == []
