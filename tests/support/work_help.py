"""Somebody who works on the pages over HTTP: signs in, sends forms as a browser does, reads what comes back."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import httpx
from openpyxl import load_workbook
from served import Served

from pactgraph.sources.workbook.layout import heading

PAGES = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "en"}
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
"""A text that would be a program where it is not escaped."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Person:
    """A browser without scripts. ``sign_in`` takes the secret of a token."""

    def __init__(self, served: Served, lang: str = "en") -> None:
        self.origin = served.address
        self.client = httpx.Client(base_url=served.address, timeout=60, headers=PAGES | {"Accept-Language": lang})

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.client.get(path, **more)

    def csrf(self, path: str) -> str:
        """The token of the first form with one on a page."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(path).text)
        assert found, path
        return found[1]

    def post(self, path: str, page: str, data: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        """Send a form of a page."""
        headers = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"} | more.pop("headers", {})
        return self.client.post(path, data={"csrf": self.csrf(page)} | (data or {}), headers=headers, **more)

    def sign_in(self, secret: str) -> httpx.Response:
        """Sign in with a token."""
        return self.post("/workspace/sign-in", "/workspace/sign-in", {"token": secret})

    def upload(self, data: bytes, name: str = "mps.xlsx", evidence: dict[str, bytes] | None = None,
               **fields: str) -> httpx.Response:
        """Send a workbook, and files of evidence."""
        files = [("file", (name, data, XLSX)), *(("evidence", (key, body)) for key, body in (evidence or {}).items())]
        return self.post("/workspace/workbooks", "/workspace/workbooks", fields, files=files)

    def workbook(self, **asked: str) -> bytes:
        """The workbook of the body."""
        answer = self.get("/workspace/workbooks/export", params=asked)
        assert answer.status_code == 200, seen(answer)
        return answer.content


def person(desk: Served, scope: str = "", body: str | None = None, lang: str = "en") -> Person:
    """Somebody, signed in where a scope is given."""
    found = Person(desk, lang)
    if scope:
        answer = found.sign_in(desk.secret(scope, body))
        assert answer.status_code == 303 and answer.headers["location"].endswith("/workspace"), seen(answer)
    return found


def seen(answer: httpx.Response) -> str:
    """The words of a page."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", answer.text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def filled(data: bytes, *rows: tuple[int, dict[str, Any]], lang: str = "vi") -> bytes:
    """A workbook with values put into rows of its first report sheet; a text stays a text."""
    book = load_workbook(io.BytesIO(data))
    page = book.worksheets[1]
    places = {cell.value: cell.column for cell in page[1]}
    for row, values in rows:
        for name, value in values.items():
            cell = page.cell(row, places[heading(name, lang)])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def task_of(data: bytes, row: int, lang: str = "vi") -> str:
    """The number of the task in a row."""
    page = load_workbook(io.BytesIO(data)).worksheets[1]
    place = next(cell.column for cell in page[1] if cell.value == heading("task", lang))
    return str(page.cell(row, place).value)
