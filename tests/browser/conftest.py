"""One Chromium and one service over the real graph for the files here that a worker runs in a row.

Whoever looks at pages opens a context. Elsewhere there is no browser: while one is open, asyncio runs nothing else.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_help import chromium
from service_help import serving


@pytest.fixture(scope="package")
def address(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over a copy of the real graph. It is left as it is."""
    with serving(Path(shutil.copytree(built_store, tmp_path_factory.mktemp("browsed") / "store"))) as service:
        yield service.address


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """The browser, which remembers nothing from one context to the next."""
    with chromium() as opened:
        yield opened
