"""How a request was answered, and the line that says so."""

from __future__ import annotations

from dataclasses import dataclass

from pactgraph import logs


@dataclass(slots=True)
class Done:
    """How a request was answered; ``limit`` is the limit that ended it, ``status`` 0 where no answer began."""

    id: str
    method: str
    route: str
    status: int
    seconds: float
    bytes: int
    limit: str

    @property
    def level(self) -> str:
        """A fault of the program is an error, a limit or an unready service a warning."""
        if self.status in (0, 500):
            return "error"
        return "warning" if self.status > 500 or self.limit else "info"

    def log(self) -> None:
        """Log the request: its template, never its address, headers, body or client."""
        level = self.level
        if not logs.wanted(level):
            return
        ms = round(self.seconds * 1000, 1)
        text = f"{self.method} {self.route} {self.status} {ms} ms {self.bytes} B {self.id}"
        values = {"request_id": self.id, "method": self.method, "route": self.route, "status": self.status, "ms": ms,
                  "bytes": self.bytes}
        if self.limit:
            text += f" limit: {self.limit}"
            values["limit"] = self.limit
        logs.write(level, "request", text, values)
