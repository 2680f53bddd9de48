"""Exports inside an export: a site and a release hold dumps, tables and descriptions, each in a folder of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from pactgraph import __version__
from pactgraph.errors import fail
from pactgraph.publish.kinds import Context, Make, kind_of, kinds
from pactgraph.publish.manifest import FORMAT, MANIFEST, SUMS
from pactgraph.publish.staging import Writer
from pactgraph.texts import LANGUAGES

NONE = "none"
"""The word that asks for no export inside."""
DESCRIBED = ("dumps", "tables")
"""Kinds whose files a catalogue describes."""
WHOLES = frozenset({"site"})
"""Kinds that hold others, and are in none unless they are named."""


class Part(Writer):
    """Takes the files of an export that is a folder of another one; that one's manifest names them too."""

    def __init__(self, whole: Writer, folder: str) -> None:
        super().__init__(whole.place(f"{folder}/x").parent)
        self._whole = whole
        self._name = folder

    def scratch(self) -> Path:
        """A folder of its own in what the whole needs until it is finished."""
        folder = self._whole.scratch() / self._name
        folder.mkdir(exist_ok=True)
        return folder

    def finish(self, head: dict[str, Any]) -> None:
        """Write checksums and manifest of the part, and tell the whole of all its files."""
        lines = [f"{entry['sha256']}  {path}\n" for path, entry in sorted(self.files.items())]
        self.write(SUMS, "text/plain", "".join(lines).encode("utf-8"))
        manifest = {"format": FORMAT, **head, "files": [self.files[path] for path in sorted(self.files)]}
        data = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
        for path, entry in self.files.items():
            self._whole.take(f"{self._name}/{path}", entry)
        self._whole.write(f"{self._name}/{MANIFEST}", "application/json", data)


def included(context: Context, writer: Writer, but: str = "") -> dict[str, dict[str, Any]]:
    """Make the exports that the option ``include`` names (all but the wholes where it is not given), each in its folder.

    ``but``: the kind that asks, which cannot hold itself. The manifest of each comes back, by its kind. Options are handed to the
    kinds that take them; what describes other exports (option ``of``) is told of those that were made before it.
    """
    made: dict[str, dict[str, Any]] = {}
    for name in _wanted(context, but):
        kind = kind_of(name)
        part = Part(writer, name)
        make: Make = import_module(kind.module).make
        own = {option: values for option, values in context.options.items() if option in kind.options}
        if "of" in kind.options:  # what describes exports describes those that stand beside it
            own["of"] = tuple(str(writer.place(f"{beside}/x").parent) for beside in made if beside in DESCRIBED) or (NONE,)
        inner = replace(context, options=own)
        more = make(inner, part)
        head = {"kind": name, "title": {lang: kind.title(lang) for lang in LANGUAGES},
                "program": f"pactgraph {__version__}",
                "base": context.settings.base, "revision": inner.revision, "left_out": context.left_out, **more}
        part.finish(head)
        made[name] = head | {"files": [part.files[path] for path in sorted(part.files)]}
    return made


def _wanted(context: Context, but: str) -> list[str]:
    """The kinds in the order of the registry, so that a description comes after what it describes."""
    names = [kind.name for kind in kinds() if kind.name != but]
    given = context.options.get("include", ())
    if NONE in given:
        return []
    for name in given:
        if name not in names:
            raise fail("export-choice", option="include", value=name, known=", ".join([*names, NONE]))
    return [name for name in names if (name in given if given else name not in WHOLES)]
