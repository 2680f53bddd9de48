"""The catalogue in schema.org, as search engines for data read it."""

from __future__ import annotations

from typing import Any

from pactgraph.about import about
from pactgraph.build.void import WHOLE
from pactgraph.publish.catalogued import CATALOGUE, Catalogue, Dataset, File
from pactgraph.publish.dcat_files import title_of

_CONTEXT = "https://schema.org/"
_SHORTEST = 50
"""The fewest characters of a description that search engines take."""
_FILES = 40
"""The most files that a page names; all stand in the catalogue."""


def catalogue_block(catalogue: Catalogue, lang: str) -> dict[str, Any]:
    """The catalogue with its datasets by name."""
    return {
        "@context": _CONTEXT, "@type": "DataCatalog", "@id": catalogue.iri(CATALOGUE), "url": f"{catalogue.site}catalog",
        "name": about().words("catalogue")[lang], "description": about().words("description")[lang],
        "license": about().text("licence"), "inLanguage": about().languages, "creator": _creator(catalogue),
        "dataset": [{"@type": "Dataset", "@id": catalogue.iri(item.key), "name": _in(item.title, lang),
                     "description": _in(item.description, lang), "url": catalogue.site + item.page,
                     "license": _licence(catalogue, item), "creator": _creator(catalogue)} for item in catalogue.datasets],
    }


def dataset_block(catalogue: Catalogue, dataset: Dataset, lang: str) -> dict[str, Any]:
    """A dataset with its files."""
    description = _in(dataset.description, lang)
    if len(description) < _SHORTEST:
        description = f"{description} {about().words('description')[lang]}"
    block: dict[str, Any] = {
        "@context": _CONTEXT, "@type": "Dataset", "@id": catalogue.iri(dataset.key), "url": catalogue.site + dataset.page,
        "identifier": catalogue.iri(dataset.key), "name": _in(dataset.title, lang), "description": description,
        "license": _licence(catalogue, dataset), "creator": _creator(catalogue), "publisher": _creator(catalogue),
        "version": catalogue.version_of(dataset)[0], "dateModified": dataset.days.modified,
        "datePublished": catalogue.version_of(dataset)[2],
        "keywords": about().keywords()[lang], "inLanguage": list(dataset.languages), "isAccessibleForFree": True,
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": catalogue.iri(CATALOGUE), "url": f"{catalogue.site}catalog"},
        "distribution": [_file(file, lang) for file in dataset.files[:_FILES]],
    }
    if dataset.part_of:
        block["isPartOf"] = {"@type": "Dataset", "@id": catalogue.iri(dataset.part_of), "name": about().words("title")[lang],
                             "description": about().words("description")[lang], "license": about().text("licence"),
                             "creator": _creator(catalogue)}
    if dataset.days.first:
        block["temporalCoverage"] = f"{dataset.days.first}/{dataset.days.last}"
    if dataset.states:
        block["spatialCoverage"] = [{"@type": "Country", "identifier": code.upper(), "name": code.upper()}
                                    for code in dataset.states]
    return block


def project_block(base: str, site: str, lang: str) -> dict[str, Any]:
    """The whole graph in a few words, for pages that do not look at its files."""
    creator = {"@type": "Organization", "name": about().text("creator"), "url": site}
    return {
        "@context": _CONTEXT, "@type": "Dataset", "@id": f"{base}id/dataset/{WHOLE}", "url": f"{site}catalog/{WHOLE}",
        "name": about().words("title")[lang], "description": about().words("description")[lang],
        "license": about().text("licence"), "creator": creator, "publisher": creator, "version": about().text("version"),
        "keywords": about().keywords()[lang], "inLanguage": about().languages, "isAccessibleForFree": True,
        "datePublished": about().issued.isoformat(),
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": f"{base}id/dataset/{CATALOGUE}", "url": f"{site}catalog"},
        "distribution": [{"@type": "DataDownload", "contentUrl": f"{site}dumps/pactgraph.nq.gz",
                          "encodingFormat": "application/n-quads"}],
    }


def thing_block(iri: str, address: str, name: str, part_of: dict[str, Any]) -> dict[str, Any]:
    """The page of a thing: what it is about, and the dataset (:func:`project_block`) that it is part of."""
    whole = {key: part_of[key] for key in ("@type", "@id", "url", "name", "description", "license", "creator")}
    return {"@context": _CONTEXT, "@type": "WebPage", "url": address, "name": name,
            "mainEntity": {"@type": "Thing", "@id": iri, "name": name}, "inLanguage": part_of["inLanguage"],
            "license": part_of["license"], "isPartOf": whole}


def _in(words: dict[str, str], lang: str) -> str:
    return words.get(lang) or words.get("en") or words.get("vi") or ""


def _creator(catalogue: Catalogue) -> dict[str, Any]:
    return {"@type": "Organization", "name": about().text("creator"), "url": catalogue.site}


def _licence(catalogue: Catalogue, dataset: Dataset) -> str:
    """The licence of what this project wrote in it. Where all in it is of others, the graph that states rights."""
    stated = {licence for file in dataset.files for licence in file.entry.licences}
    return about().text("licence") if stated or not dataset.files else f"{catalogue.base}graph/meta"


def _file(file: File, lang: str) -> dict[str, Any]:
    return {"@type": "DataDownload", "contentUrl": file.address, "encodingFormat": file.entry.format,
            "contentSize": f"{file.entry.bytes} B", "sha256": file.entry.sha256, "name": _in(title_of(file.entry), lang)}
