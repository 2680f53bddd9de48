"""One HTML page for one request: its language, its day, its words and its links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pactgraph.catalogue.bind import day as day_term
from pactgraph.errors import UserError
from pactgraph.web import language, templating
from pactgraph.web.addresses import Addresses
from pactgraph.web.ask import Ask
from pactgraph.web.respond import not_modified, page_headers
from pactgraph.web.site import site_of, today
from pactgraph.web.things import Thing
from pactgraph.web.wording import word
from pactgraph.web.work.visitor import session_of

_LONGEST_LINK = 500


@dataclass(frozen=True)
class Format:
    """A form in which the data of a page can be taken: its name for people, its address, its media type."""

    name: str
    address: str
    media_type: str


class Page:
    """What a handler needs to answer with a page. A day of the wrong form raises a UserError unless ``forgiving``."""

    def __init__(self, request: Request, *, forgiving: bool = False) -> None:
        self.request = request
        self.site = site_of(request)
        self.lang = language.chosen(request, self.site.settings.lang)
        self.as_of = request.query_params.get("as_of") or None
        if self.as_of:
            self._check_day(forgiving)
        self.day = self.as_of or today()
        self.addresses = Addresses(self.site.settings.base, request.scope.get("root_path", ""))
        self.ask = Ask(self.site, self.lang, self.day)
        self.session = session_of(request)
        who = self.session.author.name if self.session else ""
        self.etag = self.site.etag("page", str(request.url), self.lang, today(), who)

    def _check_day(self, forgiving: bool) -> None:
        try:
            day_term(self.as_of or "")
        except UserError:
            if not forgiving:
                raise
            self.as_of = None

    def known(self) -> Response | None:
        """The page where it was made before, or the answer 304 where the client has it already."""
        headers = page_headers(self.request)
        unchanged = not_modified(self.request, self.etag, headers)
        if unchanged:
            return unchanged
        kept = self.site.pages.get(self.etag)
        return self._answer(*kept) if kept else None

    async def show(self, template: str, status: int = 200, *, formats: Iterable[Format] = (), keep: bool = True,
                   headers: Iterable[str] = (), **values: Any) -> Response:
        """Render a template; the names of everything that was asked for are looked up first.

        ``keep``: whether the address, the language and the day say all that the page depends on; ``headers``: Link
        headers beside those of the formats.
        """
        await self.ask.learn_names()
        formats = list(formats)
        html = templating.render(template, values | self._context() | {"formats": formats, "page": self}).encode()
        links = [
            f'<{item.address}>; rel="alternate"; type="{item.media_type}"'
            for item in formats if len(item.address) <= _LONGEST_LINK
        ]
        links += headers
        if status != 200 or not keep:
            response = self._response(html, links, status)
            response.headers["Cache-Control"] = "no-store"
            return response
        self.site.pages.put(self.etag, (html, links), len(html))
        return self._answer(html, links)

    def _answer(self, html: bytes, links: list[str]) -> Response:
        response = self._response(html, links)
        response.headers["ETag"] = self.etag
        return response

    def _response(self, html: bytes, links: Iterable[str], status: int = 200) -> Response:
        response = HTMLResponse(html, status)
        response.raw_headers += page_headers(self.request).raw
        response.headers["Content-Language"] = self.lang
        for link in links:
            response.headers.append("Link", link)
        return response

    def _context(self) -> dict[str, Any]:
        return {
            "lang": self.lang,
            "t": self.t,
            "thing": self.thing,
            "href": self.href,
            "local": self.local,
            "day": self.day,
            "site": self.site,
        }

    def t(self, key: str, **values: Any) -> str:
        """A text in the language of the page."""
        return word(key, self.lang, **values)

    def thing(self, iri: str) -> Thing:
        """A thing that the page names."""
        return self.site.things.get(iri)

    def href(self, iri: str) -> str | None:
        """The address of a thing, with the day that the reader chose."""
        address = self.addresses.of(iri)
        return self._with_day(address) if address and self.addresses.is_local(iri) else address

    def local(self, path: str) -> str:
        """The address of a page of this service, with the day that the reader chose."""
        address = self.addresses.local(path)
        return address if path.startswith("/static/") else self._with_day(address)

    def _with_day(self, address: str) -> str:
        if not self.as_of:
            return address
        return address + ("&" if "?" in address else "?") + urlencode({"as_of": self.as_of})

    @property
    def path(self) -> str:
        """The path that was asked for, below the place where the service is mounted."""
        return _path(self.request)

    @property
    def today_address(self) -> str:
        """The address of this page without a chosen day."""
        kept = [(name, value) for name, value in self.request.query_params.multi_items() if name != "as_of"]
        return self.addresses.local(self.path) + ("?" + urlencode(kept) if kept else "")

    def switched(self, lang: str) -> str:
        """The address of this very page in another language."""
        kept = [(name, value) for name, value in self.request.query_params.multi_items() if name != "lang"]
        return self.addresses.local(self.path) + "?" + urlencode([*kept, ("lang", lang)])


def _path(request: Request) -> str:
    """The path as it was asked for, below the place where the service is mounted."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    root: str = request.scope.get("root_path", "")
    path = raw.decode("ascii", "replace").split("?")[0]
    return path.removeprefix(root) if root else path
