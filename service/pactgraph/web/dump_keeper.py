"""Has the dumps of the graph made when they are asked for, and knows which ones there are. Never for what is restricted."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pactgraph.errors import UserError, fail
from pactgraph.publish.kept import made_at, newest_kept, state_of
from pactgraph.publish.manifest import read_manifest
from pactgraph.web.site import Site

_PACKAGES = Path(__file__).resolve().parents[2]
_AFTER_FAILURE_SECONDS = 60.0
_WAIT_SECONDS = 15
"""After how long somebody may ask again who came before the dumps were made."""
_TOLD = 2
"""The exit code of a process that said what was wrong."""
State = tuple[str, int]
_log = logging.getLogger("pactgraph.web")


@dataclass(frozen=True)
class Kept:
    """Dumps that are there: their folder, which never changes, and what their manifest says (empty: there are none).

    ``beside``: other exports that are given out, by the path below the site at which their files are, with their manifests.
    """

    folder: Path
    manifest: dict[str, Any]
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    beside: tuple[tuple[str, dict[str, Any]], ...] = ()

    def exports(self) -> list[tuple[str, dict[str, Any]]]:
        """All exports, for the catalogue."""
        return [*([("dumps/", self.manifest)] if self.manifest else []), *self.beside]


class DumpKeeper:
    """The dumps of one web worker's service."""

    def __init__(self) -> None:
        self._known: Kept | None = None
        self._made_for: State | None = None
        self._failed: UserError | None = None
        self._failed_at = 0.0
        self._failed_for: State | None = None
        self._making: asyncio.Task[None] | None = None

    async def kept(self, site: Site, patience: float = 0.0) -> Kept:
        """The dumps to give out. Where there are none yet, or the graph has changed since, they are made beside requests;
        without any after ``patience`` seconds this raises a UserError that says so."""
        folder = await asyncio.to_thread(newest_kept, site.generation)
        if folder is None or self._is_old(folder, site):
            self._begin(site)
        if folder is None and patience and self._making is not None:
            await asyncio.wait([self._making], timeout=patience)
            folder = await asyncio.to_thread(newest_kept, site.generation)
        if folder is None:
            raise self._failed or fail("dumps-making", wait=_WAIT_SECONDS)
        if self._known is None or self._known.folder != folder:
            manifest = await asyncio.to_thread(read_manifest, folder)
            if manifest is None:  # it went while we looked
                raise fail("dumps-making", wait=_WAIT_SECONDS)
            self._known = Kept(folder, manifest, {entry["path"]: entry for entry in manifest["files"]})
        return self._known

    async def due(self, site: Site) -> bool:
        """Whether dumps are to be made that nobody has asked for, and did not fail for this very state."""
        if (self._making is not None and not self._making.done()) or self._failed_for == _state(site):
            return False
        folder = await asyncio.to_thread(newest_kept, site.generation)
        return folder is None or self._is_old(folder, site)

    async def make_now(self, site: Site) -> None:
        """Make them, and wait until they are there."""
        self._begin(site)
        if self._making is not None:
            await asyncio.wait([self._making])

    async def close(self) -> None:
        """End what is being made."""
        if self._making is not None:
            self._making.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._making

    def _is_old(self, folder: Path, site: Site) -> bool:
        """Whether dumps are of another build, or of an earlier entry of the journal and have served long enough."""
        now, kept = _state(site), state_of(folder)
        if kept == now or self._made_for == now:
            return False
        return kept[0] != now[0] or time.time() - made_at(folder) > site.settings.dumps_seconds

    def _begin(self, site: Site) -> None:
        if self._making is not None and not self._making.done():
            return
        if self._failed and time.monotonic() - self._failed_at < _AFTER_FAILURE_SECONDS:
            return
        self._making = asyncio.ensure_future(self._make(site))

    async def _make(self, site: Site) -> None:
        state = _state(site)
        try:
            self._failed = await _made(site)
        except (OSError, ValueError) as problem:
            self._failed = fail("dumps-failed", reason=str(problem))
        if self._failed is None:
            self._made_for = state
        else:
            self._failed_at, self._failed_for = time.monotonic(), state
            _log.error("the dumps could not be made: %s", self._failed)


def _state(site: Site) -> State:
    return site.generation.fingerprint, site.number


async def _made(site: Site) -> UserError | None:
    """Run the process that makes the dumps to its end; what went wrong."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(_PACKAGES), *filter(None, sys.path)])}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "pactgraph.publish.keeping", env=environment,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    job = {"fingerprint": site.generation.fingerprint, "folder": str(site.generation.folder.resolve()),
           "journal": site.generation.journal, "base": site.settings.base, "lang": site.settings.lang}
    try:
        process.stdin.write(json.dumps(job).encode() + b"\n")
        said = await process.stdout.readline()
        status = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if status == 0:
        return None
    return fail("dumps-failed", reason=json.loads(said) if status == _TOLD else f"exit {status}")
