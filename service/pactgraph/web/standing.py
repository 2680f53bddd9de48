"""Whether a name stands for something, was withdrawn or never was, and the links that lead on from its document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from pactgraph.web.ask import Ask
from pactgraph.web.site import Site

_IN_LINK = "/:@!$&'()*+,;=~-._#%[]?"


@dataclass(frozen=True)
class Standing:
    """What is known of a name; ``withdrawn``: the day on which it was, with the IRIs that replaced it."""

    known: bool
    withdrawn: str | None = None
    successors: tuple[str, ...] = ()


async def standing_of(site: Site, iri: str) -> Standing:
    """The standing of an IRI."""
    records = await _ask(site).records("standing", iri, by=("known", "withdrawn"))
    if not records or records[0].known != "true":
        return Standing(False)
    return Standing(True, records[0].withdrawn, tuple(records[0].values("successor")))


async def rights_links(site: Site, graphs: Iterable[str], address: str) -> list[str]:
    """Link headers to the licence of each graph; where a graph has none, to its description, which states its rights.

    ``address``: where graphs are described, up to their path.
    """
    licenses = site.licences
    if licenses is None:
        records = await _ask(site).records("graphs", by=("graph",))
        licenses = site.licences = {record.graph or "": record.license for record in records}
    base = site.settings.base + "graph/"
    targets = {licenses.get(graph) or address + quote(graph.removeprefix(base)) for graph in graphs if graph in licenses}
    return [link(target, "license") for target in sorted(targets)]


def link(target: str, relation: str, **attributes: str) -> str:
    """The value of a Link header (RFC 8288)."""
    more = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    return f'<{quote(target, safe=_IN_LINK)}>; rel="{relation}"{more}'


def _ask(site: Site) -> Ask:
    return Ask(site, "en", "")
