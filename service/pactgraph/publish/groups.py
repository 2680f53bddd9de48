"""The groups of named graphs that are dumped by themselves: the whole, what is about one State, what was read in one source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.namespaces import slug
from pactgraph.publish.statements import Graph, Statements
from pactgraph.publish.table_queries import ROOM, Ask, fill, plans
from pactgraph.publish.table_schemas import Words, in_both

_PARTS = frozenset({"source", "translation", "links", "functions"})
"""Words in the name of a graph that say what part of a source it holds."""
_TOGETHER = frozenset({"derived", "journal"})
"""Graphs below these names are one source each."""


_OF_DOCUMENT = 2
"""The parts of a graph's name that is named after a document, but for those: where the document belongs, and its own."""


@dataclass
class Group:
    """Some graphs: ``name`` is ``all``, ``country/CODE`` or ``source/KEY``; ``path`` begins the names of its files."""

    name: str
    path: str
    title: Words
    graphs: list[Graph]
    licences: list[str] = field(default_factory=list)
    rights: list[Words] = field(default_factory=list)

    @property
    def languages(self) -> list[str]:
        """The tags of its texts, sorted."""
        return sorted({tag for graph in self.graphs for tag in graph.languages})

    @property
    def statements(self) -> int:
        """The number of its statements, each counted in every graph that makes it."""
        return sum(graph.statements for graph in self.graphs)


@dataclass(frozen=True)
class Rights:
    """What the graph says of its graphs: the licence (an IRI, or empty), rights in words, and names."""

    licence: dict[str, str]
    words: dict[str, Words]
    names: dict[str, Words]

    def of(self, graphs: list[str]) -> tuple[list[str], list[Words]]:
        """Licences and rights of some graphs, each once."""
        licences = sorted({self.licence[graph] for graph in graphs if self.licence.get(graph)})
        words = {words["en"] or words["vi"]: words for graph in graphs if any((words := self.words.get(graph, {})).values())}
        return licences, [words[key] for key in sorted(words)]


def rights_of(ask: Ask) -> Rights:
    """Read the descriptions of the named graphs."""
    (plan,) = (plan for plan in plans() if plan.name == "graphs")
    names = [column.name for column in plan.columns]
    rows = [dict(zip(names, row, strict=True)) for row in fill(plan, ask, "1970-01-01").rows]
    return Rights({row["graph"]: row["licence"] for row in rows},
                  {row["graph"]: {"vi": row["rights_vi"], "en": row["rights_en"]} for row in rows},
                  {row["graph"]: {"vi": row["label_vi"], "en": row["label_en"]} for row in rows})


def groups_of(statements: Statements, ask: Ask, base: str) -> list[Group]:
    """The groups of a graph: the whole first, then countries, then sources, by their names."""
    graphs = statements.graphs
    rights = rights_of(ask)
    found = [Group("all", "pactgraph", in_both("dump-all"), list(graphs.values()))]
    found += _countries(graphs, ask)
    found += _sources(graphs, ask, rights, base)
    for group in found:
        group.licences, group.rights = rights.of([graph.iri for graph in group.graphs])
    return found


def _countries(graphs: dict[str, Graph], ask: Ask) -> list[Group]:
    """A group for each State of which some graphs speak; a graph about several States is in none."""
    states: dict[str, set[str]] = defaultdict(set)
    names: dict[str, Words] = {}
    for row in _rows(ask, "graph-states"):
        states[row["graph"]].add(row["state"])
        names.setdefault(row["state"], {"vi": row["label_vi"], "en": row["label_en"]})
    members: dict[str, list[Graph]] = defaultdict(list)
    for iri, graph in graphs.items():
        if len(states.get(iri, ())) == 1:
            members[next(iter(states[iri]))].append(graph)
    codes = {state: slug(state.rsplit("/", 1)[-1]) for state in members}
    return [Group(f"country/{code}", f"countries/{code}", _named("dump-country", names[state], code), members[state])
            for state, code in sorted(codes.items(), key=lambda item: item[1])]


def _sources(graphs: dict[str, Graph], ask: Ask, rights: Rights, base: str) -> list[Group]:
    """A group for each source; what was read in a document, translated and linked of it belongs together."""
    documents = {row["key"]: {"vi": row["label_vi"], "en": row["label_en"]} for row in _rows(ask, "source-names")}
    members: dict[str, list[Graph]] = defaultdict(list)
    ends: dict[str, str] = {}
    for iri, graph in graphs.items():
        parts = iri.removeprefix(base).removeprefix("graph/").split("/")
        kept = parts[:1] if parts[0] in _TOGETHER else [part for part in parts if part not in _PARTS]
        key = slug("-".join(kept)) or "default"
        members[key].append(graph)
        ends[key] = parts[-1] if len(kept) == _OF_DOCUMENT else ""
    found = []
    for key, some in sorted(members.items()):
        if key in _TOGETHER:
            title = in_both(f"dump-{key}")
        else:
            title = _named("dump-source", documents.get(ends[key]) or rights.names.get(min(some, key=_length).iri, {}), key)
        found.append(Group(f"source/{key}", f"sources/{key}", title, some))
    return found


def _length(graph: Graph) -> int:
    return len(graph.iri)


def _named(key: str, names: Words, code: str) -> Words:
    """A title with the name of a thing in it: in the language of the title, else in the other, else its code."""
    other = names.get("en") or names.get("vi") or code
    return {lang: text.format(name=names.get(lang) or other) for lang, text in in_both(key, name="{name}").items()}


def _rows(ask: Ask, name: str) -> list[dict[str, str]]:
    query = load(ROOM, name)
    solutions = ask(query.text)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = [column.strip() for column in query.headers["columns"].split(",")]
    return [{column: getattr(row[column], "value", "") or "" for column in columns} for row in solutions]
