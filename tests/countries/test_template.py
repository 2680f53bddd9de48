"""The template of a country: it can be copied and built, and it does not fall behind what Viet Nam's folder uses."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from pactgraph.build.pipeline import build
from pactgraph.errors import UserError
from pactgraph.settings import Settings
from pactgraph.sources.countries import country_folders
from pactgraph.store.generations import current

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "data" / "_template"
VIET_NAM = ROOT / "data" / "vnm"


def _copied(data: Path, language: str) -> Path:
    """A data folder with the template copied to ``abc`` and nothing filled in but ``country.toml``."""
    shutil.copytree(ROOT / "data" / "treaties", data / "treaties")
    shutil.copytree(TEMPLATE, data / "abc")
    note = data / "abc" / "country.toml"
    text = note.read_text("utf-8").replace('code = ""', 'code = "abc"').replace('language = ""', f'language = "{language}"')
    names = {"vi": "Nước A", "en": "A Country"} | ({} if language in ("vi", "en") else {language: "Un pays"})
    head, _ = text.split("[name]")
    note.write_text(head + "[name]\n" + "".join(f'{lang} = "{name}"\n' for lang, name in names.items()), "utf-8")
    return data


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_template_builds_when_only_code_and_names_are_filled_in(tmp_path: Path, language: str) -> None:
    data = _copied(tmp_path / "data", language)
    build(Settings(store=str(tmp_path / "store"), data=str(data)))
    generation = current(tmp_path / "store")
    assert generation is not None
    summary = generation.summary()
    assert (summary["data_errors"], summary["tasks"], summary["bodies"]) == (0, 0, 0)


def test_another_official_language_asks_for_its_column_and_then_builds(tmp_path: Path) -> None:
    data = _copied(tmp_path / "data", "fr")
    settings = Settings(store=str(tmp_path / "store"), data=str(data))
    with pytest.raises(UserError) as problem:
        build(settings)
    told = problem.value.message("en")
    for table, column in (("bodies", "name_fr"), ("groups", "name_fr"), ("units", "name_fr"), ("laws", "title_fr")):
        assert f"{table}.csv:1:{column}" in told
    for table in (path for path in (data / "abc").rglob("*.csv") if path.name in (
            "bodies.csv", "groups.csv", "units.csv", "laws.csv", "law_texts.csv", "plans.csv")):
        head = table.read_text("utf-8").strip()
        table.write_text(head.replace("name_en,", "name_en,name_fr,").replace("title_en,", "title_en,title_fr,") + "\n", "utf-8")
    build(settings)
    assert current(tmp_path / "store") is not None


def test_the_template_itself_is_no_country() -> None:
    assert "_template" not in country_folders(ROOT / "data")


def test_it_has_headings_and_no_facts() -> None:
    for table in TEMPLATE.rglob("*.csv"):
        assert len(table.read_text("utf-8").splitlines()) == 1, table


def _heading(table: Path) -> set[str]:
    return set(table.read_text("utf-8-sig").splitlines()[0].split(","))


@pytest.mark.parametrize("table", sorted(VIET_NAM.rglob("*.csv")), ids=lambda path: str(path.relative_to(VIET_NAM)))
def test_every_table_and_column_that_is_in_use_is_in_the_template(table: Path) -> None:
    place = table.relative_to(VIET_NAM)
    pattern = "plans/_*/" + place.name if len(place.parts) == 3 else str(place)
    found = [_heading(path) for path in TEMPLATE.glob(pattern)]
    assert found, place
    # A table of a plan may stand in several examples, each with the columns of its kind of plan.
    assert _heading(table) in found or any(_heading(table) <= heading for heading in found), place


@pytest.mark.parametrize("name", ["country.toml", *(f"reading/{path.name}" for path in (VIET_NAM / "reading").glob("*.toml"))])
def test_every_word_of_the_reading_is_in_the_template(name: str) -> None:
    text = (TEMPLATE / name).read_text("utf-8")
    used = tomllib.loads((VIET_NAM / name).read_text("utf-8"))
    # What a country need not have may stand in a comment.
    assert [key for key in used if f"{key} =" not in text and f"[{key}]" not in text] == []


def test_every_value_of_a_plan_is_in_its_template() -> None:
    for note in VIET_NAM.glob("plans/*/plan.toml"):
        for example in TEMPLATE.glob("plans/_*/plan.toml"):
            text = example.read_text("utf-8")
            keys = tomllib.loads(note.read_text("utf-8"))
            assert [key for key in keys if f"{key} =" not in text and f"[{key}]" not in text] == [], (note, example)


def test_the_readme_names_every_file() -> None:
    readme = (TEMPLATE / "README.md").read_text("utf-8")
    for path in TEMPLATE.iterdir():
        assert path.name in readme, path.name
