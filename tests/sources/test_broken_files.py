"""Broken files of every format, each with the exact message that it must give in both languages; nothing is written.

The files are made in ``support/broken_files.py``, the messages stand in ``broken_files.toml``. Workbooks that ministries fill
in are tested in ``test_workbook.py``; what the gate of workbooks and documents refuses besides in ``test_office_safety.py``.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from broken_files import FILES
from cli_help import run
from import_files import small_data

MESSAGES = tomllib.loads((Path(__file__).parent / "broken_files.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("broken") / "data")


def test_each_file_has_its_messages() -> None:
    assert list(MESSAGES) == list(FILES) and len(FILES) > 60
    assert all(told["en"] != told["vi"] for told in MESSAGES.values())
    assert len({make() for _, _, make in FILES.values()}) > 60, "the files differ"


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_gives_its_message_and_leaves_nothing_behind(name: str, data: Path, tmp_path: Path) -> None:
    form, file, make = FILES[name]
    (tmp_path / file).write_bytes(make())
    for lang in ("en", "vi"):
        done = run("import", form, file, "--store", "store", cwd=tmp_path, lang=lang, PACTGRAPH_DATA=str(data))
        assert (done.returncode, done.stderr.strip()) == (2, MESSAGES[name][lang].strip())
    assert [path.name for path in tmp_path.iterdir()] == [file]
