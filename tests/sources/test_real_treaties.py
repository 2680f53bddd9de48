"""What the real tables of treaties state, counted by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tables_help import Graph, rows_without_source, unknown_concepts

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB
from pactgraph.sources.quads import expand
from pactgraph.sources.tables import article_paragraphs, general_comments, treaties, treaty, treaty_actions

DATA = Path(__file__).resolve().parents[2] / "data"
ICCPR = DATA / "treaties" / "iccpr"
IDS = Ids(country="vnm")


@pytest.fixture(scope="module")
def real() -> Graph:
    problems: list[UserError] = []
    quads = treaty.read(ICCPR, IDS, problems) + article_paragraphs.read(ICCPR, IDS, problems)
    quads += general_comments.read(ICCPR, IDS, problems) + treaties.read(DATA / "treaties", IDS, problems)
    quads += treaty_actions.read(DATA / "vnm", IDS, treaties.notations(DATA / "treaties"), problems)
    assert [problem.message() for problem in problems] == []
    return Graph(quads)


def test_the_paragraphs_of_the_covenant(real: Graph) -> None:
    base = IDS.treaty("iccpr") + "/article/"
    paragraphs = {iri.removeprefix(base) for iri in real.instances("pg:ArticleParagraph")}
    counts = Counter(int(name.split("/")[0]) for name in paragraphs)
    # Articles that the Covenant does not divide into numbered paragraphs
    assert set(range(1, 54)) - set(counts) == {
        3, 7, 11, 13, 16, 21, 25, 26, 27, 35, 36, 38, 43, 44, 45, 46, 47, 50, 52}
    assert (counts[6], counts[9], counts[14], counts[42], counts[53]) == (6, 5, 7, 10, 2)
    assert len(paragraphs) == 115
    listed = {q.subject.value.removeprefix(base) for q in real.quads
              if q.object.value == VOCAB + "derogation/listed" and q.subject.value.removeprefix(base) in paragraphs}
    assert listed == {"6/1", "6/2", "6/3", "6/4", "6/5", "6/6", "8/1", "8/2", "15/1", "15/2",
                      "18/1", "18/2", "18/3", "18/4"}


def test_the_general_comments(real: Graph) -> None:
    numbers = {int(real.all(iri, "pg:commentNumber")[0]): iri for iri in real.instances("pg:GeneralComment")}
    assert set(numbers) == set(range(1, 38))
    assert {number for number, iri in numbers.items() if not real.all(iri, "pg:commentsOn")} == {24, 26, 33}
    replaced = {number: real.all(iri, "pg:replacedBy")[0] for number, iri in numbers.items()
                if real.all(iri, "pg:replacedBy")}
    assert {old: next(number for number, iri in numbers.items() if iri == new) for old, new in replaced.items()} == {
        1: 30, 3: 31, 4: 28, 5: 29, 6: 36, 7: 20, 8: 35, 9: 21, 10: 34, 13: 32, 14: 36}
    assert real.all(numbers[36], "pg:symbol") == ["CCPR/C/GC/36"]
    assert real.all(numbers[36], "pg:publishedOn") == ["2019-09-03"]
    assert real.all(numbers[36], "pg:adoptedOn") == []


def test_sixteen_treaties_each_with_an_action(real: Graph) -> None:
    acted = {q.object.value for q in real.quads if q.predicate == expand("pg:actionTreaty")}
    assert acted == real.instances("pg:Treaty")
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
def test_dates_that_differ_stand_side_by_side(real: Graph, treaty_key: str, act: str, dates: set[str]) -> None:
    start = IDS.treaty_action(treaty_key, act, "")
    found = {q.object.value for q in real.quads if q.subject.value.startswith(start)
             and q.predicate in (expand("pg:actedOn"), expand("pg:dateText"))}
    assert found == dates


@pytest.mark.parametrize("path", [ICCPR / "paragraphs.csv", ICCPR / "general_comments.csv",
                                  DATA / "treaties" / "treaties.csv", DATA / "vnm" / "treaty_actions.csv"],
                         ids=lambda path: path.stem)
def test_every_row_has_a_source_and_a_status(path: Path) -> None:
    assert rows_without_source(path) == []


def test_every_code_is_a_concept_of_a_vocabulary(real: Graph) -> None:
    assert unknown_concepts(real) == set()
