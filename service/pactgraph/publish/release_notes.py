"""The notes of a release: what changed since the former one, in Vietnamese or English."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from pactgraph.publish.changes import Build, Changes, compare
from pactgraph.publish.changes_words import Words, as_words
from pactgraph.publish.promises import Names, meanings, withdrawn
from pactgraph.texts import say

_MOST = 200
"""Things that changed of which the notes tell what; the others are counted. `pactgraph diff` of the dumps tells all."""


@dataclass
class Told:
    """What the notes are made from: versions (``previous`` is empty for the first release), names and statements."""

    version: str
    previous: str
    old: Names
    new: Names
    before: Build
    after: Build

    @cached_property
    def changes(self) -> Changes:
        """What changed."""
        return compare(self.before, self.after)


def notes(told: Told, lang: str) -> str:
    """The notes as Markdown."""
    parts = [f"# {say('release-title', lang, version=told.version)}", say("unofficial-line", lang)]
    if not told.previous:
        parts.append(say("release-first", lang, names=len(told.new.all)))
        return "\n\n".join(parts) + "\n"
    parts.append(say("release-since", lang, previous=told.previous))
    ended = len(told.old.derived - told.new.all)
    parts.append(say("release-kept", lang, names=len(told.old.all) - len(told.old.derived), ended=ended))
    words = Words(told.before, told.after, lang)
    gone = withdrawn(told.old, told.new)
    if gone:
        parts += [f"## {say('release-withdrawn', lang)}", "\n".join(f"- {words.name(name)} <{name}>" for name in gone)]
    changed = meanings(told.old, told.new)
    if changed:
        parts += [f"## {say('release-meaning', lang)}", "\n".join(
            f"- {words.name(term)} <{term}>, {words.property(name)}: {_values(before)} → {_values(after)}"
            for term, name, before, after in changed)]
    parts += [f"## {say('release-data', lang)}", *_by_kind(told.changes, words),
              "```text\n" + as_words(told.changes, told.before, told.after, lang, _MOST) + "```"]
    return "\n\n".join(parts) + "\n"


def _values(values: list[str]) -> str:
    return "; ".join(values) or "–"


def in_short(told: Told, lang: str) -> str:
    """The notes in one or two sentences, for the description of the release."""
    if not told.previous:
        return say("release-first", lang, names=len(told.new.all))
    changes = told.changes
    head = say("diff-head", lang, added=len(changes.added), removed=len(changes.removed), changed=len(changes.changed),
               opened=len(changes.opened), closed=len(changes.closed)) if changes else say("diff-same", lang)
    return f"{say('release-since', lang, previous=told.previous)} {head}"


def _by_kind(changes: Changes, words: Words) -> list[str]:
    """How many things of which kind came, went or changed, as a table."""
    found = [Counter(words.kind(thing) for thing in things) for things in (changes.added, changes.removed, changes.changed)]
    kinds = sorted(set().union(*found))
    if not kinds:
        return []
    head = [say(f"release-table-{name}", words.lang) for name in ("kind", "added", "removed", "changed")]
    rows = [f"| {' | '.join([kind, *(str(counts[kind]) for counts in found)])} |" for kind in kinds]
    return ["\n".join([f"| {' | '.join(head)} |", "|---|---|---|---|", *rows])]
