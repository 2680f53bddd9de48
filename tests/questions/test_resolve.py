"""A user's word finds its thing, or the user is told what comes near."""

from __future__ import annotations

import pytest

from pactgraph.errors import UserError
from pactgraph.questions.resolve import resolve

BASE = "https://w3id.org/pactgraph/id/"
TASK_ONE, TASK_TWO = "xyz/task/1-qd-2019/", "xyz/task/2-qd-2024/"


@pytest.mark.parametrize(("kind", "word", "found"), [
    ("pg:Agent", "moj", "xyz/body/moj"),
    ("pg:Agent", "MOJ", "xyz/body/moj"),
    ("pg:Agent", " moj ", "xyz/body/moj"),
    ("pg:Agent", "body/moj", "xyz/body/moj"),
    ("pg:Agent", BASE + "xyz/body/moj", "xyz/body/moj"),
    ("pg:Agent", "Bộ Tư pháp", "xyz/body/moj"),
    ("pg:Agent", "bo tu phap", "xyz/body/moj"),
    ("pg:Agent", "Ministry of Justice", "xyz/body/moj"),
    ("pg:Agent", "Các bộ liên quan", "xyz/body/group-rel"),
    ("pg:Agent", "bộ đại chúng", "xyz/body/mci"),
    ("pg:Agent", "BO DAI CHUNG", "xyz/body/mci"),
    ("pg:ImplementationPlan", "1/QĐ-TTg", "xyz/plan/1-qd-2019"),
    ("pg:ImplementationPlan", "1/qd-ttg", "xyz/plan/1-qd-2019"),
    ("pg:ImplementationPlan", "1/QĐ–TTg", "xyz/plan/1-qd-2019"),
    ("pg:ImplementationPlan", "1-qd-2019", "xyz/plan/1-qd-2019"),
    ("pg:ImplementationPlan", "1", "xyz/plan/1-qd-2019"),
    ("pg:Article", "19", "treaty/iccpr/article/19"),
    ("pg:Article", "ICCPR/19", "treaty/iccpr/article/19"),
    ("pg:Article", "iccpr/19", "treaty/iccpr/article/19"),
    ("pg:Article", "Điều 19", "treaty/iccpr/article/19"),
    ("pg:Article", "dieu 6", "treaty/iccpr/article/6"),
    ("pg:Article", "article 19", "treaty/iccpr/article/19"),
    ("pg:Recommendation", "CCPR/C/XYZ/CO/1/8", "un/rec/ccpr-c-xyz-co-1/8"),
    ("pg:Recommendation", "CO/1/8", "un/rec/ccpr-c-xyz-co-1/8"),
    ("pg:Recommendation", "8", "un/rec/ccpr-c-xyz-co-1/8"),
    ("pg:PlanItem", "A.2", TASK_ONE + "A.2"),
    ("pg:PlanItem", "B.đ", TASK_TWO + "B.dd"),
    ("pg:PlanItem", "B.dd", TASK_TWO + "B.dd"),
    ("pg:PlanItem", "b.Đ", TASK_TWO + "B.dd"),
    ("pg:PlanItem", "1-qd-2019/A.1", TASK_ONE + "A.1"),
    ("pg:PlanItem", "III.1", "xyz/duty/1-qd-2019/III.1"),
    ("pg:Law", "10/2010/QH", "xyz/law/10-2010"),
    ("pg:Law", "luật trẻ em", "xyz/law/luat-tre-em"),
    ("pg:SourceDocument", "decision-1", "xyz/source/decision-1"),
    ("", "mli", "xyz/body/mli"),
    ("", "ICCPR", "treaty/iccpr"),
    ("", "CO/1/8(a)", "un/rec/ccpr-c-xyz-co-1/8/a"),
    ("", "A.2", TASK_ONE + "A.2"),
])
def test_found(store, kind, word, found):
    assert resolve(store, kind, word) == BASE + found


@pytest.mark.parametrize(("kind", "word", "near"), [
    ("pg:Agent", "mojj", "moj"),
    ("pg:Agent", "Bộ Tư phap Xyz", "Bộ Tư pháp"),
    ("pg:Agent", "Tư pháp", "Bộ Tư pháp"),
    ("pg:Article", "61", "6"),
    ("pg:Agent", "ICCPR/19", "–"),
    ("pg:Agent", "", "–"),
    ("pg:Agent", BASE + "xyz/body/none", "–"),
    ("pg:Nothing", "moj", "–"),
])
def test_unknown(store, kind, word, near):
    with pytest.raises(UserError) as error:
        resolve(store, kind, word)
    assert error.value.key == "thing-unknown"
    assert near in error.value.values["near"].split(", ")
    for lang in ("vi", "en"):
        assert word in error.value.message(lang)


@pytest.mark.parametrize(("kind", "word", "found"), [
    ("pg:PlanItem", "A.1", [TASK_ONE + "A.1", TASK_TWO + "A.1"]),
    ("", "6", ["treaty/iccpr/article/6", "un/rec/ccpr-c-xyz-co-1/6"]),
])
def test_ambiguous(store, kind, word, found):
    with pytest.raises(UserError) as error:
        resolve(store, kind, word)
    assert error.value.key == "thing-ambiguous"
    assert sorted(error.value.values["found"].split(", ")) == sorted(found)
    for way_out in found:
        assert resolve(store, kind, way_out) == BASE + way_out


def test_a_word_is_never_query_text(store):
    with pytest.raises(UserError):
        resolve(store, "pg:Agent", 'moj" } ; DROP ALL #')
