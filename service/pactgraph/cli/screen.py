"""What the command line shows while it works: a progress bar on a terminal, plain lines elsewhere; always on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pactgraph.texts import say


@contextmanager
def build_progress(lang: str) -> Iterator[Callable[[str, int, int], None]]:
    """A progress function for :func:`pactgraph.build.pipeline.build`."""
    if not sys.stderr.isatty():
        yield lambda stage, at, of: print(f"[{at + 1}/{of}] {say('stage-' + stage, lang)}", file=sys.stderr, flush=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda stage, at, of: bar.update(task, total=of, completed=at, description=say("stage-" + stage, lang))


@contextmanager
def export_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A function to call with words, how far the work is, and of how much (0: not known); a bar on a terminal."""
    if not sys.stderr.isatty():
        yield lambda words, at, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda words, at, of: bar.update(task, total=of or None, completed=at, description=words[:60])


@contextmanager
def bytes_progress(words: str, path: Path) -> Iterator[Callable[[int], None] | None]:
    """A function to call with the number of bytes that were read of a file; a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty() or not path.is_file():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=path.stat().st_size)
        yield lambda count: bar.advance(task, count)


def note(text: str) -> None:
    """A message to the person at the terminal."""
    print(text, file=sys.stderr, flush=True)
