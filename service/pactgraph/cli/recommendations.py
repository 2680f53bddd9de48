"""Shows what a reader of recommendations found: as the records of the contract, as a table, or as RDF."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pactgraph.cli.output import print_table
from pactgraph.cli.screen import note
from pactgraph.errors import UserError
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.build.imports import Added, Imports, Read
    from pactgraph.questions.table import Table
    from pactgraph.settings import Settings
    from pactgraph.sources.recommendations.reconcile import Outcome
    from pactgraph.sources.recommendations.records import Issue, Issues, Record
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
    tell(export.issues, export.file, len(export.records), lang)


def tell(issues: Iterable[Issue], file: str, count: int, lang: str) -> None:
    """The same for any export; what stands alike in many rows is told once, with the rows."""
    told = list(issues)
    for issue in told:
        near = say("issue-nearest", lang, names=", ".join(issue.nearest)) if issue.nearest else ""
        problem = UserError("issue-" + issue.code, {"found": issue.found, "column": issue.column, "nearest": near},
                            file, issue.row, issue.column)
        others = [str(row) for row in issue.rows if row != issue.row]
        more = say("issue-more-rows", lang, count=issue.count - 1, rows=_some(others, issue.count - 1)) if others else ""
        note(problem.message(lang) + more)
    note(say("import-read", lang, file=file, count=count, issues=len(told)))


def _some(rows: list[str], count: int) -> str:
    return ", ".join(rows) + (", …" if count > len(rows) else "")


def show_records(records: Iterator[Record], file: str, issues: Callable[[], Issues]) -> int:
    """Print the contract's JSON record by record, so that a long export needs no more memory than a short one.

    Returns how many records there are.
    """
    out, count = sys.stdout, 0
    out.write('{\n "records": [')
    for count, record in enumerate(records, 1):
        out.write((",\n  " if count > 1 else "\n  ") + json.dumps(record.as_json(file), ensure_ascii=False))
    out.write("\n ],\n" if count else "],\n")
    out.write(' "issues": ' + json.dumps([issue.as_json() for issue in issues()], ensure_ascii=False) + "\n}\n")
    return count


def show_common(added: Added, imports: Imports, form: str) -> None:
    """Print the records as a table, each with what an import would make of it (columns that say something), or all that the
    imports would then state as TriG."""
    if form == "trig":
        import pyoxigraph as ox

        from pactgraph.namespaces import PREFIXES

        data = ox.serialize(imports.quads(), format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
        assert data is not None
        sys.stdout.write(data.decode("utf-8"))
        return
    from pactgraph.questions.table import Table

    rows = [_shown(outcome) for outcome in added.comparison.outcomes]
    table = Table(list(rows[0]), [list(row.values()) for row in rows])
    print_table(table.only([name for name in rows[0] if any(row[name] for row in rows)]), "table")


def _shown(outcome: Outcome[Any]) -> dict[str, str]:
    record = outcome.record
    part = f"({record.part})" if record.part else ""
    articles = ", ".join(link["article"] for link in record.more.get("articles", []))
    return {"row": str(record.row), "result": outcome.status, "type": record.type if record.more else "",
            "symbol": record.symbol or "", "paragraph": (record.paragraph or "") + part, "body": record.body,
            "country": "; ".join(record.countries), "position": "; ".join(record.positions),
            "made by": "; ".join(record.recommending_states) if record.more else "", "themes": "; ".join(record.themes),
            "articles": articles, "text": _short(record.text)}


def tell_outcomes(read: Read, added: Added, lang: str) -> None:
    """What changed (field by field), vanished, could not be told apart or was left out, and how many of each."""
    from pactgraph.sources.recommendations.reconcile import AMBIGUOUS, CHANGED, NEW, SAME, VANISHED

    for outcome in added.comparison.outcomes:
        row = outcome.record.row
        if outcome.status == CHANGED:
            changes = "; ".join(f"{name}: {_value(before)} → {_value(now)}"
                                for name, (before, now) in outcome.differences.items())
            note(f"{read.file}: " + say("import-changed", lang, row=row, changes=changes))
        elif outcome.status == AMBIGUOUS:
            rows = ", ".join(str(candidate.row) for candidate in outcome.candidates)
            note(f"{read.file}: " + say("import-unclear", lang, row=row, rows=rows))
    for record, holding in added.comparison.vanished:
        what = "/".join(part for part in (record.symbol, record.paragraph, record.part) if part) or _short(record.text)
        note(f"{read.file}: " + say("import-vanished", lang, what=what, row=record.row, earlier=holding.writer.source.file))
    for reason, left in added.left.items():
        shown = _some([str(row) for row in left[:20]], len(left))
        note(f"{read.file}: " + say("import-left-out", lang, count=len(left), reason=say(reason, lang), rows=shown))
    counts = {status: added.comparison.count(status) for status in (NEW, CHANGED, SAME, AMBIGUOUS, VANISHED)}
    note(f"{read.file}: " + say("import-outcome", lang, **counts))


def _value(value: Any) -> str:
    return _short("; ".join(value) if isinstance(value, tuple) else str(value)) or "–"


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
