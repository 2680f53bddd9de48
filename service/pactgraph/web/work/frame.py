"""What the pages of work share: who is signed in, the token of their forms, what was just done."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pactgraph.access.author import ADMINISTRATOR, CONTRIBUTOR, CURATOR, Author
from pactgraph.access.sessions import Session
from pactgraph.errors import UserError, UserErrors, fail
from pactgraph.web.page import Page
from pactgraph.web.problems import status_of
from pactgraph.web.work.forms import csrf
from pactgraph.web.work.visitor import had_session, session_of

WRITERS = (CONTRIBUTOR, CURATOR, ADMINISTRATOR)
REVIEWERS = (CURATOR, ADMINISTRATOR)
_NEXT = re.compile(r"/workspace(?:/[A-Za-z0-9._~/-]*)?(?:\?[A-Za-z0-9._~/:%&=+-]*)?")
_LONGEST_NEXT = 1000


class WorkPage(Page):
    """A page of work. ``me`` is None for a stranger."""

    def __init__(self, request: Request) -> None:
        super().__init__(request, forgiving=True)
        self.me: Author | None = self.session.author if self.session else None

    async def form(self, template: str, problem: UserError | int | None = None, **values: Any) -> Response:
        """Render a page that is for this session alone, and kept by nobody; with a problem (or a status) if there is one."""
        status = problem if isinstance(problem, int) else status_of(problem) if problem else 200
        told = {} if isinstance(problem, int) else {"problems": self.told(problem)}
        return await self.show(f"work/{template}", status, keep=False, **self.own() | told | values)

    def own(self) -> dict[str, Any]:
        """What every template of these pages can use."""
        return {"me": self.me, "csrf": csrf(self.request), "to": self.to, "body": body_iri(self.me, self.site.settings.base)}

    def to(self, path: str, **parameters: str | int | None) -> str:
        """The address of a page of this service, with parameters (None: left out)."""
        given = {name: value for name, value in parameters.items() if value not in (None, "")}
        return self.local(path + ("?" + urlencode(given) if given else ""))

    def sign_in_first(self) -> Response:
        """Send a stranger to the sign-in, and back afterwards."""
        asked = self.path + ("?" + self.request.url.query if self.request.url.query else "")
        wanted = asked if self.path != "/workspace" and safe_next(asked) else None
        return self.go("/workspace/sign-in", next=wanted, ended="1" if had_session(self.request) else None)

    def go(self, path: str, **parameters: str | int | None) -> Response:
        """After a form: to another page, by GET."""
        return RedirectResponse(self.to(path, **parameters), 303, {"Cache-Control": "no-store"})

    def told(self, problem: UserError | None) -> list[str]:
        """What a problem says, one text each; nothing where there is none."""
        if problem is None:
            return []
        if isinstance(problem, UserErrors):
            return [one.message(self.lang) for one in problem.problems]
        return [problem.message(self.lang)]


def require_session(request: Request, scopes: Iterable[str] = ()) -> Session:
    """Who sent a form; nobody, or somebody whose token has none of the scopes, raises a UserError."""
    session = session_of(request)
    if session is None:
        raise fail("work-signed-out")
    needed = tuple(scopes)
    if needed and session.author.scope not in needed:
        raise fail("work-scope", scope=session.author.scope, needed=", ".join(needed))
    return session


def safe_next(path: str) -> str:
    """A page of work to go to; empty for anything else."""
    return path if len(path) <= _LONGEST_NEXT and _NEXT.fullmatch(path) and "//" not in path.partition("?")[0] else ""


def body_iri(author: Author | None, base: str) -> str | None:
    """The IRI of the body that somebody speaks for: ``vnm-mps`` → ``…/id/vnm/body/mps``."""
    if author is None or not author.body:
        return None
    country, _, code = author.body.partition("-")
    return f"{base}id/{country}/body/{code}"
