"""The catalogue in DCAT-AP 3.0.1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pactgraph.about import about
from pactgraph.namespaces import BASE
from pactgraph.publish import authorities
from pactgraph.publish.catalogued import CATALOGUE, SERIES, SERVICE, Catalogue, Dataset
from pactgraph.publish.dcat_files import describe_file
from pactgraph.publish.triples import Description

DCAT_AP = "http://data.europa.eu/r5r/"
_SPARQL = "https://www.w3.org/TR/sparql11-protocol/"


@dataclass(frozen=True)
class Page:
    """A page of the catalogue: its number from 1, of how many, and the path of the first (``catalog.ttl``)."""

    number: int = 1
    last: int = 1
    path: str = "catalog"


def describe(catalogue: Catalogue, datasets: Iterable[Dataset], page: Page = Page()) -> Description:
    """The catalogue with some of its datasets: those of a page."""
    out = Description()
    shown = list(datasets)
    _publisher(out, catalogue)
    _catalogue(out, catalogue, shown)
    if catalogue.whole in shown or any(item.release for item in shown):
        _series(out, catalogue)
    _service(out, catalogue, catalogue.whole in shown)
    for dataset in shown:
        describe_dataset(out, catalogue, dataset)
        _versions(out, catalogue, dataset, shown)
        _record(out, catalogue, dataset)
    if page.last > 1:
        _paging(out, catalogue, page)
    return out


def describe_one(catalogue: Catalogue, dataset: Dataset) -> Description:
    """One dataset with its files, who publishes it, and the service that answers for it."""
    out = Description()
    _publisher(out, catalogue)
    _service(out, catalogue, dataset is catalogue.whole)
    describe_dataset(out, catalogue, dataset)
    if dataset.release:
        _series(out, catalogue)
        around = catalogue.releases
        at = around.index(dataset)
        beside = around[max(at - 1, 0):at + 2]
        for item in (catalogue.whole, *beside):
            _named(out, catalogue, item)
        _versions(out, catalogue, dataset, [catalogue.whole, *beside])
    return out


def _named(out: Description, catalogue: Catalogue, dataset: Dataset) -> None:
    """What another dataset is, where one is described that leads to it."""
    iri = catalogue.iri(dataset.key)
    out.a(iri, "dcat:Dataset")
    out.words(iri, "dcterms:title", dataset.title)
    out.words(iri, "dcterms:description", dataset.description)


def _versions(out: Description, catalogue: Catalogue, dataset: Dataset, shown: list[Dataset]) -> None:
    """Where a release stands in the series: before and after which. A description names only what it describes itself."""
    if not dataset.release:
        return
    iri, whole, series = catalogue.iri(dataset.key), catalogue.iri(catalogue.whole.key), catalogue.iri(SERIES)
    around = catalogue.releases
    out.link(iri, "dcat:inSeries", series)
    if catalogue.whole in shown:
        out.link(whole, "dcat:hasVersion", iri)
        out.link(iri, "dcat:isVersionOf", whole)
    if dataset is around[0]:
        out.link(series, "dcat:last", iri)
    if dataset is around[-1]:
        out.link(series, "dcat:first", iri)
    else:
        before = around[around.index(dataset) + 1]
        if before in shown:
            for name in ("dcat:prev", "dcat:previousVersion", "dcterms:replaces"):
                out.link(iri, name, catalogue.iri(before.key))
            out.link(catalogue.iri(before.key), "dcterms:isReplacedBy", iri)


def _catalogue(out: Description, catalogue: Catalogue, shown: list[Dataset]) -> None:
    iri = catalogue.iri(CATALOGUE)
    out.a(iri, "dcat:Catalog")
    out.words(iri, "dcterms:title", about().words("catalogue"))
    out.words(iri, "dcterms:description", about().words("description"))
    _responsible(out, catalogue, iri)
    _temporal(out, catalogue.whole, iri)
    out.value(iri, "dcterms:issued", about().issued.isoformat(), "date")
    out.value(iri, "dcterms:modified", catalogue.modified, "date")
    out.link(iri, "dcterms:license", authorities.licence(out, about().text("licence")))
    out.link(iri, "dcat:themeTaxonomy", authorities.THEMES)
    out.link(iri, "foaf:homepage", document(out, catalogue.site))
    for tag in about().languages:
        out.link(iri, "dcterms:language", authorities.language(out, tag))
    for code in catalogue.whole.states:
        out.link(iri, "dcterms:spatial", authorities.country(out, code))
    out.link(iri, "dcat:service", catalogue.iri(SERVICE))
    for dataset in shown:
        out.link(iri, "dcat:dataset", catalogue.iri(dataset.key))
        out.link(iri, "dcat:record", _record_iri(catalogue, dataset))


def publisher(catalogue: Catalogue) -> str:
    """The IRI of who publishes."""
    return f"{catalogue.base}id/publisher"


def _contact(catalogue: Catalogue) -> str:
    return f"{catalogue.base}id/contact"


def _publisher(out: Description, catalogue: Catalogue) -> None:
    iri, contact = publisher(catalogue), _contact(catalogue)
    out.a(iri, "foaf:Agent")
    out.words(iri, "foaf:name", about().words("publisher"))
    out.link(iri, "dcterms:type", authorities.publisher_type(out, about().values["publisher"]["type"]))
    out.link(iri, "foaf:homepage", document(out, catalogue.site))
    out.a(contact, "vcard:Kind", "vcard:Organization")
    out.words(contact, "vcard:fn", about().words("contact"))
    out.link(contact, "vcard:hasURL", catalogue.site)
    if about().text("email"):
        out.link(contact, "vcard:hasEmail", f"mailto:{about().text('email')}")


def document(out: Description, address: str) -> str:
    """A page for people."""
    out.a(address, "foaf:Document")
    return address


def _responsible(out: Description, catalogue: Catalogue, iri: str) -> None:
    """Who stands behind a dataset or service, and what it is about."""
    out.link(iri, "dcterms:publisher", publisher(catalogue))
    out.link(iri, "dcat:contactPoint", _contact(catalogue))
    for code in about().listed("themes"):
        out.link(iri, "dcat:theme", authorities.theme(out, code))
    for lang, words in about().keywords().items():
        for word in words:
            out.words(iri, "dcat:keyword", {lang: word})
    out.link(iri, "dcterms:accessRights", authorities.public(out))


def _service(out: Description, catalogue: Catalogue, with_dataset: bool) -> None:
    """The endpoint. What it serves is said where that is described: a page must not speak of datasets of another."""
    iri = catalogue.iri(SERVICE)
    out.a(iri, "dcat:DataService")
    out.words(iri, "dcterms:title", about().words("service"))
    out.words(iri, "dcterms:description", about().words("service_says"))
    out.link(iri, "dcat:endpointURL", f"{catalogue.site}sparql")
    out.link(iri, "dcat:endpointDescription", f"{catalogue.site}sparql")
    if with_dataset:
        out.link(iri, "dcat:servesDataset", catalogue.iri(catalogue.whole.key))
    out.link(iri, "dcterms:conformsTo", authorities.standard(out, _SPARQL, "SPARQL 1.1 Protocol"))
    out.link(iri, "dcterms:format", authorities.file_type(out, "application/sparql-results+json"))
    _responsible(out, catalogue, iri)


def _series(out: Description, catalogue: Catalogue) -> None:
    iri = catalogue.iri(SERIES)
    out.a(iri, "dcat:DatasetSeries")
    out.words(iri, "dcterms:title", about().words("series"))
    out.words(iri, "dcterms:description", about().words("series_says"))
    out.value(iri, "dcterms:issued", about().issued.isoformat(), "date")
    out.value(iri, "dcterms:modified", catalogue.modified, "date")
    out.link(iri, "dcterms:accrualPeriodicity", authorities.frequency(out, about().text("frequency")))
    if not catalogue.releases:
        out.link(iri, "dcat:last", catalogue.iri(catalogue.whole.key))
    for code in catalogue.whole.states:
        out.link(iri, "dcterms:spatial", authorities.country(out, code))
    _temporal(out, catalogue.whole, iri)
    _responsible(out, catalogue, iri)


def describe_dataset(out: Description, catalogue: Catalogue, dataset: Dataset) -> None:
    """A dataset with its files."""
    iri = catalogue.iri(dataset.key)
    out.a(iri, "dcat:Dataset")
    out.words(iri, "dcterms:title", dataset.title)
    out.words(iri, "dcterms:description", dataset.description)
    out.value(iri, "dcterms:identifier", iri)
    version, state, issued = catalogue.version_of(dataset)
    out.value(iri, "dcat:version", version)
    out.value(iri, "adms:versionNotes", state)
    out.value(iri, "dcterms:issued", issued, "date")
    out.value(iri, "dcterms:modified", dataset.days.modified, "date")
    out.link(iri, "dcterms:accrualPeriodicity", authorities.frequency(out, about().text("frequency")))
    out.link(iri, "dcat:landingPage", document(out, catalogue.site + dataset.page))
    _responsible(out, catalogue, iri)
    _temporal(out, dataset, iri)
    _made(out, catalogue, dataset, iri)
    for code in dataset.states:
        out.link(iri, "dcterms:spatial", authorities.country(out, code))
    for tag in dataset.languages:
        out.link(iri, "dcterms:language", authorities.language(out, tag))
    if dataset.part_of:
        out.link(iri, "dcterms:isPartOf", catalogue.iri(dataset.part_of))
    else:
        out.link(iri, "dcat:inSeries", catalogue.iri(SERIES))
        out.link(iri, "dcterms:creator", publisher(catalogue))
    for file in dataset.files:
        describe_file(out, catalogue, dataset, file)


def _made(out: Description, catalogue: Catalogue, dataset: Dataset, iri: str) -> None:
    """Where a dataset comes from."""
    statement = f"{catalogue.iri(catalogue.whole.key)}/provenance"
    out.a(statement, "dcterms:ProvenanceStatement")
    out.words(statement, "rdfs:label", about().words("provenance"))
    out.link(iri, "dcterms:provenance", statement)
    for source in dataset.sources:
        out.link(iri, "prov:wasDerivedFrom", source)
    out.link(iri, "dcterms:conformsTo",
             authorities.standard(out, BASE + "ontology", "pactgraph ontology"))


def _temporal(out: Description, dataset: Dataset, iri: str) -> None:
    if dataset.days.first:
        period = f"{iri}/period"
        out.link(iri, "dcterms:temporal", period)
        out.a(period, "dcterms:PeriodOfTime")
        out.value(period, "dcat:startDate", dataset.days.first, "date")
        out.value(period, "dcat:endDate", dataset.days.last, "date")


def _record_iri(catalogue: Catalogue, dataset: Dataset) -> str:
    return f"{catalogue.iri(dataset.key)}/record"


def _record(out: Description, catalogue: Catalogue, dataset: Dataset) -> None:
    iri = _record_iri(catalogue, dataset)
    out.a(iri, "dcat:CatalogRecord")
    out.link(iri, "foaf:primaryTopic", catalogue.iri(dataset.key))
    out.words(iri, "dcterms:title", dataset.title)
    out.value(iri, "dcterms:issued", about().issued.isoformat(), "date")
    out.value(iri, "dcterms:modified", dataset.days.modified, "date")
    out.link(iri, "dcterms:conformsTo", authorities.standard(out, DCAT_AP, "DCAT-AP 3.0.1"))
    out.link(iri, "adms:status", authorities.complete(out))
    for tag in about().languages:
        out.link(iri, "dcterms:language", authorities.language(out, tag))


def _paging(out: Description, catalogue: Catalogue, page: Page) -> None:
    """The pages of the catalogue as harvesters follow them, by the present and the earlier names of Hydra."""
    def address(number: int) -> str:
        return f"{catalogue.site}{page.path}?page={number}"

    here = address(page.number)
    out.a(here, "hydra:PartialCollectionView", "hydra:PagedCollection")
    out.value(here, "hydra:totalItems", str(len(catalogue.datasets)), "integer")
    around = {"first": 1, "last": page.last}
    around |= {"next": page.number + 1} if page.number < page.last else {}
    around |= {"previous": page.number - 1} if page.number > 1 else {}
    for name, target in around.items():
        out.link(here, f"hydra:{name}", address(target))
        out.link(here, f"hydra:{name}Page", address(target))
