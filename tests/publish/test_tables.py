"""The tables: what they say, their schemas under the validators that users take, the workbook, and the database in Datasette."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pyoxigraph as ox
import pytest
from publish_help import exported

from pactgraph.errors import UserError
from pactgraph.publish.manifest import damaged, distributions, read_manifest
from pactgraph.publish.table_files import as_csv, as_workbook, write_sqlite
from pactgraph.publish.table_queries import TYPES, Filled, fill, plans, refer
from pactgraph.publish.table_schemas import csv_metadata, data_package
from pactgraph.store.embedded import EmbeddedStore

PLANS = {plan.name: plan for plan in plans()}
ID = "https://w3id.org/pactgraph/id/"
PLAN = ID + "vnm/plan/1252-qd-ttg-2019"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def made(turtle: str, *names: str) -> dict[str, Filled]:
    """Some tables of a made-up graph."""
    store = EmbeddedStore.in_memory()
    text = """@prefix pg: <https://w3id.org/pactgraph/ontology/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://w3id.org/pactgraph/id/xyz/> .
    <https://w3id.org/pactgraph/graph/xyz> { """ + turtle + " }"
    store.load(ox.parse(text, format=ox.RdfFormat.TRIG))
    return {name: fill(PLANS[name], store.query, "2026-11-21") for name in names}


# The queries ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("plan", PLANS.values(), ids=str)
def test_a_header_describes_what_the_query_selects(plan: Any) -> None:
    solutions = ox.Store().query(plan.query.text)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [column.name for column in plan.columns]
    assert names == [variable.value for variable in solutions.variables]
    assert plan.key in names and re.search(rf"\nORDER BY \?{plan.key}\n$", plan.query.text)
    before = [other for other in PLANS if int(PLANS[other].query.headers["place"]) <= int(plan.query.headers["place"])]
    for words in (plan.title, plan.says, *(column.says for column in plan.columns)):
        assert set(words) == {"vi", "en"} and all(words.values()) and words["vi"] != words["en"]
    for column in plan.columns:
        assert column.kind in TYPES and re.fullmatch("[a-z][a-z0-9_]*", column.name)
        if column.refers:
            assert column.refers[0] in before and PLANS[column.refers[0]].key == column.refers[1] and not column.many


# What they say -------------------------------------------------------------------------------------------------------

def test_rows_are_what_the_sources_say(tables: Path) -> None:
    tasks = [row for row in rows(tables, "tasks") if row["plan"] == PLAN]
    kinds = [row["kind"] for row in tasks]
    assert (kinds.count("PlanTask"), kinds.count("PlanHeading")) == (54, 17)  # counted by hand in the annex of Decision 1252
    (transfer,) = [row for row in rows(tables, "transfers") if row["from_body"] == ID + "vnm/body/cema"]
    assert (transfer["to_body"], transfer["effective_on"]) == (ID + "vnm/body/memr", "2025-03-01")
    assert "176/2025/QH15" in transfer["legal_basis"]
    article = next(row for row in rows(tables, "articles") if row["code"] == "ICCPR/19")
    assert article["treaty"] == ID + "treaty/iccpr" and article["number"] == "19"
    statuses = {row["status"] for row in rows(tables, "links")}
    assert {"proposed", "curated"} <= statuses <= {"proposed", "curated", "confirmed", "rejected", "superseded"}
    assert {row["grade"] for row in rows(tables, "assessments")} >= {"C", "E"}


def test_bodies_are_those_of_then_and_of_the_day(tables: Path, tmp_path: Path, built_store: Path) -> None:
    earlier = exported(built_store, "tables", tmp_path / "out", "--as-of", "2024-06-30")
    for folder, now in ((tables, "memr"), (earlier, "cema")):
        found = [row for row in rows(folder, "responsibilities") if row["body"] == ID + "vnm/body/cema"]
        assert found and {row["body_on_day"] for row in found} == {ID + "vnm/body/" + now}
    for name in ("bodies", "addressees"):
        assert rows(tables, name) == rows(earlier, name)
    same = exported(built_store, "tables", tmp_path / "again", "--as-of", "2026-11-21")
    for path in tables.rglob("*.*"):
        assert path.read_bytes() == (same / path.relative_to(tables)).read_bytes(), path.name


def test_values_that_differ_are_told_and_none_is_lost_that_may_be_several() -> None:
    found = made("""
      :a a pg:PlanTask ; pg:inPlan :nowhere ; pg:ordinal 2 , 1 ; pg:sourceLine 10 , 9 ; rdfs:label "Nhiệm vụ"@vi , "Tâche"@fr .
      :b a pg:PlanTask ; pg:parentItem :a .""", *PLANS)
    assert [row["key"] for row in found["tasks"].warnings] == ["export-several"]
    names = [column.name for column in PLANS["tasks"].columns]
    first, second = (dict(zip(names, row, strict=True)) for row in found["tasks"].rows)
    assert (first["ordinal"], first["source_lines"], first["label_vi"], first["label_en"], first["label_other"]) == (
        "1", "9; 10", "Nhiệm vụ", "", "Tâche")
    assert second["parent"].endswith("/a")
    (warning,) = refer(found)
    assert (warning["column"], warning["to"], warning["count"]) == ("plan", "plans", 1)
    assert [column.name for column in found["tasks"].refers] == ["parent"]


def test_a_value_of_another_type_is_an_error_that_names_it() -> None:
    with pytest.raises(UserError) as problem:
        made(':a a pg:Law ; pg:adoptedOn "spring of 2015" .', "laws")
    assert problem.value.key == "export-value" and "spring of 2015" in problem.value.message("vi")


# The schemas under the validators that users take --------------------------------------------------------------------

def test_frictionless_finds_the_package_valid_and_sees_what_is_wrong(tables: Path, tmp_path: Path) -> None:
    from frictionless import validate

    report = validate(str(tables / "datapackage.json"))
    assert report.valid, report.flatten(["name", "note"])
    assert report.stats["tasks"] == len(PLANS) and report.stats["warnings"] == 0
    package = json.loads((tables / "datapackage.json").read_text("utf-8"))
    assert sum(len(table["schema"].get("foreignKeys", ())) for table in package["resources"]) == sum(
        1 for plan in PLANS.values() for column in plan.columns if column.refers)  # all references hold in the real graph
    broken = Path(shutil.copytree(tables, tmp_path / "broken"))
    file = broken / "tables" / "positions.csv"
    file.write_bytes(file.read_bytes().replace(b"/un/rec/a-hrc-12-11/100.1,", b"/un/rec/a-hrc-12-11/999,", 1))
    assert ["foreign-key"] in validate(str(broken / "datapackage.json")).flatten(["type"])


def test_csvw_finds_the_same_tables_valid_and_sees_what_is_wrong(tables: Path, tmp_path: Path) -> None:
    from csvw import CSVW

    assert CSVW(str(tables / "csv-metadata.json"), validate=True).is_valid
    broken = Path(shutil.copytree(tables, tmp_path / "broken"))
    file = broken / "tables" / "transfers.csv"
    file.write_bytes(file.read_bytes().replace(b",2025-03-01,", b",next spring,", 1))
    with pytest.raises(ValueError, match="next spring"):
        assert CSVW(str(broken / "csv-metadata.json"), validate=True).is_valid


def test_both_schemas_say_the_same_of_every_table(tables: Path) -> None:
    package = json.loads((tables / "datapackage.json").read_text("utf-8"))
    web = json.loads((tables / "csv-metadata.json").read_text("utf-8"))
    assert package["as_of"] == "2026-11-21" and package["licenses"][0]["name"] == "CC-BY-4.0"
    assert any("public domain" in words["en"] for words in package["rights"])
    for resource, table in zip(package["resources"], web["tables"], strict=True):
        assert resource["path"] == table["url"]
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == [column["name"] for column in table["tableSchema"]["columns"]]
        assert resource["schema"]["primaryKey"] == table["tableSchema"]["primaryKey"]
        assert {text["@language"] for text in table["dc:title"]} == {"vi", "en"} == set(resource["titles"])
        head = (tables / resource["path"]).read_bytes().partition(b"\r\n")[0].decode("utf-8")
        assert head == ",".join(names)


def test_the_manifest_names_files_and_rights(tables: Path) -> None:
    manifest = read_manifest(tables)
    assert manifest is not None and damaged(tables) == [] and manifest["as_of"] == "2026-11-21"
    files = {file.path: file for file in distributions(manifest)}
    assert {"datapackage.json", "csv-metadata.json", "pactgraph.xlsx", "pactgraph.db", "tables/tasks.csv"} <= set(files)
    assert files["tables/tasks.csv"].title == {"vi": "Các dòng trong kế hoạch", "en": "Rows of plans"}
    assert files["pactgraph.db"].media_type == "application/vnd.sqlite3"
    assert manifest["rows"]["tasks"] == len(rows(tables, "tasks"))


# Workbook and database -----------------------------------------------------------------------------------------------

def test_the_workbook_holds_every_table_and_no_formula(tables: Path) -> None:
    book = openpyxl.load_workbook(tables / "pactgraph.xlsx")
    assert book.sheetnames == ["pactgraph", *PLANS]
    for name in PLANS:
        assert book[name].max_row == len(rows(tables, name)) + 1
    told = [cell.value for cell in book["pactgraph"]["E"]]
    assert any("2026-11-21" in str(text) for text in told) and "Rows of plans" in told
    risky = made(':a a pg:Law ; rdfs:label "=HYPERLINK(\\"http://x\\")"@en , "-1+1"@vi .', "laws")["laws"]
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook([risky], "2026-11-21")))["laws"]
    for cell in sheet[2]:
        assert cell.data_type != "f" and (not str(cell.value or "").startswith(("=", "-")) or cell.quotePrefix)
    assert b'"=HYPERLINK(""http://x"")"' in as_csv(risky)


def test_the_database_keeps_keys_references_and_a_search_without_marks(tables: Path) -> None:
    with closing(sqlite3.connect(f"file:{tables / 'pactgraph.db'}?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert ("bodies", "body", "body") in {row[2:5] for row in database.execute("PRAGMA foreign_key_list(responsibilities)")}
        for name in PLANS:
            assert database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] == len(rows(tables, name))
        found = database.execute("SELECT label_vi FROM bodies_fts WHERE bodies_fts MATCH 'tu phap'").fetchall()
        assert ("Bộ Tư pháp",) in found
        assert database.execute("SELECT typeof(confidence), typeof(quoted_from) FROM links LIMIT 1").fetchone()[0] == "real"


def test_an_empty_graph_gives_empty_tables(tmp_path: Path) -> None:
    found = made("", *PLANS)
    assert list(refer(found)) == []
    some = list(found.values())
    write_sqlite(some, tmp_path / "empty.db")
    with closing(sqlite3.connect(tmp_path / "empty.db")) as database:
        assert {row[0] for row in database.execute("SELECT COUNT(*) FROM gaps")} == {0}
    files: dict[str, Any] = {name: {"path": f"tables/{name}.csv", "bytes": 0, "sha256": ""} for name in found}
    assert len(data_package(some, files, [], [], "2026-11-21", {})["resources"]) == len(PLANS)
    assert len(csv_metadata(some, files, [])["tables"]) == len(PLANS)


def test_datasette_opens_the_database(tables: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", "-i", str(tables / "pactgraph.db"), "--metadata",
               str(tables / "metadata.json"), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if "running on" in line:
                break
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            page = client.get("/pactgraph/tasks").raise_for_status().text
            assert "Các dòng trong kế hoạch / Rows of plans" in page and "CC-BY-4.0" in page
            found = client.get("/pactgraph/bodies.json", params={"_search": "tu phap", "_shape": "array"}).json()
            assert "Bộ Tư pháp" in [row["label_vi"] for row in found]
            joined = client.get("/pactgraph/responsibilities.json", params={"_labels": "on", "_size": "1"}).json()["rows"][0]
            assert joined["body"]["label"] == "Ministry of Justice"  # by the foreign key
    finally:
        process.terminate()
        process.wait(60)
        process.stderr.close()
