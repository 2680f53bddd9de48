"""Imports what only reports need, or says which part of the installation is missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from pactgraph.errors import fail

_PACKAGES = {"docx": "python-docx", "xlsxwriter": "XlsxWriter", "vl_convert": "vl-convert-python", "icalendar": "icalendar"}


def library(name: str) -> ModuleType:
    """The module ``name``; a UserError that says what to install where it is not there."""
    try:
        return import_module(name)
    except ImportError:
        raise fail("report-library", package=_PACKAGES[name]) from None
