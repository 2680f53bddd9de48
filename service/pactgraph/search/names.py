"""The whole names by which a thing is found first: its codes, its labels, and the beginnings of labels that are names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pactgraph.search.entries import CODE, LABELS, LONGER_CODE, Text
from pactgraph.search.words import key

_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_INNER = re.compile(r"\(([^()]+)\)")
_LONGEST_HEAD = 60


def keys_of(texts: Iterable[Text]) -> set[tuple[str, int]]:
    """What is compared with a whole search, and whether it is a code (1) or a name (0).

    Of "Article 19: Freedom of expression" also "Article 19" and "Freedom of expression"; of "Law on Cybersecurity
    (24/2018/QH14)" also what stands without the brackets and in them.
    """
    found: set[tuple[str, int]] = set()
    for text in texts:
        if text.role in (CODE, LONGER_CODE):
            found.add((key(text.text), 1))
        elif text.role in LABELS:
            found |= {(key(form), 0) for form in _forms(text.text)}
    return {(name, code) for name, code in found if name and not (code == 0 and (name, 1) in found)}


def _forms(label: str) -> set[str]:
    forms = {label, _IN_BRACKETS.sub("", label), *_INNER.findall(label)}
    head, colon, rest = label.partition(": ")
    if colon and len(head) <= _LONGEST_HEAD:
        forms |= {head, rest}
    return forms
