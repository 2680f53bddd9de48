"""Thematic lists: the three forms with rows of our own, the real files by counts that were read by hand, wrong cells."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import made_up_documents as made_up
import pytest

from pactgraph.sources.documents.records import DocumentExport
from pactgraph.sources.thematic_list import read_thematic_list
from pactgraph.sources.thematic_list.cells import recommending

DATASETS = Path(__file__).resolve().parents[4] / "shared" / "datasets"
OLD = ("Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation")
NEW = ("Recommendation and recommending State", "Position of the State under review", "Human rights themes and groups of persons",
       "Relevant SDGs")
SOURCE = "\nSource of Position: A/HRC/99/7/Add.1 - Para.3"
HEAD = "UPR of Examplia (3rd Cycle - 34th session)  Thematic list of recommendations"


def _read(tmp_path: Path, heading: tuple[str, ...], *rows: tuple[str, ...]) -> DocumentExport:
    (tmp_path / "list.docx").write_bytes(made_up.thematic_docx(HEAD, heading, rows))
    return read_thematic_list(tmp_path / "list.docx", states=frozenset({"france", "ukraine"}))


def test_the_form_of_2014(tmp_path: Path) -> None:
    export = _read(tmp_path, OLD, ("Theme: D25 Prohibition of torture",),
                   ("5.1 Train guards (France, Iran (Islamic Republic of));" + SOURCE, "Supported/Noted",
                    "D25 Prohibition of torture and cruel, inhuman or degrading treatment\nS16 SDG 16 - peace\n"
                    "Affected persons:\n- children", ""))
    (record,) = export.as_json()["records"]
    assert record["theme_codes"] == ["D25"] and record["sdgs"] == ["16 - peace"] and record["affected_persons"] == ["children"]
    assert record["recommending_states"] == ["France", "Iran (Islamic Republic of)"]
    assert (record["positions"], record["listed_under"]) == (["partial"], "D25 Prohibition of torture")


def test_the_form_of_2019(tmp_path: Path) -> None:
    export = _read(tmp_path, OLD, ("Theme: Death penalty",),
                   ("121.2 Think about it (Ukraine); and act (France) (Chile);" + SOURCE, "Noted",
                    "- Death penalty\nSDGs: \n- 16 - PEACE\nAffected persons: \n- Children", "A note of the ministry"))
    (record,) = export.as_json()["records"]
    assert (record["symbol"], record["paragraph"], record["body"], record["session"]) == ("A/HRC/99/7", "121.2", "UPR", 34)
    assert record["recommending_states"] == ["Ukraine", "France", "Chile"]
    assert (record["themes"], record["sdgs"], record["affected_persons"]) == (["Death penalty"], ["16 - PEACE"], ["Children"])
    assert record["position_source"] == {"symbol": "A/HRC/99/7/Add.1", "paragraph": "3"}
    assert (record["assessment"], record["countries"]) == ("A note of the ministry", ["Examplia"])
    assert record["source"] == {"file": "list.docx", "table": 1, "row": 3}


def test_the_form_of_2025(tmp_path: Path) -> None:
    export = _read(tmp_path, NEW, ("Theme: Death penalty",),
                   ("140.1 Sign (Chile);" + SOURCE, "Supported", "- Death penalty\nGroups of Persons:\n- Children",
                    "- 3 - HEALTH\n- 16 - PEACE"))
    (record,) = export.as_json()["records"]
    assert (record["sdgs"], record["affected_persons"]) == (["3 - HEALTH", "16 - PEACE"], ["Children"])
    assert export.issues == []


def test_wrong_cells_are_told_at_their_row(tmp_path: Path) -> None:
    good = ("5.1 Sign (Chile);" + SOURCE, "Supported", "- Death penalty", "")
    export = _read(tmp_path, OLD, good, good, ("Sign (Chile)", "Supported", "- Death penalty", ""),
                   ("5.3 Sign (Chile);", "Suported", "- Death penalty", ""), ("5.4 Sign it soon;", "Noted", "- Death penlty", ""),
                   OLD)
    assert [(issue.code, issue.place.row, issue.found) for issue in export.issues] == [
        ("thematic-twice", 3, "5.1"), ("thematic-number", 4, "Sign (Chile)"), ("thematic-position", 5, "Suported"),
        ("thematic-states", 6, "Sign it soon;"), ("thematic-label", 6, "Death penlty")]
    assert export.issues[2].nearest == ("Supported",) and export.issues[4].nearest[0] == "Death penalty"
    assert [record.paragraph for record in export.records] == ["5.1", "5.4"]


@pytest.mark.parametrize(("text", "states"), [
    ("Ratify the Protocol (OP-CAT) (Chile);", ("Chile",)),
    ("Ratify the Protocol (OP-CAT).", ()),
    ("Follow goals 5 (equality) and 16 (peace) (Côte d’Ivoire) ;", ("Côte d’Ivoire",)),
    ("Talk (with all) (Bolivia (Plurinational State of)) (Chile)", ("Bolivia (Plurinational State of)", "Chile")),
])
def test_states_stand_in_brackets_at_the_end(text: str, states: tuple[str, ...]) -> None:
    assert recommending(text, frozenset()) == states


@pytest.mark.parametrize(("year", "session", "rows", "supported", "noted", "symbol"), [
    ("2014_UPR20", 20, 163, 142, 21, "A/HRC/28/15"),
    ("2019_UPR34", 34, 215, 182, 33, "A/HRC/43/15"),
    ("2025_UPR48", 48, 254, 217, 37, "A/HRC/59/15"),
])
def test_real_lists(year: str, session: int, rows: int, supported: int, noted: int, symbol: str) -> None:
    file = DATASETS / f"layout_sample_OHCHR_thematic_list_{year}_Slovenia.docx"
    if not file.is_file():
        pytest.skip(f"{file.name} does not stand in ../shared/datasets")
    export = read_thematic_list(file)
    assert len(export.records) == rows
    positions = Counter(position for record in export.records for position in record.positions)
    assert positions == {"supported": supported, "noted": noted}
    assert {record.symbol for record in export.records} == {symbol}
    assert {(record.countries, record.session) for record in export.records} == {(("Slovenia",), session)}
    assert not [issue for issue in export.issues if issue.is_error]
