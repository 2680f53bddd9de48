"""Draws the charts of reports: Vega-Lite specifications, drawn by vl-convert without a network and without a browser."""

from __future__ import annotations

import json
from typing import Any

from pactgraph.reports.document import Picture, Said
from pactgraph.reports.libraries import library

_FONT = "Noto Sans, DejaVu Sans, Liberation Sans, Arial, sans-serif"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_BLUE = "#1f5a99"
_SCALE = 3.0
_FEW = 14
"""Up to so many bars stand wide apart."""


def bars(name: str, caption: Said, alt: str, pairs: list[tuple[str, int]], axis: str) -> Picture:
    """Horizontal bars, longest names on the left, the number at the end of each bar."""
    place = {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 320, "ticks": False}}
    length = {"field": "number", "type": "quantitative", "axis": {"title": axis, "tickMinStep": 1, "grid": True}}
    spec: dict[str, Any] = {
        "$schema": _SCHEMA, "width": 420, "height": {"step": 26 if len(pairs) <= _FEW else 17}, "background": "white",
        "data": {"values": [{"name": key, "number": value} for key, value in pairs]},
        "encoding": {"y": place, "x": length},
        "layer": [
            {"mark": {"type": "bar", "color": _BLUE}},
            {"mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 12},
             "encoding": {"text": {"field": "number", "type": "quantitative"}}},
        ],
        "config": {"font": _FONT, "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
                   "view": {"stroke": None}},
    }
    return Picture(name, caption, alt, spec)


def as_png(picture: Picture) -> bytes:
    """The picture for paper: three dots a point."""
    data: bytes = library("vl_convert").vegalite_to_png(json.dumps(picture.spec), scale=_SCALE)
    return data


def as_svg(picture: Picture) -> str:
    """The picture for a page, its letters kept as text."""
    text: str = library("vl_convert").vegalite_to_svg(json.dumps(picture.spec))
    return text
