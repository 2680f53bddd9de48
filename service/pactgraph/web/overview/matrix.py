"""The article matrix: how much stands on each article, and what that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactgraph.questions.table import Table

if TYPE_CHECKING:
    from pactgraph.web.page import Page

GROUPS = (
    ("law", ("laws", "views")), ("practice", ("structural", "process", "outcome")),
    ("recommendations", ("treaty_body", "upr_supported", "upr_other")), ("tasks", ("tasks",)), ("gaps", ("gaps",)),
)
"""The columns of the matrix, in the groups of its head."""
COLUMNS = tuple(column for _, columns in GROUPS for column in columns)

Matrix = dict[str, dict[str, list[str]]]
"""Article → column → the things that stand there, each once."""


async def matrix(page: Page) -> Matrix:
    """What stands on each article on the day, in the country that was chosen; articles in their order."""
    found: Matrix = {}
    for record in await page.ask.records("overview-things"):
        found.setdefault(record.article or "", {}).setdefault(record.column or "", []).append(record.thing or "")
    return found


async def bare(page: Page, known: Matrix) -> list[str]:
    """The articles of the treaties on which nothing stands."""
    records = await page.ask.records("articles", by=("article",))
    return [record.article or "" for record in records if record.article not in known]


async def table(page: Page) -> Table:
    """The numbers as a table."""
    known = await matrix(page)
    await page.ask.learn_names()
    rows = [[article, page.thing(article).label(page.lang)[0], *(str(len(cells.get(column, ()))) for column in COLUMNS)]
            for article, cells in known.items()]
    return Table(["article", "label", *COLUMNS], rows, page.t("overview-matrix"))
