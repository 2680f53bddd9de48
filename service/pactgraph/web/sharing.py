"""Lets the processes of one service count together: ``/metrics`` of any web worker answers for all of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the library for Prometheus looks, when it is imported, for the folder in which processes count together."""


@contextmanager
def shared() -> Iterator[None]:
    """Let all processes that are started inside count together; what one counted stays when it is started again."""
    with tempfile.TemporaryDirectory(prefix="pactgraph-metrics-", ignore_cleanup_errors=True) as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            os.environ.pop(FOLDER, None)
