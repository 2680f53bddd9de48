"""Makes the pages of the ontology and its vocabularies from the Turtle, with pyLODE, and an index with the diagrams.

    python tools/make_ontology_docs.py [FOLDER]      by default build/ontology-docs, which git ignores

pyLODE is not part of the service: it comes with the dependency group ``test``. Nothing is fetched.
"""

from __future__ import annotations

import html
import importlib.util
import re
import sys
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ONTOLOGY = ROOT / "ontology"
AREAS = ROOT / "docs" / "ontology" / "areas.md"
INDEX = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>pactgraph: ontology and vocabularies</title>
<style>body {{ font: 100%/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
pre {{ overflow-x: auto; background: #f4f4f4; padding: 1rem }}</style></head>
<body><h1>pactgraph: ontology and vocabularies</h1>
<p><a href="pactgraph.html">Ontology</a> · <a href="context.jsonld">JSON-LD context</a></p>
<h2>Vocabularies</h2>
<ul>{vocabularies}</ul>
<h2>Areas</h2>
{areas}
</body></html>
"""


def available() -> bool:
    """Whether pyLODE is installed."""
    return importlib.util.find_spec("pylode") is not None


def make(folder: Path, only: Collection[str] | None = None) -> list[Path]:
    """Write one page for the ontology, one for each vocabulary and an index into ``folder``; returns the files.

    With ``only``, of the vocabularies those whose files are so called (``role``).
    """
    from pylode.profiles.ontpub import OntPub
    from pylode.profiles.vocpub import VocPub

    folder.mkdir(parents=True, exist_ok=True)
    files = [_write(OntPub, ONTOLOGY / "pactgraph.ttl", folder)]
    names = [file for file in sorted((ONTOLOGY / "vocabularies").glob("*.ttl")) if only is None or file.stem in only]
    files += [_write(VocPub, file, folder) for file in names]
    context = folder / "context.jsonld"
    context.write_bytes((ONTOLOGY / "context.jsonld").read_bytes())
    index = folder / "index.html"
    items = "".join(f'<li><a href="{file.stem}.html">{file.stem}</a></li>' for file in names)
    areas = _areas(AREAS.read_text(encoding="utf-8"))
    index.write_text(INDEX.format(vocabularies=items, areas=areas), encoding="utf-8")
    return [*files, context, index]


def _write(profile: type, source: Path, folder: Path) -> Path:
    page = folder / f"{source.stem}.html"
    profile(ontology=str(source), sort_subjects=True).make_html(destination=page)
    return page


def _areas(text: str) -> str:
    """The diagrams as text that can be read without a script; a page that loads Mermaid draws them."""
    found = re.findall(r"^## (.+?)\n.*?```mermaid\n(.+?)```", text, re.MULTILINE | re.DOTALL)
    return "\n".join(
        f'<h3>{html.escape(title)}</h3>\n<pre class="mermaid">{html.escape(diagram)}</pre>' for title, diagram in found
    )


def main(arguments: list[str]) -> int:
    """Make the pages; 1 where pyLODE is missing."""
    if not available():
        print("pyLODE is missing: pip install --group docs", file=sys.stderr)
        return 1
    files = make(Path(arguments[0]) if arguments else ROOT / "build" / "ontology-docs")
    print(files[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
