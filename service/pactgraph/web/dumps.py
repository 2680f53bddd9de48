"""``/dumps/``: the public graph as files, made beside requests and kept until the graph changes."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from pactgraph.errors import fail
from pactgraph.publish.manifest import MANIFEST, Distribution, distributions
from pactgraph.web.dump_keeper import DumpKeeper, Kept
from pactgraph.web.files import send_file
from pactgraph.web.page import Page
from pactgraph.web.site import site_of

router = APIRouter()
_UNITS = ("B", "kB", "MB", "GB", "TB")
_THOUSAND = 1000.0


async def _kept(request: Request) -> Kept:
    keeper: DumpKeeper = request.app.state.dumps
    return await keeper.kept(site_of(request))


@router.get("/dumps", include_in_schema=False)
async def dumps_folder(request: Request) -> Response:
    """The same with a slash, against which the names of files resolve."""
    return RedirectResponse(request.scope.get("root_path", "") + "/dumps/", 308)


@router.get("/dumps/", summary="The dumps of the public graph, with sizes and checksums")
async def dumps(request: Request) -> Response:
    """The dumps as a page."""
    kept = await _kept(request)
    return await Page(request).show("dumps.html", keep=False, groups=_groups(kept), manifest=kept.manifest, size=_size)


@router.get("/dumps/{path:path}", summary="A dump, the checksums (SHA256SUMS) or what there is (manifest.json)")
async def dump_file(request: Request, path: str) -> Response:
    """A file of the dumps: parts of it (Range), or nothing where the client has it."""
    kept = await _kept(request)
    entry = kept.files.get(path)
    if entry is None and path != MANIFEST:
        raise fail("dumps-no-file")
    tag = f'"{entry["sha256"]}"' if entry else f'"{kept.manifest["dataset_sha256"]}.{kept.folder.name}"'
    return send_file(request, kept.folder / path, tag, entry["media_type"] if entry else "application/json")


def _groups(kept: Kept) -> list[dict[str, Any]]:
    """The files by group and format, in the order of people: the whole first, then countries, then sources."""
    groups: dict[str, dict[str, Any]] = {}
    for file in distributions(kept.manifest):
        group = groups.setdefault(file.group, {"name": file.group, "title": file.group_title, "first": file, "forms": {}})
        group["forms"].setdefault(file.format, []).append(file)
    return sorted(groups.values(), key=_order)


def _order(group: dict[str, Any]) -> tuple[int, str]:
    first: Distribution = group["first"]
    return ("all", "country", "source").index(first.group.partition("/")[0]), first.group


def _size(count: int) -> str:
    """A number of bytes as people say it: ``1.2 MB``."""
    value, unit = float(count), 0
    while value >= _THOUSAND and unit < len(_UNITS) - 1:
        value, unit = value / _THOUSAND, unit + 1
    return f"{value:.0f} {_UNITS[unit]}" if unit == 0 else f"{value:.1f} {_UNITS[unit]}"
