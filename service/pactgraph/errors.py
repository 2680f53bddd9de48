"""The one exception that a user sees, in the user's language and with the place to look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pactgraph.texts import say

DEFAULT_LANG = "en"


@dataclass
class UserError(Exception):
    """Bad input or wrong usage (exit code 2, HTTP 4xx).

    ``key`` names the message in ``words/*.toml``; ``values`` fill its holes (a value by language, where its words differ);
    ``file``, ``line`` and ``column`` say where.
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None
    column: int | str | None = None

    def message(self, lang: str = DEFAULT_LANG) -> str:
        """The message with its place: ``FILE:LINE: what is wrong and what to do``."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        values = {name: value[lang] if isinstance(value, dict) else value for name, value in self.values.items()}
        text = say(self.key, lang, **values)
        return f"{place}: {text}" if place else text

    def __str__(self) -> str:
        return self.message()


class UserErrors(UserError):
    """Several problems, one a line."""

    def __init__(self, problems: list[UserError]) -> None:
        super().__init__("several-problems")
        self.problems = problems

    def message(self, lang: str = DEFAULT_LANG) -> str:
        return "\n".join(problem.message(lang) for problem in self.problems)


def fail(key: str, *, file: str | None = None, line: int | None = None, column: int | str | None = None,
         **values: Any) -> UserError:
    """Make a :class:`UserError`; written ``raise fail("not-utf8", file=name)``."""
    return UserError(key, values, file, line, column)
