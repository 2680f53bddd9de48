"""Exports of a store behind an address: the same bytes as from the folder whose graph it holds."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_help import run
from service_help import serving

PLAIN = ("--group", "all", "--group", "country/vnm", "--format", "nquads", "--format", "turtle", "--compression", "none")


def exported(store: str, folder: Path, copies: Path, kind: str = "dumps", *options: str) -> dict[str, str]:
    """The checksums of an export's files, but for those that name the state of the graph."""
    done = run("export", kind, "--out", str(folder), "--store", store, *options, lang="en", PACTGRAPH_COPIES=str(copies))
    assert done.returncode == 0, done.stderr
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.rglob("*")
            if file.is_file() and file.name not in ("manifest.json", "SHA256SUMS", "datapackage.json")}


@pytest.fixture(scope="module")
def local(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The dumps of the folder."""
    folder = tmp_path_factory.mktemp("local")
    found = exported(str(built_store), folder / "out", folder / "copies", "dumps", *PLAIN)
    assert found.keys() == {"pactgraph.nq", "pactgraph.ttl", "countries/vnm.nq", "countries/vnm.ttl"}
    return found


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.virtuoso)])
def test_the_dumps_of_an_endpoint_are_those_of_the_folder(engine: str, loaded: Callable[[str], str], local: dict[str, str],
                                                         tmp_path: Path) -> None:
    assert exported(loaded(engine), tmp_path / "out", tmp_path / "copies", "dumps", *PLAIN) == local


@pytest.mark.slow
def test_the_tables_of_an_endpoint_are_those_of_the_folder(loaded: Callable[[str], str], built_store: Path,
                                                           tmp_path: Path) -> None:
    day = ("--as-of", "2026-11-21")
    there = exported(loaded("oxigraph"), tmp_path / "there", tmp_path / "copies", "tables", *day)
    assert there == exported(str(built_store), tmp_path / "here", tmp_path / "copies", "tables", *day)


@pytest.mark.slow
def test_the_dumps_of_our_own_service_are_those_of_its_folder(built_store: Path, local: dict[str, str], tmp_path: Path) -> None:
    with serving(Path(shutil.copytree(built_store, tmp_path / "store"))) as service:
        assert exported(f"{service.address}/sparql", tmp_path / "out", tmp_path / "copies", "dumps", *PLAIN) == local
