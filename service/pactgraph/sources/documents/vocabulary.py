"""Looks labels up in the vocabularies that come with the program; what they do not hold is told with what is near."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

import pyoxigraph as ox

from pactgraph.namespaces import SKOS, fold
from pactgraph.resources import shipped


@cache
def labels(scheme: str) -> dict[str, str]:
    """Every notation and English label of a vocabulary, folded → the label."""
    path = shipped("ontology") / "vocabularies" / f"{scheme}.ttl"
    notations: dict[str, str] = {}
    names: dict[str, str] = {}
    others: dict[str, str] = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        key = str(quad.subject)
        if quad.predicate.value == SKOS + "notation":
            notations[key] = quad.object.value
        elif quad.predicate.value in (SKOS + "prefLabel", SKOS + "altLabel") and quad.object.language == "en":
            value = quad.object.value
            if quad.predicate.value == SKOS + "prefLabel":
                names[key] = value
            else:
                others[_key(value)] = key
    known = {_key(name): name for name in names.values()}
    known |= {other: names[key] for other, key in others.items() if key in names}
    return known | {_key(code): names[key] for key, code in notations.items() if key in names}


def known(scheme: str, label: str) -> bool:
    """Whether a vocabulary has a label (or notation)."""
    return _key(label) in labels(scheme)


def nearest(scheme: str, label: str) -> tuple[str, ...]:
    """Up to two labels that are most like one."""
    found = get_close_matches(_key(label), labels(scheme), n=3, cutoff=0.6)
    return tuple(dict.fromkeys(labels(scheme)[key] for key in found))[:2]


def _key(text: str) -> str:
    return " ".join(fold(text.replace("&", " and ")).replace("/", " / ").split())
