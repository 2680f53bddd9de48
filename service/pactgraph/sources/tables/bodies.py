"""The public bodies of a country with their groups and units, and the treaty bodies of the United Nations."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError, fail
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.official import language, languages, official
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
    Column("note_en", optional=True),
    Column("note_vi", optional=True),
)
_DATES = (Column("exists_from", "date", optional=True), Column("exists_until", "date", optional=True))
GROUPS = (
    *_NAMED,
    Column("kind", "code", optional=True),
    *_DATES,
    Column("asked_only", "boolean", optional=True),
    Column("note_en"),
    Column("note_vi", optional=True),
    *PROVENANCE,
)
UNITS = (
    _NAMED[0],
    Column("unit_of", "code", required=True),
    *_NAMED[1:],
    *_DATES,
    Column("continues_source", optional=True),
    *PROVENANCE,
    Column("note_en", optional=True),
    Column("note_vi", optional=True),
)
UN_BODIES = (*_NAMED, Column("kind", "code", required=True), *PROVENANCE)


def read(folder: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/bodies``: the state, its bodies, groups of bodies and units inside bodies."""
    out = GraphWriter(ids.graph(f"{ids.country}/bodies"))
    _state(out, ids, folder, problems)
    bodies = read_bodies(folder, problems)
    for body in bodies:
        _body(out, ids, body, problems)
    known = {body.text("id"): ("bodies.csv", body.number) for body in bodies}
    for group in read_groups(folder, problems):
        if _id_free(group, known, problems):
            _group(out, ids, group, problems)
            known[group.text("id")] = ("groups.csv", group.number)
    for unit in read_units(folder, problems):
        if known.get(unit.text("unit_of"), ("",))[0] != "bodies.csv":
            problems.append(unit.problem("table-reference", "unit_of", value=unit.text("unit_of"), table="bodies.csv"))
        elif _id_free(unit, known, problems):
            _unit(out, ids, unit, problems)
    return out.quads


def _id_free(row: Row, known: dict[str, tuple[str, int]], problems: list[UserError]) -> bool:
    """Whether no body or group has the id of a row: a transfer names a giver by its id alone."""
    taken = known.get(row.text("id"))
    if taken:
        problems.append(row.problem("bodies-id-taken", "id", value=row.text("id"), table=taken[0], row=taken[1]))
    return taken is None


def agents(folder: Path, ids: Ids) -> dict[str, tuple[str, Row]]:
    """Every body, group and unit by its id: its IRI and its row. Problems are those of :func:`read`, not told again."""
    found = {row.text("id"): (ids.unit(row.text("id")), row) for row in read_units(folder, [])}
    for row in (*read_groups(folder, []), *read_bodies(folder, [])):
        found[row.text("id")] = (ids.body(row.text("id")), row)
    return found


def read_bodies(folder: Path, problems: list[UserError]) -> list[Row]:
    """The rows of ``bodies.csv``."""
    return read_table(folder / "bodies.csv", official(BODIES, folder), problems, key=("id",))


def read_groups(folder: Path, problems: list[UserError]) -> list[Row]:
    """The rows of ``groups.csv``."""
    return read_table(folder / "groups.csv", official(GROUPS, folder), problems, key=("id",))


def read_units(folder: Path, problems: list[UserError]) -> list[Row]:
    """The rows of ``units.csv``."""
    return read_table(folder / "units.csv", official(UNITS, folder), problems, key=("id",))


def ids_by_name(folder: Path, problems: list[UserError]) -> dict[str, str]:
    """The registry id of every official name of a body, group or unit."""
    column = f"name_{language(folder)}"
    rows = [*read_bodies(folder, problems), *read_groups(folder, problems), *read_units(folder, problems)]
    return {row.text(column): row.text("id") for row in rows}


def unit_ids_by_name(folder: Path, problems: list[UserError]) -> dict[str, str]:
    """The registry id of every unit inside a body, by its official name."""
    column = f"name_{language(folder)}"
    return {row.text(column): row.text("id") for row in read_units(folder, problems)}


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
    language(folder, problems)
    out.a(ids.state(ids.country), "pg:State")
    out.label(ids.state(ids.country), notation=ids.country)
    for lang, name in settings.by_language("name", languages(folder)).items():
        out.text(ids.state(ids.country), "rdfs:label", name, lang)


def _body(out: GraphWriter, ids: Ids, row: Row, problems: list[UserError]) -> None:
    body = ids.body(row.text("id"))
    _agent(out, body, "pg:PublicBody", row, problems)
    out.link(body, "pg:bodyKind", concept("body-kind", row.text("kind")))
    out.link(body, "pg:concernsState", ids.state(ids.country))
    out.value(body, "pg:askedOnly", row.flag("asked_only"))
    out.value(body, "pg:continuesSource", row.text("continues_source"))


def _group(out: GraphWriter, ids: Ids, row: Row, problems: list[UserError]) -> None:
    group = ids.body(row.text("id"))
    _agent(out, group, "pg:BodyGroup", row, problems)
    out.link(group, "pg:concernsState", ids.state(ids.country))
    if row.text("kind"):
        out.link(group, "pg:bodyKind", concept("body-kind", row.text("kind")))
    if row.flag("asked_only"):
        out.value(group, "pg:askedOnly", True)


def _unit(out: GraphWriter, ids: Ids, row: Row, problems: list[UserError]) -> None:
    unit = ids.unit(row.text("id"))
    _agent(out, unit, "pg:BodyUnit", row, problems)
    out.link(unit, "pg:unitOf", ids.body(row.text("unit_of")))
    out.value(unit, "pg:continuesSource", row.text("continues_source"))


def _agent(out: GraphWriter, agent: str, kind: str, row: Row, problems: list[UserError]) -> None:
    """What bodies, groups and units have in common: class, names, days, notes and source."""
    since, until = row.day("exists_from"), row.day("exists_until")
    if since and until and until <= since:
        problems.append(row.problem("table-dates-order", "exists_until", until=until, since=since))
    out.a(agent, kind)
    out.label(agent, notation=row.text("id"))
    for lang, name in row.by_language("name").items():
        out.text(agent, "rdfs:label", name, lang)
    out.value(agent, "pg:existsFrom", since)
    out.value(agent, "pg:existsUntil", until)
    for lang in ("vi", "en"):
        out.text(agent, "rdfs:comment", row.text(f"note_{lang}"), lang)
    write_provenance(out, agent, row)
