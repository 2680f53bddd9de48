"""A writer that is killed at any moment: an entry stands whole everywhere or nowhere once the store is opened again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from writing_help import add, note, told, translation

from pactgraph.settings import Settings
from pactgraph.store import open_store
from pactgraph.writing.writer import Writer

KILLED = """
import json, os, signal, sys
import pactgraph.store.live, pactgraph.writing.writer, pactgraph.journal.log
from pactgraph.settings import Settings
from writing_help import add, note, remove, translation
def stop(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
def write(where, store, data):
    writer = pactgraph.writing.writer.Writer(Settings(store=store, data=data))
    add(writer, note("first"))
    exec(where)
    remove(writer, translation())
for line in sys.stdin:
    child = os.fork()
    if not child:
        write(*json.loads(line))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Writes in a process of its own for each line; what every writer learns from the queries is learnt once, before."""
WHERE = {
    "before the entry is in the journal": ("pactgraph.journal.log.Path.rename = stop", False),
    "between journal and database": ("pactgraph.store.live.patch_update = stop", True),
    "before the gaps are journaled": ("pactgraph.writing.dataset.Dataset.new_gaps = stop", True),
    "after the gaps are journaled": ("pactgraph.writing.dataset.Dataset.follow = stop", True),
    "before the revision is made": ("pactgraph.writing.writer.publish_revision = stop", True),
}


@pytest.fixture(scope="module")
def killed() -> Iterator[Callable[[str, Settings], int]]:
    """Writes into a store, and does so at a moment; gives the exit code of the process that did."""
    with subprocess.Popen([sys.executable, "-c", KILLED], env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        read, write = process.stdout.readline, process.stdin.write

        def run(where: str, settings: Settings) -> int:
            write(json.dumps([where, settings.store, settings.data]) + "\n")
            process.stdin.flush()  # type: ignore[union-attr]
            return int(read())

        yield run
        process.stdin.close()


@pytest.mark.slow
@pytest.mark.parametrize("moment", WHERE)
def test_a_writer_that_is_killed(moment: str, settings: Settings, reopened: Callable[[], Writer],
                                 killed: Callable[[str, Settings], int]) -> None:
    where, journaled = WHERE[moment]
    assert killed(where, settings) == -signal.SIGKILL
    writer = reopened()
    kinds = [(entry.number, entry.kind) for entry in writer.journal.entries()]
    assert kinds == ([(1, "update"), (2, "update"), (3, "gaps")] if journaled else [(1, "update")])
    now = set(writer.effective())
    assert (translation() not in now) == journaled
    assert any("missing-translation" in str(item) and translation().subject in item for item in now) == journaled
    on_disk = told(ox.parse(open_store(settings.store).dump(), format=ox.RdfFormat.N_QUADS))
    assert on_disk == told(now)
    assert add(writer, note("afterwards")).added == 1
    writer.close()
    again = reopened()
    assert told(again.effective()) == told(now) | {item for item in again.effective() if "afterwards" in str(item.subject)}


def test_a_store_is_the_same_when_it_is_opened_again(settings: Settings, reopened: Callable[[], Writer]) -> None:
    first = reopened()
    add(first, note("a"))
    now, version, database = set(first.effective()), first.version, first._live
    first.close()
    second = reopened()  # also where something still knows the database of the first, as an error's traceback may
    assert second._live is not database
    assert (set(second.effective()), second.version) == (now, version)


def test_the_live_database_can_be_lost(settings: Settings, reopened: Callable[[], Writer]) -> None:
    import shutil

    first = reopened()
    add(first, note("a"))
    now, head = set(first.effective()), first.head
    first.close()
    for folder in ("live", "revisions"):
        shutil.rmtree(Path(settings.store) / folder)
    second = reopened()
    assert set(second.effective()) == now and second.head == head


def test_a_journal_that_lost_entries_is_told(settings: Settings, reopened: Callable[[], Writer]) -> None:
    from pactgraph.errors import UserError

    first = reopened()
    add(first, note("a"))
    first.close()
    pointer = Path(settings.store) / "current"
    pointer.write_text(json.dumps(json.loads(pointer.read_text("utf-8")) | {"journal": 1}), "utf-8")
    folder = settings.journal_folder()
    assert folder is not None
    (folder / "entries" / "000000001.rdfp").unlink()
    with pytest.raises(UserError) as found:
        Writer(settings)
    assert found.value.key == "journal-behind"
