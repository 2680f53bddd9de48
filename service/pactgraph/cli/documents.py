"""``pactgraph import thematic-list`` and ``concluding-observations``: documents of the United Nations, read and shown."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.cli.options import lang_option, settings_with
from pactgraph.cli.output import print_table
from pactgraph.cli.screen import note
from pactgraph.errors import UserError, fail
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.settings import Settings
    from pactgraph.sources.documents.records import DocumentExport, DocumentRecord, Place

_FORMATS = click.Choice(["json", "table"])
_SHOWN = 80
"""How many characters of a text a table shows."""


@click.command("thematic-list", epilog="Example: pactgraph import thematic-list list.docx --dry-run --format json")
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Read and show, write nothing (the only way at present).")
@click.option("--format", "form", type=_FORMATS, default="table", show_default=True, help="How to show what was read.")
@lang_option
def thematic_list_command(file: str, dry_run: bool, form: str, lang: str) -> int:
    """Read a thematic list of recommendations of the universal periodic review (DOCX of 2014 to 2025)."""
    from pactgraph.sources.thematic_list import read_thematic_list

    settings = settings_with()
    return _shown(read_thematic_list(Path(file), settings.import_bytes, _states(settings)), dry_run, form, lang)


@click.command("concluding-observations",
               epilog="Example: pactgraph import concluding-observations co.docx --dry-run --format json")
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Read and show, write nothing (the only way at present).")
@click.option("--format", "form", type=_FORMATS, default="table", show_default=True, help="How to show what was read.")
@click.option("--symbol", metavar="SYMBOL", help="The symbol of the document, where its text does not give it.")
@lang_option
def concluding_observations_command(file: str, dry_run: bool, form: str, symbol: str | None, lang: str) -> int:
    """Read concluding observations in English (DOCX, HTML, PDF or text): paragraphs, parts, articles in brackets."""
    from pactgraph.sources.concluding import read_concluding_observations

    settings = settings_with()
    return _shown(read_concluding_observations(Path(file), settings.import_bytes, symbol), dry_run, form, lang)


def _shown(export: DocumentExport, dry_run: bool, form: str, lang: str) -> int:
    """Show what was read on stdout and what is wrong on stderr; 2 where a record was left out or nothing was asked for."""
    if dry_run:
        if form == "json":
            json.dump(export.as_json(), sys.stdout, ensure_ascii=False, indent=1)
            print()
        else:
            _table(export)
    for issue in export.issues:
        near = say("issue-nearest", lang, names=", ".join(issue.nearest)) if issue.nearest else ""
        problem = UserError(f"issue-{issue.code}", {"found": issue.found, "nearest": near}, f"{export.file} ({place_of(issue.place, lang)})")
        note(problem.message(lang))
    note(say("import-read-document", lang, file=export.file, count=len(export.records), issues=len(export.issues)))
    if not dry_run:
        raise fail("import-document-preview", file=export.file)
    return 2 if any(issue.is_error for issue in export.issues) else 0


def place_of(place: Place, lang: str) -> str:
    """A place in words."""
    if place.table is not None:
        return say("place-row", lang, table=place.table, row=place.row)
    if place.page is not None:
        return say("place-page", lang, page=place.page, paragraph=place.paragraph)
    return say("place-paragraph", lang, paragraph=place.paragraph)


def _table(export: DocumentExport) -> None:
    from pactgraph.questions.table import Table

    print_table(Table(["paragraph", "type", "position", "made by", "articles", "text"],
                      [_row(record) for record in export.records]), "table")


def _row(record: DocumentRecord) -> list[str]:
    number = record.paragraph + (f" ({record.part})" if record.part else "")
    articles = ", ".join(link["article"] for link in record.more.get("articles", []))
    text = record.text if len(record.text) <= _SHOWN else record.text[: _SHOWN - 1] + "…"
    return [number, record.type, ", ".join(record.positions), "; ".join(record.recommending_states), articles, text]


def _states(settings: Settings) -> frozenset[str]:
    """The names of States that the data folder knows, in small letters."""
    from pactgraph.sources.tables.states import codes_by_name

    registry = settings.data_folder() / "un" / "states.csv"
    return frozenset(name.casefold() for name in codes_by_name(registry, [])) if registry.is_file() else frozenset()
