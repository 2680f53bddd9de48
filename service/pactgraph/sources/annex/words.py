"""Reads the files of a country's ``reading/`` folder: missing words are empty, broken patterns are told at their place."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pactgraph.errors import UserError, fail


@dataclass(frozen=True)
class Words:
    """The values of a TOML file of ``reading/``; what is absent is empty."""

    file: str
    values: dict[str, Any]
    problems: list[UserError] = field(default_factory=list)
    within: str = ""

    def _fault(self, key: str, name: str, **more: Any) -> None:
        self.problems.append(fail(key, file=self.file, name=self.within + name, **more))

    def text(self, name: str, *, choices: tuple[str, ...] = ()) -> str:
        """A text, "" where it is absent; with ``choices`` it must be one of them."""
        value = self.values.get(name, "")
        if choices and value not in choices:
            self._fault("toml-value-choice", name, value=value, choices=", ".join(choices))
            return ""
        if isinstance(value, str):
            return value
        self._fault("reading-text", name)
        return ""

    def texts(self, name: str) -> list[str]:
        """A list of texts that are not empty; none where it is absent."""
        value = self.values.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return value
        self._fault("reading-list", name)
        return []

    def tables(self, name: str) -> list[Words]:
        """The tables of a list (``[[name]]``); none where it is absent."""
        value = self.values.get(name, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return [Words(self.file, item, self.problems, f"{self.within}{name}[{place}].")
                    for place, item in enumerate(value, 1)]
        self._fault("reading-list", name)
        return []

    def table(self, name: str) -> Words:
        """A table (``[name]``); an empty one where it is absent."""
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            self._fault("reading-text", name)
            value = {}
        return Words(self.file, value, self.problems, f"{self.within}{name}.")

    def pattern(self, name: str, groups: Iterable[str] = (), *, flags: int = 0) -> re.Pattern[str] | None:
        """A regular expression that has the named groups; None where it is absent or empty."""
        text = self.text(name)
        if not text:
            return None
        try:
            pattern = re.compile(text, flags)
        except re.error as problem:
            self._fault("reading-pattern", name, value=text, reason=problem)
            return None
        missing = [f"(?P<{group}>…)" for group in groups if group not in pattern.groupindex]
        if missing:
            self._fault("reading-pattern-group", name, groups=", ".join(missing))
            return None
        return pattern


def read_words(path: Path, problems: list[UserError]) -> Words:
    """Read a file; where it is absent or no TOML, the problem is added and every value is empty."""
    try:
        text = unicodedata.normalize("NFC", path.read_text("utf-8-sig"))
        return Words(str(path), tomllib.loads(text), problems)
    except OSError as problem:
        problems.append(fail("file-unreadable", file=str(path), reason=problem.strerror or str(problem)))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        problems.append(fail("toml-broken", file=str(path), reason=str(problem)))
    return Words(str(path), {}, problems)
