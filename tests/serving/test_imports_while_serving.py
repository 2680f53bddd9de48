"""Imports while a service runs on the store: they go through the service, and its next query sees what was imported."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cli_help import run, run_process
from import_files import DECISION, import_files, small_data
from served import Served

from pactgraph.store.generations import current, writing

WORDS = {"uhri": "Stop the made-up thing.", "upr-info": "Publish the made-up register.",
         "thematic-list": "Think about the made-up list (France);", "concluding-observations": "Publish numbers every year;",
         "annex": "Tổ chức lớp học làm thử", "rdf": "Made-up plan"}
LOOKED_AT = ("uhri", "annex")
"""A dry run is tried beside these imports: it builds all of the graph for itself, and all formats alike."""


@dataclass
class Desk:
    """A service over a small store, and a file of each format."""

    served: Served
    data: Path
    files: dict[str, Path]

    def sees(self, words: str) -> bool:
        """Whether a query finds the words now."""
        query = f"ASK {{ ?s ?p ?o FILTER(STR(?o) = {words!r}) }}".replace("'", '"')
        answer = httpx.get(self.served.address + "/sparql", params={"query": query, "format": "json"}, timeout=60)
        assert answer.status_code == 200, answer.text
        return bool(answer.json()["boolean"])

    def arguments(self, form: str, *more: str) -> list[str]:
        """``import FORMAT FILE`` on the store."""
        return ["import", form, str(self.files[form]), "--store", str(self.served.store), *more]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("imports")
    data, store = small_data(folder / "data"), folder / "store"
    built = run("build", "--store", str(store), PACTGRAPH_DATA=str(data))
    assert built.returncode == 0, built.stderr
    served = Served(store, data=data)
    yield Desk(served, data, import_files(folder))
    served.stop()


@pytest.mark.slow
@pytest.mark.parametrize("form", WORDS)
def test_the_next_query_sees_what_was_imported_and_a_dry_run_works_meanwhile(desk: Desk, form: str) -> None:
    assert not desk.sees(WORDS[form])
    before = current(desk.served.store)
    with ThreadPoolExecutor(1) as other:
        importing = other.submit(run_process, *desk.arguments(form), lang="en", PACTGRAPH_DATA=str(desk.data))
        if form in LOOKED_AT:
            looked = run(*desk.arguments(form, "--dry-run"), lang="en", PACTGRAPH_DATA=str(desk.data))
            assert looked.returncode == 0 and looked.stdout, looked.stderr
        done = importing.result()
    assert done.returncode == 0 and "[6/6]" in done.stderr, done.stderr
    assert desk.sees(WORDS[form])
    after = current(desk.served.store)
    assert before and after and before.fingerprint != after.fingerprint
    again = run(*desk.arguments(form), lang="en", PACTGRAPH_DATA=str(desk.data))
    assert again.returncode == 0 and ("Nothing was changed" in again.stderr or "nothing to do" in again.stderr)
    assert current(desk.served.store) == after and desk.served.process.poll() is None


@pytest.mark.parametrize("form", WORDS)
def test_a_store_that_another_process_builds_is_told_with_its_number(desk: Desk, form: str, tmp_path: Path) -> None:
    store = tmp_path / "store"
    files = import_files(tmp_path)
    with writing(store):
        done = run("import", form, str(files[form]), "--store", str(store), lang="en", PACTGRAPH_DATA=str(desk.data))
    assert done.returncode == 2 and f"belongs to process {os.getpid()}, a build or a running service" in done.stderr
    assert not (store / "sources").exists()


@pytest.mark.slow
def test_an_import_that_the_service_cannot_build_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    """The decision is good here, but the service's own data folder is broken meanwhile."""
    file = tmp_path / "decision.txt"
    file.write_text(DECISION.replace("9977", "9978"), "utf-8")
    kept = sorted(desk.served.store.glob("sources/*"))
    table = desk.data / "un" / "bodies.csv"
    good = table.read_bytes()
    table.write_bytes(b"id\n")
    try:
        done = run("import", "annex", str(file), "--store", str(desk.served.store), lang="en", PACTGRAPH_DATA=str(desk.data))
    finally:
        table.write_bytes(good)
    assert done.returncode == 2 and "bodies.csv" in done.stderr
    assert sorted(desk.served.store.glob("sources/*")) == kept and not desk.sees("9978/QĐ-TTg")
