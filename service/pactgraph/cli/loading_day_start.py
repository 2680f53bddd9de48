"""What ``pactgraph loading-day start`` does: read both files, try them, import both, journal the proposals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pactgraph.cli.screen import build_progress, note
from pactgraph.cli.writes import state_of, written
from pactgraph.errors import UserError, fail
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.access.author import Author
    from pactgraph.build.trial import Arrival
    from pactgraph.cli.loading_day_files import Arriving
    from pactgraph.questions.crosswalk.rounds import Round
    from pactgraph.settings import Settings
    from pactgraph.sources.decisions import SheetRow
    from pactgraph.store import Store

Names = tuple[str, str, str, str]
"""The new observations and plan, and the earlier ones; "" where nobody named one."""


def read_both(observations: str | None, plan: str | None, country: str | None, cycle: str, settings: Settings, stored: bool,
              lang: str) -> Arriving:
    """Read both files, then tell what is in them; a file that cannot be read at all is told before anything else."""
    from pactgraph.cli.importing_annex import reading_of
    from pactgraph.cli.loading_day_files import Arriving, read_observations, read_plan, take_observations, take_plan

    if not observations and not plan:
        raise fail("loading-no-file")
    arriving = Arriving()
    reading = None
    try:
        reading = reading_of(settings, country)
    except UserError:
        if plan or country:
            raise  # without a plan nobody need say whose words count
    export = read_observations(Path(observations), settings, reading) if observations else None
    annex = read_plan(Path(plan), settings, reading) if plan and reading else None
    if export and observations:
        take_observations(arriving, Path(observations), export, cycle, settings, stored, lang)
    if annex and plan and reading:
        take_plan(arriving, Path(plan), annex, reading.country, settings, lang)
    return arriving


def trial_graph(settings: Settings, arrivals: list[Arrival], stored: bool, issuer: str, lang: str) -> tuple[Store, int]:
    """The graph as it would be, in memory, and how many data errors it would have more than now (they are told; not that nobody
    issued the plan, where somebody named its issuer)."""
    from pactgraph.build.trial import try_build
    from pactgraph.store.embedded import EmbeddedStore
    from pactgraph.store.generations import current

    with build_progress(lang) as progress:
        built = try_build(settings, arrivals, stored, progress)
    generation = current(Path(settings.store)) if stored else None
    before = {_told(error) for error in generation.summary().get("errors", ())} if generation else set()
    fresh = [error for error in built.summary["errors"]
             if _told(error) not in before and not (issuer and error["path"].endswith("/issuedBy"))]
    for error in fresh:
        note(say("loading-data-error", lang, focus=error["focus"], message=error["message"].get(lang, "")))
    trial = EmbeddedStore.in_memory()
    trial.load(built.quads)
    return trial, len(fresh)


def _told(error: dict[str, Any]) -> tuple[str, ...]:
    return tuple(error[key] for key in ("focus", "path", "value", "shape"))


def round_of(store: Store, names: Names, cycle: str) -> Round:
    """The round of what arrived; a cycle that the graph does not have raises a UserError."""
    from pactgraph.questions.crosswalk.rounds import find_round
    from pactgraph.questions.resolve import resolve

    key = resolve(store, "pg:ReviewCycle", cycle).rpartition("/cycle/")[2] if cycle else ""
    if key != cycle:
        raise fail("loading-cycle", cycle=cycle, known=key)
    return find_round(store, *names)


def show_trial(found: Round, store: Store, settings: Settings, stored: bool, form: str, lang: str) -> list[SheetRow]:
    """Show the crosswalk as it would stand; returns its rows."""
    from pactgraph.access.author import OPERATOR
    from pactgraph.build.journaled import Journaled
    from pactgraph.cli.loading_day_rounds import crosswalk_of, show_rows, tell_counts, tell_round
    from pactgraph.ids import Ids
    from pactgraph.writing.crosswalk import proposing
    from pactgraph.writing.crosswalk_rows import sheet_rows
    from pactgraph.writing.crosswalk_table import table_of

    crosswalk = crosswalk_of(found, store, settings)
    change = proposing(found, crosswalk, found.labels, OPERATOR, Journaled(), Ids(settings.base))
    table = table_of(found, crosswalk, Journaled(public=set(change.added)), settings.base)
    rows = sheet_rows(table, lang)
    show_rows(rows, form, lang)
    tell_round(found, lang)
    tell_counts(table, rows, lang)
    return rows


def import_both(settings: Settings, arrivals: list[Arrival], lang: str) -> None:
    """Keep all files beside the store and build with them; a build that fails takes all of them back."""
    from pactgraph.build.freshness import imported_folder
    from pactgraph.sources.imported import forget
    from pactgraph.writing.owner import builder

    if not arrivals:
        return
    with builder(settings) as build:
        kept: list[Path] = []
        try:
            kept += [arrival.keep_in(imported_folder(settings.store)) for arrival in arrivals]
            with build_progress(lang) as progress:
                build(progress)
        except BaseException:
            for place in kept:
                forget(place)
            raise
    note(say("loading-imported", lang, files=", ".join(arrival.item.file.name for arrival in arrivals)))


def journal_proposals(settings: Settings, names: Names, cycle: str, issuer: str, author: Author, out: str | None,
                      lang: str) -> int:
    """Journal the proposals of the graph as it stands now, and write the sheet."""
    from pactgraph.cli.loading_day_rounds import crosswalk_of
    from pactgraph.cli.ready import ready_store
    from pactgraph.ids import Ids
    from pactgraph.questions.resolve import resolve
    from pactgraph.writing.crosswalk import proposing
    from pactgraph.writing.crosswalk_rows import sheet_rows
    from pactgraph.writing.crosswalk_table import table_of

    store = ready_store(settings, lang)
    found = round_of(store, names, cycle)
    crosswalk = crosswalk_of(found, store, settings)
    state, _ = state_of(settings)
    change = proposing(found, crosswalk, found.labels, author, state, Ids(settings.base),
                       resolve(store, "pg:Agent", issuer) if issuer else "",
                       resolve(store, "pg:ReviewCycle", cycle) if cycle else "")
    if change.added:
        done = written(settings, change, lang)
        note(say("loading-proposed", lang, number=done.number, count=len(crosswalk.proposals)))
    else:
        note(say("loading-proposed-already", lang))
    state, _ = state_of(settings)
    left = crosswalk_of(found, ready_store(settings, lang), settings)
    save_sheet(sheet_rows(table_of(found, left, state, settings.base), lang), out, lang)
    note(say("loading-next", lang))
    return 0


def check_out(out: str | None) -> None:
    """Refuse a sheet of another kind before anything is done."""
    if out is not None and Path(out).suffix.casefold() not in (".xlsx", ".csv"):
        raise fail("decisions-out", name=out)


def save_sheet(rows: list[SheetRow], out: str | None, lang: str) -> None:
    from pactgraph.reports.decisions import as_csv, as_xlsx
    from pactgraph.reports.make import save

    if out is not None:
        data = as_csv(rows, lang) if out.casefold().endswith(".csv") else as_xlsx(rows, lang)
        note(say("decisions-saved", lang, file=save(data, out, "decisions.xlsx"), count=len(rows)))
