"""``pactgraph gaps`` and ``pactgraph validate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.cli.options import as_of_option, lang_option, revision_option, settings_with, store_option
from pactgraph.cli.output import FORMATS, format_option, print_table
from pactgraph.cli.screen import note
from pactgraph.ids import Ids

if TYPE_CHECKING:
    import pyoxigraph as ox

    from pactgraph.build.validate import Report
    from pactgraph.questions.table import Table
    from pactgraph.settings import Settings
    from pactgraph.sources.rdf import RdfFile

_VALIDATE_FORMATS = (*FORMATS, "html")


@click.command("gaps", epilog="Example: pactgraph gaps --body mps --severity warning --lang vi")
@click.option("--article", metavar="N", help="Only gaps about an article of the Covenant, for example 26.")
@click.option("--body", metavar="ID", help="Only gaps of what a body leads, or is asked to lead, today.")
@click.option("--plan", metavar="ID", help="Only gaps of a plan, for example 1252/QĐ-TTg.")
@click.option("--severity", metavar="[error|warning|info]", help="Only gaps of a severity.")
@click.option("--type", "kind", metavar="CODE", help="Only gaps of a type, for example no-task.")
@click.option("--fail-on", metavar="[error|warning|info]", help="Exit 1 where a listed gap is so severe, or more.")
@as_of_option
@revision_option
@format_option
@store_option
@lang_option
def gaps_command(article: str | None, body: str | None, plan: str | None, severity: str | None, kind: str | None,
                 fail_on: str | None, as_of: str | None, revision: int | None, form: str, store: str | None,
                 lang: str) -> int:
    """List what is not recorded in this graph. A gap is never a legal judgement.

    --format ttl gives the gaps as resources, each with what would close it and the bodies of the day.
    """
    from pactgraph.catalogue.bind import day
    from pactgraph.cli.ready import ready_store
    from pactgraph.questions.gaps import SEVERITIES, check_severity, filter_of, gap_list, gap_rows, gap_turtle

    check_severity(severity or "")  # before a graph is built
    limit = SEVERITIES.index(check_severity(fail_on)) if fail_on else -1
    if as_of is not None:
        day(as_of)
    settings = settings_with(store)
    opened = ready_store(settings, lang, revision)
    only = filter_of(opened, {"article": article, "body": body, "plan": plan, "severity": severity, "type": kind})
    found = gap_list(opened, lang, as_of, only)
    if form == "ttl":
        click.echo(gap_turtle(opened, Ids(settings.base), as_of, found), nl=False)
    else:
        print_table(gap_rows(found, lang), form)
    return 1 if any(SEVERITIES.index(item.gap.severity) <= limit for item in found) else 0


@click.command("validate", epilog="Example: pactgraph validate my-links.ttl --lang vi")
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--with-graph", is_flag=True,
              help="Let the files refer to things of the built graph (bodies, articles, tasks), not only to its terms.")
@click.option("--format", "form", type=click.Choice(_VALIDATE_FORMATS), default="table", show_default=True,
              help="How to print the report; ttl is SHACL's own. To a file: --format html > report.html")
@store_option
@lang_option
def validate_command(files: tuple[str, ...], with_graph: bool, form: str, store: str | None, lang: str) -> int:
    """Check the built graph, or files of yours (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD).

    Several files are checked together. Exit 1 where there is a data error; warnings and notes do not count.
    """
    from pactgraph.build.check_report import summary
    from pactgraph.build.validate import check_files, check_graph, stated

    settings = settings_with(store)
    if files:
        read = _read(files, settings.import_bytes)
        report = check_files(read, stated(_graph(settings, lang)) if with_graph else None, settings.checker)
    else:
        report = check_graph(_graph(settings, lang), settings.checker)
    _print_report(report, form, lang)
    note(summary(report, lang))
    return 1 if report.count("error") else 0


def _graph(settings: Settings, lang: str) -> list[ox.Quad]:
    import pyoxigraph as ox

    from pactgraph.cli.ready import ready_store

    return list(ox.parse(ready_store(settings, lang).dump(), format=ox.RdfFormat.N_QUADS))


def _read(files: tuple[str, ...], limit: int) -> list[RdfFile]:
    """Read all files; what is wrong with any of them is told at once."""
    from pactgraph.errors import UserError, UserErrors, fail
    from pactgraph.sources.rdf import read_rdf

    read, problems = [], []
    for name in dict.fromkeys(files):
        try:
            file = read_rdf(Path(name), limit)
            if not file.quads:
                raise fail("rdf-no-statement", file=name)
            read.append(file)
        except UserError as problem:
            problems.append(problem)
    if problems:
        raise problems[0] if len(problems) == 1 else UserErrors(problems)
    return read


def _print_report(report: Report, form: str, lang: str) -> None:
    from pactgraph.build import check_report
    from pactgraph.questions.table import Table

    if form == "html":
        click.echo(check_report.as_html(report, lang).encode("utf-8"), nl=False)
    elif form == "ttl":
        click.echo(check_report.as_turtle(report.results), nl=False)
    elif form != "table":
        print_table(Table(columns=check_report.COLUMNS, rows=check_report.rows(report, lang)), form)
    elif report.findings:
        print_table(_people_table(report, lang), "table")


def _people_table(report: Report, lang: str) -> Table:
    """The findings as people read them, without the columns that say nothing here."""
    from pactgraph.build.check_report import headings, people_rows
    from pactgraph.questions.table import Table

    rows = [list(row.values())[1:] for row in people_rows(report, lang)]
    table = Table(columns=headings(lang), rows=rows)
    return table.only([name for at, name in enumerate(table.columns) if any(row[at] for row in rows)])
