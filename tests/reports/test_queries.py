"""The queries of reports: headers in both languages, columns and parameters as they are."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from pactgraph.catalogue import load, names


@pytest.mark.parametrize("name", names("reports"))
def test_a_query_says_what_it_is(name):
    query = load("reports", name)
    assert set(query.title) == {"vi", "en"} and query.title["vi"] != query.title["en"]
    solutions = ox.Store().query(query.text)
    variables = [variable.value for variable in solutions.variables]
    labels = {f"{variable}Label" for variable in variables}
    columns = [column.strip() for column in query.headers["columns"].split(",")]
    assert columns == [variable for variable in variables if variable not in labels]
    assert {parameter.name for parameter in query.parameters} == set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", query.text))
