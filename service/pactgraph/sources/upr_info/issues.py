"""The issues of UPR Info as the vocabulary ``upr-info-issue`` has them: by label, by code, and what is near a wrong label."""

from __future__ import annotations

import difflib
from functools import cache

from pactgraph.namespaces import SKOS
from pactgraph.resources import shipped


@cache
def issue_labels() -> dict[str, str]:
    """Code → label of the database (English)."""
    return {code: label for code, label, preferred in _labels() if preferred}


@cache
def _folded() -> dict[str, str]:
    """A label, or the wording of the published list, in small letters → code."""
    return {_fold(label): code for code, label, _ in _labels()}


def issue_code(label: str) -> str | None:
    """The code of a label in any case; None where UPR Info has no such issue."""
    return _folded().get(_fold(label))


def nearest_issues(label: str) -> tuple[str, ...]:
    """Up to three labels that are written most like ``label``."""
    near = difflib.get_close_matches(_fold(label), list(_folded()), n=3, cutoff=0.5)
    return tuple(dict.fromkeys(issue_labels()[_folded()[name]] for name in near))


def _fold(label: str) -> str:
    return " ".join(label.replace("’", "'").casefold().split())


@cache
def _labels() -> tuple[tuple[str, str, bool], ...]:
    """Code, English label, and whether it is the preferred one, of every issue."""
    import pyoxigraph as ox

    file = shipped("ontology") / "vocabularies" / "upr-info-issue.ttl"
    found = []
    for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
        kind = quad.predicate.value.removeprefix(SKOS)
        if kind in ("prefLabel", "altLabel") and isinstance(quad.object, ox.Literal) and quad.object.language == "en":
            path = str(quad.subject.value).partition("/upr-info-issue/")  # type: ignore[union-attr]
            if path[2]:  # the scheme itself has no code
                found.append((path[2], quad.object.value, kind == "prefLabel"))
    return tuple(found)
