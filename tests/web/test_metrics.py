"""What the service counts: true, bounded, closed to strangers, one sum for all workers."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from pactgraph.errors import UserError
from pactgraph.web.done import Done
from pactgraph.web.metrics import Metrics
from pactgraph.web.sharing import shared
from pactgraph.web.watchers import networks

BOMB = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?f) }"


def counts(client: httpx.Client) -> dict[str, float]:
    """Every sample of ``/metrics`` by its name and labels."""
    return read(client.get("/metrics").text)


def read(text: str) -> dict[str, float]:
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def once_counted(client: httpx.Client, sample: str) -> dict[str, float]:
    """Every sample, once ``sample`` is there: a request is counted when its answer has been sent, so a little later."""
    deadline = time.monotonic() + 60
    while sample not in (found := counts(client)):
        assert time.monotonic() < deadline, (sample, sorted(found))
    return found


@pytest.fixture(scope="module")
def fresh(begin, generation) -> Iterator[httpx.Client]:
    """A client of a service that nobody asked anything but two tests, each about counters of its own."""
    running = begin(generation, workers=1, query_seconds=1, query_bytes=5000)
    with httpx.Client(base_url=running.address, timeout=20) as client:
        yield client
    running.stop()
    running.process.stderr.close()


def test_queries_are_counted_by_how_they_ended(fresh: httpx.Client) -> None:
    for query in ("ASK { ?s ?p ?o }", "ASK { ?s ?p ?o }", "SELECT", BOMB, "SELECT * { ?s ?p ?o }"):
        fresh.get("/sparql", params={"query": query})
    found = counts(fresh)
    assert found['pactgraph_queries_total{result="answered"}'] == 1
    assert found['pactgraph_cache_lookups_total{cache="sent",found="yes"}'] == 1
    for result in ("syntax", "time", "bytes"):
        assert found[f'pactgraph_queries_total{{result="{result}"}}'] == 1
    for limit in ("time", "bytes"):
        assert found[f'pactgraph_http_limits_reached_total{{limit="{limit}"}}'] == 1
    assert found["pactgraph_queries_slow_total"] == 1
    assert found["pactgraph_queries_running"] == found["pactgraph_queries_slow_running"] == 0
    assert found["pactgraph_query_seconds_count"] == 4
    assert found["pactgraph_reader_processes_replaced_total"] >= 1


def test_requests_are_counted_by_template_and_status(fresh: httpx.Client) -> None:
    for path in ("/doc/treaty/iccpr/article/19", "/doc/treaty/iccpr/article/6", "/no/such/page", "/static/style.css"):
        fresh.get(path)
    fresh.head("/health/live")
    fresh.request("PROPFIND", "/sparql")
    found = once_counted(fresh, 'pactgraph_http_requests_total{method="other",route="/sparql",status="405"}')
    requests = {key: value for key, value in found.items() if key.startswith("pactgraph_http_requests_total")}
    assert not any("article" in key or "no/such" in key or "PROPFIND" in key for key in found)
    document = [value for key, value in requests.items() if 'route="/doc/{' in key]
    assert sum(document) == 2
    assert requests['pactgraph_http_requests_total{method="GET",route="none",status="404"}'] == 1
    assert requests['pactgraph_http_requests_total{method="GET",route="/static",status="200"}'] == 1
    assert requests['pactgraph_http_requests_total{method="HEAD",route="/health/live",status="200"}'] == 1
    assert found['pactgraph_http_request_seconds_count{route="none"}'] >= 1
    assert found["pactgraph_http_requests_running"] == 1


def test_the_graph_that_is_served_is_named(client: httpx.Client) -> None:
    found = counts(client)
    assert found['pactgraph_generation_info{fingerprint="abc123"}'] == 1
    assert found["pactgraph_statements"] == client.get("/health").json()["triples"]


def test_lost_readers_are_counted(starter, generation) -> None:
    running = starter(generation, workers=1)
    keepers = [pid for pid in running.descendants() if b"store.keeper" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    if not keepers:
        pytest.skip("looks at processes in /proc")
    with httpx.Client(base_url=running.address, timeout=20) as client:
        os.kill(keepers[0], signal.SIGKILL)
        deadline = time.monotonic() + 60
        while counts(client)["pactgraph_readers_restarts_total"] < 1:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_nothing_that_a_client_wrote_becomes_a_label(client: httpx.Client) -> None:
    secret = "pg_0123456789abcdefghijklmnopqrstuvwxyzABCDEF"
    client.get(f"/{secret}", params={"query": secret}, headers={"Authorization": f"Bearer {secret}", "X-Request-ID": secret})
    client.post("/sparql", data={"query": f"ASK {{ <x:{secret}> ?p ?o }}"})
    assert secret not in client.get("/metrics").text


def test_metrics_are_not_kept_and_come_in_both_forms(client: httpx.Client) -> None:
    plain = client.get("/metrics")
    assert plain.headers["content-type"].startswith("text/plain; version=")
    assert plain.headers["cache-control"] == "no-store"
    newer = client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert newer.headers["content-type"].startswith("application/openmetrics-text")
    assert newer.text.endswith("# EOF\n")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "Origin"])
def test_what_a_proxy_or_a_page_passes_on_is_refused(client: httpx.Client, header: str) -> None:
    answer = client.get("/metrics", headers={header: "127.0.0.1", "Accept": "text/plain"})
    assert answer.status_code == 403
    assert "PACTGRAPH_METRICS_FROM" in answer.text and "pactgraph_statements" not in answer.text


def test_metrics_can_be_closed_to_everybody_and_opened_to_one_network(starter, generation) -> None:
    assert networks("none") == ()
    other = starter(generation, metrics_from="10.0.0.0/8")
    assert httpx.get(other.address + "/metrics").status_code == 403


def test_a_wrong_network_is_told_at_the_start() -> None:
    with pytest.raises(UserError) as problem:
        networks("loopback")
    assert problem.value.key == "bad-setting" and "PACTGRAPH_METRICS_FROM" in problem.value.message("vi")
    assert [str(network) for network in networks("127.0.0.1, ::1,10.0.0.0/8")] == ["127.0.0.1/32", "::1/128", "10.0.0.0/8"]


def test_ipv4_in_ipv6_counts_as_ipv4(starter, generation) -> None:
    if not socket.has_dualstack_ipv6():
        pytest.skip("no IPv6 here")
    try:
        running = starter(generation, host="::")
    except AssertionError:
        pytest.skip("no IPv6 here")
    port = running.address.rpartition(":")[2]
    assert httpx.get(f"http://127.0.0.1:{port}/metrics").status_code == 200


def _worker(number: int, go_on: object) -> None:
    """One of several processes that count together; the odd one ends in the middle of a query."""
    metrics = Metrics()
    metrics.request_began()
    metrics.request_ended(Done("x", "GET", "/sparql", 200, 0.01, 100, ""))
    metrics.began()
    if number == 0:
        metrics.ended(0.1, "")


def _both_workers() -> None:
    with shared():
        for number in range(2):
            child = multiprocessing.get_context("fork").Process(target=_worker, args=(number, None))
            child.start()
            child.join()
        found = read(Metrics().page("", lambda: ())[0].decode())
    requests = 'pactgraph_http_requests_total{method="GET",route="/sparql",status="200"}'
    assert found[requests] == 2, found
    assert found['pactgraph_queries_total{result="answered"}'] == 1
    # Both ended: what the second one was doing runs no more.
    assert found.get("pactgraph_queries_running", 0) == 0


def test_several_workers_count_together() -> None:
    # In a process of its own: whether workers count together is settled when the library is imported.
    code = f"import sys; sys.path.insert(0, {str(__file__).rpartition('/')[0]!r})\n" \
           "import os, tempfile; os.environ['PROMETHEUS_MULTIPROC_DIR'] = tempfile.mkdtemp()\n" \
           "import test_metrics; test_metrics._both_workers()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_workers_of_a_service_count_together(starter, generation) -> None:
    running = starter(generation, web_workers=2, workers=1)
    with httpx.Client(base_url=running.address, timeout=20) as client:
        for _ in range(30):  # each on a connection of its own, so that both workers get some
            httpx.get(running.address + "/health/live")
        route = 'pactgraph_http_requests_total{method="GET",route="/health/live",status="200"}'
        assert counts(client)[route] == counts(client)[route] == 30


def test_counts_stay_when_a_worker_is_lost(starter, generation) -> None:
    running = starter(generation, workers=1)
    workers = [pid for pid in running.descendants() if b"web.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    if not workers:
        pytest.skip("looks at processes in /proc")
    with httpx.Client(base_url=running.address, timeout=20) as client:
        client.get("/health/live")
        once_counted(client, 'pactgraph_http_requests_total{method="GET",route="/health/live",status="200"}')
    os.kill(workers[0], signal.SIGKILL)
    deadline = time.monotonic() + 60
    while True:
        try:
            found = read(httpx.get(running.address + "/metrics", timeout=20).text)
            break
        except httpx.TransportError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert found['pactgraph_http_requests_total{method="GET",route="/health/live",status="200"}'] == 1
    assert found["pactgraph_http_requests_running"] == 1


def test_routes_of_the_service_are_few(client: httpx.Client) -> None:
    for count in range(20):
        client.get(f"/questions/no-such-{count}")
        client.get(f"/id/un/rec/no-such-{count}")
    routes = set(re.findall(r'route="([^"]+)"', client.get("/metrics").text))
    assert len(routes) < 25, routes
