"""Kinds of export that rooms above ``publish`` make."""

from __future__ import annotations

from pactgraph.publish.kinds import Kind

SITE = Kind("site", "pactgraph.web.fixed.make",
            frozenset({"include", "address", "service", "things", "processes", "format", "compression", "group", "without"}))
