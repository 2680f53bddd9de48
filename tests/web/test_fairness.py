"""Fair use: what the queries of one client may cost a minute, whoever sends them and however many others there are."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest

from pactgraph.errors import UserError
from pactgraph.settings import Settings
from pactgraph.web.fairness import Account, Bucket, FairUse, customer
from pactgraph.web.proxies import address

BOMB = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?f) }"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def nothing(*_: object) -> None:
    """An app that is never called."""


def account(clock: Clock, seconds: float = 60, errors: float = 3) -> Account:
    return Account(Bucket(seconds), Bucket(errors), clock)


def refusal(one: Account, at: float) -> UserError:
    with pytest.raises(UserError) as problem:
        one.begin(at)
    return problem.value


def test_a_budget_is_spent_and_comes_back_evenly() -> None:
    clock = Clock()
    one = account(clock)
    for _ in range(6):
        one.begin(clock.now)
        clock.now += 0.001
        one.end(clock.now - 0.001, 11)
    problem = refusal(one, clock.now)
    assert problem.key == "fair-use-seconds" and problem.values["wait"] == 6
    clock.now += 7
    one.begin(clock.now)


def test_what_still_runs_counts() -> None:
    clock = Clock()
    one = account(clock, seconds=10)
    one.begin(clock.now)
    clock.now += 11
    assert refusal(one, clock.now).key == "fair-use-seconds"
    one.end(1000.0, 11)
    clock.now += 60
    one.begin(clock.now)
    assert one.running == [clock.now]


def test_refused_queries_have_a_budget_of_their_own() -> None:
    clock = Clock()
    one = account(clock)
    for _ in range(3):
        one.fault()
    assert refusal(one, clock.now).values["wait"] == 1
    clock.now += 20.1
    one.begin(clock.now)


def test_a_budget_of_zero_is_no_limit() -> None:
    clock = Clock()
    one = account(clock, seconds=0, errors=0)
    one.fault()
    one.begin(clock.now)
    one.end(clock.now, 10_000)
    one.begin(clock.now)


def test_the_table_of_clients_is_bounded_and_forgets_whoever_asked_longest_ago() -> None:
    table = FairUse(nothing, Settings(), most=100)  # type: ignore[arg-type]
    table.account("203.0.113.1").fault()
    for number in range(500):
        table.account(f"198.51.100.{number}")
        table.account("203.0.113.1")
    assert len(table) == 100
    assert table.account("203.0.113.1").errors.level == 1


def test_a_customer_of_ipv6_is_a_64() -> None:
    def of(text: str) -> str:
        found = address(text)
        assert found is not None
        return customer(found)

    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9") != of("2001:db8:1:3::1")
    assert of("203.0.113.1") == of("::ffff:203.0.113.1") != of("203.0.113.2")


@pytest.fixture(scope="module")
def fair(generation, begin):
    """A service behind a proxy on the loopback interface: 2 seconds and 5 errors a minute."""
    running = begin(generation, query_seconds=1.5, proxies="127.0.0.1", client_seconds=2, client_errors=5)
    yield running
    running.stop()


def ask(service, query: str, client: str | None, **more: str) -> httpx.Response:
    headers = {"X-Forwarded-For": client} if client else {}
    return httpx.get(service.address + "/sparql", params={"query": query}, headers=headers | more, timeout=20)


def test_peer_a_client_that_spends_its_seconds_is_asked_to_wait_and_others_are_not(fair) -> None:
    client = "203.0.113.20"
    for number in range(2):
        assert ask(fair, f"{BOMB} # {number}", client).status_code == 503
    refused = ask(fair, "SELECT ('new' AS ?x) WHERE {}", client)
    assert refused.status_code == 429 and refused.headers["pactgraph-limit"] == "client-seconds"
    assert 1 <= int(refused.headers["retry-after"]) <= 60 and "PACTGRAPH_CLIENT_SECONDS" in refused.text
    page = httpx.get(fair.address + "/questions/overdue", timeout=20,
                     headers={"X-Forwarded-For": client, "Accept": "text/html", "Accept-Language": "vi"})
    assert page.status_code == 429 and "Vượt giới hạn" in page.text
    assert ask(fair, "SELECT ('new' AS ?x) WHERE {}", "203.0.113.21").status_code == 200
    # What is in memory already costs nothing; those who watch the service are never refused.
    assert ask(fair, "SELECT ('new' AS ?x) WHERE {}", client).status_code == 200
    assert httpx.get(fair.address + "/health", headers={"X-Forwarded-For": client}).status_code == 200


def test_peer_a_client_that_only_sends_mistakes_is_asked_to_wait(fair) -> None:
    client = "2001:db8:7:7::1"
    statuses = [ask(fair, f"SELECT {number}", client).status_code for number in range(8)]
    assert statuses[:5] == [400] * 5 and statuses[-1] == 429
    neighbour = ask(fair, "SELECT wrong", "2001:db8:7:7:1:2:3:4")
    assert neighbour.status_code == 429 and neighbour.headers["pactgraph-limit"] == "client-errors"
    assert ask(fair, "SELECT wrong", "2001:db8:7:8::1").status_code == 400


def test_a_client_cannot_choose_its_own_address(fair) -> None:
    """What the client writes stands left of what the proxy adds."""
    for number in range(8):
        response = ask(fair, f"SELECT made up {number}", f"6.6.6.{number}, 203.0.113.66")
    assert response.status_code == 429


def test_clients_of_this_machine_are_not_counted(fair) -> None:
    assert {ask(fair, f"SELECT {number} wrong", None).status_code for number in range(10)} == {400}


def test_many_at_once_spend_no_more_than_one_after_another(fair) -> None:
    async def burst() -> list[int]:
        headers = {"X-Forwarded-For": "203.0.113.99"}
        async with httpx.AsyncClient(base_url=fair.address, headers=headers, timeout=30) as client:
            sent = [client.get("/sparql", params={"query": f"{BOMB} # burst {n}"}) for n in range(30)]
            return [response.status_code for response in await asyncio.gather(*sent)]

    begun = time.monotonic()
    statuses = asyncio.run(burst())
    assert set(statuses) <= {503, 429} and 429 in statuses
    assert time.monotonic() - begun < 10
