"""Full-text search over the public graph: an index in SQLite (FTS5), fed by ``queries/search``.

:func:`make` reads a graph into an index, :func:`opened` opens the file of a generation, :func:`changed` gives the index
of the graph after a write; :func:`search` and :func:`suggest` ask one.
"""

from pactgraph.search.ask import Found, Hit, Wanted, narrowed, search, suggest
from pactgraph.search.index import Index
from pactgraph.search.make import FILE, Touched, changed, make, opened, write

__all__ = ["FILE", "Found", "Hit", "Index", "Touched", "Wanted", "changed", "make", "narrowed", "opened", "search",
           "suggest", "write"]
