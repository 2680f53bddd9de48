"""The settings of pactgraph, each from an environment variable ``PACTGRAPH_…`` with a default.

``docs/settings.md`` lists them; a test keeps the two together.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pactgraph.errors import fail
from pactgraph.namespaces import BASE

FAST, PYSHACL = "fast", "pyshacl"
"""The checkers: our engine with pySHACL behind it, or pySHACL alone."""
X_FORWARDED, FORWARDED = "x-forwarded", "forwarded"
"""The headers by which trusted proxies say who asks: ``X-Forwarded-For``, ``-Proto``, ``-Host``, or ``Forwarded``."""
CHOICES = {"checker": (FAST, PYSHACL), "log": ("text", "json"), "log_level": ("info", "warning", "error"),
           "forwarded": (X_FORWARDED, FORWARDED), "endpoint_auth": ("basic", "digest"),
           "endpoint_answers": ("auto", "endpoint", "copy")}
"""The settings that take one of a few words."""
_ADDRESS = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")


@dataclass(frozen=True)
class Settings:
    """Values that an operator may change; times in seconds, sizes in bytes."""

    store: str = ".pactgraph"
    journal: str = ""
    base: str = BASE
    data: str = ""
    lang: str = "en"
    releases: str = ""
    about: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    web_workers: int = 1
    grace_seconds: float = 10.0
    workers: int = 2
    query_seconds: float = 10.0
    query_memory: int = 1_500_000_000
    query_bytes: int = 50_000_000
    query_rows: int = 1_000_000
    client_seconds: float = 60.0
    client_errors: int = 60
    service_allow: str = ""
    root_path: str = ""
    proxies: str = ""
    forwarded: str = X_FORWARDED
    import_bytes: int = 20_000_000
    validate_seconds: float = 30.0
    dumps_seconds: float = 3600.0
    dumps_quiet_seconds: float = 5.0
    checker: str = FAST
    log: str = "text"
    log_level: str = "info"
    metrics_from: str = "127.0.0.0/8,::1"
    endpoint_update: str = ""
    endpoint_user: str = ""
    endpoint_password: str = field(default="", repr=False)
    endpoint_auth: str = "basic"
    endpoint_seconds: float = 60.0
    endpoint_answers: str = "auto"
    copies: str = ""

    @staticmethod
    def variable(name: str) -> str:
        """The environment variable of a setting: ``query_seconds`` → ``PACTGRAPH_QUERY_SECONDS``."""
        return "PACTGRAPH_" + name.upper()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; a value of the wrong form raises a :class:`~pactgraph.errors.UserError`."""
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for item in fields(cls):
            raw = environment.get(cls.variable(item.name))
            if raw is None or raw == "":
                continue
            kind: type[str] | type[int] | type[float] = type(getattr(cls, item.name))
            try:
                values[item.name] = kind(raw)
            except ValueError:
                raise fail("bad-setting", name=cls.variable(item.name), value=raw, kind=kind.__name__) from None
        for name, words in CHOICES.items():
            if values.get(name, words[0]) not in words:
                raise fail("bad-setting", name=cls.variable(name), value=values[name], kind=" | ".join(words))
        return cls(**values)

    def service_endpoints(self) -> list[str]:
        """The addresses that SERVICE may call. One of the wrong form raises a UserError."""
        found = self.service_allow.split()
        for item in found:
            if not _ADDRESS.fullmatch(item):
                raise fail("bad-setting", name=self.variable("service_allow"), value=item, kind="https://example.org/sparql")
        return found

    def data_folder(self) -> Path:
        """The folder of the data that is built: the setting, else what is shipped."""
        from pactgraph.resources import shipped

        return Path(self.data) if self.data else shipped("data")

    def journal_folder(self) -> Path | None:
        """The folder of the journal: the setting, else beside the store's folder; None for a store that has none."""
        if self.journal:
            return Path(self.journal)
        if self.store == "memory:" or self.store.startswith(("http://", "https://")):
            return None
        store = Path(os.path.abspath(self.store))
        return store.with_name(store.name + "-journal")

    def releases_folder(self) -> Path | None:
        """The folder of the releases: the setting, else beside the store's folder; None for a store that has none."""
        if self.releases:
            return Path(self.releases)
        if self.store == "memory:" or self.store.startswith(("http://", "https://")):
            return None
        store = Path(os.path.abspath(self.store))
        return store.with_name(store.name + "-releases")
