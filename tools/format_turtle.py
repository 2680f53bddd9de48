"""Writes Turtle files in one canonical order, so that a change of meaning is the only thing that a diff shows.

    python tools/format_turtle.py            rewrite what is out of order in ontology/, shapes/, their tests and pages
    python tools/format_turtle.py --check    change nothing; name those files and exit with status 1
    python tools/format_turtle.py FILE ...   the same for the named files or folders

The rules are in docs/style-guide.md. Comments stay: one above a statement moves with it, one that begins with ``###``
opens a section, and statements are sorted inside their section. A comment inside a statement is refused.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from turtle_layout import Layout
from turtle_split import TurtleProblem, split

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("docs/ontology", "ontology", "shapes", "tests/ontology", "tests/shapes")


def format_turtle(text: str) -> str:
    """The canonical form of a Turtle document; raises TurtleProblem with the line where it cannot be read."""
    document = split(text)
    layout = Layout(document.prefixes, document.labels)
    parts = ["\n".join(document.head)] if document.head else []
    body = [part for section in document.sections for part in layout.section(section)]
    parts += ["\n".join(f"@prefix {name}: <{iri}> ." for name, iri in layout.used_prefixes()), *body]
    return "\n\n".join(part for part in parts if part) + "\n"


def turtle_files(places: list[Path]) -> list[Path]:
    """The Turtle files among ``places`` and below them, sorted."""
    files = {file for place in places for file in ([place] if place.is_file() else place.rglob("*.ttl"))}
    return sorted(files)


def main(arguments: list[str] | None = None) -> int:
    """Format or check; the number of the exit status is 1 where a file is out of order or cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="*", type=Path, help="files and folders; by default those of the project")
    parser.add_argument("--check", action="store_true", help="change nothing, name the files that are out of order")
    options = parser.parse_args(arguments)
    status = 0
    for file in turtle_files(options.places or [ROOT / room for room in ROOMS]):
        text = file.read_text(encoding="utf-8")
        try:
            wanted = format_turtle(text)
        except TurtleProblem as problem:
            print(f"{file}:{problem.line}: {problem}", file=sys.stderr)
            status = 1
            continue
        if text == wanted:
            continue
        if options.check:
            print(f"{file}: not in canonical order; run python tools/format_turtle.py", file=sys.stderr)
            status = 1
        else:
            file.write_text(wanted, encoding="utf-8")
            print(file)
    return status


if __name__ == "__main__":
    sys.exit(main())
