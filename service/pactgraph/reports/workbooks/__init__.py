"""Workbooks in which bodies report on their tasks: made from the graph, and given back with comments where cells are wrong."""

from pactgraph.reports.workbooks.annotate import annotated
from pactgraph.reports.workbooks.book import as_workbook
from pactgraph.reports.workbooks.tasks import BodySheet, SheetRow, bodies_on_day, body_sheet
from pactgraph.reports.workbooks.words import Words, words_of

__all__ = ["BodySheet", "SheetRow", "Words", "annotated", "as_workbook", "bodies_on_day", "body_sheet", "words_of"]
