"""What is proposed between two rounds, on small texts judged by hand: repeated, narrowed, wider, new, dropped, by reference."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.questions.crosswalk.items import RECOMMENDATION, TASK, Item
from pactgraph.questions.crosswalk.propose import ADDRESSES, CARRIES, REPEATS, Crosswalk, propose
from pactgraph.questions.crosswalk.rounds import Round, Side
from pactgraph.questions.crosswalk.words import MOST_QUOTED, Weights, words_of

REFERENCE = re.compile(r"paragraphs?\s+(?P<numbers>\d+(?:\s*(?:,|and)\s*\d+)*)")
PRISONS = "The State party should build larger prison cells and let independent visitors enter every prison."
PRESS = "The State party should revise the press law so that only a court may close a newspaper."
TORTURE = "The State party should make torture a crime of its own and train the police in interviewing without force."
VOTES = "The State party should let prisoners vote in every election."


def rec(code: str, text: str, subjects: tuple[str, ...] = (), document: str = "new", **more: object) -> Item:
    return Item(f"{document}/{code}", RECOMMENDATION, code, text, "en", loaded=True, subjects=set(subjects), **more)  # type: ignore[arg-type]


def old(code: str, text: str, **more: object) -> Item:
    return rec(code, text, document="old", **more)


def task(code: str, text: str, subjects: tuple[str, ...] = (), plan: str = "plan", lang: str = "vi") -> Item:
    return Item(f"{plan}/{code}", TASK, code, text, lang, loaded=True, subjects=set(subjects))


def crosswalk(new: list[Item], earlier: list[Item], linked: tuple[tuple[str, str, str, str], ...] = ()) -> Crosswalk:
    return propose(Round(Side("new", "AB/C/XXX/CO/2", "x", items=new), Side("old", "AB/C/XXX/CO/1", "x", items=earlier)), linked)


def test_the_same_words_again_are_a_repetition() -> None:
    found = crosswalk([rec("5", PRESS), rec("7", PRISONS)], [old("9", PRISONS), old("4", TORTURE)])
    (one,) = found.proposals
    assert (one.predicate, one.new.code, one.old.code, one.extent, one.method) == (REPEATS, "7", "9", "whole", "similar-words")
    assert one.score > 0.9 and one.quoted == (PRISONS, PRISONS)
    assert [item.code for item in found.new] == ["5"] and [item.code for item in found.dropped] == ["4"]


def test_other_endings_are_nearly_the_same_words() -> None:
    again = "State parties should revise their press laws, so that newspapers are closed by courts only."
    (one,) = crosswalk([rec("5", again), rec("6", VOTES)], [old("9", PRESS), old("4", TORTURE)]).proposals
    assert (one.new.code, one.old.code) == ("5", "9")


def test_one_of_three_parts_is_a_narrower_one_and_the_others_are_named() -> None:
    parts = {"a": "Cut down the list of crimes that carry the death penalty;", "b": "Publish figures on executions every year;",
             "c": "Open a debate on abolition."}
    figures = "The State party should publish figures on executions every year."
    earlier = [old("9", "The State party should:", parts=parts), old("4", TORTURE)]
    (one,) = crosswalk([rec("5", figures), rec("6", VOTES)], earlier).proposals
    assert (one.extent, one.left_out) == ("narrower", ("a", "c"))
    assert one.quoted[1] == "(b) Publish figures on executions every year;"
    assert "publish figures on executions every year" in one.shared


def test_more_than_before_is_wider_and_something_else_besides_is_in_part() -> None:
    earlier = [old("9", PRESS), old("4", TORTURE)]
    longer = f"{PRESS} It should also free journalists, lower the fees of new papers and let foreign reporters travel freely."
    (one,) = crosswalk([rec("5", longer), rec("6", VOTES)], earlier).proposals
    assert one.extent == "wider"
    half = "The State party should make torture a crime of its own and pay doctors who examine detainees."
    (other,) = crosswalk([rec("5", half), rec("6", VOTES)], earlier).proposals
    assert (other.old.code, other.extent) == ("4", "partly")


def test_what_has_nothing_in_common_is_new_and_dropped() -> None:
    found = crosswalk([rec("5", VOTES)], [old("9", PRESS)])
    assert not found.proposals and [item.code for item in (*found.new, *found.dropped)] == ["5", "9"]


def test_a_reference_counts_whatever_the_words() -> None:
    new = rec("11", VOTES, more="The Committee recalls its recommendation (AB/C/XXX/CO/1, paras. 9 and 12) with regret.")
    (one,) = crosswalk([new], [old("9", PRESS), old("4", TORTURE)]).proposals
    assert (one.old.code, one.method, one.score, one.extent) == ("9", "names-the-instrument", 0.95, "")
    assert one.quoted[0] == "AB/C/XXX/CO/1, paras. 9 and 12"
    # Another document is another document
    assert not crosswalk([rec("11", VOTES, more="(AB/C/YYY/CO/1, para. 9)")], [old("9", PRESS)]).proposals


def test_a_subject_of_ours_in_place_of_words_says_nothing_of_the_extent() -> None:
    subject = Item("old/24", RECOMMENDATION, "24", "Death penalty", "en", subjects={"article/6", "theme/death-penalty"})
    new = rec("5", "The State party should publish figures on death sentences.", ("article/6", "theme/death-penalty"),
              more="The death penalty stays secret.")
    (one,) = crosswalk([new, rec("6", VOTES)], [subject, old("4", TORTURE)]).proposals
    assert (one.old.code, one.extent, one.subjects) == ("24", "", ("article/6", "theme/death-penalty"))


def test_a_pair_that_somebody_rejected_is_not_proposed_again_and_one_that_was_accepted_is_taken_up() -> None:
    new, earlier = [rec("7", PRISONS)], [old("9", PRISONS)]
    rejected = crosswalk(new, earlier, (("new/7", REPEATS, "old/9", "rejected"),))
    assert not rejected.proposals and len(rejected.new) == len(rejected.dropped) == 1
    accepted = crosswalk(new, earlier, (("new/7", REPEATS, "old/9", "curated"),))
    assert not accepted.proposals and not accepted.new and not accepted.dropped
    # A link of the earlier one to something else says nothing
    other = crosswalk([rec("7", VOTES)], earlier, (("old/9", REPEATS, "older/2", "curated"),))
    assert [item.code for item in other.dropped] == ["9"]


def _round(tasks: list[Item], recommendations: list[Item]) -> Round:
    return Round(Side("new", "AB/C/XXX/CO/2", "x", items=recommendations), None, Side("plan", "9", "x", items=tasks))


def test_a_task_answers_what_it_names_by_number_or_by_subject() -> None:
    recommendations = [rec("7", PRESS, ("article/19",)), rec("9", TORTURE, ("article/7",)), rec("11", VOTES)]
    tasks = [task("I.1", "Sửa luật theo paragraphs 7 and 9"), task("I.2", "Chống tra tấn", ("article/7",)),
             task("I.3", "Việc khác")]
    found = propose(_round(tasks, recommendations), (), REFERENCE).of(ADDRESSES)
    assert {(one.new.code, one.old.code, one.method) for one in found} == {
        ("I.1", "7", "names-the-instrument"), ("I.1", "9", "names-the-instrument"), ("I.2", "9", "subject-of-paragraph")}
    assert next(one.quoted[0] for one in found if one.old.code == "7") == "paragraphs 7 and 9"


def test_tasks_of_two_plans_in_a_language_of_syllables() -> None:
    earlier = [task("A.1", "Nghiên cứu khả năng thành lập cơ quan nhân quyền quốc gia", plan="old"),
               task("A.2", "Tập huấn về quyền của người bị giam giữ cho cán bộ trại giam", plan="old")]
    new = [task("I.1", "Tiếp tục nghiên cứu khả năng thành lập cơ quan nhân quyền quốc gia độc lập"),
           task("I.2", "Xây dựng nhà tạm lánh cho nạn nhân bạo lực gia đình")]
    found = propose(Round(plan=Side("plan", "2", "x", items=new), earlier_plan=Side("old", "1", "x", items=earlier)), ())
    assert [(one.predicate, one.new.code, one.old.code) for one in found.proposals] == [(CARRIES, "I.1", "A.1")]
    assert [item.code for item in found.new] == ["I.2"] and [item.code for item in found.dropped] == ["A.2"]


@pytest.mark.parametrize("text", ["", " ", "…", "5."])
def test_texts_without_words_do_no_harm(text: str) -> None:
    found = crosswalk([rec("5", text)], [old("9", text or PRESS)])
    assert all(0 <= one.score <= 1 for one in found.proposals)


TEXTS = st.text(alphabet="abcđ ê.,;\n", max_size=60)


@given(TEXTS, TEXTS)
def test_covers_are_shares_and_quotations_are_verbatim(one: str, other: str) -> None:
    weights = Weights([one, other])
    assert 0 <= weights.cover(one, other) <= 1 + 1e-9
    if words_of(one):
        assert weights.cover(one, one) == pytest.approx(1)
    quoted = weights.quotation(one, other)
    assert quoted in one and len(quoted) <= MOST_QUOTED
