"""What long work tells where there is no terminal."""

from __future__ import annotations

import pytest

from pactgraph.cli.screen import ProgressLines


def test_long_work_tells_how_far_it_is_and_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    told = ProgressLines("en", lambda: now[0])
    for now[0], at in ((0.0, 0), (5.0, 100), (14.0, 400), (16.0, 500), (20.0, 600), (32.0, 1000)):
        told("Writing pages", at, 2000)
    now[0] = 40.0
    told("Reading", 0, 0)
    now[0] = 60.0
    told("Reading", 0, 0)
    assert capsys.readouterr().err.splitlines() == [
        "Writing pages: 500 of 2,000, about 0:48 minutes left", "Writing pages: 1,000 of 2,000, about 0:32 minutes left",
        "Reading"]
