"""``pactgraph workbook export|import``: spreadsheets in which bodies report on their tasks."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pactgraph.cli.options import as_of_option, lang_option, settings_with, store_option
from pactgraph.cli.output import print_table
from pactgraph.cli.screen import note
from pactgraph.cli.writes import author_of, state_of, token_file_option, written
from pactgraph.errors import fail
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.access.author import Author
    from pactgraph.settings import Settings
    from pactgraph.writing.workbooks import Line, Names, Proposal


@click.group("workbook", epilog="Example: pactgraph workbook export --body mps --lang vi --out mps.xlsx")
def workbook_command() -> None:
    """Make a workbook (XLSX) that a body fills in, and bring its answers back."""


@workbook_command.command("export", epilog="Example: pactgraph workbook export --body mps --lang vi --out mps.xlsx")
@click.option("--body", metavar="BODY", help="The body: its code, name or IRI.")
@click.option("--all", "everybody", is_flag=True, help="One workbook with a sheet for each body that answers for something.")
@click.option("--out", required=True, metavar="FILE", help="The file to write; it appears whole or not at all.")
@click.option("--stage", type=click.Choice(["draft", "public"]), default="public", show_default=True,
              help="Where its answers will stand: public, or as a draft that only the body sees (see: workbook forward).")
@as_of_option
@store_option
@lang_option
def export_command(body: str | None, everybody: bool, out: str, stage: str, as_of: str | None, store: str | None,
                   lang: str) -> None:
    """Write a workbook with what a body answers for on a day, its deadlines and last reports."""
    from pactgraph import __version__
    from pactgraph.catalogue import bind as terms
    from pactgraph.cli.ready import ready_store
    from pactgraph.questions.resolve import resolve
    from pactgraph.reports.make import save
    from pactgraph.reports.workbooks import as_workbook, bodies_on_day, body_sheet, words_of
    from pactgraph.writing.workbooks import reports_of

    if (body is None) == (not everybody):
        raise fail("workbook-which")
    if as_of:
        terms.day(as_of)
    day = date.fromisoformat(as_of.strip()) if as_of else date.today()
    settings = settings_with(store)
    graph = ready_store(settings, lang)
    state, generation = state_of(settings)
    bodies = bodies_on_day(graph, day) if everybody else [resolve(graph, "pg:Agent", body or "")]
    sheets = []
    for iri in bodies:
        known = reports_of(state, iri, settings.base, stage)
        sheet = body_sheet(graph, iri, as_of=day, lang=lang, base=settings.base,
                           reported=lambda _, item, known=known: known.latest(item, day))  # type: ignore[misc]
        if sheet.rows:
            sheets.append(sheet)
    if not sheets:
        raise fail("workbook-no-tasks", body=body or "–", day=day.strftime("%d/%m/%Y"))
    data = as_workbook(sheets, as_of=day, lang=lang, statuses=words_of(graph, "task-status").named(lang), base=settings.base,
                       generation=generation, journal=state.number, program=__version__, stage=stage)
    file = save(data, out, f"workbook-{sheets[0].code if body else 'all'}.xlsx")
    note(say("workbook-saved", lang, file=file, rows=sum(len(sheet.rows) for sheet in sheets), bodies=len(sheets),
             day=day.strftime("%d/%m/%Y")))


@workbook_command.command("import", epilog="Example: pactgraph workbook import mps.xlsx --dry-run --annotated mps-checked.xlsx")
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Read, compare and show; write nothing.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="How to show what each row does.")
@click.option("--annotated", metavar="OUT.xlsx", help="Write the same workbook with a comment in each wrong cell.")
@click.option("--embargo", metavar="YYYY-MM-DD", help="The first day on which drafts may become public.")
@token_file_option
@click.option("--evidence", "evidence", metavar="FOLDER", help="The folder with the files that the workbook names as evidence.")
@store_option
@lang_option
def import_workbook_command(file: str, dry_run: bool, form: str, annotated: str | None, embargo: str | None,
                            token_file: str | None, evidence: str | None, store: str | None, lang: str) -> int:
    """Bring the answers of a workbook into the graph: all of them or none. Messages are in the workbook's language."""
    settings = settings_with(store)
    author = author_of(settings, token_file)
    proposal, names = _proposal(settings, Path(file), evidence, author, _embargo(embargo), lang)
    said = proposal.filled.lang
    if annotated:
        _annotate(proposal, Path(file), annotated, settings)
    if dry_run or proposal.refused:
        _show(proposal, form, said, names)
    _tell(proposal, said)
    if proposal.refused:
        note(say("workbook-refused", said))
        return 2
    if dry_run:
        note(say("workbook-nothing", said))
        return 0
    if not proposal.added and not proposal.removed:
        note(say("workbook-unchanged", said))
        return 0
    done = written(settings, proposal.change(author), lang)
    note(say("workbook-done", said, number=done.number, added=done.added, removed=done.removed))
    return 0


@workbook_command.command("forward", epilog="Example: pactgraph workbook forward --body mps --from draft --token-file mps.token")
@click.option("--body", required=True, metavar="BODY", help="The body whose reports move on.")
@click.option("--from", "stage", required=True, type=click.Choice(["draft", "ministry", "coordinator"]), help="Where they stand.")
@token_file_option
@store_option
@lang_option
def forward_command(body: str, stage: str, token_file: str | None, store: str | None, lang: str) -> None:
    """Move the reports of a body on: draft, ministry (by its contributor), coordinator (by a curator), public (by an
    administrator). Those under embargo wait for their day before the last step."""
    from pactgraph.cli.ready import ready_store
    from pactgraph.questions.resolve import resolve
    from pactgraph.writing.clearance import forward

    settings = settings_with(store)
    author = author_of(settings, token_file)
    iri = resolve(ready_store(settings, lang), "pg:Agent", body)
    step = forward(state_of(settings)[0], iri, stage, author, settings.base, today=date.today())
    done = written(settings, step.change, lang)
    note(say("workbook-forwarded", lang, count=step.reports, stage=step.stage, to=step.to, number=done.number, kept=step.kept))


def _embargo(day: str | None) -> date | None:
    from pactgraph.catalogue import bind as terms

    if day is None:
        return None
    terms.day(day)
    return date.fromisoformat(day.strip())


def _proposal(settings: Settings, file: Path, evidence: str | None, author: Author, embargo: date | None,
              lang: str) -> tuple[Proposal, Names]:
    """What a workbook would do, and the names of statuses."""
    from pactgraph.catalogue import bind as terms
    from pactgraph.catalogue import load
    from pactgraph.cli.ready import ready_store
    from pactgraph.ids import Ids
    from pactgraph.reports.workbooks import words_of
    from pactgraph.sources.workbook.evidence import EvidenceFolder
    from pactgraph.sources.workbook.read import read_workbook
    from pactgraph.writing.workbooks import propose

    graph = ready_store(settings, lang)
    words = words_of(graph, "task-status")
    filled = read_workbook(file, settings.import_bytes, words.codes, today=date.today(),
                           evidence=EvidenceFolder(Path(evidence)) if evidence else None)
    state, _ = state_of(settings)
    proposal = propose(filled, state, author, Ids(settings.base), today=date.today(), names=words.names, embargo=embargo,
                       stands=lambda iri: bool(graph.query(load("lookup", "stands").bind({"thing": terms.iri(iri)}))))
    return proposal, words.names


def _annotate(proposal: Proposal, file: Path, out: str, settings: Settings) -> None:
    from pactgraph.reports.make import save
    from pactgraph.reports.workbooks import annotated
    from pactgraph.sources.office_safety import XLSX, check_office_file

    office = check_office_file(file, settings.import_bytes, kind=XLSX, formulas=True)
    filled = proposal.filled
    save(annotated(office.data, filled.all_remarks(), filled.lang, filled.file), out, f"{file.stem}-checked.xlsx")


def _tell(proposal: Proposal, lang: str) -> None:
    from pactgraph.writing.workbooks import OUTCOMES

    filled = proposal.filled
    for remark in filled.all_remarks():
        note(remark.error(filled.file).message(lang))
    if filled.missing:
        note(say("workbook-missing-rows", lang, count=len(filled.missing)))
    note(say("workbook-told", lang, file=filled.file, **{name: proposal.count(name) for name in OUTCOMES}))


def _show(proposal: Proposal, form: str, lang: str, names: Names) -> None:
    from pactgraph.questions.table import Table
    from pactgraph.sources.workbook.layout import heading
    from pactgraph.writing.workbooks import UNTOUCHED, shown

    lines = [line for line in proposal.lines if line.outcome != UNTOUCHED or line.row.remarks]
    if form == "json":
        json.dump(_as_json(proposal, lines, lang), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    rows = []
    for line in lines:
        outcome = say(f"workbook-outcome-{line.outcome}", lang)
        place = [line.row.sheet, str(line.row.number), line.row.cells.get("task", ""), outcome]
        rows += [[*place, heading(column, lang), *(shown(column, value, names, lang) for value in values)]
                 for column, *values in line.changes] or [[*place, "", "", ""]]
    columns = ["sheet", "row", "task", "outcome", "column", "before", "after"]
    print_table(Table(columns, rows, say("workbook-title", lang)), "table")


def _as_json(proposal: Proposal, lines: list[Line], lang: str) -> dict[str, Any]:
    from pactgraph.writing.workbooks import OUTCOMES

    filled = proposal.filled
    sheets = [{"sheet": one.sheet, "row": one.row, "column": one.column, "code": one.key, "message": one.text(lang)}
              for one in filled.remarks]
    return {
        "file": filled.file, "sha256": filled.sha256, "export": filled.hidden.meta,
        "summary": {name: proposal.count(name) for name in OUTCOMES}, "missing": filled.missing, "sheets": sheets,
        "rows": [{
            "sheet": line.row.sheet, "row": line.row.number, "id": line.row.kept.id, "item": line.row.kept.item,
            "body": line.row.kept.body, "outcome": line.outcome,
            "changes": [{"column": column, "cell": line.row.places.get(column, ""), "before": before, "after": after}
                        for column, before, after in line.changes],
            "remarks": [{"column": one.column, "code": one.key, "message": one.text(lang), "wrong": one.wrong}
                        for one in line.row.remarks],
        } for line in lines],
    }
