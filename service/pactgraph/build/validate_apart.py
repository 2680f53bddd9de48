"""Checks RDF that a stranger sent, in a process that may be ended at any moment (``python -m pactgraph.build.validate_apart``).

It reads the body on standard input and writes one line of JSON – the counts, or what is wrong with the body – and after
it the report. It cannot open a connection, and its memory and time are bounded by the system.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any

from pactgraph.store import confine

_NICE = 10
"""A check takes a second or two of the processor; queries go first."""


def main(options: str) -> None:
    """Check standard input as ``options`` (JSON) say: ``parts``, ``report``, ``lang``, ``base``, ``memory``, ``seconds``."""
    wanted = json.loads(options)
    os.nice(_NICE)
    confine.die_with_parent()
    confine.leave_network()
    confine.limit_memory(wanted["memory"])
    resource.setrlimit(resource.RLIMIT_CPU, (wanted["seconds"], wanted["seconds"] + 1))
    from pactgraph.errors import UserError

    try:
        head, report = _checked(sys.stdin.buffer.read(), wanted)
    except UserError as problem:
        head = {"error": problem.key, "message": problem.message(wanted["lang"])}
        head |= {name: getattr(problem, name) for name in ("file", "line", "column")}
        report = b""
    except (MemoryError, RecursionError):
        head, report = {"error": "validate-memory"}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + report)
    sys.stdout.buffer.flush()


def _checked(data: bytes, wanted: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    import pyoxigraph as ox

    from pactgraph.build import check_report
    from pactgraph.build.checks import SEVERITIES
    from pactgraph.build.validate import check_files
    from pactgraph.errors import fail
    from pactgraph.sources.rdf import parse_rdf

    files, start = [], 0
    for name, media_type, size in wanted["parts"]:
        form = ox.RdfFormat.from_media_type(media_type)
        assert form is not None
        files.append(parse_rdf(data[start:start + size], name, form, wanted["base"]))
        start += size
        if not files[-1].quads:
            raise fail("rdf-no-statement", file=name)
    report = check_files(files)
    head = {severity: report.count(severity) for severity in SEVERITIES} | {
        "statements": report.statements, "summary": check_report.summary(report, wanted["lang"])}
    if wanted["report"] == "turtle":
        return head, check_report.as_turtle(report.results)
    rows = {
        "columns": check_report.COLUMNS, "rows": check_report.rows(report, wanted["lang"]),
        "headings": check_report.headings(wanted["lang"]), "people": check_report.people_rows(report, wanted["lang"]),
    }
    return head, json.dumps(rows, ensure_ascii=False).encode()


if __name__ == "__main__":
    main(sys.argv[1])
