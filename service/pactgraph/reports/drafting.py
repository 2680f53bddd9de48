"""The pen that kinds of reports are drafted with: words of the room, notes, tables, and the remarks that all of them share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pactgraph.namespaces import fold
from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.document import Block, Bullets, Event, Grid, Heading, Paragraph, Report, Said
from pactgraph.reports.words import count_words, day, number, word

_DATES = re.compile(r"(?<![\w/-])\d{4}-\d{2}-\d{2}(?![\w/-])")


class Draft:
    """A report that is being written. ``key`` tells it from others of its kind in the name of its file."""

    def __init__(self, asker: Asker, kind: str, key: str = "", **title_values: str) -> None:
        self.asker, self.kind, self.lang = asker, kind, asker.lang
        self.notes = asker.notes()
        self.title = self.word(f"{kind}-title", **title_values)
        self.subtitle = self.word(f"{kind}-subtitle", **title_values)
        self.key = key
        self.blocks: list[Block] = []
        self.events: list[Event] = []
        self.warnings: list[str] = []

    def word(self, key: str, **values: object) -> str:
        """A text of the room in the report's language."""
        return word(key, self.lang, **values)

    def day(self, value: str) -> str:
        """A date as people write it."""
        return day(value, self.lang)

    def dated(self, text: str) -> str:
        """A sentence of the graph with its dates as people write them."""
        return _DATES.sub(lambda found: self.day(found[0]), text)

    def cite(self, *sources: str) -> tuple[int, ...]:
        """The numbers of sources."""
        return self.notes.cite(*sources)

    def computed(self, *queries: str) -> tuple[int, ...]:
        """The note of what was counted or found in the graph: by which query, as of which day."""
        names = ", ".join(queries)
        return self.cite(self.word("note-computed", queries=names, day=self.day(self.asker.as_of)))

    def heading(self, key: str, level: int = 1, **values: object) -> None:
        """A heading from a text of the room."""
        self.blocks.append(Heading(self.word(key, **values), level))

    def text(self, *parts: Said, style: str = "") -> None:
        """A paragraph of sentences."""
        self.blocks.append(Paragraph(parts, style))

    def remark(self, key: str, notes: tuple[int, ...] = (), **values: object) -> None:
        """A sentence that explains the report."""
        self.text(Said(self.word(key, **values), notes), style="remark")

    def bullets(self, *items: Said) -> None:
        """A list, left out where it is empty."""
        if items:
            self.blocks.append(Bullets(items))

    def table(self, name: str, columns: str, rows: Sequence[tuple[Said, ...]], widths: tuple[float, ...], *, wide: bool = False,
              sheet: str = "", empty: str = "nothing-recorded", query: str = "", **values: object) -> None:
        """A table whose caption is ``{name}-caption`` and whose headings are the texts ``column-…`` of ``columns``.

        Where there is no row, the text ``empty`` stands in its place; ``query`` is what was asked for the rows. ``sheet`` names
        the sheet where several tables share a name.
        """
        if not rows:
            self.remark(empty, self.computed(query or self.kind), **values)
            return
        heads = tuple(self.word(f"column-{column}") for column in columns.split())
        caption = self.word(f"{name}-caption", **values)
        self.blocks.append(Grid(sheet or self.word(f"{name}-sheet"), caption, heads, tuple(rows), widths, wide))

    def no_reports(self) -> bool:
        """Whether no report was ever loaded; that is said here, once, and nowhere else in the report."""
        if self.asker.progress:
            return False
        self.remark("no-reports", self.computed("progress"), day=self.day(self.asker.as_of))
        return True

    def words_against(self, limit: int, what: str, source: str) -> None:
        """Say at the beginning how many words stand against a limit (0: none is known)."""
        notes = self.cite(source)
        key = "words-limit" if limit else "words-alone"
        values = {"limit": number(limit, self.lang), "what": what}
        place = Paragraph((Said(self.word(key, used="0", **values), notes),), "remark")
        used = count_words([*self.blocks, place])
        self.blocks.insert(0, Paragraph((Said(self.word(key, used=number(used, self.lang), **values), notes),), "remark"))
        if limit and used > limit:
            self.warnings.append(self.word("words-over", used=number(used, self.lang), limit=number(limit, self.lang)))
            self.blocks.insert(1, Paragraph((Said(self.warnings[-1]),), "remark"))

    def finish(self) -> Report:
        """The report, as it goes to a writer."""
        key = re.sub(r"[^a-z0-9]+", "-", fold(self.key)).strip("-")
        name = "-".join(part for part in ("pactgraph", self.kind, key, self.asker.as_of, self.lang) if part)
        return Report(self.kind, self.lang, self.asker.as_of, self.title, self.subtitle, name, self.blocks, self.notes.listed,
                      self.events, self.warnings)


def plain(value: str, notes: tuple[int, ...] = ()) -> Said:
    """A cell or sentence."""
    return Said(value, notes)


def joined(values: list[str]) -> str:
    """Several values in one cell, each once."""
    return "; ".join(dict.fromkeys(value for value in values if value))


def by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    """Rows in the groups of a column, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found
