"""The public bodies of a country with their groups and units, and the treaty bodies of the United Nations."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError, fail
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.sources.tables.tomlfile import read_toml

_NAMED = (Column("id", "code", required=True), Column("name_vi", required=True), Column("name_en", required=True))
BODIES = (
    *_NAMED,
    Column("kind", "code", required=True),
    Column("exists_from", "date"),
    Column("exists_until", "date"),
    Column("asked_only", "boolean", required=True),
    Column("continues_source"),
    *PROVENANCE,
)
GROUPS = (*_NAMED, Column("note_en"), *PROVENANCE)
UNITS = (_NAMED[0], Column("unit_of", "code", required=True), *_NAMED[1:], *PROVENANCE)
UN_BODIES = (*_NAMED, Column("kind", "code", required=True), *PROVENANCE)


def read(folder: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/bodies``: the state, its bodies, groups of bodies and units inside bodies."""
    out = GraphWriter(ids.graph(f"{ids.country}/bodies"))
    _state(out, ids, folder, problems)
    bodies = read_bodies(folder, problems)
    for body in bodies:
        _body(out, ids, body, problems)
    known = {body.text("id"): body.number for body in bodies}
    for group in read_table(folder / "groups.csv", GROUPS, problems, key=("id",)):
        if group.text("id") in known:
            problems.append(group.problem("bodies-group-is-body", "id", value=group.text("id"),
                                          row=known[group.text("id")]))
        else:
            _group(out, ids, group)
    for unit in read_table(folder / "units.csv", UNITS, problems, key=("id",)):
        if unit.text("unit_of") in known:
            _unit(out, ids, unit)
        else:
            problems.append(unit.problem("table-reference", "unit_of", value=unit.text("unit_of"), table="bodies.csv"))
    return out.quads


def read_bodies(folder: Path, problems: list[UserError]) -> list[Row]:
    """The rows of ``bodies.csv``."""
    return read_table(folder / "bodies.csv", BODIES, problems, key=("id",))


def ids_by_name(folder: Path, problems: list[UserError]) -> dict[str, str]:
    """The registry id of every official name (``name_vi``) of a body, group or unit."""
    rows = read_bodies(folder, problems)
    rows += read_table(folder / "groups.csv", GROUPS, problems, key=("id",))
    rows += read_table(folder / "units.csv", UNITS, problems, key=("id",))
    return {row.text("name_vi"): row.text("id") for row in rows}


def unit_ids_by_name(folder: Path, problems: list[UserError]) -> dict[str, str]:
    """The registry id of every unit inside a body, by its official name."""
    return {row.text("name_vi"): row.text("id") for row in read_table(folder / "units.csv", UNITS, problems, key=("id",))}


def language(folder: Path) -> str:
    """The language of a country's official texts (``country.toml``); "" where the file does not say."""
    settings = read_toml(folder / "country.toml", [])
    return settings.text("language") if settings else ""


def read_un_bodies(path: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graph ``un/bodies`` of the treaty bodies in ``path`` (``data/un/bodies.csv``)."""
    out = GraphWriter(ids.graph("un/bodies"))
    for row in read_table(path, UN_BODIES, problems, key=("id",)):
        body = ids.un_body(row.text("id"))
        out.a(body, "pg:PublicBody")
        out.label(body, row.text("name_vi"), row.text("name_en"), row.text("id"))
        out.link(body, "pg:bodyKind", concept("body-kind", row.text("kind")))
        write_provenance(out, body, row)
    return out.quads


def _state(out: GraphWriter, ids: Ids, folder: Path, problems: list[UserError]) -> None:
    settings = read_toml(folder / "country.toml", problems)
    if settings is None:
        return
    code = settings.text("code")
    if code and code != ids.country:
        problems.append(fail("toml-value-choice", file=settings.file, name="code", value=code, choices=ids.country))
    settings.text("language")
    name = settings.bilingual("name")
    out.a(ids.state(ids.country), "pg:State")
    out.label(ids.state(ids.country), name["vi"], name["en"], ids.country)


def _body(out: GraphWriter, ids: Ids, row: Row, problems: list[UserError]) -> None:
    since, until = row.day("exists_from"), row.day("exists_until")
    if since and until and until <= since:
        problems.append(row.problem("table-dates-order", "exists_until", until=until, since=since))
    body = ids.body(row.text("id"))
    out.a(body, "pg:PublicBody")
    out.label(body, row.text("name_vi"), row.text("name_en"), row.text("id"))
    out.link(body, "pg:bodyKind", concept("body-kind", row.text("kind")))
    out.link(body, "pg:concernsState", ids.state(ids.country))
    out.value(body, "pg:existsFrom", since)
    out.value(body, "pg:existsUntil", until)
    out.value(body, "pg:askedOnly", row.flag("asked_only"))
    out.value(body, "pg:continuesSource", row.text("continues_source"))
    write_provenance(out, body, row)


def _group(out: GraphWriter, ids: Ids, row: Row) -> None:
    group = ids.body(row.text("id"))
    out.a(group, "pg:BodyGroup")
    out.label(group, row.text("name_vi"), row.text("name_en"), row.text("id"))
    out.text(group, "rdfs:comment", row.text("note_en"), "en")
    write_provenance(out, group, row)


def _unit(out: GraphWriter, ids: Ids, row: Row) -> None:
    unit = ids.unit(row.text("id"))
    out.a(unit, "pg:BodyUnit")
    out.label(unit, row.text("name_vi"), row.text("name_en"), row.text("id"))
    out.link(unit, "pg:unitOf", ids.body(row.text("unit_of")))
    write_provenance(out, unit, row)
