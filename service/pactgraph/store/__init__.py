"""The store behind one small protocol; nobody else knows which one runs."""

from pactgraph.store.protocol import Results, Store
from pactgraph.store.choose import open_store

__all__ = ["Results", "Store", "open_store"]
