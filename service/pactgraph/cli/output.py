"""Prints tables: data on stdout, in the form that the user chose."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pactgraph.questions.table import Table

FORMATS = ("table", "csv", "json", "xlsx", "ttl")
F = TypeVar("F", bound=Callable[..., Any])


def format_option(function: F) -> F:
    """``--format``: how a table is printed."""
    option = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
                          help="How to print the result; xlsx goes to a file: > result.xlsx")
    return option(function)


def print_table(table: Table, form: str) -> None:
    """Print a table on stdout. An XLSX file is never written to a terminal."""
    from pactgraph.errors import fail
    from pactgraph.questions.formats import write
    from pactgraph.questions.text import as_text

    if form == "table":
        click.echo(as_text(table, width()), nl=False)
    elif form == "xlsx" and sys.stdout.isatty():
        raise fail("xlsx-to-terminal")
    else:
        sys.stdout.buffer.write(write(table, form))
        sys.stdout.buffer.flush()


def width() -> int:
    """The width of the terminal in columns; generous where the output is no terminal."""
    return max(80, shutil.get_terminal_size((160, 40)).columns)
