"""Opens a document that a user hands in (text, DOCX, HTML, PDF) as paragraphs and table rows, each with its place."""

from pactgraph.sources.documents.blocks import Cell, DocumentFile, Paragraph, TableRow
from pactgraph.sources.documents.opening import DOCX, HTML, PDF, TEXT, open_document

__all__ = ["DOCX", "HTML", "PDF", "TEXT", "Cell", "DocumentFile", "Paragraph", "TableRow", "open_document"]
