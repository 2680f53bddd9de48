"""The files of a dataset as distributions of DCAT-AP."""

from __future__ import annotations

from pactgraph.about import Words, about
from pactgraph.publish import authorities
from pactgraph.publish.catalogued import SERVICE, Catalogue, Dataset, File
from pactgraph.publish.manifest import Distribution
from pactgraph.publish.triples import Description
from pactgraph.texts import LANGUAGES, say

_SCHEMAS = {"application/n-quads": ("https://www.w3.org/TR/n-quads/", "RDF 1.1 N-Quads"),
            "application/trig": ("https://www.w3.org/TR/trig/", "RDF 1.1 TriG"),
            "text/turtle": ("https://www.w3.org/TR/turtle/", "RDF 1.1 Turtle"),
            "application/ld+json": ("https://www.w3.org/TR/json-ld11/", "JSON-LD 1.1"),
            "text/csv": ("https://www.rfc-editor.org/rfc/rfc4180", "RFC 4180: CSV")}


def file_iri(catalogue: Catalogue, dataset: Dataset, file: File) -> str:
    """The IRI of a file of a dataset, the same from build to build."""
    return f"{catalogue.iri(dataset.key)}/file/{file.entry.path.replace('/', '-')}"


def title_of(entry: Distribution) -> Words:
    """The title of a file with its compression, by which files of the same content are told apart."""
    more = f" – {entry.compression.rpartition('/')[2]}" if entry.compression else ""
    return {lang: words + more for lang, words in entry.title.items()}


def describe_file(out: Description, catalogue: Catalogue, dataset: Dataset, file: File) -> None:
    """A file with where, in what format and under which rights it is."""
    iri, entry = file_iri(catalogue, dataset, file), file.entry
    out.link(catalogue.iri(dataset.key), "dcat:distribution", iri)
    out.a(iri, "dcat:Distribution")
    out.words(iri, "dcterms:title", title_of(entry))
    key = "catalogue-dump" if entry.statements else "catalogue-file"
    sizes = {"bytes": f"{entry.bytes:,}", "statements": f"{entry.statements:,}"}
    out.words(iri, "dcterms:description", {lang: say(key, lang, path=entry.path, **sizes) for lang in LANGUAGES})
    out.link(iri, "dcat:accessURL", file.address)
    out.link(iri, "dcat:downloadURL", file.address)
    if catalogue.endpoint:
        out.link(iri, "dcat:accessService", catalogue.iri(SERVICE))
    # The EU's and IANA's formats are those of the content; the compression is said beside
    out.link(iri, "dcat:mediaType", authorities.media_type(out, entry.format))
    out.link(iri, "dcterms:format", authorities.file_type(out, entry.format))
    if entry.compression:
        out.link(iri, "dcat:compressFormat", authorities.media_type(out, entry.compression))
    out.value(iri, "dcat:byteSize", str(entry.bytes), "nonNegativeInteger")
    out.a(f"{iri}/checksum", "spdx:Checksum")
    out.link(iri, "spdx:checksum", f"{iri}/checksum")
    out.link(f"{iri}/checksum", "spdx:algorithm", authorities.sha256(out))
    out.value(f"{iri}/checksum", "spdx:checksumValue", entry.sha256, "hexBinary")
    out.link(iri, "dcatap:availability", authorities.available(out))
    out.value(iri, "dcterms:modified", dataset.days.modified, "date")
    if entry.format in _SCHEMAS:
        out.link(iri, "dcterms:conformsTo", authorities.standard(out, *_SCHEMAS[entry.format]))
    for tag in entry.languages or dataset.languages:
        out.link(iri, "dcterms:language", authorities.language(out, tag))
    _rights(out, iri, entry)


def _rights(out: Description, iri: str, entry: Distribution) -> None:
    """The licence, where there is one, and all else that holds for graphs in the file, in words."""
    if entry.licences:
        out.link(iri, "dcterms:license", authorities.licence(out, entry.licences[0]))
    if entry.licences and not entry.rights:
        return
    out.a(f"{iri}/rights", "dcterms:RightsStatement")
    out.link(iri, "dcterms:rights", f"{iri}/rights")
    if entry.licences:
        out.words(f"{iri}/rights", "rdfs:label", about().words("mixed_rights"))
    for words in entry.rights or (about().words("unstated_rights"),):
        out.words(f"{iri}/rights", "rdfs:comment" if entry.licences else "rdfs:label", words)
