"""One HTML page for one request: its language, its day, its words and its links."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pactgraph.catalogue.bind import day as day_term
from pactgraph.errors import UserError, fail
from pactgraph.web import language, templating
from pactgraph.web.addresses import Addresses
from pactgraph.web.ask import Ask
from pactgraph.web.fixed.state import KEY, Fixed
from pactgraph.web.respond import not_modified, page_headers
from pactgraph.web.site import site_of, today
from pactgraph.web.things import Thing
from pactgraph.web.wording import word
from pactgraph.web.work.forms import csrf
from pactgraph.web.work.visitor import session_of

HELD = ("as_of", "country")
"""The parameters that hold from page to page: the day and the country of what is shown."""

_LONGEST_LINK = 500
_COUNTRY = re.compile(r"[a-z0-9-]{1,20}")


@dataclass(frozen=True)
class Format:
    """A form in which the data of a page can be taken: its name for people, its address, its media type."""

    name: str
    address: str
    media_type: str


class Page:
    """What a handler needs to answer with a page.

    A day of the wrong form, or a country of which the graph holds no plan, raises a UserError unless ``forgiving``.
    ``country`` is the code of the country that the reader chose (None: all), ``state`` the IRI of that State.
    """

    def __init__(self, request: Request, *, forgiving: bool = False) -> None:
        self.request = request
        self.site = site_of(request)
        self.lang = language.chosen(request, self.site.settings.lang)
        self.as_of = request.query_params.get("as_of") or None
        if self.as_of:
            self._check_day(forgiving)
        self.day = self.as_of or today()
        self.country = request.query_params.get("country") or None
        if self.country and not _COUNTRY.fullmatch(self.country):
            self._refuse_country(forgiving)
        self.addresses = Addresses(self.site.settings.base, request.scope.get("root_path", ""))
        self.state = f"{self.site.settings.base}id/state/{self.country}" if self.country else None
        self.ask = Ask(self.site, self.lang, self.day, self.state)
        self._forgiving = forgiving
        self._countries: list[str] = []
        self.fixed: Fixed | None = request.scope.get(KEY)
        self.session = session_of(request)
        # A page of somebody who is signed in holds a form of this very session: it is kept for this session alone
        who = sha256(self.session.id.encode()).hexdigest() if self.session else ""
        self.etag = self.site.etag("page", str(request.url), self.lang, today(), who)

    @property
    def csrf(self) -> str:
        """The token for a form in the frame of the page, of somebody who is signed in."""
        return csrf(self.request)

    def _check_day(self, forgiving: bool) -> None:
        try:
            day_term(self.as_of or "")
        except UserError:
            if not forgiving:
                raise
            self.as_of = None

    def _refuse_country(self, forgiving: bool) -> None:
        if not forgiving:
            raise fail("no-such-country", country=self.country or "")
        self.country = None

    async def learn_countries(self) -> None:
        """Which countries there are to choose from, where the store can say it: also a page of a problem has the switch."""
        try:
            found = [record.state or "" for record in await self.ask.records("countries")]
        except UserError:
            if not self._forgiving:
                raise
            found = []
        self._countries = found
        if self.state and self.state not in found:
            self._refuse_country(self._forgiving)

    @property
    def countries(self) -> list[tuple[str, str]]:
        """The countries whose plans the graph holds: code and IRI."""
        return [(iri.rsplit("/", 1)[-1], iri) for iri in self._countries]

    @property
    def asks(self) -> bool:
        """Whether somebody answers what the page asks: no, where it becomes a file of a site without a service."""
        return self.fixed is None or bool(self.fixed.service)

    def known(self) -> Response | None:
        """The page where it was made before, or the answer 304 where the client has it already."""
        headers = page_headers(self.request)
        unchanged = not_modified(self.request, self.etag, headers)
        if unchanged:
            return unchanged
        kept = None if self.fixed else self.site.pages.get(self.etag)
        return self._answer(*kept) if kept else None

    async def show(self, template: str, status: int = 200, *, formats: Iterable[Format] = (), keep: bool = True,
                   headers: Iterable[str] = (), **values: Any) -> Response:
        """Render a template; the names of everything that was asked for are looked up first.

        ``keep``: whether the address, the language and the day say all that the page depends on; ``headers``: Link
        headers beside those of the formats.
        """
        await self.learn_countries()
        await self.learn()
        formats = [item for item in formats if not self.fixed or self.fixed.offers(item.media_type, item.address, self.lang)]
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
        if not self.fixed:  # a file is made once
            self.site.pages.put(self.etag, (html, links), len(html))
        return self._answer(html, links)

    async def learn(self) -> None:
        """Look up the names of everything that was asked for, so that :meth:`thing` knows them."""
        try:
            await self.ask.learn_names()
        except UserError:
            if not self._forgiving:
                raise

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
        """The address of a thing, with the day and the country that the reader chose."""
        address = self.addresses.of(iri)
        return self._with(address, self.held()) if address and self.addresses.is_local(iri) else address

    def local(self, path: str, **parameters: str | None) -> str:
        """The address of a page of this service, with ``parameters`` and the day and country that the reader chose.

        A parameter that is None or empty is left out.
        """
        address = self.addresses.local(path)
        if path.startswith("/static/"):
            return address
        return self._with(address, [*((name, value) for name, value in parameters.items() if value), *self.held()])

    def held(self, *but: str) -> list[tuple[str, str]]:
        """What holds from page to page, for the hidden fields of a form; ``but``: those that the form asks for."""
        chosen = {"as_of": self.as_of, "country": self.country}
        return [(name, value) for name, value in chosen.items() if value and name not in but]

    def here(self, **changes: str | int | None) -> str:
        """The address of this very page with some parameters changed (None: without it). Other pages of a list begin
        with the first: a change leaves ``page`` out unless it names it."""
        left = {*changes, "page"}
        given = [(name, str(value)) for name, value in changes.items() if value is not None]
        return self._with(self.addresses.local(self.path), [*self.others(left), *given])

    def others(self, but: Collection[str]) -> list[tuple[str, str]]:
        """The parameters of this request but some."""
        return [(name, value) for name, value in self.request.query_params.multi_items() if name not in but]

    @staticmethod
    def _with(address: str, parameters: Iterable[tuple[str, str]]) -> str:
        query = _encoded(tuple(parameters))
        return address + ("&" if "?" in address else "?") + query if query else address

    @property
    def path(self) -> str:
        """The path that was asked for, below the place where the service is mounted."""
        return _path(self.request)

    @property
    def today_address(self) -> str:
        """The address of this page without a chosen day."""
        return self._with(self.addresses.local(self.path), self.others({"as_of"}))

    def switched(self, lang: str) -> str:
        """The address of this very page in another language."""
        return self._with(self.addresses.local(self.path), [*self.others({"lang"}), ("lang", lang)])


@lru_cache(maxsize=1024)
def _encoded(parameters: tuple[tuple[str, str], ...]) -> str:
    """Parameters as they stand in an address; what holds from page to page stands in most links of a page."""
    return urlencode(parameters)


def _path(request: Request) -> str:
    """The path as it was asked for, below the place where the service is mounted."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    root: str = request.scope.get("root_path", "")
    path = raw.decode("ascii", "replace").split("?")[0]
    return path.removeprefix(root) if root else path
