"""Puts a finished folder in the place of another: in one step where the system can, else by two renames."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def exchange(new: Path, target: Path) -> None:
    """Let ``new`` be at ``target``; what stood there is at ``new`` afterwards, or gone where it was an empty folder."""
    try:
        os.rename(new, target)  # nothing there, or an empty folder
        return
    except OSError as problem:
        if problem.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
    if not _in_one_step(new, target):
        old = new.with_name(f"{new.name}-old")
        os.rename(target, old)
        os.rename(new, target)
        os.rename(old, new)


def _in_one_step(new: Path, target: Path) -> bool:
    """Exchange two folders at once (Linux); whether the system can."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(target))
