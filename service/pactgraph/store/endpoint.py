"""Where a SPARQL endpoint is and how to come in: addresses, credentials, patience."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pactgraph.errors import fail
from pactgraph.settings import Settings

DIGEST = "digest"


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL 1.1 endpoint. ``update`` is where updates go; ``seconds``: how long to wait for an answer."""

    address: str
    update: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    auth: str = "basic"
    seconds: float = 60.0

    def __post_init__(self) -> None:
        for address in (self.address, self.update):
            _without_password(address)
        if not self.update:
            object.__setattr__(self, "update", _update_of(self.address))

    @classmethod
    def of(cls, settings: Settings) -> Endpoint:
        """The endpoint that the settings name."""
        return cls(settings.store, settings.endpoint_update, settings.endpoint_user, settings.endpoint_password,
                   settings.endpoint_auth, settings.endpoint_seconds)


def _update_of(address: str) -> str:
    """Oxigraph and Fuseki take queries at ``…/query`` and updates at ``…/update``; others take both at one address."""
    return f"{address.removesuffix('/query')}/update" if address.endswith("/query") else address


def _without_password(address: str) -> None:
    """Refuse ``http://user:password@…``: addresses are printed in messages and written to logs."""
    parts = urlsplit(address)
    if "@" in parts.netloc:
        raise fail("endpoint-credentials", host=parts.netloc.rpartition("@")[2])
