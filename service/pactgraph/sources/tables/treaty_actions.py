"""What each source says that a State did in respect of a treaty: ``treaty_actions.csv`` in a country's folder.

Sources that differ have a row each, side by side; none replaces another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.texts import LANGUAGES, say

NOT_PARTY = "not-party"
ACTS = ("signature", "ratification", "accession", "domestic-approval", NOT_PARTY)
ACTIONS = (
    Column("treaty", "code", required=True),
    Column("act", "code", required=True, choices=ACTS),
    Column("source_id", "code", required=True),
    Column("date", "date"),
    Column("date_text"),
    *PROVENANCE,
    Column("note_en"),
    Column("note_vi"),
)
_LESS_THAN_A_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


def read(folder: Path, ids: Ids, notations: Mapping[str, str], problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/treaty-actions``; empty where the table is absent.

    ``notations`` gives the short code of every treaty by its key (:func:`pactgraph.sources.tables.treaties.notations`).
    An action's IRI holds the treaty, the act and ``source_id``, so that no row moves another.
    """
    path = folder / "treaty_actions.csv"
    if not path.is_file():
        return []
    out = GraphWriter(ids.graph(f"{ids.country}/treaty-actions"))
    for row in read_table(path, ACTIONS, problems, key=("treaty", "act", "source_id")):
        if _sound(row, notations, problems):
            _action(out, ids, notations[row.text("treaty")], row)
    return out.quads


def _sound(row: Row, notations: Mapping[str, str], problems: list[UserError]) -> bool:
    before = len(problems)
    if row.text("treaty") not in notations:
        problems.append(row.problem("table-reference", "treaty", value=row.text("treaty"), table="treaties.csv"))
    text = row.text("date_text")
    if text and not _LESS_THAN_A_DAY.fullmatch(text):
        problems.append(row.problem("treaty-action-text", "date_text", value=text))
    if text and row.day("date"):
        problems.append(row.problem("treaty-action-two-dates", "date_text"))
    if not text and not row.day("date") and row.text("act") != NOT_PARTY:
        problems.append(row.problem("treaty-action-no-date", "date"))
    return len(problems) == before


def _action(out: GraphWriter, ids: Ids, notation: str, row: Row) -> None:
    act, key = row.text("act"), row.text("source_id")
    action = ids.treaty_action(row.text("treaty"), act, key)
    out.a(action, "pg:TreatyAction")
    for lang in LANGUAGES:
        label = say("label-treaty-action", lang, treaty=notation, act=say(f"treaty-act-{act}", lang), source=key)
        out.text(action, "rdfs:label", label, lang)
        out.text(action, "rdfs:comment", row.text(f"note_{lang}"), lang)
    out.link(action, "pg:actionTreaty", ids.treaty(row.text("treaty")))
    out.link(action, "pg:actionBy", ids.state(ids.country))
    out.link(action, "pg:treatyAct", concept("treaty-act", act))
    out.value(action, "pg:actedOn", row.day("date"))
    out.value(action, "pg:dateText", row.text("date_text"))
    write_provenance(out, action, row)
