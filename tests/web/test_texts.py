"""The words of the pages: in both languages, and one for every column of every question."""

from __future__ import annotations

import pytest

from pactgraph.catalogue import load, names
from pactgraph.texts import read_words

TEXTS = read_words("pactgraph.web")


def test_every_text_is_in_both_languages() -> None:
    assert [key for key, value in TEXTS.items() if set(value) != {"vi", "en"}] == []


@pytest.mark.parametrize("name", names("questions"))
def test_every_column_has_a_heading_for_people(name: str) -> None:
    columns = [column.strip() for column in load("questions", name).headers["columns"].split(",")]
    assert [column for column in columns if "column-" + column.replace("_", "-") not in TEXTS] == []
