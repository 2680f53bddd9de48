"""The notes of a release: what changed since the former one, in Vietnamese or English."""

from __future__ import annotations

from dataclasses import dataclass

from pactgraph.publish.changes import Build, compare
from pactgraph.publish.changes_words import Words, as_words
from pactgraph.publish.promises import Names, meanings, withdrawn
from pactgraph.texts import say


@dataclass
class Told:
    """What the notes are made from: versions (``previous`` is empty for the first release), names and statements."""

    version: str
    previous: str
    old: Names
    new: Names
    before: Build
    after: Build


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
    parts += [f"## {say('release-data', lang)}", "```text\n" + as_words(compare(told.before, told.after), told.before, told.after,
                                                                         lang) + "```"]
    return "\n\n".join(parts) + "\n"


def _values(values: list[str]) -> str:
    return "; ".join(values) or "–"
