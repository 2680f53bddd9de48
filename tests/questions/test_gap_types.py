"""Every gap type by a small made-up graph of its own: what is a gap, what is not and why, as the head of the file says.

``# gap: THING SEVERITY [SINCE] | WORDS`` – a gap, with words of its English message; ``# no gap: THING WHY`` – its neighbour;
``# day: DAY`` – the day asked about. Any other gap than those is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SKOS, Graph, URIRef

from pactgraph.build.gaps import Gap, depends_on_day, gaps_of
from pactgraph.catalogue import load, names
from pactgraph.catalogue.bind import day as day_term
from pactgraph.store.embedded import EmbeddedStore

CASES = Path(__file__).with_name("gap_types")
ROOT = Path(__file__).resolve().parents[2]
BASE = "https://example.org/"
VOCABULARY = "https://w3id.org/pactgraph/vocab/gap-type"
# The gap types that the ontology notes of the project promise
PROMISED = {
    "no-task", "partial-task", "supported-upr-without-task", "orphan-task", "not-carried-over",
    "no-lead", "dissolved-lead", "ambiguous-successor", "no-deadline", "no-result",
    "overdue-without-evidence", "yearly-report-missing", "claim-without-evidence",
    "article-without-law", "law-repealed-since-link", "inconsistency-raised",
    "adverse-grade", "grade-contradicts-report", "repeated-recommendation",
    "unreviewed-link", "missing-translation", "text-not-loaded",
}  # fmt: skip
OF_A_DAY = {
    "ambiguous-successor", "article-without-law", "dissolved-lead", "law-repealed-since-link", "overdue-without-evidence",
    "yearly-report-missing",
}  # fmt: skip


@dataclass
class Case:
    """What the head of a case file says."""

    day: str = "2026-11-21"
    gaps: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    neighbours: dict[str, str] = field(default_factory=dict)


def read(name: str) -> Case:
    case = Case()
    for line in (CASES / f"{name}.trig").read_text("utf-8").splitlines():
        if match := re.fullmatch(r"# gap: (\S+) (\w+) ?(\S*) \| (.+)", line):
            case.gaps[match[1]] = (match[2], match[3], match[4])
        elif match := re.fullmatch(r"# no gap: (\S+) (.+)", line):
            case.neighbours[match[1]] = match[2]
        elif match := re.fullmatch(r"# day: (\S+)", line):
            case.day = match[1]
    return case


def find(name: str, store: EmbeddedStore, day: str) -> list[Gap]:
    query = load("gaps", name)
    return gaps_of(query, store, query.bind({"asOf": day_term(day)}) if depends_on_day(query) else query.text)


def store_of(name: str) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    store.load(ox.parse(path=str(CASES / f"{name}.trig"), format=ox.RdfFormat.TRIG))
    return store


def test_all_types_are_there() -> None:
    graph = Graph().parse(ROOT / "ontology" / "vocabularies" / "gap-type.ttl")
    codes = {str(graph.value(concept, SKOS.notation)) for concept in graph.subjects(RDF.type, SKOS.Concept)}
    assert codes == set(names("gaps")) == {file.stem for file in CASES.glob("*.trig")} == PROMISED


def test_every_type_says_what_it_does_not_say_and_what_closes_it() -> None:
    graph = Graph().parse(ROOT / "ontology" / "vocabularies" / "gap-type.ttl")
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        for predicate in (SKOS.definition, SKOS.scopeNote, URIRef("https://w3id.org/pactgraph/ontology/closedBy")):
            texts = {text.language: str(text) for text in graph.objects(concept, predicate)}
            assert set(texts) == {"vi", "en"} and all(text.endswith(".") for text in texts.values()), concept


def test_what_depends_on_a_day_asks_for_it() -> None:
    assert {name for name in names("gaps") if depends_on_day(load("gaps", name))} == OF_A_DAY


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_a_true_and_a_false_case(name: str) -> None:
    case = read(name)
    assert case.gaps and case.neighbours
    found = find(name, store_of(name), case.day)
    assert {gap.subject.removeprefix(BASE) for gap in found} == set(case.gaps)
    assert len(found) == len(case.gaps), "a thing has a gap of a type once"
    for gap in found:
        severity, since, words = case.gaps[gap.subject.removeprefix(BASE)]
        assert (gap.severity, gap.since) == (severity, since)
        assert words in gap.message["en"]
        assert gap.message["vi"] and gap.message["vi"] != gap.message["en"] and gap.message["vi"].endswith(".")
    stated = set((CASES / f"{name}.trig").read_text("utf-8").split("@base")[1].split("<"))
    for neighbour in case.neighbours:
        assert any(part.startswith(f"{neighbour}>") for part in stated), f"{neighbour} is not in the graph"


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_nothing_in_an_empty_graph(name: str) -> None:
    assert find(name, EmbeddedStore.in_memory(), "2026-11-21") == []


def messages() -> Iterator[str]:
    for name in sorted(PROMISED):
        for gap in find(name, store_of(name), read(name).day):
            yield from gap.message.values()


def test_no_word_of_blame() -> None:
    for text in messages():
        for word in ("violat", "overdue", r"late\b", "failed", "failure", "neglect", "responsible for", "vi phạm", "quá hạn",
                     "chậm", "thiếu trách nhiệm"):
            assert not re.search(rf"\b{word}", text.casefold()), text


@pytest.mark.parametrize(("name", "day", "subjects"), [
    ("overdue-without-evidence", "2020-12-31", set()),  # a year ends with its last day; the product of task/3 comes later
    ("overdue-without-evidence", "2021-01-01", {"task/1", "task/2", "task/3"}),
    ("yearly-report-missing", "2019-11-29", set()),
    ("yearly-report-missing", "2019-11-30", {"duty/1"}),  # "before 30 November": the day itself is too late
    ("yearly-report-missing", "2020-01-01", {"duty/1", "task/1", "task/2"}),
    ("yearly-report-missing", "2021-12-31", {"duty/1", "task/2"}),  # the report of June 2021 is that of task/1
    ("law-repealed-since-link", "2026-06-30", {"link/3"}),
    ("law-repealed-since-link", "2026-07-01", {"link/1", "link/2", "link/3"}),
    ("article-without-law", "2019-12-31", {"article/6", "article/8", "article/10"}),
    ("dissolved-lead", "2025-12-31", {"task/1"}),
    ("ambiguous-successor", "2027-03-01", {"task/1", "task/3"}),
])
def test_on_another_day(name: str, day: str, subjects: set[str]) -> None:
    assert {gap.subject.removeprefix(BASE) for gap in find(name, store_of(name), day)} == subjects
