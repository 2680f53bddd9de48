"""Draws a chain: its boxes with their words, placed side by side for wide screens and one below the other for phones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from pactgraph.web.drawing.layered import Frame, layered
from pactgraph.web.drawing.lettering import Lettering
from pactgraph.web.drawing.rail import Strip, rail, text_room
from pactgraph.web.drawing.shapes import Box, Curve, Drawing, Edge
from pactgraph.web.trace.choose import Choice, choose
from pactgraph.web.trace.steps import COLUMNS, Chain, Place, Step

if TYPE_CHECKING:
    from pactgraph.web.page import Page

_PAD = 10.0
_SAFE = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Look:
    """Sizes of a drawing in pixels: letters of code, name and notes, lines of a name at most, things of a column at most."""

    name: str
    room: float
    most: int
    lines: int
    code: Lettering
    text: Lettering
    small: Lettering
    place: Callable[[list[Box], list[Edge]], Drawing]


_FRAME, _STRIP = Frame(len(COLUMNS)), Strip()
WIDE = Look("wide", _FRAME.box, 4, 4, Lettering(12, bold=True), Lettering(12.5), Lettering(11),
            lambda boxes, edges: layered(boxes, edges, _FRAME))
TALL = Look("tall", text_room(_STRIP), 3, 3, Lettering(13.5, bold=True), Lettering(14), Lettering(12.5),
            lambda boxes, edges: rail(boxes, edges, _STRIP))


@dataclass(frozen=True)
class Row:
    """A line of text in a box: its base line, its words, its style; ``squeeze``: the width that it is drawn in."""

    y: float
    text: str
    style: str
    squeeze: float | None = None


@dataclass
class Node:
    """A thing in the picture, or a note at the end of a column (without ``iri``)."""

    box: Box
    iri: str = ""
    label: str = ""
    lang: str = ""
    firm: bool = True
    here: bool = False
    address: str = ""
    about: str = ""
    rows: list[Row] = field(default_factory=list)
    foot: float = 0


@dataclass(frozen=True)
class Line:
    """A link in the picture: its path, the number of its words in the list, and what it says."""

    path: str
    number: int
    x: float
    y: float
    proposed: bool
    title: str


@dataclass
class Picture:
    """A finished picture; ``heads``: the name of each column with its place."""

    look: str
    width: float
    height: float
    heads: list[tuple[str, float, float]]
    nodes: list[Node]
    lines: list[Line]


@dataclass
class Words:
    """What the boxes say beside names: notes by thing, what is missing by column, where the folded ones are listed."""

    beside: dict[str, list[str]]
    missing: dict[int, list[str]]
    everything: str


def number_steps(chain: Chain, most: int = WIDE.most) -> list[Step]:
    """The steps in the order of their numbers: within each kind those of the picture first."""
    drawn = set(choose(chain, most).steps)
    return sorted(chain.steps, key=lambda step: (chain.kinds.index(step.kind), step not in drawn))


def draw(page: Page, chain: Chain, numbered: list[Step], words: Words, look: Look) -> Picture:
    """The picture of a chain in one of its two looks."""
    choice = choose(chain, look.most)
    numbers = {step: place for place, step in enumerate(numbered, 1)}
    nodes = [_node(page, place, chain, choice, words, look) for place in choice.places]
    nodes += _notes(page, choice, words, look)
    edges, steps = _edges(choice, numbers)
    drawing = look.place([node.box for node in nodes], edges)
    lines = [_line(page, curve, steps[curve.edge]) for curve in drawing.curves]
    names = [(COLUMNS[column], x, y) for column, x, y in drawing.heads]
    return Picture(look.name, drawing.width, drawing.height, names, nodes, sorted(lines, key=lambda line: not line.proposed))


def key(place: Place) -> str:
    """The name of a box in a layout."""
    return f"{place[0]} {place[1]}"


def trace_address(page: Page, iri: str) -> str:
    """The address of the trace through a thing, on the day and in the country that the reader chose."""
    return page.local("/trace/" + quote(page.addresses.path(iri), safe=_SAFE))


def _node(page: Page, place: Place, chain: Chain, choice: Choice, words: Words, look: Look) -> Node:
    iri = place[1]
    label, lang = page.thing(iri).label(page.lang)
    node = Node(Box(key(place), place[0], 0), iri, label, lang, place in choice.firm, place in chain.places,
                trace_address(page, iri), page.href(iri) or "")
    code, name = _name(page, iri, label)
    notes = [] if node.firm else [page.t("proposed")]
    _write(node, look, [(code, "code", 2), (name, "name", look.lines), *((note, "open", 1) for note in notes),
                        *((note, "note", 2) for note in words.beside.get(iri, ()))])
    node.foot = _foot(node, look, page.t("trace-page"))
    node.box.height = node.foot + 8
    return node


def _name(page: Page, iri: str, label: str) -> tuple[str, str]:
    """The short code that people quote, and the rest of a name."""
    thing = page.thing(iri)
    if thing.is_a("TreatyProvision", "Recommendation") and ": " in label:
        code, label = label.split(": ", 1)
        return (code if thing.is_a("TreatyProvision") else thing.notation or code), label
    if thing.is_a("PlanItem", "Recommendation") and thing.notation:
        return thing.notation, label
    return "", label


def _write(node: Node, look: Look, texts: list[tuple[str, str, int]]) -> None:
    """Break the texts of a box into lines and place them from the top."""
    y = _PAD - 2
    for text, style, most in texts:
        letters = {"code": look.code, "name": look.text}.get(style, look.small)
        room = look.room - 2 * _PAD
        for line in letters.lines(text, room, most) if text else ():
            y += round(letters.size * 1.28, 1)
            node.rows.append(Row(round(y, 1), line, style, room if letters.squeezed(line, room) else None))


def _foot(node: Node, look: Look, text: str) -> float:
    """The base line of the link to the page of a thing: beside the last line where there is room."""
    last = node.rows[-1]
    letters = {"code": look.code, "name": look.text}.get(last.style, look.small)
    fits = letters.width(last.text) + look.small.width(text) + 12 <= look.room - 2 * _PAD
    return last.y if fits else round(last.y + look.small.size * 1.35, 1)


def _notes(page: Page, choice: Choice, words: Words, look: Look) -> list[Node]:
    """What ends a column: how many things are folded, and what is not recorded."""
    notes = []
    for column in range(len(COLUMNS)):
        folded = choice.folded.get(column, 0)
        said = [(text, "") for text in words.missing.get(column, ())]
        if folded:
            said.insert(0, (page.t("trace-more", number=folded), words.everything))
        for place, (text, address) in enumerate(said):
            node = Node(Box(f"note {column} {place}", column, 0, note=True), label=text, address=address)
            _write(node, look, [(text, "more" if address else "missing", 6)])
            node.box.height = max(node.rows[-1].y + 10, 30 if address else 0)
            notes.append(node)
    return notes


def _edges(choice: Choice, numbers: dict[Step, int]) -> tuple[list[Edge], dict[Edge, list[Step]]]:
    """One line between two things, whatever the number of links; it is firm where one of them is."""
    between: dict[tuple[Place, Place], list[Step]] = {}
    for step in choice.steps:
        between.setdefault((step.left, step.right), []).append(step)
    found = {}
    for (left, right), steps in between.items():
        steps.sort(key=lambda step: (step.proposed, numbers[step]))
        edge = Edge(key(left), key(right), "open" if steps[0].proposed else "firm", numbers[steps[0]])
        found[edge] = steps
    return list(found), found


def _line(page: Page, curve: Curve, steps: list[Step]) -> Line:
    first = steps[0]
    title = f"{curve.edge.number}. {page.thing(first.start).label(page.lang)[0]} → {page.thing(first.end).label(page.lang)[0]}: "
    title += page.t("step-" + first.kind) + (f" ({page.t('proposed')})" if first.proposed else "")
    return Line(curve.path, curve.edge.number, curve.at[0], curve.at[1], first.proposed, title)
