"""Makes a report: looks its kind up, checks what was asked for, drafts it, writes it, and puts it where it should go."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

from pactgraph.catalogue import bind as terms
from pactgraph.errors import UserError, fail
from pactgraph.questions.resolve import Queryable
from pactgraph.reports.asking import Asker
from pactgraph.reports.document import Report

FORMATS = ("docx", "xlsx", "html", "ics")
_PAPER = ("docx", "xlsx", "html")


@dataclass(frozen=True)
class Kind:
    """A kind of report: its parameters (those that it must have first) and the formats that it is offered in."""

    name: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    formats: tuple[str, ...] = _PAPER
    limited: bool = False

    @property
    def parameters(self) -> tuple[str, ...]:
        """All its parameters."""
        return (*self.required, *self.optional)


KINDS = {kind.name: kind for kind in (
    Kind("article", ("article",), ("report",), limited=True),
    Kind("follow-up", (), ("document", "paragraphs"), limited=True),
    Kind("upr-midterm", (), ("cycle",)),
    Kind("thematic-list", (), ("cycle",), formats=("docx",)),
    Kind("yearly", ("body",), ("plan", "year")),
    Kind("synthesis", (), ("plan",)),
    Kind("gaps", (), ("article", "body", "plan", "type", "severity")),
    Kind("calendar", (), ("body", "plan"), formats=("ics",)),
)}


def kind_of(name: str) -> Kind:
    """A kind by its name; an unknown one is an error that tells the nearest."""
    if name not in KINDS:
        near = get_close_matches(name, KINDS, n=3, cutoff=0.4) or list(KINDS)
        raise fail("report-kind", name=name, near=", ".join(near), known=", ".join(KINDS))
    return KINDS[name]


def form_of(kind: Kind, form: str | None, out: str) -> str:
    """The format that was asked for, else that of the file's name, else the kind's first."""
    ending = "" if Path(out).is_dir() else Path(out).suffix.lower().lstrip(".")
    chosen = form or ending or kind.formats[0]
    if chosen not in kind.formats:
        raise fail("report-format", kind=kind.name, form=chosen, formats=", ".join(kind.formats))
    return chosen


def make_report(store: Queryable, kind: Kind, params: dict[str, str], *, as_of: str | None, lang: str, data: Path,
                word_limit: int | None = None) -> Report:
    """Draft a report. ``as_of`` is YYYY-MM-DD, None for today; a parameter that is unknown or missing raises a UserError."""
    given = {key: value.strip() for key, value in params.items() if value.strip()}
    known = ", ".join([*kind.required, *(f"[{name}]" for name in kind.optional)]) or "–"
    for name in given:
        if name not in kind.parameters:
            raise fail("report-param-unknown", name=name, kind=kind.name, known=known)
    for name in kind.required:
        if name not in given:
            raise fail("report-param-missing", name=name, kind=kind.name)
    if word_limit is not None and not kind.limited:
        raise fail("report-no-limit", kind=kind.name)
    day = as_of or date.today().isoformat()
    terms.day(day)
    draft: Callable[..., Report] = import_module(f"pactgraph.reports.kinds.{kind.name.replace('-', '_')}").draft
    return draft(Asker(store, lang, day, data), given, word_limit)


def written(report: Report, form: str) -> bytes:
    """The report in a format."""
    from pactgraph.reports.libraries import library

    if form == "docx":
        library("docx")
    writer = getattr(import_module(f"pactgraph.reports.as_{form}"), f"as_{form}")
    data: bytes = writer(report)
    return data


def save(data: bytes, out: str, name: str) -> Path:
    """Put a file where it belongs: ``out`` is a file, or a folder in which it gets the name ``name``.

    It is written beside its place first and then renamed, so that an older file stays whole where anything fails.
    """
    target = Path(out) / name if Path(out).is_dir() or out.endswith(("/", os.sep)) else Path(out)
    try:
        if out.endswith(("/", os.sep)):
            target.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".pactgraph-", dir=target.parent)
    except OSError as problem:
        raise _unwritable(target, problem) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        _permit(Path(beside), target)
        os.replace(beside, target)
    except OSError as problem:
        Path(beside).unlink(missing_ok=True)
        raise _unwritable(target, problem) from None
    return target


def _permit(beside: Path, target: Path) -> None:
    """The permissions of the file that is replaced, else those that a new file has."""
    if target.exists():
        beside.chmod(target.stat().st_mode & 0o777)
        return
    mask = os.umask(0)
    os.umask(mask)
    beside.chmod(0o666 & ~mask)


def _unwritable(target: Path, problem: OSError) -> UserError:
    return fail("report-unwritable", file=str(target), reason=problem.strerror or str(problem))
