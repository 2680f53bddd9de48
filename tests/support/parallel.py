"""How the workers of one run share the machine: who goes first, what is made once, and who must be alone.

A run in one process (no ``-n``) needs none of this and gets it for nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

try:
    import fcntl
except ImportError:  # a system without such locks: run there without -n
    fcntl = None  # type: ignore[assignment]

TOGETHER = {
    "tests/browser/": "browser",
    "tests/store/test_remote": "virtuoso",
    "tests/web/test_work_": "desk",
    **{f"tests/web/test_{name}.py": "real" for name in ("search", "trace", "visibility", "writing_real")},
    **{f"tests/web/test_{name}.py": "reading" for name in ("every_class", "lists")},
}
"""How files begin that run in one worker, by what serves them all: one Chromium, one Virtuoso, one service."""


class Parallel:
    """Plugin of every process of a run; the one that hands out the tests makes the folder that all share."""

    def __init__(self, config: pytest.Config) -> None:
        given = getattr(config, "workerinput", None)
        self.mine = given is None
        self.folder = Path(tempfile.mkdtemp(prefix="pactgraph-tests-") if self.mine else given["shared_folder"])

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput["shared_folder"] = str(self.folder)

    def pytest_unconfigure(self) -> None:
        if self.mine:
            shutil.rmtree(self.folder, ignore_errors=True)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """In a worker: files with slow tests first, so that no worker begins one when the others have nothing left to do."""
        if not self.mine:
            slow = {item.path for item in items if item.get_closest_marker("slow")}
            items.sort(key=lambda item: item.path not in slow)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        """The tests of a file stay together, and those of ``TOGETHER``, so that what their fixtures make is made once."""
        from xdist.scheduler import LoadFileScheduling

        class Scheduling(LoadFileScheduling):
            def _split_scope(self, nodeid: str) -> str:
                return next((one for start, one in TOGETHER.items() if nodeid.startswith(start)), super()._split_scope(nodeid))

        config.option.loadscopereorder = False  # the order is ours
        return Scheduling(config, log)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """A test marked ``alone`` waits until the other workers stand still, and holds them there until its end."""
        alone = item.get_closest_marker("alone") is not None
        with Lock(self.folder / "door") as door, Lock(self.folder / "room", shared=not alone):
            if not alone:
                door.release()  # the next may come in; behind one that wants to be alone nobody may
            return (yield)

    def once(self, name: str, make: Callable[[Path], None]) -> Path:
        """The shared folder ``name``; the first that asks makes it, and the others wait for that."""
        folder, done = self.folder / name, self.folder / f"{name}.done"
        with Lock(self.folder / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                done.touch()
        return folder


class Lock:
    """Waits for a lock on a file and holds it; many may hold a shared one.

    It is let go by word: a forked child may keep the file open.
    """

    def __init__(self, file: Path, shared: bool = False) -> None:
        self._file, self._shared = file.open("a"), shared

    def __enter__(self) -> Lock:
        if fcntl:
            fcntl.flock(self._file, fcntl.LOCK_SH if self._shared else fcntl.LOCK_EX)
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        self._file.close()

    def release(self) -> None:
        """Let go before the end."""
        if fcntl:
            fcntl.flock(self._file, fcntl.LOCK_UN)
