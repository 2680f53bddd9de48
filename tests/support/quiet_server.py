"""An HTTP server of a test that says nothing when a client goes away: that is what some tests are about."""

from __future__ import annotations

import sys
from http.server import ThreadingHTTPServer
from typing import Any


class QuietServer(ThreadingHTTPServer):
    """Answers each request in a thread. A traceback of a late thread would stand in the output of the next test."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of errors, but not of clients that left."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)
