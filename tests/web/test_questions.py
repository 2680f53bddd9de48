"""Questions and gaps over HTTP: as pages, as files, with parameters."""

from __future__ import annotations

import csv
import html
import io
import re

import httpx
import openpyxl
import pyoxigraph as ox
import pytest

from pactgraph.catalogue import names

AGENCY = "/questions/agency-for-recommendation"
COLUMNS = ["recommendation", "paragraph", "task", "role", "requested", "scope", "body", "body_today", "basis",
           "deadline", "status", "source"]


def test_the_answer_is_the_same_in_every_form(client: httpx.Client) -> None:
    rows = list(csv.reader(io.StringIO(client.get(f"{AGENCY}.csv").text)))
    assert rows[0] == COLUMNS and len(rows) == 2
    record = dict(zip(COLUMNS, rows[1], strict=True))
    assert (record["body"], record["body_today"]) == ("Ministry of Information", "Ministry of Culture")
    assert record["basis"] == "verified"
    assert client.get(f"{AGENCY}.json").json() == [record]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{AGENCY}.xlsx").content)).active
    assert [[cell.value or "" for cell in line] for line in sheet.iter_rows()] == rows
    assert list(ox.parse(client.get(f"{AGENCY}.ttl").content, format=ox.RdfFormat.TURTLE))
    page = client.get(AGENCY).text
    assert 'href="/doc/vnm/body/mcst"' in page and "Ministry of Culture" in page and f'href="{AGENCY}.xlsx"' in page


def test_language_day_and_iris_can_be_asked_for(client: httpx.Client) -> None:
    def row(query: str) -> dict[str, str]:
        return client.get(f"{AGENCY}.json?{query}").json()[0]

    assert row("lang=vi")["body_today"] == "Bộ Văn hóa"
    assert row("as_of=2020-01-01&lang=en")["body_today"] == "Ministry of Information"
    assert row("ids=true")["body_today"] == "https://w3id.org/pactgraph/id/vnm/body/mcst"
    assert row("recommendation=CCPR/C/TEST/1/46&lang=en")["task"] == "A.1"
    assert client.get(f"{AGENCY}.json?recommendation=46").status_code == 200


@pytest.mark.parametrize(("path", "status"), [
    (f"{AGENCY}.csv?recommendation=nothing", 400),
    (f"{AGENCY}?recommendation=nothing", 400),
    (f"{AGENCY}.csv?as_of=soon", 400),
    ("/questions/article-matrix.csv?as_of=21/11/2026", 400),
    ("/questions/article-matrix?as_of=21/11/2026", 400),
    ("/questions/article-matrix.csv?article=ICCPR/199", 400),
    ("/questions/inbox.json?body=nobody", 400),
    ("/questions/inbox.json", 400),
    ("/questions/plan-state?plan=9999", 400),
    ("/questions/plan-coverage.csv?only=dropped", 400),
    ("/questions/changed-between.csv?from=2026-02-01&to=2026-01-01", 400),
    ("/questions/changed-between?from=2026-02-01&to=2026-01-01", 400),
    ("/questions/changed-between.csv", 400),
    ("/questions/responsibilities.csv", 400),
    ("/questions/nothing", 404),
    ("/questions/nothing.csv", 404),
    (f"{AGENCY}.pdf", 404),
    ("/gaps.pdf", 404),
    ("/gaps.csv?body=nobody", 400),
])
def test_what_cannot_be_answered_is_told(client: httpx.Client, path: str, status: int) -> None:
    for accept in ("text/html", "text/csv", "application/json"):
        response = client.get(path, headers={"Accept": accept})
        assert response.status_code == status and "Traceback" not in response.text


def test_a_number_can_be_followed(client: httpx.Client) -> None:
    """A cell of a list is a link to the question that lists what the number counts, for the same day."""
    page = client.get("/questions/article-matrix?as_of=2020-01-01&lang=en").text
    links = [html.unescape(link) for link in re.findall(r'href="(/questions/[a-z-]+\?article=[^"]*)"', page)]
    assert any(link.startswith("/questions/laws-for-article?") and "as_of=2020-01-01" in link for link in links)
    for link in links[:7]:
        assert client.get(link).status_code == 200, link


def test_every_question_has_its_page(client: httpx.Client) -> None:
    listed = client.get("/questions").text
    for name in names("questions"):
        assert f'href="/questions/{name}"' in listed
        assert client.get(f"/questions/{name}").status_code == 200, name


def test_files_are_not_sent_twice_and_are_named(client: httpx.Client) -> None:
    first = client.get(f"{AGENCY}.csv")
    assert 'filename="agency-for-recommendation.csv"' in first.headers["content-disposition"]
    assert client.get(f"{AGENCY}.csv", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_gaps_can_be_filtered_and_taken_away(client: httpx.Client) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/gaps.csv").text)))
    assert rows[0] == ["type", "severity", "subject", "notation", "label", "body_today", "since", "message"]
    assert all(row["severity"] == "info" for row in client.get("/gaps.json?severity=info").json())
    assert client.get("/gaps?severity=warning&type=no-task&article=19&as_of=2024-01-01").status_code == 200
