"""Turns the IRIs of the graph into addresses of this service and back."""

from __future__ import annotations

from urllib.parse import quote

from pactgraph.namespaces import BASE

_OUTSIDE_IDS = ("ontology", "vocab", "shapes", "graph", ".well-known")
_SAFE = "/:@!$&'()*+,;=~-._"


class Addresses:
    """The addresses of one deployment: ``base`` is where its ids and graphs live, ``root`` where it is mounted."""

    def __init__(self, base: str, root: str = "") -> None:
        self._base = base
        self._root = root.rstrip("/")

    def local(self, path: str) -> str:
        """The address of a path of this service (``/doc/…``)."""
        return self._root + path

    def of(self, iri: str) -> str | None:
        """Where a person reads about an IRI: a page here, an http address elsewhere, or None."""
        path = self._path(iri)
        if path is not None:
            return self.local("/doc/" + quote(path, safe=_SAFE))
        return iri if iri.startswith(("http://", "https://")) else None

    def path(self, iri: str) -> str:
        """What stands behind ``/doc/`` in the address of an IRI of this service; the IRI itself of another."""
        return self._path(iri) or iri

    def is_local(self, iri: str) -> bool:
        """Whether an IRI is one of this service."""
        return self._path(iri) is not None

    def is_graph(self, iri: str) -> bool:
        """Whether an IRI names a graph of this service."""
        return iri.startswith(self._base + "graph/")

    def iri(self, path: str) -> str:
        """The IRI that ``/doc/{path}`` describes."""
        head = path.split("/", 1)[0]
        if head == "graph":
            return self._base + path
        return (BASE if head in _OUTSIDE_IDS else self._base + "id/") + path

    def _path(self, iri: str) -> str | None:
        if iri.startswith(self._base + "id/"):
            return iri[len(self._base) + 3 :]
        for base in (self._base, BASE):
            if iri.startswith(base) and iri[len(base) :].split("/", 1)[0] in _OUTSIDE_IDS:
                return iri[len(base) :]
        return None
