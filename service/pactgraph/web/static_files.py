"""Static files: a browser may keep those whose address names their state, and asks again for the others."""

from __future__ import annotations

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from pactgraph.web.respond import REVALIDATE
from pactgraph.web.templating import static_key

_A_YEAR = 31_536_000


class Static(StaticFiles):
    """The files of ``static/``; ``?{static_key}`` in an address says which state of them is meant."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        named = scope["query_string"].decode("latin-1") == static_key()
        response.headers["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable" if named else REVALIDATE
        return response
