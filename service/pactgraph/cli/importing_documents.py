"""``pactgraph import thematic-list`` and ``concluding-observations``: documents of the United Nations, shown or added."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.cli.importing import import_command
from pactgraph.cli.importing_exports import Import
from pactgraph.cli.options import import_options, settings_with
from pactgraph.cli.places import place_of
from pactgraph.cli.screen import note
from pactgraph.errors import UserError, fail
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.sources.documents.records import DocumentExport


@import_command.command("thematic-list", epilog="Example: pactgraph import thematic-list list.docx --dry-run --format json")
@import_options
def thematic_list_command(file: str, dry_run: bool, form: str, store: str | None, lang: str) -> int:
    """Read a thematic list of recommendations of the universal periodic review (DOCX of 2014 to 2025)."""
    from pactgraph.build.imported_documents import THEMATIC, read_document
    from pactgraph.sources.recommendations.countries import read_countries

    settings = settings_with(store)
    countries = read_countries(settings.data_folder() / "un")
    export = read_document(THEMATIC, Path(file), settings, countries)
    return _import(Import(settings, THEMATIC, "", countries, lang), export, Path(file), dry_run, form)


@import_command.command("concluding-observations",
                        epilog="Example: pactgraph import concluding-observations co.docx --dry-run --format json")
@click.option("--symbol", metavar="SYMBOL", help="The symbol of the document, where its text does not give it (with --dry-run).")
@import_options
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
    made = Import(settings, CONCLUDING, "", read_countries(settings.data_folder() / "un"), lang)
    return _import(made, export, Path(file), dry_run, form)


def _import(made: Import, export: DocumentExport, file: Path, dry_run: bool, form: str) -> int:
    """Show what was read (a dry run), tell what is wrong, compare with what is there and, but for a dry run, add it."""
    from pactgraph.build.imported_documents import columns_of, common_records

    if dry_run and form == "json":
        json.dump(export.as_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    code = _tell(export, made.lang)
    if code and not dry_run:
        note(say("import-refused", made.lang, count=sum(issue.is_error for issue in export.issues)))
        return code
    read = made.read(export.file, export.sha256, columns_of(made.format), common_records(export))
    return made.finish(read, file, dry_run, form, code)


def _tell(export: DocumentExport, lang: str) -> int:
    """Tell what is wrong, with its place; 2 where a record was left out."""
    for issue in export.issues:
        near = say("issue-nearest", lang, names=", ".join(issue.nearest)) if issue.nearest else ""
        problem = UserError(f"issue-{issue.code}", {"found": issue.found, "nearest": near},
                            f"{export.file} ({place_of(issue.place, lang)})")
        note(problem.message(lang))
    note(say("import-read-document", lang, file=export.file, count=len(export.records), issues=len(export.issues)))
    return 2 if any(issue.is_error for issue in export.issues) else 0
