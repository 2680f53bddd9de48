"""The catalogue: the SPARQL queries of ``queries/``, their headers, and the safe binding of their parameters."""

from pactgraph.catalogue.load import Parameter, Query, load, names

__all__ = ["Parameter", "Query", "load", "names"]
