"""Reads the duties that the body of a decision lays on bodies by itself, outside its annex."""

from __future__ import annotations

from pactgraph.sources.annex.deadlines import find_deadlines
from pactgraph.sources.annex.names import starts_with, tokens
from pactgraph.sources.annex.reading import Reading
from pactgraph.sources.annex.records import Agency, Duty


def read_duties(lines: list[str], reading: Reading) -> list[Duty]:
    """The numbered duties of the section on organisation; none where the decision has no such section."""
    words = reading.document
    duties: list[Duty] = []
    if words.duties_heading is None or words.duty is None:
        return duties
    section = ""
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        heading = words.duties_heading.match(line)
        if heading:
            section = heading["section"]
        elif section and words.duties_end and words.duties_end.match(line):
            break
        elif section:
            match = words.duty.match(line)
            if match:
                duties.append(_duty(f"{section}.{match['number']}", line, match["text"], number, reading))
            elif line and duties:
                duties[-1].text += f" {line}"
                duties[-1].lines.append(number)
    return duties


def _duty(key: str, line: str, text: str, number: int, reading: Reading) -> Duty:
    requested = any(starts_with(tokens(text), 0, phrase) for phrase in reading.agencies.requests)
    subject = text[:_subject_end(text, reading)]
    mandate = next((phrase for phrase in reading.document.duty_mandates if phrase in text), None)
    agencies = [
        Agency(name.canonical, subject[start:end], mandate=mandate, requested=requested,
               group=name.kind in ("group", "office"))
        for name, start, end in reading.bodies.find_all(subject)
    ]
    return Duty(key, line, requested, agencies, find_deadlines(text, reading), [number])


def _subject_end(text: str, reading: Reading) -> int:
    """Where the words that say who owes the duty end: at the first verb of duty."""
    places = [text.find(verb) for verb in reading.document.duty_verbs]
    return min((place for place in places if place > 0), default=len(text))
