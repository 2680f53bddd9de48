"""Who answers on a day: mergers, splits by function, chains, groups, and what no source says."""

from __future__ import annotations

from datetime import date

from pactgraph.build.addressees import Interval, Succession, derive_addressees
from pactgraph.build.facts import Facts
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter

IDS = Ids(country="xyz")
PRESS, LABOUR, TAX = (concept("function", code) for code in ("press", "labour", "tax"))


def _body(out: GraphWriter, key: str, until: str | None = None, stands: bool = False) -> str:
    body = IDS.body(key)
    out.a(body, "pg:PublicBody")
    out.value(body, "pg:existsUntil", date.fromisoformat(until) if until else None)
    out.value(body, "pg:continuesSource", "a law" if stands else None)
    return body


def _transfer(out: GraphWriter, giver: str, taker: str, day: str, function: str | None = None,
              status: str = "verified") -> None:
    name = IDS.transfer(f"{giver}-{taker}-{function or 'all'}".replace("/", "-").replace(":", ""))
    out.a(name, "pg:FunctionTransfer")
    out.link(name, "pg:transferFrom", IDS.body(giver))
    out.link(name, "pg:transferTo", IDS.body(taker))
    out.link(name, "pg:transfersFunction", function)
    out.value(name, "pg:effectiveOn", date.fromisoformat(day))
    out.link(name, "pg:verification", concept("verification", status))


def _short(intervals: list[Interval]) -> list[tuple[str, str, str | None, str]]:
    return [(item.body.rsplit("/", 1)[-1], item.start, item.until, item.basis) for item in intervals]


def _world() -> Succession:
    out = GraphWriter(IDS.graph("xyz/bodies"))
    _body(out, "old", until="2020-01-01")
    _body(out, "home", stands=True)
    _body(out, "culture", until="2022-01-01")
    _body(out, "arts", stands=True)
    _body(out, "court")
    _body(out, "gone", until="2020-01-01")
    out.a(IDS.body("all"), "pg:BodyGroup")
    _transfer(out, "old", "home", "2020-01-01")
    _transfer(out, "old", "culture", "2020-01-01", PRESS)
    _transfer(out, "culture", "arts", "2022-01-01", status="derived")
    return Succession(Facts(out.quads))


def test_a_known_function_follows_the_body_that_took_it_over() -> None:
    assert _short(_world().intervals(IDS.body("old"), [PRESS], "2019-01-01")) == [
        ("old", "2019-01-01", "2020-01-01", "verified"),
        ("culture", "2020-01-01", "2022-01-01", "verified"),
        ("arts", "2022-01-01", None, "unverified"),
    ]


def test_a_function_that_no_transfer_names_goes_with_the_merger_of_the_body() -> None:
    assert _short(_world().intervals(IDS.body("old"), [TAX], "2019-01-01")) == [
        ("old", "2019-01-01", "2020-01-01", "verified"),
        ("home", "2020-01-01", None, "verified"),
    ]


def test_without_a_known_function_every_successor_is_a_candidate() -> None:
    found = _short(_world().intervals(IDS.body("old"), [], "2019-01-01"))
    assert found == [
        ("old", "2019-01-01", "2020-01-01", "verified"),
        ("culture", "2020-01-01", "2022-01-01", "ambiguous"),
        ("home", "2020-01-01", None, "ambiguous"),
        ("arts", "2022-01-01", None, "ambiguous"),
    ]


def test_several_functions_may_have_several_successors_without_doubt() -> None:
    found = _short(_world().intervals(IDS.body("old"), [PRESS, LABOUR], "2019-01-01"))
    assert ("culture", "2020-01-01", "2022-01-01", "verified") in found
    assert ("home", "2020-01-01", None, "verified") in found


def test_a_body_that_stands_is_its_own_addressee_verified_only_with_a_source() -> None:
    world = _world()
    assert _short(world.intervals(IDS.body("home"), [], "2019-01-01")) == [("home", "2019-01-01", None, "verified")]
    assert _short(world.intervals(IDS.body("court"), [], "2019-01-01")) == [("court", "2019-01-01", None, "unverified")]


def test_a_body_without_a_successor_leaves_nobody() -> None:
    assert _short(_world().intervals(IDS.body("gone"), [], "2019-01-01")) == [
        ("gone", "2019-01-01", "2020-01-01", "verified"),
    ]


def test_a_group_stays_a_group() -> None:
    assert _short(_world().intervals(IDS.body("all"), [], "2019-01-01")) == [("all", "2019-01-01", None, "none")]


def _units() -> Succession:
    """A ministry with units: two merged into one, one that has no transfer of its own; a ministry that ended with a unit."""
    out = GraphWriter(IDS.graph("xyz/bodies"))
    _body(out, "old", until="2020-01-01")
    _body(out, "home", stands=True)
    _transfer(out, "old", "home", "2020-01-01")
    for key, of, until, stands in (("law", "home", "2021-01-01", False), ("both", "home", None, True),
                                   ("desk", "home", None, False), ("archive", "old", None, False)):
        out.a(IDS.unit(key), "pg:BodyUnit")
        out.link(IDS.unit(key), "pg:unitOf", IDS.body(of))
        out.value(IDS.unit(key), "pg:existsUntil", date.fromisoformat(until) if until else None)
        out.value(IDS.unit(key), "pg:continuesSource", "a decree" if stands else None)
    out.a("urn:t", "pg:FunctionTransfer")
    out.link("urn:t", "pg:transferFrom", IDS.unit("law"))
    out.link("urn:t", "pg:transferTo", IDS.unit("both"))
    out.value("urn:t", "pg:effectiveOn", date(2021, 1, 1))
    out.link("urn:t", "pg:verification", concept("verification", "secondary"))
    return Succession(Facts(out.quads))


def test_a_unit_follows_its_own_merger() -> None:
    expected = [("law", "2019-01-01", "2021-01-01", "verified"), ("both", "2021-01-01", None, "verified")]
    assert _short(_units().intervals(IDS.unit("law"), [], "2019-01-01")) == expected
    assert _short(_units().intervals(IDS.unit("law"), [LABOUR], "2019-01-01")) == expected


def test_a_unit_without_a_transfer_of_its_own_goes_with_its_body() -> None:
    assert _short(_units().intervals(IDS.unit("desk"), [], "2019-01-01")) == [("desk", "2019-01-01", None, "unverified")]
    expected = [("archive", "2019-01-01", "2020-01-01", "verified"), ("home", "2020-01-01", None, "verified")]
    assert _short(_units().intervals(IDS.unit("archive"), [], "2019-01-01")) == expected
    assert _short(_units().intervals(IDS.unit("archive"), [LABOUR], "2019-01-01")) == expected


def test_a_group_that_ended_has_groups_after_it_and_no_single_body() -> None:
    out = GraphWriter(IDS.graph("xyz/bodies"))
    for key, until in (("districts", date(2020, 1, 1)), ("provinces", None), ("communes", None)):
        out.a(IDS.body(key), "pg:BodyGroup")
        out.value(IDS.body(key), "pg:existsUntil", until)
    _transfer(out, "districts", "provinces", "2020-01-01")
    _transfer(out, "districts", "communes", "2020-01-01")
    _body(out, "office", until="2020-01-01")
    _transfer(out, "office", "provinces", "2020-01-01")
    world = Succession(Facts(out.quads))
    assert _short(world.intervals(IDS.body("districts"), [], "2019-01-01")) == [
        ("districts", "2019-01-01", "2020-01-01", "none"),
        ("communes", "2020-01-01", None, "none"),
        ("provinces", "2020-01-01", None, "none"),
    ]
    assert _short(world.intervals(IDS.body("office"), [PRESS], "2019-01-01"))[1:] == [
        ("provinces", "2020-01-01", None, "none"),
    ]


def test_a_function_that_went_to_two_bodies_on_one_day_is_ambiguous() -> None:
    out = GraphWriter(IDS.graph("xyz/bodies"))
    _body(out, "old", until="2020-01-01")
    for key in ("arts", "home"):
        _body(out, key, stands=True)
        _transfer(out, "old", key, "2020-01-01", PRESS)
    found = _short(Succession(Facts(out.quads)).intervals(IDS.body("old"), [PRESS], "2019-01-01"))
    assert found == [
        ("old", "2019-01-01", "2020-01-01", "verified"),
        ("arts", "2020-01-01", None, "ambiguous"),
        ("home", "2020-01-01", None, "ambiguous"),
    ]


def test_a_circle_of_transfers_ends() -> None:
    out = GraphWriter(IDS.graph("xyz/bodies"))
    _body(out, "a", until="2020-01-01")
    _body(out, "b", until="2020-01-01")
    _transfer(out, "a", "b", "2020-01-01")
    _transfer(out, "b", "a", "2020-01-01")
    world = Succession(Facts(out.quads))
    assert len(world.intervals(IDS.body("a"), [], "2019-01-01")) < 5
    assert len(world.intervals(IDS.body("a"), [PRESS], "2019-01-01")) < 5


def test_nothing_is_derived_of_a_responsibility_without_a_plan() -> None:
    out = GraphWriter(IDS.graph("x"))
    out.a("urn:r", "pg:Responsibility")
    assert derive_addressees(out.quads, "urn:g") == []
