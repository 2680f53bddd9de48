"""Shares the work of a site among processes, one a processor."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context

from pactgraph.store.confine import die_with_parent
from pactgraph.web.fixed.hand import Hand, Job, Made, Task, hand
from pactgraph.web.fixed.plan import Plan

_A_PIECE = 25
"""Jobs that are handed over at once: few enough to tell how far the work is, and to end soon when it is broken off."""
_WORTH_IT = 1000
"""With fewer jobs, a process takes longer to start than it saves."""
_MOST = 8

_own: Hand | None = None
_stack = ExitStack()


def processes_for(jobs: int) -> int:
    """How many processes are to do so much work."""
    return max(1, min(len(os.sched_getaffinity(0)), _MOST, jobs // _WORTH_IT))


def shared(task: Task, plan: Plan, jobs: list[Job], processes: int) -> Generator[tuple[int, Made], None, None]:
    """Have the jobs done by new processes: for each piece of them, how many jobs it was and what came of it.

    To be closed where the work is broken off: it ends when no process writes any more.
    """
    pieces = [jobs[at:at + _A_PIECE] for at in range(0, len(jobs), _A_PIECE)]
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(task, plan))
    try:
        waiting: set[Future[Made]] = set()
        sizes: dict[Future[Made], int] = {}
        for piece in pieces:
            if len(waiting) >= 2 * processes:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from ((sizes.pop(one), one.result()) for one in done)
            with _undisturbed():
                future = pool.submit(_do, piece)
            sizes[future] = len(piece)
            waiting.add(future)
        yield from ((sizes[one], one.result()) for one in wait(waiting).done)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Processes that are started in the block never hear of an interrupt from the keyboard: that is for who began the work."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(task: Task, plan: Plan) -> None:
    """Get ready, in a process of the pool."""
    global _own
    die_with_parent()
    _own = _stack.enter_context(hand(task))
    _own.follow(plan)


def _do(jobs: list[Job]) -> Made:
    assert _own is not None
    return _own.make(jobs)
