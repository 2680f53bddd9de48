"""The kind ``tables``: the main tables as CSV with their schemas, as one workbook, and as a SQLite database."""

from __future__ import annotations

from typing import Any

from pactgraph.publish.groups import rights_of
from pactgraph.publish.kinds import Context
from pactgraph.publish.staging import Writer
from pactgraph.publish.table_files import as_csv, as_workbook, write_sqlite
from pactgraph.publish.table_queries import Filled, fill, plans, refer
from pactgraph.publish.table_schemas import as_json, csv_metadata, data_package, datasette_metadata, in_both
from pactgraph.texts import say

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def make(context: Context, writer: Writer) -> dict[str, Any]:
    """Write all tables for a day; nothing that people see depends on the clock but that day."""
    tables = _filled(context)
    rights = rights_of(context.store.query)
    licences, words = rights.of(sorted(rights.names))
    about = {"licences": licences, "rights": words, "languages": ["vi", "en"]}
    for table in tables.values():
        writer.write(f"tables/{table.plan.name}.csv", "text/csv", as_csv(table), title=table.plan.title,
                     rows=len(table.rows), **about)
    files = {name: writer.files[f"tables/{name}.csv"] for name in tables}
    some = list(tables.values())
    package = data_package(some, files, licences, words, context.as_of, dict(context.revision))
    writer.write("datapackage.json", "application/json", as_json(package), title=in_both("export-datapackage"), **about)
    writer.write("csv-metadata.json", "application/csvm+json", as_json(csv_metadata(some, files, licences)),
                 title=in_both("export-csvw"), **about)
    writer.write("pactgraph.xlsx", _XLSX, as_workbook(some, context.as_of), title=in_both("export-workbook"), **about)
    write_sqlite(some, writer.place("pactgraph.db"))
    writer.add("pactgraph.db", "application/vnd.sqlite3", title=in_both("export-sqlite"), **about)
    writer.write("metadata.json", "application/json", as_json(datasette_metadata(some, licences, context.as_of)))
    return {"as_of": context.as_of, "rows": {name: len(table.rows) for name, table in tables.items()}}


def _filled(context: Context) -> dict[str, Filled]:
    tables: dict[str, Filled] = {}
    planned = plans()
    for at, plan in enumerate(planned):
        context.told(plan.title[context.lang], at, len(planned))
        tables[plan.name] = fill(plan, context.store.query, context.as_of)
    told = [warning for table in tables.values() for warning in table.warnings] + list(refer(tables))
    for warning in told:
        values = {name: value for name, value in warning.items() if name != "key"}
        context.warnings.append(say(str(warning["key"]), context.lang, **values))
    return tables
