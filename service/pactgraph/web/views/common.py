"""What several kinds of pages show: links with their words, responsibilities with their bearers, places in sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pactgraph.namespaces import RDF, VOCAB
from pactgraph.sources.quads import expand
from pactgraph.web.ask import Ask, Record, Term

PROPOSED = VOCAB + "link-status/proposed"
TURNED_DOWN = (VOCAB + "link-status/rejected", VOCAB + "link-status/superseded")
"""The statuses of links that hold no more: the page of the assertion tells of them, no page shows them as links."""
LEAD = VOCAB + "role/lead"


class Facts:
    """All statements of a thing, with the graphs that hold them."""

    def __init__(self, iri: str, records: list[Record]) -> None:
        self.iri = iri
        self._records = records
        self._by_property: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            self._by_property[record.property or ""].append(record)

    def __bool__(self) -> bool:
        return bool(self._records)

    def grouped(self) -> dict[str, list[Record]]:
        """The statements by property; a record is one value with its graphs."""
        return self._by_property

    def terms(self, name: str) -> list[Term]:
        """The values of a property (a CURIE)."""
        return [record.terms("value")[0] for record in self._by_property.get(expand(name).value, ())]

    def values(self, name: str) -> list[str]:
        """The values of a property as strings."""
        return [term.value for term in self.terms(name)]

    def one(self, name: str) -> str | None:
        """The first value of a property, None without one."""
        return next(iter(self.values(name)), None)

    def graphs(self) -> list[str]:
        """The graphs that speak of the thing, sorted."""
        return sorted({graph for record in self._records for graph in record.values("graph")})

    def classes(self) -> set[str]:
        """The classes of the thing."""
        return {record.value for record in self._by_property.get(RDF + "type", ()) if record.value}


async def facts_of(ask: Ask, iri: str) -> Facts:
    """The statements of a thing."""
    return Facts(iri, await ask.records("statements", iri, by=("property", "value")))


@dataclass
class Link:
    """A link between two things: ``other`` seen from the page's thing, and the assertion behind it (if any)."""

    other: str
    predicate: str
    outward: bool
    status: str | None = None
    assertion: Record = field(default_factory=Record)

    @property
    def proposed(self) -> bool:
        """Whether nobody has taken the link into the graph yet."""
        return self.status == PROPOSED


async def links_of(ask: Ask, *things: str) -> list[Link]:
    """The links from and to things: first those with an assertion, surest first, then plain ones without any."""
    links = []
    covered = set()
    for record in await ask.records("link-assertions", *things, by=("link",)):
        subject, target = record.subject or "", record.object or ""
        if record.status in TURNED_DOWN:
            continue
        covered.add((subject, record.predicate, target))
        outward = subject in things
        links.append(Link(target if outward else subject, record.predicate or "", outward, record.status, record))
    for record in await ask.records("plain-links", *things):
        key = (record.subject or "", record.predicate or "", record.object or "")
        if key not in covered:
            outward = key[0] in things
            links.append(Link(key[2] if outward else key[0], key[1], outward))
    return sorted(links, key=lambda link: link.proposed)


async def of_class(ask: Ask, links: list[Link], *names: str) -> list[Link]:
    """Those links whose other end is of one of these classes (local names)."""
    await ask.site.things.look_up(link.other for link in links)
    return [link for link in links if ask.site.things.get(link.other).is_a(*names)]


async def within(ask: Ask, links: list[Link]) -> list[Link]:
    """Those links whose other end belongs to the State that the reader chose; all where none was."""
    if not ask.state:
        return links
    states = await ask.records("states-of", *sorted({link.other for link in links}))
    own = {record.thing for record in states if record.state == ask.state}
    return [link for link in links if link.other in own]


async def gaps_of(ask: Ask, *things: str) -> list[Record]:
    """The stored gaps of things that were there on the day."""
    return await ask.records("gaps-about", *things, by=("gap",))


@dataclass
class Bearer:
    """A responsibility: what the plan says, and who answers for it on the day."""

    said: Record
    today: list[Record]
    place: Record

    @property
    def lead(self) -> bool:
        """Whether the body leads (or is asked to)."""
        return self.said.role == LEAD

    @property
    def moved(self) -> bool:
        """Whether somebody else than the named body answers on the day."""
        return {record.body for record in self.today} != {self.said.agent}


async def bearers_of(ask: Ask, *items: str) -> list[Bearer]:
    """The responsibilities of items of a plan, in the order of the plan."""
    return await bearers(ask, await ask.records("responsibilities", *items, by=("responsibility",)))


async def bearers(ask: Ask, said: list[Record]) -> list[Bearer]:
    """Responsibilities with who answers for them on the day and where the plan says so."""
    today = defaultdict(list)
    iris = [record.responsibility for record in said if record.responsibility]
    for record in await ask.records("addressees", *iris, by=("responsibility", "body")):
        today[record.responsibility].append(record)
    places = await places_of(ask, *{record.item for record in said if record.item})
    return [Bearer(record, today[record.responsibility], places.get(record.item or "", Record())) for record in said]


async def places_of(ask: Ask, *things: str) -> dict[str, Record]:
    """Where things stand in their source: document, file, lines."""
    return {record.thing or "": record for record in await ask.records("sources", *sorted(things), by=("thing",))}
