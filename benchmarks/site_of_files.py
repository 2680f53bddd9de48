"""A site of files beside fetching the same pages and data from the running service, one by one over one connection.

``--store DIR`` a built store, ``--things START`` the things of which pages are made (``id/treaty/iccpr/``), ``--processes N``.
Seconds are those of the clock, with the start of every process but without the build of the store; what the site holds beside
(lists, overview, catalogue, servers' files, checksums) counts against it, which weighs much where ``START`` chooses few things.
Whether both give the same data is said.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

DAY = "2026-11-22"
_PAGE = re.compile(r"(vi|en)/((?:doc|trace)/.+)\.html")
_SAFE = "/:@!$&'()*+,;=~-._"


def spent(work: Callable[[], object]) -> float:
    """Seconds of the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def make(given: argparse.Namespace, target: Path) -> None:
    """The site, by the program itself."""
    several = ["--processes", given.processes] if given.processes else []
    subprocess.run([sys.executable, "-m", "pactgraph", "export", "site", "--out", str(target), "--store", given.store,
                    "--include", "none", "--things", given.things, "--as-of", DAY, *several], check=True)


def addresses(site: Path) -> list[tuple[str, Path]]:
    """What the service is asked for, with the file that the site has for it."""
    found = []
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        page = _PAGE.fullmatch(name)
        if page:
            found.append((f"/{quote(page[2], safe=_SAFE)}?lang={page[1]}&as_of={DAY}", file))
        elif name.startswith("doc/") and file.suffix in (".ttl", ".jsonld"):
            found.append(("/" + quote(name, safe=_SAFE), file))
    return found


def fetch(given: argparse.Namespace, wanted: list[tuple[str, Path]], differ: list[str]) -> None:
    """Start the service, get everything over one connection, end it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    limits = {"PACTGRAPH_CLIENT_SECONDS": "0", "PACTGRAPH_CLIENT_ERRORS": "0", "PACTGRAPH_QUERY_SECONDS": "60"}
    server = subprocess.Popen([sys.executable, "-m", "pactgraph", "serve", "--store", given.store, "--port", str(port)],
                              env=os.environ | limits, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        line = ready(port)
        for address, file in wanted:
            line.request("GET", address)
            answer = line.getresponse()
            body = answer.read()
            if file.suffix != ".html" and "dataset" not in address and body != file.read_bytes():
                differ.append(address)
    finally:
        server.terminate()
        server.wait()


def ready(port: int) -> http.client.HTTPConnection:
    """A connection to a service that answers."""
    while True:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
        try:
            line.request("GET", "/health")
            if line.getresponse().read():
                return line
        except OSError:
            time.sleep(0.1)


def main() -> None:
    """Print what both took, and the ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--store", default=".pactgraph")
    options.add_argument("--things", default="id/treaty/iccpr/")
    options.add_argument("--processes", default="")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site, differ = Path(folder) / "site", list[str]()
        build = [sys.executable, "-m", "pactgraph", "build", "--store", given.store]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
        ours = spent(lambda: make(given, site))
        wanted = addresses(site)
        theirs = spent(lambda: fetch(given, wanted, differ))
    print(f"{len(wanted)} pages and files of data; the same data: {'no: ' + differ[0] if differ else 'yes'}")
    for name, seconds in (("site of files", ours), ("one by one from the service", theirs)):
        print(f"{name}: {seconds:.1f} s ({1000 * seconds / len(wanted):.1f} ms each)")
    print(f"ratio: {theirs / ours:.2f}")


if __name__ == "__main__":
    main()
