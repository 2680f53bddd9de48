"""``pactgraph import thematic-list`` and ``concluding-observations``: documents of the United Nations, shown or added."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.cli.importing import import_command
from pactgraph.cli.options import lang_option, settings_with, store_option
from pactgraph.cli.output import print_table
from pactgraph.cli.places import place_of
from pactgraph.cli.screen import note
from pactgraph.errors import UserError, fail
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.settings import Settings
    from pactgraph.sources.documents.records import DocumentExport, DocumentRecord
    from pactgraph.sources.recommendations.countries import Countries

_FORMATS = click.Choice(["json", "table"])
_SHOWN = 80
"""How many characters of a text a table shows."""


@import_command.command("thematic-list", epilog="Example: pactgraph import thematic-list list.docx --dry-run --format json")
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Read and show, write nothing.")
@click.option("--format", "form", type=_FORMATS, default="table", show_default=True, help="How to show what was read.")
@store_option
@lang_option
def thematic_list_command(file: str, dry_run: bool, form: str, store: str | None, lang: str) -> int:
    """Read a thematic list of recommendations of the universal periodic review (DOCX of 2014 to 2025)."""
    from pactgraph.build.imported_documents import THEMATIC, read_document
    from pactgraph.sources.recommendations.countries import read_countries

    settings = settings_with(store)
    countries = read_countries(settings.data_folder() / "un")
    export = read_document(THEMATIC, Path(file), settings, countries)
    code = _tell(export, dry_run, form, lang)
    return code if dry_run or code else _add(THEMATIC, export, Path(file), settings, countries, lang)


@import_command.command("concluding-observations",
                        epilog="Example: pactgraph import concluding-observations co.docx --dry-run --format json")
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Read and show, write nothing.")
@click.option("--format", "form", type=_FORMATS, default="table", show_default=True, help="How to show what was read.")
@click.option("--symbol", metavar="SYMBOL", help="The symbol of the document, where its text does not give it (with --dry-run).")
@store_option
@lang_option
def concluding_observations_command(file: str, dry_run: bool, form: str, symbol: str | None, store: str | None,
                                    lang: str) -> int:
    """Read concluding observations in English (DOCX, HTML, PDF or text): paragraphs, parts, articles in brackets."""
    from pactgraph.build.imported_documents import CONCLUDING
    from pactgraph.sources.concluding import read_concluding_observations
    from pactgraph.sources.recommendations.countries import read_countries

    settings = settings_with(store)
    if symbol and not dry_run:
        raise fail("co-symbol-preview", file=Path(file).name)
    export = read_concluding_observations(Path(file), settings.import_bytes, symbol)
    code = _tell(export, dry_run, form, lang)
    if dry_run or code:
        return code
    return _add(CONCLUDING, export, Path(file), settings, read_countries(settings.data_folder() / "un"), lang)


def _tell(export: DocumentExport, dry_run: bool, form: str, lang: str) -> int:
    """Show what was read on stdout (a dry run) and what is wrong on stderr; 2 where a record was left out."""
    if dry_run and form == "json":
        json.dump(export.as_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif dry_run:
        _table(export)
    for issue in export.issues:
        near = say("issue-nearest", lang, names=", ".join(issue.nearest)) if issue.nearest else ""
        problem = UserError(f"issue-{issue.code}", {"found": issue.found, "nearest": near},
                            f"{export.file} ({place_of(issue.place, lang)})")
        note(problem.message(lang))
    note(say("import-read-document", lang, file=export.file, count=len(export.records), issues=len(export.issues)))
    wrong = sum(issue.is_error for issue in export.issues)
    if wrong and not dry_run:
        note(say("import-refused", lang, count=wrong))
    return 2 if wrong else 0


def _add(form: str, export: DocumentExport, file: Path, settings: Settings, countries: Countries, lang: str) -> int:
    """Compare with what is there, tell it, keep the file and build."""
    from pactgraph.build.imported_documents import columns_of, common_records
    from pactgraph.cli.importing_exports import Import

    made = Import(settings, form, "", countries, lang)
    read = made.read(export.file, export.sha256, columns_of(form), common_records(export))
    return made.finish(read, file, False, "shown", 0)


def _table(export: DocumentExport) -> None:
    from pactgraph.questions.table import Table

    print_table(Table(["paragraph", "type", "position", "made by", "articles", "text"],
                      [_row(record) for record in export.records]), "table")


def _row(record: DocumentRecord) -> list[str]:
    number = record.paragraph + (f" ({record.part})" if record.part else "")
    articles = ", ".join(link["article"] for link in record.more.get("articles", []))
    text = record.text if len(record.text) <= _SHOWN else record.text[: _SHOWN - 1] + "…"
    return [number, record.type, ", ".join(record.positions), "; ".join(record.recommending_states), articles, text]
