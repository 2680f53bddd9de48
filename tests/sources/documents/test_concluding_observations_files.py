"""Made-up concluding observations in the standard structure, in every format that is read."""

from __future__ import annotations

from pathlib import Path

import made_up_documents as made_up
import pytest

from pactgraph.errors import UserError
from pactgraph.sources.concluding import read_concluding_observations
from pactgraph.sources.documents.records import DocumentExport

FORMS = {"co.txt": made_up.OBSERVATIONS.encode, "co.docx": made_up.observations_docx, "co.html": made_up.observations_html,
         "co.pdf": made_up.observations_pdf}
KINDS = {"1": "introduction", "2": "introduction", "3": "positive-aspect", "4": "concern", "5": "recommendation", "6": "concern",
         "7": "recommendation", "8": "recommendation", "9": "dissemination", "10": "follow-up", "11": "dissemination"}


def _read(tmp_path: Path, data: bytes, name: str = "co.txt", symbol: str | None = None) -> DocumentExport:
    (tmp_path / name).write_bytes(data)
    return read_concluding_observations(tmp_path / name, symbol=symbol)


@pytest.fixture(params=FORMS)
def export(request: pytest.FixtureRequest, tmp_path: Path) -> DocumentExport:
    return _read(tmp_path, FORMS[request.param](), request.param)


def test_the_head_and_what_is_asked_for(export: DocumentExport) -> None:
    about = export.about
    assert (about["symbol"], about["body"], about["country"], about["session"]) == ("CCPR/C/XKA/CO/2", "CCPR", "Examplia", 141)
    assert about["next_report"] == "2030-07-26"
    assert [(asked["paragraph"], asked["due"]) for asked in about["follow_up"]] == [("5", "2026-07-26"), ("7", "2026-07-26")]
    assert export.issues == []


def test_paragraphs_parts_and_kinds(export: DocumentExport) -> None:
    assert {record.paragraph: record.type for record in export.records} == KINDS
    assert [(record.paragraph, record.part) for record in export.records if record.part] == [
        ("3", "a"), ("3", "b"), ("7", "a"), ("7", "b"), ("7", "c")]
    (first,) = [record for record in export.records if (record.paragraph, record.part) == ("7", "a")]
    assert first.text.endswith("(i) In mines; (ii) On building sites;")
    assert {record.more["subject"] for record in export.records if record.paragraph in "67"} == {"Life and its protection"}


def test_articles_in_brackets_are_proposed_with_their_words(export: DocumentExport) -> None:
    records = {record.paragraph: record.as_json("co") for record in export.records}
    assert [link["article"] for link in records["6"]["articles"]] == ["6", "7", "14"]
    first = records["6"]["articles"][0]
    assert first == {"article": "6", "status": "proposed", "words": "arts. 6, 7 and 14 (3)", "from_paragraph": "6",
                     "line": records["6"]["source"]["paragraph"]}
    # A recommendation without brackets of its own goes with the concern that it answers
    assert records["7"]["paired_with"] == "6" and records["7"]["articles"][2]["from_paragraph"] == "6"
    assert [link["article"] for link in records["8"]["articles"]] == ["19", "20", "21"]
    assert records["8"]["also"] == "concern" and records["8"]["paired_with"] is None
    assert records["5"]["follow_up"] and records["7"]["follow_up"] and not records["8"]["follow_up"]


def test_a_record_has_the_keys_of_the_contract(export: DocumentExport) -> None:
    record = export.as_json()["records"][0]
    assert list(record)[:15] == ["symbol", "paragraph", "part", "type", "body", "countries", "text", "positions",
                                 "recommending_states", "themes", "affected_persons", "sdgs", "session", "published",
                                 "annotation_id"]
    assert record["source"]["paragraph"] > 0


def test_what_is_out_of_order_is_told(tmp_path: Path) -> None:
    text = made_up.OBSERVATIONS.replace("9. The State party should make", "10. The State party should make").replace(
        "(b) Publish", "(d) Publish").replace("(art. 2)", "(art. 3 of the Optional Protocol)").replace(
        "paragraphs 5 (follow-up)", "paragraphs 77 (follow-up)")
    export = _read(tmp_path, text.encode())
    assert {issue.code for issue in export.issues} == {"co-gap", "co-twice", "co-part-gap", "co-articles"}
    (gap,) = [issue for issue in export.issues if issue.code == "co-gap"]
    assert (gap.found, gap.place.paragraph) == ("8 → 10", 31)


def test_a_symbol_may_be_given(tmp_path: Path) -> None:
    text = made_up.OBSERVATIONS.replace("CCPR/C/XKA/CO/2\n", "")
    with pytest.raises(UserError, match="--symbol"):
        _read(tmp_path, text.encode())
    assert _read(tmp_path, text.encode(), symbol="CCPR/C/XKA/CO/2").about["body"] == "CCPR"


def test_what_a_page_hides_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "co.html"
    file.write_bytes(made_up.observations_html())
    export = read_concluding_observations(file)
    assert "99" not in {record.paragraph for record in export.records}
    assert not any("script" in record.text for record in export.records)
