"""The names of the graphs that people write to, and what their names say: whose they are and who may see them.

A restricted graph is known by its name alone, ``graph/journal/restricted/{body}/…``, so that whoever holds a quad can tell
without asking anybody. No build ever makes one.
"""

from __future__ import annotations

from pactgraph.namespaces import slug

JOURNAL = "graph/journal/"
RETRACTIONS = JOURNAL + "retractions"
LOG = JOURNAL + "log"
RESTRICTED = JOURNAL + "restricted/"
OF_BODY = JOURNAL + "body/"
_TAKEN = frozenset({"retractions", "log", "restricted", "body"})


def own_graph(name: str, base: str) -> str:
    """The graph of what a person states without naming a graph; ``name`` is the token's."""
    key = slug(name) or "unnamed"
    return f"{base}{JOURNAL}{key}" if key not in _TAKEN else f"{base}{JOURNAL}by-{key}"


def graph_of_body(body: str, base: str) -> str:
    """The public graph that belongs to the contributors of a body."""
    return f"{base}{OF_BODY}{body}"


def restricted_graph(body: str, base: str, name: str = "notes") -> str:
    """A graph that only readers of a body may see."""
    return f"{base}{RESTRICTED}{body}/{name}"


def restricted_to(graph: str, base: str) -> str | None:
    """The body whose readers may see a graph; None where everybody may. A name without a body gives an empty one: nobody's."""
    prefix = base + RESTRICTED
    if graph + "/" == prefix:
        return ""
    return graph.removeprefix(prefix).split("/", 1)[0] if graph.startswith(prefix) else None


def is_of_body(graph: str, body: str, base: str) -> bool:
    """Whether a graph, public or restricted, belongs to a body."""
    own = graph_of_body(body, base)
    return bool(body) and (graph == own or graph.startswith(own + "/") or restricted_to(graph, base) == body)
