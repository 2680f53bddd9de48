"""Decision 1252/QĐ-TTg as DOCX and HTML gives the records of its text, with places of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_up_decisions import as_docx, as_html, split

from pactgraph.sources.annex.read import read_annex
from pactgraph.sources.annex.reading import load_reading
from pactgraph.sources.annex.records import Annex

FORMS: dict[str, Callable[[str], bytes]] = {
    "decision.docx": as_docx,
    "cut-by-pages.docx": lambda text: as_docx(text, break_every=9),
    "decision.html": as_html,
}


@pytest.fixture(scope="module", params=FORMS)
def both(request: pytest.FixtureRequest, root: Path, decision: Path,
         tmp_path_factory: pytest.TempPathFactory) -> tuple[Annex, Annex]:
    reading = load_reading(root / "data" / "vnm")
    file = tmp_path_factory.mktemp("decision") / request.param
    file.write_bytes(FORMS[request.param](decision.read_text("utf-8")))
    return read_annex(decision, reading), read_annex(file, reading)


def without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_places(item) for key, item in value.items()
                if key not in ("source", "lines", "table", "tables", "rows", "paragraphs")}
    return [without_places(item) for item in value] if isinstance(value, list) else value


def test_the_records_are_those_of_the_text(both: tuple[Annex, Annex]) -> None:
    text, document = both
    assert len(document.rows) == 71
    assert sum(row.is_leaf for row in document.rows) == 54
    assert [without_places(row.as_json("", document.places)) for row in document.rows] == [
        without_places(row.as_json("", text.places)) for row in text.rows]
    assert without_places(document.as_json()["document"]) == without_places(text.as_json()["document"])
    assert not document.errors()


def test_each_row_tells_its_table_and_row(both: tuple[Annex, Annex], decision: Path) -> None:
    _, document = both
    rows = {row["id"]: row["source"] for row in document.as_json()["rows"]}
    assert all("lines" not in source and (source.get("table") or source.get("tables")) for source in rows.values())
    assert rows["A"]["table"] == 1
    assert rows["A"]["rows"] == [2]


def test_a_text_keeps_its_lines(both: tuple[Annex, Annex], decision: Path) -> None:
    text, _ = both
    head, _ = split(decision.read_text("utf-8"))
    assert text.as_json()["rows"][0]["source"] == {"file": decision.name, "lines": [len(head) + 2]}
