"""What an operator says of the graph in place of the project: a file with some values, which all descriptions then give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_help import small_store

from pactgraph.about import about
from pactgraph.errors import UserError
from pactgraph.publish.kinds import Context, export, kind_of
from pactgraph.settings import Settings


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """The description is read once a process."""
    about.cache_clear()
    yield
    about.cache_clear()


def described(folder: Path) -> tuple[Path, list[str]]:
    """The descriptions of the small graph, and what people are told."""
    context = Context(small_store(), Settings(lang="en"), "en", "2026-11-22", {"fingerprint": "abc", "journal": 0})
    export(kind_of("catalog"), context, folder)
    return folder, context.warnings


def test_what_only_a_person_knows_is_left_out_until_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PACTGRAPH_ABOUT", raising=False)
    before, told = described(tmp_path / "before")
    entry = json.loads((before / "lod-cloud.json").read_text("utf-8"))
    assert entry["contact_point"]["email"] == entry["doi"] == "" and any("no mailbox" in words for words in told)
    assert "doi" not in (before / "CITATION.cff").read_text("utf-8")
    identifiers = json.loads((before / "datacite.json").read_text("utf-8"))["identifiers"]
    assert [item["identifierType"] for item in identifiers] == ["URL"]


def test_values_of_a_file_go_before_those_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text('email = "data@example.org"\ndoi = "10.1234/x"\n[publisher]\nen = "The office"\nvi = "Cơ quan"\n', "utf-8")
    monkeypatch.setenv("PACTGRAPH_ABOUT", str(own))
    folder, told = described(tmp_path / "out")
    entry = json.loads((folder / "lod-cloud.json").read_text("utf-8"))
    assert entry["contact_point"]["email"] == "data@example.org" and entry["doi"] == "10.1234/x" and not told
    assert "doi: 10.1234/x\n" in (folder / "CITATION.cff").read_text("utf-8")
    (doi, _) = json.loads((folder / "datacite.json").read_text("utf-8"))["identifiers"]
    assert doi == {"identifier": "10.1234/x", "identifierType": "DOI"}
    catalog = (folder / "catalog.ttl").read_text("utf-8")
    assert "mailto:data@example.org" in catalog and '"Cơ quan"@vi' in catalog
    assert about().values["publisher"]["type"] == "PrivateIndividual(s)"  # what the file does not say stays


@pytest.mark.parametrize(("text", "named"), [("mail = 1", "mail"), ("email = 1", "email"), ("linkset = []", "linkset"),
                                             ("title = 'x'", "title"), ("email = ", "own.toml")])
def test_a_wrong_file_is_told_by_its_name_and_value(text: str, named: str, tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.toml").write_text(text, "utf-8")
    monkeypatch.setenv("PACTGRAPH_ABOUT", str(tmp_path / "own.toml"))
    with pytest.raises(UserError) as caught:
        about()
    assert named in caught.value.message("en") and "own.toml" in caught.value.message("vi")


def test_a_file_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACTGRAPH_ABOUT", str(tmp_path / "none.toml"))
    with pytest.raises(UserError) as caught:
        about()
    assert caught.value.key == "about-unreadable"
