"""Long lists in pages: which part of a list a request shows."""

from __future__ import annotations

from dataclasses import dataclass

from pactgraph.web.page import Page

PAGE_SIZE = 50


@dataclass(frozen=True)
class Paging:
    """The page ``number`` (from 1) of a list of ``total`` things, ``size`` a page."""

    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The number of the first thing shown, from 1."""
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def end(self) -> int:
        """The number of the last thing shown."""
        return min(self.total, self.number * self.size)

    @property
    def part(self) -> slice:
        """What to take of the list."""
        return slice((self.number - 1) * self.size, self.number * self.size)

    def near(self) -> list[int]:
        """The pages to offer: the first, the last and those around this one; 0 where some are left out."""
        shown = sorted({1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)})
        offered: list[int] = []
        for number in shown:
            if offered and number - offered[-1] == 2:
                offered.append(number - 1)
            elif offered and number - offered[-1] > 2:
                offered.append(0)
            offered.append(number)
        return offered


def paging_of(page: Page, total: int, size: int = PAGE_SIZE) -> Paging:
    """The page that a request asks for by ``page=``: the nearest that there is; what is no number means the first."""
    asked = page.request.query_params.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    whole = Paging(1, total, size)
    return Paging(min(max(number, 1), whole.last), total, size)
