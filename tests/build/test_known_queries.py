"""What changes do to each query stands in ``queries/known.json``: always what its text says, and never what another did."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from pactgraph.build import known_queries
from pactgraph.build.gap_reads import read_reads
from pactgraph.build.known_queries import FILE, known_text, reach_of, reads_of
from pactgraph.build.reach import All, Either, Pattern, Reach
from pactgraph.build.reach_json import from_json, to_json
from pactgraph.build.reach_read import read_reach
from pactgraph.catalogue import load
from pactgraph.namespaces import PG

EVERYTHING = """
PREFIX ex: <https://example.org/>
SELECT ?focus ?value WHERE {
  VALUES ?kind { ex:a "b"@vi 7 }
  VALUES ?scheme { ex:s "x y" "q\\"uoted\\n" }
  ?focus a ?kind ; ^ex:turned ?value ; ex:one|^ex:other [ ex:nameless ?value ; ex:in ?scheme ] .
  { ?focus ex:left/ex:path+ ?value } UNION { ?value ?any ?focus . FILTER ( STRSTARTS(STR(?value), "https://example.org/") ) }
  OPTIONAL { ?value ex:maybe ?scheme . FILTER NOT EXISTS { ?scheme ex:not true } }
  FILTER ( ?any IN ( ex:p, ex:q ) && EXISTS { ?who ex:there ?focus } )
}"""


def test_the_file_says_what_the_queries_say(root: Path) -> None:
    there = (root / "queries" / FILE).read_text("utf-8")
    assert there == known_text(), "queries changed: run python tools/know_queries.py"


def test_what_is_written_is_read_back(root: Path) -> None:
    known = [entry["reach"] for entry in json.loads((root / "queries" / FILE).read_text("utf-8")) if "reach" in entry]
    known.append(to_json(read_reach(EVERYTHING)))
    assert len(known) > 50 and None not in known
    for reach in known:
        assert to_json(from_json(reach)) == reach
    assert from_json(to_json(read_reach("SELECT ?focus WHERE { ?focus ?p ?o } GROUP BY ?focus"))).plain is False


def test_every_form_of_a_part_is_read_back_as_it_was() -> None:
    was = read_reach(EVERYTHING.replace("[ ex:nameless", "?thing . ?thing ex:nameless").replace("?scheme ] .", "?scheme ."))
    assert was.plain and len(was.patterns) == 10
    assert _all(from_json(to_json(was))) == _all(was)


def _all(reach: Reach) -> list[tuple[Pattern, list[object]]]:
    return [(pattern, _parts(beside)) for pattern, beside in reach.patterns]


def _parts(whole: All) -> list[object]:
    """What must hold, each once, with no difference made of how it is nested."""
    return list(dict.fromkeys(tuple(map(str, map(_parts, part.parts))) if isinstance(part, Either) else part
                              for part in whole.flat()))


@pytest.mark.parametrize(("name", "old"), [("carries-over-order", "pg:carriesOver"), ("link-published", "pg:linkStatus")])
def test_a_query_that_changed_is_read_anew(name: str, old: str) -> None:
    text = load("checks", name).text
    assert text.count(old) > 0
    for changed in (text + " ", text.replace(old, "pg:renamed")):
        assert to_json(reach_of(changed)) == to_json(read_reach(changed))
    properties = {step for pattern, _ in reach_of(changed).patterns for step, _ in pattern.steps}
    assert ox.NamedNode(PG + "renamed") in properties


def test_a_gap_query_that_changed_is_read_anew() -> None:
    text = load("gaps", "orphan-task").text
    changed = text.replace("pg:addresses", "pg:renamed")
    read = reads_of(changed)
    assert read is not None and (ox.NamedNode(PG + "renamed"), None) in read and read != reads_of(text)
    assert read == read_reads(changed)


def test_without_the_file_queries_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = load("checks", "link-published").text
    known = to_json(reach_of(text))
    monkeypatch.setattr(known_queries, "FILE", "none.json")
    known_queries._known.cache_clear()
    known_queries.reach_of.cache_clear()
    try:
        assert known_queries._known() == {} and to_json(reach_of(text)) == known
    finally:
        known_queries._known.cache_clear()
        known_queries.reach_of.cache_clear()
