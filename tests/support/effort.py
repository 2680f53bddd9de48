"""How long random tests search: ``TEST_EFFORT=10 make test`` searches ten times as long, before a release, say."""

from __future__ import annotations

import os

EFFORT = int(os.environ.get("TEST_EFFORT", "1"))


def examples(number: int) -> int:
    """How many examples a random test tries that tries ``number`` on every day."""
    return number * EFFORT
