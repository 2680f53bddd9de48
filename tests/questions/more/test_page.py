"""The page of questions names every question of the catalogue as it is; its commands are run with the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pactgraph.catalogue import load, names

PAGE = Path(__file__).resolve().parents[3] / "docs" / "questions.md"
TEXT = PAGE.read_text("utf-8")
ROWS = {name: cells for cells in (line.strip("| ").split(" | ") for line in TEXT.split("\n") if line.startswith("| "))
        for name in re.findall(r"^`([a-z0-9-]+)`$", cells[1])}


def test_every_question_is_on_the_page_and_no_other():
    assert set(ROWS) == set(names("questions"))
    assert sorted(re.findall(r"^\$ pactgraph ask (\S+)", TEXT, re.MULTILINE)) == list(names("questions"))


@pytest.mark.parametrize("name", names("questions"))
def test_a_question_is_told_as_its_header_tells_it(name):
    query = load("questions", name)
    shown = ", ".join(f"`{item.name}`" if item.required else f"[`{item.name}`]" for item in query.parameters) or "–"
    assert ROWS[name][2:] == [query.title["en"], query.title["vi"], shown]


def test_each_number_of_the_list_stands_once():
    numbers = [int(cells[0]) for cells in ROWS.values() if cells[0] != "–"]
    assert sorted(numbers) == list(range(1, 26))
