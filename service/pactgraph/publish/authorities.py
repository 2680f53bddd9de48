"""The lists of others by which portals know formats, languages, places and licences: the EU's, IANA's, ADMS', SPDX'.

What a description takes from a list is typed and named in the description itself, so that it can be checked alone.
"""

from __future__ import annotations

from pactgraph.about import Words, about
from pactgraph.publish.triples import Description

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "http://www.iana.org/assignments/media-types/"
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
SPDX = {_CC_BY: "CC-BY-4.0"}
"""Identifiers of licences in the list of SPDX."""
_LICENCES = {_CC_BY: _EU + "licence/CC_BY_4_0"}
_LANGUAGES = {"vi": "VIE", "en": "ENG", "fr": "FRA", "zh": "ZHO", "es": "SPA", "ru": "RUS", "ar": "ARA"}
_FILE_TYPES = {
    "application/n-quads": "RDF_N_QUADS", "application/trig": "RDF_TRIG", "text/turtle": "RDF_TURTLE",
    "application/ld+json": "JSON_LD", "application/rdf+xml": "RDF_XML", "text/csv": "CSV", "application/json": "JSON",
    "application/csvm+json": "JSON",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX", "text/html": "HTML",
    "application/sparql-results+json": "SPARQLQRES",
}
THEMES = _EU + "data-theme"
_SCHEMES = {"http://purl.org/adms/licencetype/1.0": "licence type", "http://purl.org/adms/publishertype/1.0": "publisher type"}


def _concept(out: Description, iri: str, scheme: str, label: Words | str) -> str:
    out.a(iri, "skos:Concept")
    out.a(scheme, "skos:ConceptScheme")
    out.words(scheme, "dcterms:title", {"en": _SCHEMES.get(scheme) or scheme.rsplit("/", 1)[-1].replace("-", " ")})
    out.link(iri, "skos:inScheme", scheme)
    out.words(iri, "skos:prefLabel", {"en": label} if isinstance(label, str) else label)
    return iri


def language(out: Description, tag: str) -> str:
    """A language of the EU's list; empty where the list has none for the tag."""
    code = _LANGUAGES.get(tag.split("-")[0].lower())
    if not code:
        return ""
    iri = f"{_EU}language/{code}"
    out.a(iri, "dcterms:LinguisticSystem")
    return _concept(out, iri, _EU + "language", code)


def country(out: Description, code: str) -> str:
    """A State of the EU's list of countries, by its ISO code of three letters."""
    iri = f"{_EU}country/{code.upper()}"
    out.a(iri, "dcterms:Location")
    return _concept(out, iri, _EU + "country", code.upper())


def theme(out: Description, code: str) -> str:
    """A theme of data portals."""
    return _concept(out, f"{_EU}data-theme/{code}", THEMES, about().values["theme"][code])


def frequency(out: Description, code: str) -> str:
    """How often there is something new."""
    iri = f"{_EU}frequency/{code}"
    out.a(iri, "dcterms:Frequency")
    return _concept(out, iri, _EU + "frequency", code)


def file_type(out: Description, media_type: str) -> str:
    """A format of the EU's list of file types; empty where it has none."""
    code = _FILE_TYPES.get(media_type.partition(";")[0])
    if not code:
        return ""
    iri = f"{_EU}file-type/{code}"
    out.a(iri, "dcterms:MediaTypeOrExtent")
    return _concept(out, iri, _EU + "file-type", code)


def media_type(out: Description, name: str) -> str:
    """A media type of IANA's list."""
    iri = _IANA + name.partition(";")[0]
    out.a(iri, "dcterms:MediaType")
    return iri


def licence(out: Description, iri: str) -> str:
    """A licence by its number in the EU's list, where that has it, with its kind; else its own IRI."""
    known = _LICENCES.get(iri, iri)
    out.a(known, "dcterms:LicenseDocument")
    if known != iri:
        out.link(known, "owl:sameAs", iri)
        out.words(known, "rdfs:label", {"en": SPDX[iri]})
        kind = "http://purl.org/adms/licencetype/Attribution"
        out.link(known, "dcterms:type", _concept(out, kind, "http://purl.org/adms/licencetype/1.0", "Attribution"))
    return known


def publisher_type(out: Description, name: str) -> str:
    """What kind of publisher that is, by ADMS."""
    return _concept(out, f"http://purl.org/adms/publishertype/{name}", "http://purl.org/adms/publishertype/1.0", name)


def available(out: Description) -> str:
    """That a file stays where it is until further notice."""
    scheme = _EU + "planned-availability"
    return _concept(out, f"{scheme}/AVAILABLE", scheme, "available")


def complete(out: Description) -> str:
    """The status of what is described in full."""
    scheme = _EU + "dataset-status"
    return _concept(out, f"{scheme}/COMPLETED", scheme, "completed")


def public(out: Description) -> str:
    """That everybody has access."""
    iri = _EU + "access-right/PUBLIC"
    out.a(iri, "dcterms:RightsStatement")
    return _concept(out, iri, _EU + "access-right", "public")


def standard(out: Description, iri: str, title: str) -> str:
    """A standard that something conforms to."""
    out.a(iri, "dcterms:Standard")
    out.words(iri, "dcterms:title", {"en": title})
    return iri


def sha256(out: Description) -> str:
    """The algorithm as the profile's shapes ask for it (https); the vocabulary itself names it with http."""
    iri = "https://spdx.org/rdf/terms/#checksumAlgorithm_sha256"
    out.a(iri, "spdx:ChecksumAlgorithm")
    out.link(iri, "owl:sameAs", "http://spdx.org/rdf/terms#checksumAlgorithm_sha256")
    return iri
