"""Binding parameters: typed terms in, no way for a value to become query text."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.catalogue import bind
from pactgraph.errors import UserError

QUERY = "SELECT ?a ?b WHERE { VALUES ?a { UNDEF } VALUES ?b { UNDEF } }"


def _answer(text: str) -> tuple[object, object]:
    row = next(iter(ox.Store().query(text)))
    return row["a"], row["b"]


@given(st.text(), st.text())
def test_any_two_strings_come_back_as_they_were(first: str, second: str) -> None:
    first, second = (value.replace("\x00", "").encode("utf-8", "ignore").decode() for value in (first, second))
    text = bind.bind_values(QUERY, {"a": bind.string(first), "b": bind.string(second)})
    assert _answer(text) == (ox.Literal(first), ox.Literal(second))


def test_a_value_that_looks_like_a_clause_stays_a_value() -> None:
    hostile = 'VALUES ?b { UNDEF } } #'
    text = bind.bind_values(QUERY, {"a": bind.string(hostile), "b": bind.string('" } DROP ALL #')})
    assert _answer(text) == (ox.Literal(hostile), ox.Literal('" } DROP ALL #'))


@pytest.mark.parametrize("value", ["mps", "http://x y", "http://x> <urn:a", 'http://x"', "javascript", "http://x\n"])
def test_what_is_no_iri_is_refused(value: str) -> None:
    with pytest.raises(UserError):
        bind.iri(value)


@pytest.mark.parametrize("value", ["21/11/2026", "2026-13-01", "2026-02-30", "2026-1-1", "tomorrow", ""])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(UserError):
        bind.day(value)


def test_numbers_and_truth() -> None:
    assert (bind.integer(" 007 "), bind.boolean("TRUE")) == ("7", "true")
    for refuse, value in ((bind.integer, "1.5"), (bind.integer, "1} UNION {"), (bind.boolean, "yes")):
        with pytest.raises(UserError):
            refuse(value)


def test_a_name_without_a_clause_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        bind.bind_values(QUERY, {"c": "1"})
