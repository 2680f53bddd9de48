"""Reads a national decision with an annex of tasks: one table row a task or heading.

The code knows the layout (a numbered table whose cells name bodies, results and deadlines); the words of a country
stand in its ``reading/`` folder.
"""

from pactgraph.sources.annex.read import read_annex
from pactgraph.sources.annex.records import Annex

__all__ = ["Annex", "read_annex"]
