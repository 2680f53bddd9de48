"""axe (WCAG 2.2 AA) finds nothing on any kind of page, in both languages, on a desk and on a phone, on light and dark."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from browser_help import MARKS
from page_kinds import PAGE_KINDS

pytestmark = MARKS
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LIKE_THE_FIRST = """() => { for (const list of document.querySelectorAll('tbody, main ul, main ol'))
  [...list.children].slice(8).forEach(item => item.remove()) }"""
"""Long lists are cut: what axe finds in the first eight rows it would find in all of them."""
RUN = """async only => (await axe.run(document, {runOnly: only, resultTypes: ['violations'], elementRef: false})).violations
  .map(found => found.id + ': ' + found.nodes.slice(0, 3).map(node => node.target.join(' ') + ' ' + node.html.slice(0, 120))
  .join(' | '))"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The program of axe-core as its package ships it; the devtools put it into a page past the page's policy."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_axe_finds_nothing(browser: Any, address: str, axe: str, lang: str) -> None:
    # Of two pages one is looked at on a desk and the other on a phone, in the other language the other way round; so each kind
    # is seen in both languages and at both widths. Light and dark ground take turns in the same way, a step behind.
    found = []
    context = browser.new_context(locale=lang, base_url=address)
    page = context.new_page()
    for turn, (name, path) in enumerate(PAGE_KINDS.items(), lang == "en"):
        size = (DESK, PHONE)[turn % 2]
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=("light", "dark")[turn // 2 % 2])
        page.goto(path)
        page.evaluate(LIKE_THE_FIRST)
        page.evaluate(axe)
        found += [f"{name} ({size['width']}): {problem}" for problem in page.evaluate(RUN, TAGS)]
    context.close()
    assert not found, "\n".join(found)


def test_axe_would_find_something(browser: Any, address: str, axe: str) -> None:
    """A page without its language and with a picture without words is told."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/articles")
    page.evaluate("document.documentElement.removeAttribute('lang'); document.querySelector('main').append(new Image(9, 9))")
    page.evaluate(axe)
    told = "\n".join(page.evaluate(RUN, TAGS))
    context.close()
    assert "html-has-lang" in told and "image-alt" in told
