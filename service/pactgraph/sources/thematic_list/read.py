"""Reads a thematic list row by row, whichever of its three forms it has, with every problem at its row."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from pactgraph.errors import fail
from pactgraph.sources.documents import DOCX, DocumentFile, TableRow, open_document
from pactgraph.sources.documents.records import DocumentExport, DocumentIssue, Place
from pactgraph.sources.documents.vocabulary import known, nearest
from pactgraph.sources.recommendations.records import RECOMMENDATION, Record
from pactgraph.sources.thematic_list.cells import POSITIONS, Labels, position_of, read_labels, read_recommendation

COLUMNS = {
    "recommendation": ("Recommendation", "Recommendation and recommending State", "Recommendations"),
    "position": ("Position", "Position of the State under review"),
    "themes": ("Full list of themes", "Human rights themes and groups of persons", "Themes"),
    "sdgs": ("Relevant SDGs", "SDGs"),
    "assessment": ("Assessment/comments on level of implementation",),
}
"""The columns by their headings; the last two stand in some forms only."""
_NEEDED = ("recommendation", "position", "themes")
_THEME = re.compile(r"Theme\s*:\s*(?P<theme>.*)", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(r"\bA/HRC/\d+/\d+\b")
_HEAD = re.compile(r"UPR\s+of\s+(?:the\s+)?(?P<country>.+?)\s*\((?P<cycle>\d+)\s*(?:st|nd|rd|th)\s+cycle\s*[-–]\s*"
                   r"(?P<session>[\d\s]+?)\s*(?:st|nd|rd|th)\s+session\)", re.IGNORECASE)


def read_thematic_list(path: Path, limit: int = 20_000_000, states: frozenset[str] = frozenset()) -> DocumentExport:
    """Read a list. A file that is none raises a UserError; a row with a wrong cell becomes an issue.

    ``states`` are the names of States in small letters, as the data folder knows them.
    """
    document = open_document(path, limit, (DOCX,))
    export = DocumentExport(document.name, document.sha256, _about(document))
    columns: dict[str, int] = {}
    theme = ""
    for row in document.rows():
        found = _columns(row)
        if found is not None:
            columns = found
        elif not columns or not any(row.texts):
            continue
        elif heading := _heading(row):
            theme = heading
        else:
            _Row(export, columns, theme, states).read(row)
    if not columns:
        raise fail("thematic-no-table", file=document.name, columns=", ".join(COLUMNS[name][0] for name in _NEEDED))
    if not export.records and not export.issues:
        raise fail("thematic-no-rows", file=document.name)
    _check_labels(export)
    return export


def _about(document: DocumentFile) -> dict[str, object]:
    """Country, cycle and session, as the head of the pages gives them ("UPR of … (4th Cycle - 48th session)"), and the
    symbol of the report, where a line above the table names it (as the lists that this program makes do)."""
    named = _SYMBOL.search(" ".join(block.text for block in document.paragraphs()[:20]))
    symbol = named[0] if named else None
    for line in [*document.page_heads, *(block.text for block in document.paragraphs()[:20])]:
        found = _HEAD.search(" ".join(line.split()))
        if found:
            return {"symbol": symbol, "country": found["country"], "cycle": int(found["cycle"]),
                    "session": int("".join(found["session"].split()))}
    return {"symbol": symbol, "country": None, "cycle": None, "session": None}


def _columns(row: TableRow) -> dict[str, int] | None:
    """The columns of a heading row, None where the row is none. The heading may stand again on every page."""
    names = {" ".join(text.split()).casefold().rstrip("*: "): place for place, text in reversed([*enumerate(row.texts)])}
    columns = {column: names[one.casefold()] for column, words in COLUMNS.items() for one in words if one.casefold() in names}
    return columns if all(name in columns for name in _NEEDED) else None


def _heading(row: TableRow) -> str:
    """The theme of a row that spans the table, "" where the row is no heading."""
    theme = _THEME.fullmatch(row.texts[0].strip())
    if theme:
        return theme["theme"].strip()
    return row.texts[0].strip() if row.is_one_cell else ""


class _Row:
    """One row on its way to a record; what is wrong with it goes to the issues."""

    def __init__(self, export: DocumentExport, columns: dict[str, int], theme: str, states: frozenset[str]) -> None:
        self.export, self.columns, self.theme, self.states = export, columns, theme, states

    def read(self, row: TableRow) -> None:
        place = Place(table=row.table, row=row.number)

        def cell(column: str) -> str:
            at = self.columns.get(column, len(row.cells))
            return row.cells[at].text.strip() if at < len(row.cells) else ""

        before = len(self.export.issues)
        given = read_recommendation(cell("recommendation"), self.states)
        if given is None:
            self._issue("thematic-number", place, "recommendation", " ".join(cell("recommendation").split())[:60])
        elif not given.text:
            self._issue("thematic-text", place, "recommendation", given.number)
        elif any(record.paragraph == given.number for record in self.export.records):
            self._issue("thematic-twice", place, "recommendation", given.number)
        position = position_of(cell("position"))
        if position is None:
            near = get_close_matches(cell("position").casefold(), POSITIONS, n=1, cutoff=0.5)
            self._issue("thematic-position", place, "position", cell("position")[:60], tuple(one.capitalize() for one in near))
        if given is None or position is None or len(self.export.issues) > before:
            return
        if not given.states:
            self._issue("thematic-states", place, "recommendation", given.text[-60:], is_error=False)
        labels, goals = read_labels(cell("themes"), "themes"), read_labels(cell("sdgs"), "sdgs")
        about = self.export.about
        country = about.get("country")
        self.export.records.append(Record(
            **place.of_record(), type=RECOMMENDATION, body="UPR", text=given.text, symbol=given.symbol or about["symbol"],
            paragraph=given.number, countries=(str(country),) if country else (), positions=(position,),
            recommending_states=given.states,
            themes=_once(labels.themes), affected_persons=_once([*labels.persons, *goals.persons]),
            sdgs=_once([*labels.sdgs, *goals.sdgs]), session=about.get("session"),
            more=self._more(given.position_symbol, given.position_paragraph, labels, cell("assessment")),
        ))

    def _more(self, symbol: str | None, paragraph: str | None, labels: Labels, assessment: str) -> dict[str, object]:
        return {"listed_under": self.theme, "theme_codes": list(dict.fromkeys(labels.codes)), "assessment": assessment or None,
                "position_source": {"symbol": symbol, "paragraph": paragraph}}

    def _issue(self, code: str, place: Place, column: str, found: str, near: tuple[str, ...] = (),
               is_error: bool = True) -> None:
        self.export.issues.append(DocumentIssue(code, place, column, found, near, is_error))


def _once(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _check_labels(export: DocumentExport) -> None:
    """Tell every label that no vocabulary holds, once, at its first row. It stays in the record and is added nowhere."""
    told: set[tuple[str, str]] = set()
    for record in export.records:
        codes = record.more["theme_codes"]
        schemes = ("theme-code", "theme", "upr-info-issue") if codes else ("theme", "theme-code", "upr-info-issue")
        for scheme, values in ((schemes[0], record.themes), ("affected-group", record.affected_persons)):
            for value in values:
                found = any(known(one, value) for one in (schemes if scheme in schemes else (scheme,)))
                if (scheme, value) not in told and not found:
                    export.issues.append(DocumentIssue("thematic-label", Place(**record.where), scheme, value,
                                                       nearest(scheme, value), is_error=False))
                told.add((scheme, value))
