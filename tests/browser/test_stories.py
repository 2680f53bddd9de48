"""Four readers in a real browser: a researcher, somebody with a screen reader, somebody on a phone, somebody on a slow machine.

The official and the lawyer work in ``test_work.py``; the walk along the chain is ``test_trace_walk.py``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browser_help import MARKS, leads

from pactgraph.web import bundles

pytestmark = MARKS
PHONE = {"width": 390, "height": 844}
RECOMMENDATION = "/doc/un/rec/ccpr-c-vnm-co-3/24"
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@contextmanager
def reader(browser: Any, address: str, lang: str, **options: Any) -> Iterator[Any]:
    """A page; what it asks of others, or reports as an error, fails the test."""
    context = browser.new_context(locale=lang, base_url=address, **options)
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


# A researcher -------------------------------------------------------------------------------------------------------

@pytest.mark.skipif(bundles.address("editor.js") is None, reason="the bundles are not built (make assets)")
def test_a_researcher_gets_from_words_without_marks_to_a_query(browser: Any, address: str) -> None:
    with reader(browser, address, "vi") as page:
        page.goto("/")
        page.locator("#find").fill("an tu hinh doan 24")
        page.locator("#find").press("Enter")
        page.wait_for_url("**/search?*")
        with leads(page):
            page.locator(f'.results a[href="{RECOMMENDATION}"]').click()
        assert page.locator("h1").inner_text() == "Đoạn 24: Án tử hình"
        with leads(page):
            page.locator('main .toolbar a[href*="/questions/agency-for-recommendation"]').click()
        rows = page.locator("table.result tbody tr")
        shown = rows.count()
        assert shown >= 2
        with page.expect_download() as waiting:
            page.locator("main a[type='text/csv']").first.click()
        table = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"), newline="")))
        assert len(table) == shown and {row["task"] for row in table} == {"A.II.3.3", "D.IV.1"}
        page.locator("details.query summary").click()
        with leads(page):
            page.locator("details.query a.button").click()
        page.locator(".cm-content").wait_for()
        assert "un/rec/ccpr-c-vnm-co-3/24" in page.locator(".cm-content").inner_text()
        with leads(page):
            page.get_by_role("button", name="Chạy").click()
        with leads(page):
            page.locator('table.result a[href="/doc/vnm/task/1252-qd-ttg-2019/A.II.3.3"]').first.click()
        assert page.locator("h1 .code").inner_text() == "A.II.3.3"


# A reader with a screen reader --------------------------------------------------------------------------------------

OUTLINE = """() => {
  const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.closest('[aria-hidden="true"]');
  const named = e => e.getAttribute('aria-label') || (e.getAttribute('aria-labelledby') || '').split(' ')
    .map(id => document.getElementById(id)?.textContent || '').join(' ').trim();
  return {
    lang: document.documentElement.lang, title: document.title,
    levels: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(seen).map(h => +h.tagName[1]),
    landmarks: ['header', 'main', 'footer', 'nav', '[role=search]'].filter(s => ![...document.querySelectorAll(s)].some(seen)),
    navs: [...document.querySelectorAll('nav')].filter(seen).map(named),
    tables: [...document.querySelectorAll('main table')].filter(seen).filter(t => !t.querySelector('th[scope]')
      || [...t.querySelectorAll('th')].some(h => !h.scope)).map(t => t.outerHTML.slice(0, 200)),
    regions: [...document.querySelectorAll('[role=region], [role=group], [role=figure]')].filter(seen).filter(r => !named(r))
      .map(r => r.outerHTML.slice(0, 120)),
    links: [...document.querySelectorAll('main a[href]')].filter(seen).map(a =>
      (a.getAttribute('aria-label') || a.querySelector(':scope > title')?.textContent || a.textContent).trim()),
    fields: [...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')].filter(seen)
      .filter(f => !f.labels.length && !named(f)).map(f => f.outerHTML.slice(0, 120)),
  };
}"""
"""What a screen reader tells of a page, read from the document."""
VAGUE = {"", "here", "more", "link", "read more", "page", "ở đây", "xem thêm", "trang", "tại đây"}
"""Names that say nothing out of their context."""
KINDS = ("/", "/overview", "/trace/treaty/iccpr/article/19", "/search?q=nhan+quyen", "/recommendations", RECOMMENDATION,
         "/doc/vnm/task/1252-qd-ttg-2019/A.II.1.5", "/doc/vnm/body/mic", "/doc/vnm/law/hien-phap-2013?as_of=2024-01-01",
         "/doc/vnm/link/laws/hien-phap-2013/48/iccpr-2", "/doc/vnm/plan/1252-qd-ttg-2019", "/inbox/mps",
         "/assessments?article=ICCPR/19", "/questions/plan-coverage-summary", "/sparql", "/workspace/sign-in", "/doc/nothing")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_has_an_order_and_names_that_can_be_heard(browser: Any, address: str, lang: str) -> None:
    context = browser.new_context(locale=lang, base_url=address)
    page = context.new_page()
    for path in KINDS[lang == "en"::2]:  # each second page in either language
        page.goto(path)
        told = page.evaluate(OUTLINE)
        assert told["lang"] == lang and not told["landmarks"], (path, told["landmarks"])
        assert told["levels"].count(1) == 1 and told["levels"][0] == 1, (path, told["levels"])
        steps = zip(told["levels"], told["levels"][1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), (path, told["levels"])
        assert all(told["navs"]) and len(set(told["navs"])) == len(told["navs"]), (path, told["navs"])
        assert not told["tables"] and not told["regions"] and not told["fields"], (path, told)
        assert not [name for name in told["links"] if name.casefold() in VAGUE], path
    context.close()


def test_the_picture_can_be_heard(browser: Any, address: str) -> None:
    with reader(browser, address, "en") as page:
        page.goto("/trace/treaty/iccpr/article/19")
        tree = page.locator("main").aria_snapshot()
        # The picture has a name that says what it shows, in which order, and where the same stands in words
        picture = re.search(r'- .?group "(The chain through Article 19[^"]*)"', tree)
        assert picture and "from left to right" in picture[1] and "The list below says the same" in picture[1]
        for name in ("Paragraph 46: Freedom of expression", "Ministry of Information and Communications"):
            assert re.search(rf"- .?link \".*{name}", tree), name
        assert "(proposed)" in tree  # what is dashed for the eye is said
        # The same in words: the list of links, under headings
        assert page.locator("#links").count() == 1 and page.locator("#link-1").is_visible()
        page.goto("/overview")
        assert page.locator("main table").count() >= 3  # each picture has its table


def test_what_changes_is_read_out(browser: Any, address: str) -> None:
    with reader(browser, address, "en") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/search?q=nhan+quyen")
        assert re.search(r"\d+ results", page.locator("main [role=status]").inner_text())
        page.goto("/questions/plan-coverage-summary")
        said = page.locator(".share [role=status]")
        assert said.inner_text() == ""
        page.locator("[data-copies]").click()
        said.filter(has_text="Copied").wait_for()


# Somebody on a phone ------------------------------------------------------------------------------------------------

def test_on_a_phone_without_scripts(browser: Any, address: str) -> None:
    with reader(browser, address, "vi", viewport=PHONE, java_script_enabled=False, has_touch=True, is_mobile=True) as page:
        page.goto("/")
        menu = page.locator(".small-menu")
        assert not menu.locator("a").first.is_visible()
        menu.locator("summary").tap()
        menu.get_by_role("link", name="Lần theo").tap()
        page.wait_for_url("**/trace")
        page.locator("#start").fill("ICCPR/19")
        page.locator("#start").press("Enter")
        page.wait_for_url("**/trace/treaty/iccpr/article/19")
        page.locator('svg.chain-tall a[href="/trace/un/rec/ccpr-c-vnm-co-3/46"]').tap()
        page.wait_for_url("**/trace/un/rec/ccpr-c-vnm-co-3/46")
        assert "46" in page.locator("h1").inner_text()


def test_nothing_sticks_out_on_a_phone(browser: Any, address: str) -> None:
    with reader(browser, address, "en", viewport={"width": 360, "height": 780}) as page:
        for path in KINDS[:-1]:
            page.goto(path)
            wide, room = page.evaluate(WIDTHS)
            assert wide <= room, path
        # Wide rows stand one below the other: nothing of a desk has to be looked for at the side
        page.goto("/inbox/mps")
        for table in page.locator("table.stack").all()[:2]:
            assert table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")
        assert page.locator("table.stack td[data-label]").first.evaluate("cell => getComputedStyle(cell, '::before').content")


# Somebody on a slow machine -----------------------------------------------------------------------------------------

@pytest.mark.alone
def test_the_start_page_is_painted_within_a_second_on_a_slow_machine(browser: Any, address: str) -> None:
    """First contentful paint, with a processor that is four times slower, in a new context; the best of six at most."""
    times: list[float] = []
    while len(times) < 6 and min(times, default=1000) >= 1000:
        context = browser.new_context(locale="en", base_url=address)
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto("/")
        times.append(page.evaluate("""() => new Promise(done => {
          const told = list => list.getEntriesByName('first-contentful-paint').forEach(entry => done(entry.startTime));
          new PerformanceObserver(told).observe({type: 'paint', buffered: true}); })"""))
        context.close()
    assert min(times) < 1000, times


# Day and country ----------------------------------------------------------------------------------------------------

def test_day_and_country_hold_over_five_pages(browser: Any, address: str) -> None:
    with reader(browser, address, "en") as page:
        page.goto("/overview")
        page.locator(".scope summary").click()
        page.locator("#scope-day").fill("2024-01-01")
        page.locator("#scope-country").select_option("vnm")
        with leads(page):
            page.locator(".scope button").click()
        steps = ((".wide-menu a[href*='/recommendations']", "/recommendations"), ("table tbody th a", "/doc/un/rec/"),
                 ("main svg.chain-wide a[href*='/trace/vnm/task/']", "/trace/vnm/task/"),
                 ("svg.chain-wide a[href*='/trace/vnm/body/']", "/trace/vnm/body/"))
        for link, path in steps:
            with leads(page):
                page.locator(link).first.click()
            assert path in page.url
            assert "as_of=2024-01-01" in page.url and "country=vnm" in page.url, path
            assert "1 January 2024 · Viet Nam" in page.locator(".scope summary").inner_text(), path
        with leads(page):
            page.locator(".languages a").click()
        assert "01/01/2024 · Việt Nam" in page.locator(".scope summary").inner_text()
