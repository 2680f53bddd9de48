"""The counts of the build's summary, against the fixture."""

from __future__ import annotations

from pactgraph.catalogue import load


def test_counts(store):
    (row,) = store.query(load("lookup", "counts").text)
    query = load("lookup", "counts")
    counts = {name.strip(): int(row[name.strip()].value) for name in query.headers["columns"].split(",")}
    assert counts == {
        "rows": 6, "tasks": 5, "headings": 1, "duties": 1, "bodies": 6, "groups": 1, "articles": 4,
        "recommendations": 4, "laws": 4, "responsibilities": 11, "links_curated": 3, "links_confirmed": 1,
        "links_proposed": 2, "gaps": 0,
    }
