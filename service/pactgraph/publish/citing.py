"""How the graph is cited and archived: CITATION.cff, DataCite 4.5 and Zenodo, from the same words and days."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pactgraph.about import about
from pactgraph.namespaces import BASE
from pactgraph.publish.authorities import SPDX
from pactgraph.publish.catalogued import Catalogue


def citation(version: str = "", released: str = "") -> str:
    """CITATION.cff (1.2.0). Version and day are those of a release, else of ``about.toml``, so it is the same everywhere."""
    title, says = about().words("title")["en"], about().words("description")["en"]
    lines = [
        "# Made by `pactgraph export catalog` of service/pactgraph/about.toml; a test says where they differ.",
        "cff-version: 1.2.0",
        "message: If you use the graph, cite it with the IRI of what you used.",
        "type: dataset",
        f"title: {json.dumps(title)}",
        f"abstract: {json.dumps(says)}",
        f"version: {json.dumps(version or about().text('version'))}",
        f"date-released: {json.dumps(released or about().released.isoformat())}",
        f"license: {SPDX[about().text('licence')]}",
        f"url: {json.dumps(BASE)}",
        "authors:",
        f"  - name: {json.dumps(about().text('creator'))}",
        *([f"doi: {about().text('doi')}"] if about().text("doi") else []),
        "identifiers:",
        "  - type: url",
        f"    value: {json.dumps(BASE + 'id/dataset/pactgraph')}",
        "    description: The dataset",
        "keywords:",
        *(f"  - {json.dumps(word)}" for word in about().keywords()["en"]),
    ]
    return "\n".join(lines) + "\n"


def cited_version() -> dict[str, str]:
    """What the files of this checkout say that the version of the data is, by their names; an installed program has only one."""
    found = {"about.toml": about().text("version")}
    file = Path(__file__).resolve().parents[3] / "CITATION.cff"
    if file.is_file() and (said := re.search(r'^version: "?([^"\n]*)', file.read_text("utf-8"), re.MULTILINE)):
        found["CITATION.cff"] = said[1]
    return found


def datacite(catalogue: Catalogue) -> dict[str, Any]:
    """DataCite metadata 4.5 as JSON. There is no DOI until an archive gives one (``about.toml``)."""
    whole, licence, doi = catalogue.whole, about().text("licence"), about().text("doi")
    says = about().words("description")
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Knowledge graph (RDF)"},
        "titles": [{"title": about().words("title")["en"], "lang": "en"},
                   {"title": about().words("title")["vi"], "lang": "vi", "titleType": "TranslatedTitle"}],
        "creators": [{"name": about().text("creator"), "nameType": "Organizational"}],
        "publisher": {"name": about().words("publisher")["en"]},
        "publicationYear": int(catalogue.released[:4]),
        "version": catalogue.version,
        "language": "en",
        "subjects": [{"subject": word, "lang": lang} for lang, words in about().keywords().items() for word in words],
        "dates": [{"date": catalogue.released, "dateType": "Issued"}, {"date": catalogue.modified, "dateType": "Updated"}]
        + ([{"date": f"{whole.days.first}/{whole.days.last}", "dateType": "Coverage"}] if whole.days.first else []),
        "identifiers": [*([{"identifier": doi, "identifierType": "DOI"}] if doi else []),
                        {"identifier": catalogue.iri(whole.key), "identifierType": "URL"}],
        "alternateIdentifiers": [{"alternateIdentifier": catalogue.state, "alternateIdentifierType": "build"}],
        "rightsList": [{"rights": "Creative Commons Attribution 4.0 International", "rightsUri": licence,
                        "rightsIdentifier": SPDX[licence], "rightsIdentifierScheme": "SPDX",
                        "schemeUri": "https://spdx.org/licenses/"},
                       {"rights": about().words("mixed_rights")["en"], "lang": "en"}],
        "descriptions": [{"description": says[lang], "descriptionType": "Abstract", "lang": lang} for lang in says]
        + [{"description": about().words("provenance")["en"], "descriptionType": "Methods", "lang": "en"}],
        "sizes": [f"{catalogue.triples} statements"] + [f"{file.entry.bytes} bytes ({file.entry.path})" for file in whole.files],
        "formats": sorted({file.entry.format for file in whole.files}),
        "relatedIdentifiers": [{"relatedIdentifier": source, "relatedIdentifierType": "URL", "relationType": "IsDerivedFrom"}
                               for source in whole.sources],
        "contributors": [{"name": about().words("contact")["en"], "nameType": "Organizational",
                          "contributorType": "ContactPerson"}],
    }


def zenodo(catalogue: Catalogue) -> dict[str, Any]:
    """The metadata of a deposit at Zenodo."""
    return {
        "upload_type": "dataset",
        "title": about().words("title")["en"],
        "creators": [{"name": about().text("creator")}],
        "description": "".join(f"<p lang=\"{lang}\">{says}</p>" for lang, says in about().words("description").items()),
        "version": catalogue.version,
        "publication_date": catalogue.released,
        "access_right": "open",
        "license": SPDX[about().text("licence")].lower(),
        "keywords": [word for words in about().keywords().values() for word in words],
        "language": "eng",
        "notes": about().words("mixed_rights")["en"],
        "related_identifiers": [{"identifier": catalogue.iri(catalogue.whole.key), "relation": "isIdenticalTo",
                                 "resource_type": "dataset"}],
    }
