"""Knows which releases the service's folder holds, and looks again when one comes or goes."""

from __future__ import annotations

from pathlib import Path

from pactgraph.publish.released import Release, Stamp, releases_in, stamp


class ReleaseKeeper:
    """The releases of a folder (None: there are none). Reading them touches the disk: ask in a thread."""

    def __init__(self, folder: Path | None, base: str) -> None:
        self._folder = folder
        self._base = base
        self._known: tuple[Stamp, list[Release]] = ((), [])

    def known(self) -> tuple[str, list[Release]]:
        """What names this state of the folder, and its releases, the newest first."""
        now = stamp(self._folder)
        if now != self._known[0]:
            self._known = (now, releases_in(self._folder, self._base))
        return ";".join(f"{name}@{at}" for name, at in now), self._known[1]
