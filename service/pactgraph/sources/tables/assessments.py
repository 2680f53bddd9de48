"""What institutions consider of laws beside a treaty provision: ``organisations.csv`` and ``assessments.csv``.

A view is always told with its assessor and its day, and never overwritten: a later view of the same assessor is a row of
its own. "Not assessed" is no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import links
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.texts import LANGUAGES, say

ORGANISATIONS_TABLE = "organisations.csv"
TABLE = "assessments.csv"
SILENT = "silent"
VIEWS = ("conforms", "partly", SILENT, "conflicts")
KINDS = ("non-governmental-organisation", "professional-body", "un-body", "other")
ORGANISATIONS = (
    Column("id", "code", required=True),
    Column("name_vi", required=True),
    Column("name_en", required=True),
    Column("kind", "code", required=True, choices=KINDS),
    *PROVENANCE,
    Column("note_vi"),
    Column("note_en"),
)
ASSESSMENTS = (
    Column("id", "code", required=True),
    Column("assessor", "code", required=True),
    Column("assessed_on", "date", required=True),
    Column("law", "code"),
    Column("provision", "code"),
    Column("against", required=True),
    Column("view", "code", required=True, choices=VIEWS),
    Column("reasoning_vi", required=True),
    Column("reasoning_en", required=True),
    Column("note_vi"),
    Column("note_en"),
    *PROVENANCE,
)


@dataclass(frozen=True)
class Names:
    """The name of every thing that a view may name, by IRI and language."""

    known: frozenset[str]
    labels: dict[tuple[str, str], str]

    def of(self, iri: str, lang: str) -> str:
        """The name in a language, in the other one where it has none, else the end of the IRI."""
        named = (self.labels.get((iri, code)) for code in (lang, *LANGUAGES))
        return next((name for name in named if name), iri.rsplit("/", 1)[-1])


def read(folder: Path, ids: Ids, quads: list[Quad], problems: list[UserError]) -> list[Quad]:
    """The graphs ``{country}/organisations`` and ``{country}/assessments``; a country may have neither table.

    ``quads`` are those of laws, bodies and treaties: what a view may name.
    """
    out = organisations(folder, ids, problems)
    if not (folder / TABLE).is_file():
        return out
    names = names_of([*quads, *out])
    views = GraphWriter(ids.graph(f"{ids.country}/assessments"))
    seen: dict[tuple[str, ...], int] = {}
    for row in read_table(folder / TABLE, ASSESSMENTS, problems, key=("id",)):
        same = tuple(str(row.cells[name] or "") for name in ("assessor", "assessed_on", "law", "provision", "against"))
        if same in seen:
            problems.append(row.problem("assessment-twice", "assessor", row=seen[same]))
        seen.setdefault(same, row.number)
        _view(views, ids, row, names, problems)
    return out + views.quads


def organisations(folder: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/organisations``."""
    path = folder / ORGANISATIONS_TABLE
    out = GraphWriter(ids.graph(f"{ids.country}/organisations"))
    for row in read_table(path, ORGANISATIONS, problems, key=("id",)) if path.is_file() else []:
        organisation = ids.organisation(row.text("id"))
        out.a(organisation, "pg:Organisation")
        out.label(organisation, row.text("name_vi"), row.text("name_en"), row.text("id"))
        out.link(organisation, "pg:bodyKind", concept("body-kind", row.text("kind")))
        for lang in LANGUAGES:
            out.text(organisation, "rdfs:comment", row.text(f"note_{lang}"), lang)
        write_provenance(out, organisation, row)
    return out.quads


def names_of(quads: list[Quad]) -> Names:
    """The things that these quads name."""
    labels = {
        (quad.subject.value, quad.object.language): quad.object.value  # type: ignore[union-attr]
        for quad in quads
        if quad.predicate.value.endswith("#label") and getattr(quad.object, "language", None)
    }
    return Names(links.subjects(quads), labels)  # type: ignore[arg-type]


def agent(row: Row, column: str, ids: Ids, known: frozenset[str], problems: list[UserError]) -> str | None:
    """The body of the country, UN body or organisation that a cell names; None, with a problem, if there is none."""
    key = row.text(column)
    possible = (ids.body(key), ids.un_body(key), ids.organisation(key))
    found = next((iri for iri in possible if iri in known), None)
    if key and found is None:
        problems.append(row.problem("assessor-unknown", column, value=key))
    return found


def _view(out: GraphWriter, ids: Ids, row: Row, names: Names, problems: list[UserError]) -> None:
    before = len(problems)
    assessor = agent(row, "assessor", ids, names.known, problems)
    law = _law(row, ids, names.known, problems)
    provisions = links.provision_iris(row.text("against"), ids)
    provision = links.known_target(row, "against", provisions, names.known, problems)
    if len(problems) > before or assessor is None or law is None or provision is None:
        return
    view = ids.law_assessment(row.text("id"))
    out.a(view, "pg:LawAssessment")
    for lang in LANGUAGES:
        label = say(f"label-law-view-{row.text('view')}", lang, assessor=names.of(assessor, lang),
                    day=row.day("assessed_on"), law=names.of(law, lang), provision=names.of(provision, lang))
        out.text(view, "rdfs:label", label, lang)
        out.text(view, "pg:reasoning", row.text(f"reasoning_{lang}"), lang)
        out.text(view, "rdfs:comment", row.text(f"note_{lang}"), lang)
    out.link(view, "pg:assessor", assessor)
    out.value(view, "pg:assessedOn", row.day("assessed_on"))
    out.link(view, "pg:assesses", law)
    out.link(view, "pg:againstProvision", provision)
    out.link(view, "pg:grade", concept("law-view", row.text("view")))
    write_provenance(out, view, row)


def _law(row: Row, ids: Ids, known: frozenset[str], problems: list[UserError]) -> str | None:
    """What is judged: a law, an article of one, or, where the assessor finds no law at all, the State."""
    law, number = row.text("law"), row.text("provision")
    if not law:
        if row.text("view") == SILENT and not number:
            return ids.state(ids.country)
        problems.append(row.problem("assessment-law-absent", "law"))
        return None
    iri = ids.law_provision(law, number) if number else ids.law(law)
    if ids.law(law) not in known:
        problems.append(row.problem("table-reference", "law", value=law, table="laws.csv"))
    elif iri not in known:
        problems.append(row.problem("table-reference", "provision", value=number, table="legal_provisions.csv"))
    else:
        return iri
    return None
