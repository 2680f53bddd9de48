"""Makes the links of a page lead from file to file."""

from __future__ import annotations

import posixpath
import re
from html import escape, unescape
from urllib.parse import parse_qsl, quote, urlsplit

from pactgraph.web.fixed.plan import Plan
from pactgraph.web.fixed.room import NEEDS_SERVICE

_ATTRIBUTE = re.compile(r'(?<=[\s"])(href|src|action)="(/(?!/)[^"]*)"')
_SAFE = "/:@!$&'()*+,;=~-._"


class Links:
    """Turns addresses of the service into relative ones of files.

    What is no file leads to ``service``, the address of a running service, or to the page that says that one is needed.
    ``root``: the path of the site on its server; a page of which nobody knows where it is shown leads there absolutely.
    """

    def __init__(self, plan: Plan, service: str = "", root: str = "/") -> None:
        self._plan = plan
        self._service = service
        self._root = root

    def rewritten(self, html: bytes, file: str, lang: str, *, anywhere: bool = False) -> bytes:
        """A page with the links of ``file``; ``anywhere``: it is shown in place of any other."""
        def link(match: re.Match[str]) -> str:
            name, address = match[1], unescape(match[2])
            target = self._of(address, lang, None if anywhere else file, form=name == "action")
            return f'{name}="{escape(target)}"'

        return _ATTRIBUTE.sub(link, html.decode()).encode()

    def _of(self, address: str, lang: str, here: str | None, form: bool) -> str:
        there = urlsplit(address)
        wanted = dict(parse_qsl(there.query)).get("lang", lang)
        target = None if form else self._plan.file(address, wanted)
        if target is None:
            if self._service:
                return self._service + address
            target = self._plan.file(NEEDS_SERVICE, lang) or ""
            return self._relative(target, here)
        kept = f"?{there.query}" if target.startswith("static/") and there.query else ""
        fragment = f"#{there.fragment}" if there.fragment else ""
        return self._relative(target, here) + kept + fragment

    def _relative(self, target: str, here: str | None) -> str:
        if here is None:
            return self._root + quote(target, safe=_SAFE)
        return quote(posixpath.relpath(target, posixpath.dirname(here) or "."), safe=_SAFE)
