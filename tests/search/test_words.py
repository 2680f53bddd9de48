"""What counts as the same word, and how near another one is. All expected values are written by hand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.search.near import distance, grams
from pactgraph.search.words import code_keys, composed, cut, is_marked, key, marked, places, words


@pytest.mark.parametrize(("written", "compared"), [
    ("Bộ Công an", ["bo", "cong", "an"]),
    ("BỘ CÔNG AN", ["bo", "cong", "an"]),
    ("Điều 19", ["dieu", "19"]),
    ("ÐIỀU 19", ["dieu", "19"]),  # the letter eth, as old fonts write Đ
    ("đ", ["d"]),
    ("Toà án", ["toa", "an"]),
    ("Tòa án", ["toa", "an"]),
    ("Uỷ ban", ["uy", "ban"]),
    ("Ủy ban", ["uy", "ban"]),
    ("1252/QĐ-TTg", ["1252", "qd", "ttg"]),
    ("1252/QĐ–TTg", ["1252", "qd", "ttg"]),
    ("CCPR/C/VNM/CO/3, para. 24", ["ccpr", "c", "vnm", "co", "3", "paragraph", "24"]),
    ("A.II.1.1", ["a", "ii", "1", "1"]),
    ("art. 19", ["article", "19"]),
    ("Arts. 9, 14", ["article", "9", "14"]),
    ("e-mail_address", ["e", "mail", "address"]),
    ("ｆｕｌｌ", ["full"]),
    ("Straße", ["strasse"]),
    ("\x00\x07 * \" NEAR(", ["near"]),
    ("", []),
])
def test_words_as_they_are_compared(written: str, compared: list[str]) -> None:
    assert words(written) == compared
    assert words(unicodedata.normalize("NFD", written)) == compared


def test_words_that_say_nothing_do_not_tell_names_apart() -> None:
    assert key("General comment No. 34") == key("general comment 34") == "general comment 34"
    assert key("Quyết định số 1252/QĐ-TTg") == "quyet dinh 1252 qd ttg"
    assert key("The") == "the"  # nothing else is left


def test_the_codes_that_a_text_may_mean() -> None:
    assert "1252 qd ttg" in code_keys("Quyết định số 1252/QĐ-TTg")
    assert "ccpr c vnm co 3 24" in code_keys("CCPR/C/VNM/CO/3, para. 24")
    assert "iccpr 19" in code_keys("art. 19 ICCPR")
    assert code_keys("Bộ Công an") == set() and code_keys("") == set()


def test_marks_tell_words_apart_but_not_the_place_of_the_tone() -> None:
    def as_marked(text: str) -> list[str]:
        return marked(cut(composed(text)))

    assert as_marked("Toà Uỷ") == as_marked("tòa ủy") == as_marked(unicodedata.normalize("NFD", "TÒA ỦY"))
    assert as_marked("báo") != as_marked("bảo") != as_marked("bao")
    assert is_marked(cut("bảo")) and not is_marked(cut("bao 19"))


def test_places_point_at_the_words() -> None:
    text = "Điều 19: Tự do"
    assert [text[place.start : place.end] for place in places(text)] == ["Điều", "19", "Tự", "do"]


@given(st.text())
def test_words_hold_letters_and_digits_alone_and_stay_as_they_are(text: str) -> None:
    found = words(text)
    assert all(word and word.isalnum() for word in found)
    assert words(" ".join(found)) == found


@pytest.mark.parametrize(("one", "other", "steps"), [
    ("quyen", "quyen", 0), ("quyne", "quyen", 1), ("quye", "quyen", 1), ("quyenn", "quyen", 1), ("kuyen", "quyen", 1),
    ("", "abc", 3), ("abc", "cab", 2), ("torutre", "torture", 1),
])
def test_the_distance_of_words(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == distance(other, one) == steps


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_distance_is_none_only_for_the_same_word(one: str, other: str, third: str) -> None:
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= max(len(one), len(other))
    assert abs(len(one) - len(other)) <= distance(one, other)


def test_runs_of_letters() -> None:
    assert grams("quyen") == {"^qu", "quy", "uye", "yen", "en$"}
    assert grams("a") == {"^a$"}
