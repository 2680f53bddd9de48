"""What a search of the graph of Viet Nam finds, in which order, and how it is shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.errors import UserError
from pactgraph.search import Found, Index, Wanted, narrowed, search, suggest
from pactgraph.search.index import SECONDS
from pactgraph.search.rank import Tier, ranked

BASE = "https://w3id.org/pactgraph/"
ARTICLE, PARAGRAPH = f"{BASE}id/treaty/iccpr/article/19", f"{BASE}id/un/rec/ccpr-c-vnm-co-3/24"
TASK, PLAN = f"{BASE}id/vnm/task/1252-qd-ttg-2019/A.II.1.1", f"{BASE}id/vnm/plan/1252-qd-ttg-2019"
LAW, BODY, ENDED = f"{BASE}id/vnm/law/24-2018-qh14", f"{BASE}id/vnm/body/mps", f"{BASE}id/vnm/body/molisa"
HOSTILE = ['"', "*", "NEAR(", "NEAR(a b, 2)", "a* OR b*", "a AND", "NOT a", "names:a", "{names}: a", "^a", "a + b", "-a", "(((",
           "'; DROP TABLE thing; --", "\x00", "a\x00b", "%", "_", "\\", "\ud800", "\u202e", "🏛", "٣", "́", "a" * 999]


def found(index: Index, text: str, lang: str = "vi", **only: str) -> Found:
    return search(index, Wanted(text, lang, narrowed(index, only)))


def shown(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces)


@pytest.mark.parametrize(("text", "first"), [
    ("CCPR/C/VNM/CO/3 24", PARAGRAPH), ("CCPR/C/VNM/CO/3/24", PARAGRAPH), ("ccpr c vnm co 3 24", PARAGRAPH),
    ("CCPR/C/VNM/CO/3, para. 24", PARAGRAPH), ("CCPR/C/VNM/CO/3", f"{BASE}id/un/doc/ccpr-c-vnm-co-3"),
    ("dieu 19", ARTICLE), ("Điều 19", ARTICLE), ("article 19", ARTICLE), ("art 19", ARTICLE), ("art. 19 ICCPR", ARTICLE),
    ("ICCPR/19", ARTICLE), ("A.II.1.1", TASK), ("1252/QĐ-TTg A.II.1.1", TASK), ("1252/QĐ-TTg", PLAN), ("1252/QĐ–TTg", PLAN),
    ("1252 qd ttg", PLAN), ("Quyết định số 1252/QĐ-TTg", PLAN), ("24/2018/QH14", LAW), ("luat an ninh mang", LAW),
    ("bo cong an", BODY), ("Bộ Công an", BODY), ("BỘ CÔNG AN", BODY), (unicodedata.normalize("NFD", "Bộ Công an"), BODY),
    ("MPS", BODY), ("mps", BODY), ("Ministry of Public Security", BODY), (BODY, BODY),
    ("bo lao dong", ENDED), ("Bộ Lao động – Thương binh và Xã hội", ENDED),
    ("General comment No. 34", f"{BASE}id/un/doc/ccpr-c-gc-34"), ("upr 4", f"{BASE}id/vnm/cycle/upr-4"),
    ("pg:versionOf", f"{BASE}ontology/versionOf"), ("tra tan", f"{BASE}id/un/subject/ccpr-c-vnm-co-4/torture"),
])
def test_the_exact_thing_comes_first(index: Index, text: str, first: str) -> None:
    hits = found(index, text).hits
    assert hits[0].iri == first, [hit.iri for hit in hits[:5]]


def test_words_of_names_come_before_words_of_texts(index: Index) -> None:
    tiers = [match.tier for match in ranked(index, "nhan quyen")]
    assert len(tiers) > 100 and tiers == sorted(tiers)
    assert {Tier.PHRASE, Tier.WORDS_IN_TEXT} <= set(tiers)


def test_who_writes_diacritics_means_them(index: Index) -> None:
    with_them, without = (search(index, Wanted(text, "vi", size=1000)) for text in ("bảo vệ", "bao ve"))
    assert with_them.total == without.total
    names = [hit.shown.label.text.lower() for hit in with_them.hits]
    assert "bảo vệ" in names[0]


def test_the_spelling_of_a_tone_does_not_matter(index: Index) -> None:
    old, new = (found(index, text) for text in ("Toà án nhân dân", "Tòa án nhân dân"))
    assert old.hits == new.hits and old.total == new.total > 3


def test_a_body_of_today_is_found_by_the_name_of_one_that_it_took_over_from(index: Index) -> None:
    hits = found(index, "Bộ Lao động Thương binh", kind="body").hits
    of_today = next(hit for hit in hits if hit.iri == f"{BASE}id/vnm/body/moha")
    assert hits[0].iri == ENDED
    assert of_today.shown.role == "former" and "Thương binh" in of_today.shown.text


def test_a_task_is_found_by_its_body_and_its_result(index: Index) -> None:
    hits = found(index, "bo cong an", kind="task", **{"in": "1252-qd-ttg-2019"}).hits
    passages = {(hit.shown.role, shown(hit.shown.passage), hit.shown.passage_lang) for hit in hits}
    assert ("bearer", "[Bộ Công an]", "vi") in passages


def test_names_are_in_the_readers_language_and_passages_say_theirs(index: Index) -> None:
    hit = found(index, "article 19", "vi").hits[0]
    assert (hit.shown.label.text, hit.shown.label.lang) == ("Điều 19: Tự do ngôn luận và biểu đạt", "vi")
    assert shown(hit.shown.passage).startswith("[Article 19]:") and hit.shown.passage_lang == "en"
    assert hit.shown.code == "ICCPR/19"
    assert found(index, "dieu 19", "en").hits[0].shown.label.lang == "en"


def test_a_long_text_is_cut_around_the_words(index: Index) -> None:
    for hit in found(index, "quyen").hits:
        assert "[" in shown(hit.shown.name) + shown(hit.shown.passage)
        assert len(hit.shown.text) < 240 and sum(len(piece.text) for piece in hit.shown.name) < 240


# Facets and pages ----------------------------------------------------------------------------------------------------

def test_facets_count_what_they_lead_to(index: Index) -> None:
    whole = found(index, "nhan quyen")
    assert sum(value.count for value in whole.facets["kind"]) <= whole.total
    for facet, values in whole.facets.items():
        for value in values[:4]:
            assert found(index, "nhan quyen", **{facet: value.value}).total == value.count, (facet, value)


def test_facets_narrow_together(index: Index) -> None:
    both = found(index, "bo cong an", kind="task", **{"in": "1252-qd-ttg-2019"})
    assert 0 < both.total < both.without
    assert {hit.kind for hit in both.hits} == {"task"}
    assert len(both.facets["kind"]) > 1  # what one could choose in its place


def test_what_is_of_no_state_is_of_interest_to_all(index: Index) -> None:
    hits = found(index, "dieu 19", country="vnm").hits
    assert hits[0].iri == ARTICLE


def test_an_unknown_value_names_the_known_ones(index: Index) -> None:
    with pytest.raises(UserError) as told:
        narrowed(index, {"kind": "tsak"})
    assert told.value.key == "search-facet" and "task" in told.value.message("vi")


def test_pages_make_the_whole(index: Index) -> None:
    whole = [match.iri for match in ranked(index, "tu do")]
    pages = [search(index, Wanted("tu do", "vi", page=number, size=7)) for number in range(1, len(whole) // 7 + 2)]
    assert [hit.iri for page in pages for hit in page.hits] == whole
    assert search(index, Wanted("tu do", "vi", page=10**6, size=7)).hits == pages[-1].hits  # the last there is


# Nothing found, and what must not be -----------------------------------------------------------------------------------

def test_a_misspelt_word_is_mended(index: Index) -> None:
    nothing = found(index, "nhna quyne")
    assert nothing.total == 0 and nothing.suggestions[0][0] == "nhân quyền"
    assert found(index, "nhân quyền").total == nothing.suggestions[0][1]
    assert found(index, "freedom of expresion", "en").suggestions[0][0] == "freedom expression"


def test_where_nothing_can_be_mended_fewer_words_are_offered(index: Index) -> None:
    assert [text for text, _ in found(index, "kazakhstan xqzwvjk").suggestions] == ["kazakhstan"]
    assert found(index, "xqzwvjk").suggestions == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_searches_are_searches(index: Index, text: str) -> None:
    before = index.size
    for answer in (found(index, text).total, len(suggest(index, text, "vi"))):
        assert answer >= 0
    assert index.size == before > 2000


def test_a_search_that_is_too_long_is_refused(index: Index) -> None:
    for ask in (lambda: found(index, "a" * 100_000), lambda: suggest(index, "a " * 600, "en")):
        with pytest.raises(UserError) as told:
            ask()
        assert told.value.key == "search-too-long"


def test_a_search_that_takes_too_long_is_ended(index: Index) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(UserError) as told, index.asking(0.05):
        index.rows(endless)
    assert told.value.key == "search-time"
    assert found(index, "mps").total and SECONDS < 5


@given(st.text(max_size=200))
def test_any_text_is_a_search(index: Index, text: str) -> None:
    assert found(index, text).total >= 0


def bare(text: str) -> str:
    """A text as somebody without a Vietnamese keyboard types it; worked out apart from the program's way."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d"))
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn").lower()


@given(st.data())
def test_any_label_finds_its_thing_by_its_bare_form(index: Index, data: st.DataObject) -> None:
    labels = index.rows("SELECT iri, text FROM text JOIN thing ON id = thing WHERE role IN ('name', 'label', 'other-name') "
                        "AND length(text) < 900 ORDER BY iri, text")
    iri, label = data.draw(st.sampled_from(labels))
    best = [match.iri for match in ranked(index, bare(label)) if match.tier <= Tier.NAME]
    assert iri in best


def test_a_misprinted_number_finds_its_plan_and_is_not_shown_as_its_code(index: Index) -> None:
    hit = found(index, "125/LQĐ-TTg").hits[0]
    assert (hit.iri, hit.shown.code) == (PLAN, "1252/QĐ-TTg")
    labels = {value.value: value.label for value in found(index, "quyen").facets["in"]}
    assert labels[PLAN] is not None and labels[PLAN].code == "1252/QĐ-TTg"
