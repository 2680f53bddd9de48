"""Which review cycle a report is about."""

from __future__ import annotations

from pactgraph.errors import fail
from pactgraph.reports.asking import Asker, Row


def rows_of_cycle(asker: Asker, wanted: str | None) -> list[Row]:
    """The rows of ``reports/cycles`` of one cycle, a row a plan: the one that a user's word means, else the latest whose
    recommendations are recorded. Where there is none, a UserError names those that are known."""
    cycles = asker.rows("reports", "cycles")
    iri = asker.find("pg:ReviewCycle", wanted) if wanted else ""
    found = [row for row in cycles if row["cycle"] == (iri or cycles[-1]["cycle"])] if cycles else []
    if not found:
        known = dict.fromkeys(row["cycle"].rsplit("/", 1)[-1] for row in cycles)
        raise fail("report-cycle", value=wanted or "–", known=", ".join(known) or "–")
    return found
