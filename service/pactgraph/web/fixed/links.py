"""Makes the links of a page lead from file to file."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import parse_qsl, quote, urlsplit

from pactgraph.web.fixed.plan import Plan
from pactgraph.web.fixed.room import NEEDS_SERVICE

_ATTRIBUTE = re.compile(r'(?<=[\s"])(href|src|action)="(/(?!/)[^"]*)"')
_SAFE = "/:@!$&'()*+,;=~-._"
_KEPT = 200_000
"""Links whose targets are remembered; pages name the same things again and again."""


class Links:
    """Turns addresses of the service into relative ones of files.

    What is no file leads to ``service``, the address of a running service, or to the page that says that one is needed.
    ``root``: the path of the site on its server; a page of which nobody knows where it is shown leads there absolutely.
    """

    def __init__(self, plan: Plan, service: str = "", root: str = "/") -> None:
        self._plan = plan
        self._service = service
        self._root = root
        self._known: dict[tuple[str, str, str], tuple[str, bool]] = {}

    def rewritten(self, html: bytes, file: str, lang: str, *, anywhere: bool = False) -> bytes:
        """A page with the links of ``file``; ``anywhere``: it is shown in place of any other."""
        own = f"{lang}/"
        within = file.startswith(own)
        to_root = self._root if anywhere else "../" * file.count("/")
        to_own = "../" * (file.count("/") - 1) if within and not anywhere else ""

        def link(match: re.Match[str]) -> str:
            target, here = self._target(match[1], match[2], lang)
            if not here:
                return f'{match[1]}="{target}"'
            if within and not anywhere and target.startswith(own):
                return f'{match[1]}="{to_own}{target[len(own):]}"'
            return f'{match[1]}="{to_root}{target}"'

        return _ATTRIBUTE.sub(link, html.decode()).encode()

    def _target(self, name: str, raw: str, lang: str) -> tuple[str, bool]:
        """What an attribute leads to, as it stands in a page, and whether that is a file, from the site's folder on."""
        key = "action" if name == "action" else "", raw, lang
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[key] = self._of(unescape(raw), lang, form=name == "action")
        return known

    def _of(self, address: str, lang: str, form: bool) -> tuple[str, bool]:
        there = urlsplit(address)
        wanted = dict(parse_qsl(there.query)).get("lang", lang)
        target = None if form else self._plan.file(address, wanted)
        if target is None:
            if self._service:
                return escape(self._service + address), False
            return self._plan.file(NEEDS_SERVICE, lang) or "", True
        kept = f"?{there.query}" if target.startswith("static/") and there.query else ""
        fragment = f"#{there.fragment}" if there.fragment else ""
        return escape(quote(target, safe=_SAFE) + kept + fragment), True
