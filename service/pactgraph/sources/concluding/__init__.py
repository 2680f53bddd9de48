"""Reads concluding observations in the standard structure of the United Nations, from DOCX, HTML, PDF or text."""

from pactgraph.sources.concluding.read import read_concluding_observations

__all__ = ["read_concluding_observations"]
