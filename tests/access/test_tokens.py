"""Tokens on disk: shown once, kept as hashes, revoked at once, and never half written."""

from __future__ import annotations

import json
import stat
import threading
from datetime import date
from pathlib import Path

import pytest

from pactgraph.access import tokens as module
from pactgraph.access.author import ADMINISTRATOR, CONTRIBUTOR, CURATOR, READER, Author, body_key
from pactgraph.access.tokens import ACTIVE, EXPIRED, REVOKED, Tokens
from pactgraph.errors import UserError


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "journal")


def refused(key: str, act, *arguments, **named) -> UserError:
    with pytest.raises(UserError) as caught:
        act(*arguments, **named)
    assert caught.value.key == key
    assert caught.value.message("vi") and caught.value.message("en")
    return caught.value


def test_a_secret_has_256_bits_and_only_its_hash_is_kept(tokens: Tokens) -> None:
    secret = tokens.create("curators", CURATOR)
    assert secret.startswith("pg_") and len(secret) == 3 + 43
    assert tokens.create("others", CURATOR) != secret
    folder = tokens.file.parent
    assert all(secret not in file.read_text() and secret[3:] not in file.read_text() for file in folder.iterdir())
    assert tokens.check(secret) == Author("curators", CURATOR)


def test_only_the_owner_may_read_the_files(tokens: Tokens) -> None:
    tokens.create("curators", CURATOR)
    assert stat.S_IMODE(tokens.file.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in tokens.file.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("secret", ["", "pg_", "pg_" + "A" * 43, "x" * 100_000, "pg_\udce9", "pg_é", "\0"])
def test_what_is_no_secret_opens_nothing(tokens: Tokens, secret: str) -> None:
    assert tokens.check(secret) is None
    tokens.create("curators", CURATOR)
    assert tokens.check(secret) is None


def test_every_token_is_compared_whatever_is_asked(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = [tokens.create(f"office-{number}", READER) for number in range(4)]
    compared: list[bytes] = []
    real = module.hmac.compare_digest
    monkeypatch.setattr(module.hmac, "compare_digest", lambda one, two: compared.append(two) or real(one, two))
    for secret in (secrets[0], secrets[3], "pg_wrong"):
        compared.clear()
        tokens.check(secret)
        assert len(compared) == 4


def test_a_revoked_token_is_refused_at_once_and_stays_in_the_list(tokens: Tokens) -> None:
    other = Tokens(tokens.file.parent)
    secret = tokens.create("curators", CURATOR)
    assert other.check(secret)
    tokens.revoke("curators")
    assert other.check(secret) is None and tokens.check(secret) is None
    assert [(token.name, token.state()) for token in other.list()] == [("curators", REVOKED)]
    error = refused("token-unknown", tokens.revoke, "curators")
    assert "–" in error.message("en")


def test_a_name_may_get_a_new_token_once_the_old_one_ended(tokens: Tokens) -> None:
    old = tokens.create("curators", CURATOR)
    refused("token-exists", tokens.create, "curators", READER)
    tokens.revoke("curators")
    new = tokens.create("curators", CURATOR)
    assert tokens.check(old) is None and tokens.check(new)
    assert [token.state() for token in tokens.list()] == [REVOKED, ACTIVE]


def test_a_token_is_good_through_its_last_day(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_today", lambda: "2026-11-22")
    refused("token-expired-already", tokens.create, "old", READER, expires=date(2026, 11, 21))
    secret = tokens.create("brief", READER, expires=date(2026, 11, 23))
    for day, good in (("2026-11-23", True), ("2026-11-24", False)):
        monkeypatch.setattr(module, "_today", lambda day=day: day)
        assert bool(tokens.check(secret)) is good
    assert tokens.list()[0].state() == EXPIRED


@pytest.mark.parametrize(("name", "proposal"), [
    ("Bộ Tư pháp", "bo-tu-phap"), ("", "statistics-office"), ("-x", "x"), ("a/b", "a-b"), ("x" * 64, "x" * 63),
    ("../up", "up"), ("Đào tạo", "dao-tao"), ("a\nb", "a-b"),
])
def test_a_name_that_cannot_stand_in_an_address_is_refused_with_one_that_can(tokens, name: str, proposal: str) -> None:
    assert proposal in refused("token-name", tokens.create, name, READER).message("en")
    module.check_name(proposal)


def test_scopes_and_bodies_must_fit(tokens: Tokens) -> None:
    refused("token-name-reserved", tokens.create, "operator", CURATOR)
    assert "curator?" in refused("token-scope", tokens.create, "x", "Curators").message("en")
    refused("token-needs-body", tokens.create, "x", CONTRIBUTOR)
    for scope in (CURATOR, ADMINISTRATOR):
        refused("token-no-body", tokens.create, "x", scope, "vnm-mps")
    assert tokens.check(tokens.create("mps", CONTRIBUTOR, "vnm-mps")) == Author("mps", CONTRIBUTOR, "vnm-mps")
    assert tokens.check(tokens.create("mps-reader", READER, "vnm-mps")) == Author("mps-reader", READER, "vnm-mps")


def test_the_key_of_a_body_tells_countries_apart() -> None:
    base = "https://example.org/"
    assert body_key(base + "id/vnm/body/mps", base) == "vnm-mps"
    assert body_key(base + "id/xyz/body/mps", base) == "xyz-mps"


def test_several_that_make_tokens_at_once_lose_none(tokens: Tokens) -> None:
    folder = tokens.file.parent
    makers = [threading.Thread(target=lambda n=n: Tokens(folder).create(f"office-{n}", READER)) for n in range(12)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(tokens.list()) == 12
    assert sorted(file.name for file in folder.iterdir()) == ["tokens.json", "tokens.lock"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1, "tokens": [{}]}', '{"format": 1, "tokens": 3}',
                                  '{"format": 1, "tokens": [{"name": "a", "scope": "b", "sha256": "c", "created": "d"}]}'])
def test_a_damaged_file_lets_nobody_in_and_is_not_overwritten(tokens: Tokens, text: str) -> None:
    secret = tokens.create("curators", CURATOR)
    tokens.file.write_text(text)
    refused("tokens-unreadable", tokens.check, secret)
    refused("tokens-unreadable", tokens.create, "others", CURATOR)
    assert tokens.file.read_text() == text


def test_a_newer_format_is_refused_and_unknown_fields_are_kept_out(tokens: Tokens) -> None:
    secret = tokens.create("curators", CURATOR)
    data = json.loads(tokens.file.read_text())
    data["tokens"][0]["colour"] = "red"
    tokens.file.write_text(json.dumps(data))
    assert tokens.check(secret)
    tokens.file.write_text(json.dumps(data | {"format": 99}))
    refused("store-too-new", tokens.check, secret)


def test_a_removed_file_ends_all_tokens(tokens: Tokens) -> None:
    secret = tokens.create("curators", CURATOR)
    assert tokens.check(secret)
    tokens.file.unlink()
    assert tokens.check(secret) is None
