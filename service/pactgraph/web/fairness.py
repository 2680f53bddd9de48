"""Fair use: what one client's queries may cost a minute, in seconds of running and in refusals.

What is charged is the work of reader processes; an answer from memory is free. A budget is a bucket that leaks: it
takes a minute's worth at once and empties evenly over a minute. IPv6 clients are known by their /64, which is what one
customer gets. Clients of the loopback interface are not counted: they are the operator, or they come through a proxy
that is not configured (``PACTGRAPH_PROXIES``), and then the address says nothing about who asks.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Scope, Send

from pactgraph.errors import fail
from pactgraph.settings import Settings
from pactgraph.store.meter import METER
from pactgraph.web.proxies import Address, address

MOST_CLIENTS = 10_000
"""How many clients are remembered; whoever asked longest ago is forgotten first."""
_MINUTE = 60.0
_FREE = ("/health", "/metrics")


@dataclass
class Bucket:
    """Fills by what is charged and loses ``budget`` a minute; 0: without a limit."""

    budget: float
    level: float = 0.0
    at: float = 0.0

    def add(self, amount: float, now: float) -> None:
        """Charge an amount."""
        self.level = self.now(now) + amount
        self.at = now

    def now(self, now: float) -> float:
        """What is charged and has not leaked yet."""
        return max(0.0, self.level - (now - self.at) * self.budget / _MINUTE)

    def wait(self, now: float, more: float = 0.0) -> int:
        """The seconds until there is room again, with ``more`` in it; 0: there is room."""
        over = self.now(now) + more - self.budget
        return 0 if not self.budget or over < 0 else max(1, math.ceil(over * _MINUTE / self.budget))


@dataclass
class Account:
    """The :class:`~pactgraph.store.meter.Meter` of one client."""

    seconds: Bucket
    errors: Bucket
    clock: Callable[[], float] = time.monotonic
    running: list[float] = field(default_factory=list)

    def begin(self, at: float) -> None:
        """Let a query begin, or refuse it: what runs at this moment counts too."""
        now = self.clock()
        running = sum(now - begun for begun in self.running)
        for key, bucket, more in (("seconds", self.seconds, running), ("errors", self.errors, 0.0)):
            wait = bucket.wait(now, more)
            if wait:
                raise fail(f"fair-use-{key}", budget=f"{bucket.budget:g}", wait=wait)
        self.running.append(at)

    def end(self, at: float, seconds: float) -> None:
        """Charge a query that ended."""
        self.running.remove(at)
        self.seconds.add(seconds, self.clock())

    def fault(self) -> None:
        """Charge a refusal."""
        self.errors.add(1, self.clock())


class FairUse:
    """ASGI middleware that keeps an account for each client."""

    def __init__(self, app: ASGIApp, settings: Settings, most: int = MOST_CLIENTS,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._budgets = settings.client_seconds, float(settings.client_errors)
        self._most = most
        self._clock = clock
        self._accounts: OrderedDict[str, Account] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        account = self._account_of(scope) if scope["type"] == "http" else None
        token = METER.set(account)
        try:
            await self._app(scope, receive, send)
        finally:
            METER.reset(token)

    def _account_of(self, scope: Scope) -> Account | None:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if not scope.get("client") or path in _FREE:
            return None
        name: str = scope["client"][0]
        client = address(name)
        if client is None:
            return self.account(name)
        return None if client.is_loopback else self.account(customer(client))

    def account(self, key: str) -> Account:
        """The account of a client, a new one where the client is not known."""
        found = self._accounts.get(key)
        if found is None:
            seconds, errors = self._budgets
            found = self._accounts[key] = Account(Bucket(seconds), Bucket(errors), self._clock)
            if len(self._accounts) > self._most:
                self._accounts.popitem(last=False)
        self._accounts.move_to_end(key)
        return found

    def __len__(self) -> int:
        return len(self._accounts)


def customer(client: Address) -> str:
    """By what a client is known: an IPv4 address, or the /64 of an IPv6 one."""
    if client.version == 4:
        return str(client)
    return str(ipaddress.ip_network((client, 64), strict=False))
