"""The wheel carries the rooms, comes out the same from the source archive, and works installed alone."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import pactgraph
from pactgraph.resources import ROOMS

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
BUNDLES = ROOT / "service" / "pactgraph" / "web" / "assets"
LICENCES = ("LICENSE", "LICENSE-DATA.md")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command outside the checkout's influence; its failure shows what it said."""
    unwanted = ("PYTHON", "PACTGRAPH_", "VIRTUAL_ENV")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(unwanted)}
    environment["PYTHONUTF8"] = "1"
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done


def build(kind: str, source: Path, out: Path) -> Path:
    """Build ``sdist`` or ``wheel`` of a source tree without the network, with the locked hatchling."""
    run(sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", out, source, cwd=out.parent)
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel") / "out")


@pytest.fixture(scope="module")
def members(wheel: Path) -> list[str]:
    return zipfile.ZipFile(wheel).namelist()


def checkout_files() -> Iterator[str]:
    """The wheel's place of every file of the rooms and the package that git tracks or would track."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout (a source archive, say)")
    listed = subprocess.run([*command, "service/pactgraph", *ROOMS], capture_output=True, check=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            inside = name.removeprefix("service/")
            yield inside if inside != name else f"pactgraph/_shipped/{name}"


def test_it_carries_the_package_and_every_room(members: list[str]) -> None:
    for room in ROOMS:
        assert any(name.startswith(f"pactgraph/_shipped/{room}/") for name in members), room
    assert "pactgraph/words/general.toml" in members


def bundled_files() -> Iterator[str]:
    """The wheel's place of what ``make assets`` built: git ignores it, the wheel carries it."""
    for path in sorted(BUNDLES.rglob("*")):
        if path.is_file():
            yield path.relative_to(ROOT / "service").as_posix()


def test_it_carries_exactly_the_files_of_the_checkout_and_the_bundles(members: list[str]) -> None:
    carried = [name for name in members if ".dist-info/" not in name]
    assert len(carried) == len(set(carried))
    assert set(carried) == {*checkout_files(), *bundled_files()}
    assert not any("node_modules" in name or name.endswith("package-lock.json") for name in carried)


@pytest.mark.skipif(not BUNDLES.is_dir(), reason="the bundles are not built (make assets)")
def test_the_bundles_come_with_their_licences(wheel: Path) -> None:
    opened = zipfile.ZipFile(wheel)
    place = "pactgraph/web/assets/"
    manifest = json.loads(opened.read(place + "manifest.json"))
    assert "editor.js" in manifest and all(opened.read(place + file) for file in manifest.values())
    licences = opened.read(place + "LICENCES.txt").decode("utf-8")
    assert re.search(r"^@codemirror/view \S+ \(MIT\)$", licences, re.MULTILINE) and "codemirror-lang-sparql" in licences


def test_it_tells_its_name_version_and_licences(wheel: Path, members: list[str]) -> None:
    folder = f"pactgraph-{pactgraph.__version__}.dist-info"
    metadata = zipfile.ZipFile(wheel).read(f"{folder}/METADATA").decode("utf-8")
    assert f"\nVersion: {pactgraph.__version__}\n" in metadata
    assert "\nLicense-Expression: Apache-2.0" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert {f"{folder}/licenses/{name}" for name in LICENCES} <= set(members)


def test_the_source_archive_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    archive = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(archive) as opened:
        opened.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.0 to 3.11.3 have none
        opened.extractall(tmp_path / "tree")
    (tree,) = (tmp_path / "tree").iterdir()
    again = build("wheel", tree, tmp_path / "wheel")
    assert again.name == wheel.name
    assert contents(again) == contents(wheel)
    assert (tree / "Makefile").is_file() and (tree / "tests").is_dir() and (tree / "requirements.lock").is_file()


def contents(wheel: Path) -> dict[str, int]:
    """The members of a wheel with the checksum of each."""
    return {item.filename: item.CRC for item in zipfile.ZipFile(wheel).infolist()}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the locked runtime requirements and the wheel, and nothing else."""
    home = tmp_path_factory.mktemp("alone")
    venv.create(home / "venv", symlinks=os.name != "nt")
    programs = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", programs / "python", "--disable-pip-version-check", "--no-input")
    install = (*pip, "install", "--quiet", "--no-compile")  # most of what is installed is never imported here
    run(*install, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=home)
    run(*install, "--no-index", "--no-deps", wheel, cwd=home)
    run(*pip, "check", cwd=home)
    return programs


def test_installed_alone_it_finds_its_rooms_in_itself(installed: Path, tmp_path: Path) -> None:
    code = "import pactgraph.resources as r; print(*(r.shipped(room) for room in r.ROOMS), sep='\\n')"
    folders = run(installed / "python", "-c", code, cwd=tmp_path).stdout.splitlines()
    assert len(folders) == len(ROOMS)
    assert all(Path(folder).is_relative_to(installed.parent.resolve()) for folder in folders)


def test_installed_alone_every_module_can_be_imported(installed: Path, tmp_path: Path) -> None:
    code = (
        "import importlib, pkgutil, pactgraph\n"
        "for module in pkgutil.walk_packages(pactgraph.__path__, 'pactgraph.'):\n"
        "    if not module.name.endswith('__main__'): importlib.import_module(module.name)"
    )
    run(installed / "python", "-c", code, cwd=tmp_path)


def test_installed_alone_it_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert pactgraph.__version__ in run(installed / "pactgraph", "--version", cwd=tmp_path).stdout


def test_installed_alone_it_builds_and_answers(installed: Path, tmp_path: Path) -> None:
    """In an empty folder outside the checkout: nothing but the wheel can answer."""
    run(installed / "pactgraph", "build", cwd=tmp_path)
    answer = run(installed / "pactgraph", "ask", "agency-for-recommendation", "--format", "csv", cwd=tmp_path).stdout
    header, *rows = csv.reader(answer.splitlines())
    assert ",".join(header) == (
        "recommendation,paragraph,task,role,requested,scope,body,body_today,basis,deadline,status,source"
    )
    assert rows
