"""A real Chromium, driven by Playwright, that asks nobody but the service under test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
MARKS = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]
"""What a test file in a browser is marked with."""


PATIENCE = 90_000
"""Milliseconds after which something that a page should show is missing: on a busy machine much takes longer than alone."""


@contextmanager
def leads(page: Any) -> Iterator[None]:
    """What is done inside leads to another page (or place of it), which is loaded at the end: only then it can be read."""
    with page.expect_navigation(timeout=PATIENCE):
        yield


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser whose pages are patient; closed at the end."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        make = opened.new_context

        def patient(**options: Any) -> Any:
            context = make(**options)
            context.set_default_timeout(PATIENCE)
            return context

        opened.new_context = patient
        yield opened
        opened.close()
