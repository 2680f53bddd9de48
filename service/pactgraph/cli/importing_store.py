"""The last step of every import: the file is kept beside the store, and the store is built with it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.cli.screen import build_progress
from pactgraph.errors import fail
from pactgraph.settings import Settings

if TYPE_CHECKING:
    from pactgraph.sources.imported import Imported


def imported_now(file: Path, form: str, country: str = "") -> Imported:
    """A file as an import of this moment by the operator, with the program and its version."""
    from pactgraph import __version__
    from pactgraph.access.author import OPERATOR
    from pactgraph.sources.imported import Imported

    moment = datetime.now().astimezone().replace(microsecond=0)
    return Imported(file, form, country, moment.date(), imported_at=moment, by=OPERATOR.name,
                    importer=f"pactgraph {__version__}, {form}")


def has_folder(settings: Settings) -> bool:
    """Whether the store is a folder, beside which files can be kept."""
    from pactgraph.store.choose import is_remote

    return not is_remote(settings.store) and settings.store != "memory:"


def folder_of(settings: Settings) -> Path:
    """Where a store keeps what was imported; a store that is no folder raises a UserError."""
    from pactgraph.build.freshness import imported_folder

    if not has_folder(settings):
        raise fail("import-needs-folder", store=settings.store)
    return imported_folder(settings.store)


def refuse_earlier(settings: Settings, key: str, name: str) -> None:
    """Refuse a file that was imported before and gave way to a later one: it would not count again."""
    from pactgraph.sources.imported import imported_sources

    for item in imported_sources(folder_of(settings)):
        if item.file.parent.name == key[:16]:
            raise fail("import-earlier", file=name, day=item.imported_on)


def keep_and_build(settings: Settings, item: Imported, file: Path, key: str, lang: str) -> None:
    """Keep ``file`` under the checksum ``key`` and build, here or in the service that serves the store.

    A build that fails, or another owner of the store, raises a UserError and leaves nothing behind.
    """
    from pactgraph.sources.imported import forget, keep
    from pactgraph.writing.owner import builder

    with builder(settings) as build:
        place = keep(folder_of(settings), file, key, format=item.format, country=item.country, day=item.imported_on, by=item.by,
                     importer=item.importer, moment=item.imported_at)
        try:
            with build_progress(lang) as progress:
                build(progress)
        except BaseException:
            forget(place)
            raise
