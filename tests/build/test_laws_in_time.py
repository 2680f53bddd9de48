"""Laws of the real graph on a day: expected rows by hand from the clauses on entry into force."""

from __future__ import annotations

import pytest

from pactgraph.questions.run import ask
from pactgraph.store.protocol import Store

CONSTITUTION = "hien-phap-2013/art-"


@pytest.fixture(scope="module")
def store(real_graph: Store) -> Store:
    return real_graph


def laws(store: Store, article: str, day: str) -> set[str]:
    """The ends of the addresses of the laws, or provisions, that give effect to an article on a day."""
    rows = ask(store, "laws-for-article", {"article": article}, as_of=day, ids=True).rows
    return {(row[3] or row[1]).rpartition("/law/")[2] for row in rows}


@pytest.mark.parametrize(("article", "day", "expected"), [
    ("10", "2019-09-26", {"94-2015-qh13"}),
    ("10", "2026-11-21", {"128-2025-qh15", "59-2024-qh15"}),
    ("18", "2019-09-26", {f"{CONSTITUTION}24", "02-2016-qh14"}),
    ("18", "2026-11-21", {f"{CONSTITUTION}24", "02-2016-qh14"}),
    ("18", "2026-12-31", {f"{CONSTITUTION}24", "02-2016-qh14"}),
    ("18", "2027-01-02", {f"{CONSTITUTION}24", "07-2026-qh16"}),
    ("19", "2019-09-26", {f"{CONSTITUTION}25", "103-2016-qh13", "104-2016-qh13"}),
    ("19", "2026-08-31", {f"{CONSTITUTION}25", "126-2025-qh15", "104-2016-qh13"}),
    ("19", "2026-11-21", {f"{CONSTITUTION}25", "126-2025-qh15", "01-2026-qh16"}),
    ("19", "2027-01-02", {f"{CONSTITUTION}25", "126-2025-qh15", "01-2026-qh16"}),
    ("6", "2026-11-21", {f"{CONSTITUTION}19"}),
    ("14", "2025-12-31", {f"{CONSTITUTION}31", f"{CONSTITUTION}103", "11-2017-qh14"}),
    ("14", "2026-01-01", {f"{CONSTITUTION}31", f"{CONSTITUTION}103", "11-2017-qh14", "59-2024-qh15"}),
    ("15", "2026-11-21", set()),
])
def test_the_law_in_force_on_a_day(store: Store, article: str, day: str, expected: set[str]) -> None:
    assert laws(store, article, day) == expected


def test_every_answer_says_how_the_law_is_known(store: Store) -> None:
    rows = ask(store, "laws-for-article", {"article": "19"}, as_of="2026-11-21").rows
    assert {row[-1] for row in rows} == {"Secondary Source", "Verified"}


def test_rows_of_the_plan_that_name_a_law_that_ended(store: Store) -> None:
    answer = ask(store, "links-touched-by-repealed-law", {}, as_of="2026-11-21")
    named = {(row[1], row[3]) for row in answer.rows if row[5] == "A.II.1.5"}
    assert named == {("24/2018/QH14", "Law on Cybersecurity (116/2025/QH15)"),
                     ("86/2015/QH13", "Law on Cybersecurity (116/2025/QH15)"),
                     ("103/2016/QH13", "Press Law (126/2025/QH15)")}
    before = ask(store, "links-touched-by-repealed-law", {}, as_of="2019-09-26")
    assert before.rows == []


def test_a_user_names_an_article_of_a_law(store: Store) -> None:
    from pactgraph.questions.resolve import resolve

    for word in ("100/2015/QH13/109", "100-2015-qh13/art-109"):
        assert resolve(store, "", word).endswith("/vnm/law/100-2015-qh13/art-109")
    assert resolve(store, "pg:LegalProvision", "Điều 25 Hiến pháp năm 2013").endswith("hien-phap-2013/art-25")
    assert resolve(store, "pg:Article", "25").endswith("/treaty/iccpr/article/25")
