"""``pactgraph report``."""

from __future__ import annotations

import sys

import click

from pactgraph.cli.options import as_of_option, lang_option, settings_with, store_option

_HELP = """Write a report that people hand in.

\b
article      the dossier of an article, for a State report (article=9)
follow-up    the paragraphs that a committee selected (document=…, paragraphs=24,46,52)
upr-midterm  the matrix of a mid-term report (cycle=upr-2)
thematic-list OHCHR's list with its fourth column filled in (cycle=upr-2)
yearly       a body's yearly form and the letter that asks for it (body=mps, plan=…, year=2026)
synthesis    the coordinator's synthesis (plan=…)
gaps         the gap analysis with pictures (article=…, body=…, plan=…, type=…, severity=…)
calendar     deadlines as iCalendar (body=…, plan=…)
"""


@click.command("report", help=_HELP, epilog="Example: pactgraph report article --param article=9 --lang vi --out reports/")
@click.argument("kind")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the report; repeat it for more.")
@click.option("--word-limit", type=click.IntRange(1), help="A word limit in place of the one that is known (article, follow-up).")
@click.option("--format", "form", type=click.Choice(["docx", "xlsx", "html", "ics"]),
              help="The format [default: by the file's name, else docx or ics].")
@click.option("--out", default=".", metavar="FILE", show_default=True, help="A file, a folder, or - for standard output.")
@as_of_option
@store_option
@lang_option
def report_command(kind: str, params: tuple[str, ...], word_limit: int | None, form: str | None, out: str, as_of: str | None,
                   store: str | None, lang: str) -> None:
    """Write a report; its help stands above, in a form that keeps its lines."""
    from pactgraph.cli.asking import pairs
    from pactgraph.cli.ready import ready_store
    from pactgraph.cli.screen import note
    from pactgraph.errors import fail
    from pactgraph.reports.make import form_of, kind_of, make_report, save, written
    from pactgraph.texts import say

    chosen = kind_of(kind)
    form = form_of(chosen, form, out)
    if out == "-" and form in ("docx", "xlsx") and sys.stdout.isatty():
        raise fail("report-to-terminal", form=form)
    values = pairs(params)
    settings = settings_with(store)
    report = make_report(ready_store(settings, lang), chosen, values, as_of=as_of, lang=lang, data=settings.data_folder(),
                         word_limit=word_limit)
    data = written(report, form)
    for warning in report.warnings:
        note(warning)
    if out == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        note(say("report-saved", lang, file=save(data, out, f"{report.file_name}.{form}")))
