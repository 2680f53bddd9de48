"""Examines how the service would run: settings, port, and who can reach it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path

from pactgraph.errors import UserError
from pactgraph.operating.finding import FAIL, OK, WARN, Finding, Patient, finding
from pactgraph.operating.folders import holder
from pactgraph.settings import Settings

_PREFIX = "PACTGRAPH_"


def readable(environment: Mapping[str, str]) -> tuple[Settings, list[Finding]]:
    """The settings of an environment, with the default in place of each value of a wrong form, and those values."""
    left = dict(environment)
    findings: list[Finding] = []
    while True:
        try:
            return Settings.from_environment(left), findings
        except UserError as problem:
            name = str(problem.values.get("name"))
            if name not in left:
                raise
            del left[name]
            message = {lang: problem.message(lang) for lang in ("vi", "en")}
            findings.append(finding("settings", FAIL, "setting-wrong", message=message, name=name))


def names(patient: Patient) -> Iterator[Finding]:
    """Variables that look like settings and are none."""
    known = {Settings.variable(item.name) for item in fields(Settings)}
    given = sorted(name for name in patient.environment if name.startswith(_PREFIX))
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.6)
            yield finding("settings", WARN, "setting-unknown", name=name, near=near[0] if near else "docs/settings.md")
    yield finding("settings", OK, "settings", count=sum(name in known for name in given))


def port(patient: Patient) -> Iterator[Finding]:
    """Whether the port is free, or taken by the service of this very store."""
    settings = patient.settings
    values = {"host": settings.host, "port": settings.port}
    try:
        _try_to_listen(settings)
    except OSError as problem:
        pid = holder(Path(settings.store) / "lock")
        if pid is not None:
            yield finding("port", OK, "port-ours", pid=pid or "?", **values)
        else:
            yield finding("port", WARN, "port-taken", reason=problem.strerror or str(problem), **values)
    else:
        yield finding("port", OK, "port", **values)


def _try_to_listen(settings: Settings) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(
        settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    with socket.socket(family, kind, protocol) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind(address)


def grace(patient: Patient) -> Iterator[Finding]:
    """Whether a stop waits as long as a query may run."""
    settings = patient.settings
    state, key = (OK, "grace") if settings.grace_seconds >= settings.query_seconds else (WARN, "grace-short")
    yield finding("stop", state, key, grace=f"{settings.grace_seconds:g}", query=f"{settings.query_seconds:g}")


def reach(patient: Patient) -> Iterator[Finding]:
    """Whether only this machine can reach the service, which speaks plain HTTP."""
    host = patient.settings.host
    state, key = (OK, "reach-local") if is_local(host) else (WARN, "reach-open")
    yield finding("address", state, key, host=host)


def is_local(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
