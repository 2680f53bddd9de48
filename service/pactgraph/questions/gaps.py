"""Lists the gaps for a day: those that the build stored, and those that only a day can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Protocol

import pyoxigraph as ox

from pactgraph.build.gaps import GRAPH, Gap, closings, depends_on_day, write_gap
from pactgraph.catalogue import load, names
from pactgraph.catalogue.bind import day as day_term
from pactgraph.catalogue.bind import string
from pactgraph.errors import fail
from pactgraph.ids import Ids
from pactgraph.namespaces import PREFIXES
from pactgraph.questions.resolve import resolve
from pactgraph.questions.table import Table
from pactgraph.sources.quads import GraphWriter
from pactgraph.texts import say

COLUMNS = ["type", "severity", "subject", "notation", "label", "body_today", "since", "message"]
SEVERITIES = ("error", "warning", "info")
_KINDS = {"article": "pg:Article", "body": "pg:Agent", "plan": "pg:ImplementationPlan"}


class Queryable(Protocol):
    """Anything that answers SPARQL: a store, or the pool of readers behind the service."""

    def query(self, text: str) -> object:
        """Run a query."""


@dataclass(frozen=True)
class Filter:
    """Which gaps to list; empty fields let all pass. ``article``, ``body`` and ``plan`` are IRIs."""

    article: str = ""
    body: str = ""
    plan: str = ""
    severity: str = ""
    type: str = ""


@dataclass(frozen=True)
class Body:
    """A body that leads what a gap is about on the day; ``asked``: it is asked, not ordered, and not responsible."""

    iri: str
    label: str
    asked: bool


@dataclass(frozen=True)
class Listed:
    """A gap with what a list says beside it."""

    gap: Gap
    notation: str
    label: str
    bodies: tuple[Body, ...]


def filter_of(store: Queryable, words: Mapping[str, str | None]) -> Filter:
    """The filter that a user's words mean; a word that means nothing raises a UserError with the nearest."""
    given = {name: (value or "").strip() for name, value in words.items()}
    severity, kind = check_severity(given.get("severity", "")), given.get("type", "")
    known = [name for name in names("gaps") if kind]
    if kind and kind not in known:
        raise fail("gap-type-unknown", value=kind, near=", ".join(get_close_matches(kind, known, n=3, cutoff=0.4) or known))
    things = {name: resolve(store, kind, given[name]) if given.get(name) else "" for name, kind in _KINDS.items()}
    return Filter(severity=severity, type=kind, **things)


def check_severity(word: str) -> str:
    """A severity as the user wrote it, or nothing; any other word raises a UserError."""
    if word and word not in SEVERITIES:
        raise fail("gap-severity-unknown", value=word, known=", ".join(SEVERITIES))
    return word


def gap_list(store: Queryable, lang: str, as_of: str | None = None, only: Filter | None = None) -> list[Listed]:
    """The gaps of a day, the heaviest first. ``as_of`` is YYYY-MM-DD, None for today."""
    only, day = only or Filter(), as_of or date.today().isoformat()
    day_term(day)  # another form is told before anything is asked
    subjects = {row["subject"]: row for row in _rows(store, load("lookup", "gap-subjects").bind({"lang": string(lang)}))}
    about_article = _about_article(store, only.article) if only.article else frozenset()
    leads = _leads(store, lang, day)
    found = []
    for gap in _gaps(store, day, only.type):
        about, bodies = subjects.get(gap.subject, {}), leads.get(gap.subject, ())
        if _passes(gap, about, bodies, only) and (not only.article or gap.subject in about_article):
            found.append(Listed(gap, about.get("notation", ""), about.get("label", ""), tuple(bodies)))
    found.sort(key=lambda item: (SEVERITIES.index(item.gap.severity), item.gap.type, _natural(item.notation), item.gap.subject))
    return found


def gap_rows(found: Iterable[Listed], lang: str) -> Table:
    """Gaps as a table."""
    rows = [
        [item.gap.type, item.gap.severity, item.gap.subject, item.notation, item.label,
         "; ".join(_named(body, lang) for body in item.bodies), item.gap.since, item.gap.message[lang]]
        for item in found
    ]
    return Table(columns=list(COLUMNS), rows=rows)


def gap_table(store: Queryable, lang: str, as_of: str | None = None, only: Filter | None = None) -> Table:
    """The gaps of a day as a table. ``as_of`` is YYYY-MM-DD, None for today."""
    return gap_rows(gap_list(store, lang, as_of, only), lang)


def gap_turtle(store: Queryable, ids: Ids, as_of: str | None, found: Iterable[Listed]) -> bytes:
    """The gaps of a day as resources: as the build stores them, with the bodies of that day."""
    day = date.fromisoformat(as_of) if as_of else date.today()
    out, closing = GraphWriter(ids.graph(GRAPH)), closings(store)
    for item in found:
        subject = write_gap(out, item.gap, ids, closing)
        out.value(subject, "pg:asOf", day)
        for body in item.bodies:
            out.link(subject, "pg:askedBodyOnDay" if body.asked else "pg:bodyOnDay", body.iri)
    used = {name: PREFIXES[name] for name in ("pg", "rdfs", "xsd")}
    return ox.serialize([quad.triple for quad in out.quads], format=ox.RdfFormat.TURTLE, prefixes=used) or b""


def gap_finders() -> tuple[str, ...]:
    """What finds gaps on a day: the names of the queries that depend on the day, and "" for what the build stored."""
    return ("", *(name for name in names("gaps") if depends_on_day(load("gaps", name))))


def gap_subjects(store: Queryable, finder: str, day: str) -> list[str]:
    """What the gaps of one of the :func:`gap_finders` are about on a day, a subject a gap: as many as :func:`gap_list` has."""
    if finder:
        return [row["subject"] for row in _rows(store, load("gaps", finder).bind({"asOf": day_term(day)}))]
    return [row["subject"] for row in _rows(store, load("lookup", "gap-days").text) if row["since"] <= day]


def closing_words(store: Queryable, lang: str) -> dict[str, str]:
    """What would close a gap of each type, in one language."""
    return {kind: words.get(lang, "") for kind, words in closings(store).items()}


def _named(body: Body, lang: str) -> str:
    return say("body-asked", lang, body=body.label) if body.asked else body.label


def _natural(code: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in code.replace("/", ".").split(".")]


def _gaps(store: Queryable, day: str, kind: str) -> Iterator[Gap]:
    """The stored gaps that were there on the day, and those that the day tells; where a kind is named, no other is looked for."""
    for row in _rows(store, load("lookup", "gap-rows").text):
        if row["since"] <= day:
            yield _gap(row["type"], row["found_by"], row)
    for name in names("gaps"):
        query = load("gaps", name)
        found = query.headers.get("gap", name)
        if depends_on_day(query) and kind in ("", found):
            for row in _rows(store, query.bind({"asOf": day_term(day)})):
                yield _gap(found, name, row)


def _gap(kind: str, found_by: str, row: Mapping[str, str]) -> Gap:
    message = {"vi": row["message_vi"], "en": row["message_en"]}
    return Gap(kind, row["severity"].rsplit("/", 1)[-1], row["subject"], found_by, message, row["since"])


def _leads(store: Queryable, lang: str, day: str) -> dict[str, list[Body]]:
    found: dict[str, list[Body]] = defaultdict(list)
    query = load("lookup", "leads-on-day").bind({"lang": string(lang), "asOf": day_term(day)})
    for row in _rows(store, query):
        body = Body(row["body"], row["bodyLabel"], row["asked"] == "true")
        if all(body.iri != other.iri for other in found[row["subject"]]):
            found[row["subject"]].append(body)
    return found


def _about_article(store: Queryable, article: str) -> frozenset[str]:
    rows = _rows(store, load("lookup", "gap-articles").text)
    return frozenset(row["subject"] for row in rows if row["article"] == article)


def _passes(gap: Gap, about: Mapping[str, str], bodies: Iterable[Body], only: Filter) -> bool:
    return (
        (not only.severity or gap.severity == only.severity)
        and (not only.type or gap.type == only.type)
        and (not only.plan or only.plan in (about.get("plan"), gap.subject))
        and (not only.body or gap.subject == only.body or any(body.iri == only.body for body in bodies))
    )


def _rows(store: Queryable, text: str) -> Iterator[dict[str, str]]:
    solutions = store.query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    variables = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: getattr(solution[name], "value", "") or "" for name in variables}
