"""Makes pages and data of a site: what one process does of the work."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pactgraph.errors import fail
from pactgraph.publish.staging import Writer
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation
from pactgraph.store.inline import InlineReaders
from pactgraph.texts import LANGUAGES
from pactgraph.web.addresses import Addresses
from pactgraph.web.app import create_app
from pactgraph.web.doc import ENGINE_NAMES, query_of
from pactgraph.web.dump_keeper import Kept
from pactgraph.web.fixed import room
from pactgraph.web.fixed.inside import Answer, Inside, started
from pactgraph.web.fixed.links import Links
from pactgraph.web.fixed.plan import DATA, Plan, plan_of
from pactgraph.web.fixed.state import Fixed
from pactgraph.web.site import Site

_FOUND, _GONE = 200, 410


@dataclass(frozen=True)
class Task:
    """What a site is made of. ``settings`` are those of the pages, ``day`` is YYYY-MM-DD; ``kept``: the exports beside the pages.

    ``service`` is the address of a running service (no slash at the end) or empty, ``address`` where the site will stand,
    ``root`` the path of the site on its server; ``folder``: where the files are written.
    """

    generation: Generation
    settings: Settings
    day: str
    kept: Kept
    service: str
    address: str
    root: str
    folder: Path
    parts: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


@dataclass
class Made:
    """What came of some jobs: the entries of the manifest by path, and the names (below ``doc/``) of withdrawn things."""

    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Job:
    """An address of the service with the language and the name of each file that it becomes; or (``thing``) an IRI with the
    ending and the name of each file of its data."""

    address: str
    files: tuple[tuple[str, str], ...]
    thing: bool = False


def jobs_of(plan: Plan, default: str) -> list[Job]:
    """The work, in the order of addresses: neighbours mention the same things."""
    described = {f"/{file}.{ending}" for file in plan.described.values() for ending in DATA}
    jobs = [Job(address, tuple((lang, f"{lang}/{file}") for lang in LANGUAGES)) for address, file in plan.pages.items()]
    jobs += [Job(address, ((default, file),)) for address, file in plan.data.items() if address not in described]
    jobs += [Job(iri, tuple((ending, f"{file}.{ending}") for ending in DATA), thing=True)
             for iri, file in plan.described.items()]
    return sorted(jobs, key=lambda job: job.address)


class _Kept:
    """Stands where a service keeps its dumps: what was made for the site."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    async def patient(self, site: Site, seconds: float) -> None:
        """There is nothing to wait for."""

    async def kept(self, site: Site) -> Kept:
        """The exports of the site; a site without dumps has a catalogue without them."""
        return self._kept

    async def close(self) -> None:
        """Nothing is made beside."""


class Hand:
    """Makes files of a site. To be used in the block of :func:`hand`."""

    def __init__(self, task: Task, runner: asyncio.Runner, readers: InlineReaders) -> None:
        self._task = task
        self._runner = runner
        self._readers = readers
        self._plan = Plan()
        self._fixed = Fixed(task.service, task.address, lambda address, lang: self._plan.file(address, lang) is not None)
        self._all = Fixed(task.service, task.address)
        self._links = Links(self._plan)
        self._addresses = Addresses(task.settings.base)
        app = create_app(task.settings, task.generation, readers=readers)
        app.include_router(room.router)
        app.state.dumps = _Kept(task.kept)
        self._open = started(app, self._fixed)
        self._inside: Inside = runner.run(self._open.__aenter__())
        self._app = app

    def close(self) -> None:
        """End the application."""
        self._runner.run(self._open.__aexit__(None, None, None))

    def plan(self) -> Plan:
        """What there is to make."""
        task = self._task
        return self._runner.run(plan_of(task.generation.nquads, Inside(self._app, self._all), task.settings.base, task.day,
                                        task.parts, task.only))

    def follow(self, plan: Plan) -> None:
        """Heed a plan from now on."""
        self._plan = plan
        self._links = Links(plan, self._task.service, self._task.root)

    def make(self, jobs: Iterable[Job]) -> Made:
        """Do some jobs. A page that cannot be made raises a UserError."""
        writer, made = Writer(self._task.folder), Made()
        self._runner.run(self._make(jobs, writer, made))
        made.files = writer.files
        return made

    async def _make(self, jobs: Iterable[Job], writer: Writer, made: Made) -> None:
        for job in jobs:
            if job.thing:
                self._describe(job, writer)
                continue
            for lang, file in job.files:  # one after the other: what was asked for the first is known for the next
                answer = await self._inside.get(job.address, lang=lang, as_of=self._task.day)
                self._write(writer, job.address, lang, file, answer)
            if answer.status == _GONE and file.endswith(".html"):
                made.gone.append(self._plan.pages[job.address].removesuffix(".html"))

    def _describe(self, job: Job, writer: Writer) -> None:
        """The data of a thing in all formats, from one answer: the bytes that the service sends."""
        iri = job.address
        query = query_of(iri, is_graph=self._addresses.is_graph(iri), is_ontology=iri in self._plan.ontologies)
        data = self._readers.graph(query, [ENGINE_NAMES[ending] for ending, _ in job.files])
        for ending, file in job.files:
            writer.write(file, DATA[ending], data[ENGINE_NAMES[ending]])

    def _write(self, writer: Writer, address: str, lang: str, file: str, answer: Answer) -> None:
        missing = address == room.MISSING
        if answer.status not in (_FOUND, _GONE) and not missing:
            raise fail("site-page", address=address, status=answer.status)
        if answer.media_type != "text/html":
            writer.write(file, DATA.get(file.rpartition(".")[2]) or answer.media_type, answer.body)
            return
        writer.write(file, "text/html", self._links.rewritten(answer.body, file, lang, anywhere=missing))
        if address == "/" and lang == self._task.settings.lang:
            writer.write("index.html", "text/html", self._links.rewritten(answer.body, "index.html", lang))


@contextmanager
def hand(task: Task) -> Iterator[Hand]:
    """A :class:`Hand` with the graph in its memory."""
    readers = InlineReaders(task.generation.nquads)
    with asyncio.Runner() as runner:
        one = Hand(task, runner, readers)
        try:
            yield one
        finally:
            one.close()


def settings_for_pages(settings: Settings) -> Settings:
    """The settings by which pages are made: nothing that a server has for itself, no secrets, no journal."""
    plain = Settings()
    lang = settings.lang if settings.lang in LANGUAGES else plain.lang
    return replace(plain, base=settings.base, lang=lang, data=settings.data, store="memory:", client_seconds=0, client_errors=0)
