"""The tables of laws: what each wrong cell is told, and what the real tables state (read from their sources by hand)."""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from tables_help import Graph

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import PG, VOCAB
from pactgraph.sources.tables import law_tables, laws, subjects, treaty

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
IDS = Ids(country="vnm")
TABLES = ("laws", "law_texts", "legal_provisions", "law_relations", "law_versions", "law_links")


# A made-up country ---------------------------------------------------------------------------------------------------

FILES = {
    "country.toml": """code = "vnm"
language = "vi"
source = "an atlas"
status = "verified"
[name]
vi = "Nước"
en = "Land"
""",
    "laws.csv": """id,number,title_vi,title_en,kind,adopted,in_force_from,in_force_until,replaced_by,source,status,note_en
l-1,1/2018,Luật Báo,Press Law,law,2018-06-12,2019-01-01,2026-07-01,l-2,a paper,secondary,
l-2,2/2025,Luật Báo,Press Law,law,2025-12-10,2026-07-01,,,a paper,verified,
l-3,3/2020,Luật Sửa,Amending Law,law,2020-05-05,2021-01-01,,,a paper,verified,
b-1,,Luật Hội,Law on Associations,bill,,,,,a plan,verified,
""",
    "law_texts.csv": """law,file,title_vi,title_en,retrieved,rights_vi,rights_en,source,status
l-1,l-1.txt,Luật Báo,Press Law,2026-11-21,Công cộng,Public,a page,secondary
""",
    "legal_provisions.csv": """law,number,subject_vi,subject_en,first_line,last_line,source,status,note_en
l-1,4,quyền,rights,1,3,a page,verified,
l-1,5,cấm,bans,4,5,a page,verified,
l-2,9,hiệu lực,force,,,a page,secondary,
""",
    "law_relations.csv": """law,relation,object,provision,source,status,note_en
l-3,amends,l-1,,a page,secondary,
l-3,repeals,l-1,5,a page,secondary,
l-2,follows,l-3,,a page,secondary,
""",
    "law_versions.csv": """law,from,until,changed_by,source,status,note_en,note_vi
l-1,2019-01-01,2021-01-01,,a page,secondary,,
l-1,2021-01-01,2026-07-01,l-3,a page,derived,As amended,Đã sửa
""",
    "law_links.csv": """law,provision,predicate,target,status,method,confidence,quotation,line,note_en,note_vi
l-1,4,givesEffectTo,ab/2,curated,names-the-right,0.9,tự do báo chí,3,,
l-2,,givesEffectTo,ab/2,proposed,names-the-right,0.5,báo,,A guess,Phỏng đoán
""",
    "laws/l-1.txt": "Điều 4.\n1. Công dân có quyền.\n2. Có tự do báo chí.\nĐiều 5.\nNghiêm cấm.\n",
}
KNOWN = frozenset({IDS.article("ab", 2)})


def read(folder: Path, problems: list[UserError], **changes: tuple[str, str]) -> Graph:
    """The tables of the made-up country; ``changes`` replaces words of a table, (before, after)."""
    for name, text in FILES.items():
        before, after = changes.get(name.partition(".")[0], ("", ""))
        assert before in text
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(before, after) if before else text, "utf-8")
    return Graph(laws.read(folder, IDS, problems) + law_tables.read(folder, IDS, KNOWN, problems))


def test_what_the_tables_state(tmp_path: Path) -> None:
    problems: list[UserError] = []
    graph = read(tmp_path, problems)
    assert problems == []
    article, source = IDS.law_provision("l-1", "4"), IDS.source("law-l-1")
    assert graph.all(article, "rdfs:label", "vi") == ["Điều 4 Luật Báo (1/2018): quyền"]
    assert graph.all(article, "rdfs:label", "en") == ["Article 4, Press Law (1/2018): rights"]
    assert graph.all(article, "skos:notation") == ["1/2018/4"]
    assert graph.all(article, "pg:verbatim", "vi") == ["1. Công dân có quyền.\n2. Có tự do báo chí."]
    assert graph.all(article, "dcterms:source") == [source]
    assert graph.all(article, "pg:sourceLine") == ["1", "2", "3"]
    assert graph.all(IDS.law_provision("l-2", "9"), "dcterms:source") == ["a page"]
    assert graph.all(source, "pg:sha256") == [hashlib.sha256(FILES["laws/l-1.txt"].encode()).hexdigest()]
    assert graph.pairs("pg:amends") == {(IDS.law("l-3"), IDS.law("l-1"))}
    assert graph.pairs("pg:repeals") == {(IDS.law("l-3"), IDS.law_provision("l-1", "5"))}
    assert graph.pairs("rdfs:seeAlso") == {(IDS.law("l-3"), IDS.law("l-2"))}
    second = IDS.law_version("l-1", date(2021, 1, 1))
    assert graph.all(second, "rdfs:label", "en") == ["Press Law (1/2018), version from 2021-01-01 (3/2020)"]
    assert graph.all(second, "pg:changedBy") == [IDS.law("l-3")]
    assert graph.all(second, "pg:inForceUntil") == ["2026-07-01"]
    assert graph.all(second, "pg:verification") == [VOCAB + "verification/derived"]
    link = IDS.link("laws", "l-1/4/ab-2")
    assert graph.all(link, "pg:quotedFrom") == [source]
    assert graph.all(link, "pg:sourceLine") == ["3"]
    assert graph.all(IDS.link("laws", "l-2/ab-2"), "dcterms:source") == ["Luật Báo (2/2025)"]
    assert graph.pairs("pg:givesEffectTo") == {(article, IDS.article("ab", 2))}


def test_a_country_needs_none_of_them(tmp_path: Path) -> None:
    for name in ("country.toml", "laws.csv"):
        (tmp_path / name).write_text(FILES[name], "utf-8")
    problems: list[UserError] = []
    assert law_tables.read(tmp_path, IDS, KNOWN, problems) == [] and problems == []


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("law_texts", "l-1,l-1.txt", "l-9,l-1.txt", ("table-reference", 2, "law")),
    ("law_texts", "l-1.txt", "l-9.txt", ("law-text-absent", 2, "file")),
    ("law_texts", "l-1.txt", "../country.toml", ("law-text-absent", 2, "file")),
    ("legal_provisions", "l-2,9", "l-9,9", ("table-reference", 4, "law")),
    ("legal_provisions", "l-2,9", "b-1,9", ("law-is-a-bill", 4, "law")),
    ("legal_provisions", "force,,", "force,1,2", ("law-lines", 4, "first_line")),
    ("legal_provisions", "rights,1,3", "rights,3,1", ("law-lines", 2, "first_line")),
    ("legal_provisions", "rights,1,3", "rights,1,99", ("law-lines", 2, "first_line")),
    ("legal_provisions", "rights,1,3", "rights,1,", ("law-lines", 2, "first_line")),
    ("law_relations", "l-2,follows", "l-9,follows", ("table-reference", 4, "law")),
    ("law_relations", "follows,l-3", "follows,b-1", ("law-is-a-bill", 4, "object")),
    ("law_relations", "follows,l-3", "follows,l-2", ("law-to-itself", 4, "object")),
    ("law_relations", "repeals,l-1,5", "repeals,l-1,6", ("table-reference", 3, "provision")),
    ("law_relations", "repeals", "forgets", ("table-cell-choice", 3, "relation")),
    ("law_versions", "2026-07-01,l-3", "2026-07-01,l-9", ("table-reference", 3, "changed_by")),
    ("law_versions", "2026-07-01,l-3", "2026-07-01,l-2", ("law-version-change", 3, "changed_by")),
    ("law_versions", "l-1,2019-01-01,2021-01-01", "l-1,2019-01-01,2021-01-02", ("law-version-overlap", 3, "from")),
    ("law_versions", "l-1,2019-01-01,2021-01-01", "l-1,2018-01-01,2021-01-01", ("law-version-outside", 2, "from")),
    ("law_versions", "2026-07-01,l-3", ",l-3", ("law-version-outside", 3, "until")),
    ("law_versions", "2026-07-01,l-3", "2020-07-01,l-3", ("table-dates-order", 3, "until")),
    ("law_links", "l-2,,", "l-9,,", ("table-reference", 3, "law")),
    ("law_links", "l-2,,", "b-1,,", ("law-is-a-bill", 3, "law")),
    ("law_links", "l-1,4,", "l-1,7,", ("table-reference", 2, "provision")),
    ("law_links", "l-2,,givesEffectTo,ab/2", "l-2,,givesEffectTo,ab/3", ("link-target-unknown", 3, "target")),
    ("law_links", "0.9", "1.9", ("link-confidence", 2, "confidence")),
    ("law_links", "tự do báo chí,3", "tự do báo chí,2", ("law-quotation", 2, "quotation")),
    ("law_links", "tự do báo chí,3", "Nghiêm cấm,5", ("law-line-elsewhere", 2, "line")),
    ("law_links", "0.5,báo,", "0.5,đài,", ("law-quotation-title", 3, "quotation")),
    ("law_links", "l-2,,givesEffectTo", "l-2,,addresses", ("table-cell-choice", 3, "predicate")),
])
def test_what_does_not_fit_is_told_with_row_and_column(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int, str]) -> None:
    problems: list[UserError] = []
    read(tmp_path, problems, **{table: (before, after)})
    first = problems[0]
    assert (first.key, first.line, first.column) == place
    assert first.message("vi") != first.message("en")
    assert f"{table}.csv" in first.message("en")


# The real tables -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> Graph:
    """The tables of laws of Viet Nam; they have no problem."""
    problems: list[UserError] = []
    known = subjects(treaty.read(DATA / "treaties" / "iccpr", IDS, problems))
    quads = laws.read(DATA / "vnm", IDS, problems) + law_tables.read(DATA / "vnm", IDS, known, problems)
    assert [problem.message() for problem in problems] == []
    return Graph(quads)


def test_every_row_has_a_source_and_no_row_rests_on_memory() -> None:
    for name in TABLES:
        raw = (DATA / "vnm" / f"{name}.csv").read_text("utf-8")
        assert unicodedata.is_normalized("NFC", raw), name
        for row in csv.DictReader(raw.splitlines()):
            if name == "law_links":
                assert row["status"] in ("curated", "proposed"), row
            else:
                assert row["source"] and row["status"] in ("verified", "secondary", "derived"), (name, row)


# Which of two laws is in force: by hand from the clauses on entry into force
@pytest.mark.parametrize(("old", "new", "day"), [
    ("24-2018-qh14", "116-2025-qh15", "2026-07-01"),
    ("86-2015-qh13", "116-2025-qh15", "2026-07-01"),
    ("94-2015-qh13", "128-2025-qh15", "2026-07-01"),
    ("103-2016-qh13", "126-2025-qh15", "2026-07-01"),
    ("41-2019-qh14", "127-2025-qh15", "2026-07-01"),
    ("104-2016-qh13", "01-2026-qh16", "2026-09-01"),
    ("02-2016-qh14", "07-2026-qh16", "2027-01-01"),
    ("29-2018-qh14", "117-2025-qh15", "2026-03-01"),
    ("66-2011-qh12", "53-2024-qh15", "2025-07-01"),
])
def test_a_law_ends_when_its_successor_begins(real: Graph, old: str, new: str, day: str) -> None:
    assert real.all(IDS.law(old), "pg:inForceUntil") == [day]
    assert real.all(IDS.law(new), "pg:inForceFrom") == [day]
    assert real.all(IDS.law(old), "pg:replacedBy") == [IDS.law(new)]


def test_what_is_not_known_stays_empty(real: Graph) -> None:
    assert real.all(IDS.law("84-2025-qh15"), "pg:adoptedOn") == []
    assert real.all(IDS.law("02-2021-qh15"), "pg:inForceFrom") == []
    # The repeal clause of 06/2020/QĐ-TTg was not read: neither an end nor a successor, only where to look next
    decision = IDS.law("76-2010-qd-ttg")
    assert real.all(decision, "pg:inForceUntil") == real.all(decision, "pg:replacedBy") == []
    assert real.all(decision, "rdfs:seeAlso") == [IDS.law("06-2020-qd-ttg")]


@pytest.mark.parametrize(("law", "day", "since", "change"), [
    ("hien-phap-2013", "2019-09-26", "2014-01-01", None),
    ("hien-phap-2013", "2025-06-15", "2014-01-01", None),
    ("hien-phap-2013", "2025-06-16", "2025-06-16", "203-2025-qh15"),
    ("100-2015-qh13", "2019-09-26", "2018-01-01", "12-2017-qh14"),
    ("100-2015-qh13", "2025-07-01", "2025-07-01", "86-2025-qh15"),
    ("100-2015-qh13", "2026-11-21", "2026-01-01", "59-2024-qh15"),
    ("101-2015-qh13", "2025-08-01", "2025-07-01", "99-2025-qh15"),
    ("02-2016-qh14", "2026-11-21", "2025-07-01", "84-2025-qh15"),
    ("02-2016-qh14", "2027-01-02", None, None),
    ("25-2018-qh14", "2020-12-31", "2019-01-01", None),
    ("25-2018-qh14", "2021-01-01", "2021-01-01", "59-2020-qh14"),
    ("25-2018-qh14", "2026-11-21", "2026-07-01", "136-2025-qh15"),
])
def test_the_version_of_a_day(real: Graph, law: str, day: str, since: str | None, change: str | None) -> None:
    held = [version for version, of in real.pairs("pg:versionOf") if of == IDS.law(law)
            and real.all(version, "pg:inForceFrom")[0] <= day < (real.all(version, "pg:inForceUntil") or ["9999"])[0]]
    assert [real.all(version, "pg:inForceFrom") for version in held] == ([[since]] if since else [])
    assert [real.all(version, "pg:changedBy") for version in held] == (
        [[IDS.law(change)] if change else []] if since else [])


def test_the_articles_of_laws(real: Graph) -> None:
    articles = {iri.rpartition("/law/")[2] for iri in real.instances("pg:LegalProvision")}
    constitution = {f"hien-phap-2013/art-{number}" for number in (*range(14, 50), 102, 103)}
    assert articles == constitution | {
        *(f"100-2015-qh13/art-{number}" for number in (109, 116, 117, 331)), "116-2025-qh15/art-44",
        "07-2026-qh16/art-57", "07-2026-qh16/art-60", "01-2026-qh16/art-30", "02-2016-qh14/art-62",
    }
    life = IDS.law_provision("hien-phap-2013", "19")
    assert real.all(life, "pg:verbatim", "vi") == [
        "Mọi người có quyền sống. Tính mạng con người được pháp luật bảo hộ. Không ai bị tước đoạt tính mạng trái luật."]
    assert real.all(IDS.law("84-2025-qh15"), "pg:repeals") == [IDS.law_provision("02-2016-qh14", "62")]


# The curated reading of chapter II, by hand: article of the Constitution → articles of the Covenant
CHAPTER_TWO = {
    "14": {2}, "16": {2, 26}, "19": {6}, "20": {7, 9}, "21": {17}, "22": {17}, "23": {12}, "24": {18},
    "25": {19, 21, 22}, "26": {3, 26}, "27": {25}, "28": {25}, "29": {25}, "30": {2}, "31": {9, 14}, "35": {8},
    "36": {23}, "37": {24}, "42": {27}, "103": {14},
}


def test_the_constitution_and_the_covenant(real: Graph) -> None:
    stated: dict[str, set[int]] = {}
    for subject, target in real.pairs("pg:givesEffectTo"):
        head, _, number = subject.rpartition("/art-")
        if head.endswith("hien-phap-2013"):
            stated.setdefault(number, set()).add(int(target.rpartition("/")[2]))
    assert stated == CHAPTER_TWO


def test_only_curated_links_stand_as_statements(real: Graph) -> None:
    status = dict(real.pairs("pg:linkStatus"))
    curated = {link for link in status if status[link] == VOCAB + "link-status/curated"}
    plain = {(real.all(link, "pg:linkSubject")[0], real.all(link, "pg:linkObject")[0]) for link in curated}
    assert real.pairs("pg:givesEffectTo") == plain
    assert (len(curated), len(status) - len(curated)) == (41, 38)
    assert {real.all(link, "pg:linkPredicate")[0] for link in status} == {PG + "givesEffectTo"}


def test_the_same_texts_stand_as_were_taken_in(real: Graph) -> None:
    """Official texts are verbatim: a change of theirs is a decision, not an accident."""
    kept = {real.all(source, "pg:fileName")[0]: real.all(source, "pg:sha256")[0]
            for source in real.instances("pg:SourceDocument")}
    assert kept["hien-phap-2013.txt"] == "4c3be7d420e5288c5f8cd61282695b72fd59e1c8142953503710ccc1e60e21d4"
    assert set(kept) == {path.name for path in (DATA / "vnm" / "laws").glob("*.txt")}
