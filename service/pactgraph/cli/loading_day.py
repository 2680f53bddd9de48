"""``pactgraph loading-day``: the day on which new concluding observations and the plan that answers them arrive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.cli.options import lang_option, settings_with, store_option
from pactgraph.cli.screen import note
from pactgraph.cli.writes import author_of, state_of, token_file_option, written
from pactgraph.errors import UserErrors, fail
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.settings import Settings
    from pactgraph.sources.decisions import Decided
    from pactgraph.writing.crosswalk_table import Table

_FORMS = click.Choice(["table", "json"])
_OUT = "Write the sheet of decisions here: .xlsx or .csv."


@click.group("loading-day", epilog="Example: pactgraph loading-day start --observations co.docx --plan decision.docx --dry-run")
def loading_day_command() -> None:
    """Bring new concluding observations and the plan that answers them, and decide what they take up of the earlier ones."""


@loading_day_command.command("start", epilog="Example: pactgraph loading-day start --observations co.docx --plan decision.docx "
                                             "--out decisions.xlsx")
@click.option("--observations", metavar="FILE", help="The concluding observations (DOCX, HTML, PDF or text).")
@click.option("--plan", metavar="FILE", help="The decision with its annex of tasks (DOCX, HTML or text).")
@click.option("--country", metavar="CODE", help="The country whose words the decision is read by [default: the only one].")
@click.option("--cycle", metavar="KEY", default="", help="The review cycle, where the graph does not know it, such as iccpr-4.")
@click.option("--issuer", metavar="BODY", default="", help="Who issued the plan, where the graph does not know it.")
@click.option("--earlier-observations", metavar="SYMBOL", default="", help="Compare with these [default: those before].")
@click.option("--earlier-plan", metavar="NUMBER", default="", help="Compare with this plan [default: the one before].")
@click.option("--dry-run", is_flag=True, help="Check both files and show the crosswalk; write nothing.")
@click.option("--format", "form", type=_FORMS, default="table", show_default=True, help="How to show the crosswalk.")
@click.option("--out", metavar="FILE", help=_OUT)
@click.option("--yes", is_flag=True, help="Do not ask on a terminal whether to go on.")
@token_file_option
@store_option
@lang_option
def start_command(observations: str | None, plan: str | None, country: str | None, cycle: str, issuer: str,
                  earlier_observations: str, earlier_plan: str, dry_run: bool, form: str, out: str | None, yes: bool,
                  token_file: str | None, store: str | None, lang: str) -> int:
    """Check both files, import them (both or neither), and journal proposed links: what takes up what."""
    from pactgraph.cli.loading_day_start import (
        check_out,
        import_both,
        journal_proposals,
        read_both,
        round_of,
        save_sheet,
        show_trial,
        trial_graph,
    )
    from pactgraph.store.choose import is_remote

    settings = settings_with(store)
    stored = not (is_remote(settings.store) or settings.store == "memory:")
    if not stored and not dry_run:
        raise fail("import-needs-folder", store=settings.store)
    check_out(out)
    author = author_of(settings, token_file) if not dry_run else None
    arriving = read_both(observations, plan, country, cycle, settings, stored, lang)
    if arriving.wrong:
        note(say("import-refused", lang, count=arriving.wrong))
        return 2
    names = (arriving.document, arriving.plan, earlier_observations, earlier_plan)
    trial, errors = trial_graph(settings, arriving.arrivals, stored, issuer, lang)
    rows = show_trial(round_of(trial, names, cycle), trial, settings, stored, form, lang)
    if dry_run:
        note(say("loading-dry-run", lang))
        save_sheet(rows, out, lang)
        return 2 if errors else 0
    if errors:
        note(say("loading-refused", lang, count=errors))
        return 2
    if sys.stdin.isatty() and not yes and not click.confirm(say("loading-go-on", lang), err=True):
        note(say("loading-nothing-written", lang))
        return 0
    import_both(settings, arriving.arrivals, lang)
    assert author is not None
    return journal_proposals(settings, names, cycle, issuer, author, out, lang)


# Sheets and decisions -----------------------------------------------------------------------------------------------------


@loading_day_command.command("sheet", epilog="Example: pactgraph loading-day sheet --out decisions.xlsx")
@click.option("--out", metavar="FILE", help=_OUT)
@click.option("--observations", metavar="SYMBOL", default="", help="The new observations [default: the ones with proposals].")
@click.option("--plan", metavar="NUMBER", default="", help="The new plan [default: the only one with proposals].")
@click.option("--all", "everything", is_flag=True, help="Also what was decided already.")
@click.option("--format", "form", type=_FORMS, default="table", show_default=True, help="How to show it without --out.")
@store_option
@lang_option
def sheet_command(out: str | None, observations: str, plan: str, everything: bool, form: str, store: str | None,
                  lang: str) -> int:
    """Write the sheet on which people decide: every open proposal with the words of both sides, method and score."""
    from pactgraph.cli.loading_day_rounds import show_rows, tell_counts
    from pactgraph.cli.loading_day_start import check_out, save_sheet
    from pactgraph.writing.crosswalk_rows import sheet_rows

    settings = settings_with(store)
    check_out(out)
    table = _table(settings, lang, observations, plan)
    rows = sheet_rows(table, lang, everything)
    if out is None:
        show_rows(rows, form, lang)
    tell_counts(table, rows, lang)
    save_sheet(rows, out, lang)
    return 0


@loading_day_command.command("decide", epilog="Example: pactgraph loading-day decide decisions.xlsx --dry-run")
@click.argument("file", required=False, type=click.Path())
@click.option("--observations", metavar="SYMBOL", default="", help="On a terminal: the observations to decide about.")
@click.option("--plan", metavar="NUMBER", default="", help="On a terminal: the plan to decide about.")
@click.option("--confirmed-by", metavar="BODY", default="",
              help="The body with a mandate (it coordinates the treaty) in whose name links are confirmed.")
@click.option("--reason", metavar="TEXT", default="", help="Why, for the journal.")
@click.option("--dry-run", is_flag=True, help="Check all decisions; write nothing.")
@token_file_option
@store_option
@lang_option
def decide_command(file: str | None, observations: str, plan: str, confirmed_by: str, reason: str, dry_run: bool,
                   token_file: str | None, store: str | None, lang: str) -> int:
    """Record the decisions of a sheet that was filled in, or ask for them on a terminal: all of them or none."""
    from pactgraph.sources.decisions import read_decisions
    from pactgraph.writing.decisions import CONFLICT, DECIDED, SAME, decide

    settings = settings_with(store)
    author = author_of(settings, token_file)
    decided: Decided
    if file is not None:
        decided = read_decisions(Path(file), settings.import_bytes)
        keys = {row.id.split("/")[2] for row in decided.rows if row.id.count("/") > 2}
        table = _table(settings, lang, observations, plan, keys)
    else:
        table, decided = _asked(settings, observations, plan, lang)
    state, _ = state_of(settings)
    outcome = decide(decided, table, state, _mandate(settings, table, confirmed_by, lang))
    note(say("loading-decided", lang, file=decided.file, new=outcome.count(DECIDED), same=outcome.count(SAME), open=decided.open,
             conflicts=outcome.count(CONFLICT), wrong=len(decided.problems) - outcome.count(CONFLICT)))
    if decided.problems:
        note(UserErrors(decided.problems).message(lang))
        note(say("loading-nothing-written", lang))
        return 2
    if dry_run:
        note(say("loading-dry-run", lang))
        return 0
    change = outcome.change(author, reason)
    if not change.added and not change.removed:
        note(say("loading-decided-already", lang))
        return 0
    done = written(settings, change, lang)
    note(say("loading-written", lang, number=done.number, name=author.name, told=outcome.told or "–"))
    return 0


def _asked(settings: Settings, observations: str, plan: str, lang: str) -> tuple[Table, Decided]:
    """Decisions from a terminal."""
    from pactgraph.cli.loading_day_asking import ask_decisions
    from pactgraph.writing.crosswalk_rows import sheet_rows

    if not sys.stdin.isatty():
        raise fail("loading-no-terminal")
    table = _table(settings, lang, observations, plan)
    return table, ask_decisions(sheet_rows(table, lang), table, lang)


def _table(settings: Settings, lang: str, observations: str, plan: str, keys: set[str] | None = None) -> Table:
    """The links of a round as they stand."""
    from pactgraph.cli.loading_day_rounds import crosswalk_of, journaled_round
    from pactgraph.cli.ready import ready_store
    from pactgraph.writing.crosswalk import standings
    from pactgraph.writing.crosswalk_table import table_of

    store = ready_store(settings, lang)
    state, _ = state_of(settings)
    found = journaled_round(store, standings(state, settings.base), settings, observations, plan, keys)
    return table_of(found, crosswalk_of(found, store, settings), state, settings.base)


def _mandate(settings: Settings, table: Table, word: str, lang: str) -> str:
    """The body that confirms, if it coordinates the treaty of the round."""
    from pactgraph.cli.ready import ready_store
    from pactgraph.questions.crosswalk.items import rows
    from pactgraph.questions.resolve import resolve

    if not word:
        return ""
    store = ready_store(settings, lang)
    if not table.found.treaty:
        raise fail("loading-no-cycle")
    body = resolve(store, "pg:Agent", word)
    mandated = rows(store, "crosswalk-mandates", treaty=table.found.treaty)
    if body not in {row["body"] for row in mandated}:
        raise fail("loading-no-mandate", body=word, known=", ".join(row["code"] or row["body"] for row in mandated) or "–")
    return body
