"""Workers of one run: what is made once, and that a test which must be alone is alone."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from parallel import Lock, Parallel

pytest.importorskip("fcntl", reason="no such locks on this system")


def test_what_is_shared_is_made_once_and_again_where_it_failed(parallel: Parallel) -> None:
    made: list[Path] = []

    def make(folder: Path) -> None:
        made.append(folder)
        time.sleep(0.05)
        if len(made) == 1:
            raise OSError("no room")
        (folder / "file").write_text("whole")

    with pytest.raises(OSError):
        parallel.once("of-a-test", make)
    with ThreadPoolExecutor(4) as workers:
        folders = set(workers.map(lambda _: parallel.once("of-a-test", make), range(4)))
    (folder,) = folders
    assert len(made) == 2 and (folder / "file").read_text() == "whole"


def test_one_who_wants_to_be_alone_waits_for_all_and_all_wait_for_him(tmp_path: Path) -> None:
    file, inside = tmp_path / "room", set[str]()
    met: list[set[str]] = []

    def stay(name: str) -> None:
        with Lock(file, shared=name != "alone"):
            inside.add(name)
            time.sleep(0.05)
            met.append(set(inside))
            inside.remove(name)

    with ThreadPoolExecutor(5) as workers:
        list(workers.map(stay, ["a", "b", "alone", "c", "d"]))
    assert {"alone"} in met and not [names for names in met if "alone" in names and len(names) > 1]
    assert any(len(names) > 1 for names in met)
