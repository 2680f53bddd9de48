"""The datasets of the catalogue with their files: made of the exports' manifests, the graph, and ``about.toml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from pactgraph.about import Words, about
from pactgraph.build.void import WHOLE
from pactgraph.publish.knowledge import Days, Knowledge
from pactgraph.publish.manifest import Distribution, distributions
from pactgraph.publish.released import Release
from pactgraph.texts import LANGUAGES, say

CATALOGUE, SERIES, SERVICE = "catalogue", "releases", "sparql"
TERMS, TABLES = "terms", "tables"
_RELEASE = "release/"
_SHORT = 8
"""Digits of a fingerprint that stand behind a version."""


@dataclass(frozen=True)
class File:
    """A file to download: where it is, and what its export's manifest says of it."""

    address: str
    entry: Distribution


@dataclass(frozen=True)
class Dataset:
    """A dataset of the catalogue. ``key`` ends its IRI; ``states`` are ISO codes in small letters; ``graphs`` names of graphs."""

    key: str
    title: Words
    description: Words
    days: Days
    graphs: tuple[str, ...] = ()
    statements: int = 0
    states: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    part_of: str = WHOLE
    release: Release | None = None

    @property
    def page(self) -> str:
        """The path of its description below the service's address."""
        return f"releases/{self.release.version}" if self.release else f"catalog/{self.key}"


@dataclass(frozen=True)
class Catalogue:
    """All that is described. ``base`` begins IRIs, ``site`` addresses of the service (both end in a slash)."""

    base: str
    site: str
    datasets: tuple[Dataset, ...]
    knowledge: Knowledge
    state: str
    version: str = field(default_factory=lambda: about().text("version"))
    released: str = field(default_factory=lambda: about().released.isoformat())
    triples: int = 0
    dumps: tuple[File, ...] = field(default=())

    def iri(self, key: str) -> str:
        """The IRI of a dataset, of the catalogue itself, of the series or of the service; of a release its version IRI."""
        if key.startswith(_RELEASE):
            return f"{self.base}{key}"
        return f"{self.base}id/dataset/{key}"

    @property
    def whole(self) -> Dataset:
        """The dataset that is the whole graph."""
        return self.datasets[0]

    def dataset(self, key: str) -> Dataset | None:
        """A dataset by its key."""
        return next((item for item in self.datasets if item.key == key), None)

    @property
    def releases(self) -> list[Dataset]:
        """The releases, the newest first."""
        return [item for item in self.datasets if item.release]

    def version_of(self, dataset: Dataset) -> tuple[str, str, str]:
        """Version, state and first day of a dataset: a release has its own, all else is as it stands now."""
        if dataset.release:
            return dataset.release.version, dataset.release.state, str(dataset.release.head["day"])
        return self.version, self.state, about().issued.isoformat()

    @property
    def modified(self) -> str:
        """The newest day that the graph states; no clock is asked."""
        return self.knowledge.modified or about().issued.isoformat()


def catalogue(base: str, site: str, exports: Iterable[tuple[str, dict[str, Any]]], knowledge: Knowledge,
              releases: Iterable[Release] = ()) -> Catalogue:
    """The catalogue of some exports: each with the path below ``site`` at which its files are, and its manifest.

    ``releases``: those that were published, the newest first. What stands now has the version of the newest one where it is of
    the same state, else that version with the state behind it (``1.1.0+c7c6d164``): it is later.
    Dumps come by group: the whole, then States, then sources; tables are one dataset.
    """
    datasets: list[Dataset] = []
    state, triples = "", 0
    for path, manifest in sorted(exports, key=lambda item: str(item[1].get("kind"))):
        files = [File(f"{site}{path}{entry.path}", entry) for entry in distributions(manifest)]
        if manifest.get("kind") == "dumps":
            datasets += _of_dumps(files, knowledge)
            triples = int(manifest.get("statements", 0))
            state = _state(manifest)
        elif manifest.get("kind") == "tables":
            datasets.append(_of_tables(files, knowledge))
    whole = next((item for item in datasets if item.key == WHOLE), None)
    if whole is None:
        datasets.insert(0, _dataset(WHOLE, about().words("title"), about().words("description"), [], knowledge))
    datasets = [replace(item, states=datasets[0].states, languages=item.languages or datasets[0].languages,
                        days=replace(datasets[0].days, modified=item.days.modified)) if item.key == TABLES else item
                for item in datasets]
    known = list(releases)
    datasets[1:1] = [_of_release(item, site, datasets[0]) for item in known]
    found = Catalogue(base, site, tuple(datasets), knowledge, state, triples=triples)
    if known and state:
        newest = known[0]
        version = newest.version if newest.state == state else f"{newest.version}+{state[:_SHORT]}"
        found = replace(found, version=version, released=str(newest.head["day"]))
    return found


def _of_release(release: Release, site: str, whole: Dataset) -> Dataset:
    """A release as a dataset: the whole graph as it was then, with the dumps that are kept of it."""
    files = tuple(File(f"{site}releases/{release.version}/{entry.path}", entry) for entry in release.downloads())
    title = {lang: say("release-title", lang, version=release.version) for lang in LANGUAGES}
    says = {lang: f"{release.in_short(lang)} {about().words('description')[lang]}".strip() for lang in LANGUAGES}
    return Dataset(f"{_RELEASE}{release.version}", title, says, Days(modified=str(release.head["day"])),
                   statements=int(release.head.get("statements", 0)), states=whole.states, languages=whole.languages, files=files,
                   part_of="", release=release)


def _state(manifest: dict[str, Any]) -> str:
    revision = manifest.get("revision", {})
    return f"{revision.get('fingerprint', '')}+{revision.get('journal', 0)}"


def _of_dumps(files: list[File], knowledge: Knowledge) -> list[Dataset]:
    groups: dict[str, list[File]] = {}
    for file in files:
        groups.setdefault(file.entry.group, []).append(file)
    found = []
    for name in sorted(groups, key=lambda name: (("all", "country", "source").index(name.partition("/")[0]), name)):
        kind, _, key = name.partition("/")
        title = groups[name][0].entry.group_title
        if kind == "all":
            found.append(_dataset(WHOLE, about().words("title"), about().words("description"), groups[name], knowledge))
        else:
            item = _dataset(f"{kind}-{key}", title, _part(title), groups[name], knowledge)
            found.append(replace(item, states=(key,)) if kind == "country" else item)
    found = _with_states(found)
    terms = [file for item in found for file in item.files if item.key in _terms()]
    if found and terms:
        place = next((at for at, item in enumerate(found) if item.key.startswith("source-")), len(found))
        item = _dataset(TERMS, about().words("terms"), _part(about().words("terms")), terms, knowledge)
        found.insert(place, replace(item, languages=found[0].languages))
    return [item for item in found if item.key not in _terms()]


def _terms() -> set[str]:
    return {f"source-{name}" for name in about().terms()}


def _with_states(datasets: list[Dataset]) -> list[Dataset]:
    """Give every dataset the States of which its graphs speak."""
    of_graph = {graph: item.states[0] for item in datasets if item.states for graph in item.graphs}
    return [replace(item, states=tuple(sorted({of_graph[graph] for graph in item.graphs if graph in of_graph})))
            for item in datasets]


def _of_tables(files: list[File], knowledge: Knowledge) -> Dataset:
    return _dataset(TABLES, about().words("tables"), _part(about().words("tables")), files, knowledge)


def _part(title: Words) -> Words:
    return {lang: text.format(title=title.get(lang) or title.get("en", "")) for lang, text in about().words("part").items()}


def _dataset(key: str, title: Words, description: Words, files: list[File], knowledge: Knowledge) -> Dataset:
    graphs = sorted({graph for file in files for graph in file.entry.graphs})
    # Every group is there in several formats; each of the same statements
    statements = sum({file.entry.group: file.entry.statements for file in files}.values())
    languages = sorted({tag for file in files for tag in file.entry.languages})
    return Dataset(key, title, description, knowledge.over(graphs), tuple(graphs), statements, (), tuple(languages),
                   tuple(knowledge.sources_of(graphs)), tuple(files), "" if key == WHOLE else WHOLE)
