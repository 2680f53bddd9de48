"""Shows what a reader of recommendations found: as the records of the contract, as a table, or as RDF."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from pactgraph.cli.output import print_table
from pactgraph.cli.screen import note
from pactgraph.errors import UserError
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.questions.table import Table
    from pactgraph.settings import Settings
    from pactgraph.sources.upr_info import Export

_SHOWN = 90
"""How many characters of a text a table shows."""


def show(export: Export, settings: Settings, form: str) -> None:
    """Print an export on stdout in the form that the user chose."""
    if form == "json":
        json.dump(export.as_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif form == "trig":
        sys.stdout.write(_trig(export, settings))
    else:
        print_table(_table(export), "table")


def report(export: Export, lang: str) -> None:
    """Every issue at its row and column, in the user's language, and how many there are."""
    for issue in export.issues:
        near = say("issue-nearest", lang, names=", ".join(issue.nearest)) if issue.nearest else ""
        problem = UserError("issue-" + issue.code, {"found": issue.found, "column": issue.column, "nearest": near},
                            export.file, issue.row, issue.column)
        note(problem.message(lang))
    note(say("import-read", lang, file=export.file, count=len(export.records), issues=len(export.issues)))


def _table(export: Export) -> Table:
    from pactgraph.questions.table import Table

    rows = [[str(record.row), str(record.session), record.under_review.name, record.recommending.name,
             record.position or record.kind, str(record.action), "; ".join(record.themes), _short(record.text)]
            for record in export.records]
    return Table(["row", "session", "country", "recommending", "position", "action", "themes", "text"], rows)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


def _trig(export: Export, settings: Settings) -> str:
    import pyoxigraph as ox

    from pactgraph.ids import Ids
    from pactgraph.namespaces import PREFIXES
    from pactgraph.sources.tables.states import codes_by_name
    from pactgraph.sources.upr_info.to_rdf import preview

    registry = settings.data_folder() / "un" / "states.csv"
    states = codes_by_name(registry, []) if registry.is_file() else {}
    data = ox.serialize(preview(export, Ids(settings.base), states), format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
    assert data is not None
    return data.decode("utf-8")
