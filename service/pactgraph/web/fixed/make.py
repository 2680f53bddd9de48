"""The kind ``site``: the read-only pages in both languages, their data, dumps and descriptions, as files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import urlsplit

from pactgraph.build.summary import summarise
from pactgraph.errors import fail
from pactgraph.publish.kinds import Context
from pactgraph.publish.parts import NONE, included
from pactgraph.publish.staging import Writer
from pactgraph.publish.statements import collect
from pactgraph.store.generations import Generation
from pactgraph.texts import LANGUAGES, say
from pactgraph.web.dump_keeper import Kept
from pactgraph.web.fixed import servers
from pactgraph.web.fixed.hand import Hand, Job, Made, Task, hand, jobs_of, settings_for_pages
from pactgraph.web.fixed.hands import processes_for, shared
from pactgraph.web.fixed.plan import Plan

GONE = ".gone"
"""The ending of an empty file beside the data of a thing that was withdrawn: servers answer 410 there."""
_A_PIECE = 25
_MEDIA = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "html": "text/html", "map": "application/json"}
_CATALOGUED = ("dumps", "tables")
"""The parts whose files the catalogue describes."""


def make(context: Context, writer: Writer) -> dict[str, Any]:
    """Write the site. Options: ``service`` and ``address`` (one each), ``include`` (kinds of export), ``things``, those of the
    dumps."""
    service = _address(context, "service").rstrip("/")
    address = _address(context, "address")
    parts = included(replace(context, options={**context.options, "service": (service or NONE,)}), writer, but="site")
    generation, count = _generation(context, writer)
    task = Task(generation, settings_for_pages(context.settings), context.as_of, _kept(context, writer, parts, count), service,
                address or context.settings.base, urlsplit(address).path or "/", writer.place("x").parent, tuple(sorted(parts)),
                context.options.get("things", ()))
    plan = _pages(context, writer, task)
    for path, data in _static():
        writer.write(f"static/{path}", _MEDIA.get(path.rpartition(".")[2], "application/octet-stream"), data)
    for path, text in servers.files_for(context.settings, address, service).items():
        writer.write(path, "text/plain", text.encode())
    return {"day": context.as_of, "things": len(plan.things), "pages": len(plan.pages) * len(LANGUAGES),
            "address": address, "service": service, "includes": sorted(parts)}


def _address(context: Context, name: str) -> str:
    given = context.options.get(name, ("",))[-1]
    there = urlsplit(given)
    if given and (there.scheme not in ("http", "https") or not there.netloc or there.query or there.fragment):
        raise fail("export-address", option=name, value=given)
    return given if not given or given.endswith("/") else given + "/"


def _generation(context: Context, writer: Writer) -> tuple[Generation, int]:
    """The public graph as a generation that readers can load, and how many statements it has."""
    folder = writer.scratch() / "generation"
    folder.mkdir()
    statements = collect(context.store.quads(), context.settings.base, folder)
    statements.file.rename(folder / "graph.nq")
    for graph in statements.graphs.values():
        graph.file.unlink()
    (folder / "summary.json").write_text(json.dumps(summarise(context.store, ())), "utf-8")
    known = str(context.revision.get("fingerprint") or statements.fingerprint or statements.sha256[:16])
    return Generation(known, folder, int(context.revision.get("journal") or statements.journal)), statements.count


def _kept(context: Context, writer: Writer, parts: dict[str, dict[str, Any]], count: int) -> Kept:
    """The parts as the pages' catalogue describes them; without dumps it still says of how much."""
    dumps = parts.get("dumps") or {"kind": "dumps", "files": [], "statements": count, "revision": context.revision}
    beside = tuple((f"{name}/", parts[name]) for name in _CATALOGUED if name in parts and name != "dumps")
    files = {entry["path"]: entry for entry in dumps.get("files", ())}
    return Kept(writer.place("x").parent / "dumps", dumps, files, beside)


def _pages(context: Context, writer: Writer, task: Task) -> Plan:
    """Make every page in each language and all data."""
    with hand(task) as one:
        context.told(say("site-planning", context.lang), 0, 0)
        plan = one.plan()
        jobs = jobs_of(plan, task.settings.lang)
        processes = int(context.options.get("processes", ("0",))[-1]) or processes_for(len(jobs))
        if processes == 1:
            _take(context, writer, len(jobs), _here(one, plan, jobs))
    del one  # and the graph in its memory
    if processes > 1:
        with closing(shared(task, plan, jobs, processes)) as work:
            _take(context, writer, len(jobs), work)
    return plan


def _here(one: Hand, plan: Plan, jobs: list[Job]) -> Iterator[tuple[int, Made]]:
    one.follow(plan)
    for at in range(0, len(jobs), _A_PIECE):
        yield len(jobs[at:at + _A_PIECE]), one.make(jobs[at:at + _A_PIECE])


def _take(context: Context, writer: Writer, total: int, work: Iterable[tuple[int, Made]]) -> None:
    """Note what is made, and tell how far it is."""
    done = 0
    for count, made in work:
        for path, entry in made.files.items():
            writer.take(path, entry)
        for name in made.gone:
            writer.write(name + GONE, "text/plain", b"")
        done += count
        context.told(say("site-pages", context.lang), done, total)


def _static() -> Iterator[tuple[str, bytes]]:
    """What the pages bring: stylesheets, scripts, the icon."""
    def walk(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
        for item in sorted(folder.iterdir(), key=lambda item: item.name):
            if item.is_dir():
                yield from walk(item, f"{above}{item.name}/")
            else:
                yield above + item.name, item.read_bytes()

    return walk(files("pactgraph.web").joinpath("static"), "")
