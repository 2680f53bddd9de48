"""The trace and the overview over HTTP: on the small graph what they show, on the real one the chain of article 19."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest
from served import Served

ARTICLE, RECOMMENDATION, TASK = "treaty/iccpr/article/19", "un/rec/ccpr-c-vnm-co-3/46", "vnm/task/1252-qd-ttg-2019/A.II.1.5"
HERE = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture(scope="module")
def graph(real: Served) -> Iterator[httpx.Client]:
    """A client of the service over the graph of Viet Nam."""
    with real.client(**HERE) as opened:
        yield opened


def text_of(client: httpx.Client, path: str, status: int = 200, **headers: str) -> str:
    response = client.get(path, headers=HERE | headers)
    assert response.status_code == status, path
    return response.text


def picture(text: str, look: str = "wide") -> str:
    return text[text.index(f'<svg class="chain chain-{look}"'):].split("</svg>")[0]


def boxes(drawing: str) -> dict[str, str]:
    """The addresses of the boxes with the classes of each."""
    return dict(re.findall(r'<a href="(/trace/[^"]+)"[^>]*><title>.*?</title><rect class="([^"]+)"', drawing))


def rows(client: httpx.Client, path: str) -> list[dict[str, str]]:
    found = client.get(path)
    assert found.status_code == 200, path
    table: list[dict[str, str]] = found.json()
    return table


def test_both_pictures_hold_the_chain_and_the_list_its_words(client: httpx.Client) -> None:
    text = text_of(client, "/trace/treaty/iccpr/article/19")
    chain = {"treaty/iccpr/article/19", "un/rec/test/46", "vnm/task/p/A.1", "vnm/body/mic", "vnm/body/mcst", "vnm/law/old"}
    for look in ("wide", "tall"):
        drawn = boxes(picture(text, look))
        assert {"/trace/" + path for path in chain} <= set(drawn)
        assert "here" in drawn["/trace/treaty/iccpr/article/19"]
        assert all(f'href="/doc/{path}"' in picture(text, look) for path in chain)
    assert "“pháp luật về thông tin”" in text and "decision.txt</a>, line 154" in text
    assert "“Bộ Thông tin và Truyền thông”" in text and "Resolution 1" in text
    marks = set(re.findall(r'href="#(link-\d+)" class="mark', text))
    assert marks and all(f'id="{mark}"' in text for mark in marks)


def test_a_proposed_link_is_told_by_words_and_dashes(client: httpx.Client) -> None:
    text = text_of(client, "/trace/vnm/task/p/A.1")
    drawing = picture(text)
    assert "proposed" in boxes(drawing)["/trace/treaty/iccpr/article/17"]
    assert "proposed" not in boxes(drawing)["/trace/treaty/iccpr/article/19"]
    assert len(re.findall(r'<path class="link proposed"', drawing)) == 1
    assert re.search(r'class="mark proposed"><title>[^<]*\(proposed\)</title>', drawing)
    assert re.search(r'<text[^>]*>\d+\?</text>', drawing)
    assert '<tspan class="row-open"' in drawing


@pytest.mark.parametrize(("path", "column"), [
    ("treaty/iccpr/article/19", 0), ("un/rec/test/46", 1), ("vnm/task/p/A.1", 2), ("vnm/body/mic", 3), ("vnm/body/mcst", 4),
    ("vnm/law/old", 5), ("un/assessment/test/46/1", 6),
])
def test_a_trace_begins_at_any_end(client: httpx.Client, path: str, column: int) -> None:
    drawn = boxes(picture(text_of(client, "/trace/" + path)))
    assert "here" in drawn[f"/trace/{path}"] and f"stage-{column}" in drawn[f"/trace/{path}"]
    assert "/trace/vnm/task/p/A.1" in drawn or path == "un/assessment/test/46/1"


def test_what_is_not_recorded_is_said(client: httpx.Client) -> None:
    text = text_of(client, "/trace/treaty/iccpr/article/17", **{"Accept-Language": "vi"})
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", picture(text)))
    assert "Chưa ghi nhận khuyến nghị liên kết trong đồ thị này" in said
    assert "Tự do" not in said and "đề xuất" in said


def test_the_day_decides_who_answers(client: httpx.Client) -> None:
    before = text_of(client, "/trace/vnm/task/p/A.1?as_of=2020-06-01")
    assert "/trace/vnm/body/mcst" not in before and "/trace/vnm/body/mic?as_of=2020-06-01" in before
    assert "as_of=2020-06-01&amp;lang=en" in before
    # On a day before the plan there is no task
    assert "/trace/vnm/task" not in text_of(client, "/trace/treaty/iccpr/article/19?as_of=2018-01-01")


def test_addresses_that_are_no_start(client: httpx.Client) -> None:
    assert "stands on no chain" in text_of(client, "/trace/vnm/plan/p")
    text_of(client, "/trace/vnm/body/nobody", 404)
    text_of(client, "/trace/vnm/body/mic?as_of=yesterday", 400)
    text_of(client, "/trace/vnm/body/nobody.csv", 404)
    link = client.get("/trace/vnm/link/p/A.1/rec-46")
    assert link.status_code == 303 and link.headers["location"] == "/trace/vnm/task/p/A.1"
    for hostile in ("%3Cscript%3Ealert(1)", "..%2F..%2Fetc", "%22%20onload=x"):
        for address in ("/trace/", "/trace?q="):
            answer = client.get(address + hostile, headers=HERE)
            assert answer.status_code in (303, 400, 404)
            assert "<script>" not in answer.text and '" onload=x' not in answer.text


def test_a_word_leads_to_a_trace(graph: httpx.Client) -> None:
    for word, path in (("19", ARTICLE), ("điều 19", ARTICLE), ("CCPR/C/VNM/CO/3/46", RECOMMENDATION), ("A.II.1.5", TASK),
                       ("Bộ Công an", "vnm/body/mps"), ("24/2018/QH14", "vnm/law/24-2018-qh14")):
        answer = graph.get("/trace", params={"q": word})
        assert (answer.status_code, answer.headers.get("location")) == (303, "/trace/" + path), word
    assert graph.get("/trace/un/rec/ccpr-c-vnm-co-3/24/b").headers["location"] == "/trace/un/rec/ccpr-c-vnm-co-3/24"


def test_the_chain_of_article_19_by_hand(graph: httpx.Client) -> None:
    """Row A.II.1.5 (line 154 of the decision) names two leads; the transfers of 1 March 2025 say who answers today."""
    drawn = boxes(picture(text_of(graph, "/trace/" + TASK)))
    assert set(drawn) == {"/trace/" + path for path in (
        ARTICLE, "treaty/iccpr/article/17", RECOMMENDATION, TASK, "vnm/body/mic", "vnm/body/mps", "vnm/body/mcst",
        "vnm/law/103-2016-qh13", "vnm/law/24-2018-qh14", "vnm/law/86-2015-qh13", "vnm/law/luat-xuat-ban",
        "un/assessment/ccpr-c-vnm-co-3/46/136")}
    assert "proposed" in drawn["/trace/treaty/iccpr/article/17"]
    table = rows(graph, f"/trace/{TASK}.json")
    base = table[0]["from"].rsplit("/id/", 1)[0] + "/id/"
    by = {(row["step"], row["from"].removeprefix(base), row["to"].removeprefix(base)): row for row in table}
    answers = by["addresses", RECOMMENDATION, TASK]
    assert answers["quotation"] == ("Lĩnh vực thông tin, truyền thông (trong đó lưu ý quy định về các hành vi bị nghiêm cấm, "
                                    "xử lý vi phạm hành chính...)")
    assert (answers["file"], answers["lines"], answers["confidence"]) == ("decision-1252-qd-ttg-2019.txt", "154", "0.8")
    assert by["given", TASK, "vnm/body/mic"]["quotation"] == "Bộ Thông tin và Truyền thông"
    assert by["given", TASK, "vnm/body/mps"]["quotation"] == "Bộ Công an"
    today = {(start, end) for step, start, end in by if step == "answers"}
    assert today == {("vnm/body/mic", "vnm/body/mcst"), ("vnm/body/mic", "vnm/body/mps"), ("vnm/body/mps", "vnm/body/mps")}
    assert "Nghị định 43/2025/NĐ-CP" in by["answers", "vnm/body/mic", "vnm/body/mcst"]["source"]
    # 27 + 33 + 2 rows of data/un/*/rec_links.csv say iccpr/19; one of them is answered by a task
    article = rows(graph, f"/trace/{ARTICLE}.json")
    assert sum(row["step"] == "concerns" for row in article) == 62
    assert {(row["from"].removeprefix(base), row["to"].removeprefix(base)) for row in article if row["step"] == "addresses"} == {
        (RECOMMENDATION, TASK)}


def test_only_what_stands_on_a_chain_is_on_it(graph: httpx.Client) -> None:
    """Questions of a list of issues concern article 2 too; they are no tasks, and no task of the plans lacks a lead."""
    assert not [row for row in rows(graph, "/trace/treaty/iccpr/article/2.json") if "/un/para/" in row["to"]]
    assert "no lead recorded" not in re.sub(r"<[^>]+>", " ", text_of(graph, "/trace/treaty/iccpr/article/2"))


def test_what_is_folded_is_counted_and_listed(graph: httpx.Client) -> None:
    text = text_of(graph, "/trace/" + ARTICLE)
    drawing = picture(text)
    shown = sum("stage-1" in style for style in boxes(drawing).values())
    folded = int(re.findall(r"and (\d+) more", drawing)[0])
    everything = unescape(re.findall(r'<a href="([^"]+)" class="more"', drawing)[0])
    listed = text_of(graph, everything.split("#")[0])
    section = listed[listed.index('id="step-concerns"'):].split("</ol>")[0]
    ends = re.findall(r'<li class="card.*?→ <a href="([^"]+)"', section, re.DOTALL)
    assert len(set(ends)) == shown + folded == 62
    assert len(text) < 150_000


def test_pages_stay_small_and_in_the_country(graph: httpx.Client) -> None:
    for path in ("treaty/iccpr/article/2", "vnm/body/mps", "vnm/body/moj", "un/rec/ccpr-c-vnm-co-3/24"):
        text = text_of(graph, f"/trace/{path}?as_of=2026-11-22&country=vnm", **{"Accept-Language": "vi"})
        assert len(text.encode()) < 175_000, path
        addresses = re.findall(r'href="(/trace/[^"#]+)', picture(text) + picture(text, "tall"))
        assert addresses and all("as_of=2026-11-22&amp;country=vnm" in address for address in addresses)


NUMBER = re.compile(r'<td class="number[^"]*"><a href="(/overview/[^"]+)"[^>]*>(\d+)</a>')


@pytest.mark.parametrize("held", ["", "?as_of=2024-01-01&country=vnm"])
def test_every_number_of_the_overview_has_its_list(graph: httpx.Client, held: str) -> None:
    text = text_of(graph, "/overview" + held)
    assert len(text.encode()) < 150_000
    numbers = [(unescape(address), int(number)) for address, number in NUMBER.findall(text)]
    numbers += [(unescape(address), int(number)) for address, number in re.findall(
        r'<a href="(/overview/flow[^"]+)" class="bar[^>]*>.*?<tspan class="value">(\d+)</tspan>', text)]
    numbers += [(unescape(address), int(number)) for address, number in re.findall(
        r'<a href="(/overview/dates[^"]+)" class="dot[^>]*><title>[^:]*: (\d+)', text)]
    assert {address.split("?")[0].rsplit("/", 1)[1] for address, _ in numbers} == {"matrix", "flow", "dates"}
    # With a day and a country a part of them will do: the way is the same
    for address, number in list(dict.fromkeys(numbers))[::7 if held else 1]:
        path, _, query = address.partition("?")
        assert len(rows(graph, f"{path}.json?{query}")) == number, address
    address, number = numbers[0]
    assert f"{number} row" in text_of(graph, address)


def test_the_matrix_says_what_the_question_says(graph: httpx.Client) -> None:
    said = {row["article"]: row for row in rows(graph, "/questions/article-matrix.json?as_of=2026-11-22&ids=1")}
    for row in rows(graph, "/overview/matrix.json?as_of=2026-11-22"):
        question = said[row["article"]]
        for column in ("laws", "treaty_body", "upr_supported", "upr_other", "tasks", "structural", "process", "outcome", "gaps"):
            assert row[column] == question[column], (row["article"], column)


def test_wrong_addresses_of_the_overview(client: httpx.Client) -> None:
    assert client.get("/overview/matrix").headers["location"] == "/overview#matrix"
    for path in ("/overview/nothing", "/overview/matrix?article=treaty/iccpr/article/19&column=score", "/overview/flow?from=9.x",
                 "/overview/dates?lane=x&day=2020-01-01"):
        text_of(client, path, 404)
