"""Who speaks: the holder of a token, or the operator at the command line."""

from __future__ import annotations

from dataclasses import dataclass

READER, CONTRIBUTOR, CURATOR, ADMINISTRATOR = "reader", "contributor", "curator", "administrator"
SCOPES = (READER, CONTRIBUTOR, CURATOR, ADMINISTRATOR)


@dataclass(frozen=True)
class Author:
    """``name`` is the token's name (a role or an office, no private person); ``body`` the id of the body it speaks for."""

    name: str
    scope: str
    body: str | None = None


OPERATOR = Author("operator", ADMINISTRATOR)
"""Whoever may run commands on the store's folder."""


def body_key(iri: str, base: str) -> str:
    """The key of a body in tokens and in the names of graphs: ``…/id/vnm/body/mps`` → ``vnm-mps``. No two bodies share one."""
    return iri.removeprefix(base + "id/").replace("/body/", "-", 1).replace("/", "-")
