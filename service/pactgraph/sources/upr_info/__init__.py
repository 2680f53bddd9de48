"""Reads exports of the UPR Info database: a table with one row a recommending State, as CSV, XLS or XLSX."""

from pactgraph.sources.upr_info.read import read_upr_info
from pactgraph.sources.upr_info.records import Export, Record

__all__ = ["Export", "Record", "read_upr_info"]
