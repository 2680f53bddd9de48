"""UPR cycle I of Viet Nam: the tables of our words and links against the text of the report A/HRC/12/11.

The report is not part of the project. Where its PDF file stands beside the checkout the tables are compared with it; the
spaces of the file are not compared, because it breaks words ("forced la bour").
"""

from __future__ import annotations

import csv
import re
import unicodedata
import zlib
from decimal import Decimal
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
FOLDER = HERE.parents[2] / "data" / "un" / "a-hrc-12-11"
PDF = HERE.parents[3] / "shared" / "datasets" / "A_HRC_12_11_VietNam_2009.pdf"

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
SHOWN = re.compile(rb"\((?P<text>(?:\\.|[^\\()])*)\)|\bT[dDm]\b|T\*|\bET\b", re.DOTALL)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
NUMBER = re.compile(r"(?P<paragraph>\d+)(?:\.(?P<item>\d+)|\((?P<letter>[a-z])\))?")

# Names of treaties are the same for everybody; nothing else of the report is repeated at length.
NAMES = ("Convention on the Rights of Persons with Disabilities", "Rome Statute of the international criminal court")
LONGEST_RUN = 6
RANGES = {"curated": (Decimal("0.70"), Decimal("0.95")), "proposed": (Decimal("0.30"), Decimal("0.60"))}


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SUMMARIES, LINKS = table("summaries.csv"), table("rec_links.csv")
DIALOGUE = [row for row in table("recommendations.csv") if row["position"] == "not-supported"]
STATES = {row["code"]: [row["name_en"], *row["other_names"].split(";")] for row in table("../states.csv")}


# The report -------------------------------------------------------------------------------------------------------

def _escaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 8)]) if match[1].isdigit() else match[1]


def pdf_text(path: Path) -> str:
    """What the pages of this PDF file show, in order, with single spaces (a simple file: one encoding, packed pages)."""
    shown: list[str] = []
    for stream in STREAM.finditer(path.read_bytes()):
        try:
            page = zlib.decompressobj().decompress(stream[1])
        except zlib.error:
            continue
        if b"BT\n" in page and b" Tf" in page:
            for part in SHOWN.finditer(page):
                text = part["text"]
                shown.append(" " if text is None else ESCAPE.sub(_escaped, text).decode("cp1252", "replace"))
    return " ".join("".join(shown).split())


def between(text: str, opening: str, closing: str) -> str:
    """The words from one pattern up to the next place of another."""
    start = re.search(opening, text)
    assert start, f"{opening} does not stand in the report"
    end = re.search(closing, text[start.end():])
    return text[start.start():start.end() + end.start()] if end else text[start.start():]


def passage(report: str, number: str) -> str:
    """The words of a paragraph ``67``, an item ``99.4`` or a letter ``61(c)``."""
    match = NUMBER.fullmatch(number)
    assert match, number
    paragraph = int(match["paragraph"])
    text = between(report, rf"(?<= ){paragraph}\. (?=[A-Z])", rf" {paragraph + 1}\. (?=[A-Z])")
    if match["item"]:
        text = text[text.index(":") + 1:]
        return between(text, rf"(?<= ){match['item']}\. (?=[A-Z])", rf" {int(match['item']) + 1}\. (?=[A-Z])")
    if match["letter"]:
        return between(text, rf"\({match['letter']} ?\)", rf"\({chr(ord(match['letter']) + 1)} ?\)")
    return text


def squeezed(text: str) -> str:
    return "".join(text.split())


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


@pytest.fixture(scope="module")
def report() -> str:
    if not PDF.is_file():
        pytest.skip("the report A/HRC/12/11 does not stand in ../shared/datasets")
    # 72,998 characters, counted in what another reader of PDF files makes of the same file.
    text = pdf_text(PDF)
    assert len(squeezed(text)) == 72_998
    return text


# Against the report -----------------------------------------------------------------------------------------------

def test_the_dialogue_holds_exactly_the_letters_that_paragraph_102_names(report: str) -> None:
    named = []
    for group in re.finditer(r"(\d+) ((?:\([a-z]\)[, and]*)+)", passage(report, "102")):
        named += [f"{group[1]}({letter})" for letter in re.findall(r"\(([a-z])\)", group[2])]
    assert [row["number"] for row in DIALOGUE] == named
    assert len(named) == 45


def test_the_recommending_state_is_named_in_the_paragraph(report: str) -> None:
    for row in DIALOGUE:
        paragraph = passage(report, row["number"].partition("(")[0])
        assert all(any(name and name in paragraph for name in STATES[code]) for code in row["states"].split(";")), row["number"]


def test_every_number_exists_in_the_report(report: str) -> None:
    known = {row["number"] for row in DIALOGUE}
    known |= {f"{p}.{i}" for p, last in ((99, 93), (100, 2), (101, 5)) for i in range(1, last + 1)}
    assert {row["number"] for row in SUMMARIES} | {row["paragraph"] for row in LINKS} <= known
    assert all(len(passage(report, number)) > len(number) for number in known)


@pytest.mark.parametrize("row", LINKS, ids=lambda row: f"{row['paragraph']}-{row['target']}")
def test_a_quotation_stands_in_the_passage_that_its_source_names(report: str, row: dict[str, str]) -> None:
    document, _, number = row["source"].partition(", para. ")
    assert document == "A/HRC/12/11"
    assert squeezed(row["quotation"]) in squeezed(passage(report, number))


def test_no_summary_repeats_a_long_run_of_the_report(report: str) -> None:
    told = letters(report)
    for row in SUMMARIES:
        summary = row["summary_en"]
        for name in NAMES:
            summary = summary.replace(name, "|")
        for piece in summary.split("|"):
            words = piece.split()
            runs = (words[at:at + LONGEST_RUN + 1] for at in range(len(words) - LONGEST_RUN))
            assert [run for run in runs if letters(" ".join(run)) in told] == [], row["number"]


# Without the report -----------------------------------------------------------------------------------------------

def test_a_passage_is_found_by_paragraph_item_and_letter() -> None:
    text = "see 7. Norway asked (a) for one, (b ) for two. 8. The following: 1. First; 2. Second. 9. End"
    assert passage(text, "7").startswith("7. Norway") and "two" in passage(text, "7")
    assert passage(text, "7(a)") == "(a) for one, "
    assert passage(text, "8.1") == "1. First;"
    assert passage(text, "8.2") == "2. Second."


def test_every_recommendation_has_one_summary_in_both_languages() -> None:
    numbers = [row["number"] for row in SUMMARIES]
    assert len(numbers) == len(set(numbers)) == 116
    assert {row["number"] for row in DIALOGUE} <= set(numbers)
    for row in SUMMARIES:
        assert 6 <= len(row["summary_en"].split()) <= 25, row["number"]
        assert 6 <= len(row["summary_vi"].split()) <= 45, row["number"]
        assert row["summary_vi"] == unicodedata.normalize("NFC", row["summary_vi"])


def test_a_link_is_short_evidence_with_a_confidence_that_fits_its_status() -> None:
    assert len({(row["paragraph"], row["target"]) for row in LINKS}) == len(LINKS) == 114
    assert {row["paragraph"] for row in LINKS} <= {row["number"] for row in SUMMARIES}
    for row in LINKS:
        low, high = RANGES[row["status"]]
        assert low <= Decimal(row["confidence"]) <= high, row
        assert 1 <= len(row["quotation"].split()) <= 6, row
        assert bool(row["note_en"]) == bool(row["note_vi"]), row
        # An inference says of itself that it is one.
        assert (row["status"] == "proposed") == row["note_en"].startswith("Inference:"), row
        assert (row["status"] == "proposed") == row["note_vi"].startswith("Suy luận:"), row
