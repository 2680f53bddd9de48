"""Harvests a catalogue with ckanext-dcat's own parser. Run by a Python that has it: ckan_harvest.py ADDRESS; prints JSON."""

from __future__ import annotations

import json
import sys
from urllib.request import urlopen


def main() -> None:
    """Go from page to page as the harvester of ckanext-dcat does, and say what CKAN would store."""
    from ckanext.dcat.processors import RDFParser  # type: ignore[import-not-found]

    at, pages, found = sys.argv[1], 0, []
    while at:
        with urlopen(at, timeout=60) as answer:
            content, media_type = answer.read().decode("utf-8"), answer.headers.get_content_type()
        parser = RDFParser(profiles=["euro_dcat_ap_3"])
        forms = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/ld+json": "json-ld"}
        parser.parse(content, _format=forms[media_type])
        found += [_told(item) for item in parser.datasets()]
        at, pages = parser.next_page(), pages + 1
    print(json.dumps({"pages": pages, "datasets": found}))


def _told(dataset: dict) -> dict:  # type: ignore[type-arg]
    extras = {item["key"]: item["value"] for item in dataset["extras"]}
    return {
        "uri": extras.get("uri"), "title": dataset["title"], "notes": dataset["notes"], "version": dataset.get("version"),
        "tags": [tag["name"] for tag in dataset["tags"]], "contact": extras.get("contact_name"),
        "publisher": extras.get("publisher_name"), "theme": extras.get("theme"),
        "resources": [{name: item.get(name) for name in ("url", "hash", "size", "name", "mimetype", "license")}
                      for item in dataset["resources"]],
    }


if __name__ == "__main__":
    main()
