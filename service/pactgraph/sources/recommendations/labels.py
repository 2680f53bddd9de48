"""The labels of a vocabulary as exports write them: label → code, and what is near a label that is not in it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from pactgraph.namespaces import SKOS
from pactgraph.resources import shipped

_TARGETS = {1: "5b", 2: "5c", 3: "9d", 4: "7c", 5: "6c", 6: "6b", 7: "3b", 8: "10b", 9: "5c", 10: "7c", 11: "7c", 12: "8c",
            13: "3b", 14: "7c", 15: "9c", 16: "10b", 17: "19"}
"""The last numbered and lettered target of each Sustainable Development Goal."""
_SDG = re.compile(r"(\d{1,2})(?:\.(\d{1,2}|[a-d]))?(?=$|[\s:–-])", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """A label without what two spellings of it may differ in: case, accents, punctuation, "&" and "and"."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D").replace("&", " and "))
    letters = (char if char.isalnum() else " " for char in plain.casefold() if not unicodedata.combining(char))
    return " ".join("".join(letters).split())


@dataclass(frozen=True)
class Labels:
    """A vocabulary: folded label → code; ``preferred``: code → the label that is shown."""

    codes: dict[str, str]
    preferred: dict[str, str]

    def code(self, label: str) -> str | None:
        """The code of a label; None where the vocabulary has no such label."""
        return self.codes.get(fold(label))

    def nearest(self, label: str) -> tuple[str, ...]:
        """Up to three labels that are written most like ``label``."""
        near = difflib.get_close_matches(fold(label), list(self.codes), n=3, cutoff=0.5)
        return tuple(dict.fromkeys(self.preferred[self.codes[name]] for name in near))


@cache
def vocabulary(scheme: str) -> Labels:
    """The English labels of a shipped vocabulary, preferred and alternative; a preferred one wins."""
    import pyoxigraph as ox

    path = shipped("ontology") / "vocabularies" / f"{scheme}.ttl"
    preferred: dict[str, str] = {}
    others: dict[str, str] = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        kind = quad.predicate.value.removeprefix(SKOS)
        code = str(quad.subject).strip("<>").partition(f"/{scheme}/")[2]
        if code and isinstance(quad.object, ox.Literal) and quad.object.language == "en":
            if kind == "prefLabel":
                preferred[code] = quad.object.value
            elif kind == "altLabel":
                others[fold(quad.object.value)] = code
    return Labels(others | {fold(label): code for code, label in preferred.items()}, preferred)


def sdg_code(label: str) -> str | None:
    """The number of a goal or target at the beginning of its label: ``16.3``; None where there is no such one."""
    match = _SDG.match(label.strip())
    if not match or int(match[1]) not in _TARGETS:
        return None
    goal, target = int(match[1]), (match[2] or "").lower()
    number, letter = re.fullmatch(r"(\d+)([a-d]?)", _TARGETS[goal]).groups()  # type: ignore[union-attr]
    known = not target or (1 <= int(target) <= int(number) if target.isdigit() else target <= letter)
    return (f"{goal}.{target}" if target else str(goal)) if known else None
