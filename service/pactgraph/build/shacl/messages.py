"""The messages of shapes in both languages, looked up in the shapes graph by the shape that found something."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pactgraph.namespaces import PG, VOCAB
from pactgraph.texts import LANGUAGES, say

_HOLE = re.compile(r"\{[?$](this|path|value)\}")


class Messages:
    """What the shapes of one graph (rdflib's) say."""

    def __init__(self, shapes: Any) -> None:
        self.shapes = shapes
        self.texts = cache(self._texts)
        self.gap_type = cache(self._gap_type)

    def fill(self, shape: Any, constraint: Any, component: str, holes: dict[str, str]) -> dict[str, str]:
        """The message by language, its holes filled; ``constraint`` is the node of a SPARQL constraint, or None."""
        texts: dict[str, str] = self.texts(shape, constraint)
        if not texts:
            return {lang: say("check-no-message", lang, component=component) for lang in LANGUAGES}
        return {lang: _HOLE.sub(lambda hole: holes[hole[1]], text) if "{" in text else text for lang, text in texts.items()}

    def _texts(self, shape: Any, constraint: Any) -> dict[str, str]:
        """The messages of a constraint and, where it has none in a language, those of its shape."""
        from rdflib import SH

        stated = [sorted(self.shapes.objects(node, SH.message)) for node in (constraint, shape) if node is not None]
        found: dict[str, str] = {}
        for message in (message for messages in stated for message in messages if message.language):
            found.setdefault(message.language, str(message))
        plain = next((str(message) for messages in stated for message in messages if not message.language), "")
        return found or (dict.fromkeys(LANGUAGES, plain) if plain else {})

    def _gap_type(self, shape: Any) -> str:
        from rdflib import URIRef

        value = self.shapes.value(shape, URIRef(PG + "gapType"))
        return str(value).removeprefix(f"{VOCAB}gap-type/") if value else ""
