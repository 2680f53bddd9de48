"""``pactgraph import uhri`` and ``import upr-info``: exports of recommendations, previewed or added to the graph."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.cli.importing import import_command
from pactgraph.cli.importing_store import folder_of, has_folder, imported_now, keep_and_build, refuse_earlier
from pactgraph.cli.options import export_options, import_options, settings_with
from pactgraph.cli.screen import bytes_progress, note
from pactgraph.errors import fail
from pactgraph.settings import Settings
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.build.imports import Imports, Read
    from pactgraph.sources.recommendations.countries import Countries
    from pactgraph.sources.recommendations.records import Record
    from pactgraph.sources.uhri import Reading


@import_command.command("uhri", epilog="Example: pactgraph import uhri export.xlsx --country VNM --dry-run --format json")
@export_options
@import_options
def uhri_command(file: str, dry_run: bool, form: str, country: str | None, skip_wrong: bool, store: str | None,
                 lang: str) -> int:
    """Read an export of the Universal Human Rights Index (XLSX, or the bulk JSON as a stream)."""
    from pactgraph.cli.recommendations import show_records, tell
    from pactgraph.sources.recommendations.countries import read_countries
    from pactgraph.sources.uhri import open_uhri

    settings, path = settings_with(store), Path(file)
    countries = read_countries(settings.data_folder() / "un")
    code = countries.wanted(country) if country else ""
    with _spool() as spool:
        with bytes_progress(say("import-reading", lang, file=path.name), path) as progress:
            reading = open_uhri(path, countries, settings.import_bytes, code, progress)
            streamed = reading.rows.form == "json"
            if dry_run and form == "json" and streamed:
                count = show_records(reading.records(), reading.file, lambda: reading.issues)
                tell(reading.issues, reading.file, count, lang)
                return 2 if reading.errors() else 0
            if not code and streamed and path.stat().st_size > settings.import_bytes:
                raise fail("uhri-bulk-country", file=path.name, size=path.stat().st_size // 1_000_000)
            records = list(_spooled(reading, spool))
        tell(reading.issues, reading.file, len(records), lang)
        if dry_run and form == "json":
            show_records(iter(records), reading.file, lambda: reading.issues)
        wrong = reading.errors()
        if wrong and not (skip_wrong or dry_run):
            note(say("import-wrong-rows", lang, count=len(wrong)))
            return 2
        made = Import(settings, "uhri", code, countries, lang)
        read = made.read(reading.file, reading.sha256, reading.rows.columns, records)
        kept = _extract(spool, reading, code) if streamed else path
        return made.finish(read, kept, dry_run, form, 2 if wrong else 0)


@import_command.command("upr-info", epilog="Example: pactgraph import upr-info export.xls --dry-run --format json")
@export_options
@import_options
def upr_info_command(file: str, dry_run: bool, form: str, country: str | None, skip_wrong: bool, store: str | None,
                     lang: str) -> int:
    """Read an export of the UPR Info database (CSV, XLS or XLSX; one row a recommending State)."""
    from pactgraph.cli.recommendations import report, show
    from pactgraph.sources.recommendations.countries import read_countries
    from pactgraph.sources.upr_info import read_upr_info

    settings = settings_with(store)
    countries = read_countries(settings.data_folder() / "un")
    code = countries.wanted(country) if country else ""
    export = read_upr_info(Path(file), settings.import_bytes)
    if code:
        export.records = [record for record in export.records if countries.code(record.under_review.name) == code]
    if dry_run:
        show(export, settings, form)
    report(export, lang)
    wrong = [issue for issue in export.issues if issue.code != "unknown-issue"]
    if wrong and not (skip_wrong or dry_run):
        note(say("import-wrong-rows", lang, count=len(wrong)))
        return 2
    made = Import(settings, "upr-info", code, countries, lang)
    records = [record.common(export.sheet) for record in export.records]
    read = made.read(export.file, export.sha256, export.columns, records)
    return made.finish(read, Path(file), dry_run, "shown", 2 if export.issues and dry_run else 0)


class Import:
    """One import on its way into the graph: compared with what is there, told, kept, built."""

    def __init__(self, settings: Settings, form: str, country: str, countries: Countries, lang: str) -> None:
        self.settings, self.format, self.country, self.countries, self.lang = settings, form, country, countries, lang
        self.kept = ""

    def read(self, file: str, sha256: str, columns: tuple, records: list[Record]) -> Read:  # type: ignore[type-arg]
        """What was read, as an import of now."""
        from pactgraph.build.imports import Read

        item = imported_now(Path(file), self.format, self.country)
        self.kept = hashlib.sha256(f"{sha256} {self.country}".encode()).hexdigest() if self.country else sha256
        return Read(item, file, sha256, columns, records)

    def finish(self, read: Read, file: Path, dry_run: bool, form: str, code: int) -> int:
        """Tell what an import changes and, but for a dry run, do it."""
        from pactgraph.cli.recommendations import show_common, tell_outcomes

        if not read.records:
            name = self.countries.names.get(self.country, "")
            country = say("import-of-country", self.lang, country=name) if name else ""
            note(say("import-no-records", self.lang, file=read.file, country=country))
            return 2 if not dry_run else code
        if not dry_run:
            folder_of(self.settings)
        imports = self._earlier()
        added = imports.add(read)
        if dry_run and form in ("table", "trig"):
            show_common(added, imports, form)
        tell_outcomes(read, added, self.lang)
        if dry_run and not added.comparison.changes_nothing:
            note(say("import-would-add", self.lang, placed=added.placed, existing=added.existing, made=added.made,
                     left=sum(map(len, added.left.values()))))
            return code
        if added.comparison.changes_nothing:
            note(say("import-same", self.lang, file=read.file))
            return code
        if not added.placed:
            note(say("import-nothing-placed", self.lang, file=read.file))
            return 2
        refuse_earlier(self.settings, self.kept, read.file)
        keep_and_build(self.settings, read.item, file, self.kept, self.lang)
        note(say("import-added", self.lang, file=read.file, placed=added.placed, existing=added.existing, made=added.made,
                 left=sum(map(len, added.left.values()))))
        return 0

    def _earlier(self) -> Imports:
        from pactgraph.build.assemble import assemble
        from pactgraph.build.imports import earlier_imports
        from pactgraph.sources.imported import imported_sources

        items = imported_sources(folder_of(self.settings)) if has_folder(self.settings) else ()
        return earlier_imports(items, assemble(self.settings), self.settings)


# The bulk file ----------------------------------------------------------------------------------------------------


@contextmanager
def _spool() -> Iterator[Path]:
    """A file for the records of a stream that are kept, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="pactgraph-") as folder:
        yield Path(folder) / "records.jsonl"


def _spooled(reading: Reading, spool: Path) -> Iterator[Record]:
    """The records of a reading; those of a stream are written down as they pass, as they stand in it."""
    if reading.rows.form != "json":
        yield from reading.records()
        return
    with spool.open("w", encoding="utf-8") as out:
        for record in reading.records():
            out.write(json.dumps({"row": record.row, "record": reading.rows.raw}, ensure_ascii=False) + "\n")
            yield record


def _extract(spool: Path, reading: Reading, country: str) -> Path:
    """What is kept of the bulk file: the records that were imported, each with its number."""
    from pactgraph.sources.uhri.rows import write_extract

    path = spool.with_name("extract.jsonl")
    write_extract(path, reading.file, reading.sha256, country, spool)
    return path
