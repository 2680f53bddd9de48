"""The entry of the graph for the LOD Cloud, with the fields that its form asks for."""

from __future__ import annotations

from typing import Any

from pactgraph.about import about
from pactgraph.publish.catalogued import Catalogue
from pactgraph.publish.void import links

ENOUGH = 50
"""How many links to another set of the cloud a set needs to be drawn in it."""
_RDF = ("application/n-quads", "application/trig", "text/turtle", "application/ld+json")


def lod_cloud(catalogue: Catalogue) -> dict[str, Any]:
    """The entry. A field for which this project has nothing yet (a mailbox, a DOI) is an empty string."""
    whole, name = catalogue.whole, about().words("publisher")["en"]
    counts = links(catalogue)
    downloads = [{"title": file.entry.title["en"], "description": f"{file.entry.bytes} bytes, SHA-256 {file.entry.sha256}",
                  "download_url": file.address, "media_type": file.entry.format, "status": "OK"}
                 for file in whole.files if file.entry.format in _RDF]
    return {
        "_id": about().text("name"),
        "identifier": about().text("name"),
        "title": about().words("title")["en"],
        "description": about().words("description"),
        "domain": about().text("domain"),
        "website": catalogue.site,
        "contact_point": {"name": about().words("contact")["en"], "email": about().text("email")},
        "owner": {"name": name, "email": about().text("email")},
        "license": about().text("licence"),
        "doi": about().text("doi"),
        "keywords": about().keywords()["en"],
        "namespace": f"{catalogue.base}id/",
        "triples": str(catalogue.triples),
        "full_download": downloads,
        "other_download": [{"title": "VoID", "description": "Statistics and linksets", "media_type": "text/turtle",
                            "access_url": f"{catalogue.site}.well-known/void", "status": "OK"},
                           {"title": "DCAT-AP", "description": "Catalogue", "media_type": "text/turtle",
                            "access_url": f"{catalogue.site}catalog.ttl", "status": "OK"}],
        "sparql": [{"title": about().words("service")["en"], "description": about().words("service_says")["en"],
                    "access_url": f"{catalogue.site}sparql", "status": "OK"}],
        "example": [{"title": "Article 9 of the Covenant", "description": "", "media_type": "text/turtle",
                     "access_url": catalogue.base + about().text("example"), "status": "OK"}],
        "links": [{"target": target.lod, "value": str(counts[target.key])}
                  for target in about().targets() if target.lod and counts.get(target.key)],
        "image": "",
        "time": {"issued": about().issued.isoformat(), "modified": catalogue.modified},
    }
