"""The rules of ``queries/checks``, one a file: each with a clean and a faulty case, and run over what the project ships."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(__file__).resolve().parent / "checks"
RULES = sorted(file.stem for file in (ROOT / "queries" / "checks").glob("*.rq"))
SHIPPED = ("ontology/*.ttl", "ontology/vocabularies/*.ttl", "shapes/*.ttl", "tests/shapes/cases/valid/*.ttl")


def _query(rule: str) -> str:
    return (ROOT / "queries" / "checks" / f"{rule}.rq").read_text(encoding="utf-8")


def _store(*files: Path) -> ox.Store:
    store = ox.Store()
    for file in files:
        store.load(path=str(file), format=ox.RdfFormat.TURTLE)
    return store


def _findings(store: ox.Store, rule: str) -> list[tuple[str, str, str]]:
    rows = store.query(_query(rule))
    names = ("focus", "path", "value")
    return [tuple("" if row[name] is None else row[name].value for name in names) for row in rows]


def _expected(file: Path) -> set[str]:
    """The addresses in the first line of a case, written with the prefixes of the file."""
    text = file.read_text(encoding="utf-8")
    first = re.match(r"# expect: (.+)\n", text)
    assert first, f"{file} does not say what must be found"
    prefixes = dict(re.findall(r"^@prefix (\w*): <([^>]+)> \.$", text, re.MULTILINE))
    found = set()
    for name in first[1].split():
        prefix, _, local = name.partition(":")
        found.add(name[1:-1] if name.startswith("<") else prefixes[prefix] + local)
    return found


@pytest.fixture(scope="module")
def shipped() -> ox.Store:
    """Ontology, alignments, vocabularies and shapes with the valid examples of the shapes, as data."""
    return _store(*(file for pattern in SHIPPED for file in sorted(ROOT.glob(pattern))))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_what_it_is(rule: str) -> None:
    head = dict(re.findall(r"^#! (\S+): (.+)$", _query(rule), re.MULTILINE))
    assert set(head) == {"title.en", "title.vi", "severity"}
    assert head["severity"] in {"error", "warning"}
    assert re.search(r"SELECT DISTINCT \?focus \?path \?value WHERE", _query(rule))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_lets_what_is_right_pass(rule: str) -> None:
    assert _findings(_store(CASES / rule / "clean.ttl"), rule) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_what_is_wrong(rule: str) -> None:
    file = CASES / rule / "faulty.ttl"
    found = _findings(_store(file), rule)
    assert {focus for focus, _, _ in found} == _expected(file)
    assert all(path for _, path, _ in found)


@pytest.mark.parametrize("rule", RULES)
def test_what_is_shipped_follows_the_rule(shipped: ox.Store, rule: str) -> None:
    assert _findings(shipped, rule) == []


def test_every_case_belongs_to_a_rule() -> None:
    assert sorted(folder.name for folder in CASES.iterdir()) == RULES
