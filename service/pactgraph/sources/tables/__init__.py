"""Reads the tables that people maintain in ``data/`` and turns their rows into quads: one module a table.

Every converter is a function ``read…(…, problems) -> list[Quad]``. What is wrong with a file is added to ``problems``
as a :class:`~pactgraph.errors.UserError` that names the file, the row as a spreadsheet counts it (the heading is row 1)
and the column by its heading; the rest of the file is still read. Nothing here knows a country: its code comes with
:class:`~pactgraph.ids.Ids`, its folder as an argument.
"""

from pactgraph.sources.tables.links import subjects

__all__ = ["subjects"]
