"""axe-core (WCAG 2.2 AA) on a page in the browser, past the page's policy, as the devtools do it.

Contrast takes two thirds of axe's time, and is the same wherever words are drawn in the same way. So it is measured once for each
way: an element of the same kind and classes inside elements of the same kinds, classes, colours and pictures, drawn in the same
size and weight. All other rules look at every element.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import pytest

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_MARK = """seen => {
  const known = new Set(seen), fresh = [], ways = new Map();
  const drawn = ['color', 'backgroundColor', 'backgroundImage', 'fontSize', 'fontWeight', 'opacity', 'textShadow', 'position'];
  const way = e => {
    if (!e) return '';
    if (!ways.has(e)) {
      const style = getComputedStyle(e);
      ways.set(e, way(e.parentElement) + '/' + [e.tagName, e.getAttribute('class'), ...drawn.map(name => style[name])].join(' '));
    }
    return ways.get(e);
  };
  const words = e => e.matches('input, select, textarea, button')
    || [...e.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  for (const e of document.querySelectorAll('body, body *')) {
    if (!words(e) || !e.checkVisibility()) continue;
    let mark = 0;  // a number stands for the long way
    for (const letter of innerWidth + way(e)) mark = (mark * 31 + letter.codePointAt(0)) % 9007199254700;
    if (!known.has(mark)) { known.add(mark); fresh.push(mark); e.setAttribute('data-way', ''); }
  }
  axe.configure({rules: [{id: 'color-contrast', selector: '[data-way]'}]});
  return fresh;
}"""
_RUN = """async only => (await axe.run(document, {runOnly: only, resultTypes: ['violations'], elementRef: false})).violations
  .map(found => found.id + ': ' + found.nodes.slice(0, 3).map(node => node.target.join(' ') + ' ' + node.html.slice(0, 120))
  .join(' | '))"""


@cache
def _program() -> str:
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def problems(page: Any, seen: set[int]) -> list[str]:
    """What axe finds on a page, a line a rule. ``seen`` are the ways of drawing words that were measured; it grows."""
    page.evaluate(_program())
    seen.update(page.evaluate(_MARK, list(seen)))
    found: list[str] = page.evaluate(_RUN, TAGS)
    return found
