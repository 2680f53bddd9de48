"""A row that a body filled in, with its place and whatever is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pactgraph.errors import UserError
from pactgraph.sources.workbook.answers import Answer
from pactgraph.sources.workbook.layout import Kept
from pactgraph.texts import say


@dataclass(frozen=True)
class Remark:
    """What is to be said of a cell (or, without a column, of a row). Where it is ``wrong`` nothing is imported."""

    key: str
    sheet: str
    row: int
    column: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    wrong: bool = True

    def text(self, lang: str) -> str:
        """What is wrong and what to do, without the place."""
        return say(self.key, lang, **{name: value[lang] if isinstance(value, dict) else value
                                      for name, value in self.values.items()})

    def error(self, file: str) -> UserError:
        """The same with its place."""
        return UserError(self.key, self.values, f"{file}[{self.sheet}]", self.row, self.column or None)


@dataclass
class FilledRow:
    """A row of a sheet. ``places`` maps a column of ours to its letter in this file; ``cells`` holds what stands there."""

    sheet: str
    number: int
    kept: Kept
    answer: Answer
    places: dict[str, str]
    cells: dict[str, str]
    remarks: list[Remark] = field(default_factory=list)

    @property
    def wrong(self) -> bool:
        """Whether anything in it is wrong."""
        return any(remark.wrong for remark in self.remarks)

    def remark(self, key: str, column: str = "", *, wrong: bool = True, **values: Any) -> None:
        """Say something of a cell."""
        self.remarks.append(Remark(key, self.sheet, self.number, self.places.get(column, ""), values, wrong))
