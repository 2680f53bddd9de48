"""Two countries in one service: the country and the day that hold from page to page hold in numbers, lists and answers."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from service_help import serving

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def both(store_of_both: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a service over the graph of both countries."""
    store = Path(shutil.copytree(store_of_both, tmp_path_factory.mktemp("both-served") / "store"))
    with serving(store, PACTGRAPH_DATA=str(store_of_both.parent / "data")) as service, httpx.Client(
            base_url=service.address, headers={"Accept": "text/html", "Accept-Language": "en"}, timeout=60) as client:
        yield client


def rows(client: httpx.Client, address: str) -> list[dict[str, str]]:
    path, _, query = address.replace("&amp;", "&").partition("?")
    answer = client.get(f"{path}.csv?{query}").raise_for_status()
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def numbers(client: httpx.Client, query: str) -> dict[str, tuple[int, str]]:
    """The numbers of the first page, each with the address of its list, by the path of that list."""
    listed = re.search(r'<ul class="counts">(.*?)</ul>', client.get("/" + query).raise_for_status().text, re.DOTALL)
    assert listed
    found = re.findall(r'<a href="([^"]+)"><strong>([\d,]+)</strong>', listed[1])
    return {address.partition("?")[0]: (int(number.replace(",", "")), address) for address, number in found}


@pytest.mark.parametrize("query", [
    "", "?country=vnm", "?country=xsr", "?as_of=2018-01-01", "?as_of=2025-06-30&country=vnm", "?as_of=2024-03-14&country=xsr"])
def test_each_number_of_the_first_page_is_that_of_its_list(both: httpx.Client, query: str) -> None:
    found = numbers(both, query)
    assert list(found) == ["/articles", "/recommendations", "/tasks", "/bodies", "/questions/unreviewed-links", "/gaps"]
    assert {path: number for path, (number, _) in found.items()} == {
        path: len(rows(both, address)) for path, (_, address) in found.items()}


def test_the_numbers_are_those_of_the_country_and_of_the_day(both: httpx.Client) -> None:
    every, first, second = (numbers(both, query) for query in ("", "?country=vnm", "?country=xsr"))
    for path in ("/recommendations", "/tasks"):
        assert every[path][0] == first[path][0] + second[path][0] > second[path][0] > 0
    # A body of the United Nations is of neither country; gaps of articles are of both
    assert every["/bodies"][0] == first["/bodies"][0] + second["/bodies"][0] + 1
    articles = {row["subject"] for row in rows(both, "/gaps") if "/article/" in row["subject"]}
    assert first["/gaps"][0] + second["/gaps"][0] == every["/gaps"][0] + len(articles)
    # The plan of the made-up country was adopted on 15 March 2024
    assert numbers(both, "?as_of=2024-03-14&country=xsr")["/tasks"][0] == 0 < second["/tasks"][0]


def test_the_first_table_is_that_of_the_country(both: httpx.Client) -> None:
    assert "CCPR/C/VNM/CO/3" not in both.get("/?country=xsr").text.partition('id="agencies"')[2]
    assert "CCPR/C/XSR/CO/1/8" in both.get("/?country=xsr").text and "CCPR/C/XSR/CO/1/8" not in both.get("/?country=vnm").text


@pytest.mark.parametrize("query", ["country=vnm", "country=xsr", "country=vnm&as_of=2018-01-01", "as_of=2025-12-31"])
def test_the_numbers_of_an_article_are_those_of_their_lists(both: httpx.Client, query: str) -> None:
    article = next(row for row in rows(both, f"/articles?{query}") if row["notation"] == "ICCPR/19")
    tasks = {row["task"] for row in rows(both, f"/questions/tasks-for-article?article=ICCPR/19&ids=1&{query}")}
    laws = {row["law"] for row in rows(both, f"/questions/laws-for-article?article=ICCPR/19&ids=1&{query}")}
    recommendations = rows(both, f"/recommendations?article=ICCPR/19&{query}")
    assert [int(article[name] or 0) for name in ("recommendations", "tasks", "laws")] == [
        len(recommendations), len(tasks), len(laws)]
    assert not tasks or 'href="/questions/tasks-for-article?article=ICCPR%2F19&amp;' in both.get(f"/articles?{query}").text


@pytest.mark.parametrize(("lang", "words"), [
    ("vi", "Câu trả lời này dành cho mọi quốc gia, không phụ thuộc vào quốc gia đã chọn."),
    ("en", "This answer is for all countries: it does not depend on the country that you chose.")])
def test_an_answer_for_all_countries_says_so_when_one_is_chosen(both: httpx.Client, lang: str, words: str) -> None:
    def said(address: str) -> bool:
        return words in both.get(address, headers={"Accept-Language": lang}).raise_for_status().text

    assert said("/questions/changes-since?from=2026-01-01&country=xsr")
    assert not said("/questions/changes-since?from=2026-01-01")
    assert not said("/questions/overdue?country=xsr") and not said("/questions/inbox?body=moj&country=vnm")


def test_a_question_on_a_page_is_asked_for_the_country(both: httpx.Client) -> None:
    page = both.get("/questions/laws-named-by-tasks?country=xsr").text
    assert "Penal Code (n° 1998-03)" in page and "/vnm/" not in page.partition('id="answer"')[2]
    assert len(rows(both, "/questions/laws-named-by-tasks?country=xsr")) == 2
    # What is asked for outweighs what holds
    assert len(rows(both, "/questions/laws-named-by-tasks?country=xsr&state=vnm")) == 12


def test_a_country_that_there_is_not_is_told(both: httpx.Client) -> None:
    for path in ("/?country=xyz", "/articles?country=fra", "/gaps?country=xyz"):
        answer = both.get(path)
        assert answer.status_code == 404 and "Choose one from the list, or all countries" in answer.text
