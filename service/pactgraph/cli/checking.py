"""``pactgraph gaps`` and ``pactgraph validate``."""

from __future__ import annotations

from pathlib import Path

import click

from pactgraph.cli.options import as_of_option, lang_option, settings_with, store_option
from pactgraph.cli.output import format_option, print_table


@click.command("gaps", epilog="Example: pactgraph gaps --body mps --severity warning --lang vi")
@click.option("--article", metavar="N", help="Only gaps about an article of the Covenant.")
@click.option("--body", metavar="ID", help="Only gaps that a body answers for today.")
@click.option("--plan", metavar="ID", help="Only gaps of a plan, for example 1252/QĐ-TTg.")
@click.option("--severity", type=click.Choice(["error", "warning", "info"]), help="Only gaps of a severity.")
@click.option("--type", "kind", metavar="CODE", help="Only gaps of a type, for example no-task.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "info"]), help="Exit 1 where a listed gap is so severe.")
@as_of_option
@format_option
@store_option
@lang_option
def gaps_command(article: str | None, body: str | None, plan: str | None, severity: str | None, kind: str | None,
                 fail_on: str | None, as_of: str | None, form: str, store: str | None, lang: str) -> int:
    """List what is not recorded in this graph. A gap is never a legal judgement."""
    from pactgraph.cli.ready import ready_store
    from pactgraph.questions.gaps import SEVERITIES, Filter, gap_table
    from pactgraph.questions.resolve import resolve

    opened = ready_store(settings_with(store), lang)
    only = Filter(
        article=article or "", severity=severity or "", type=kind or "",
        body=resolve(opened, "pg:Agent", body) if body else "",
        plan=resolve(opened, "pg:ImplementationPlan", plan) if plan else "",
    )
    table = gap_table(opened, lang, as_of, only)
    print_table(table, form)
    limit = SEVERITIES.index(fail_on) if fail_on else -1
    return 1 if any(SEVERITIES.index(row[1]) <= limit for row in table.rows) else 0


@click.command("validate", epilog="Example: pactgraph validate my-links.ttl")
@click.argument("files", nargs=-1, type=click.Path())
@format_option
@store_option
@lang_option
def validate_command(files: tuple[str, ...], form: str, store: str | None, lang: str) -> int:
    """Check the built graph, or files of yours (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD), against the shapes.

    Exit 1 where there is a data error; warnings and notes do not count.
    """
    from pactgraph.build.check import check
    from pactgraph.cli.ready import ready_store
    from pactgraph.sources.rdf import read_rdf

    if files:
        quads = [quad for name in files for quad in read_rdf(Path(name))]
        shapes = None
    else:
        import pyoxigraph as ox

        data = ready_store(settings_with(store), lang).dump()
        derived = ("graph/derived/gaps", "graph/shapes", "graph/meta")
        quads = [quad for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS)
                 if not getattr(quad.graph_name, "value", "").endswith(derived)]
        shapes = None
    results = check(quads, shapes)
    print_table(_table(results, lang), form)
    return 1 if any(item.severity == "error" for item in results) else 0


def _table(results, lang: str):  # type: ignore[no-untyped-def]
    from pactgraph.questions.table import Table

    columns = ["severity", "focus", "path", "value", "message", "shape"]
    rows = [[item.severity, item.focus, item.path, item.value, item.message.get(lang) or item.message.get("en", ""),
             item.shape] for item in results]
    return Table(columns=columns, rows=rows)

