"""An assessment that somebody enters: what an institution or a role considers of a recommendation or a task, on a day.

It never replaces another: each assessor, thing and day makes an assessment of its own. Which grade, assessor and source it
needs is said by the shapes, which the writer asks before anything is journaled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from pactgraph.access.author import Author
from pactgraph.ids import Ids
from pactgraph.journal.entry import UPDATE
from pactgraph.sources.quads import GraphWriter
from pactgraph.texts import LANGUAGES, say
from pactgraph.writing.change import Change

SCALES = {"Recommendation": ("committee-grade", "task-status"), "RecommendedAction": ("committee-grade", "task-status"),
          "PlanTask": ("task-status",)}
"""The vocabularies of grades by the class of what is assessed."""


@dataclass(frozen=True)
class Entered:
    """What somebody entered; IRIs for ``about``, ``assessor`` and ``grade``, empty where nothing was given."""

    about: str
    assessor: str
    grade: str
    day: date
    source: str
    note: str = ""
    lang: str = "vi"


Named = dict[str, dict[str, str]]
"""The names of things by IRI and language."""


def assessment(entered: Entered, author: Author, ids: Ids, names: Named) -> Change:
    """The change that enters an assessment into the graph of its author. Two forms with the same words change it once."""
    out = GraphWriter("urn:default")
    subject = ids.entered_assessment(entered.assessor, entered.about, entered.day)
    out.a(subject, "pg:Assessment")
    for lang in LANGUAGES:
        out.text(subject, "rdfs:label", say("label-entered-assessment", lang, day=entered.day.strftime("%d/%m/%Y"), **{
            name: names.get(iri, {}).get(lang) or iri.rsplit("/", 1)[-1] or "–"
            for name, iri in (("assessor", entered.assessor), ("about", entered.about), ("grade", entered.grade))}), lang)
    out.link(subject, "pg:assesses", entered.about)
    out.link(subject, "pg:assessor", entered.assessor)
    out.link(subject, "pg:grade", entered.grade)
    out.value(subject, "pg:assessedOn", entered.day)
    out.value(subject, "dcterms:source", entered.source)
    out.text(subject, "rdfs:comment", entered.note, entered.lang)
    quads = frozenset(ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph()) for quad in out.quads)
    return Change(author, quads, kind=UPDATE, extra={"assessment": subject})
