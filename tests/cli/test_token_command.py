"""``pactgraph token``: a secret on stdout and nowhere else, clear errors, and a list without secrets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pactgraph.access.author import Author
from pactgraph.access.tokens import Tokens
from pactgraph.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable:
    """Run ``pactgraph token …`` for a store in an empty folder: its exit code, output and messages."""
    monkeypatch.chdir(tmp_path)
    for name in ("PACTGRAPH_LANG", "PACTGRAPH_STORE", "PACTGRAPH_JOURNAL"):
        monkeypatch.delenv(name, raising=False)

    def ran(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as exit_:
            main(["token", *arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(exit_.value.code or 0), out, err

    return ran


def test_the_secret_stands_alone_on_stdout(run, tmp_path: Path) -> None:
    code, out, err = run("create", "graph-curators", "--scope", "curator", "--lang", "en")
    secret = out.strip()
    assert code == 0 and out == secret + "\n" and secret not in err and "only now" in err
    assert Tokens(tmp_path / ".pactgraph-journal").check(secret) == Author("graph-curators", "curator")
    assert not (tmp_path / ".pactgraph").exists()


def test_the_list_shows_states_and_no_secret(run) -> None:
    assert run("list", "--lang", "en")[2].startswith("There are no tokens")
    first = run("create", "one", "--scope", "reader", "--expires", "2999-12-31")[1].strip()
    run("create", "two", "--scope", "administrator")
    assert run("revoke", "two", "--lang", "vi") == (0, "", "Token 'two' không còn được chấp nhận.\n")
    code, out, _ = run("list", "--format", "json")
    assert code == 0 and first not in out
    assert [(row["name"], row["scope"], row["expires"], row["state"]) for row in json.loads(out)] == [
        ("one", "reader", "2999-12-31", "active"), ("two", "administrator", "", "revoked")]
    assert "sha256" not in out and "one" in run("list")[1]


@pytest.mark.parametrize(("arguments", "said"), [
    (("create", "Bộ Tư pháp", "--scope", "curator"), "bo-tu-phap"),
    (("create", "x", "--scope", "curater"), "curator"),
    (("create", "x", "--scope", "contributor"), "--body"),
    (("create", "x", "--scope", "curator", "--body", "mps"), "--body"),
    (("create", "x", "--scope", "curator", "--expires", "soon"), "'soon'"),
    (("create", "x", "--scope", "curator", "--expires", "2020-01-01"), "2020-01-01"),
    (("create", "x"), "--scope"),
    (("revoke", "nobody"), "'nobody'"),
])
def test_wrong_usage_is_told_and_changes_nothing(run, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "") and said in err
    assert not Tokens(tmp_path / ".pactgraph-journal").list()


def test_a_body_is_found_in_the_graph_and_a_wrong_one_gets_the_nearest(run, built_store: Path) -> None:
    code, out, _ = run("create", "police", "--scope", "contributor", "--body", "mps", "--store", str(built_store))
    assert code == 0
    journal = Path(f"{built_store}-journal")
    assert Tokens(journal).check(out.strip()) == Author("police", "contributor", "vnm-mps")
    code, out, err = run("create", "wrong", "--scope", "contributor", "--body", "Bộ Công ann", "--store",
                         str(built_store), "--lang", "en")
    assert (code, out) == (2, "") and "Bộ Công an" in err
    run("create", "wrong", "--scope", "reader", "--body", "nothing-like-it", "--store", str(built_store))
    names = {token.name for token in Tokens(journal).list()}
    assert "police" in names and "wrong" not in names
