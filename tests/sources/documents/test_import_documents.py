"""Documents in the store: kept, compared with what was there, read again by every build, each record with its place."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import made_up_documents as made_up
import pytest

from pactgraph.build.assemble import assemble
from pactgraph.build.imported_documents import CONCLUDING, THEMATIC, columns_of, common_records, read_document
from pactgraph.build.imports import earlier_imports, read_item
from pactgraph.settings import Settings
from pactgraph.sources.imported import Imported, imported_sources, keep
from pactgraph.sources.recommendations.countries import read_countries

OBSERVATIONS = made_up.OBSERVATIONS.replace("Examplia", "Viet Nam").replace("CCPR/C/XKA/CO/2", "CCPR/C/VNM/CO/9")
HEAD = "UPR of Viet Nam (4th Cycle - 46th session)  Thematic list of recommendations"
COLUMNS = ("Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation")
ROWS = [("Theme: Death penalty",),
        ("38.1 Think about it (France);\nSource of Position: A/HRC/99/8/Add.1 - Para.3", "Supported", "- Death penalty", ""),
        ("38.2 Think again (France) (Chile);\nSource of Position: A/HRC/99/8/Add.1 - Para.3", "Noted", "- Death penalty", "")]


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="module")
def base(settings: Settings) -> list:
    return assemble(settings)


def _kept(folder: Path, tmp_path: Path, name: str, data: bytes, form: str, settings: Settings) -> Imported:
    """Keep a file as the command does; returns what stands in the store."""
    (tmp_path / name).write_bytes(data)
    countries = read_countries(settings.data_folder() / "un")
    export = read_document(form, tmp_path / name, settings, countries)
    place = keep(folder, tmp_path / name, export.sha256, format=form, country="", day=date(2026, 11, 22))
    return next(item for item in imported_sources(folder) if item.file.parent == place)


def test_observations_become_paragraphs_recommendations_and_actions(tmp_path: Path, settings: Settings, base: list) -> None:
    folder = tmp_path / "sources"
    _kept(folder, tmp_path, "co.txt", OBSERVATIONS.encode(), CONCLUDING, settings)
    quads = earlier_imports(imported_sources(folder), base, settings).quads()
    types = Counter(quad.object.value.rpartition("/")[2] for quad in quads if quad.predicate.value.endswith("#type"))
    assert types["TreatyBodyRecommendation"] == 3 and types["RecommendedAction"] == 3
    assert types["DocumentParagraph"] == 8 and types["ConcludingObservations"] == 1
    assert types["SourceRecord"] == 14
    kinds = Counter(quad.object.value.rpartition("/")[2] for quad in quads if quad.predicate.value.endswith("paragraphType"))
    assert kinds == {"introduction": 2, "positive-aspect": 1, "concern": 2, "recommendation": 3, "dissemination": 2,
                     "follow-up": 1}
    (record,) = [quad.subject for quad in quads if quad.predicate.value.endswith("recordOf")
                 and quad.object.value.endswith("ccpr-c-vnm-co-9/7/b")]
    lines = [quad.object.value for quad in quads if quad.subject == record and quad.predicate.value.endswith("sourceLine")]
    assert lines == [str(OBSERVATIONS.splitlines().index("(b) Publish numbers every year;") + 1)]


def test_the_same_again_changes_nothing_and_a_changed_word_is_shown(tmp_path: Path, settings: Settings, base: list) -> None:
    folder = tmp_path / "sources"
    first = _kept(folder, tmp_path, "list.docx", made_up.thematic_docx(HEAD, COLUMNS, ROWS), THEMATIC, settings)
    imports = earlier_imports(imported_sources(folder), base, settings)
    again = imports.add(read_item(first, settings, imports.countries))
    assert again.comparison.changes_nothing
    changed = [*ROWS[:2], (ROWS[2][0].replace("again", "twice"), "Supported", *ROWS[2][2:])]
    second = _kept(folder, tmp_path, "list-2.docx", made_up.thematic_docx(HEAD, COLUMNS, changed[:1] + changed[2:]), THEMATIC,
                   settings)
    compared = imports.add(read_item(second, settings, imports.countries)).comparison
    ((outcome),) = compared.outcomes
    assert (outcome.record.paragraph, set(outcome.differences)) == ("38.2", {"text", "positions"})
    assert [record.paragraph for record, _ in compared.vanished] == ["38.1"]


def test_the_cells_of_a_list_are_the_places_of_its_statements(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "list.docx").write_bytes(made_up.thematic_docx(HEAD, COLUMNS, ROWS))
    export = read_document(THEMATIC, tmp_path / "list.docx", settings, read_countries(settings.data_folder() / "un"))
    records = common_records(export)
    assert [(record.sheet, record.row, record.symbol, record.session) for record in records] == [
        ("table 1", 3, "A/HRC/99/8", 46), ("table 1", 4, "A/HRC/99/8", 46)]
    assert [(column.letter, column.name, column.states) for column in columns_of(THEMATIC)] == [
        ("A", "Recommendation", "pg:verbatim"), ("B", "Position", "pg:recordedPosition"),
        ("C", "Full list of themes", "pg:theme")]


def test_parts_of_a_concern_belong_to_its_words(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "co.txt").write_text(OBSERVATIONS, "utf-8")
    export = read_document(CONCLUDING, tmp_path / "co.txt", settings, read_countries(settings.data_folder() / "un"))
    (welcome,) = [record for record in common_records(export) if record.paragraph == "3"]
    assert welcome.text.endswith("(a) A law on legal help, in 2021; (b) A council for the rights of the child, in 2022.")
    assert welcome.countries == ("Viet Nam",)
