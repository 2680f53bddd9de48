"""The review of links, and assessments, on the pages of work."""

from __future__ import annotations

import re
from urllib.parse import unquote

import httpx
from served import Served
from work_help import HOSTILE, Person, person, seen

from pactgraph.namespaces import BASE, VOCAB

REC = "un/rec/ccpr-c-vnm-co-3/24"


# Links --------------------------------------------------------------------------------------------------------------

def waiting(who: Person, **asked: str) -> list[str]:
    """The links at the head of the queue."""
    found = re.findall(r'/workspace/links/one\?link=([^"&]+)', who.get("/workspace/links", params=asked).text)
    return list(dict.fromkeys(unquote(link) for link in found))


def decide(who: Person, link: str, decision: str, **more: str) -> httpx.Response:
    return who.post("/workspace/links/one", "/workspace", {"link": link, "decision": decision} | more)


def statuses(desk: Served, link: str) -> tuple[str, bool]:
    """The status of a link in the public graph, and whether the plain link stands."""
    pg = f"{BASE}ontology/"
    query = f"""SELECT ?status ?stands WHERE {{ <{link}> <{pg}linkStatus> ?status ; <{pg}linkSubject> ?s ;
        <{pg}linkPredicate> ?p ; <{pg}linkObject> ?o BIND(EXISTS {{ ?s ?p ?o }} AS ?stands) }}"""
    with desk.client() as client:
        rows = client.get("/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"}).json()
    (row,) = rows["results"]["bindings"]
    return row["status"]["value"].removeprefix(f"{VOCAB}link-status/"), row["stands"]["value"] == "true"


def test_a_link_is_accepted_seen_at_once_and_taken_back(desk: Served, lawyer: Person) -> None:
    link = waiting(lawyer)[0]
    assert statuses(desk, link) == ("proposed", False)
    answer = decide(lawyer, link, "accept")
    number = int(re.search(r"done=(\d+)", answer.headers["location"])[1])  # type: ignore[index]
    assert statuses(desk, link) == ("curated", True)
    assert link not in waiting(lawyer) and "1 of 222" in seen(lawyer.get("/workspace/links"))
    entry = seen(lawyer.get(f"/workspace/journal/{number}"))
    assert "curator" in entry and "Link accepted" in entry
    twice = decide(lawyer, link, "reject", reason="no")
    assert twice.status_code == 409 and "curated" in seen(twice)
    back = lawyer.post("/workspace/links/undo", "/workspace", {"entry": str(number)})
    assert back.status_code == 303 and statuses(desk, link) == ("proposed", False)


def test_a_rejected_link_needs_a_reason_and_is_no_link_on_any_page(desk: Served, lawyer: Person) -> None:
    link = next(link for link in waiting(lawyer, document=f"{BASE}id/un/doc/a-hrc-12-11"))
    source = lawyer.get("/workspace/links/one", params={"link": link})
    subject = re.search(r'class="side-name"><a href="([^"]+)"', source.text)
    assert subject
    assert "badge-proposed" in lawyer.get(subject[1]).text
    assert decide(lawyer, link, "reject").status_code == 400
    assert decide(lawyer, link, "reject", reason=HOSTILE).status_code == 303
    assert statuses(desk, link) == ("rejected", False)
    with desk.client() as stranger:
        page = stranger.get(subject[1], headers={"Accept": "text/html"}).text
    about = link.removeprefix(f"{BASE}id/")
    assert f"/doc/{about}\"" not in page.split('class="statements"')[0]
    shown = lawyer.get("/workspace/links/one", params={"link": link})
    assert HOSTILE in seen(shown) and "<script>alert" not in shown.text and "rejected" in seen(shown)


def test_a_confirmation_names_a_body_and_its_document(desk: Served, lawyer: Person) -> None:
    link = waiting(lawyer)[1]
    refused = decide(lawyer, link, "confirm", confirmed_by="moj")
    assert refused.status_code == 400 and "document" in seen(refused)
    assert "nobody-of-this-name" in seen(decide(lawyer, link, "confirm", confirmed_by="nobody-of-this-name", mandate="x"))
    assert statuses(desk, link) == ("proposed", False)
    assert decide(lawyer, link, "confirm", confirmed_by="moj", mandate="Letter made up for a test").status_code == 303
    assert statuses(desk, link) == ("confirmed", True)


def test_only_curators_decide_and_only_on_links(desk: Served, official: Person, lawyer: Person) -> None:
    link = waiting(lawyer)[2]
    assert decide(official, link, "accept").status_code == 403
    assert 'name="decision"' not in official.get("/workspace/links/one", params={"link": link}).text
    for wrong in (f"{BASE}id/vnm/body/mps", "nonsense", f"{BASE}id/un/link/none", "javascript:alert(1)"):
        assert decide(lawyer, wrong, "accept").status_code == 404, wrong
    assert decide(lawyer, link, "burn").status_code == 400


# Assessments --------------------------------------------------------------------------------------------------------

def test_an_assessment_is_checked_by_the_shapes_and_stands_beside_the_others(desk: Served, official: Person) -> None:
    page = f"/workspace/assess/{REC}"
    assert official.get("/workspace/assess", params={"about": "CCPR/C/VNM/CO/3/24"}).headers["location"] == page
    empty = official.post(page, page, {"day": "2026-11-20"})
    assert empty.status_code == 422
    assert "Đánh giá này chưa có mức đánh giá" in seen(empty) and "chưa nêu văn kiện" in seen(empty)
    assert 'id="grade-error"' in empty.text and 'id="source-error"' in empty.text
    late = official.post(page, page, {"day": "2999-01-01"})
    assert "Ngày đánh giá ở tương lai" in seen(late) and late.status_code == 422
    good = {"day": "2026-11-20", "grade": "committee-grade/B", "source": "Made up for a test", "note": HOSTILE}
    answer = official.post(page, page, good)
    assert answer.status_code == 303
    shown = official.get(page)
    assert "Bộ Công an" in seen(shown) and "Ủy ban Nhân quyền" in seen(shown) and "<script>alert" not in shown.text
    with desk.client() as stranger:
        public = seen(stranger.get(f"/doc/{REC}", headers={"Accept": "text/html", "Accept-Language": "vi"}))
    assert "Bộ Công an" in public and HOSTILE in public
    head = official.get("/workspace/journal").text
    assert official.post(page, page, good).status_code == 303  # the same again changes nothing
    assert official.get("/workspace/journal").text.count("/workspace/journal/") == head.count("/workspace/journal/")
    other = official.post(page, page, good | {"grade": "committee-grade/A"})
    assert other.status_code == 409 and "đã có đánh giá" in seen(other)


def test_a_task_is_assessed_by_its_own_scale_and_other_things_not_at_all(desk: Served, lawyer: Person) -> None:
    page = "/workspace/assess/vnm/task/1252-qd-ttg-2019/A.II.1.5"
    text = lawyer.get(page).text
    assert 'value="task-status/in-progress"' in text and "committee-grade/" not in text
    answer = lawyer.post(page, page, {"assessor": "moj", "day": "2026-11-20", "grade": "committee-grade/B", "source": "x"})
    assert answer.status_code == 422  # a grade of another scale is none
    assert lawyer.post(page, page, {"day": "2026-11-20", "grade": "task-status/in-progress", "source": "x"}).status_code == 422
    assert lawyer.post(page, page, {"assessor": "moj", "day": "2026-11-20", "grade": "task-status/in-progress",
                                    "source": "Made up for a test"}).status_code == 303
    assert lawyer.get("/workspace/assess/vnm/body/mps").status_code == 400
    assert lawyer.get("/workspace/assess", params={"about": "zzzzz"}).status_code == 400
    assert person(desk, "reader").post(page, "/workspace", {}).status_code == 403


def test_the_page_of_a_link_tells_what_was_decided_and_no_name(desk: Served, lawyer: Person) -> None:
    link = waiting(lawyer)[0]
    with desk.client() as client:
        page = {"headers": {"Accept": "text/html", "Accept-Language": "en"}}
        about = "/doc/" + link.partition("/id/")[2]
        assert "nobody has reviewed this link yet" in client.get(about, **page).text
        answer = decide(lawyer, link, "reject", reason=HOSTILE)
        told = client.get(about, **page)
        words = seen(told).partition("Everything recorded")[0]
        assert re.search(r"Decided: rejected , \d+ \w+ 20\d\d – because:", words) and "alert(1)" in words
        assert HOSTILE not in told.text and "It is no link on any page" in words
        name = re.search(r'name">([^<]+)<|<strong>([^<]+)</strong></a></span>', lawyer.get("/").text)
        assert name and (name[1] or name[2]) not in words  # a token may carry the name of a person
    number = re.search(r"done=(\d+)", answer.headers["location"])[1]  # type: ignore[index]
    lawyer.post("/workspace/links/undo", "/workspace", {"entry": number})
    assert statuses(desk, link) == ("proposed", False)


def test_every_page_says_who_is_signed_in(desk: Served, lawyer: Person) -> None:
    for path in ("/", "/laws", "/doc/vnm/body/mic", "/nowhere", "/workspace"):
        page = lawyer.get(path)
        assert page.text.count('action="/workspace/sign-out"') == 1 and 'href="/workspace"' in page.text, path
        assert "no-store" in page.headers["cache-control"] or "private" in page.headers["cache-control"], path
    with desk.client() as client:
        stranger = client.get("/laws", headers={"Accept": "text/html"}).text
    assert "sign-out" not in stranger and 'name="csrf"' not in stranger


def test_the_page_of_one_session_is_never_given_to_another(desk: Served) -> None:
    secret = desk.secret("reader")
    first, second = Person(desk), Person(desk)
    for who in (first, second):
        who.sign_in(secret)
        who.get("/laws")
    tokens = [re.search(r'name="csrf" value="([^"]+)"', who.get("/laws").text)[1] for who in (first, second)]  # type: ignore[index]
    assert tokens[0].partition(".")[2] != tokens[1].partition(".")[2]
    gone = second.post("/workspace/sign-out", "/laws")  # with the form of a page that was kept
    assert gone.status_code == 303 and "sign-out" not in second.get("/laws").text
    assert "sign-out" in first.get("/laws").text
