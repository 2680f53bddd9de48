"""What the command line shows while it works: a progress bar on a terminal, plain lines elsewhere; always on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pactgraph.texts import say

_A_LINE_SECONDS = 15.0


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
def export_progress(lang: str = "en") -> Iterator[Callable[[str, int, int], None]]:
    """A function to call with words, how far the work is, and of how much (0: not known).

    On a terminal a bar with the time that is left; elsewhere a line now and then where the work takes long.
    """
    if not sys.stderr.isatty():
        yield ProgressLines(lang, time.monotonic)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
               TimeRemainingColumn(compact=True))
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=120) as bar:
        task = bar.add_task("", total=None)
        words_now = [""]

        def told(words: str, at: int, of: int) -> None:
            if words != words_now[0]:  # other work, at another speed
                words_now[0] = words
                bar.reset(task)
            bar.update(task, total=of or None, completed=at, description=words[:60])

        yield told


class ProgressLines:
    """Tells of long work in lines, at most four a minute, with an estimate of the time that is left."""

    def __init__(self, lang: str, clock: Callable[[], float]) -> None:
        self._lang = lang
        self._clock = clock
        self._words = ""
        self._begun = self._told = 0.0

    def __call__(self, words: str, at: int, of: int) -> None:
        now = self._clock()
        if words != self._words:
            self._words, self._begun, self._told = words, now, now
        if now - self._told < _A_LINE_SECONDS:
            return
        self._told = now
        if of and at:
            minutes, seconds = divmod(round((now - self._begun) * (of - at) / at), 60)
            words = say("export-so-far", self._lang, words=words, at=f"{at:,}", of=f"{of:,}", left=f"{minutes}:{seconds:02d}")
        note(words)


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
