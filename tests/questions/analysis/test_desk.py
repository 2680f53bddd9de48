"""A body's inbox, a plan's state, coverage by plans, assessors side by side, what changed: by hand from the fixture."""

from __future__ import annotations

import pytest

from pactgraph.errors import UserError

DAY = "^^xsd:date"


def test_the_inbox_goes_by_deadline(ask):
    answer = ask("inbox", body="moj", lang="en")
    assert answer.columns == [
        "due", "deadline_state", "task", "label", "plan", "role", "requested", "inherited", "body", "scope", "basis", "deadline",
        "last_report", "source",
    ]
    assert [line[:4] for line in answer.rows] == [
        ["2026-12-31", "deadline ahead", "B", "Task B"],
        ["2030-12-31", "deadline ahead", "II", "Sum up"],
        ["2018-12-31", "reported as completed", "A", "Task A"],
        ["", "no deadline recorded in this graph", "D", "Task D"],
        ["", "deadline in words, without a day", "E", "Task E"],
    ]
    assert answer.rows[2][12] == "Justice: Completed (2019-01-15)"
    # What a unit of the body supports is the body's too
    assert answer.rows[0][5:9] == ["Cooperating", "false", "false", "Unit A"]


def test_an_inherited_task_is_marked(ask):
    (line,) = ask("inbox", body="new").records()
    assert (line["task"], line["inherited"], line["body"], line["basis"]) == ("B", "true", "Bộ Cũ", "unverified")
    assert ask("inbox", body="old").rows == []
    assert [line["task"] for line in ask("inbox", body="old", as_of="2019-12-31").records()] == ["B"]


@pytest.mark.parametrize(("lang", "words"), [
    ("en", "asked, not ordered; no result recorded in this graph, as of 2026-11-21"),
    ("vi", "được đề nghị, không phải được giao; chưa ghi nhận kết quả trong đồ thị này, tính đến 2026-11-21"),
])
def test_what_is_asked_is_a_request(ask, lang, words):
    (line,) = ask("inbox", body="court", lang=lang).records()
    assert (line["task"], line["requested"], line["deadline_state"]) == ("C", "true", words)


@pytest.mark.parametrize(("day", "state"), [
    ("2017-06-29", "asked; deadline ahead"),
    ("2017-06-30", "asked, not ordered; no result recorded in this graph, as of 2017-06-30"),
])
def test_before_a_day_means_before_it(ask, day, state):
    assert ask("inbox", body="court", lang="en", as_of=day).records()[0]["deadline_state"] == state


def test_a_day_that_passed(ask):
    lines = {line["task"]: line for line in ask("inbox", body="moj", lang="en", as_of="2019-01-01").records()}
    assert lines["A"]["deadline_state"] == "deadline passed; no result recorded in this graph, as of 2019-01-01"
    assert lines["A"]["last_report"] == "not recorded in this graph"
    assert lines["B"]["due"] == "2019-12-31"
    assert ask("inbox", body="moj", as_of="2018-12-31").records()[0]["due"] == "2018-12-31"


def test_no_report_was_ever_loaded(changed):
    ask = changed("DELETE WHERE { GRAPH ?g { ?status pg:aboutItem ?item } }")
    assert {line["last_report"] for line in ask("inbox", body="moj", lang="en").records()} == {"no reports loaded"}


def test_the_state_of_a_plan(ask):
    answer = ask("plan-state", plan="1/KH", lang="en")
    assert answer.columns == ["kind", "status", "deadline_state", "count", "next_due", "tasks", "tasks_list"]
    none, asked = "not recorded in this graph", "asked, not ordered; no result recorded in this graph, as of 2026-11-21"
    assert {tuple(line[:6]) for line in answer.rows} == {
        ("duty", none, "deadline ahead", "1", "2030-12-31", "II"),
        ("task", none, "due every year", "1", "2026-12-31", "B"),
        ("task", "reported as completed", "no deadline open", "1", "–", "A"),
        ("task", none, asked, "1", "–", "C"),
        ("task", none, "no deadline recorded in this graph", "1", "–", "D"),
        ("task", none, "deadline in words, without a day", "1", "–", "E"),
    }
    assert {line[6] for line in answer.rows} == {"responsibilities?plan=1/KH&as_of=2026-11-21"}


def test_the_state_of_a_plan_on_a_day(ask):
    lines = {line["tasks"]: line for line in ask("plan-state", plan="1/KH", as_of="2019-01-01").records()}
    assert lines["A"]["deadline_state"] == "đã qua thời hạn; chưa ghi nhận kết quả trong đồ thị này, tính đến 2019-01-01"
    assert lines["B"]["next_due"] == "2019-12-31"


def test_the_state_of_a_plan_that_is_not_loaded(ask):
    answer = ask("plan-state", plan="2/KH", lang="en")
    assert answer.rows == [] and "2/KH" in answer.notes[0]


def test_coverage_of_each_recommendation(ask):
    assert [[line[0], line[5], line[6], line[8], line[9], line[10]] for line in ask("plan-coverage", lang="en").rows] == [
        ["CO/1/6", "answered in part", "1/KH A", "1/KH", "", "CO/2/9"],
        ["CO/1/8", "answered", "1/KH B", "1/KH", "", ""],
        ["CO/1/10", "not recorded in this graph", "", "1/KH", "", ""],
        ["CO/2/9", "no plan recorded in this graph", "", "", "CO/1/6", ""],
        ["UPR/1/1.1", "text of the plan not loaded", "", "2/KH", "", ""],
        ["UPR/1/1.2", "text of the plan not loaded", "", "2/KH", "", ""],
    ]
    assert [line[0] for line in ask("plan-coverage", only="partly").rows] == ["CO/1/6"]
    assert [line[0] for line in ask("plan-coverage", document="CO/2").rows] == ["CO/2/9"]
    assert ask("plan-coverage", document="CO/1", as_of="2022-12-31").rows[0][10] == ""


def test_a_task_for_every_part_is_an_answer(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/abc/task/1/D> pg:addresses <id/un/rec/co-1/6/b> } }")
    assert ask("plan-coverage", document="CO/1", lang="en").rows[0][5:7] == ["answered", "1/KH A; 1/KH D"]


def test_coverage_in_numbers(ask):
    answer = ask("plan-coverage-summary", lang="en")
    assert answer.columns[3:10] == [
        "recommendations", "answered", "partly", "not_recorded", "text_not_loaded", "no_plan", "repeated"]
    assert [[line[0], *line[2:10]] for line in answer.rows] == [
        ["CO/1", "1/KH", "3", "1", "1", "1", "0", "0", "1"],
        ["CO/2", "", "1", "0", "0", "0", "0", "1", "0"],
        ["UPR/1", "2/KH", "2", "0", "0", "0", "2", "0", "0"],
    ]
    # Before the plans
    early = {line[0]: line[4:] for line in ask("plan-coverage-summary", as_of="2016-01-01").rows}
    assert early["CO/1"][:5] == ["0", "0", "0", "0", "3"]


def test_assessors_side_by_side(ask):
    answer = ask("assessors-compared", lang="en")
    assert [line[2:7] for line in answer.rows] == [
        ["1/L/5", "others", "Institute A", "2022-02-03", "Institute A 2022"],
        ["1/L/5", "State", "Justice", "2021-05-05", "Justice 2021"],
        ["1/L/5", "others", "Institute A", "2020-02-03", "Institute A 2020"],
        ["2/L", "others", "Institute A", "2020-02-03", "Institute A: Law Two"],
        ["CO/1/6(a)", "committee", "Committee", "2022-11-04", "grade C"],
        ["CO/1/6(a)", "committee", "Committee", "2018-11-04", "grade E"],
        ["CO/1/6(b)", "committee", "Committee", "2018-11-04", "grade A"],
        ["A", "State", "Justice", "2019-01-15", "reported: Completed"],
        ["crimes", "State", "Justice", "2020-01-01", "10"],
    ]
    assert [line[7:] for line in answer.rows[3:5]] == [
        ["No", "no longer in force", "2", "page 1"], ["No data yet", "", "2", "FU"],
    ]


def test_assessors_of_one_thing(ask):
    by_article = ask("assessors-compared", article="CV/19").records()
    assert [(line["about"], line["says"]) for line in by_article[4:]] == [
        ("UPR/1/1.1", "lập trường: Chấp thuận"), ("UPR/1/1.1", "lập trường: Ghi nhận")]
    assert [line["about"] for line in ask("assessors-compared", article="CV/40").records()] == ["CV/40"]
    assert [line["subject"] for line in ask("assessors-compared", law="2/L").records()] == ["2/L"]
    (line,) = ask("assessors-compared", recommendation="UPR/1/1.2", lang="en").records()
    assert (line["assessor"], line["says"], line["assessors"]) == ("Abc", "position: Noted", "1")


def test_assessors_by_a_day(ask):
    assert [line["says"] for line in ask("assessors-compared", article="CV/19", as_of="2020-12-31", lang="en").records()] == [
        "Institute A 2020", "Institute A: Law Two", "position: Supported", "position: Noted"]
    # One voice alone is no comparison
    assert ask("assessors-compared", as_of="2018-12-31").rows == []


def test_what_changed(ask):
    answer = ask("changed-between", **{"from": "2019-12-31", "to": "2020-01-01", "lang": "en"})
    assert answer.rows == [
        ["2020-01-01", "body", "founded", "new", "New Ministry", "decree"],
        ["2020-01-01", "body", "gone from this day on", "old", "Old Ministry", "decree"],
        ["2020-01-01", "body", "function transferred", "abc/transfer/1", "Old → New", "decree"],
        ["2020-01-01", "assessment or indicator", "value of an indicator", "abc/indicator-value/crimes/2", "Crimes: 10", "code"],
        ["2020-01-01", "deadline", "deadline passed: hằng năm", "1/KH B", "Task B", "plan.txt"],
    ]


@pytest.mark.parametrize(("since", "until", "changes"), [
    ("2015-02-28", "2015-03-01", ["adopted or published", "view on a law"]),
    ("2015-03-01", "2016-04-30", []),
    ("2016-04-30", "2016-06-30", ["issued", "position: Supported"]),
    ("2017-06-29", "2017-06-30", ["deadline passed: trước 30/6/2017"]),
    ("2018-12-30", "2018-12-31", []),
    ("2018-12-31", "2019-01-01", ["deadline passed: năm 2018", "deadline passed: hằng năm"]),
    ("2021-06-30", "2021-07-01", ["new version"]),
    ("2022-03-01", "2022-05-01", ["took place"]),
    ("2023-12-31", "2024-01-01", ["no longer in force from this day on", "deadline passed: hằng năm"]),
])
def test_what_changed_between_days(ask, since, until, changes):
    rows = ask("changed-between", **{"from": since, "to": until, "lang": "en"}).rows
    assert [line[2] for line in rows] == changes


def test_a_grade_stands_in_its_document(ask):
    rows = ask("changed-between", **{"from": "2022-11-03", "to": "2022-11-04"}).rows
    assert [(line[3], line[5]) for line in rows] == [("CO/1/6(a)", "FU")]


def test_the_day_asked_about_is_the_second_day(ask):
    rows = ask("changed-between", as_of="2022-05-01", lang="en", **{"from": "2022-03-01"}).rows
    assert [line[2] for line in rows] == ["took place"]


@pytest.mark.parametrize(("params", "as_of", "key", "words"), [
    ({"from": "2021-01-01", "to": "2020-01-01"}, None, "days-turned", "2021-01-01"),
    ({"from": "2021-01-01"}, "2020-01-01", "days-turned", "2020-01-01"),
    ({"from": "2999-01-01"}, None, "days-turned", "2999-01-01"),
    ({"from": "31/12/2020"}, None, "parameter-date", "2020-12-31"),
    ({"to": "2020-12-31"}, None, "param-missing", "from"),
])
def test_wrong_days_are_told(ask, params, as_of, key, words):
    with pytest.raises(UserError) as problem:
        ask("changed-between", as_of=as_of, **params)
    assert problem.value.key == key
    for lang in ("vi", "en"):
        assert words in problem.value.message(lang)


@pytest.mark.parametrize(("name", "params", "key", "near"), [
    ("inbox", {"body": "mojj"}, "thing-unknown", "moj"),
    ("article-matrix", {"article": "CV/199"}, "thing-unknown", "CV/19"),
    ("plan-state", {"plan": "1/KHH"}, "thing-unknown", "1/KH"),
    ("plan-coverage", {"only": "dropped"}, "parameter-choice", "not-recorded"),
    ("inbox", {}, "param-missing", "body"),
])
def test_what_is_unknown_is_told_with_the_nearest(ask, name, params, key, near):
    with pytest.raises(UserError) as problem:
        ask(name, **params)
    assert problem.value.key == key
    assert near in problem.value.message("vi") and near in problem.value.message("en")
    assert problem.value.message("vi") != problem.value.message("en")
