"""Who may see a graph. The name of a graph says it (:mod:`pactgraph.journal.graphs`), so nothing has to be looked up."""

from __future__ import annotations

from pactgraph.access.author import ADMINISTRATOR, CURATOR, READER, Author
from pactgraph.journal.graphs import restricted_to


def visibility_of(graph: str, base: str) -> str | None:
    """None where a graph is public, else the id of the body whose readers may see it (empty: nobody but those of all bodies)."""
    return restricted_to(graph, base)


def may_see(author: Author | None, graph: str, base: str) -> bool:
    """Whether a person (None: a stranger) may see a graph: restricted ones with the right for its body, or for all bodies."""
    body = visibility_of(graph, base)
    if body is None:
        return True
    if author is None:
        return False
    if author.scope == ADMINISTRATOR:
        return True
    if author.body is None:
        return author.scope in (READER, CURATOR)
    return bool(body) and author.body == body
