"""``pactgraph serve`` as operators start it: a process of its own on a free port, with tokens for every scope."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from pactgraph.access.tokens import Tokens

SERVICE = Path(__file__).resolve().parents[2] / "service"


class Served:
    """A running service over ``store``; its journal stands beside it."""

    def __init__(self, store: Path, *options: str, **settings: object) -> None:
        self.store, self.journal = store, store.with_name(store.name + "-journal")
        self.tokens = Tokens(self.journal)
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PACTGRAPH_")} | {
            "PYTHONPATH": str(SERVICE), "PACTGRAPH_STORE": str(store), "PACTGRAPH_LANG": "en",
            "PACTGRAPH_DUMPS_QUIET_SECONDS": "0",
        } | {f"PACTGRAPH_{name.upper()}": str(value) for name, value in settings.items()}
        self.process = subprocess.Popen([sys.executable, "-m", "pactgraph", "serve", "--port", "0", *options],
                                        env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        told = []
        while not (found := re.search(r"http://[\d.]+:\d+", (line := self.process.stderr.readline()))):
            told.append(line)
            assert line, "".join(told)
        self.address = found[0]
        self._secrets: dict[str, str] = {}

    def secret(self, scope: str, body: str | None = None) -> str:
        """The secret of a token with a scope; made where there is none yet."""
        name = f"{scope}-{body}" if body else scope
        if name not in self._secrets:
            self._secrets[name] = self.tokens.create(name, scope, body)
        return self._secrets[name]

    def client(self, scope: str = "", body: str | None = None, **headers: str) -> httpx.Client:
        """A client of a stranger, or of somebody with a token."""
        known = {"Authorization": f"Bearer {self.secret(scope, body)}"} if scope else {}
        return httpx.Client(base_url=self.address, timeout=60, headers=known | headers)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``pactgraph`` on the command line, with the same settings."""
        return subprocess.run([sys.executable, "-m", "pactgraph", *arguments], env=self.environment, capture_output=True,
                              text=True, timeout=120)

    def stop(self) -> None:
        """End it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
        assert self.process.stderr is not None
        self.process.stderr.close()
