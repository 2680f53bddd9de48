"""Who asks, and under which address: what trusted proxies say about a request, and the path where it is mounted.

A header such as ``X-Forwarded-For`` can be written by anybody. It is believed only from a peer that the operator names
(``PACTGRAPH_PROXIES``), and read from its right end, which the nearest proxy wrote: the first address there that is no
trusted proxy is the client's.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from pactgraph.errors import fail
from pactgraph.settings import FORWARDED, Settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_PAIR = re.compile(r"""\s*+([A-Za-z]++)=(?:"((?:[^"\\]|\\.)*+)"|([^\s;,"]*+))\s*+(?:;|$)""")
_LONGEST_ELEMENT = 500
UNKNOWN = "unknown"
"""The client of a request where a trusted proxy was asked and does not say."""
_ROOT = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True)
class Hop:
    """What one proxy says of the request that it received; empty where it says nothing."""

    client: str = ""
    scheme: str = ""
    host: str = ""


class Proxied:
    """ASGI middleware: puts client, scheme, host and root path of a request right before anybody looks at them."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._root = root_path(settings)
        self._trusted = networks(settings.proxies)
        self._standard = settings.forwarded == FORWARDED

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = self._mounted(self._seen(scope))
        await self._app(scope, receive, send)

    def _mounted(self, scope: Scope) -> Scope:
        """Whether the proxy takes the prefix away or leaves it, the path begins with the root path from here on."""
        if not self._root:
            return scope
        path = scope["path"]
        raw: bytes = scope.get("raw_path") or path.encode()
        if path != self._root and not path.startswith(self._root + "/"):
            path, raw = self._root + path, self._root.encode() + raw
        return {**scope, "root_path": self._root, "path": path, "raw_path": raw}

    def _seen(self, scope: Scope) -> Scope:
        peer = address(scope["client"][0]) if scope.get("client") else None
        if peer is None or not self._is_trusted(peer):
            return scope
        headers = Headers(scope=scope)
        hops = _forwarded(headers) if self._standard else _x_forwarded(headers)
        hop = self._client_hop(hops)
        found = address(hop.client)
        scope = dict(scope)
        if any(one.client for one in hops):
            scope["client"] = (str(found) if found else UNKNOWN, 0)
        if hop.scheme in ("http", "https"):
            scope["scheme"] = hop.scheme
        if _HOST.fullmatch(hop.host):
            changed = MutableHeaders(raw=list(scope["headers"]))
            changed["host"] = hop.host
            scope["headers"] = changed.raw
        return scope

    def _client_hop(self, hops: Sequence[Hop]) -> Hop:
        """The rightmost hop whose client is no trusted proxy; what stands left of it may be made up."""
        chosen = Hop()
        for hop in reversed(hops):
            client = address(hop.client)
            if client is None:  # unknown or hidden: nothing further left can be believed
                return Hop(UNKNOWN, hop.scheme or chosen.scheme, hop.host or chosen.host)
            chosen = hop
            if not self._is_trusted(client):
                break
        return chosen

    def _is_trusted(self, one: Address) -> bool:
        return any(one in network for network in self._trusted)


def networks(text: str) -> list[Network]:
    """The networks that a setting lists, commas or spaces between. A wrong one raises a UserError."""
    found: list[Network] = []
    for item in text.replace(",", " ").split():
        try:
            found.append(ipaddress.ip_network(item))
        except ValueError:
            raise fail("bad-setting", name=Settings.variable("proxies"), value=item,
                       kind="10.0.0.1 | 10.0.0.0/8 | 2001:db8::/32") from None
    return found


def root_path(settings: Settings) -> str:
    """The path below which the service is mounted, without a slash at its end. A wrong one raises a UserError."""
    root = settings.root_path.rstrip("/")
    if not _ROOT.fullmatch(root):
        raise fail("bad-setting", name=Settings.variable("root_path"), value=settings.root_path, kind="/path")
    return root


@lru_cache(maxsize=4096)
def address(text: str) -> Address | None:
    """An address as it stands in a header, with or without a port; None where it is none. IPv4 in IPv6 is IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _x_forwarded(headers: Headers) -> list[Hop]:
    clients = _values(headers, "x-forwarded-for")
    scheme = (_values(headers, "x-forwarded-proto") or [""])[-1].lower()
    host = (_values(headers, "x-forwarded-host") or [""])[-1]
    return [Hop(client, scheme, host) for client in clients] or [Hop("", scheme, host)]


def _values(headers: Headers, name: str) -> list[str]:
    return [part.strip() for value in headers.getlist(name) for part in value.split(",") if part.strip()]


def _forwarded(headers: Headers) -> list[Hop]:
    return [_hop(element) for value in headers.getlist("forwarded") for element in _elements(value)]


def _elements(value: str) -> list[str]:
    """The elements between the commas. Read from the right end, which a proxy wrote: a quotation mark that a client
    left open swallows nothing of it."""
    found, end, quoted = [], len(value), False
    for at in range(len(value) - 1, -1, -1):
        if value[at] == '"' and (at == 0 or value[at - 1] != "\\"):
            quoted = not quoted
        elif value[at] == "," and not quoted:
            found.append(value[at + 1 : end])
            end = at
    return [*reversed([*found, value[:end]])]


def _hop(element: str) -> Hop:
    if len(element) > _LONGEST_ELEMENT:
        return Hop()
    pairs = {name.lower(): quoted or plain for name, quoted, plain in _PAIR.findall(element)}
    return Hop(pairs.get("for", ""), pairs.get("proto", "").lower(), pairs.get("host", ""))
