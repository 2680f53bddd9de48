"""Serves what ``make assets`` bundled: files named by their content, which browsers may keep for ever.

A checkout without them works: pages ask for the address of a bundle and do with less where there is none.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).resolve().parent / "assets"
PATH = "/static/assets"
_FOR_EVER = "public, max-age=31536000, immutable"


def address(name: str) -> str | None:
    """The path of a bundle (``editor.js``) below the place where the service is mounted; None where it is not built."""
    file = _manifest().get(name)
    return f"{PATH}/{file}" if file else None


def mount(app: Starlette) -> None:
    """Serve the bundles, where there are any."""
    if FOLDER.is_dir():
        app.mount(PATH, _Files(directory=str(FOLDER)))


@cache
def _manifest() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return found


class _Files(StaticFiles):
    """The files; one that the manifest names is never another under the same name."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if path in _manifest().values():
            response.headers["Cache-Control"] = _FOR_EVER
        return response
