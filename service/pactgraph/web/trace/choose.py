"""Chooses what a picture shows of a chain: so few things that it can be read, the firm and the far-reaching first."""

from __future__ import annotations

from dataclasses import dataclass, field

from pactgraph.web.trace.steps import COLUMNS, Chain, Place, Step


@dataclass
class Choice:
    """What is drawn: ``places`` in the order of their columns; ``firm`` those that firm links alone lead to; ``folded``:
    how many things each column holds besides."""

    places: list[Place] = field(default_factory=list)
    firm: set[Place] = field(default_factory=set)
    folded: dict[int, int] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)


def choose(chain: Chain, most: int) -> Choice:
    """At most ``most`` things a column, each linked to one that is nearer to the thing the chain goes through."""
    beside: dict[Place, list[Step]] = {}
    for step in chain.steps:
        beside.setdefault(step.left, []).append(step)
        beside.setdefault(step.right, []).append(step)
    choice = Choice(list(chain.places), set(chain.places))
    hop = list(chain.places)
    while hop:
        hop = _next(hop, beside, choice, most)
    drawn = set(choice.places)
    choice.steps = [step for step in chain.steps
                    if step.left in drawn and step.right in drawn and not _said_by_others(step, chain.steps, drawn)]
    choice.folded = {column: len(chain.members(column)) - sum(place[0] == column for place in choice.places)
                     for column in range(len(COLUMNS))}
    choice.places.sort(key=lambda place: place[0])
    return choice


def _next(hop: list[Place], beside: dict[Place, list[Step]], choice: Choice, most: int) -> list[Place]:
    """The places that one more step leads to, added to the choice."""
    known = set(choice.places)
    found: dict[Place, bool] = {}
    behind: dict[Place, set[int]] = {}
    for place in hop:
        for step in beside.get(place, ()):
            other = step.other(place)
            if other not in known:
                found[other] = found.get(other, False) or (place in choice.firm and not step.proposed)
                behind.setdefault(other, set()).add(place[0])
    taken = []
    for place in sorted(found, key=lambda place: (not found[place], not _goes_on(place, beside, behind[place]))):
        if sum(other[0] == place[0] for other in choice.places) < most:
            choice.places.append(place)
            taken.append(place)
            if found[place]:
                choice.firm.add(place)
    return taken


def _goes_on(place: Place, beside: dict[Place, list[Step]], behind: set[int]) -> bool:
    """Whether a firm link leads on from a place, to another column than those from which it is reached."""
    return any(not step.proposed and step.other(place)[0] not in behind for step in beside.get(place, ()))


def _said_by_others(step: Step, steps: list[Step], drawn: set[Place]) -> bool:
    """Whether the way over a recommendation says what this link from an article straight to a task says."""
    if step.kind != "serves":
        return False
    over = {other.start for other in steps if other.kind == "addresses" and other.end == step.end
            and other.left in drawn and other.proposed <= step.proposed}
    return any(other.kind == "concerns" and other.start == step.start and other.end in over
               and other.proposed <= step.proposed for other in steps)
