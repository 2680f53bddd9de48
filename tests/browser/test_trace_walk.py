"""A newcomer walks from article 19 to the sentence of the decision: by mouse and by keyboard, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from browser_help import MARKS, leads

pytestmark = MARKS
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
RECOMMENDATION, TASK = "/trace/un/rec/ccpr-c-vnm-co-3/46", "/trace/vnm/task/1252-qd-ttg-2019/A.II.1.5"
THEN, TODAY = "/trace/vnm/body/mic", "/trace/vnm/body/mcst"
SENTENCE = "“Bộ Thông tin và Truyền thông”"
WIDTHS = """() => [...document.querySelectorAll('svg.chain')].flatMap(svg =>
  [...svg.querySelectorAll('a:not(.about) > text > tspan')].filter(line => line.getComputedTextLength() > 0).map(line => {
    const box = line.closest('a').querySelector('rect.thing, rect.more');
    return box ? box.width.baseVal.value - 20 - line.getComputedTextLength() : 0; }))"""
DEAD = """() => [...document.querySelectorAll('svg.chain a')].filter(link => {
    if (!link.checkVisibility()) return false;
    const part = link.querySelector('.target, rect').getBoundingClientRect();
    return part.width < 23.9 || part.height < 23.9; }).length"""


@pytest.fixture(params=["vi", "en"])
def page(request: pytest.FixtureRequest, browser: Any, address: str) -> Iterator[Any]:
    """A page in a language; whatever it reports as an error fails the test."""
    context = browser.new_context(locale=request.param, base_url=address, viewport=DESK, reduced_motion="reduce")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def box(page: Any, path: str) -> Any:
    """A box of the picture that is shown."""
    return page.locator(f'svg.chain a[href="{path}"]:visible')


def mark_into(page: Any, path: str) -> Any:
    """The number on the line that leads into a box: the nearest to its left edge."""
    edge = box(page, path).locator("rect").bounding_box()
    marks = page.locator("svg.chain a.mark:visible")
    def away(place: int) -> float:
        spot = marks.nth(place).locator("rect").bounding_box()
        return abs(spot["x"] - edge["x"]) + 3 * abs(spot["y"] + spot["height"] / 2 - edge["y"] - min(12, edge["height"] / 2))
    return marks.nth(min(range(marks.count()), key=away))


def test_five_clicks_from_the_article_to_the_sentence(page: Any) -> None:
    page.goto("/")
    with leads(page):
        page.locator("#chain a").click()  # article 19, the example of the start page
    for path in (RECOMMENDATION, TASK, THEN):
        with leads(page):
            box(page, path).click()
        assert page.url.endswith(path)
        assert "here" in box(page, path).first.locator("rect").get_attribute("class")
    assert box(page, TODAY).is_visible()
    with leads(page):
        mark_into(page, THEN).click()
    entry = page.locator(".card:target")
    assert SENTENCE in entry.inner_text() and "154" in entry.inner_text()
    assert entry.is_visible()


def test_the_same_walk_by_keyboard_on_a_phone(page: Any) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/trace/treaty/iccpr/article/19")
    for path in (RECOMMENDATION, TASK):
        # The tab key reaches the box, in the order of the picture
        page.locator("h1").evaluate("heading => { heading.tabIndex = -1; heading.focus() }")
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('href')") == path:
                break
        assert box(page, path).evaluate("link => link === document.activeElement")
        page.keyboard.press("Enter")
        page.wait_for_url("**" + path)
    mark = mark_into(page, THEN)
    mark.focus()
    with leads(page):
        page.keyboard.press("Enter")
    assert re.search(r"#link-\d+$", page.url)
    assert SENTENCE in page.locator(".card:target").inner_text()


def test_words_fit_their_boxes_and_fingers_their_targets(page: Any) -> None:
    for path in ("/trace/treaty/iccpr/article/2", "/trace/vnm/body/mps", TASK, "/"):
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.goto(path)
            assert min(page.evaluate(WIDTHS)) > -1, (path, size)
            assert page.evaluate(DEAD) == 0, (path, size)
            wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide <= room, (path, size)


def test_every_band_and_dot_of_the_overview_opens_its_list(page: Any) -> None:
    page.goto("/overview")
    number = page.locator("table.matrix td a").first
    counted = number.inner_text()
    with leads(page):
        number.click()
    assert re.search(rf"\b{counted} ", page.locator("main .via").last.inner_text())
    page.go_back()
    dot = page.locator(".time-picture a.dot.plan").nth(1)
    many = re.search(r": (\d+)", dot.locator("title").text_content())
    assert many
    dot.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/overview/dates*")
    assert page.locator("table.result tbody tr").count() == int(many[1])
    page.set_viewport_size(PHONE)
    page.goto("/overview")
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room
