"""What the command line shows while it works: a progress bar on a terminal, plain lines elsewhere; always on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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


def note(text: str) -> None:
    """A message to the person at the terminal."""
    print(text, file=sys.stderr, flush=True)
