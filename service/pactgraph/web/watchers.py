"""Who may read what the operator of the service reads (``/metrics``)."""

from __future__ import annotations

import ipaddress
from functools import cache

from starlette.requests import Request

from pactgraph.errors import fail
from pactgraph.settings import Settings

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# By these a proxy says that it passes a request on, and browsers that a page of another site asks.
_NOT_THE_CLIENT = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via", "origin")


@cache
def networks(setting: str) -> tuple[Network, ...]:
    """The networks of ``PACTGRAPH_METRICS_FROM``: addresses or networks with commas between, or ``none``."""
    if setting.strip() == "none":
        return ()
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in setting.split(",") if part.strip())
    except ValueError:
        raise fail("bad-setting", name=Settings.variable("metrics_from"), value=setting,
                   kind="127.0.0.0/8,10.1.0.7 | none") from None


def may_watch(request: Request, setting: str) -> bool:
    """Whether a request comes straight from one of the networks.

    A proxy on this machine would make the whole world local: what was passed on is refused.
    """
    if request.client is None or any(name in request.headers for name in _NOT_THE_CLIENT):
        return False
    try:
        address = ipaddress.ip_address(request.client.host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in networks(setting))
