"""The kind ``site``: the read-only pages in both languages, their data, dumps and descriptions, as files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI

from pactgraph.build.summary import summarise
from pactgraph.errors import fail
from pactgraph.publish.kinds import Context
from pactgraph.publish.parts import included
from pactgraph.publish.staging import Writer
from pactgraph.publish.statements import collect
from pactgraph.store.generations import Generation
from pactgraph.texts import LANGUAGES, say
from pactgraph.web.app import create_app
from pactgraph.web.dump_keeper import Kept
from pactgraph.web.fixed import room, servers
from pactgraph.web.fixed.inside import Answer, Inside, started
from pactgraph.web.fixed.links import Links
from pactgraph.web.fixed.plan import DATA, Plan, plan_of
from pactgraph.web.fixed.state import Fixed
from pactgraph.web.site import Site

_AT_ONCE = 6
"""Pages that are made at the same time: enough to keep the readers busy."""
_TOLD_EACH = 50
_MEDIA = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "html": "text/html", "map": "application/json"}
_FOUND = (200, 410)


class _Dumps:
    """Stands where a service keeps its dumps: the ones that were made for the site."""

    def __init__(self, kept: Kept | None) -> None:
        self._kept = kept

    async def kept(self, site: Site) -> Kept:
        """The dumps of the site."""
        if self._kept is None:
            raise fail("dumps-no-file")
        return self._kept

    async def close(self) -> None:
        """Nothing is made beside."""


def make(context: Context, writer: Writer) -> dict[str, Any]:
    """Write the site. Options: ``service`` and ``address`` (one each), ``include`` (kinds of export), those of the dumps."""
    service = _address(context, "service").rstrip("/")
    address = _address(context, "address")
    parts = included(context, writer, but="site")
    generation = _generation(context, writer)
    kept = _kept(writer, parts.get("dumps"))
    return asyncio.run(_Making(context, writer, service, address).run(generation, kept, sorted(parts)))


def _address(context: Context, name: str) -> str:
    given = context.options.get(name, ("",))[-1]
    there = urlsplit(given)
    if given and (there.scheme not in ("http", "https") or not there.netloc or there.query or there.fragment):
        raise fail("export-address", option=name, value=given)
    return given if not given or given.endswith("/") else given + "/"


def _generation(context: Context, writer: Writer) -> Generation:
    """The public graph as a generation that the service's readers can load."""
    folder = writer.scratch() / "generation"
    folder.mkdir()
    statements = collect(context.store.quads(), context.settings.base, folder)
    statements.file.rename(folder / "graph.nq")
    for graph in statements.graphs.values():
        graph.file.unlink()
    (folder / "summary.json").write_text(json.dumps(summarise(context.store, ())), "utf-8")
    known = str(context.revision.get("fingerprint") or statements.fingerprint or statements.sha256[:16])
    return Generation(known, folder, int(context.revision.get("journal") or statements.journal))


def _kept(writer: Writer, manifest: dict[str, Any] | None) -> Kept | None:
    if manifest is None:
        return None
    return Kept(writer.place("dumps/x").parent, manifest, {entry["path"]: entry for entry in manifest["files"]})


class _Making:
    """One site as it is made."""

    def __init__(self, context: Context, writer: Writer, service: str, address: str) -> None:
        self._context = context
        self._writer = writer
        self._service = service
        self._address = address
        self._root = urlsplit(address).path or "/"
        self._done = 0

    async def run(self, generation: Generation, kept: Kept | None, parts: list[str]) -> dict[str, Any]:
        """Make all files; what the manifest says of them comes back."""
        settings = replace(self._context.settings, client_seconds=0, client_errors=0, root_path="", service_allow="",
                           query_seconds=60.0, store="memory:", journal="")
        app: FastAPI = create_app(settings, generation)
        app.include_router(room.router)
        app.state.dumps = _Dumps(kept)
        async with started(app, Fixed(self._service)) as inside:
            self._context.told(say("site-planning", self._context.lang), 0, 0)
            plan = await plan_of(generation.nquads, inside, settings.base, self._context.as_of, kept is not None,
                                 self._context.options.get("things", ()))
            await self._all(inside, plan)
        for path, data in _static():
            self._writer.write(f"static/{path}", _MEDIA.get(path.rpartition(".")[2], "application/octet-stream"), data)
        for path, text in servers.files_for(self._context.settings, self._address, self._service, parts).items():
            self._writer.write(path, "text/plain", text.encode())
        return {"day": self._context.as_of, "things": len(plan.things), "pages": len(plan.pages) * len(LANGUAGES),
                "address": self._address, "service": self._service, "includes": parts}

    async def _all(self, inside: Inside, plan: Plan) -> None:
        """Make every page in each language and every file of data, some at a time."""
        jobs = iter(_jobs(plan, self._context.settings.lang))
        links = Links(plan, self._service, self._root)
        total = len(plan.pages) + len(plan.data)

        async def work() -> None:
            for address, wanted in jobs:
                for lang, file in wanted:  # one after the other: what was asked for the first is known for the next
                    answer = await inside.get(address, lang=lang, as_of=self._context.as_of)
                    self._write(links, address, lang, file, answer)
                self._done += 1
                if self._done % _TOLD_EACH == 0:
                    self._context.told(say("site-pages", self._context.lang), self._done, total)

        tasks = [asyncio.ensure_future(work()) for _ in range(_AT_ONCE)]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()

    def _write(self, links: Links, address: str, lang: str, file: str, answer: Answer) -> None:
        missing = address == room.MISSING
        if answer.status not in _FOUND and not missing:
            raise fail("site-page", address=address, status=answer.status)
        if answer.media_type != "text/html":
            self._writer.write(file, DATA.get(file.rpartition(".")[2]) or answer.media_type, answer.body)
            return
        self._writer.write(file, "text/html", links.rewritten(answer.body, file, lang, anywhere=missing))
        if address == "/" and lang == self._context.settings.lang:
            self._writer.write("index.html", "text/html", links.rewritten(answer.body, "index.html", lang))


def _jobs(plan: Plan, default: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each address with the language and the name of each file that it becomes; the data of a thing follow its page."""
    jobs = [(address, [(lang, f"{lang}/{file}") for lang in LANGUAGES]) for address, file in plan.pages.items()]
    jobs += [(address, [(default, file)]) for address, file in plan.data.items()]
    return sorted(jobs, key=lambda job: job[0])


def _static() -> Iterator[tuple[str, bytes]]:
    """What the pages bring: stylesheets, scripts, the icon."""
    def walk(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
        for item in sorted(folder.iterdir(), key=lambda item: item.name):
            if item.is_dir():
                yield from walk(item, f"{above}{item.name}/")
            else:
                yield above + item.name, item.read_bytes()

    return walk(files("pactgraph.web").joinpath("static"), "")


