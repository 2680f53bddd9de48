"""The sheet of decisions on proposed links: how it is laid out, and how it is read back (CSV or XLSX)."""

from pactgraph.sources.decisions.layout import COLUMNS, OPEN, SheetRow
from pactgraph.sources.decisions.read import Decided, DecidedRow, read_decisions

__all__ = ["COLUMNS", "OPEN", "Decided", "DecidedRow", "SheetRow", "read_decisions"]
