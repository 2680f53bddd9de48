"""Somebody asks a question, looks at its chart, opens its SPARQL in the editor and writes on: by keyboard, with and without
scripts, and under the strict policy, of which the browser reports no violation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from browser_help import MARKS, leads

from pactgraph.web import bundles

pytestmark = MARKS
BUILT = pytest.mark.skipif(bundles.address("editor.js") is None, reason="the bundles are not built (make assets)")
EDITOR = ".cm-content"
SETTLED = """editor => new Promise(done => {
  const list = '.cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)';
  let last = '', since = performance.now();
  const look = () => {
    const now = editor.getRootNode().querySelector(list)?.innerText ?? '';
    if (!now || now !== last) { last = now; since = performance.now() }
    performance.now() - since > 200 ? done(true) : requestAnimationFrame(look);
  };
  look() })"""
"""The list of proposals stands still: before that the editor takes no key for it, so that nobody accepts what just came up."""
HOSTILE = "<img src=x onerror=document.title='run'>"


@contextmanager
def page_in(browser: Any, address: str, lang: str = "en", expected: str = "", **options: Any) -> Iterator[Any]:
    """A page; what it asks of others, reports as an error or would do against the policy fails the test, but ``expected``."""
    context = browser.new_context(locale=lang, base_url=address, **options)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
    opened.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert [text for text in wrong if not expected or expected not in text] == []


def text_of(page: Any) -> str:
    """What stands in the editor."""
    return "\n".join(page.locator(".cm-line").all_inner_texts())


@pytest.mark.parametrize(("lang", "words"), [
    ("vi", {"ask": "Hỏi", "body": "Bộ Tư pháp", "rows": "dòng", "wrong": "không có cơ quan nào"}),
    ("en", {"ask": "Ask", "body": "Ministry of Justice", "rows": "rows", "wrong": "No body is called"}),
])
def test_a_form_is_filled_in_and_answers(browser: Any, address: str, lang: str, words: dict[str, str]) -> None:
    with page_in(browser, address, lang) as page:
        page.goto("/questions")
        with leads(page):
            page.locator('main a[href="/questions/duties-of-body"]').click()
        page.locator("#p-body").select_option(label=words["body"])
        page.locator("#p-as_of").fill("2026-11-21")
        with leads(page):
            page.get_by_role("button", name=words["ask"], exact=True).click()
        assert "body=moj" in page.url and "as_of=2026-11-21" in page.url
        assert words["rows"] in page.locator(".count").inner_text()
        assert page.locator("table.result a[href^='/doc/vnm/task/']").first.is_visible()
        for suffix in ("csv", "json", "xlsx", "ttl"):
            assert page.locator(f"section a[href*='duties-of-body.{suffix}?']").count() == 1
        page.locator("[data-copies]").click()
        page.locator(f"[data-copies]:has-text('{'Đã sao chép' if lang == 'vi' else 'Copied'}')").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == f"{address}/questions/duties-of-body?body=moj&as_of=2026-11-21"


def test_a_wrong_value_is_told_at_its_field_and_put_right_by_a_link(browser: Any, address: str) -> None:
    with page_in(browser, address, "vi", expected="400 (Bad Request)") as page:
        page.goto("/questions/inbox?body=Bộ Tư phap x")
        field = page.locator("#p-body")
        assert field.get_attribute("aria-invalid") == "true"
        told = page.locator("#" + (field.get_attribute("aria-describedby") or "").strip())
        assert "không có cơ quan nào" in told.inner_text()
        with leads(page):
            told.get_by_role("link", name="Bộ Tư pháp").click()
        assert page.locator("#p-body").input_value() == "moj" and page.locator("table.result").is_visible()


def test_a_chart_says_in_words_what_it_draws(browser: Any, address: str) -> None:
    with page_in(browser, address) as page:
        page.goto("/questions/plan-coverage-summary?as_of=2026-11-21")
        chart = page.get_by_role("figure")
        heads = chart.locator("thead th").all_inner_texts()
        row = chart.locator("tbody tr", has_text="CCPR/C/VNM/CO/3")
        assert dict(zip(heads[1:], row.locator("td.number").all_inner_texts(), strict=True)) == {
            "Answered": "3", "In part": "1", "Not recorded in this graph": "1", "Text of the plan not loaded": "0",
            "No plan recorded": "0", "Sum": "5"}
        drawn = row.locator("svg rect").evaluate_all("bars => bars.map(bar => bar.getBoundingClientRect().width)")
        assert drawn[0] == pytest.approx(3 * drawn[1], rel=0.05) and drawn[1] == pytest.approx(drawn[2], rel=0.05)
        assert chart.locator("svg").first.get_attribute("aria-hidden") == "true" or chart.locator("ul").is_visible()
        # On a phone nothing sticks out
        page.set_viewport_size({"width": 360, "height": 780})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@BUILT
def test_the_sparql_of_a_question_opens_in_the_editor_and_runs(browser: Any, address: str) -> None:
    with page_in(browser, address) as page:
        page.goto("/questions/agency-for-recommendation?recommendation=CCPR/C/VNM/CO/3/46")
        page.locator("details.query summary").click()
        with leads(page):
            page.locator("details.query a.button").click()
        page.locator(EDITOR).wait_for()
        assert not page.locator("textarea").is_visible()
        assert "id/un/rec/ccpr-c-vnm-co-3/46" in text_of(page)
        assert page.locator("table.result").count() == 0
        page.locator(EDITOR).focus()
        with leads(page):
            page.keyboard.press("Control+Enter")
        page.locator(EDITOR).wait_for()
        assert page.locator("table.result tbody tr").count() == 3
        link = page.locator("table.result a[href='/doc/vnm/task/1252-qd-ttg-2019/A.II.1.5']").first
        assert link.get_attribute("title") == "https://w3id.org/pactgraph/id/vnm/task/1252-qd-ttg-2019/A.II.1.5"
        assert "id/un/rec/ccpr-c-vnm-co-3/46" in text_of(page)  # the query stays


@BUILT
def test_the_editor_completes_by_keyboard(browser: Any, address: str) -> None:
    with page_in(browser, address, "vi") as page:
        page.goto("/sparql")
        page.locator(EDITOR).focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("SELECT ?x { ?x a khuyen")
        chosen = page.locator(".cm-tooltip-autocomplete [aria-selected=true]")
        chosen.filter(has_text="pg:Recommendation").wait_for()
        page.locator(EDITOR).evaluate(SETTLED)
        assert page.locator(EDITOR).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        page.keyboard.press("Enter")
        assert text_of(page) == "PREFIX pg: <https://w3id.org/pactgraph/ontology/>\nSELECT ?x { ?x a pg:Recommendation}"
        page.keyboard.type(" ; pg:inDoc")
        chosen.filter(has_text="pg:inDocument").wait_for()
        page.locator(EDITOR).evaluate(SETTLED)
        page.keyboard.press("Tab")
        page.keyboard.type(" ?d } ORDER BY ?")
        page.locator(".cm-tooltip-autocomplete li", has_text="?d").wait_for()
        page.keyboard.press("Escape")
        page.keyboard.type("x LIMIT 5")
        assert text_of(page).count("PREFIX pg:") == 1
        # Tab leaves the editor: nobody is caught
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "BUTTON"
        with leads(page):
            page.keyboard.press("Enter")
        assert page.locator("table.result tbody tr").count() == 5


@BUILT
def test_the_line_that_cannot_be_read_is_marked_until_it_changes(browser: Any, address: str) -> None:
    with page_in(browser, address, expected="400 (Bad Request)") as page:
        page.goto("/sparql?query=SELECT * WHERE {%0A ?a ?b ?c .%0A ?a ?b%0A}")
        assert "Line 4, column 2" in page.get_by_role("alert").inner_text()
        marked = page.locator(".cm-wrong")
        marked.wait_for()
        assert marked.inner_text() == "}"
        page.locator(EDITOR).focus()
        page.keyboard.type(" ?c . ")
        assert marked.count() == 0


@BUILT
def test_hostile_words_are_text_everywhere(browser: Any, address: str) -> None:
    with page_in(browser, address) as page:
        # A term of the graph with a hostile label, as the service would send it
        page.route("**/sparql/terms.*.json", lambda route: route.fulfill(json={
            "prefixes": {"x": "http://example.org/"}, "terms": [["x:bad", "class", HOSTILE, HOSTILE]]}))
        page.goto("/sparql?show=" + HOSTILE)
        page.locator(EDITOR).focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("x:ba")
        shown = page.locator(".cm-tooltip-autocomplete li")
        shown.wait_for()
        assert HOSTILE in shown.inner_text()
        page.locator(".cm-completionInfo").wait_for()
        assert HOSTILE in page.locator(".cm-completionInfo").inner_text()
        page.keyboard.press("Escape")
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(f'SELECT ("{HOSTILE}" AS ?a) (IRI("javascript:alert(1)") AS ?b) ("{HOSTILE}"@en AS ?c) {{}}')
        with leads(page):
            page.keyboard.press("Control+Enter")
        cells = page.locator("table.result td")
        assert cells.nth(0).inner_text() == HOSTILE and cells.nth(1).inner_text() == "javascript:alert(1)"
        assert page.locator("table.result a").count() == 0 and page.locator("img").count() == 0
        assert page.title() != "run"


@BUILT
def test_a_query_that_is_too_long_for_an_address_is_sent_all_the_same(browser: Any, address: str) -> None:
    with page_in(browser, address) as page:
        page.goto("/sparql")
        page.locator(EDITOR).focus()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text("# " + "đ" * 40_000 + "\nASK { ?a ?b ?c }")
        with leads(page):
            page.keyboard.press("Control+Enter")
        assert "true" in page.locator(".truth").inner_text() and "query=" not in page.url


@BUILT
def test_where_the_bundle_does_not_come_the_plain_editor_stays(browser: Any, address: str) -> None:
    with page_in(browser, address, expected="Failed to load resource") as page:
        page.route("**/static/assets/**", lambda route: route.abort())
        page.goto("/sparql")
        page.locator("textarea").fill("ASK { ?a ?b ?c }")
        with leads(page):
            page.get_by_role("button", name="Run").click()
        assert page.locator(".truth").is_visible()


def test_without_scripts_everything_works(browser: Any, address: str) -> None:
    with page_in(browser, address, "vi", java_script_enabled=False) as page:
        page.goto("/questions/trace")
        page.locator("#p-start").fill("ICCPR/19")
        with leads(page):
            page.get_by_role("button", name="Hỏi").click()
        assert page.locator("table.result a[href='/doc/vnm/task/1252-qd-ttg-2019/A.II.1.5']").first.is_visible()
        assert not page.locator("[data-copies]").is_visible() and page.locator("#share").is_visible()
        page.locator("details.query summary").click()
        with leads(page):
            page.locator("details.query a.button").click()
        assert "id/treaty/iccpr/article/19" in page.locator("textarea").input_value()
        with leads(page):
            page.get_by_role("button", name="Chạy").click()
        assert page.locator("table.result tbody tr").count() > 1
        page.goto("/questions/plan-coverage?page=2")
        assert page.locator("table.result tbody tr").count() == 80 and page.locator(".pages [aria-current]").inner_text() == "2"
