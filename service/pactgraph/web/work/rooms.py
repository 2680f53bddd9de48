"""The rooms of the pages of work."""

from __future__ import annotations

from pactgraph.web.work import assess, journal, links, sign_in, workbooks

ROOMS = (sign_in, journal, workbooks, links, assess)
"""Modules with a router each."""
