"""Two people work in a real browser: an official with a workbook, in Vietnamese; a lawyer who reviews links by keyboard alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_help import problems
from browser_help import MARKS
from served import Served
from work_help import filled

pytestmark = MARKS


@pytest.fixture(scope="module")
def desk(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    store = tmp_path_factory.mktemp("desk") / "store"
    running = Served(Path(shutil.copytree(built_store, store)))
    yield running
    running.stop()


class Reader:
    """A page in a language, signed in; ``wrong`` is what it asked of others or reported."""

    def __init__(self, browser: Any, desk: Served, lang: str, **more: Any) -> None:
        self.page = browser.new_context(locale=lang, base_url=desk.address, **more).new_page()
        self.page.set_default_timeout(90_000)  # the first write of a service takes a while on a busy machine
        self.seen: set[int] = set()
        self.wrong: list[str] = []
        self.page.on("request", lambda asked: None if asked.url.startswith(desk.address) else self.wrong.append(asked.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda said: self.wrong.append(said.text) if "Content Security" in said.text else None)

    def sign_in(self, secret: str) -> None:
        self.page.goto("/workspace")
        self.page.locator("#token").fill(secret)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(re.compile("/workspace$"))

    def check(self, name: str) -> None:
        """Axe finds nothing on this page, on a desk and on a phone, on which nothing sticks out."""
        for size in ({"width": 1280, "height": 900}, {"width": 390, "height": 844}):
            self.page.set_viewport_size(size)
            assert problems(self.page, self.seen) == [], name
            wide, room = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide <= room, name

    def words(self) -> str:
        return str(self.page.locator("main").inner_text())

    def end(self) -> None:
        self.page.context.close()
        assert self.wrong == []


def press(page: Any, key: str) -> str:
    """Press a key that goes to another page; the address reached."""
    with page.expect_navigation():
        page.keyboard.press(key)
    return str(page.url)


def test_an_official_reports_by_workbook(browser: Any, desk: Served, tmp_path: Path) -> None:
    reader = Reader(browser, desk, "vi", accept_downloads=True)
    page = reader.page
    page.goto("/workspace")
    reader.check("sign-in")
    page.locator("#token").fill("pg_not-this-one")
    page.keyboard.press("Enter")
    page.get_by_text("Token không được chấp nhận").first.wait_for()
    secret = desk.secret("contributor", "vnm-mps")
    reader.sign_in(secret)
    assert "Bộ Công an" in reader.words() and secret not in page.evaluate("document.cookie") + page.content()
    assert page.evaluate("document.cookie") == ""
    reader.check("home")

    page.goto("/workspace/workbooks")
    reader.check("workbooks")
    with page.expect_download() as loading:
        page.get_by_role("button", name="Tải về (.xlsx)").click()
    exported = Path(loading.value.path()).read_bytes()
    assert loading.value.suggested_filename == "mps.xlsx"

    wrong, right = tmp_path / "sai.xlsx", tmp_path / "đúng.xlsx"
    wrong.write_bytes(filled(exported, (2, {"status": "Gần xong", "day": "20/11/2026"})))
    right.write_bytes(filled(exported, (2, {"status": "Đang thực hiện", "done": "Đã trình dự thảo", "day": "20/11/2026"})))
    page.locator("#file").set_input_files(str(wrong))
    page.get_by_role("button", name="Xem kết quả dự kiến").click()
    assert "M2 'Gần xong' không phải là tình trạng hợp lệ" in reader.words().replace("\n", " ")
    assert page.get_by_role("button", name="Xác nhận và ghi").count() == 0
    reader.check("a wrong workbook")

    page.goto("/workspace/workbooks")
    page.locator("#file").set_input_files(str(right))
    page.get_by_role("button", name="Xem kết quả dự kiến").click()
    assert "Đã trình dự thảo" in reader.words()
    reader.check("a right workbook")
    page.get_by_role("button", name="Xác nhận và ghi").click()
    assert "Bảng tính đã được ghi" in reader.words() and "đúng.xlsx" in reader.words()
    reader.check("an entry")
    entry = re.search(r"/workspace/journal/(\d+)", page.url)
    assert entry
    page.goto("/workspace/journal")
    assert "đúng.xlsx" in reader.words()
    reader.check("journal")
    page.goto(f"/workspace/journal/{entry[1]}")
    page.locator("#reason").fill("Ghi nhầm kỳ báo cáo")
    page.get_by_role("button", name=f"Hoàn tác mục {entry[1]}").click()
    assert "Đã hoàn tác" in reader.words() and "Ghi nhầm kỳ báo cáo" in reader.words()
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto("/workspace/journal")
    assert "/workspace/sign-in" in page.url
    reader.end()


def test_a_lawyer_reviews_three_links_by_keyboard(browser: Any, desk: Served) -> None:
    reader = Reader(browser, desk, "en")
    page = reader.page
    reader.sign_in(desk.secret("curator"))
    page.goto("/workspace/links")
    reader.check("links")
    page.get_by_role("link", name="Begin with the first link").focus()
    press(page, "Enter")
    reader.check("a link")
    first = page.locator("#review").inner_text()
    second = press(page, "n")
    assert page.locator("#review").inner_text() != first
    press(page, "k")
    assert page.locator("#review").inner_text() == first
    press(page, "a")  # one: accepted
    assert page.url.split("link=")[1].split("&")[0] == second.split("link=")[1].split("&")[0]
    assert f"Link accepted: {first}" in reader.words() and "1 of 222 looked at" in reader.words()
    reader.check("after a decision")
    page.keyboard.press("r")  # two: rejected, with a reason
    page.keyboard.type("another subject, and a jar")  # letters that are keys elsewhere
    press(page, "Enter")
    assert "Link rejected" in reader.words() and "2 of 222 looked at" in reader.words()
    press(page, "u")  # taken back
    assert "1 of 222 looked at" in reader.words()
    press(page, "j")  # three: looked at, and left
    third = page.locator("#review").inner_text()
    press(page, "a")
    assert f"Link accepted: {third}" in reader.words() and "2 of 222 looked at" in reader.words()
    # The keys can be switched off
    page.locator("#keys").focus()
    page.keyboard.press("Space")
    here = page.url
    page.keyboard.press("n")
    page.keyboard.press("a")
    assert page.url == here
    reader.end()


def test_the_forms_work_without_scripts(browser: Any, desk: Served) -> None:
    reader = Reader(browser, desk, "en", java_script_enabled=False)
    page = reader.page
    reader.sign_in(desk.secret("curator"))
    page.goto("/workspace/links/one")
    page.locator("#reason").fill("not this right")
    page.get_by_role("button", name="Reject").click()
    assert "Link rejected" in reader.words()
    page.get_by_role("button", name="Take back").click()
    page.goto("/workspace/assess")
    page.locator("#about").fill("CCPR/C/VNM/CO/3/24")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Check and write").click()
    assert "does not say who made it" in reader.words()
    reader.end()


def test_the_form_of_an_assessment_is_accessible(browser: Any, desk: Served) -> None:
    reader = Reader(browser, desk, "vi")
    reader.sign_in(desk.secret("contributor", "vnm-mps"))
    for path in ("/workspace/assess", "/workspace/assess/un/rec/ccpr-c-vnm-co-3/24"):
        reader.page.goto(path)
        reader.check(path)
    reader.page.get_by_role("button", name="Kiểm tra và ghi").click()
    assert "chưa có mức đánh giá" in reader.words()
    reader.check("an assessment with errors")
    reader.end()
