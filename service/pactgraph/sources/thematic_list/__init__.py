"""Reads the thematic lists of recommendations that the Office of the High Commissioner makes for each review (DOCX)."""

from pactgraph.sources.thematic_list.read import read_thematic_list

__all__ = ["read_thematic_list"]
