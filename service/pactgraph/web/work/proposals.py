"""Works out, beside the loop that serves others, what an uploaded workbook would do, as its owner may know it."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from pactgraph import __version__
from pactgraph.access.author import Author
from pactgraph.access.visibility import may_see
from pactgraph.build.journaled import Journaled, graph_of, journal_of, replayed
from pactgraph.catalogue import bind as terms
from pactgraph.catalogue import load
from pactgraph.errors import fail
from pactgraph.ids import Ids
from pactgraph.questions.resolve import resolve
from pactgraph.reports.workbooks import annotated, as_workbook, body_sheet, words_of
from pactgraph.sources.office_safety import XLSX, check_office_file
from pactgraph.sources.workbook.evidence import EvidenceSums
from pactgraph.sources.workbook.read import read_workbook
from pactgraph.web.asking import ReaderStore, in_thread
from pactgraph.web.site import Site
from pactgraph.web.work.spool import Upload
from pactgraph.writing.workbooks import Names, Proposal, propose, reports_of

_AT_ONCE = asyncio.Semaphore(2)
"""Workbooks that one web worker reads at the same time."""


@dataclass
class Read:
    """What a workbook would do, the names of statuses, and a mark of its effect (the same effect, the same mark)."""

    proposal: Proposal
    names: Names
    mark: str


async def read(site: Site, file: Path, upload: Upload, author: Author) -> Read:
    """Read an uploaded workbook and compare it with the graph. A file that is no such workbook raises a UserError."""
    async with _AT_ONCE:
        return await in_thread(site, lambda store: _read(site, store, file, upload, author))


async def checked_copy(site: Site, file: Path, upload: Upload, author: Author) -> bytes:
    """The same workbook with a comment in each cell of which something is to be said."""
    async with _AT_ONCE:
        def work(store: ReaderStore) -> bytes:
            filled = _read(site, store, file, upload, author).proposal.filled
            office = check_office_file(file, site.settings.import_bytes, kind=XLSX, formulas=True)
            return annotated(office.data, filled.all_remarks(), filled.lang, filled.file)

        return await in_thread(site, work)


async def export(site: Site, author: Author, word: str, day: date, lang: str, stage: str) -> tuple[str, bytes]:
    """The code of a body, and its workbook. A body without anything to report on raises a UserError."""
    async with _AT_ONCE:
        return await in_thread(site, lambda store: _export(site, store, author, word, day, lang, stage))


def _read(site: Site, store: ReaderStore, file: Path, upload: Upload, author: Author) -> Read:
    words = words_of(store, "task-status")
    filled = read_workbook(file, site.settings.import_bytes, words.codes, today=date.today(),
                           evidence=EvidenceSums(upload.evidence))
    proposal = propose(filled, visible_state(site, author), author, Ids(site.settings.base), today=date.today(),
                       names=words.names, embargo=date.fromisoformat(upload.embargo) if upload.embargo else None,
                       stands=lambda iri: bool(store.query(load("lookup", "stands").bind({"thing": terms.iri(iri)}))))
    return Read(proposal, words.names, _mark(proposal))


def _export(site: Site, store: ReaderStore, author: Author, word: str, day: date, lang: str, stage: str) -> tuple[str, bytes]:
    body = resolve(store, "pg:Agent", word)
    state = visible_state(site, author)
    known = reports_of(state, body, site.settings.base, stage)
    sheet = body_sheet(store, body, as_of=day, lang=lang, base=site.settings.base,
                       reported=lambda _, item: known.latest(item, day))
    if not sheet.rows:
        raise fail("workbook-no-tasks", body=sheet.name or word, day=day.strftime("%d/%m/%Y"))
    data = as_workbook([sheet], as_of=day, lang=lang, statuses=words_of(store, "task-status").named(lang),
                       base=site.settings.base, generation=site.generation.fingerprint, journal=state.number,
                       program=__version__, stage=stage)
    return sheet.code, data


def visible_state(site: Site, author: Author) -> Journaled:
    """The journal at its head, without what the author may not see: nobody learns of it by comparing a file with it."""
    journal = journal_of(site.settings)
    state = replayed(journal, site.settings.base, journal.head if journal else None)
    state.restricted = {quad for quad in state.restricted if may_see(author, graph_of(quad), site.settings.base)}
    return state


def _mark(proposal: Proposal) -> str:
    found = hashlib.sha256()
    for sign, side in (("A", proposal.added), ("D", proposal.removed)):
        for line in sorted((ox.serialize(side, format=ox.RdfFormat.N_QUADS) or b"").splitlines()):
            found.update(sign.encode() + line)
    return found.hexdigest()[:32]
