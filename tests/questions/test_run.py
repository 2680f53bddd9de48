"""Parameters: what is wrong with them is said with the parameters that the question has."""

from __future__ import annotations

import pytest

from pactgraph.catalogue.load import parse
from pactgraph.errors import UserError
from pactgraph.questions import run
from pactgraph.questions.run import prepare


def word(kind: str, value: str) -> str:
    return f"https://example.org/{kind}/{value}"


def refused(name: str, params: dict[str, str], as_of: str | None = None) -> UserError:
    with pytest.raises(UserError) as error:
        prepare(name, params, as_of=as_of, lang="en", resolve=word)
    assert error.value.message("vi") != error.value.message("en")
    return error.value


def test_prepared():
    prepared = prepare("overdue", {"body": "mps", "plan": " "}, as_of="2020-01-02", lang="en", resolve=word)
    assert "VALUES ?body { <https://example.org/pg:Agent/mps> }" in prepared.text
    assert 'VALUES ?asOf { "2020-01-02"^^<http://www.w3.org/2001/XMLSchema#date> }' in prepared.text
    assert "VALUES ?plan { UNDEF }" in prepared.text
    assert 'VALUES ?lang { "vi" }' not in prepared.text
    assert list(prepared.columns)[:2] == ["task", "label"]
    assert prepared.query.name == "overdue"


def test_the_day_may_be_a_parameter_too():
    text = prepare("overdue", {"asOf": "2020-01-02"}, as_of=None, lang="vi", resolve=word).text
    assert '{ "2020-01-02"^^' in text


def test_a_day_may_be_given_to_a_question_that_does_not_depend_on_one():
    assert prepare("unreviewed-links", {}, as_of="2020-01-02", lang="vi", resolve=word).text
    assert refused("unreviewed-links", {}, as_of="yesterday").key == "bad-as-of"


def test_unknown_question():
    error = refused("agency", {})
    assert error.key == "unknown-query"
    assert "agency-for-recommendation" in error.message("en")


def test_unknown_parameter():
    message = refused("responsibilities", {"plan": "1", "body": "mps"}).message("en")
    assert "'body'" in message
    assert "plan, [asOf]" in message


def test_missing_parameter():
    assert "'plan'" in refused("responsibilities", {}).message("en")
    assert "'plan'" in refused("responsibilities", {"plan": "  "}).message("en")


@pytest.mark.parametrize(("name", "params", "key"), [
    ("overdue", {"asOf": "31/12/2020"}, "parameter-date"),
    ("overdue", {"asOf": "2021-02-29"}, "parameter-date"),
    ("due-soon", {"days": "ninety"}, "parameter-integer"),
])
def test_wrong_form(name, params, key):
    error = refused(name, params)
    assert error.key == key
    assert "[asOf]" in error.message("en")


def test_codes_and_booleans(monkeypatch):
    query = parse("made-up", "questions", "\n".join([
        "#! param: grade | code committee-grade | optional | en: Grade | vi: Mức",
        "#! param: open | boolean | optional | en: Open | vi: Mở",
        "#! columns: grade",
        "SELECT ?grade WHERE { VALUES ?lang { \"vi\" }",
        "  VALUES ?grade { UNDEF }",
        "  VALUES ?open { UNDEF } }",
    ]))
    monkeypatch.setattr(run, "load", lambda room, name: query)
    text = prepare("made-up", {"grade": "E", "open": "True"}, as_of=None, lang="vi", resolve=word).text
    assert "VALUES ?grade { <https://w3id.org/pactgraph/vocab/committee-grade/E> }" in text
    assert "VALUES ?open { true }" in text
    assert refused("made-up", {"grade": "E> } #"}).key == "parameter-code"
    assert refused("made-up", {"open": "maybe"}).key == "parameter-boolean"


def test_a_title_in_the_language_of_the_answer(ask):
    assert ask("overdue", lang="en").title == "Which deadlines have passed with no result recorded?"
    assert ask("overdue", lang="vi").title == "Những thời hạn nào đã qua mà chưa ghi nhận kết quả?"


def test_a_name_in_the_other_language_where_one_is_missing(ask):
    assert "Ministry of Science" in ask("duties-of-body", body="mos", lang="vi").rows[0][7]
    assert ask("duties-of-body", body="moj", lang="en").rows[3][2] == "Chống tuyên truyền chiến tranh"
