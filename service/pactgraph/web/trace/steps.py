"""What a chain is made of: things in columns, and steps between them with what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field

from pactgraph.namespaces import VOCAB

COLUMNS = ("article", "recommendation", "task", "then", "today", "law", "progress")
ARTICLE, RECOMMENDATION, TASK, THEN, TODAY, LAW, PROGRESS = range(len(COLUMNS))
PROPOSED = VOCAB + "link-status/proposed"

KINDS = {
    "concerns": (ARTICLE, RECOMMENDATION),
    "addresses": (RECOMMENDATION, TASK),
    "serves": (ARTICLE, TASK),
    "given": (TASK, THEN),
    "answers": (THEN, TODAY),
    "names": (TASK, LAW),
    "effect": (ARTICLE, LAW),
    "graded": (RECOMMENDATION, PROGRESS),
    "reported": (TASK, PROGRESS),
}
"""The kinds of steps, in the order in which they are listed, each with the columns that it joins."""

Place = tuple[int, str]
"""A thing in a column: a body may stand in two of them."""


@dataclass(frozen=True)
class Step:
    """A step of the chain, from the left to the right.

    ``status``: of the link (curated, confirmed, proposed), or the basis on which a body answers; empty where the source
    states it. ``holders``: the things whose words stand behind it (the assertion, the responsibility, the transfers).
    ``part``: the lettered part or paragraph that is meant, where it is not the whole. ``role``: of the body.
    """

    kind: str
    start: str
    end: str
    status: str = ""
    holders: tuple[str, ...] = ()
    part: str = ""
    role: str = ""
    requested: bool = False

    @property
    def left(self) -> Place:
        """Where it begins."""
        return KINDS[self.kind][0], self.start

    @property
    def right(self) -> Place:
        """Where it ends."""
        return KINDS[self.kind][1], self.end

    @property
    def proposed(self) -> bool:
        """Whether nobody has taken the link into the graph yet."""
        return self.status == PROPOSED

    def other(self, place: Place) -> Place:
        """The other end."""
        return self.right if place == self.left else self.left


@dataclass
class Chain:
    """The steps through the thing ``here``, in the order in which they are listed; ``places``: where it stands itself."""

    here: str
    places: list[Place]
    steps: list[Step] = field(default_factory=list)

    kinds = tuple(KINDS)

    def members(self, column: int) -> list[str]:
        """The things in a column, in the order of the steps; the thing itself first."""
        found = dict.fromkeys(iri for place, iri in self.places if place == column)
        for step in self.steps:
            for place, iri in (step.left, step.right):
                if place == column:
                    found.setdefault(iri)
        return list(found)
