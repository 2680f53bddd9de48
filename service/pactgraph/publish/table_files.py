"""Writes tables as CSV, as sheets of one workbook, and as a SQLite database; the same tables give the same bytes."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from pactgraph.publish.table_queries import Column, Filled
from pactgraph.publish.table_schemas import in_both
from pactgraph.questions.formats import fill_sheet
from pactgraph.questions.table import Table

_SQL = {"integer": "INTEGER", "decimal": "REAL", "boolean": "INTEGER"}
_STAMP = (1980, 1, 1, 0, 0, 0)
_DAYS = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def as_csv(table: Filled) -> bytes:
    """RFC 4180 in UTF-8: a heading with the names of the columns, exact values, CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.name for column in table.plan.columns)
    writer.writerows(table.rows)
    return out.getvalue().encode("utf-8")


def as_workbook(tables: list[Filled], as_of: str) -> bytes:
    """One workbook: first a sheet that describes the tables and their columns, then a sheet a table. Every cell is text."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    fill_sheet(first, _about(tables, as_of), "pactgraph")
    for table in tables:
        names = [column.name for column in table.plan.columns]
        fill_sheet(book.create_sheet(), Table(names, table.rows), table.plan.name[:31])
    out = io.BytesIO()
    book.save(out)
    return dateless(out.getvalue())


def _about(tables: list[Filled], as_of: str) -> Table:
    head = in_both("export-tables-says", day=as_of)
    unofficial = in_both("unofficial-line")
    rows = [["", "", "", head["vi"], head["en"]], ["", "", "", unofficial["vi"], unofficial["en"]]]
    for table in tables:
        rows.append([table.plan.name, "", "", table.plan.title["vi"], table.plan.title["en"]])
        rows += [[table.plan.name, column.name, column.kind, column.says["vi"], column.says["en"]]
                 for column in table.plan.columns]
    return Table(["table", "column", "type", "vi", "en"], rows)


def dateless(package: bytes) -> bytes:
    """The same workbook without the moment in which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            data = source.read(member)
            target.writestr(info, _DAYS.sub(b"", data) if member.filename == "docProps/core.xml" else data)
    return out.getvalue()


def write_sqlite(tables: list[Filled], path: Path) -> None:
    """A database with keys and references, and a full-text index of the names of every table that has some."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("BEGIN")
        for table in tables:
            _create(database, table)
        database.execute("COMMIT")
        database.execute("VACUUM")


def _create(database: sqlite3.Connection, table: Filled) -> None:
    name, columns = table.plan.name, table.plan.columns
    lines = [_definition(column, table) for column in columns]
    lines += [f'FOREIGN KEY ("{column.name}") REFERENCES "{column.refers[0]}" ("{column.refers[1]}")'
              for column in table.refers if column.refers]
    database.execute(f'CREATE TABLE "{name}" (\n  ' + ",\n  ".join(lines) + "\n)")
    places = ", ".join("?" * len(columns))
    database.executemany(f'INSERT INTO "{name}" VALUES ({places})', ([_value(*cell) for cell in zip(row, columns, strict=True)]
                                                                     for row in table.rows))
    for column in table.refers:
        database.execute(f'CREATE INDEX "{name}_{column.name}" ON "{name}" ("{column.name}")')
    if labels := [column.name for column in columns if column.name.startswith("label_")]:
        listed = ", ".join(f'"{label}"' for label in labels)
        database.execute(f'CREATE VIRTUAL TABLE "{name}_fts" USING fts5 ({listed}, content="{name}", '
                         "tokenize='unicode61 remove_diacritics 2')")
        database.execute(f'INSERT INTO "{name}_fts" ("{name}_fts") VALUES (\'rebuild\')')


def _definition(column: Column, table: Filled) -> str:
    kind = "TEXT" if column.many else _SQL.get(column.kind, "TEXT")
    return f'"{column.name}" {kind}' + (" PRIMARY KEY NOT NULL" if column.name == table.plan.key else "")


def _value(text: str, column: Column) -> str | int | float | None:
    """A cell as a value of the database; an empty one is NULL, true is 1."""
    if not text:
        return None
    if column.many or column.kind not in _SQL:
        return text
    if column.kind == "boolean":
        return int(text == "true")
    return int(text) if column.kind == "integer" else float(text)
