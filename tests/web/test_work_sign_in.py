"""Signing in to the pages of work, over HTTP with two web workers; forms from elsewhere; what the cookie opens and what not."""

from __future__ import annotations

import json
import re
import shutil
import stat
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from served import Served
from work_help import Person, person, seen

from pactgraph.namespaces import BASE

MPS, MOJ = "vnm-mps", "vnm-moj"
REC = "un/rec/ccpr-c-vnm-co-3/24"
INSERT = "INSERT DATA { <http://example.org/s> <http://example.org/p> 1 }"


# Signing in ---------------------------------------------------------------------------------------------------------

def cookies(answer: httpx.Response) -> dict[str, str]:
    """The cookies that an answer sets: the whole header by the cookie's name."""
    return {header.split("=", 1)[0]: header for header in answer.headers.get_list("set-cookie")}


def test_the_cookie_is_no_token_and_scripts_cannot_read_it(desk: Served) -> None:
    secret, someone = desk.secret("contributor", MPS), Person(desk)
    answer = someone.sign_in(secret)
    header = cookies(answer)["pactgraph-session"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=28800"} <= set(header.split("; "))
    assert "Secure" not in header  # over plain http it would not come back
    value = header.split(";")[0].split("=", 1)[1]
    assert secret not in answer.headers["set-cookie"] and secret not in someone.get("/workspace").text
    with httpx.Client(base_url=desk.address) as client:
        assert client.get("/", headers={"Authorization": f"Bearer {value}"}).status_code == 401
    kept = list((desk.store / "work" / "sessions").iterdir())
    assert kept and all(value not in file.name + file.read_text() and secret not in file.read_text() for file in kept)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in kept)
    assert stat.S_IMODE((desk.store / "work" / "sessions").stat().st_mode) == 0o700


def test_behind_a_trusted_proxy_with_tls_the_cookie_is_secure(built_store: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(built_store, tmp_path / "store"))
    running = Served(store, proxies="127.0.0.1", root_path="/graph")
    try:
        someone = Person(running)
        tls = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "pact.example"}
        page = someone.get("/graph/workspace/sign-in", headers=tls)
        form = cookies(page)["__Secure-pactgraph-form"]
        csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert csrf
        sent = {"csrf": csrf[1], "token": running.secret("curator")}
        own = {"Origin": "https://pact.example", "Cookie": form.split(";")[0]}
        answer = someone.client.post("/graph/workspace/sign-in", data=sent, headers=tls | own)
        header = cookies(answer)["__Secure-pactgraph-session"]
        assert answer.headers["location"] == "/graph/workspace" and {"Secure", "Path=/graph"} <= set(header.split("; "))
        assert someone.get("/graph/workspace", headers=tls | {"Cookie": header.split(";")[0]}).status_code == 200
        # The same cookie under the name of plain http counts nowhere behind https
        plain = header.split(";")[0].removeprefix("__Secure-")
        assert someone.get("/graph/workspace", headers=tls | {"Cookie": plain}).status_code == 303
    finally:
        running.stop()


def test_a_wrong_token_is_told_plainly_and_many_are_refused(desk: Served) -> None:
    someone = Person(desk)
    first = someone.sign_in("pg_" + "x" * 43)
    assert first.status_code == 401 and "unknown, has expired or was revoked" in seen(first) and "x" * 43 not in first.text
    answers = [someone.sign_in("pg_wrong") for _ in range(24)]  # ten for each of two workers
    assert answers[-1].status_code == 429 and int(answers[-1].headers["retry-after"]) > 0
    assert "Too many tokens" in seen(answers[-1])
    assert someone.sign_in(desk.secret("curator")).status_code == 303  # nobody is shut out by the tries of another


def test_a_session_that_somebody_else_chose_is_not_taken_over(desk: Served) -> None:
    someone = Person(desk)
    chosen = "A" * 43
    someone.client.cookies.set("pactgraph-session", chosen)
    assert someone.get("/workspace").status_code == 303
    sent = {"csrf": someone.csrf("/workspace/sign-in"), "token": desk.secret("reader")}
    answer = someone.client.post("/workspace/sign-in", data=sent, headers={"Origin": desk.address})
    made = cookies(answer).get("pactgraph-session", "")
    assert answer.status_code == 303 and made and chosen not in made


def test_signing_in_again_ends_the_session_before(desk: Served, lawyer: Person) -> None:
    before = lawyer.client.cookies["pactgraph-session"]
    someone = Person(desk)
    someone.client.cookies.set("pactgraph-session", before)
    assert someone.get("/workspace").status_code == 200
    # A second sign-in from within a session sends to the start, and changes nothing
    assert someone.get("/workspace/sign-in").headers["location"] == "/workspace"


def test_signing_out_ends_the_session_everywhere(desk: Served) -> None:
    someone = person(desk, "curator")
    kept = someone.client.cookies["pactgraph-session"]
    answer = someone.post("/workspace/sign-out", "/workspace")
    assert answer.status_code == 303 and "Max-Age=0" in cookies(answer)["pactgraph-session"]
    other = Person(desk)
    other.client.cookies.set("pactgraph-session", kept)
    assert [other.get("/workspace").status_code for _ in range(4)] == [303] * 4  # in both workers
    assert "session has ended" in seen(other.client.get("/workspace", follow_redirects=True))


def test_a_token_that_is_revoked_or_expires_ends_its_sessions_at_once(desk: Served) -> None:
    someone = Person(desk)
    assert someone.sign_in(desk.tokens.create("for-a-day", "curator")).status_code == 303
    assert someone.get("/workspace").status_code == 200
    desk.tokens.revoke("for-a-day")
    assert [someone.get("/workspace").status_code for _ in range(4)] == [303] * 4
    late = Person(desk)
    assert late.sign_in(desk.tokens.create("for-long", "curator")).status_code == 303
    data = json.loads(desk.tokens.file.read_text())
    for token in data["tokens"]:
        if token["name"] == "for-long":
            token["expires"] = "2020-01-01"
    desk.tokens.file.write_text(json.dumps(data))
    assert [late.get("/workspace").status_code for _ in range(4)] == [303] * 4


def test_after_the_sign_in_one_comes_back_to_a_page_of_work_only(desk: Served) -> None:
    someone = Person(desk)
    asked = someone.get("/workspace/journal?before=7").headers["location"]
    assert unquote(asked) == "/workspace/sign-in?next=/workspace/journal?before=7"
    token = desk.secret("reader")
    home = "/workspace"
    wishes = {home + "/journal": home + "/journal", "https://evil.example/work": home, "//evil.example/": home,
              home + "//evil.example": home, home + "/\\evil": home, "/update": home}
    for wanted, reached in wishes.items():
        each = Person(desk)
        answer = each.post("/workspace/sign-in", "/workspace/sign-in", {"token": token, "next": wanted})
        assert answer.headers["location"] == reached


# Forms from elsewhere -----------------------------------------------------------------------------------------------

UPLOAD = "workbooks/" + 22 * "A"
POSTS = ["/workspace/" + place for place in ("workbooks", f"{UPLOAD}/confirm", f"{UPLOAD}/remove", "links/one", "links/undo",
                                             f"assess/{REC}", "journal/1/undo", "sign-out")]


@pytest.mark.parametrize("path", POSTS)
def test_no_form_is_taken_without_its_token_or_from_another_site(desk: Served, lawyer: Person, path: str) -> None:
    good = lawyer.csrf("/workspace")
    own = {"Origin": desk.address, "Sec-Fetch-Site": "same-origin"}
    other = person(desk, "administrator").csrf("/workspace")
    tries = [
        ({"reason": "x"}, own, "did not say that it comes from your session"),
        ({"csrf": "0." + "0" * 64}, own, "another session"),
        ({"csrf": other}, own, "another session"),
        ({"csrf": good}, own | {"Origin": "https://evil.example"}, "sent from another site (https://evil.example)"),
        ({"csrf": good}, own | {"Origin": "null"}, "sent from another site"),
        ({"csrf": good}, own | {"Sec-Fetch-Site": "cross-site"}, "sent from another site"),
        ({"csrf": good}, own | {"Sec-Fetch-Site": "same-site"}, "sent from another site"),
        ({"csrf": good}, {}, "sent from another site"),
    ]
    for data, headers, words in tries:
        answer = lawyer.client.post(path, data=data, headers=headers)
        assert (answer.status_code, words in seen(answer)) == (403, True), (path, data, headers, seen(answer)[:500])
    assert lawyer.get("/workspace").status_code == 200  # nobody was signed out


def test_the_sign_in_form_is_bound_to_the_browser(desk: Served) -> None:
    someone, other = Person(desk), Person(desk)
    token, own = desk.secret("reader"), {"Origin": desk.address}
    theirs = other.csrf("/workspace/sign-in")
    for data, headers in (({"token": token}, own), ({"token": token, "csrf": theirs}, own),
                          ({"token": token, "csrf": someone.csrf("/workspace/sign-in")}, {"Origin": "https://evil.example"})):
        answer = someone.client.post("/workspace/sign-in", data=data, headers=headers)
        assert answer.status_code == 403 and "pactgraph-session" not in cookies(answer)


@pytest.mark.parametrize("path", POSTS[:-1])
def test_nobody_writes_without_a_session(desk: Served, path: str) -> None:
    with httpx.Client(base_url=desk.address) as client:
        answer = client.post(path, data={"csrf": "x"}, headers={"Origin": desk.address})
        assert answer.status_code == 401
        # a token in a header opens the roads of programs, not the forms of people
        known = {"Origin": desk.address, "Authorization": f"Bearer {desk.secret('curator')}"}
        answer = client.post(path, data={"csrf": "x"}, headers=known)
        assert answer.status_code == 401


@pytest.mark.parametrize(("method", "path"), [("POST", "/update"), ("PUT", "/graphs?graph=http://example.org/g"),
                                              ("DELETE", "/graphs/journal/notes")])
def test_the_cookie_opens_no_road_of_programs(lawyer: Person, method: str, path: str) -> None:
    body = {"content": INSERT, "headers": {"Content-Type": "application/sparql-update", "Origin": lawyer.origin}}
    answer = lawyer.client.request(method, path, **body)  # type: ignore[arg-type]
    assert answer.status_code == 401 and "www-authenticate" in answer.headers


def test_what_a_signed_in_reader_sees_is_kept_by_nobody(desk: Served, official: Person) -> None:
    hidden = f"{BASE}graph/journal/restricted/{MPS}/note"
    thing = f"{BASE}id/vnm/task/1252-qd-ttg-2019/A.II.1.1"
    with desk.client("curator") as curator:
        curator.put("/graphs", params={"graph": hidden}, headers={"Content-Type": "text/turtle"},
                    content=f'<{thing}> <http://www.w3.org/2000/01/rdf-schema#comment> "xq7hidden"@vi .').raise_for_status()
    path = "/doc/vnm/task/1252-qd-ttg-2019/A.II.1.1"
    with desk.client() as stranger:
        theirs = stranger.get(path, headers={"Accept": "text/html"})
        tag = theirs.headers["etag"]
    mine = official.get(path)
    assert "xq7hidden" in mine.text and "xq7hidden" not in theirs.text
    assert mine.headers["cache-control"] == "private, no-store" and "Cookie" in mine.headers["vary"]
    assert "Cookie" in theirs.headers["vary"]
    assert official.get(path, headers={"If-None-Match": tag}).status_code == 200
    assert "xq7hidden" not in person(desk, "contributor", MOJ).get(path).text
    # queries of programs do not see it by the cookie
    query = {"query": f"ASK {{ <{thing}> ?p 'xq7hidden'@vi }}"}
    assert "false" in official.get("/sparql", params=query, headers={"Accept": "application/sparql-results+json"}).text
