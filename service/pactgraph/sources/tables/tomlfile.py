"""Reads the small TOML files that describe a treaty, a document, a country or a plan, and collects what is wrong."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pactgraph.errors import UserError, fail
from pactgraph.texts import LANGUAGES


@dataclass(frozen=True)
class Settings:
    """The values of a file; a value that is absent or of another form is added to ``problems`` and read as empty."""

    file: str
    values: dict[str, Any]
    problems: list[UserError]
    within: str = ""

    def _fault(self, key: str, name: str, **more: Any) -> None:
        self.problems.append(fail(key, file=self.file, name=self.within + name, **more))

    def has(self, name: str) -> bool:
        """Whether a value is given: for values that may be left out."""
        return name in self.values

    def text(self, name: str, *, choices: tuple[str, ...] = ()) -> str:
        """A text that must be there."""
        value = self.values.get(name, "")
        if not isinstance(value, str) or not value.strip():
            self._fault("toml-value-absent", name)
            return ""
        if choices and value not in choices:
            self._fault("toml-value-choice", name, value=value, choices=", ".join(choices))
            return ""
        return value.strip()

    def day(self, name: str) -> date | None:
        """A date that must be there (written without quotation marks)."""
        value = self.values.get(name)
        if type(value) is not date:
            self._fault("toml-value-date", name)
            return None
        return value

    def number(self, name: str) -> int | None:
        """A whole number that must be there."""
        value = self.values.get(name)
        if type(value) is not int:
            self._fault("toml-value-number", name)
            return None
        return value

    def section(self, name: str) -> Settings:
        """A table of values (``[name]``); where it is absent, each of its values is told as missing."""
        value = self.values.get(name)
        return Settings(self.file, value if isinstance(value, dict) else {}, self.problems, f"{self.within}{name}.")

    def bilingual(self, name: str) -> dict[str, str]:
        """A text in every language of the program (``[name]`` with ``vi`` and ``en``)."""
        return self.by_language(name, LANGUAGES)

    def by_language(self, name: str, languages: tuple[str, ...]) -> dict[str, str]:
        """A text in each of the languages (``[name]`` with one entry a language)."""
        section = self.section(name)
        return {lang: section.text(lang) for lang in languages}

    def each(self, name: str) -> list[Settings]:
        """The entries of a list of tables (``[[name]]``); none is allowed."""
        entries = self.values.get(name, [])
        return [Settings(self.file, entry, self.problems, f"{self.within}{name}[{place}].")
                for place, entry in enumerate(entries, 1)]


def read_toml(path: Path, problems: list[UserError]) -> Settings | None:
    """Read a file; where it is absent or no TOML, the problem is added and None returned."""
    try:
        text = path.read_text("utf-8-sig")
        values = tomllib.loads(unicodedata.normalize("NFC", text))
    except OSError as problem:
        problems.append(fail("file-unreadable", file=str(path), reason=problem.strerror or str(problem)))
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        problems.append(fail("toml-broken", file=str(path), reason=str(problem)))
        return None
    return Settings(str(path), values, problems)
