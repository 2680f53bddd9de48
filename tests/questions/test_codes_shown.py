"""What is shown as a code is one that people quote; an article of a law without a number is shown by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactgraph.questions.gaps import gap_table
from pactgraph.questions.run import ask
from pactgraph.store import open_store

pytestmark = pytest.mark.slow
PROVISIONS = """PREFIX pg: <https://w3id.org/pactgraph/ontology/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?provision ?code ?number WHERE {
  ?provision pg:legalProvisionOf ?law OPTIONAL { ?provision skos:notation ?code } OPTIONAL { ?law pg:lawNumber ?number } }"""
LINK = "/id/vnm/link/laws/hien-phap-2013/48/iccpr-2"


def test_an_article_has_a_code_where_its_law_has_a_number(built_store: Path) -> None:
    rows = [(row["code"] and row["code"].value, row["number"] and row["number"].value)
            for row in open_store(str(built_store)).query(PROVISIONS)]
    assert all(code is None if number is None else code.startswith(number + "/") for code, number in rows)
    assert {number is None for _, number in rows} == {True, False}


@pytest.mark.parametrize(("lang", "shown"), [("vi", "Điều 48 Hiến pháp năm 2013"), ("en", "Article 48, Constitution of 2013")])
def test_a_gap_and_a_question_show_it_by_its_name(built_store: Path, lang: str, shown: str) -> None:
    store = open_store(str(built_store))
    gap = next(row for row in gap_table(store, lang, "2026-11-21").records() if row["subject"].endswith(LINK))
    assert gap["notation"] == f"{shown} → ICCPR/2"
    assert f" {shown} → ICCPR/2 " in gap["message"]
    subjects = [row["subject"] for row in ask(store, "unreviewed-links", {}, lang=lang).records()]
    assert any(subject.startswith(f"{shown}: ") for subject in subjects)
    assert not [subject for subject in subjects if "hien-phap" in subject]
