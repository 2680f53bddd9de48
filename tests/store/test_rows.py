"""Rows of a result are counted exactly, whatever stands in its values."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from pactgraph.store.rows import has_more_rows
from pactgraph.store.worker import SOLUTION_FORMATS

HOSTILE = ["}}", "{}", "}},{\"x\"", "<result>", "</result>", "a\nb", "a\r\nb", '"', '""\n"', "\t", "\\n", "", "plain"]


@pytest.mark.parametrize("form", SOLUTION_FORMATS)
@pytest.mark.parametrize("variables", ["?v", "?v ?n", "?none"])
def test_rows_are_counted_exactly(form: str, variables: str) -> None:
    values = " ".join(f"({ox.Literal(text)} {number})" for number, text in enumerate(HOSTILE))
    results = ox.Store().query(f"SELECT {variables} WHERE {{ VALUES (?v ?n) {{ {values} }} }}")
    body = results.serialize(format=SOLUTION_FORMATS[form])
    assert not has_more_rows(body, form, len(HOSTILE))
    assert has_more_rows(body, form, len(HOSTILE) - 1)


@pytest.mark.parametrize("form", SOLUTION_FORMATS)
def test_an_empty_result_has_no_row(form: str) -> None:
    body = ox.Store().query("SELECT * WHERE { ?s ?p ?o }").serialize(format=SOLUTION_FORMATS[form])
    assert not has_more_rows(body, form, 0)
