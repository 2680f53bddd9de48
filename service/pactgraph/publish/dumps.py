"""The kind ``dumps``: the public graph as N-Quads, TriG, Turtle and JSON-LD, whole, by country and by source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pactgraph.errors import fail
from pactgraph.publish import jsonld, turtle
from pactgraph.publish.compress import ENDINGS, GZIP, ZSTD, write_compressed
from pactgraph.publish.groups import Group, groups_of
from pactgraph.publish.kinds import Context
from pactgraph.publish.staging import Writer
from pactgraph.publish.statements import Graph, Statements, collect
from pactgraph.texts import say


@dataclass(frozen=True)
class Format:
    """A syntax of RDF: the ending of its files, its media type, whether it names graphs, and who writes it."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Statements, list[Graph]], Iterator[bytes]]


FORMATS = {form.name: form for form in (
    Format("nquads", ".nq", "application/n-quads", turtle.as_nquads),
    Format("trig", ".trig", "application/trig", turtle.as_trig),
    Format("turtle", ".ttl", "text/turtle", turtle.as_turtle),
    Format("jsonld", ".jsonld", "application/ld+json", jsonld.as_jsonld),
)}
_DEFAULT_COMPRESSIONS = (GZIP, ZSTD)


def make(context: Context, writer: Writer) -> dict[str, Any]:
    """Write the dumps that the options ask for: ``format``, ``compression``, ``group`` and ``without``, each several times."""
    formats = [_known("format", name, FORMATS) for name in context.options.get("format", ())] or list(FORMATS.values())
    compressions = [name for name in context.options.get("compression", ()) if _known("compression", name, ENDINGS) is not None]
    statements = _collected(context, writer)
    wanted = _wanted(groups_of(statements, context.store.query, context.settings.base), context.options.get("group", ()))
    for at, group in enumerate(wanted):
        context.told(group.title[context.lang], at, len(wanted))
        for form in formats:
            _write(writer, form, group, statements, compressions or _DEFAULT_COMPRESSIONS)
    return {"statements": statements.count, "graphs": len(statements.graphs), "dataset_sha256": statements.sha256}


def _collected(context: Context, writer: Writer) -> Statements:
    base = context.settings.base
    left_out = tuple(f"{base}graph/{name.removeprefix(base).removeprefix('graph/')}"
                     for name in context.options.get("without", ()))

    def told(read: int) -> None:
        context.told(say("dump-reading", context.lang), read, 0)

    statements = collect(context.store.quads(), base, writer.scratch(), left_out, told)
    if statements.fingerprint:
        context.revision |= {"fingerprint": statements.fingerprint, "journal": statements.journal}
    return statements


def _wanted(groups: list[Group], names: Iterable[str]) -> list[Group]:
    """The groups that are asked for: by name, or all countries (``countries``) or sources (``sources``); all where none is."""
    known = {group.name: group for group in groups}
    found: dict[str, Group] = {}
    for name in names:
        chosen = [group for group in groups if group.path.startswith(f"{name}/")] if name in ("countries", "sources") else []
        if not chosen and name not in ("countries", "sources"):
            chosen = [_known("group", name, known)]
        found |= {group.name: group for group in chosen}
    return list(found.values()) or groups


def _known(option: str, name: str, known: dict[str, Any]) -> Any:
    if name not in known:
        raise fail("export-choice", option=option, value=name, known=", ".join(known))
    return known[name]


def _write(writer: Writer, form: Format, group: Group, statements: Statements, compressions: Iterable[str]) -> None:
    write_compressed(
        writer, group.path + form.ending, form.media_type, compressions, form.write(statements, group.graphs),
        title={lang: say("dump-title", lang, group=words, form=say(f"dump-form-{form.name}", lang))
               for lang, words in group.title.items()},
        group=group.name, group_title=group.title, graphs=[graph.iri for graph in group.graphs],
        statements=group.statements, licences=group.licences, rights=group.rights, languages=group.languages)
