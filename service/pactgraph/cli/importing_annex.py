"""``pactgraph import annex``: a national decision with its annex of tasks, previewed, compared, or added to the graph."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.cli.importing import import_command
from pactgraph.cli.importing_store import folder_of, has_folder, imported_now, keep_and_build, refuse_earlier
from pactgraph.cli.options import import_options, settings_with
from pactgraph.cli.output import print_table
from pactgraph.cli.places import place_of
from pactgraph.cli.screen import note
from pactgraph.errors import fail
from pactgraph.settings import Settings
from pactgraph.sources.annex.records import Annex
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.build.annex_changes import AnnexComparison, Held
    from pactgraph.questions.table import Table
    from pactgraph.sources.annex.reading import Reading
    from pactgraph.sources.annex.records import Agency


@import_command.command("annex", epilog="Example: pactgraph import annex decision.txt --dry-run --format json")
@click.option("--country", metavar="CODE",
              help="The country whose words the decision is read by [default: the only one].")
@import_options
def annex_command(file: str, dry_run: bool, form: str, country: str | None, store: str | None, lang: str) -> int:
    """Read a national decision with an annex of tasks from DOCX, HTML or plain text (UTF-8, cells separated by tabs)."""
    from pactgraph.build.annex_changes import compare
    from pactgraph.sources.annex.read import read_annex

    settings = settings_with(store)
    reading = reading_of(settings, country)
    annex = read_annex(Path(file), reading, settings.import_bytes)
    errors = annex.errors()
    held = held_of(annex, settings)
    found = compare(annex, held)
    if dry_run or errors:
        _show(annex, found, settings, reading.country, form)
    tell_issues(annex, lang)
    tell_outcome(annex, found, held, lang)
    if errors:
        note(say("import-refused", lang, count=len(errors)))
        return 2
    return _add(annex, found, held, Path(file), reading.country, settings, dry_run, lang)


def reading_of(settings: Settings, country: str | None) -> Reading:
    """The words by which decisions of a country are read; of the only one where none is named."""
    from pactgraph.sources.annex.reading import load_reading
    from pactgraph.sources.countries import country_folders

    folders = country_folders(settings.data_folder())
    if country is None and len(folders) == 1:
        return load_reading(next(iter(folders.values())))
    if country not in folders:
        raise fail("unknown-country", country=country or "?", known=", ".join(folders))
    return load_reading(folders[country])


def _show(annex: Annex, found: AnnexComparison, settings: Settings, country: str, form: str) -> None:
    if form == "json":
        json.dump(annex.as_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif form == "trig":
        import pyoxigraph as ox

        from pactgraph.build.annexes import annex_writer
        from pactgraph.namespaces import PREFIXES

        item = imported_now(Path(annex.file), "annex", country)
        quads = annex_writer(annex, settings, country, item).quads()
        data = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
        assert data is not None
        sys.stdout.write(data.decode("utf-8"))
    else:
        print_table(_table(annex, found), "table")


def _table(annex: Annex, found: AnnexComparison) -> Table:
    """The rows as a person checks them against the document; a body that is asked, not ordered, has a question mark."""
    from pactgraph.questions.table import Table

    def named(agencies: list[Agency]) -> str:
        return "; ".join((agency.agency or agency.verbatim) + (" (?)" if agency.requested else "") for agency in agencies)

    def place(line: int) -> str:
        at = annex.places.get(line)
        return str(line) if at is None else f"{at.table}/{at.row}"

    rows = [[row.id, found.results[row.id], row.label, named(row.lead), named(row.cooperating),
             "; ".join(deadline.raw for deadline in row.deadlines),
             ", ".join(dict.fromkeys(map(place, row.lines)))] for row in annex.rows]
    place_name = "table/row" if annex.places else "lines"
    return Table(columns=["row", "result", "label", "lead", "cooperating", "deadline", place_name], rows=rows)


def tell_issues(annex: Annex, lang: str) -> None:
    """Every issue at its line, in the user's language."""
    for row, issue in annex.all_issues():
        text = say("issue-" + issue.code, lang, found=issue.found, reading=issue.reading or "?", row=row or "?")
        line = issue.lines[0]
        place = f"{annex.file} ({place_of(annex.places[line], lang)})" if annex.places else f"{annex.file}:{line}"
        note(f"{place}: {text}")


def held_of(annex: Annex, settings: Settings) -> Held | None:
    """What the data folder and the imports of the store hold of the plan of an annex."""
    from pactgraph.build.annex_changes import held_plan
    from pactgraph.ids import plan_key
    from pactgraph.sources.imported import imported_sources

    items = imported_sources(folder_of(settings)) if has_folder(settings) else ()
    return held_plan(plan_key(annex.number_reading, annex.date[:4]), items, settings)


def tell_outcome(annex: Annex, found: AnnexComparison, held: Held | None, lang: str) -> None:
    """What changed field by field, what the text no longer has, and how many rows and duties came out how."""
    from pactgraph.build.annex_changes import CHANGED, NEW, SAME

    head = {"–": found.document} if found.document else {}
    for row, differences in (head | found.differences).items():
        changes = "; ".join(f"{name}: {before or '–'} → {now or '–'}" for name, (before, now) in differences.items())
        note(f"{annex.file}: " + say("import-changed", lang, row=row, changes=changes))
    for row in found.vanished:
        note(f"{annex.file}: " + say("import-annex-vanished", lang, row=row, earlier=held.file if held else ""))
    note(f"{annex.file}: " + say("import-annex-outcome", lang, new=found.count(NEW), changed=found.count(CHANGED),
                                 same=found.count(SAME), vanished=len(found.vanished)))


def _add(annex: Annex, found: AnnexComparison, held: Held | None, file: Path, country: str, settings: Settings, dry_run: bool,
         lang: str) -> int:
    """Keep the file beside the store and build with it; a dry run only tells what would stand in the way."""
    if not dry_run:
        folder_of(settings)
    if held and (held.sha256 == annex.sha256 or (held.parts and found.changes_nothing)):
        note(say("import-unchanged", lang, plan=annex.number_reading))
        return 0
    if held and not held.imported:
        raise fail("plan-exists", file=annex.file, plan=annex.number_reading)
    if dry_run:
        return 0
    refuse_earlier(settings, annex.sha256, annex.file)
    keep_and_build(settings, imported_now(file, "annex", country), file, annex.sha256, lang)
    note(say("import-annex-renewed" if held else "import-done", lang, plan=annex.number_reading, rows=len(annex.rows),
             file=annex.file))
    return 0
