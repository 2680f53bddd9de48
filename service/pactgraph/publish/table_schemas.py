"""Describes tables for programs: a Frictionless Data Package, the same tables as CSVW, and metadata for Datasette."""

from __future__ import annotations

import json
from typing import Any

from pactgraph.publish.table_queries import BETWEEN, Column, Filled
from pactgraph.texts import LANGUAGES, say

_FRICTIONLESS = {"date": "date", "integer": "integer", "decimal": "number", "boolean": "boolean"}
_CSVW = {"iri": "anyURI", "date": "date", "integer": "integer", "decimal": "decimal", "boolean": "boolean", "integers": "integer"}
_LICENCE = {"https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0"}
_HOME = "https://w3id.org/pactgraph/"
Words = dict[str, str]


def in_both(key: str, **values: Any) -> Words:
    """A sentence of the program in each language."""
    return {lang: say(key, lang, **values) for lang in LANGUAGES}


def both(words: Words) -> str:
    """Both languages in one line, where a format has room for one."""
    return " / ".join(words[lang] for lang in LANGUAGES if words.get(lang))


def as_json(value: Any) -> bytes:
    """JSON for people and programs, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


# Frictionless ------------------------------------------------------------------------------------------------------

def data_package(tables: list[Filled], files: dict[str, dict[str, Any]], licences: list[str], rights: list[Words],
                 as_of: str, revision: dict[str, Any]) -> dict[str, Any]:
    """``datapackage.json``. ``files`` says path, bytes and sha256 of each table's file, by its name."""
    return {
        "profile": "tabular-data-package",
        "name": "pactgraph-tables",
        "title": say("export-tables-title", "en"),
        "titles": in_both("export-tables-title"),
        "description": say("export-tables-says", "en", day=as_of),
        "descriptions": in_both("export-tables-says", day=as_of),
        "homepage": _HOME,
        "version": str(revision.get("journal", 0)),
        "revision": revision,
        "as_of": as_of,
        "licenses": [{"name": _short(licence), "path": licence} for licence in licences],
        "rights": rights,
        "resources": [_resource(table, files[table.plan.name]) for table in tables],
    }


def _short(licence: str) -> str:
    """A licence by the name that SPDX gives it, else by the end of its address."""
    return _LICENCE.get(licence, licence.rstrip("/").rsplit("/", 1)[-1])


def _resource(table: Filled, file: dict[str, Any]) -> dict[str, Any]:
    plan = table.plan
    keys = [{"fields": column.name, "reference": {"resource": "" if column.refers[0] == plan.name else column.refers[0],
                                                  "fields": column.refers[1]}} for column in table.refers if column.refers]
    schema: dict[str, Any] = {"fields": [_field(column, plan.key) for column in plan.columns], "missingValues": [""],
                              "primaryKey": plan.key}
    return {
        "profile": "tabular-data-resource", "name": plan.name, "path": file["path"], "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "bytes": file["bytes"], "hash": f"sha256:{file['sha256']}", "title": plan.title["en"],
        "titles": plan.title, "description": plan.says["en"], "descriptions": plan.says,
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Column, key: str) -> dict[str, Any]:
    kind = "string" if column.many else _FRICTIONLESS.get(column.kind, "string")
    found: dict[str, Any] = {"name": column.name, "type": kind, "title": column.says["en"], "titles": column.says}
    if column.many:
        found["separator"] = BETWEEN
    if column.name == key:
        found["constraints"] = {"required": True, "unique": True}
    return found


# CSVW --------------------------------------------------------------------------------------------------------------

def csv_metadata(tables: list[Filled], files: dict[str, dict[str, Any]], licences: list[str]) -> dict[str, Any]:
    """``csv-metadata.json``: the same tables for CSV on the Web. A reference stands there only where every row has one:
    strict validators take an empty cell for one that refers to nothing."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": _texts(in_both("export-tables-title")),
        "dc:license": [{"@id": licence} for licence in licences],
        "tables": [_table(table, files) for table in tables],
    }


def _table(table: Filled, files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    plan = table.plan
    schema: dict[str, Any] = {"columns": [_csvw_column(column, plan.key) for column in plan.columns], "primaryKey": plan.key,
                              "aboutUrl": f"{{+{plan.key}}}"}
    keys = [{"columnReference": column.name,
             "reference": {"resource": files[column.refers[0]]["path"], "columnReference": column.refers[1]}}
            for column in table.refers if column.refers and "" not in table.values(column.name)]
    return {"url": files[plan.name]["path"], "dc:title": _texts(plan.title), "dc:description": _texts(plan.says),
            "dialect": {"lineTerminators": ["\r\n"]}, "tableSchema": schema | ({"foreignKeys": keys} if keys else {})}


def _csvw_column(column: Column, key: str) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "titles": column.name, "dc:description": _texts(column.says),
                             "datatype": _CSVW.get(column.kind, "string")}
    if column.many:
        found["separator"] = BETWEEN
    if column.name == key:
        found["required"] = True
    return found


def _texts(words: Words) -> list[dict[str, str]]:
    return [{"@value": words[lang], "@language": lang} for lang in LANGUAGES]


# Datasette ---------------------------------------------------------------------------------------------------------

def datasette_metadata(tables: list[Filled], licences: list[str], as_of: str) -> dict[str, Any]:
    """``metadata.json`` for Datasette, which has room for one language: both stand there, a stroke between."""
    rights: dict[str, Any] = {"source": "pactgraph", "source_url": _HOME}
    if licences:
        names = ", ".join(map(_short, licences))
        rights |= {"license": both(in_both("export-licence-per-graph", licence=names)), "license_url": licences[0]}
    about = {table.plan.name: {"title": both(table.plan.title), "description": both(table.plan.says),
                               "columns": {column.name: both(column.says) for column in table.plan.columns}}
             | _label_of(table) for table in tables}
    return {"title": both(in_both("export-tables-title")), "description": both(in_both("export-tables-says", day=as_of)),
            **rights, "databases": {"pactgraph": {"description": both(in_both("unofficial-line")), **rights, "tables": about}}}


def _label_of(table: Filled) -> dict[str, str]:
    columns = {column.name for column in table.plan.columns}
    return {"label_column": "label_en"} if "label_en" in columns else {}
