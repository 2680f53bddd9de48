"""UPR cycle II of Viet Nam: the tables of our words, links and repeats against the text of the report A/HRC/26/6.

The report is not part of the project. Where its recommendations stand beside the checkout as a table, ours are compared with
them; spaces are not compared, because the file of the report breaks words ("freedom of exp ression").
"""

from __future__ import annotations

import csv
import re
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
UN = HERE.parents[2] / "data" / "un"
FOLDER = UN / "a-hrc-26-6"
TEXTS = HERE.parents[3] / "shared" / "datasets"
ABSENT = "the recommendations of the report do not stand in ../shared/datasets"

# Names of treaties and bodies are the same for everybody; nothing else of the report is repeated at length.
NAMES = ("Optional Protocol to the Convention against Torture", "Convention on the Rights of the Child",
         "Working Group on Arbitrary Detention")
LONGEST_RUN = 5
RANGES = {"curated": (Decimal("0.70"), Decimal("0.95")), "proposed": (Decimal("0.30"), Decimal("0.60"))}
METHODS = {"names-the-right", "names-the-instrument", "subject-of-paragraph", "general-duty"}


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(target: str) -> str:
    """The number that a target names: a-hrc-12-11/63/c is 63(c)."""
    return re.sub(r"/([a-z])$", r"(\1)", target.removeprefix("a-hrc-12-11/"))


SUMMARIES, ALL_LINKS = table("summaries.csv"), table("rec_links.csv")
LINKS = [row for row in ALL_LINKS if row["predicate"] == "concernsProvision"]
REPEATS = [row | {"later": row["paragraph"], "earlier": written(row["target"])} for row in ALL_LINKS
           if row["predicate"] == "repeats"]


def squeezed(text: str) -> str:
    return "".join(text.split())


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def copied_runs(summary: str, told: str) -> list[list[str]]:
    """The runs of more than LONGEST_RUN words of a summary that stand in a text; names of treaties and bodies excepted."""
    for name in NAMES:
        summary = summary.replace(name, "|")
    found = []
    for piece in summary.split("|"):
        words = piece.split()
        runs = (words[at:at + LONGEST_RUN + 1] for at in range(len(words) - LONGEST_RUN))
        found += [run for run in runs if letters(" ".join(run)) in told]
    return found


def recommendations(name: str) -> dict[str, str]:
    """The text of every numbered recommendation of a report, as somebody parsed it."""
    path = TEXTS / name
    if not path.is_file():
        pytest.skip(ABSENT)
    with path.open(encoding="utf-8", newline="") as file:
        return {row["rec_no"]: row["text_extracted"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def report() -> dict[str, str]:
    found = recommendations("A_HRC_26_6_vn_recommendations_parsed.csv")
    assert len(found) == 227
    return found


# Against the report -----------------------------------------------------------------------------------------------

def test_every_number_exists_in_the_report(report: dict[str, str]) -> None:
    told = {row["number"] for row in SUMMARIES} | {row["paragraph"] for row in LINKS} | {row["later"] for row in REPEATS}
    assert told <= report.keys()


@pytest.mark.parametrize("row", ALL_LINKS, ids=lambda row: f"{row['paragraph']}-{row['target']}")
def test_a_quotation_stands_in_its_recommendation(report: dict[str, str], row: dict[str, str]) -> None:
    assert squeezed(row["quotation"]) in squeezed(report[row["paragraph"]])


def test_no_summary_repeats_a_long_run_of_the_report(report: dict[str, str]) -> None:
    told = letters("|".join(report.values()))
    assert {row["number"]: runs for row in SUMMARIES if (runs := copied_runs(row["summary_en"], told))} == {}


def test_the_persons_whom_a_recommendation_names_are_not_named(report: dict[str, str]) -> None:
    names = set(re.findall(r"[A-Z]\w+", report["143.118"].partition("such as")[2].partition("(")[0]))
    assert len(names) > 10
    summary = next(row for row in SUMMARIES if row["number"] == "143.118")
    ours = [summary["summary_en"], *(row["quotation"] for row in LINKS if row["paragraph"] == "143.118")]
    assert names & set(re.findall(r"\w+", " ".join(ours))) == set()


def test_what_is_repeated_is_a_recommendation_of_the_first_review() -> None:
    earlier = recommendations("A_HRC_12_11_vn_recommendations_parsed.csv").keys()
    assert {row["earlier"] for row in REPEATS if "(" not in row["earlier"]} <= earlier


# Without the report -----------------------------------------------------------------------------------------------

def test_a_copied_run_is_found_across_broken_words_and_a_name_is_not_one() -> None:
    told = letters("Take steps to rati fy the Convention on the Rights of the Child in good time")
    assert copied_runs("Take steps to ratify the Convention.", told) == [["Take", "steps", "to", "ratify", "the", "Convention."]]
    assert copied_runs("Join the Convention on the Rights of the Child.", told) == []


def test_a_repeated_letter_of_the_dialogue_is_one_that_did_not_enjoy_support() -> None:
    with (UN / "a-hrc-12-11" / "recommendations.csv").open(encoding="utf-8", newline="") as file:
        known = {row["number"] for row in csv.DictReader(file) if row["position"] == "not-supported"}
    assert {row["earlier"] for row in REPEATS if "(" in row["earlier"]} <= known


def test_every_recommendation_has_one_summary_in_both_languages() -> None:
    assert len({row["number"] for row in SUMMARIES}) == len(SUMMARIES) == 191
    for lang in ("en", "vi"):
        assert len({row[f"summary_{lang}"] for row in SUMMARIES}) == len(SUMMARIES)
    for row in SUMMARIES:
        assert 6 <= len(row["summary_en"].split()) <= 25, row["number"]
        assert 6 <= len(row["summary_vi"].split()) <= 45, row["number"]
        assert row["summary_vi"] == unicodedata.normalize("NFC", row["summary_vi"])


def test_a_link_is_short_evidence_with_a_confidence_that_fits_its_status() -> None:
    assert len({(row["paragraph"], row["target"]) for row in LINKS}) == len(LINKS) == 238
    assert {row["paragraph"] for row in LINKS} <= {row["number"] for row in SUMMARIES}
    for row in LINKS:
        low, high = RANGES[row["status"]]
        assert low <= Decimal(row["confidence"]) <= high, row
        assert row["method"] in METHODS and row["predicate"] == "concernsProvision", row
        assert row["source"] == f"A/HRC/26/6, para. {row['paragraph']}", row
        assert 1 <= len(row["quotation"].split()) <= 6, row
        assert bool(row["note_en"]) == bool(row["note_vi"]), row
        # An inference says of itself that it is one.
        assert (row["status"] == "proposed") == row["note_en"].startswith("Inference:"), row
        assert (row["status"] == "proposed") == row["note_vi"].startswith("Suy luận:"), row


def test_a_repeat_names_each_later_recommendation_once_and_says_what_is_the_same() -> None:
    assert len({row["later"] for row in REPEATS}) == len(REPEATS) == 43
    assert {row["later"] for row in REPEATS} <= {row["number"] for row in SUMMARIES}
    for row in REPEATS:
        assert row["method"] == ("same-demand" if row["status"] == "curated" else "subject-of-paragraph"), row
        assert 1 <= len(row["quotation"].split()) <= 6, row
        low, high = RANGES[row["status"]]
        assert low <= Decimal(row["confidence"]) <= high, row
        assert re.fullmatch(r"\d+\.\d+|\d+\([a-z]\)", row["earlier"]), row
        opening = ("Both ", "Cả hai ") if row["status"] == "curated" else ("Same subject:", "Cùng chủ đề:")
        assert (row["note_en"].startswith(opening[0]), row["note_vi"].startswith(opening[1])) == (True, True), row
