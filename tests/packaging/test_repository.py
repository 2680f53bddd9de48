"""What must hold for the files of the repository as a whole."""

from __future__ import annotations

import dataclasses
import re
import subprocess
from pathlib import Path

import pytest

from pactgraph.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-test.lock")
LARGEST = 2_000_000

# Written in parts, so that this file does not name them either.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("npmjs", "com"),
        ("crates", "io"),
        ("deb", "debian", "org"),
        ("repo", "maven", "apache", "org"),
        ("proxy", "golang", "org"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w.:/\-])/(?:work|farm|root|home/\w+|tmp|Users/\w+)/")
REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9-]*)==(\S+)", re.MULTILINE)


def repository_files() -> list[Path]:
    """The tracked files and those that the next commit could add; skips where there is no git checkout."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout (a source archive, say)")
    names = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    """The files that are text in UTF-8, with what stands in them."""
    found = []
    for path in repository_files():
        try:
            found.append((path.relative_to(ROOT), path.read_bytes().decode("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def pins(lock: str) -> dict[str, str]:
    return dict(REQUIREMENT.findall((ROOT / lock).read_text("utf-8")))


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert lines_with(re.compile("|".join(map(re.escape, REGISTRIES)))) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert lines_with(MACHINE_PATH) == []


@pytest.mark.parametrize("line", ["see |work|main|x", "'|root|.cache'", "cd |tmp|x", "(|home|linh|x)"])
def test_a_path_of_one_machine_is_recognised(line: str) -> None:
    assert MACHINE_PATH.search(line.replace("|", "/"))


@pytest.mark.parametrize("line", ["https://example.org/home/page", "docs/work/plan", "../tmp/x", "work/"])
def test_other_paths_are_left_alone(line: str) -> None:
    assert not MACHINE_PATH.search(line)


def test_no_file_is_large() -> None:
    assert [str(path) for path in repository_files() if path.stat().st_size > LARGEST] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b", text, re.MULTILINE)
    blocks = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())
    assert blocks
    for block in blocks:
        assert REQUIREMENT.match(block), block.splitlines()[0]
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_test_lock_holds_the_others_at_the_same_versions() -> None:
    test = pins("requirements-test.lock")
    for lock in ("requirements.lock", "requirements-build.lock"):
        assert pins(lock).items() <= test.items(), lock


def test_the_locks_pin_every_dependency_of_the_project() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    def names(requirements: list[object]) -> set[str]:
        found = (re.match(r"[\w-]+", item) for item in requirements if isinstance(item, str))
        return {match.group().lower().replace("_", "-") for match in found if match}

    assert names(project["project"]["dependencies"]) <= pins("requirements.lock").keys()
    assert names(project["project"]["optional-dependencies"]["reports"]) <= pins("requirements.lock").keys()
    assert names(project["build-system"]["requires"]) <= pins("requirements-build.lock").keys()
    assert names(project["dependency-groups"]["test"]) <= pins("requirements-test.lock").keys()


def test_the_licences_stand() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    assert "creativecommons.org/licenses/by/4.0/" in (ROOT / "LICENSE-DATA.md").read_text("utf-8")


def test_every_setting_is_documented_with_its_default() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    documented = dict(re.findall(r"^\| `(PACTGRAPH_\w+)` \| (?:`([^`]*)`|\(empty\)) \|", text, re.MULTILINE))
    settings = {Settings.variable(item.name): str(item.default) for item in dataclasses.fields(Settings)}
    assert documented == settings
    assert set(re.findall(r"PACTGRAPH_[A-Z_]+", text)) == settings.keys()


@pytest.mark.parametrize("script", [".ci/run", "tests/install-system-parts.sh"])
def test_a_script_is_valid_bash(script: str) -> None:
    subprocess.run(["bash", "-n", str(ROOT / script)], check=True)


DATA_FOLDERS = sorted({path.parent for path in (ROOT / "data").rglob("*.*") if "_template" not in path.parts})


@pytest.mark.parametrize("folder", DATA_FOLDERS, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_every_folder_of_data_says_whose_rights_apply_and_how_to_correct_it(folder: Path) -> None:
    text = (folder / "README.md").read_text("utf-8")
    assert text.startswith("# ") and "## Tóm tắt" in text
    assert re.search(r"rights|CC BY 4\.0|public domain", text, re.IGNORECASE)
    assert re.search(r"correct", text, re.IGNORECASE)
