"""axe (WCAG 2.2 AA) finds nothing on any kind of page, in both languages, on a desk and on a phone, on light and dark."""

from __future__ import annotations

from typing import Any

import pytest
from axe_help import problems
from browser_help import MARKS
from page_kinds import PAGE_KINDS

pytestmark = MARKS
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LIKE_THE_FIRST = """() => { for (const list of document.querySelectorAll('tbody, main ul, main ol'))
  [...list.children].slice(6).forEach(item => item.remove()) }"""
"""Long lists are cut: what axe finds in the first six rows it would find in all of them."""


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_axe_finds_nothing(browser: Any, address: str, lang: str) -> None:
    # Of two pages one is looked at on a desk and the other on a phone, in the other language the other way round; so each kind
    # is seen in both languages and at both widths. Light and dark ground take turns in the same way, a step behind.
    found = []
    seen: set[int] = set()
    context = browser.new_context(locale=lang, base_url=address)
    page = context.new_page()
    for turn, (name, path) in enumerate(PAGE_KINDS.items(), lang == "en"):
        size = (DESK, PHONE)[turn % 2]
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=("light", "dark")[turn // 2 % 2])
        page.goto(path)
        page.evaluate(LIKE_THE_FIRST)
        found += [f"{name} ({size['width']}): {problem}" for problem in problems(page, seen)]
    context.close()
    assert not found, "\n".join(found)


def test_axe_would_find_something(browser: Any, address: str) -> None:
    """A page without its language, with a picture without words and with pale words, which look as others otherwise, is told."""
    seen: set[int] = set()
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/articles")
    assert problems(page, seen) == []
    page.goto("/articles")
    assert problems(page, seen) == []  # nothing is drawn in a new way
    page.goto("/articles")
    page.evaluate("""document.documentElement.removeAttribute('lang'); document.querySelector('main').append(new Image(9, 9));
      document.querySelector('main p').style.color = '#bbb'""")
    told = "\n".join(problems(page, seen))
    context.close()
    assert "html-has-lang" in told and "image-alt" in told and "color-contrast: " in told
