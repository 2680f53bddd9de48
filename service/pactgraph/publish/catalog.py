"""The kind ``catalog``: what portals, archives and search engines are told of the graph and its files."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from pactgraph.about import about
from pactgraph.errors import fail
from pactgraph.publish.catalogued import Catalogue, catalogue
from pactgraph.publish.citing import citation, datacite, zenodo
from pactgraph.publish.dcat import describe
from pactgraph.publish.kinds import Context, export, kind_of
from pactgraph.publish.knowledge import of_store
from pactgraph.publish.lod_cloud import lod_cloud
from pactgraph.publish.manifest import read_manifest
from pactgraph.publish.released import releases_in
from pactgraph.publish.schema_org import catalogue_block, dataset_block
from pactgraph.publish.staging import Writer
from pactgraph.publish.table_schemas import in_both
from pactgraph.publish.void import describe_void
from pactgraph.texts import say

_MEDIA = {"ttl": "text/turtle", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+/")
_NONE = "none"
_PLACES = {"dumps": "dumps/", "tables": "tables/"}


def make(context: Context, writer: Writer) -> dict[str, Any]:
    """Describe the exports that ``of`` names (folders, or ``none``), else those that the graph would give; ``address`` begins
    addresses.

    ``version``: that of the release that they are parts of.
    """
    site = (context.options.get("address") or (context.settings.base,))[0]
    if not _ADDRESS.fullmatch(site):
        raise fail("catalogue-address", value=site)
    given = context.options.get("of", ())
    folders = [Path(name) for name in given if name != _NONE]
    exports = [_named(folder) for folder in folders] if given else _made(context, writer)
    for folder, manifest in zip(folders, exports, strict=False):
        _same_state(context, folder, manifest)
    base = context.settings.base
    releases = context.releases if context.releases is not None else releases_in(context.settings.releases_folder(), base)
    (version,) = context.options.get("version", ("",))
    below = f"releases/{version}/" if version else ""
    found = catalogue(base, site, [(below + _PLACES[item["kind"]], item) for item in exports], of_store(context.store.query),
                      releases)
    if version:
        found = replace(found, version=version, released=context.as_of)
    write(writer, found)
    if not about().text("email"):
        context.warnings.append(say("catalogue-no-mailbox", context.lang))
    return {"datasets": len(found.datasets), "address": site}


def _named(folder: Path) -> dict[str, Any]:
    manifest = read_manifest(folder)
    if manifest is None or manifest.get("kind") not in _PLACES:
        raise fail("catalogue-no-export", folder=str(folder))
    return manifest


def _same_state(context: Context, folder: Path, manifest: dict[str, Any]) -> None:
    """Refuse to describe files of another state of the graph."""
    there, here = manifest.get("revision", {}), context.revision
    if here.get("fingerprint") and there != here:
        states = [f"{state.get('fingerprint', '')}+{state.get('journal', 0)}" for state in (there, here)]
        raise fail("catalogue-other-state", folder=str(folder), there=states[0], here=states[1])


def _made(context: Context, writer: Writer) -> list[dict[str, Any]]:
    """The manifests of the exports of this graph. The same graph gives the same files, so they are made to be counted."""
    found = []
    for name in _PLACES:
        inner = Context(context.store, context.settings, context.lang, context.as_of, dict(context.revision), {}, context.told)
        folder = writer.scratch() / name
        export(kind_of(name), inner, folder)
        manifest = read_manifest(folder)
        assert manifest is not None
        found.append(manifest)
    return found


def write(writer: Writer, found: Catalogue) -> None:
    """All descriptions as files."""
    everything, void = describe(found, found.datasets), describe_void(found)
    for ending, media_type in _MEDIA.items():
        writer.write(f"catalog.{ending}", media_type, everything.written(ending), title=in_both("catalogue-dcat"))
        writer.write(f"void.{ending}", media_type, void.written(ending), title=in_both("catalogue-void"))
    blocks = [catalogue_block(found, "en"), *(dataset_block(found, item, "en") for item in found.datasets)]
    _json(writer, "schema-org.jsonld", "schema", blocks, "application/ld+json")
    _json(writer, "datacite.json", "datacite", datacite(found))
    _json(writer, ".zenodo.json", "zenodo", zenodo(found))
    _json(writer, "lod-cloud.json", "lod", lod_cloud(found))
    cff = citation(found.version, found.released)
    writer.write("CITATION.cff", "application/yaml", cff.encode(), title=in_both("catalogue-cff"))


def _json(writer: Writer, path: str, key: str, content: Any, media_type: str = "application/json") -> None:
    data = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
    writer.write(path, media_type, data.encode(), title=in_both(f"catalogue-{key}"))
