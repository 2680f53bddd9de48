"""docs/fair.md: every metric of the two tools is answered, and every test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "fair.md").read_text("utf-8")
FUJI = ("F1-01MD", "F1-02MD", "F2-01M", "F3-01M", "F4-01M", "A1-01M", "A1-02MD", "A1.1-01MD", "A1.2-01MD", "I1-01M", "I2-01M",
        "I3-01M", "R1-01M", "R1.1-01M", "R1.2-01M", "R1.3-01M", "R1.3-02D")
"""The metrics of F-UJI's metrics_v0.8.yaml."""
FOOPS = ("CN1", "DOC1", "FIND1", "FIND2", "FIND3", "FIND_3_BIS", "HTTP1", "OM1", "OM2", "OM3", "OM4_1", "OM4_2", "OM5_1", "OM5_2",
         "PURL1", "RDF1", "URI1", "URI2", "VER1", "VER2", "VOC1", "VOC2", "VOC3", "VOC4")
"""The checks of FOOPS! (its class Constants)."""


def rows() -> dict[str, list[str]]:
    """The cells of each row, by what its first cell names."""
    found = {}
    for line in TEXT.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4:
            found |= {name.strip(): cells[1:] for name in cells[0].split(",")}
    return found


@pytest.mark.parametrize("name", [f"FsF-{name}" for name in FUJI] + list(FOOPS))
def test_a_metric_is_answered(name: str) -> None:
    asks, answer, test = rows()[name]
    assert asks and answer and (test == "–" or "`tests/" in test)


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(tests/[^`]+)`", TEXT))
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).is_file()] == []
