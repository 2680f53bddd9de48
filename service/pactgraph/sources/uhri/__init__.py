"""Reads exports of the Universal Human Rights Index: the workbook of a search (XLSX) and the bulk file (JSON, streamed)."""

from pactgraph.sources.uhri.read import Reading, open_uhri

__all__ = ["Reading", "open_uhri"]
