"""The store behind one small protocol; nobody else knows which one runs."""

from pactgraph.store.choose import open_store
from pactgraph.store.protocol import Results, Store

__all__ = ["Results", "Store", "open_store"]
