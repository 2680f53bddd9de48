"""The thematic list of a review in the layout of 2014 to 2021, with its fourth column filled in from the graph.

The layout is that of the lists which OHCHR publishes, so that a ministry can go on with it and an importer reads it back. Each
cell of the fourth column says its sources itself: the layout has no room for a column of notes.
"""

from __future__ import annotations

from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.cycles import rows_of_cycle
from pactgraph.reports.document import Grid, Report, Said
from pactgraph.reports.drafting import Draft, by, joined
from pactgraph.reports.recommendations import Recommendations
from pactgraph.reports.tasks import is_lead, items_of, today

_COLUMNS = ("list-recommendation", "list-position", "list-themes", "list-assessment")


def draft(asker: Asker, params: dict[str, str], word_limit: int | None) -> Report:
    """Parameter: ``cycle`` (the latest whose recommendations are recorded)."""
    found = rows_of_cycle(asker, params.get("cycle"))
    cycle = found[0]
    pen = Draft(asker, "thematic-list", cycle["cycle"].rsplit("/", 1)[-1], cycle=cycle["cycleLabel"],
                document=cycle["documentLabel"])
    pen.remark("thematic-list-remark", pen.computed("recommendations", "themes", "answers"), day=pen.day(asker.as_of))
    pen.remark("summaries-remark")
    pen.no_reports()
    known = Recommendations(asker, document=cycle["document"])
    rows = _List(pen, known).rows()
    pen.blocks.append(Grid(pen.word("thematic-list-sheet"), pen.word("thematic-list-caption", document=cycle["documentLabel"]),
                           tuple(pen.word(f"column-{column}") for column in _COLUMNS), tuple(rows), (40, 12, 20, 34), True))
    return pen.finish()


class _List:
    """The rows of the list, theme by theme; a recommendation stands once, under the first of its themes."""

    def __init__(self, pen: Draft, known: Recommendations) -> None:
        self.pen, self.known = pen, known
        self.items = items_of(pen.asker)
        self.laws = by(pen.asker.rows("reports", "laws-of-tasks"), "task")
        self.themes = by(pen.asker.rows("reports", "themes"), "recommendation")
        self.reported = by(pen.asker.progress, "task")

    def rows(self) -> list[tuple[Said, ...]]:
        """All rows: a heading of one cell for every theme, then its recommendations."""
        groups: dict[str, list[Row]] = {}
        for row in self.known.rows.values():
            if not row["part_of"] or self.known.positions(row["recommendation"]):
                groups.setdefault(next(iter(self._themes(row)), ""), []).append(row)
        found: list[tuple[Said, ...]] = []
        for theme in sorted(groups, key=lambda name: (not name, name.casefold())):
            found.append((Said(self.pen.word("list-theme", theme=theme or self.pen.word("list-no-theme"))),))
            found += [self._row(row) for row in groups[theme]]
        return found

    def _themes(self, row: Row) -> list[str]:
        return [theme["themeLabel"] for theme in self.themes.get(row["recommendation"], []) if theme["themeLabel"]]

    def _row(self, row: Row) -> tuple[Said, ...]:
        positions = self.known.positions(row["recommendation"])
        states = "".join(f" ({name})" for name in row["states"].split("; ") if name)
        source = joined([held["source"] for held in positions]) or row["source"]
        text = f"{row['paragraph']} {row['label']}{states};\n{self.pen.word('list-source', source=source)}"
        position = joined([held["positionLabel"] for held in positions]) or self.pen.word("not-recorded")
        return (Said(text), Said(position), Said("\n".join(f"- {theme}" for theme in self._themes(row))),
                Said(self._assessment(row)))

    def _assessment(self, row: Row) -> str:
        """What the graph knows of the implementation: tasks, bodies of the day, laws, progress, each with its source."""
        answers = self.known.answers(row["recommendation"], curated_only=True)
        tasks = dict.fromkeys(link["task"] for link in answers if link["task"] in self.items)
        return "\n".join(self._task(task) for task in tasks) or self.pen.word("list-nothing")

    def _task(self, task: str) -> str:
        pen, duties = self.pen, self.items[task]
        first = duties[0]
        lines = [f"- {first['taskLabel']} ({first['planLabel']}): {first['label']}"]
        leads = today(pen, [duty for duty in duties if is_lead(duty)])
        if leads:
            lines.append(pen.word("list-bodies", day=pen.day(pen.asker.as_of), bodies=leads))
        if task in self.laws:
            lines.append(pen.word("list-laws", laws=joined([law["lawLabel"] for law in self.laws[task]])))
        lines += [pen.word("list-progress", status=seen["statusLabel"], reporter=seen["reporterLabel"], day=pen.day(seen["seen"]),
                           source=seen["source"] or "–") for seen in self.reported.get(task, [])]
        lines.append(pen.word("list-task-source", source=joined([duty["source"] for duty in duties])))
        return "\n".join(lines)
