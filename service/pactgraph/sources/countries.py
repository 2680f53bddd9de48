"""Which countries a data folder holds: every folder with a ``country.toml``."""

from __future__ import annotations

from pathlib import Path

from pactgraph.errors import fail


def country_folders(data: Path) -> dict[str, Path]:
    """Country code → its folder, sorted. A data folder that is not there raises a UserError."""
    if not data.is_dir():
        raise fail("no-data-folder", file=str(data))
    return {path.parent.name: path.parent for path in sorted(data.glob("*/country.toml"))
            if not path.parent.name.startswith("_")}
