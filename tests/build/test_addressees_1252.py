"""Who answers today for what Decision 1252/QĐ-TTg gave to bodies that are gone: written by hand from the annex and the
transfers of 2025, row by row."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

from pactgraph.build.addressees import derive_addressees
from pactgraph.build.assemble import assemble
from pactgraph.build.facts import Facts
from pactgraph.ids import Ids
from pactgraph.settings import Settings

IDS = Ids(country="vnm")
PLAN = "1252-qd-ttg-2019"
FOLDER = Path(__file__).resolve().parents[2] / "data" / "vnm" / "plans" / PLAN

# (row, body of 2019) → (bodies of 2026-11-21, basis)
EXPECTED = {
    ("A.II.1.3", "mot"): ("moc mps", "ambiguous"),
    ("A.II.1.3", "mic"): ("mcst most mps", "ambiguous"),
    ("A.II.1.4", "moha"): ("memr", "verified"),  # religious affairs, from a ministry that goes on
    ("A.II.1.5", "mic"): ("mcst mps", "verified"),  # press and publishing; network information security
    ("A.II.2.1", "molisa"): ("mae moet moh moha mps", "ambiguous"),
    ("A.II.2.2.a", "molisa"): ("moha", "verified"),
    ("A.II.2.2.c", "molisa"): ("mae moet moh moha mps", "ambiguous"),
    ("A.II.3.2", "molisa"): ("mps", "verified"),
    ("A.II.3.5", "molisa"): ("moh", "verified"),
    ("A.II.3.7", "molisa"): ("moha", "verified"),
    ("A.II.3.7", "mpi"): ("mof", "verified"),
    ("A.II.3.10", "cema"): ("memr", "verified"),
    ("B.I", "molisa"): ("moh moha", "unverified"),  # women; children and, derived, persons with disabilities
    ("B.I", "cema"): ("memr", "verified"),
    ("B.V.1", "molisa"): ("moh", "unverified"),  # victims of trafficking: derived
    ("B.V.3", "molisa"): ("mps", "verified"),
    ("C.I", "mic"): ("mcst most mps", "ambiguous"),
    ("C.II.3", "molisa"): ("mps", "verified"),
    ("C.II.4", "cema"): ("memr", "verified"),
    ("C.III", "mic"): ("mcst", "verified"),  # publicity abroad: external information
    ("C.III", "cema"): ("memr", "verified"),
    ("C.IV.3", "molisa"): ("moet", "verified"),  # teachers and learners: vocational education
}
RANK = ("verified", "unverified", "ambiguous", "none")


@pytest.fixture(scope="module")
def facts() -> Facts:
    quads: list[ox.Quad] = assemble(Settings())
    return Facts([*quads, *derive_addressees(quads, IDS.graph("derived/addressees"))])


def _answers(facts: Facts, responsibility: str, day: str) -> tuple[str, str]:
    """Who answers on a day, and the weakest basis among them."""
    found = []
    for addressee in facts.all(responsibility, "pg:hasAddressee"):
        start, end = facts.one(addressee, "pg:validFrom"), facts.one(addressee, "pg:validUntil")
        if start and start <= day and (end is None or day < end):
            body, basis = facts.one(addressee, "pg:addresseeBody"), facts.one(addressee, "pg:basis")
            found.append(((body or "").rsplit("/", 1)[1], (basis or "").rsplit("/", 1)[1]))
    return " ".join(sorted({body for body, _ in found})), max((basis for _, basis in found), key=RANK.index, default="")


def _given(facts: Facts) -> dict[tuple[str, str], str]:
    """The responsibilities of the plan's rows and duties that name one body: (row, body) → IRI."""
    given = {}
    for responsibility in facts.instances("pg:Responsibility"):
        item = facts.one(responsibility, "pg:responsibilityOf") or ""
        agent = facts.one(responsibility, "pg:responsibleAgent") or ""
        if f"/{PLAN}/" in item and agent in facts.instances("pg:PublicBody"):
            given[(facts.one(item, "pg:rowNumber") or facts.one(item, "skos:notation") or item,
                   agent.rsplit("/", 1)[1])] = responsibility
    return given


def test_every_responsibility_of_a_body_that_lost_it_is_listed(facts: Facts) -> None:
    """What changed hands between the plan's day and today is exactly what the table above says."""
    changed = {}
    for (row, body), responsibility in _given(facts).items():
        today = _answers(facts, responsibility, "2026-11-21")
        if today[0] != body:
            changed[(row, body)] = today
    assert changed == EXPECTED


def test_on_the_days_of_the_plan_the_named_body_answers(facts: Facts) -> None:
    given = _given(facts)
    for row, body in EXPECTED:
        assert _answers(facts, given[(row, body)], "2019-10-01") == (body, "verified"), row
        assert _answers(facts, given[(row, body)], "2025-02-28") == (body, "verified"), row


def test_every_row_that_stays_ambiguous_says_why(facts: Facts) -> None:
    with (FOLDER / "unresolved.csv").open(encoding="utf-8", newline="") as table:
        told = {(row["row"], row["agency_id"]) for row in csv.DictReader(table)}
    assert told == {key for key, (_, basis) in EXPECTED.items() if basis == "ambiguous"}
    for key in told:
        assert len(facts.all(_given(facts)[key], "rdfs:comment")) == 2


def test_bodies_that_may_only_be_asked_are_asked(facts: Facts) -> None:
    ordered = set()
    for (_, body), responsibility in _given(facts).items():
        asked = facts.one(responsibility, "pg:requested") == "true"
        assert asked == (facts.one(IDS.body(body), "pg:askedOnly") == "true"), responsibility
        if not asked:
            ordered.add(body)
    assert "hcma" in ordered  # a Party institution that the plan orders (C.IV.3)
    assert not ordered & {"spc", "spp", "nao", "vgcl", "vff", "vbf"}
