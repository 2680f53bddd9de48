"""The rounds that commands speak of: found in the graph, or as the journal has them; and their rows."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING

from pactgraph.cli.output import print_table
from pactgraph.cli.screen import note
from pactgraph.errors import fail
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.questions.crosswalk.propose import Crosswalk
    from pactgraph.questions.crosswalk.rounds import Round
    from pactgraph.settings import Settings
    from pactgraph.sources.decisions import SheetRow
    from pactgraph.store import Store
    from pactgraph.writing.crosswalk import Standing
    from pactgraph.writing.crosswalk_table import Table

_SHOWN = 70
"""How many characters of a text a table shows."""


def crosswalk_of(found: Round, store: Store, settings: Settings) -> Crosswalk:
    """What may be proposed in a round, beside the links that the graph has."""
    from pactgraph.questions.crosswalk.items import rows
    from pactgraph.questions.crosswalk.propose import propose

    linked = [(row["subject"], row["predicate"].rsplit("/", 1)[-1], row["object"], row["status"].rsplit("/", 1)[-1])
              for row in rows(store, "crosswalk-links")]
    return propose(found, linked, _reference(found, settings))


def _reference(found: Round, settings: Settings) -> re.Pattern[str] | None:
    """How the plans of the country name paragraphs of a document."""
    from pactgraph.sources.annex.reading import load_reading
    from pactgraph.sources.countries import country_folders

    if found.plan is None:
        return None
    country = found.plan.iri.removeprefix(f"{settings.base}id/").split("/")[0]
    folder = country_folders(settings.data_folder()).get(country)
    return load_reading(folder).document.paragraph_reference if folder else None


def journaled_round(store: Store, standing: dict[str, Standing], settings: Settings, document: str = "", plan: str = "",
                    keys: set[str] | None = None) -> Round:
    """The round that somebody means: by ``document`` and ``plan``, by the ``keys`` of a sheet, or the only one of the journal."""
    from pactgraph.questions.crosswalk.rounds import find_round

    base = settings.base
    pairs: dict[str, dict[str, Counter[str]]] = {"repeats": {}, "carriesOver": {}, "addresses": {}}
    for link in standing.values():
        new, old = _whole(link.subject, base), _whole(link.object, base)
        if keys is None or new.rsplit("/", 1)[1] in keys:
            pairs[link.predicate].setdefault(new, Counter())[old] += 1
    documents, plans = pairs["repeats"], {**pairs["addresses"], **pairs["carriesOver"]}
    if document or plan:
        documents = {iri: old for iri, old in documents.items() if document and iri == _named(store, "document", document)}
        plans = {iri: old for iri, old in plans.items() if plan and iri == _named(store, "plan", plan)}
        if bool(document) > bool(documents) or bool(plan) > bool(plans):
            raise fail("loading-nothing-proposed", name=document if document and not documents else plan)
    if not documents and not plans:
        raise fail("loading-no-proposals")
    if len(documents) > 1 or len(plans) > 1:
        raise fail("loading-which", names=", ".join(sorted(iri.rsplit("/", 1)[1] for iri in (*documents, *plans))))
    new, of_plan = next(iter(documents), ""), next(iter(plans), "")
    return find_round(store, new, of_plan, _most(documents, new), _most(pairs["carriesOver"], of_plan))


def _most(pairs: dict[str, Counter[str]], new: str) -> str:
    found = pairs.get(new)
    return found.most_common(1)[0][0] if found else ""


def _named(store: Store, kind: str, word: str) -> str:
    from pactgraph.questions.resolve import resolve

    return resolve(store, {"document": "pg:ConcludingObservations", "plan": "pg:ImplementationPlan"}[kind], word)


def _whole(iri: str, base: str) -> str:
    """The document or plan to which one end of a link belongs (or that it is)."""
    room, kind, key = iri.removeprefix(f"{base}id/").split("/")[:3]
    return f"{base}id/{room}/{'plan' if kind in ('task', 'plan') else 'doc'}/{key}"


# What is shown ------------------------------------------------------------------------------------------------------------


def tell_round(found: Round, lang: str) -> None:
    """What is compared with what, and of how much nothing can be said."""
    for kind, new, old in (("document", found.document, found.earlier_document), ("plan", found.plan, found.earlier_plan)):
        if new and old:
            note(say(f"loading-compared-{kind}", lang, new=new.name, old=old.name, count=len(new.items), before=len(old.items)))
        elif new:
            note(say(f"loading-first-{kind}", lang, new=new.name))
        if old and old.unread:
            note(say("loading-unread", lang, count=old.unread, old=old.name))
        if old and any(not item.loaded for item in old.items):
            note(say("loading-subjects-only", lang, old=old.name, count=sum(not item.loaded for item in old.items)))


def tell_counts(table: Table, rows: list[SheetRow], lang: str) -> None:
    """How many recommendations and tasks are repeated, narrowed, new, dropped."""
    from pactgraph.writing.crosswalk_rows import counts

    found = counts([table.possible[row.id] for row in rows], table.standing, table.base)
    for key, count in sorted(found.items()):
        note(say("loading-count", lang, what=say(f"crosswalk-count-{key}", lang), count=count))


def show_rows(rows: list[SheetRow], form: str, lang: str) -> None:
    """Print the rows of a sheet: shortened as a table, whole as JSON."""
    from pactgraph.questions.table import Table as Printed
    from pactgraph.sources.decisions.layout import COLUMNS, heading

    if form == "json":
        json.dump([dict(zip(COLUMNS, row.values(), strict=True)) for row in rows], sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    columns = ("kind", "new", "new_words", "old", "old_words", "proposed", "method", "score")
    print_table(Printed([heading(column, lang) for column in columns],
                        [[_short(getattr(row, column)) for column in columns] for row in rows]), "table")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"
