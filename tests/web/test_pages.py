"""The pages: in both languages, complete without other hosts, safe with hostile data, a chain that can be walked."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import httpx
import pytest

from pactgraph.texts import read_words

PAGES = [
    "/", "/articles", "/recommendations", "/tasks", "/bodies", "/laws", "/questions",
    "/questions/agency-for-recommendation", "/gaps", "/sparql", "/doc/treaty/iccpr",
    "/doc/treaty/iccpr/article/19", "/doc/un/doc/test", "/doc/un/rec/test/46", "/doc/un/rec/test/48",
    "/doc/vnm/plan/p", "/doc/vnm/plan/q", "/doc/vnm/task/p/A", "/doc/vnm/task/p/A.1", "/doc/vnm/task/p/A.2", "/doc/vnm/body/mic",
    "/doc/vnm/body/mcst", "/doc/vnm/law/old", "/doc/vnm/source/decision", "/doc/vnm/transfer/t",
    "/doc/vnm/link/p/A.1/iccpr-17", "/doc/ontology", "/doc/ontology/PlanTask", "/doc/vocab/role",
    "/doc/graph/vnm/bodies", "/doc/nothing",
]
NOTES = {"en": "Not endorsed by the United Nations or by any State", "vi": "Không được Liên hợp quốc"}


class Reader(HTMLParser):
    """Collects what a test asks of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def links(self) -> list[str]:
        return [attributes["href"] for attributes in self.all("a") if "href" in attributes]


def page(client: httpx.Client, path: str, lang: str = "en", status: int = 200) -> tuple[Reader, str]:
    response = client.get(path, headers={"Accept": "text/html", "Accept-Language": lang})
    assert response.status_code == status, path
    return Reader(response.text), response.text


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_in_itself(client: httpx.Client, path: str, lang: str) -> None:
    found, text = page(client, path, lang, 404 if path == "/doc/nothing" else 200)
    assert found.all("html")[0]["lang"] == lang
    assert NOTES[lang] in text
    assert len(found.all("h1")) == 1 and len(found.all("main")) == 1 and len(found.all("title")) >= 1
    for tag, attributes in found.tags:
        assert tag not in ("iframe", "object", "embed", "img", "base", "style")
        assert tag != "script" or attributes.get("src", "").startswith("/static/") or attributes["type"] == "application/ld+json"
        assert "style" not in attributes and not any(name.startswith("on") for name in attributes)
        loaded = attributes.get("src") or (attributes.get("href", "") if tag == "link" else "")
        assert not loaded or loaded.startswith("/"), loaded
        assert not attributes.get("href", "").lower().startswith(("javascript:", "data:"))
    assert all(header.get("scope") in ("col", "row") for header in found.all("th"))
    fields = {item["id"] for item in found.all("input") + found.all("select") + found.all("textarea") if "id" in item}
    assert fields == {label["for"] for label in found.all("label")}
    identifiers = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    for _, attributes in found.tags:
        for reference in attributes.get("aria-labelledby", "").split():
            assert reference in identifiers, reference


def test_nothing_is_loaded_from_elsewhere(client: httpx.Client) -> None:
    style = client.get(re.findall(r'href="(/static/style[^"]+)"', client.get("/").text)[0])
    assert style.status_code == 200 and "url(" not in style.text and "@import" not in style.text
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    sources = {source for part in policy.split("; ") for source in part.split(" ")[1:]}
    assert sources == {"'none'", "'self'"}
    assert client.get("/docs").status_code == 404


def test_hostile_values_are_only_text(client: httpx.Client) -> None:
    query = 'SELECT ("<script>alert(1)</script>" AS ?x) (IRI("javascript:alert(1)") AS ?y) WHERE {}'
    for path in ("/doc/vnm/task/p/A.2", "/tasks", "/doc/vnm/plan/p", "/doc/vnm/plan/q", "/doc/vnm/task/p/A",
                 "/sparql?query=" + str(httpx.QueryParams({"q": query}))[2:],
                 "/questions/trace?start=%3Cscript%3Ealert(1)", "/gaps?article=%22%3E%3Cscript%3Ealert(1)",
                 "/%3Cscript%3Ealert(1)", "/?lang=%22%3E%3Cscript%3Ealert(1)"):
        text = client.get(path, headers={"Accept": "text/html"}).text
        text = re.sub(r'<script( type="module")? src="/static/[\w./-]+(\?\w+)?"( defer)?></script>', "", text)  # our own
        text = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", text)  # data, in which no tag can begin
        assert "<script" not in text and "<img" not in text, path
        assert 'href="javascript:' not in text


def test_the_chain_can_be_walked(client: httpx.Client) -> None:
    article, text = page(client, "/doc/treaty/iccpr/article/19")
    assert "/doc/un/rec/test/46" in article.links() and "Freedom of expression" in text
    recommendation, _ = page(client, "/doc/un/rec/test/46")
    assert {"/doc/vnm/task/p/A.1", "/doc/vnm/body/mic", "/doc/vnm/body/mcst"} <= set(recommendation.links())
    task, text = page(client, "/doc/vnm/task/p/A.1")
    assert "/doc/vnm/body/mic" in task.links() and "/doc/vnm/law/old" in task.links()
    assert "decision.txt" in text and "line 154" in text and "Năm 2022" in text and "A report" in text
    body, text = page(client, "/doc/vnm/body/mic")
    assert "/doc/vnm/body/mcst" in body.links() and "Resolution 1" in text and "Verified" in text
    assert "“Bộ Thông tin và Truyền thông”" in text and "line 154" in text
    assert "not an official assignment" in text
    successor, text = page(client, "/doc/vnm/body/mcst")
    assert "/doc/vnm/task/p/A.1" in successor.links() and "/doc/vnm/body/mic" in successor.links()


def test_a_paragraph_of_which_only_the_number_is_known(client: httpx.Client) -> None:
    known, _ = page(client, "/recommendations")
    assert "/doc/un/rec/test/46" in known.links() and "/doc/un/rec/test/48" not in known.links()
    document, _ = page(client, "/doc/un/doc/test")
    assert "/doc/un/rec/test/48" in document.links()
    _, text = page(client, "/doc/un/rec/test/48")
    assert "Only the number of this paragraph is known" in text
    assert "short summary" not in text and 'id="tasks"' not in text and 'id="assessments"' not in text


def test_a_plan_whose_text_is_not_loaded_says_so(client: httpx.Client) -> None:
    found, text = page(client, "/doc/vnm/plan/q", "en", 200)
    assert "It is not a plan without tasks." in text and "A note." in text
    assert 'id="rows"' not in text
    assert any(link.startswith("/doc/vnm/plan/p") for link in found.links())
    # The plan above names it, and is not said to be without its text
    above, text = page(client, "/doc/vnm/plan/p", "vi", 200)
    assert any(link.startswith("/doc/vnm/plan/q") for link in above.links())
    assert "không có nghĩa là kế hoạch không có nhiệm vụ" not in text
    _, text = page(client, "/questions/responsibilities?plan=2/KH", "vi", 200)
    assert "Nội dung của 2/KH chưa được nạp vào đồ thị này" in text


def test_the_picture_of_the_chain_is_made_of_links(client: httpx.Client) -> None:
    _, text = page(client, "/doc/treaty/iccpr/article/19")
    picture = Reader(text[text.index("<svg"):text.index("</svg>")])
    chain = {"un/rec/test/46", "vnm/task/p/A.1", "vnm/body/mic", "vnm/body/mcst", "vnm/law/old"}
    assert {f"/doc/{path}" for path in chain} <= set(picture.links())


def test_proposed_links_look_different_and_say_so(client: httpx.Client) -> None:
    _, text = page(client, "/doc/vnm/task/p/A.1")
    cards = re.findall(r'<li class="card( proposed)?">\s*<p class="card-title">(.*?)</p>', text, re.DOTALL)
    told = {bool(proposed): title for proposed, title in cards if "/doc/treaty/" in title or "/doc/un/" in title}
    assert "Article 17" in told[True] and "Proposed" in told[True]
    assert "Proposed" not in told[False]


def test_the_body_of_the_day_is_shown(client: httpx.Client) -> None:
    before, text = page(client, "/doc/vnm/task/p/A.1?as_of=2020-06-01")
    assert "/doc/vnm/body/mcst?as_of=2020-06-01" not in before.links()
    assert "/doc/vnm/body/mic?as_of=2020-06-01" in before.links() and "1 June 2020" in text
    assert "no longer in force" not in page(client, "/doc/vnm/law/old?as_of=2020-06-01")[1]
    assert "no longer in force" in page(client, "/doc/vnm/law/old?as_of=2026-07-01")[1]
    page(client, "/doc/vnm/task/p/A.1?as_of=yesterday", status=400)


def test_the_language_is_chosen_and_remembered(client: httpx.Client) -> None:
    def lang(response: httpx.Response) -> str:
        return Reader(response.text).all("html")[0]["lang"]

    headers = {"Accept": "text/html"}
    assert lang(client.get("/", headers=headers | {"Accept-Language": "fr, vi;q=0.5, en;q=0.4"})) == "vi"
    assert lang(client.get("/", headers=headers | {"Accept-Language": "fr"})) == "en"
    asked = client.get("/laws?as_of=2020-06-01&lang=vi", headers=headers | {"Accept-Language": "en"})
    cookie = asked.headers["set-cookie"]
    assert lang(asked) == "vi" and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert lang(client.get("/laws", headers=headers | {"Accept-Language": "en"})) == "vi"
    assert "/laws?as_of=2020-06-01&lang=en" in Reader(asked.text).links()


def test_a_page_is_not_sent_twice_but_in_another_language(client: httpx.Client) -> None:
    headers = {"Accept": "text/html", "Accept-Language": "vi"}
    first = client.get("/articles", headers=headers)
    assert client.get("/articles", headers=headers | {"If-None-Match": first.headers["etag"]}).status_code == 304
    english = {"Accept": "text/html", "Accept-Language": "en", "If-None-Match": first.headers["etag"]}
    other = client.get("/articles", headers=english)
    assert other.status_code == 200
    assert {"Accept-Language", "Cookie", "Accept"} <= set(first.headers["vary"].replace(" ", "").split(","))


def test_health(client: httpx.Client) -> None:
    answer = client.get("/health").json()
    assert answer["status"] == "ok" and answer["fingerprint"] == "abc123" and answer["triples"] > 2000


def test_the_pages_say_everything_in_both_languages() -> None:
    for key, said in read_words("pactgraph.web").items():
        assert set(said) == {"vi", "en"}, key
        assert set(re.findall(r"\{(\w+)\}", said["vi"])) == set(re.findall(r"\{(\w+)\}", said["en"])), key
