"""The words of a vocabulary, as a workbook offers and understands them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.catalogue import bind as terms
from pactgraph.catalogue import load
from pactgraph.namespaces import VOCAB
from pactgraph.questions.resolve import Queryable


@dataclass
class Words:
    """``names``: the name of each code by language; ``codes``: every way to write one (codes too) → the code."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def named(self, lang: str) -> dict[str, str]:
        """The name of each code in a language."""
        return {code: names.get(lang) or next(iter(names.values()), code) for code, names in self.names.items()}


def words_of(store: Queryable, scheme: str) -> Words:
    """The words of a scheme, such as ``task-status``."""
    found = Words()
    rows = store.query(load("lookup", "concepts").bind({"scheme": terms.iri(VOCAB + scheme)}))
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        code, words, lang = (getattr(row[name], "value", "") for name in ("code", "words", "lang"))
        names = found.names.setdefault(code, {})
        if getattr(row["first"], "value", "") == "1":
            names[lang] = words
        found.codes.setdefault(words, code)
        found.codes.setdefault(code, code)
    return found
