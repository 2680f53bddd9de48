"""A reader walks the chain in a real browser: article 19 → recommendation → task → body of then and today."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from browser_help import MARKS, leads

pytestmark = MARKS


@pytest.fixture(params=["vi", "en"])
def page(request: pytest.FixtureRequest, browser: Any, address: str) -> Iterator[Any]:
    """A page in a language; whatever it asks of another host or reports as an error fails the test."""
    context = browser.new_context(locale=request.param, base_url=address)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def follow(page: Any, target: str) -> None:
    """Follow a link in the text of the page."""
    with leads(page):
        main_link(page, target).click()


def main_link(page: Any, target: str) -> Any:
    """A link in the text of the page (not in the picture) to an address."""
    return page.locator(f'main :not(svg) > a[href="{target}"]').first


def test_the_chain_from_article_19(page: Any) -> None:
    page.goto("/articles")
    follow(page, "/doc/treaty/iccpr/article/19")
    assert "19" in page.locator("h1").inner_text()
    follow(page, "/doc/un/rec/ccpr-c-vnm-co-3/46")
    assert "46" in page.locator("h1").inner_text()
    follow(page, "/doc/vnm/task/1252-qd-ttg-2019/A.II.1.5")
    assert "A.II.1.5" in page.locator("h1").inner_text()
    assert page.get_by_text("decision-1252-qd-ttg-2019.txt").first.is_visible()
    follow(page, "/doc/vnm/body/mic")
    text = page.locator("main").inner_text()
    lang = page.locator("html").get_attribute("lang")
    for successor in ("mcst", "mps"):
        assert main_link(page, f"/doc/vnm/body/{successor}").is_visible()
    assert "“Bộ Thông tin và Truyền thông”" in text and "154" in text
    assert ("Đã kiểm chứng" if lang == "vi" else "Verified") in text


def test_the_picture_can_be_walked_by_keyboard(page: Any) -> None:
    page.goto("/doc/treaty/iccpr/article/19")
    box = page.locator('svg.chain-wide a[href="/doc/un/rec/ccpr-c-vnm-co-3/46"]')
    box.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/un/rec/ccpr-c-vnm-co-3/46")


def test_the_skip_link_comes_first(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_the_language_switch_keeps_the_address(page: Any) -> None:
    page.goto("/questions/agency-for-recommendation?as_of=2024-01-01")
    before = page.locator("html").get_attribute("lang")
    with leads(page):
        page.locator(".languages a").click()
    assert page.locator("html").get_attribute("lang") != before
    assert "as_of=2024-01-01" in page.url
    page.goto("/laws")
    assert page.locator("html").get_attribute("lang") != before


def test_a_question_is_asked_through_its_form(page: Any) -> None:
    page.goto("/questions/agency-for-recommendation")
    page.locator("#p-recommendation").fill("CCPR/C/VNM/CO/3/46")
    page.locator("#p-as_of").fill("2020-06-01")
    with leads(page):
        page.locator(".question-form .send button").click()
    body_today = page.locator("td.c-body_today a").first
    assert body_today.get_attribute("href") == "/doc/vnm/body/mic?as_of=2020-06-01"


def test_nothing_sticks_out_on_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("/", "/articles", "/tasks", "/gaps", "/sparql", "/questions/trace?start=ICCPR/19", "/doc/vnm/body/mic",
                 "/doc/un/rec/ccpr-c-vnm-co-3/24", "/doc/vnm/task/1252-qd-ttg-2019/A.II.1.5", "/doc/ontology"):
        page.goto(path)
        wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= room, path


def test_words_stand_out_from_their_ground(page: Any) -> None:
    """Contrast of at least 4.5 (WCAG 2.2 AA) for every text, measured where it is drawn."""
    for path in ("/", "/doc/treaty/iccpr/article/19", "/doc/vnm/body/mic", "/gaps", "/questions"):
        page.goto(path)
        assert page.evaluate(CONTRAST) == [], path


CONTRAST = """() => {
  const linear = v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = c.map(v => linear(v / 255));
    return .2126 * r + .7152 * g + .0722 * b };
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c.slice(0, 3) } return [255, 255, 255] };
  const poor = [];
  for (const e of document.querySelectorAll('main *, header *, footer *')) {
    if (e.closest('svg, .skip') || !e.checkVisibility()) continue;
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const a = light(parse(getComputedStyle(e).color).slice(0, 3)), b = light(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.push([e.tagName, e.className, e.textContent.trim().slice(0, 30), ratio.toFixed(2)].join(' '));
  }
  return poor;
}"""


def test_the_service_listens_only_where_it_is_told(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    other = next((item[4][0] for item in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
                  if not str(item[4][0]).startswith("127.")), None)
    if other is None:
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError):
        socket.create_connection((str(other), port), timeout=1).close()
