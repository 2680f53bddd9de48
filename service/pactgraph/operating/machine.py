"""Examines the machine: Python, packages, words, memory, and how well queries can be shut in."""

from __future__ import annotations

import locale
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from importlib.util import find_spec

from pactgraph.operating.finding import FAIL, OK, WARN, Finding, Patient, finding

TESTED = ((3, 11), (3, 13))
"""The oldest and the newest Python that the tests run with."""
_PROGRAM = "pactgraph"
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)[^;]*?>=\s*([0-9.]+)[^;]*(?:;(.*))?")
_REPORTS = {"docx": "python-docx", "xlsxwriter": "XlsxWriter", "icalendar": "icalendar", "vl_convert": "vl-convert-python"}


def python(patient: Patient, version: tuple[int, ...] = sys.version_info[:3]) -> Iterator[Finding]:
    """The version of Python."""
    values = {"version": ".".join(map(str, version)), "oldest": "3.11", "newest": "3.13"}
    oldest, newest = TESTED
    if version[:2] < oldest:
        yield finding("python", FAIL, "python-old", **values)
    elif version[:2] > newest:
        yield finding("python", WARN, "python-new", **values)
    else:
        yield finding("python", OK, "python", **values)


def packages(patient: Patient) -> Iterator[Finding]:
    """The versions of the packages that pactgraph needs."""
    try:
        needed = metadata.requires(_PROGRAM) or []
    except metadata.PackageNotFoundError:
        yield finding("packages", WARN, "packages-unknown")
        return
    yield from compare(needed)


def compare(needed: Iterable[str]) -> Iterator[Finding]:
    """What is missing or too old of requirements such as ``rdflib>=7.6``; those of extras are left out."""
    count = 0
    wrong = []
    for requirement in needed:
        match = _REQUIREMENT.match(requirement)
        if not match or "extra" in (match[3] or ""):
            continue
        count += 1
        try:
            found = metadata.version(match[1])
        except metadata.PackageNotFoundError:
            found = "–"
        if found == "–" or _number(found) < _number(match[2]):
            wrong.append(f"{match[1]} {found} (>= {match[2]})")
    if wrong:
        yield finding("packages", FAIL, "packages-wrong", wrong=", ".join(wrong))
    else:
        yield finding("packages", OK, "packages", count=count)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:4])


def extras(patient: Patient) -> Iterator[Finding]:
    """What only reports need."""
    missing = [name for module, name in _REPORTS.items() if find_spec(module) is None]
    if missing:
        yield finding("reports", WARN, "reports-missing", missing=", ".join(missing))
    else:
        yield finding("reports", OK, "reports")


def words(patient: Patient, encoding: str | None = None) -> Iterator[Finding]:
    """Whether Vietnamese can be written to the terminal and to files."""
    encoding = encoding or locale.getpreferredencoding(False)
    try:
        "Đề nghị Ủy ban".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        yield finding("locale", WARN, "locale-narrow", encoding=encoding)
    else:
        yield finding("locale", OK, "locale", encoding=encoding)


def memory(patient: Patient, total: int | None = None) -> Iterator[Finding]:
    """Whether the machine has the memory that the limits allow queries to take."""
    settings = patient.settings
    worst = 3 * settings.web_workers * settings.workers * settings.query_memory
    total = total or os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    state, key = (WARN, "memory-short") if worst > total else (OK, "memory")
    yield finding("memory", state, key, worst=f"{worst / 1e9:.1f}", total=f"{total / 1e9:.1f}")


def isolation(patient: Patient, program: str | None = None) -> Iterator[Finding]:
    """Whether query processes can be given a network of their own without a way out (tried in a process of its own)."""
    code = program or "from pactgraph.store.confine import leave_network; raise SystemExit(0 if leave_network() else 3)"
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": os.environ.get("PATH", "")}
    done = subprocess.run([sys.executable, "-P", "-c", code], env=environment, capture_output=True, check=False, timeout=60)
    state, key = (OK, "isolation") if done.returncode == 0 else (WARN, "isolation-partial")
    yield finding("isolation", state, key)
