"""What an examination finds: a state, words for it, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pactgraph.settings import Settings
from pactgraph.texts import say

OK, WARN, FAIL = "ok", "warn", "fail"
STATES = (OK, WARN, FAIL)


@dataclass(frozen=True)
class Finding:
    """One row: ``key`` names its sentence in ``words/*.toml``; what to do is the sentence ``key`` with ``-do`` after it."""

    check: str
    state: str
    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def found(self, lang: str) -> str:
        """What was found."""
        return say(self.key, lang, **self._in(lang))

    def advice(self, lang: str) -> str:
        """What to do; empty where nothing needs to be done."""
        return "" if self.state == OK else say(self.key + "-do", lang, **self._in(lang))

    def _in(self, lang: str) -> dict[str, Any]:
        return {name: value[lang] if isinstance(value, dict) else value for name, value in self.values.items()}


@dataclass(frozen=True)
class Patient:
    """What is examined: the settings, and the environment that they came from."""

    settings: Settings
    environment: dict[str, str]


Check = Callable[[Patient], Iterator[Finding]]


def finding(check: str, state: str, key: str, **values: Any) -> Finding:
    """A finding; its sentence is ``doctor-`` and the key."""
    return Finding(check, state, f"doctor-{key}", values)
