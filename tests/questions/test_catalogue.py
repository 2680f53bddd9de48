"""Every query of the catalogue keeps its promises: it parses, says in two languages what it answers, and its header
names exactly what it takes and gives."""

from __future__ import annotations

import re
from collections import defaultdict

import pyoxigraph as ox
import pytest

from pactgraph.catalogue import Query, load, names
from pactgraph.questions.run import columns_of

ROOMS = {"questions": names("questions"), "gaps": names("gaps"), "lookup": ("counts", "resolve")}
QUERIES = [(room, name) for room, queries in ROOMS.items() for name in queries]
QUESTIONS = (
    "agency-for-recommendation", "article-dossier", "due-soon", "duties-of-body", "evidence-for-link",
    "graded-recommendations", "laws-named-by-tasks", "overdue", "recommendations-without-task", "responsibilities",
    "tasks-asked-of-courts", "tasks-without-unique-successor", "trace", "unreviewed-links",
)
KINDS = {"iri", "date", "string", "integer", "boolean", "code", "choice"}


@pytest.fixture(params=QUERIES, ids="/".join)
def query(request) -> Query:
    return load(*request.param)


def selected(query: Query) -> list[str]:
    solutions = ox.Store().query(query.text)
    assert isinstance(solutions, ox.QuerySolutions)
    return [variable.value for variable in solutions.variables]


def test_the_fourteen_questions():
    assert set(QUESTIONS) <= set(names("questions"))


def test_header_in_both_languages(query):
    for lines in (query.title, query.answers):
        assert set(lines) == {"vi", "en"}
        assert all(lines.values())
        assert lines["vi"] != lines["en"]


def test_parameters_are_documented(query):
    for parameter in query.parameters:
        assert parameter.kind in KINDS
        assert parameter.kind != "iri" or parameter.range == "" or parameter.range.startswith("pg:")
        assert set(parameter.label) == {"vi", "en"}
        assert all(parameter.label.values())
    open_ones = set(re.findall(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}", query.text))
    bound = set(re.findall(r"VALUES\s+\?(\w+)\s*\{", query.text))
    documented = {parameter.name for parameter in query.parameters}
    assert open_ones <= documented <= bound


def test_a_parameter_and_the_language_can_be_bound(query):
    values = {parameter.name: "<https://example.org/thing>" for parameter in query.parameters}
    if "?lang" in query.text:
        values["lang"] = '"en"'
        assert re.findall(r"VALUES \?lang \{ (.*?) \}", query.text).count('"vi"') == query.text.count("VALUES ?lang")
    assert "UNDEF" not in query.bind(values)


def test_columns_are_what_the_query_selects(query):
    variables = selected(query)
    labels = {f"{name}Label" for name in variables}
    assert list(columns_of(query)) == [name for name in variables if name not in labels]
    for name in variables:
        if name in labels:
            assert variables[variables.index(name) - 1] == name.removesuffix("Label")


def test_the_columns_that_others_build_on():
    assert list(columns_of(load("questions", "agency-for-recommendation"))) == [
        "recommendation", "paragraph", "task", "role", "requested", "scope", "body", "body_today", "basis", "deadline",
        "status", "source",
    ]
    assert list(columns_of(load("questions", "responsibilities"))) == [
        "task", "role", "requested", "group", "scope", "body", "body_today", "basis", "deadline", "source",
    ]


def test_a_question_gives_its_rows_in_a_fixed_order(query):
    assert query.name == "counts" or re.search(r"\nORDER BY [^\n]+(\n +[^\n]+)?\n*$", query.text)


@pytest.mark.parametrize("name", names("gaps"))
def test_gap_queries(name):
    query = load("gaps", name)
    assert query.headers["gap"] == name
    assert selected(query) == ["subject", "severity", "since", "message_vi", "message_en"]


def test_words_that_are_true(query):
    """Nothing is called late, violated or overdue to a reader: what is missing is "not recorded in this graph"."""
    said = " ".join([*query.title.values(), *query.answers.values(), *re.findall(r'"([^"]*)"', query.text)]).lower()
    said = said.replace("is never late", "")
    for word in ("overdue", "violat", " late ", "failed", "failure", "conflict", "vi phạm", "quá hạn", "chậm trễ"):
        assert word not in said


def test_shared_blocks_stay_alike():
    """A block that several questions share is the same text everywhere: whoever corrects one, corrects all."""
    blocks: dict[str, set[str]] = defaultdict(set)
    for room, name in QUERIES:
        lines = load(room, name).text.split("\n")
        for at, line in enumerate(lines):
            if line.strip().startswith(SHARED):
                indent = len(line) - len(line.lstrip())
                blocks[line.strip()].add(_block(lines[at + 1:], indent))
    assert {title: len(texts) for title, texts in blocks.items()} == dict.fromkeys(blocks, 1)
    assert len(blocks) == len(SHARED)


SHARED = (
    "# Who answers on the day: all addressees",
    "# The names of bodies",
    "# Where the words of the link stand",
    "# Tasks: code, place in the plan, the words of all deadlines",
    "# Tasks: code, name, place in the plan, the words of all deadlines",
    "# Tasks: code, name, place in the plan, file:line",
    "# The end: a day, the end of a year",
    "# No result is recorded",
    "# The leads of the task",
)


def _block(lines: list[str], indent: int) -> str:
    """What a comment stands above, up to a closing brace, an empty line or the next comment; layout does not count."""
    block: list[str] = []
    for line in lines:
        text = line[indent:]
        if not text or text.startswith("#"):
            break
        block.append(text)
        if text.startswith("}"):
            break
    return " ".join(" ".join(block).split()).removeprefix("OPTIONAL ")
