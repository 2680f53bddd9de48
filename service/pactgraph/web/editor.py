"""``/sparql/terms.{lang}.json``: what the SPARQL editor completes, with labels and definitions in a language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pactgraph.namespaces import PREFIXES, VOCAB
from pactgraph.texts import LANGUAGES
from pactgraph.web import respond
from pactgraph.web.ask import Ask
from pactgraph.web.page import Page
from pactgraph.web.templating import brief, pick

router = APIRouter()
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w.-]*[\w-])?", re.ASCII)
"""The ends of addresses that may stand behind a prefix without escapes."""
_ASIDE = ("sh", "owl", "rdf", "void", "void-ext", "sd")
"""Vocabularies of which only the prefix is offered: they describe shapes and the service, which few ask about."""
_DEFINITION = 240


@router.get("/sparql/terms.{lang}.json", summary="Prefixes and terms for the SPARQL editor")
async def terms(request: Request, lang: str) -> Response:
    """``prefixes`` (prefix → namespace) and ``terms`` ([name, kind, label, definition], kind: class, property, constant)."""
    if lang not in LANGUAGES:
        raise HTTPException(404)
    page = Page(request)
    etag = page.site.etag("terms", lang)
    known = respond.not_modified(request, etag, respond.data_headers())
    return known or respond.data(request, await _body(page.ask, lang), "application/json", etag)


async def _body(ask: Ask, lang: str) -> bytes:
    records = await ask.records("editor-terms", by=("term", "kind"))
    prefixes = PREFIXES | {scheme: f"{VOCAB}{scheme}/" for scheme in _schemes(record.term or "" for record in records)}
    by_namespace = {namespace: prefix for prefix, namespace in prefixes.items() if prefix not in _ASIDE}
    found: dict[str, list[str]] = {}
    for record in records:
        name = _name(record.term or "", by_namespace)
        if name and name not in found:
            label, definition = ((pick(record.terms(column), lang) or ("",))[0] for column in ("label", "definition"))
            found[name] = [name, record.kind or "", label, brief(definition, _DEFINITION)]
    content = {"prefixes": dict(sorted(prefixes.items())), "terms": list(found.values())}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _schemes(iris: Iterable[str]) -> set[str]:
    """The vocabularies that the concepts stand in, by the keys of their addresses."""
    return {iri[len(VOCAB):].split("/")[0] for iri in iris if iri.startswith(VOCAB) and "/" in iri[len(VOCAB):]}


def _name(iri: str, by_namespace: dict[str, str]) -> str | None:
    """An address as prefix and name; None where it has no prefix here."""
    at = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix, local = by_namespace.get(iri[:at]), iri[at:]
    return f"{prefix}:{local}" if prefix and _LOCAL.fullmatch(local) else None
