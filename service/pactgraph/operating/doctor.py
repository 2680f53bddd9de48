"""``pactgraph doctor``: looks at everything that an operator would, and says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pactgraph.operating import folders, machine, service
from pactgraph.operating.finding import STATES, Check, Finding, Patient
from pactgraph.questions.table import Table

CHECKS: tuple[Check, ...] = (
    machine.python, machine.packages, machine.extras, machine.words, machine.memory, machine.isolation,
    service.names, service.port, service.reach, service.grace,
    folders.store, folders.sources, folders.journal, folders.lock, folders.room,
)
COLUMNS = ("check", "state", "found", "advice")


def examine(environment: Mapping[str, str], changes: Mapping[str, Any] | None = None) -> list[Finding]:
    """All findings. ``changes`` are settings that the command line gave."""
    settings, findings = service.readable(environment)
    patient = Patient(replace(settings, **(changes or {})), dict(environment))
    for check in CHECKS:
        findings += check(patient)
    return findings


def worst(findings: Iterable[Finding]) -> str:
    """The gravest state."""
    return max((item.state for item in findings), key=STATES.index, default=STATES[0])


def as_table(findings: Iterable[Finding], lang: str) -> Table:
    """The findings as rows."""
    return Table(list(COLUMNS), [[item.check, item.state, item.found(lang), item.advice(lang)] for item in findings])
