"""Proposes which recommendations and tasks of a new round take up which of the earlier one, with method, score and words.

A proposal is only that: nobody has judged it. The score says how much the words have in common and which subjects both name; it
is no probability.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from pactgraph.questions.crosswalk.items import RECOMMENDATION, Item
from pactgraph.questions.crosswalk.rounds import Round, Side
from pactgraph.questions.crosswalk.words import Weights, words_of

REPEATS, CARRIES, ADDRESSES = "repeats", "carriesOver", "addresses"
WHOLE, NARROWER, WIDER, PARTLY = "whole", "narrower", "wider", "partly"
EXTENTS = (WHOLE, NARROWER, WIDER, PARTLY)
"""How much of the earlier one the new one takes up: all and no more, less, more, some and some other."""
SIMILAR, NAMED, SUBJECT = "similar-words", "names-the-instrument", "subject-of-paragraph"
LEAST = 0.4
"""The lowest score that is proposed."""
_ENOUGH = 0.55
"""The share of a text that must stand in the other for the other to have taken it up."""
_RELATED = 0.3
"""Below this share nothing is said of how much is taken up."""
_SHORT = 3
_BY_REFERENCE = 0.95
_BY_SUBJECT = 0.4
_REFERENCE = re.compile(r"(?P<symbol>[A-Z]{2,6}(?:/[A-Z0-9]+){2,4})\s*,\s*paras?\.\s*"
                        r"(?P<numbers>\d+(?:\s*(?:,|and|–|-)\s*\d+)*)")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Proposal:
    """A link that somebody should judge: ``new`` does something to ``old``. ``extent`` is "" where the words of one are not
    loaded or it means nothing; ``shared`` are words of both, ``subjects`` the IRIs that both are about, ``left_out`` the letters
    of the parts that were not taken up; ``quoted`` the words of both that the proposal rests on."""

    predicate: str
    new: Item
    old: Item
    method: str
    score: float
    extent: str = ""
    shared: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    quoted: tuple[str, str] = ("", "")


@dataclass
class Crosswalk:
    """The proposals of a round, and what is left: new ones that take up nothing, earlier ones that nothing takes up."""

    proposals: list[Proposal] = field(default_factory=list)
    new: list[Item] = field(default_factory=list)
    dropped: list[Item] = field(default_factory=list)

    def of(self, predicate: str) -> list[Proposal]:
        """The proposals of one kind."""
        return [proposal for proposal in self.proposals if proposal.predicate == predicate]


Linked = Iterable[tuple[str, str, str, str]]
"""The links that the graph has: subject, predicate (its last word), object, status (its last word)."""


def propose(found: Round, linked: Linked, reference: re.Pattern[str] | None = None) -> Crosswalk:
    """The crosswalk of a round. A pair that has a link of any status is not proposed again; one whose link was not rejected or
    superseded counts as taken up. ``reference``: how a task names paragraphs of the document (the words of the country)."""
    have = {(subject, predicate, target): status for subject, predicate, target, status in linked}
    result = Crosswalk()
    for predicate, new, old in ((REPEATS, found.document, found.earlier_document), (CARRIES, found.plan, found.earlier_plan)):
        if new and old:
            _compare(result, predicate, new, old, have)
    if found.plan and found.document:
        result.proposals += _answers(found.plan, found.document, have, reference)
    return result


def _compare(result: Crosswalk, predicate: str, new: Side, old: Side, have: dict[tuple[str, str, str], str]) -> None:
    earlier = old.items
    weights = Weights([item.words for item in (*new.items, *earlier)])
    scored = [scored for one, other in product(new.items, earlier)
              if (scored := _scored(predicate, one, other, weights, old.name)) and scored.score >= LEAST]
    chosen = _best(scored)
    result.proposals += [pair for pair in chosen if (pair.new.iri, predicate, pair.old.iri) not in have]
    mine, theirs = {item.iri for item in new.items}, {item.iri for item in earlier}
    taken = {end for (subject, name, target), status in have.items() if name == predicate and subject in mine and target in theirs
             and status not in ("rejected", "superseded") for end in (subject, target)}
    taken |= {end for pair in result.proposals if pair.predicate == predicate for end in (pair.new.iri, pair.old.iri)}
    result.new += [item for item in new.items if item.iri not in taken]
    result.dropped += [item for item in earlier if item.iri not in taken]


def _best(scored: list[Proposal]) -> list[Proposal]:
    """For each side of the comparison its best pair; pairs that are named by number all."""
    best: dict[str, Proposal] = {}
    for pair in sorted(scored, key=lambda pair: (-pair.score, pair.new.iri, pair.old.iri)):
        for end in (pair.new.iri, pair.old.iri):
            best.setdefault(end, pair)
    kept = {id(pair) for pair in best.values()} | {id(pair) for pair in scored if pair.method == NAMED}
    return [pair for pair in scored if id(pair) in kept]


def _scored(predicate: str, new: Item, old: Item, weights: Weights, earlier: str) -> Proposal | None:
    """How well two go together; None where they have nothing in common."""
    both = new.loaded and old.loaded
    # A subject of ours may stand in the concern that the recommendation answers
    mine, theirs = weights.cover(new.words, old.words), weights.cover(old.words, new.words if both else f"{new.words} {new.more}")
    score = (mine + theirs) / 2
    if min(len(words_of(new.words)), len(words_of(old.words))) <= _SHORT:
        score *= 0.8  # a subject of two words says little
    subjects = new.subjects & old.subjects
    share = len(subjects) / len(new.subjects | old.subjects) if subjects else 0.0
    score = 1 - (1 - score) * (1 - 0.3 * share)
    named = _naming(f"{new.more} {new.words}", earlier, old.code) if old.kind == RECOMMENDATION else ""
    if not named and not mine and not theirs:
        return None
    quoted = (named or weights.quotation(new.shown, old.words), weights.quotation(old.shown, new.words))
    left_out = tuple(letter for letter, part in old.parts.items() if weights.cover(part, new.words) < _ENOUGH) if both else ()
    return Proposal(predicate, new, old, NAMED if named else SIMILAR, _BY_REFERENCE if named else round(min(score, 0.99), 2),
                    _extent(mine, theirs) if both else "", tuple(weights.common(new.words, old.words)), tuple(sorted(subjects)),
                    left_out, quoted)


def _extent(mine: float, theirs: float) -> str:
    if max(mine, theirs) < _RELATED:
        return ""  # other words for it, perhaps; nothing can be said
    if mine >= _ENOUGH:
        return WHOLE if theirs >= _ENOUGH else NARROWER
    return WIDER if theirs >= _ENOUGH else PARTLY


def _naming(text: str, symbol: str, code: str) -> str:
    """The words by which a text of the United Nations names a paragraph of an earlier document ("CCPR/C/…/CO/3, paras.
    23 and 24"), "" where it does not."""
    return next((found[0] for found in _REFERENCE.finditer(text)
                 if found["symbol"] == symbol and code in _NUMBER.findall(found["numbers"])), "")


# Tasks that answer recommendations ---------------------------------------------------------------------------------------


def _answers(plan: Side, document: Side, have: dict[tuple[str, str, str], str],
             reference: re.Pattern[str] | None) -> list[Proposal]:
    """The recommendations that the words of a task name by number, or whose subjects they name; of one language, also those with
    which they have most in common."""
    weights = Weights([item.words for item in (*plan.items, *document.items)])
    scored = []
    for task, recommendation in product(plan.items, document.items):
        pair = _answer(task, recommendation, weights, reference)
        if pair and pair.score >= LEAST and (task.iri, ADDRESSES, recommendation.iri) not in have:
            scored.append(pair)
    return _best_of_task(scored)


def _best_of_task(scored: list[Proposal]) -> list[Proposal]:
    """Of each task all that it names by number, else the best ones (with the same score)."""
    best: dict[str, float] = {}
    for pair in scored:
        best[pair.new.iri] = max(best.get(pair.new.iri, 0), pair.score)
    return [pair for pair in scored if pair.score == best[pair.new.iri]]


def _answer(task: Item, old: Item, weights: Weights, reference: re.Pattern[str] | None) -> Proposal | None:
    found = next((match for match in reference.finditer(task.words) if old.code in _NUMBER.findall(match["numbers"])),
                 None) if reference else None
    if found:
        return Proposal(ADDRESSES, task, old, NAMED, _BY_REFERENCE, quoted=(found[0], weights.quotation(old.shown, old.words)))
    subjects = task.subjects & old.subjects
    share = len(subjects) / len(task.subjects | old.subjects) if subjects else 0.0
    score = _BY_SUBJECT + (1 - _BY_SUBJECT) * share * 0.6 if subjects else 0.0
    shared: tuple[str, ...] = ()
    if task.lang == old.lang:
        score = max(score, (weights.cover(task.words, old.words) + weights.cover(old.words, task.words)) / 2)
        shared = tuple(weights.common(task.words, old.words))
    if not score:
        return None
    quoted = (weights.quotation(task.shown, old.words), weights.quotation(old.shown, task.words))
    return Proposal(ADDRESSES, task, old, SUBJECT if subjects else SIMILAR, round(min(score, 0.99), 2), "", shared,
                    tuple(sorted(subjects)), (), quoted)
