"""Keeps the answers of one generation of the graph: it does not change, so neither do they."""

from __future__ import annotations

from collections import OrderedDict

from pactgraph.store.readers import Readers, Request, Response

_OVERHEAD = 500


class AnswerCache:
    """The most recent answers up to ``limit`` bytes together. Questions about the present moment do not belong here."""

    def __init__(self, readers: Readers, limit: int = 64_000_000) -> None:
        self._readers = readers
        self._limit = limit
        self._size = 0
        self._answers: OrderedDict[Request, Response] = OrderedDict()

    async def run(self, request: Request) -> Response:
        """The answer to a request, from memory where it was given before."""
        known = self._answers.get(request)
        if known is not None:
            self._answers.move_to_end(request)
            return known
        response = await self._readers.run(request)
        self._keep(request, response)
        return response

    def _keep(self, request: Request, response: Response) -> None:
        weight = _weight(request, response)
        if weight > self._limit // 8 or request in self._answers:
            return
        self._answers[request] = response
        self._size += weight
        while self._size > self._limit:
            oldest, answer = self._answers.popitem(last=False)
            self._size -= _weight(oldest, answer)


def _weight(request: Request, response: Response) -> int:
    return len(request.query) + len(response.body) + _OVERHEAD
