"""Where a SPARQL query is wrong: pyoxigraph says it in words."""

from __future__ import annotations

import re

from pactgraph.errors import UserError, fail

_PLACE = re.compile(r"^error at (\d+):(\d+):\s*(.*)$", re.DOTALL)


def syntax_problem(problem: SyntaxError, file: str | None = None) -> UserError:
    """A syntax error of a query as a UserError with line and column."""
    text = str(problem.msg or problem)
    match = _PLACE.match(text)
    if match is None:
        return fail("query-syntax", file=file, reason=text)
    return fail("query-syntax", file=file, line=int(match[1]), column=int(match[2]), reason=match[3])
