"""Search at once: the box at the head of a page, by keyboard, for a screen reader, and without scripts."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

from browser_help import MARKS, leads

pytestmark = MARKS


def test_by_keyboard(browser: Any, address: str) -> None:
    context = browser.new_context(locale="vi", base_url=address)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto("/laws?country=vnm")
    box = page.get_by_role("combobox", name="Tìm kiếm")
    assert box.get_attribute("aria-expanded") == "false"
    box.press_sequentially("bo cong")
    found = page.get_by_role("listbox", name="Tìm kiếm")
    options = found.get_by_role("option")
    options.nth(7).wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "8 gợi ý" in page.locator("header [role=status]").inner_text()
    box.press("ArrowUp")  # from the box to the last
    assert box.get_attribute("aria-activedescendant") == options.nth(7).get_attribute("id")
    box.press("ArrowDown")  # past the last, back to what was typed
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Escape")
    assert not found.is_visible() and box.input_value() == "bo cong"
    # What is found for less than all of it comes before; then the list changes no more
    with page.expect_response(lambda answer: "q=bo cong an" in unquote_plus(answer.url)):
        box.press_sequentially(" an")
    found.get_by_role("option", name="Bộ Công an Cơ quan, tổ chức", exact=True).wait_for()
    box.press("ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    box.press("Enter")
    page.wait_for_url("**/doc/vnm/body/mps?country=vnm")
    assert page.locator("h1").inner_text() == "Bộ Công an"
    assert problems == []
    context.close()


def test_enter_in_the_box_shows_all_results(browser: Any, address: str) -> None:
    context = browser.new_context(locale="en", base_url=address, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/")
    box = page.get_by_role("combobox")
    box.fill("freedom of expression")
    box.press("Enter")
    page.wait_for_url("**/search?q=freedom+of+expression*")
    first = page.locator(".results a").first
    assert "expression" in first.inner_text()
    # On a phone the results come first: what narrows them is shut.
    assert page.locator(".facets details[open]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_text("Kind", exact=True).click()
    with leads(page):
        page.locator(".facets a", has_text="Article of a treaty").click()
    assert "kind=article" in page.url
    assert page.locator(".results li").count() == 2
    context.close()


def test_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(locale="vi", base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("nhna quyne")
    with leads(page):
        page.get_by_role("button", name="Tìm kiếm").click()
    with leads(page):
        page.get_by_role("link", name="nhân quyền").click()
    assert page.locator(".results li").count() == 20
    with leads(page):
        page.get_by_role("link", name="Sau →").click()
    assert page.locator(".results").get_attribute("start") == "21"
    context.close()
