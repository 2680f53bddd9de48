"""Imports of the Universal Human Rights Index: one country's records from a workbook, and one country out of the bulk file.

``--records N`` of the workbook (2,000), ``--megabytes N`` of the bulk file (50). The rivals load the same file whole: openpyxl
the cells of the workbook, json the bulk file. Time is that of reading, comparing and stating; memory the peak of a process of its
own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))
from uhri_files import many, write_bulk, write_workbook

from pactgraph.build.assemble import assemble
from pactgraph.build.imports import Imports, Read
from pactgraph.settings import Settings
from pactgraph.sources.imported import Imported
from pactgraph.sources.recommendations.countries import read_countries
from pactgraph.sources.uhri import open_uhri

COUNTRIES = ["Peru", "Iraq", "Viet Nam", "Norway", "Chile"]


def measured(work: Callable[..., int], *given: object) -> tuple[float, float, int]:
    """Seconds, peak megabytes and answer of a function in a process of its own."""
    here, there = multiprocessing.Pipe(False)
    process = multiprocessing.get_context("spawn").Process(target=_child, args=(there, work, given))
    process.start()
    answer: tuple[float, float, int] = here.recv()
    process.join()
    return answer


def _child(pipe: Connection, work: Callable[..., int], given: tuple[object, ...]) -> None:
    began = time.perf_counter()
    answer = work(*given)
    pipe.send((time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, answer))


def import_workbook(file: str) -> tuple[float, float, int]:
    """Read a workbook, compare it with the graph and with itself, state it: seconds of reading and of the rest, statements."""
    settings = Settings()
    quads = assemble(settings)
    countries = read_countries(settings.data_folder() / "un")
    began = time.perf_counter()
    reading = open_uhri(Path(file), countries, 100_000_000)
    records = list(reading.records())
    read = Read(Imported(Path(file), "uhri", "", date(2026, 1, 1)), reading.file, reading.sha256, reading.rows.columns, records)
    between = time.perf_counter()
    imports = Imports(quads, settings)
    imports.add(read)
    assert imports.add(read).comparison.changes_nothing
    stated = len(imports.quads())
    return between - began, time.perf_counter() - between, stated


def load_workbook_cells(file: str) -> int:
    """The rival: the cells of the workbook, nothing more."""
    from openpyxl import load_workbook

    return sum(1 for _ in load_workbook(file).worksheets[0].iter_rows(values_only=True))


def stream_bulk(file: str) -> int:
    """The records of one country out of the bulk file."""
    countries = read_countries(Settings().data_folder() / "un")
    return sum(1 for _ in open_uhri(Path(file), countries, country="vnm").records())


def load_bulk(file: str) -> int:
    """The rival: the whole file at once."""
    return sum("Viet Nam" in record["Countries"] for record in json.loads(Path(file).read_bytes()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--megabytes", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        book = write_workbook(Path(folder) / "export.xlsx", many(options.records))
        reading, rest, stated = import_workbook(str(book))
        print(f"{options.records} records of a workbook: {reading + rest:.2f} s (read {reading:.2f}, "
              f"compare and state {rest:.2f}), {stated} statements")
        seconds, memory, _ = measured(load_workbook_cells, str(book))
        print(f"  openpyxl, cells only: {seconds:.2f} s, {memory:.0f} MB")
        count = options.megabytes * 1000 // 5
        rows = (row for place in range(5) for row in many(count, country=COUNTRIES[place], letters=400))
        bulk = write_bulk(Path(folder) / "bulk.json", rows)
        size = bulk.stat().st_size / 1_000_000
        for name, work in (("pactgraph, streamed", stream_bulk), ("json, whole", load_bulk)):
            seconds, memory, found = measured(work, str(bulk))
            print(f"{name}: {size:.0f} MB in {seconds:.1f} s ({size / seconds:.0f} MB/s), peak {memory:.0f} MB, {found} records")


if __name__ == "__main__":
    main()
