"""``pactgraph questions``, ``ask``, ``query`` and ``evidence``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.cli.options import as_of_option, lang_option, settings_with, store_option
from pactgraph.cli.output import format_option, print_table
from pactgraph.errors import fail

if TYPE_CHECKING:
    from pactgraph.questions.table import Table
    from pactgraph.store import Store


@click.command("questions", epilog="Example: pactgraph questions --lang vi")
@format_option
@lang_option
def questions_command(form: str, lang: str) -> None:
    """List the questions that the graph answers, with their parameters."""
    from pactgraph.catalogue import load, names
    from pactgraph.questions.table import Table

    rows = []
    for name in names("questions"):
        query = load("questions", name)
        parameters = ", ".join(item.name + ("" if item.required else "?") for item in query.parameters)
        rows.append([name, query.title[lang], parameters, query.answers.get(lang, "")])
    print_table(Table(columns=["question", "title", "parameters", "answers"], rows=rows), form)


@click.command("ask", epilog="Example: pactgraph ask responsibilities --param plan=1252/QĐ-TTg --lang vi --format csv")
@click.argument("name")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE",
              help="A parameter of the question; repeat it for more.")
@click.option("--ids", is_flag=True, help="Show IRIs in place of labels.")
@as_of_option
@format_option
@store_option
@lang_option
def ask_command(name: str, params: tuple[str, ...], ids: bool, as_of: str | None, form: str, store: str | None,
                lang: str) -> None:
    """Ask one question of the catalogue (see: pactgraph questions); NAME may be a cell of another answer that lists what
    stands behind a number, such as laws-for-article?article=ICCPR/19."""
    from pactgraph.catalogue import load
    from pactgraph.cli.ready import ready_store

    name, _, behind = name.partition("?")
    load("questions", name)
    values = _behind(behind) | pairs(params)
    as_of = as_of or values.pop("as_of", None)
    opened = ready_store(settings_with(store), lang)
    found = answer(opened, name, values, as_of, lang, ids)
    print_table(found, form)
    for note in found.notes:
        click.echo(note, err=True)


def _behind(text: str) -> dict[str, str]:
    """The parameters of a cell such as ``laws-for-article?article=ICCPR/19&as_of=2026-11-21``."""
    return dict(part.split("=", 1) for part in text.split("&") if "=" in part)


def pairs(params: tuple[str, ...]) -> dict[str, str]:
    """The parameters of ``--param NAME=VALUE``; another form is a UserError."""
    values = {}
    for item in params:
        key, equals, value = item.partition("=")
        if not equals or not key.strip():
            raise fail("bad-param", value=item)
        values[key.strip()] = value.strip()
    return values


def answer(store: Store, name: str, params: dict[str, str], as_of: str | None, lang: str, ids: bool) -> Table:
    """The answer to a question of the catalogue as a table."""
    from pactgraph.questions.run import ask

    return ask(store, name, params, as_of=as_of, lang=lang, ids=ids)


@click.command("query", epilog="Example: pactgraph query my-query.rq --format json")
@click.argument("file", type=click.Path())
@format_option
@store_option
@lang_option
def query_command(file: str, form: str, store: str | None, lang: str) -> None:
    """Run a SPARQL query from a file (- for standard input); the default graph is the union of all graphs."""
    import pyoxigraph as ox

    from pactgraph.cli.ready import ready_store
    from pactgraph.questions.table import Table
    from pactgraph.store.screen import refuse_service
    from pactgraph.store.syntax import syntax_problem

    name = "-" if file == "-" else Path(file).name
    text = _text(file)
    settings = settings_with(store)
    refuse_service(text, settings)
    try:
        results = ready_store(settings, lang).query(text)
    except SyntaxError as problem:
        raise syntax_problem(problem, name) from None
    if isinstance(results, ox.QueryTriples):
        data = ox.serialize(results, format=ox.RdfFormat.TURTLE)
        sys.stdout.buffer.write(data or b"")
    elif isinstance(results, ox.QueryBoolean):
        print_table(Table(columns=["answer"], rows=[[str(bool(results)).lower()]]), form)
    else:
        columns = [variable.value for variable in results.variables]
        rows = [[getattr(row[column], "value", "") or "" for column in columns] for row in results]
        print_table(Table(columns=columns, rows=rows), form)


def _text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except OSError as problem:
        raise fail("file-unreadable", file=file, reason=problem.strerror or str(problem)) from None
    except UnicodeDecodeError:
        raise fail("not-utf8", file=file, encoding="?") from None


@click.command("evidence", epilog="Example: pactgraph evidence CCPR/C/VNM/CO/3/24")
@click.argument("thing")
@format_option
@store_option
@lang_option
def evidence_command(thing: str, form: str, store: str | None, lang: str) -> None:
    """Show where a thing or link comes from (its IRI, short code or name): words, file and line, checksum, rights."""
    from pactgraph.cli.ready import ready_store

    opened = ready_store(settings_with(store), lang)
    print_table(answer(opened, "evidence-of-thing", {"thing": thing}, None, lang, False), form)
