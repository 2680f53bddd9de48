"""Makes a release: all exports under one version, notes in words, and the check that nothing published lost its meaning."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import zstandard

from pactgraph import __version__
from pactgraph.errors import fail
from pactgraph.publish.changes import Build
from pactgraph.publish.handed_on import handed_on
from pactgraph.publish.kinds import Context
from pactgraph.publish.manifest import Distribution, damaged, distributions, read_manifest
from pactgraph.publish.parts import included
from pactgraph.publish.promises import Broken, Names, broken, names_of
from pactgraph.publish.release_notes import Told, in_short, notes
from pactgraph.publish.released import HEAD, HISTORY, KIND, REMEMBERED, Release, releases_of
from pactgraph.publish.staging import Writer, staged
from pactgraph.publish.statements import collect
from pactgraph.publish.versions import newest_release, order
from pactgraph.texts import LANGUAGES, say

_SHOWN = 10
"""Names that a refusal lists; the rest is counted."""


@dataclass
class Former:
    """The release before: its version (empty: there is none) and its statements."""

    version: str
    quads: list[ox.Quad]
    place: Path | None = None


def release(context: Context, version: str, folder: Path, previous: Path | None) -> Path:
    """Make ``folder/version``; ``previous``: the folder of the former release (None: the newest one in ``folder``).

    A version of the wrong form or order, a release that exists, and a broken promise raise a UserError; nothing is written.
    """
    if order(version) is None:
        raise fail("release-version", version=version)
    target = folder / version
    if target.exists():
        raise fail("release-exists", folder=str(target))
    former = _former(version, previous or newest_release(folder))
    with staged(target, KIND) as writer:
        head = _make(context, version, former, writer)
        if target.exists():  # somebody else was quicker
            raise fail("release-exists", folder=str(target))
        writer.finish(head)
    return target


def _former(version: str, place: Path | None) -> Former:
    if place is None:
        return Former("", [])
    manifest = read_manifest(place)
    if manifest is None or manifest.get("kind") != KIND:
        raise fail("release-no-release", folder=str(place))
    before = str(manifest["version"])
    if (order(version) or ()) <= (order(before) or ()):
        raise fail("release-order", version=version, previous=before)
    if bad := damaged(place):
        raise fail("release-damaged", folder=str(place), damaged=bad[0])
    dumps = read_manifest(place / "dumps")
    whole = [file for file in distributions(dumps or {"files": []})
             if (file.group, file.format) == ("all", "application/n-quads") and file.compression in ("", *_OPEN)]
    if not whole:
        raise fail("release-no-dump", folder=str(place))
    return Former(before, list(_read(place / "dumps", whole[0])), place)


def _unzstd(data: bytes) -> bytes:
    return bytes(zstandard.ZstdDecompressor().decompressobj().decompress(data))


_OPEN: dict[str, Callable[[bytes], bytes]] = {"application/gzip": gzip.decompress,
         "application/zstd": _unzstd}


def _read(folder: Path, file: Distribution) -> Iterator[ox.Quad]:
    data = (folder / file.path).read_bytes()
    return ox.parse(_OPEN[file.compression](data) if file.compression else data, format=ox.RdfFormat.N_QUADS)


def _make(context: Context, version: str, former: Former, writer: Writer) -> dict[str, Any]:
    context.told(say("release-checking", context.lang), 0, 0)
    base = context.settings.base
    folder = writer.scratch() / KIND
    folder.mkdir()
    context.store, context.left_out = handed_on(context.store, base, writer.scratch() / "handed-on")
    collected = collect(context.store.quads(), base, folder)
    if collected.fingerprint:
        context.revision |= {"fingerprint": collected.fingerprint, "journal": collected.journal}
    with collected.file.open("rb") as stream:
        quads = list(ox.parse(stream, format=ox.RdfFormat.N_QUADS))
    old, new = names_of(former.quads, base), names_of(quads, base)
    if former.version:
        _refuse(broken(old, new), former.version)
        _check_ontology(old, new)
    told = Told(version, former.version, old, new, Build(former.quads), Build(quads))
    for lang in LANGUAGES:
        writer.write(f"RELEASE.{lang}.md", "text/markdown", notes(told, lang).encode())
    writer.write("names.txt", "text/plain", "".join(f"{name}\n" for name in sorted(new.all)).encode())
    earlier = _history(former, base, writer)
    head = {"kind": KIND, "title": {lang: say("release-title", lang, version=version) for lang in LANGUAGES},
            "program": f"pactgraph {__version__}", "base": base, "revision": context.revision,
            "left_out": context.left_out, "version": version,
            "version_iri": f"{base}release/{version}", "previous": former.version,
            "ontology_versions": dict(sorted(new.version_iris.items())), "day": context.as_of,
            "statements": collected.count, "dataset_sha256": collected.sha256,
            "changes": {lang: in_short(told, lang) for lang in LANGUAGES}}
    place = writer.place(HEAD).parent
    made = included(replace(context, releases=[Release(head, place, place), *earlier]), writer)
    _check_versions(version, made)
    head["includes"] = list(made)
    writer.write(HEAD, "application/json", (json.dumps(head, ensure_ascii=False, indent=1) + "\n").encode())
    return head


def _history(former: Former, base: str, writer: Writer) -> list[Release]:
    """Keep what the former release was, and what it kept of those before it."""
    if former.place is None:
        return []
    known = list(releases_of(former.place, base))
    for release in known:
        for name in REMEMBERED:
            file = release.notes / name
            if file.is_file():
                media_type = "application/json" if name == HEAD else "text/markdown" if name.endswith(".md") else "text/plain"
                writer.write(f"{HISTORY}/{release.version}/{name}", media_type, file.read_bytes())
    return sorted((replace(release, files=None) for release in known), key=lambda item: order(item.version) or (), reverse=True)


def _refuse(found: Broken, previous: str) -> None:
    if not found:
        return
    parts = [f"{name}" for name in (*found.lost, *found.other)]
    shown = "\n  ".join(parts[:_SHOWN])
    raise fail("release-lost", previous=previous, lost=len(found.lost), other=len(found.other), shown=min(len(parts), _SHOWN),
               names=shown)


def _check_ontology(old: Names, new: Names) -> None:
    """Another ontology needs another version IRI."""
    if old.ontology != new.ontology:
        for name, iri in new.version_iris.items():
            if old.version_iris.get(name) == iri:
                raise fail("release-ontology", ontology=name, iri=iri)


def _check_versions(version: str, made: dict[str, dict[str, Any]]) -> None:
    """What an export says of its version must be this one."""
    for kind, manifest in made.items():
        if manifest.get("version", version) != version:
            raise fail("release-says", kind=kind, said=manifest["version"], version=version)


