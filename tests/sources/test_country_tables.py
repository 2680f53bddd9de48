"""The tables of a country: bodies, groups, units, transfers, laws; what each error says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tables_help import Graph, put, told

from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB
from pactgraph.sources.tables import bodies, laws, transfers

IDS = Ids(country="vnm")

COUNTRY = 'code = "vnm"\nlanguage = "vi"\n[name]\nvi = "Việt Nam"\nen = "Viet Nam"\n'
BODIES = """id,name_vi,name_en,kind,exists_from,exists_until,asked_only,continues_source,source,status
old,Bộ Cũ,Old Ministry,ministry,,2025-03-01,false,,a plan,verified
new,Bộ Mới,New Ministry,ministry,2025-03-01,,false,a resolution,a resolution,secondary
"""
GROUPS = "id,name_vi,name_en,note_en,source,status\nall,Các bộ,Ministries,,a plan,verified\n"
UNITS = "id,unit_of,name_vi,name_en,source,status\ndesk,old,Ban Một,Desk One,a plan,verified\n"
TRANSFERS = """id,from,to,kind,function,effective,basis,source,status,note_en
t-1,old,new,merged,,2025-03-01,,a resolution,secondary,
"""
LAWS = """id,number,title_vi,title_en,kind,adopted,in_force_from,in_force_until,replaced_by,source,status,note_en
l-1,1/2018,Luật Một,Law One,law,2018-06-12,2019-01-01,2026-07-01,l-2,a paper,secondary,
l-2,2/2025,Luật Một,Law One,law,,2026-07-01,,,a paper,verified,
l-3,,Luật Ba,Law Three,bill,,,,,a plan,verified,
"""


def country(folder: Path, **files: str) -> Path:
    """A made-up country folder; ``files`` replaces its tables."""
    texts = {"country.toml": COUNTRY, "bodies.csv": BODIES, "groups.csv": GROUPS, "units.csv": UNITS,
             "transfers.csv": TRANSFERS, "laws.csv": LAWS}
    for name, text in texts.items():
        put(folder / name, files.get(name.partition(".")[0], text))
    return folder


def test_a_country_of_two_bodies(tmp_path: Path) -> None:
    folder, problems = country(tmp_path), []
    graph = Graph(bodies.read(folder, IDS, problems) + transfers.read(folder, IDS, problems)
                  + laws.read(folder, IDS, problems))
    assert problems == []
    assert graph.instances("pg:PublicBody") == {IDS.body("old"), IDS.body("new")}
    assert graph.one(IDS.body("old"), "pg:existsUntil") == "2025-03-01"
    assert graph.one(IDS.body("old"), "pg:continuesSource") is None
    assert graph.one(IDS.body("new"), "pg:continuesSource") == "a resolution"
    assert graph.one(IDS.unit("desk"), "pg:unitOf") == IDS.body("old")
    assert graph.one(IDS.transfer("t-1"), "pg:transferKind") == VOCAB + "transfer-kind/merged"
    assert graph.one(IDS.transfer("t-1"), "rdfs:label", "vi") == "Bộ Cũ → Bộ Mới (2025-03-01)"
    assert graph.one(IDS.transfer("t-1"), "pg:transfersFunction") is None
    assert graph.one(IDS.law("l-1"), "rdfs:label", "vi") == "Luật Một (1/2018)"
    assert graph.one(IDS.law("l-1"), "pg:replacedBy") == IDS.law("l-2")
    assert graph.instances("pg:LawProposal") == {IDS.law("l-3")}
    assert bodies.ids_by_name(folder, problems) == {"Bộ Cũ": "old", "Bộ Mới": "new", "Các bộ": "all", "Ban Một": "desk"}
    assert bodies.language(folder) == "vi"


FULL_GROUPS = """id,name_vi,name_en,kind,exists_from,exists_until,asked_only,note_en,note_vi,source,status
low,Tòa cấp dưới,Lower Courts,court,,2025-07-01,true,A level.,Một cấp.,a law,secondary
area,Tòa khu vực,Area Courts,court,2025-07-01,,true,,,a law,secondary
"""
FULL_UNITS = """id,unit_of,name_vi,name_en,exists_from,exists_until,continues_source,source,status,note_en,note_vi
desk,new,Ban Một,Desk One,,2025-03-01,,a plan,verified,Small.,Nhỏ.
both,new,Ban Hai,Desk Two,2025-03-01,,a decree,a decree,secondary,,
"""
FULL_TRANSFERS = """id,from,to,kind,function,effective,basis,source,status,note_en,note_vi
t-2,low,area,succeeded,,2025-07-01,Luật 1,a law,secondary,,
t-3,desk,both,merged,,2025-03-01,Nghị định 2,a decree,secondary,Inside.,Nội bộ.
t-4,low,new,split,,2025-07-01,,a law,derived,,
"""


def test_groups_and_units_have_days_and_transfers_of_their_own(tmp_path: Path) -> None:
    folder, problems = country(tmp_path, groups=FULL_GROUPS, units=FULL_UNITS, transfers=FULL_TRANSFERS), []
    graph = Graph(bodies.read(folder, IDS, problems) + transfers.read(folder, IDS, problems))
    assert problems == []
    low, desk = IDS.body("low"), IDS.unit("desk")
    assert graph.instances("pg:BodyGroup") == {low, IDS.body("area")}
    assert (graph.one(low, "pg:existsUntil"), graph.one(IDS.body("area"), "pg:existsFrom")) == ("2025-07-01",) * 2
    assert graph.one(low, "pg:askedOnly") == "true"
    assert graph.one(low, "pg:bodyKind") == VOCAB + "body-kind/court"
    assert graph.one(low, "rdfs:comment", "vi") == "Một cấp."
    assert graph.one(desk, "pg:existsUntil") == "2025-03-01"
    assert graph.one(IDS.unit("both"), "pg:continuesSource") == "a decree"
    assert graph.pairs("pg:transferFrom") == {(IDS.transfer("t-2"), low), (IDS.transfer("t-3"), desk),
                                              (IDS.transfer("t-4"), low)}
    assert graph.pairs("pg:transferTo") == {(IDS.transfer("t-2"), IDS.body("area")),
                                            (IDS.transfer("t-3"), IDS.unit("both")),
                                            (IDS.transfer("t-4"), IDS.body("new"))}
    assert graph.one(IDS.transfer("t-3"), "rdfs:comment", "en") == "Inside."
    assert graph.one(IDS.transfer("t-3"), "pg:legalBasis") == "Nghị định 2"


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("groups", "2025-07-01,,true", "2025-07-01,2025-07-01,true", ("table-dates-order", 3, "exists_until")),
    ("groups", ",true,A", ",yes,A", ("table-cell-boolean", 2, "asked_only")),
    ("units", "2025-03-01,,a dec", "2025-03-01,2024-03-01,a dec", ("table-dates-order", 3, "exists_until")),
    ("units", ",,2025-03-01", ",,01/03/2025", ("table-cell-date", 2, "exists_until")),
    ("transfers", "desk,both", "desk,sofa", ("table-reference", 3, "to")),
])
def test_what_is_wrong_with_groups_and_units_is_told(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int, str]) -> None:
    texts = {"groups": FULL_GROUPS, "units": FULL_UNITS, "transfers": FULL_TRANSFERS}
    assert before in texts[table]
    texts[table] = texts[table].replace(before, after)
    folder, problems = country(tmp_path, **texts), []
    bodies.read(folder, IDS, problems)
    transfers.read(folder, IDS, problems)
    assert place in told(problems)


def test_a_title_means_the_newest_law_of_the_day(tmp_path: Path) -> None:
    folder, problems = country(tmp_path), []
    assert laws.titles_on(folder, date(2018, 1, 1), problems) == {"Luật Ba": "l-3"}
    assert laws.titles_on(folder, date(2019, 9, 26), problems) == {"Luật Một": "l-1", "Luật Ba": "l-3"}
    assert laws.titles_on(folder, date(2026, 7, 1), problems) == {"Luật Một": "l-2", "Luật Ba": "l-3"}


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("country", '"vnm"', '"xyz"', ("toml-value-choice", None, None)),
    ("bodies", "01,,false,a res", "01,2025-03-01,false,a res", ("table-dates-order", 3, "exists_until")),
    ("groups", "all,", "old,", ("bodies-id-taken", 2, "id")),
    ("units", "desk,old", "desk,nobody", ("table-reference", 2, "unit_of")),
    ("units", "desk,old", "all,old", ("bodies-id-taken", 2, "id")),
    ("units", "desk,old", "desk,all", ("table-reference", 2, "unit_of")),
    ("transfers", "old,new", "old,nobody", ("table-reference", 2, "to")),
    ("transfers", "old,new", "new,new", ("transfer-to-itself", 2, "to")),
    ("transfers", "merged", "function-transferred", ("table-cell-empty", 2, "function")),
    ("laws", ",l-2,a", ",l-9,a", ("table-reference", 2, "replaced_by")),
    ("laws", "2026-07-01,l-2", "2018-07-01,l-2", ("table-dates-order", 2, "in_force_until")),
    ("laws", "bill,,,", "bill,,2026-01-01,", ("law-bill-in-force", 4, "kind")),
    ("laws", "a plan,verified", "a plan,sure", ("table-cell-choice", 4, "status")),
    ("laws", "a plan,verified", ",verified", ("table-cell-empty", 4, "source")),
])
def test_what_does_not_fit_together_is_told(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int | None, str | None]) -> None:
    text = {"country": COUNTRY, "bodies": BODIES, "groups": GROUPS, "units": UNITS, "transfers": TRANSFERS,
            "laws": LAWS}[table]
    assert before in text
    folder, problems = country(tmp_path, **{table: text.replace(before, after)}), []
    for read in (bodies.read, transfers.read, laws.read):
        read(folder, IDS, problems)
    assert told(problems) == [place]
    assert problems[0].message("vi") != problems[0].message("en")
