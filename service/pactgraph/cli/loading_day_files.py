"""What arrives on a loading day: both files read and checked, what is new in them told, before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pactgraph.cli.places import place_of
from pactgraph.cli.screen import note
from pactgraph.errors import UserError, fail
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.build.trial import Arrival
    from pactgraph.settings import Settings
    from pactgraph.sources.annex.reading import Reading
    from pactgraph.sources.annex.records import Annex
    from pactgraph.sources.documents.records import DocumentExport


@dataclass
class Arriving:
    """The files of a loading day. ``arrivals`` are those that the store does not have; ``wrong`` counts what keeps them out."""

    document: str = ""
    plan: str = ""
    arrivals: list[Arrival] = field(default_factory=list)
    wrong: int = 0


def read_observations(file: Path, settings: Settings, reading: Reading | None) -> DocumentExport:
    """Read concluding observations; a decision in their place is told as such."""
    from pactgraph.sources.annex.read import read_annex
    from pactgraph.sources.concluding import read_concluding_observations

    try:
        return read_concluding_observations(file, settings.import_bytes)
    except UserError:
        if reading and _reads(lambda: read_annex(file, reading, settings.import_bytes)):
            raise fail("loading-swapped-plan", file=file.name) from None
        raise


def read_plan(file: Path, settings: Settings, reading: Reading) -> Annex:
    """Read a decision with its annex; concluding observations in its place are told as such."""
    from pactgraph.sources.annex.read import read_annex
    from pactgraph.sources.concluding import read_concluding_observations

    try:
        return read_annex(file, reading, settings.import_bytes)
    except UserError:
        if _reads(lambda: read_concluding_observations(file, settings.import_bytes)):
            raise fail("loading-swapped-observations", file=file.name) from None
        raise


def _reads(read: Callable[[], Any]) -> bool:
    try:
        read()
    except UserError:
        return False
    return True


def take_observations(arriving: Arriving, file: Path, export: DocumentExport, cycle: str, settings: Settings, stored: bool,
                      lang: str) -> None:
    """Tell what is wrong and what is new in observations, and note them as an arrival where anything is."""
    from pactgraph.build.assemble import assemble
    from pactgraph.build.freshness import imported_folder
    from pactgraph.build.imported_documents import CONCLUDING, columns_of, common_records
    from pactgraph.build.imports import Read, earlier_imports
    from pactgraph.build.trial import Arrival
    from pactgraph.cli.importing_store import imported_now
    from pactgraph.cli.recommendations import tell_outcomes
    from pactgraph.sources.imported import imported_sources

    arriving.document = str(export.about["symbol"])
    for issue in export.issues:
        near = say("issue-nearest", lang, names=", ".join(issue.nearest)) if issue.nearest else ""
        note(UserError(f"issue-{issue.code}", {"found": issue.found, "nearest": near},
                       f"{export.file} ({place_of(issue.place, lang)})").message(lang))
    note(say("import-read-document", lang, file=export.file, count=len(export.records), issues=len(export.issues)))
    wrong = sum(issue.is_error for issue in export.issues)
    arriving.wrong += wrong
    if wrong:
        return
    items = list(imported_sources(imported_folder(settings.store))) if stored else []
    if any(item.format == CONCLUDING and item.sha256 == export.sha256 for item in items):
        note(say("import-same", lang, file=export.file))
        return
    imports = earlier_imports(items, assemble(settings), settings)
    item = replace(imported_now(file, CONCLUDING), cycle=cycle)
    read = Read(item, export.file, export.sha256, columns_of(CONCLUDING), common_records(export))
    added = imports.add(read)
    tell_outcomes(read, added, lang)
    if added.comparison.changes_nothing:
        note(say("import-same", lang, file=export.file))
    elif not added.placed:
        raise fail("import-nothing-placed", file=export.file)
    else:
        arriving.arrivals.append(Arrival(item, export.sha256))


def take_plan(arriving: Arriving, file: Path, annex: Annex, country: str, settings: Settings, lang: str) -> None:
    """The same for a decision. A plan of which the data folder has another text is refused."""
    from pactgraph.build.annex_changes import compare
    from pactgraph.build.trial import Arrival
    from pactgraph.cli.importing_annex import held_of, tell_issues, tell_outcome
    from pactgraph.cli.importing_store import imported_now

    arriving.plan = annex.number_reading
    tell_issues(annex, lang)
    arriving.wrong += len(annex.errors())
    if annex.errors():
        return
    held = held_of(annex, settings)
    found = compare(annex, held)
    if held and (held.sha256 == annex.sha256 or (held.parts and found.changes_nothing)):
        note(say("import-unchanged", lang, plan=annex.number_reading))
        return
    if held and not held.imported:
        raise fail("plan-exists", file=annex.file, plan=annex.number_reading)
    if held:
        tell_outcome(annex, found, held, lang)
    tasks = sum(row.is_leaf for row in annex.rows)
    note(say("loading-plan", lang, file=annex.file, plan=annex.number_reading, tasks=tasks, duties=len(annex.duties)))
    arriving.arrivals.append(Arrival(imported_now(file, "annex", country), annex.sha256))
