"""Finds keys of JSON-LD that no context explains: a reader leaves their values out without a word."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any

_MAPS = {"@language", "@index", "@id", "@type", "@graph"}


def unexplained_keys(text: str) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Each such key once, with its line and the nearest keys that the contexts of the document know. The text must be correct."""
    document = json.loads(text, strict=False)
    terms: dict[str, Any] = dict(_terms(document))
    if terms.get("@vocab"):
        return
    for key in dict.fromkeys(_unknown(document, terms)):
        line = text.count("\n", 0, max(text.find(json.dumps(key, ensure_ascii=False)), 0)) + 1
        yield key, line, tuple(difflib.get_close_matches(key, (name for name in terms if name[:1] != "@"), n=2, cutoff=0.6))


def _terms(value: Any) -> Iterator[tuple[str, Any]]:
    """What all contexts of a document define, wherever they stand."""
    if isinstance(value, list):
        for inner in value:
            yield from _terms(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "@context":
                for context in inner if isinstance(inner, list) else [inner]:
                    yield from context.items() if isinstance(context, dict) else ()
            yield from _terms(inner)


def _unknown(value: Any, terms: dict[str, Any]) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _unknown(inner, terms)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "@context":
                continue
            if not key.startswith("@") and ":" not in key and key not in terms:
                yield key
                continue
            meant = terms.get(key)
            container = meant.get("@container") if isinstance(meant, dict) else None
            mapped = bool(_MAPS & set([container] if isinstance(container, str) else container or ()))
            yield from _unknown(list(inner.values()) if mapped and isinstance(inner, dict) else inner, terms)
