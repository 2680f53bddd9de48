"""Exports for tests, made by the command as its users run it."""

from __future__ import annotations

from pathlib import Path

from cli_help import run


def exported(store: Path, kind: str, target: Path, *options: str) -> Path:
    """An export of a store at ``target``."""
    done = run("export", kind, "--out", str(target), "--store", str(store), *options, lang="en")
    assert done.returncode == 0, done.stderr
    return target
