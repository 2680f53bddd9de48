"""Releases: everything under one version, in order, whole, and no published name lost."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from cli_help import run
from site_help import DAY, small_store

from pactgraph.about import about
from pactgraph.errors import UserError
from pactgraph.publish.citing import cited_version
from pactgraph.publish.kinds import Context
from pactgraph.publish.manifest import damaged, read_manifest
from pactgraph.publish.release import release
from pactgraph.publish.versions import order
from pactgraph.settings import Settings
from pactgraph.store.embedded import EmbeddedStore

HEAD = """PREFIX pg: <https://w3id.org/pactgraph/ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX graph: <https://w3id.org/pactgraph/graph/>
BASE <https://w3id.org/pactgraph/>
"""
LOST = "https://w3id.org/pactgraph/id/treaty/iccpr/article/17"
DROP = "DELETE WHERE { GRAPH ?g { <id/treaty/iccpr/article/17> ?p ?o } } ;"
TOMBSTONE = """INSERT DATA { GRAPH graph:withdrawn { <id/treaty/iccpr/article/17> a pg:WithdrawnName ;
  rdfs:label "Article 17"@en ; rdfs:comment "Entered twice."@en ; pg:withdrawnOn
  "2026-11-22"^^<http://www.w3.org/2001/XMLSchema#date> } }"""


def made(folder: Path, version: str, update: str = "", previous: Path | None = None) -> Path:
    """A release of the small graph after an update."""
    store: EmbeddedStore = small_store()
    if update:
        store.update(HEAD + update)
    context = Context(store, Settings(lang="en"), "en", DAY, {"fingerprint": "abc", "journal": 0},
                      {"include": ("dumps",), "format": ("nquads",), "group": ("all",), "version": (version,)})
    return release(context, version, folder, previous)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first release; not to be changed."""
    return made(tmp_path_factory.mktemp("first"), "1.0.0")


def refused(folder: Path, version: str, update: str = "", previous: Path | None = None) -> UserError:
    with pytest.raises(UserError) as caught:
        made(folder, version, update, previous)
    assert not list(folder.glob("*")) or [place.name for place in folder.iterdir()] == ["1.0.0"]
    return caught.value


def test_a_release_holds_its_parts_and_says_what_it_is(first: Path) -> None:
    manifest = read_manifest(first)
    assert manifest is not None and not damaged(first) and not damaged(first / "dumps")
    assert manifest["version"] == "1.0.0" and manifest["version_iri"] == "https://w3id.org/pactgraph/release/1.0.0"
    assert json.loads((first / "release.json").read_text("utf-8"))["includes"] == ["dumps"]
    sums = (first / "SHA256SUMS").read_text("utf-8")
    assert "dumps/pactgraph.nq.gz" in sums and "names.txt" in sums
    assert LOST in (first / "names.txt").read_text("utf-8").splitlines()
    assert "The first release" in (first / "RELEASE.en.md").read_text("utf-8")
    assert "Bản phát hành đầu tiên" in (first / "RELEASE.vi.md").read_text("utf-8")


def test_the_next_release_tells_what_changed(first: Path, tmp_path: Path) -> None:
    change = """DELETE { GRAPH ?g { pg:PlanTask rdfs:label ?l } }
      INSERT { GRAPH ?g { pg:PlanTask rdfs:label "Task of a Plan"@en } }
      WHERE { GRAPH ?g { pg:PlanTask rdfs:label ?l FILTER(LANG(?l) = "en") } } ;
      INSERT DATA { GRAPH graph:ontology { <ontology> owl:versionIRI <ontology/1.0.1> } } ;"""
    target = made(tmp_path, "1.1.0", DROP + TOMBSTONE + ";" + change, first)
    said = (target / "RELEASE.en.md").read_text("utf-8")
    assert "since release 1.0.0" in said and "Withdrawn names" in said and f"<{LOST}>" in said
    assert '"Plan Task"@en → "Task of a Plan"@en' in said
    assert "Tên định danh đã thu hồi" in (target / "RELEASE.vi.md").read_text("utf-8")
    manifest = read_manifest(target)
    assert manifest is not None and manifest["previous"] == "1.0.0"
    assert manifest["ontology_versions"]["https://w3id.org/pactgraph/ontology"] == "https://w3id.org/pactgraph/ontology/1.0.1"


def test_a_lost_name_refuses_the_release(first: Path, tmp_path: Path) -> None:
    problem = refused(tmp_path, "1.1.0", DROP, first)
    assert problem.key == "release-lost" and LOST in problem.message("en") and "withdrawn.csv" in problem.message("vi")


def test_a_name_of_another_kind_of_thing_refuses_the_release(first: Path, tmp_path: Path) -> None:
    other = DROP + "INSERT DATA { GRAPH graph:bodies { <id/treaty/iccpr/article/17> a pg:PublicBody } }"
    assert refused(tmp_path, "1.1.0", other, first).values["other"] == 1


def test_what_is_derived_comes_and_goes(tmp_path: Path) -> None:
    gap = "INSERT DATA { GRAPH <graph/derived/gaps> { <id/gap/overdue/x> a pg:Gap ; rdfs:label \"A gap\"@en } }"
    before = made(tmp_path / "before", "1.0.0", gap)
    assert "1 derived ones" in (made(tmp_path / "after", "1.0.1", "", before) / "RELEASE.en.md").read_text("utf-8")


def test_statistics_come_and_go_too_and_are_no_news(tmp_path: Path) -> None:
    """A class of which nothing is left is no longer counted: that breaks no promise, and the notes do not tell of counts."""
    counted = "INSERT DATA { GRAPH graph:void { <id/dataset/pactgraph/class/x> <http://rdfs.org/ns/void#entities> 3 } } ;"
    before = made(tmp_path / "before", "1.0.0", counted)
    told = (made(tmp_path / "after", "1.0.1", counted.replace("class/x", "class/y"), before) / "RELEASE.en.md").read_text("utf-8")
    assert "Nothing changed" in told and "class/x" not in told


def test_notes_count_by_kind_and_name_common_properties_in_both_languages(first: Path, tmp_path: Path) -> None:
    new = """INSERT DATA { GRAPH graph:bodies { <id/vnm/body/new> a pg:PublicBody ; rdfs:label "New"@en } } ;
      DELETE { GRAPH ?g { <id/vnm/body/mic> rdfs:label ?l } } INSERT { GRAPH ?g { <id/vnm/body/mic> rdfs:label "Changed"@en } }
      WHERE { GRAPH ?g { <id/vnm/body/mic> rdfs:label ?l FILTER(LANG(?l) = "en") } }"""
    target = made(tmp_path, "1.1.0", new, first)
    english, vietnamese = ((target / f"RELEASE.{lang}.md").read_text("utf-8") for lang in ("en", "vi"))
    assert "| kind of thing | added | removed | changed |" in english and "| loại | thêm | bỏ | thay đổi |" in vietnamese
    assert "1 things added, 0 removed, 1 changed" in english
    assert "    name: " in english and "    tên: " in vietnamese and "“Changed”@en" in english
    manifest = read_manifest(target)
    assert manifest is not None and "1 things added" in manifest["changes"]["en"]


def test_a_release_describes_its_own_files_under_its_own_version(tmp_path: Path) -> None:
    context = Context(small_store(), Settings(lang="en"), "en", DAY, {"fingerprint": "abc", "journal": 0},
                      {"include": ("dumps", "catalog"), "format": ("nquads",), "group": ("all",), "version": ("1.0.0",),
                       "address": ("https://data.example.org/",)})
    target = release(context, "1.0.0", tmp_path, None)
    catalog = (target / "catalog" / "catalog.ttl").read_text("utf-8")
    assert "<https://data.example.org/releases/1.0.0/dumps/pactgraph.nq.gz>" in catalog
    assert "<https://w3id.org/pactgraph/release/1.0.0>" in catalog and 'dcat:version "1.0.0"' in catalog
    assert (target / "catalog" / "CITATION.cff").read_text("utf-8").count(f'date-released: "{DAY}"') == 1
    for name in ("datacite.json", ".zenodo.json"):
        assert json.loads((target / "catalog" / name).read_text("utf-8"))["version"] == "1.0.0"


def test_a_release_needs_a_place_and_tells_of_other_numbers() -> None:
    done = run("release", "1.0.0", "--store", "http://127.0.0.1:9/sparql", lang="en")
    assert done.returncode == 2 and "--out" in done.stderr and "PACTGRAPH_RELEASES" in done.stderr
    assert Settings(store="/srv/graph").releases_folder() == Path("/srv/graph-releases")
    assert Settings(store="/srv/graph", releases="/srv/all").releases_folder() == Path("/srv/all")
    assert cited_version() == {"about.toml": about().text("version"), "CITATION.cff": about().text("version")}


def test_an_ontology_that_changed_needs_a_version(tmp_path: Path) -> None:
    stated = "INSERT DATA { GRAPH graph:ontology { <ontology> owl:versionIRI <ontology/1.0.0> } } ;"
    before = made(tmp_path / "before", "1.0.0", stated)
    after = stated + "INSERT DATA { GRAPH graph:ontology { pg:PlanTask rdfs:comment \"More.\"@en } }"
    assert refused(tmp_path / "after", "1.0.1", after, before).key == "release-ontology"


@pytest.mark.parametrize("version", ["1", "1.0", "v1.0.0", "01.0.0", "1.0.0+build", "1.0.0-", "../1.0.0", "1.0.0\n"])
def test_a_version_must_be_one(tmp_path: Path, version: str) -> None:
    assert refused(tmp_path, version).key == "release-version"


def test_versions_grow_and_are_never_made_again(first: Path, tmp_path: Path) -> None:
    assert refused(first.parent, "1.0.0").key == "release-exists"
    assert refused(first.parent, "0.9.0").key == "release-order"  # the newest release in the folder is the former one
    assert refused(tmp_path, "1.0.0-rc.1", previous=first).key == "release-order"
    assert refused(tmp_path, "1.1.0", previous=tmp_path).key == "release-no-release"


def test_a_damaged_former_release_is_told(tmp_path: Path) -> None:
    before = made(tmp_path / "before", "1.0.0")
    (before / "names.txt").write_text("", "utf-8")
    problem = refused(tmp_path / "after", "1.1.0", previous=before)
    assert problem.key == "release-damaged" and problem.values["damaged"] == "names.txt"


def test_the_order_of_semantic_versioning() -> None:
    """The example of the specification (semver.org, 11)."""
    names = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
             "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1", "2.1.10"]
    assert sorted(set(names), key=lambda name: order(name) or ()) == names


def test_names_of_a_release_can_be_read_as_rdf(first: Path) -> None:
    """The whole dump in a release is what the next release is compared with."""
    import gzip

    data = gzip.decompress((first / "dumps" / "pactgraph.nq.gz").read_bytes())
    subjects = {getattr(quad.subject, "value", "") for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS)}
    assert {name for name in (first / "names.txt").read_text("utf-8").splitlines() if "/id/" in name} <= subjects
