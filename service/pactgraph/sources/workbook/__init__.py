"""Reads the workbooks in which bodies report on their tasks (written by :mod:`pactgraph.reports.workbooks`)."""

from pactgraph.sources.workbook.answers import Answer, Evidence
from pactgraph.sources.workbook.read import Filled, read_workbook
from pactgraph.sources.workbook.row import FilledRow, Remark

__all__ = ["Answer", "Evidence", "Filled", "FilledRow", "Remark", "read_workbook"]
