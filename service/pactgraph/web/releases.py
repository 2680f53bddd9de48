"""``/release/VERSION``, the version IRIs of the data, and ``/releases/``: what each release is, and its files.

A version IRI leads (303) to the description of its release: a page, or the same as data, by ``Accept`` or a suffix. Releases of
which the files are no longer kept are described as well: those after them remember what they were.
"""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from pactgraph.errors import fail
from pactgraph.publish import dcat
from pactgraph.publish.catalogued import Catalogue, Dataset
from pactgraph.publish.manifest import MANIFEST, distributions, read_manifest
from pactgraph.publish.released import Release
from pactgraph.publish.schema_org import dataset_block
from pactgraph.publish.triples import Description
from pactgraph.web import respond
from pactgraph.web.catalog import DATA, catalogue_of, described, formats_of, liked, signposts
from pactgraph.web.files import send_file
from pactgraph.web.negotiation import HTML, Offer
from pactgraph.web.notes import blocks
from pactgraph.web.page import Page
from pactgraph.web.standing import link

router = APIRouter()


async def _known(request: Request) -> list[Release]:
    keeper = request.app.state.releases
    found: list[Release] = (await asyncio.to_thread(keeper.known))[1]
    return found


async def _release(request: Request, version: str) -> Release:
    """A release by its version; an unknown one is an error that names those that there are."""
    found = await _known(request)
    for release in found:
        if release.version == version:
            return release
    names = ", ".join(release.version for release in found[:20])
    raise fail("release-unknown", version=version[:40], known=names) if names else fail("release-none", version=version[:40])


@router.get("/release/{version}", summary="Find the description of a release (the version IRI of the data)")
async def version_iri(request: Request, version: str) -> Response:
    """303: a version of the data is not a document; one about it is elsewhere, in the format that the client likes."""
    release = await _release(request, version)
    offer = liked(request)
    document = f"{request.scope.get('root_path', '')}/releases/{release.version}"
    response = RedirectResponse(document if offer is HTML else f"{document}.{offer.name}", 303, {"Vary": "Accept"})
    response.headers["Cache-Control"] = respond.REVALIDATE
    response.headers.append("Link", link(document, "describedby"))
    for item in (HTML, *DATA):
        address = document if item is HTML else f"{document}.{item.name}"
        response.headers.append("Link", link(address, "alternate", type=item.media_type))
    return response


@router.get("/release", include_in_schema=False)
@router.get("/releases", include_in_schema=False)
async def folder(request: Request) -> Response:
    """The list of the releases."""
    return RedirectResponse(request.scope.get("root_path", "") + "/releases/", 308)


@router.get("/releases/", summary="All releases of the data")
async def releases(request: Request) -> Response:
    """The releases as a page, the newest first."""
    return await Page(request).show("releases.html", keep=False, releases=await _known(request))


@router.get("/releases/{version}", summary="A release, as a page or (.ttl, .jsonld, .rdf, .nt) as data")
async def release_document(request: Request, version: str) -> Response:
    """What a release is: version, day, state, what changed, files, those before and after it."""
    stem, _, suffix = version.rpartition(".")
    offer: Offer | None = next((item for item in DATA if stem and item.name == suffix), None)
    release = await _release(request, stem if offer else version)
    chosen = offer or liked(request)
    if chosen is HTML:
        return await _page(request, release)

    def make(found: Catalogue) -> Description:
        return dcat.describe_one(found, _dataset(found, release))

    return await described(request, chosen, f"/releases/{release.version}", make, needs_dumps=False)


@router.get("/releases/{version}/{path:path}", summary="A file of a release")
async def release_file(request: Request, version: str, path: str) -> Response:
    """A file of a release whose files are kept: parts of it (Range), or nothing where the client has it."""
    release = await _release(request, version)
    if release.files is None:
        raise fail("release-not-kept", version=version)
    manifest = await asyncio.to_thread(release.manifest)
    entry = next((item for item in manifest["files"] if item["path"] == path), None)
    if entry is None and path != MANIFEST:
        raise fail("release-no-file", version=version)
    tag = f'"{entry["sha256"]}"' if entry else f'"{release.head.get("dataset_sha256", "")}.{release.version}"'
    return send_file(request, release.files / path, tag, entry["media_type"] if entry else "application/json")


def _dataset(found: Catalogue, release: Release) -> Dataset:
    dataset = next((item for item in found.releases if item.release and item.release.version == release.version), None)
    if dataset is None:  # it went between two looks
        raise fail("release-none", version=release.version)
    return dataset


async def _page(request: Request, release: Release) -> Response:
    page = Page(request)
    found, _ = await catalogue_of(request, needs_dumps=False)
    dataset = _dataset(found, release)
    around = [item.release.version for item in found.releases if item.release]
    at = around.index(release.version)
    return await page.show(
        "release.html", keep=False, formats=formats_of(page, f"/releases/{release.version}"), release=release,
        previous=around[at + 1] if at + 1 < len(around) else "", following=around[at - 1] if at else "", newest=around[0],
        linked_data=dataset_block(found, dataset, page.lang),
        notes=blocks(await asyncio.to_thread(release.notes_in, page.lang)), parts=await asyncio.to_thread(_parts, release),
        sums=await asyncio.to_thread(release.sums), headers=_relations(request, around, at) + signposts(page, found, dataset))


def _relations(request: Request, around: list[str], at: int) -> list[str]:
    """The versions beside one as Link headers (RFC 5829)."""
    local = request.scope.get("root_path", "") + "/releases/"
    found = [link(local + around[0], "latest-version")]
    found += [link(local + around[at + 1], "predecessor-version")] if at + 1 < len(around) else []
    return found + ([link(local + around[at - 1], "successor-version")] if at else [])


def _parts(release: Release) -> list[dict[str, Any]]:
    """The kept files of a release for people: those of each export that describe data, with the whole graph first."""
    found = []
    for name in release.head.get("includes", []):
        manifest = read_manifest(release.files / name) if release.files else None
        if manifest is None:
            continue
        files = sorted(distributions(manifest), key=lambda file: (file.group not in ("all", ""), file.path))
        found.append({"name": name, "title": manifest.get("title", {}), "files": files})
    return found
