"""A small data folder of Viet Nam (bodies, words, cycles; no plan, no document), so that a loading day runs in seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "loading-day"
_WHOLE = ("country.toml", "bodies.csv", "groups.csv", "units.csv", "laws.csv", "sources.csv")
_HEADS = ("transfers.csv", "treaty_actions.csv", "law_links.csv", "reviews/events.csv", "reviews/counts.csv")
NEW = ("--observations", "CCPR/C/VNM/CO/99", "--plan", "99999/QĐ-TTg")


def small_data(target: Path) -> Path:
    """Make the data folder."""
    source, country = ROOT / "data", target / "vnm"
    shutil.copytree(source / "treaties", target / "treaties")
    (target / "un").mkdir()
    for name in ("bodies.csv", "states.csv", "countries.csv"):
        shutil.copyfile(source / "un" / name, target / "un" / name)
    shutil.copytree(source / "vnm" / "reading", country / "reading")
    (country / "reviews").mkdir()
    for name in _WHOLE:
        shutil.copyfile(source / "vnm" / name, country / name)
    for name in _HEADS:
        _keep(source / "vnm" / name, country / name, "")
    _keep(source / "vnm" / "reviews" / "cycles.csv", country / "reviews" / "cycles.csv", "iccpr-")
    _keep(source / "vnm" / "coordination.csv", country / "coordination.csv", "moj-")
    return target


def _keep(source: Path, target: Path, start: str) -> None:
    """Copy the heading of a table and the rows that begin with ``start`` (none where it is empty)."""
    head, *rows = source.read_text("utf-8").splitlines()
    target.write_text("\n".join([head, *(row for row in rows if start and row.startswith(start))]) + "\n", "utf-8")


def start(which: str, cycle: str) -> list[str]:
    """The arguments that bring a round of the made-up files: ``earlier`` or ``new``."""
    return ["loading-day", "start", "--observations", str(EXAMPLES / f"observations-{which}.txt"), "--plan",
            str(EXAMPLES / f"decision-{which}.txt"), "--cycle", cycle, "--issuer", "pm", "--yes"]
