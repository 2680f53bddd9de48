"""Tries what a build would make with files that are not imported yet; nothing of the store is touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pactgraph.build.freshness import imported_folder
from pactgraph.build.generation import Built
from pactgraph.build.pipeline import Progress, make_graph
from pactgraph.settings import Settings
from pactgraph.sources.imported import Imported, keep


@dataclass(frozen=True)
class Arrival:
    """A file on its way into a store: what is to be kept of it."""

    item: Imported
    sha256: str

    def keep_in(self, folder: Path) -> Path:
        """Keep it in the folder of imported files, as the last; returns its own folder."""
        item = self.item
        return keep(folder, item.file, self.sha256, format=item.format, country=item.country, day=item.imported_on, by=item.by,
                    importer=item.importer, moment=item.imported_at, cycle=item.cycle)


def try_build(settings: Settings, arrivals: Iterable[Arrival], store: bool, progress: Progress) -> Built:
    """The graph that a build would make with the ``arrivals`` beside what was imported (``store``: into the store's folder)."""
    with tempfile.TemporaryDirectory(prefix="pactgraph-trial-") as room:
        folder = Path(room) / "sources"
        if store and imported_folder(settings.store).is_dir():
            shutil.copytree(imported_folder(settings.store), folder)
        for arrival in arrivals:
            arrival.keep_in(folder)
        return make_graph(settings, folder, progress)
