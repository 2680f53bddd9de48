"""Takes from a reader process what it does not need: the network, other files, memory without end.

Every step that a platform refuses is left out, and the next one still holds: without a network namespace a worker
still cannot open a socket, because it may not open any new file descriptor at all.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1


def leave_network() -> bool:
    """Move this process into a network namespace of its own, which has no way out. True where that was possible.

    Must run before the process has threads.
    """
    libc = _libc()
    if libc is None:
        return False
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def die_with_parent() -> None:
    """Let the kernel end this process when its parent ends."""
    libc = _libc()
    if libc is not None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def limit_memory(more: int) -> None:
    """Let this process take ``more`` bytes of address space beyond what it has now; it dies when it asks for more."""
    _set_limit(resource.RLIMIT_AS, _address_space() + more)


def freeze_files(highest: int) -> None:
    """Forbid new file descriptors; those up to ``highest`` stay open. No core dumps either."""
    _set_limit(resource.RLIMIT_NOFILE, highest + 1)
    _set_limit(resource.RLIMIT_CORE, 0)


def peak_memory() -> int:
    """The largest resident size that this process had, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _set_limit(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
    # A platform without this limit: the others hold.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(which, (ceiling, ceiling))


def _address_space() -> int:
    """The address space in use, in bytes; an estimate by resident size where /proc is missing."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return peak_memory()
    return pages * os.sysconf("SC_PAGE_SIZE")


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
