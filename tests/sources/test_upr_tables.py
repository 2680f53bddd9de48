"""The tables on the universal periodic review: what they state, what each error says, and that they equal their sources."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Quad
from tables_help import Graph, told

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB
from pactgraph.sources.tables import counts, links, states, subjects, treaty, upr
from pactgraph.sources.upr_info import read_upr_info
from pactgraph.sources.upr_info.issues import issue_code
from pactgraph.sources.upr_info.records import RECOMMENDATION, text_sha256

ROOT = Path(__file__).resolve().parents[2]
UN, VNM = ROOT / "data" / "un", ROOT / "data" / "vnm"
DATASETS = ROOT.parent / "shared" / "datasets"
EXPORT = DATASETS / "uprinfo_vietnam_cycles1-2.csv"
FOLDERS = {5: UN / "a-hrc-12-11", 18: UN / "a-hrc-26-6"}
IDS = Ids(country="vnm")


def sound(quads: list[Quad], problems: list[UserError]) -> Graph:
    assert [problem.message() for problem in problems] == []
    return Graph(quads)


@pytest.fixture(scope="module")
def reports() -> dict[int, Graph]:
    """The graphs of the two reports, by session."""
    problems: list[UserError] = []
    return {session: sound(upr.read(folder, IDS, problems), problems) for session, folder in FOLDERS.items()}


# The real tables, counted by hand from the reports ------------------------------------------------------------------


def test_every_recommendation_of_both_reports_is_there(reports: dict[int, Graph]) -> None:
    first, second = reports[5].instances("pg:UprRecommendation"), reports[18].instances("pg:UprRecommendation")
    assert len(first) == 93 + 2 + 5 + 45
    assert second == {IDS.recommendation("A/HRC/26/6", f"143.{number}") for number in range(1, 228)}
    assert {IDS.recommendation("A/HRC/12/11", key) for key in ("99.1", "99.93", "100.2", "101.5", "35/i", "90/c")} <= first


def test_paragraph_102_in_full() -> None:
    """As the report prints it: A/HRC/12/11, paragraph 102."""
    listed = {
        "35": "abegi", "41": "bde", "44": "ab", "47": "bcd", "51": "ab", "55": "a", "56": "c", "59": "abcd", "60": "bc",
        "61": "d", "63": "abcd", "64": "bcde", "66": "abcd", "83": "cd", "85": "abc", "87": "b", "89": "b", "90": "ac",
    }
    expected = {f"{number}({letter})" for number, letters in listed.items() for letter in letters}
    with (FOLDERS[5] / "recommendations.csv").open(encoding="utf-8", newline="") as file:
        found = {row["number"] for row in csv.DictReader(file) if row["position"] == "not-supported"}
    assert found == expected


def test_a_recommendation_says_what_is_known_of_it(reports: dict[int, Graph]) -> None:
    graph, item = reports[5], IDS.recommendation("A/HRC/12/11", "61/d")
    assert graph.all(item, "skos:notation") == ["A/HRC/12/11/61(d)"]
    assert graph.all(item, "pg:paragraphNumber") == ["61(d)"]
    assert graph.all(item, "pg:recommendingState") == [IDS.state("che")]
    assert graph.all(item, "pg:inDocument") == [IDS.un_document("A/HRC/12/11")]
    assert graph.all(item, "pg:inCycle") == [IDS.cycle("upr-1")]
    assert graph.all(item, "pg:textStatus") == [VOCAB + "text-status/not-loaded"]
    assert graph.all(item, "pg:theme") == [VOCAB + "upr-info-issue/special-procedures"]
    assert graph.all(item, "pg:actionLevel") == [VOCAB + "action-level/5"]
    assert graph.all(item, "pg:verification") == [VOCAB + "verification/verified"]


def test_several_states_in_one_recommendation(reports: dict[int, Graph]) -> None:
    graph, item = reports[18], IDS.recommendation("A/HRC/26/6", "143.41")
    assert graph.all(item, "pg:recommendingState") == [IDS.state(code) for code in ("cog", "fra", "mdg", "tgo")]
    shares = {share for share, of in graph.pairs("pg:shareOf") if of == item}
    assert {tuple(graph.all(share, "pg:recommendingState")) for share in shares} == {
        (IDS.state(code),) for code in ("cog", "fra", "mdg", "tgo")}


def test_levels_that_differ_stand_on_the_shares_only(reports: dict[int, Graph]) -> None:
    graph, item = reports[18], IDS.recommendation("A/HRC/26/6", "143.1")
    shares = [share for share, of in graph.pairs("pg:shareOf") if of == item]
    assert sorted(level[-1] for share in shares for level in graph.all(share, "pg:actionLevel")) == ["2", "2", "3", "5"]
    assert graph.all(item, "pg:actionLevel") == []


def test_positions_of_the_first_report(reports: dict[int, Graph]) -> None:
    graph = reports[5]
    assert Counter(code.rsplit("/")[-1] for _, code in graph.pairs("pg:position")) == {
        "supported": 93, "pending": 2, "considered-implemented": 5, "not-supported": 45}
    position = IDS.position("A/HRC/12/11", "61/d/report")
    assert graph.all(position, "pg:positionOn") == [IDS.recommendation("A/HRC/12/11", "61/d")]
    assert graph.all(position, "pg:positionBy") == [IDS.state("vnm")]
    assert graph.all(position, "pg:statedOn") == ["2009-05-12"]
    assert graph.all(position, "pg:inDocument") == [IDS.un_document("A/HRC/12/11")]
    assert graph.all(position, "dcterms:source") == ["A/HRC/12/11, para. 102"]


def test_positions_of_the_second_report_came_with_the_outcome(reports: dict[int, Graph]) -> None:
    graph = reports[18]
    assert Counter(code.rsplit("/")[-1] for _, code in graph.pairs("pg:position")) == {
        "pending": 227, "supported": 182, "noted": 45}
    first, last = (IDS.position("A/HRC/26/6", f"143.8/{key}") for key in ("report", "outcome"))
    assert graph.all(first, "pg:statedOn") == ["2014-02-07"]
    assert graph.all(last, "pg:statedOn") == ["2014-06-20"]
    assert graph.all(last, "pg:position") == [VOCAB + "upr-position/noted"]
    assert graph.all(last, "pg:verification") == [VOCAB + "verification/derived"]


def test_shares_have_addresses_of_their_own_and_no_text(reports: dict[int, Graph]) -> None:
    assert [len(graph.instances("pg:StateRecommendation")) for graph in reports.values()] == [172, 256]
    graphs = {quad.graph_name.value for quad in reports[18].quads}
    assert graphs == {IDS.graph("un/a-hrc-26-6"), IDS.graph("un/upr-info/a-hrc-26-6")}
    assert max(len(value) for graph in reports.values() for share in graph.instances("pg:StateRecommendation")
               for value in graph.all(share, "rdfs:label")) < 80


def test_every_matched_share_names_a_state_of_its_recommendation(reports: dict[int, Graph]) -> None:
    """Both sides come from another source: the States from the report, the shares from the export."""
    for graph in reports.values():
        of_report: dict[str, list[str]] = {}
        of_export: dict[str, list[str]] = {}
        share_of = dict(graph.pairs("pg:shareOf"))
        for thing, state in graph.pairs("pg:recommendingState"):
            (of_export if thing in share_of else of_report).setdefault(share_of.get(thing, thing), []).append(state)
        assert {item: sorted(found) for item, found in of_export.items()} == {
            item: sorted(found) for item, found in of_report.items()}


def test_states_have_names_in_both_languages() -> None:
    problems: list[UserError] = []
    graph = sound(states.read(UN / "states.csv", IDS, problems), problems)
    assert len(graph.instances("pg:State")) == 109
    assert graph.all(IDS.state("che"), "rdfs:label", "vi") == ["Thụy Sĩ"]
    assert graph.all(IDS.state("lao"), "rdfs:label", "en") == ["Lao People’s Democratic Republic"]
    assert graph.all(IDS.state("lao"), "skos:altLabel", "en") == ["Laos"]


# The tables against their sources -----------------------------------------------------------------------------------


@pytest.mark.skipif(not EXPORT.is_file(), reason="The export of UPR Info does not stand in ../shared/datasets")
@pytest.mark.parametrize("session", FOLDERS)
def test_shares_equal_what_the_reader_reads(session: int) -> None:
    codes = states.codes_by_name(UN / "states.csv", [])
    with (FOLDERS[session] / "shares.csv").open(encoding="utf-8", newline="") as file:
        kept = [(row["state"], row["response"], row["action"], row["issues"], row["session"], row["text_sha256"])
                for row in csv.DictReader(file)]
    answers = {"supported": "accepted", "noted": "noted", None: ""}
    assert kept == [
        (codes[record.recommending.name], answers[record.position], str(record.action),
         ";".join(issue_code(theme) or "" for theme in record.themes), str(record.session), text_sha256(record.text))
        for record in read_upr_info(EXPORT).records if (record.session, record.kind) == (session, RECOMMENDATION)
    ]  # fmt: skip


@pytest.mark.parametrize(("session", "name"), [
    (5, "A_HRC_12_11_vn_recommendations_parsed.csv"), (18, "A_HRC_26_6_vn_recommendations_parsed.csv"),
])
def test_states_equal_those_in_the_brackets_of_the_report(session: int, name: str) -> None:
    """The words that were parsed from the report have stray spaces, and brackets hold more than States."""
    if not (DATASETS / name).is_file():
        pytest.skip(f"{name} does not stand in ../shared/datasets")
    codes = {_plain(known): code for known, code in states.codes_by_name(UN / "states.csv", []).items()}
    with (FOLDERS[session] / "recommendations.csv").open(encoding="utf-8", newline="") as file:
        kept = {row["number"]: row["states"].split(";") for row in csv.DictReader(file)}
    with (DATASETS / name).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            words = [_plain(word) for bracket in row["states_in_brackets"].split(";")
                     for word in ([bracket] if "(" in bracket else bracket.split(","))]
            found = [codes[word] for word in words if word in codes]
            assert kept[row["rec_no"]] == list(dict.fromkeys(found)), row["rec_no"]
            assert {word for word in words if word not in codes} <= {"cat", "cped", "crpd", "iccpr", "icrmw", "ilo", "ngos"}


def _plain(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalpha())


# Counts -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stated() -> dict[str, tuple[str, str, str, int]]:
    """The counts of the table by id: cycle, rule, position ("" for all), number."""
    with (VNM / "reviews" / "counts.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: (row["cycle"], row["rule"], row["position"], int(row["count"])) for row in csv.DictReader(file)}


def _computed(graph: Graph, cycle: str) -> set[tuple[str, str, str, int]]:
    """What the graph itself counts: rows by recorded position, numbered items by the latest position."""
    shares = Counter(position.rsplit("/")[-1] for _, position in graph.pairs("pg:recordedPosition"))
    items = dict(graph.pairs("pg:positionOn"))
    days, code = dict(graph.pairs("pg:statedOn")), dict(graph.pairs("pg:position"))
    latest = {items[held]: code[held] for held in sorted(items, key=lambda held: days[held])}
    numbered = Counter(position.rsplit("/")[-1] for position in latest.values())
    found = {(cycle, "row-per-state", position, number) for position, number in shares.items()}
    found |= {(cycle, "un-numbering", position, number) for position, number in numbered.items()}
    return found | {(cycle, "row-per-state", "", shares.total()), (cycle, "un-numbering", "", numbered.total())}


@pytest.mark.parametrize(("session", "cycle"), [(5, "upr-1"), (18, "upr-2")])
def test_stated_counts_equal_computed_ones(reports: dict[int, Graph], stated: dict[str, tuple[str, str, str, int]],
                                           session: int, cycle: str) -> None:
    told_of = {count for count in stated.values() if count[0] == cycle and count[1] != "state-count"}
    assert told_of == _computed(reports[session], cycle)


def test_the_states_own_counts(stated: dict[str, tuple[str, str, str, int]]) -> None:
    own = {(cycle, position, number) for name, (cycle, rule, position, number) in stated.items()
           if rule == "state-count" and "-state-" in name}
    assert own == {
        ("upr-1", "", 123), ("upr-1", "supported", 96), ("upr-1", "noted", 27),
        ("upr-2", "", 227), ("upr-2", "supported", 182), ("upr-2", "noted", 45),
        ("upr-3", "", 291), ("upr-3", "supported", 241), ("upr-3", "noted", 50),
        ("upr-4", "", 320), ("upr-4", "supported", 271), ("upr-4", "supported", 253), ("upr-4", "supported-in-part", 18),
        ("upr-4", "noted", 49),
    }  # fmt: skip


COUNTS = "id,cycle,rule,position,count,plan,body,role,note_vi,note_en,source,status\n"
KNOWN = frozenset({IDS.cycle("upr-2"), IDS.plan("1-qd-ttg-2020"), IDS.body("mps")})


def _counts(tmp_path: Path, row: str) -> tuple[Graph, list[UserError]]:
    (tmp_path / "reviews").mkdir(exist_ok=True)
    (tmp_path / "reviews" / "counts.csv").write_text(COUNTS + row, "utf-8")
    problems: list[UserError] = []
    return Graph(counts.read(tmp_path, IDS, KNOWN, problems)), problems


def test_a_count_of_a_body_in_a_plan(tmp_path: Path) -> None:
    graph, problems = _counts(tmp_path, "mps-lead,upr-2,state-count,,57,1-qd-ttg-2020,mps,lead,Ghi chú,A note,Press,verified\n")
    assert problems == []
    count = IDS.count("mps-lead")
    assert graph.all(count, "pg:count") == ["57"]
    assert graph.all(count, "pg:countOf") == [IDS.cycle("upr-2")]
    assert graph.all(count, "pg:countRule") == [VOCAB + "count-rule/state-count"]
    assert graph.all(count, "pg:countedPosition") == []
    assert graph.all(count, "pg:countInPlan") == [IDS.plan("1-qd-ttg-2020")]
    assert graph.all(count, "pg:countedBody") == [IDS.body("mps")]
    assert graph.all(count, "pg:countedRole") == [VOCAB + "role/lead"]
    assert graph.all(count, "rdfs:comment", "en") == ["A note"]


@pytest.mark.parametrize(("row", "place"), [
    ("a,upr-9,state-count,,57,,,,,,S,verified\n", ("thing-of-table-unknown", 2, "cycle")),
    ("a,upr-2,state-count,,57,9-qd,mps,lead,,,S,verified\n", ("thing-of-table-unknown", 2, "plan")),
    ("a,upr-2,state-count,,57,1-qd-ttg-2020,moj,lead,,,S,verified\n", ("thing-of-table-unknown", 2, "body")),
    ("a,upr-2,state-count,,57,1-qd-ttg-2020,,lead,,,S,verified\n", ("count-of-body", 2, "body")),
    ("a,upr-2,by-hand,,57,,,,,,S,verified\n", ("table-cell-choice", 2, "rule")),
    ("a,upr-2,state-count,accepted,57,,,,,,S,verified\n", ("table-cell-choice", 2, "position")),
    ("a,upr-2,state-count,,-1,,,,,,S,verified\n", ("count-negative", 2, "count")),
    ("a,upr-2,state-count,,many,,,,,,S,verified\n", ("table-cell-integer", 2, "count")),
    ("a,upr-2,state-count,,1,,,,,,S,verified\na,upr-2,state-count,,2,,,,,,S,verified\n", ("table-row-twice", 3, "id")),
])
def test_a_wrong_count_is_told(tmp_path: Path, row: str, place: tuple[str, int, str]) -> None:
    graph, problems = _counts(tmp_path, row)
    assert told(problems) == [place]
    assert problems[0].message("vi") != problems[0].message("en")
    assert len(graph.instances("pg:RecommendationCount")) == (1 if place[1] == 3 else 0)


def test_a_country_without_counts(tmp_path: Path) -> None:
    problems: list[UserError] = []
    assert counts.read(tmp_path, IDS, KNOWN, problems) == [] and problems == []


# Made-up tables -----------------------------------------------------------------------------------------------------

SHA, OTHER_SHA = text_sha256("one"), text_sha256("two")
DOCUMENT = '''kind = "upr-report"
symbol = "A/HRC/1/2"
state = "vnm"
cycle = "upr-2"
adopted = 2020-01-31
published = 2020-03-01
session = 40
source = "made up"
status = "verified"
[title]
vi = "Báo cáo"
en = "Report"
[rights]
vi = "Dữ kiện"
en = "Facts"
[pending]
on = 2020-01-31
source = "made up"
status = "verified"
'''
STATES = "code,name_en,other_names,name_vi,source,status\nche,Switzerland,,Thụy Sĩ,S,verified\nnor,Norway,,Na Uy,S,verified\n"
RECOMMENDATIONS = ("number,states,position,position_in,position_on,position_source,position_status,source,status\n"
                   "9(a),che;nor,noted,report,2020-01-31,S,verified,S,verified\n"
                   "10.1,nor,supported,outcome,2020-06-30,S,derived,S,verified\n")
SHARES = ("row,session,number,state,response,action,issues,text_sha256,match,confidence,source,status\n"
          f"2,40,9(a),che,noted,5,justice;detention,{SHA},same-words,1,export,derived\n"
          f"3,40,,nor,accepted,4,justice,{OTHER_SHA},,,export,verified\n")
SUMMARIES = "number,summary_en,summary_vi\n9(a),Release of a register,Công bố sổ đăng ký\n"
REC_LINKS = ("paragraph,predicate,target,status,method,confidence,quotation,source,note_en,note_vi\n"
             "9(a),concernsProvision,iccpr/9,curated,names-the-right,0.9,register,S,,\n")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    folder = tmp_path / "un" / "a-hrc-1-2"
    folder.mkdir(parents=True)
    for name, text in {"document.toml": DOCUMENT, "recommendations.csv": RECOMMENDATIONS, "shares.csv": SHARES,
                       "summaries.csv": SUMMARIES, "rec_links.csv": REC_LINKS, "../states.csv": STATES}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def _articles() -> frozenset[str]:
    return subjects(treaty.read(ROOT / "data" / "treaties" / "iccpr", IDS, []))


def test_a_report_with_summaries_and_links(report: Path) -> None:
    problems: list[UserError] = []
    graph = sound(upr.read(report, IDS, problems) + upr.read_links(report, IDS, _articles(), problems), problems)
    first, second = IDS.recommendation("A/HRC/1/2", "9/a"), IDS.recommendation("A/HRC/1/2", "10.1")
    assert graph.all(first, "rdfs:label", "vi") == ["Công bố sổ đăng ký"]
    assert graph.all(second, "rdfs:label", "en") == ["UPR recommendation 10.1 (A/HRC/1/2)"]
    assert graph.all(second, "rdfs:label", "vi") == ["Khuyến nghị UPR 10.1 (A/HRC/1/2)"]
    assert graph.all(first, "pg:concernsProvision") == [IDS.article("iccpr", 9)]
    assert [len([1 for _, item in graph.pairs("pg:positionOn") if item == one]) for one in (first, second)] == [1, 2]
    unmatched = IDS.state_recommendation("A/HRC/1/2", f"nor/{OTHER_SHA[:12]}")
    assert graph.all(unmatched, "pg:shareOf") == []
    assert graph.all(unmatched, "rdfs:label", "en") == ["Norway, row 3 (A/HRC/1/2)"]
    assert graph.all(unmatched, "dcterms:source") == ["export, row 3"]
    matched = IDS.state_recommendation("A/HRC/1/2", f"che/{SHA[:12]}")
    assert graph.all(matched, "dcterms:source") == ["export, row 2; matched by State and same words (1)"]


def test_a_report_without_summaries_and_links(report: Path) -> None:
    (report / "summaries.csv").unlink()
    (report / "rec_links.csv").unlink()
    problems: list[UserError] = []
    graph = sound(upr.read(report, IDS, problems) + upr.read_links(report, IDS, _articles(), problems), problems)
    assert graph.all(IDS.recommendation("A/HRC/1/2", "9/a"), "rdfs:label", "en") == ["UPR recommendation 9(a) (A/HRC/1/2)"]


@pytest.mark.parametrize(("table", "old", "new", "place"), [
    ("recommendations.csv", "9(a)", "9a", ("upr-number-form", 2, "number")),
    ("recommendations.csv", "10.1", "9(a)", ("table-row-twice", 3, "number")),
    ("recommendations.csv", "che;nor", "che;xyz", ("table-reference", 2, "states")),
    ("recommendations.csv", "noted,report", "rejected,report", ("table-cell-choice", 2, "position")),
    ("recommendations.csv", "noted,report", "noted,speech", ("table-cell-choice", 2, "position_in")),
    ("recommendations.csv", "2020-06-30", "30/06/2020", ("table-cell-date", 3, "position_on")),
    ("shares.csv", "9(a)", "9(b)", ("table-reference", 2, "number")),
    ("shares.csv", "che,noted", "xyz,noted", ("table-reference", 2, "state")),
    ("shares.csv", "9(a),che", "10.1,che", ("upr-share-state", 2, "state")),
    ("shares.csv", "noted,5", "rejected,5", ("table-cell-choice", 2, "response")),
    ("shares.csv", "noted,5", "noted,6", ("table-cell-choice", 2, "action")),
    ("shares.csv", "justice;detention", "justice;space", ("table-reference", 2, "issues")),
    ("shares.csv", SHA, SHA[:-1], ("upr-sha256", 2, "text_sha256")),
    ("shares.csv", "same-words,1", ",1", ("table-cell-empty", 2, "match")),
    ("shares.csv", "same-words,1", "same-words,", ("table-cell-empty", 2, "confidence")),
    ("shares.csv", "same-words,1", "same-words,1.5", ("link-confidence", 2, "confidence")),
    ("summaries.csv", "9(a)", "8", ("table-reference", 2, "number")),
    ("summaries.csv", "Release of a register", "", ("table-cell-empty", 2, "summary_en")),
    ("rec_links.csv", "9(a)", "8", ("table-reference", 2, "paragraph")),
    ("rec_links.csv", "iccpr/9", "iccpr/99", ("link-target-unknown", 2, "target")),
    ("rec_links.csv", "0.9", "2", ("link-confidence", 2, "confidence")),
    ("document.toml", 'cycle = "upr-2"\n', "", ("toml-value-absent", None, None)),
    ("document.toml", "adopted = 2020-01-31", 'adopted = "2020-01-31"', ("toml-value-date", None, None)),
])
def test_a_wrong_cell_is_told(report: Path, table: str, old: str, new: str, place: tuple[str, int | None, str | None]) -> None:
    text = (report / table).read_text("utf-8")
    assert old in text
    (report / table).write_text(text.replace(old, new, 1), "utf-8")
    problems: list[UserError] = []
    upr.read(report, IDS, problems)
    upr.read_links(report, IDS, _articles(), problems)
    assert place in told(problems)
    assert problems[0].message("vi") != problems[0].message("en")
    assert Path(table).name in problems[0].message("en")


@pytest.mark.parametrize("code", ["ch", "che1", "CHE"])
def test_a_code_of_another_form(tmp_path: Path, code: str) -> None:
    (tmp_path / "states.csv").write_text(STATES.replace("che,", f"{code},"), "utf-8")
    problems: list[UserError] = []
    graph = Graph(states.read(tmp_path / "states.csv", IDS, problems))
    assert [(problem.line, problem.column) for problem in problems] == [(2, "code")]
    assert graph.instances("pg:State") == {IDS.state("nor")}


def test_links_point_at_recommendations_of_the_review() -> None:
    match = links._PARAGRAPH.fullmatch
    assert match("a-hrc-26-6/143.1")["number"] == "143.1"
    assert match("a-hrc-12-11/61/c")["part"] == "c"
    assert match("a-hrc-26-6/143.") is None


def test_how_sure_the_matches_are() -> None:
    with (FOLDERS[5] / "shares.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert min(Decimal(row["confidence"]) for row in rows) == Decimal("0.63")
    assert Counter(row["match"] for row in rows) == {"same-words": 147, "similar-words": 25}
