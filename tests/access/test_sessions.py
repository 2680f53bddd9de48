"""Sessions on disk: hashes, an end, and no more than so many."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from pactgraph.access import sessions as module
from pactgraph.access.author import CONTRIBUTOR, Author
from pactgraph.access.sessions import Sessions
from pactgraph.access.tokens import Tokens


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "journal")


@pytest.fixture
def sessions(tmp_path: Path, tokens: Tokens) -> Sessions:
    return Sessions(tmp_path / "work" / "sessions", tokens)


def test_a_session_speaks_for_its_token_and_is_kept_as_a_hash(sessions: Sessions, tokens: Tokens) -> None:
    secret = tokens.create("ministry", CONTRIBUTOR, "vnm-mps")
    begun = sessions.begin(secret)
    assert begun is not None and begun.author == Author("ministry", CONTRIBUTOR, "vnm-mps")
    assert sessions.find(begun.id) == begun
    assert Sessions(sessions.folder, Tokens(tokens.file.parent)).find(begun.id) == begun  # another worker
    (file,) = sessions.folder.iterdir()
    assert begun.id not in file.name + file.read_text() and secret not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(sessions.folder.stat().st_mode) == 0o700
    assert "id" not in json.loads(file.read_text())


@pytest.mark.parametrize("secret", ["", "pg_wrong", "pg_\udce9", "\0"])
def test_without_a_good_token_no_session_begins(sessions: Sessions, tokens: Tokens, secret: str) -> None:
    tokens.create("ministry", CONTRIBUTOR, "vnm-mps")
    assert sessions.begin(secret) is None and not sessions.folder.exists()


@pytest.mark.parametrize("name", ["", "x", "A" * 43, "../" + "A" * 40, "A" * 43 + "\n", "é" * 43])
def test_what_is_no_session_opens_nothing(sessions: Sessions, tokens: Tokens, name: str) -> None:
    sessions.begin(tokens.create("ministry", CONTRIBUTOR, "vnm-mps"))
    assert sessions.find(name) is None
    sessions.end(name)
    assert len(list(sessions.folder.iterdir())) == 1


def test_a_session_ends_with_its_time_its_token_and_when_it_is_left(sessions: Sessions, tokens: Tokens,
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tokens.create("ministry", CONTRIBUTOR, "vnm-mps")
    left, late, revoked = (sessions.begin(secret) for _ in range(3))
    assert left and late and revoked
    sessions.end(left.id)
    assert sessions.find(left.id) is None and sessions.find(late.id)
    monkeypatch.setattr(module.time, "time", lambda: late.until + 1)
    assert sessions.find(late.id) is None
    monkeypatch.undo()
    tokens.revoke("ministry")
    assert sessions.find(revoked.id) is None
    # A new token of the same name does not bring the session back
    tokens.create("ministry", CONTRIBUTOR, "vnm-mps")
    assert sessions.find(revoked.id) is None


def test_one_token_has_so_many_sessions_and_no_more(sessions: Sessions, tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_OF_ONE", 3)
    other = sessions.begin(tokens.create("other", CONTRIBUTOR, "vnm-moj"))
    secret = tokens.create("ministry", CONTRIBUTOR, "vnm-mps")
    begun = [sessions.begin(secret) for _ in range(5)]
    assert [bool(one and sessions.find(one.id)) for one in begun] == [False, False, True, True, True]
    assert other and sessions.find(other.id)


def test_a_damaged_file_is_a_session_that_is_over(sessions: Sessions, tokens: Tokens) -> None:
    begun = sessions.begin(tokens.create("ministry", CONTRIBUTOR, "vnm-mps"))
    (file,) = sessions.folder.iterdir()
    file.write_text("{")
    assert begun and sessions.find(begun.id) is None
