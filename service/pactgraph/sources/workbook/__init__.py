"""Reads the workbooks in which bodies report on their tasks (written by :mod:`pactgraph.reports.workbooks`): ``read``.

Nothing is imported here: whoever writes cells needs ``clean`` alone.
"""
