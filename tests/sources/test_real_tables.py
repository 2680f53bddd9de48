"""What the real tables of data/ state, counted by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tables_help import Graph, rows_without_source, unknown_concepts

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import PG, VOCAB
from pactgraph.sources.annex.read import read_annex
from pactgraph.sources.annex.reading import load_reading
from pactgraph.sources.annex.to_rdf import AnnexWriter
from pactgraph.sources.tables import (
    bodies,
    concluding_observations,
    documents,
    laws,
    plan_notes,
    subjects,
    transfers,
    treaty,
    upr,
)

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
CO3 = DATA / "un" / "ccpr-c-vnm-co-3"
PLAN = DATA / "vnm" / "plans" / "1252-qd-ttg-2019"
KEY = "1252-qd-ttg-2019"
IDS = Ids(country="vnm")


@pytest.fixture(scope="module")
def real() -> Graph:
    """All tables of data/ as one graph; they have no problem."""
    problems: list[UserError] = []
    quads = treaty.read(DATA / "treaties" / "iccpr", IDS, problems)
    folders = [folder for folder in sorted(note.parent for note in (DATA / "un").glob("*/document.toml"))
               if not upr.is_report(folder)]
    for folder in folders:
        quads += concluding_observations.read(folder, IDS, problems)
    quads += bodies.read_un_bodies(DATA / "un" / "bodies.csv", IDS, problems)
    quads += documents.read(DATA / "un", IDS, subjects(quads), problems)
    known = subjects(quads)
    for folder in folders:
        quads += concluding_observations.read_links(folder, IDS, known, problems)
    for read in (bodies.read, transfers.read, laws.read):
        quads += read(DATA / "vnm", IDS, problems)
    annex = read_annex(PLAN / f"decision-{KEY}.txt", load_reading(DATA / "vnm"))
    writer = AnnexWriter(annex, IDS, bodies.ids_by_name(DATA / "vnm", problems),
                         bodies.unit_ids_by_name(DATA / "vnm", problems),
                         laws.titles_on(DATA / "vnm", date(2019, 9, 26), problems), "vi")
    source = writer.quads()
    quads += plan_notes.read(PLAN, KEY, IDS, writer.ordinals(), known | subjects(source), problems)
    assert [problem.message() for problem in problems] == []
    return Graph(quads)


def keys(graph: Graph, name: str) -> set[str]:
    return {iri.rpartition("/")[2] for iri in graph.instances(name)}


def test_the_covenant_has_53_articles_in_six_parts(real: Graph) -> None:
    assert keys(real, "pg:Article") == {str(number) for number in range(1, 54)}
    parts = Counter(part for _, part in real.pairs("pg:treatyPart"))
    assert parts == {"I": 1, "II": 4, "III": 22, "IV": 18, "V": 2, "VI": 6}
    status = Counter(value.rpartition("/")[2] for _, value in real.pairs("pg:derogationStatus"))
    assert status == {"listed": 6, "partly-listed": 1, "not-listed": 15, "not-applicable": 31}
    listed = {iri.rpartition("/")[2] for iri, value in real.pairs("pg:derogationStatus") if value.endswith("/listed")}
    assert listed == {"6", "7", "11", "15", "16", "18"}
    assert real.one(IDS.article("iccpr", 8), "pg:derogationStatus") == VOCAB + "derogation/partly-listed"


def test_the_59_paragraphs_of_2019(real: Graph) -> None:
    document = IDS.un_document("CCPR/C/VNM/CO/3")
    mine = {iri for iri, where in real.pairs("pg:inDocument") if where == document}
    numbers = {real.one(iri, "pg:paragraphNumber") for iri in mine} - {None}
    items = {f"3({letter})" for letter in "abcdefg"} | {"4(a)", "4(b)"}
    assert numbers == {str(number) for number in range(1, 60)} | items
    paired = {int(rec.rpartition("/")[2]): int(concern.rpartition("/")[2]) for rec, concern in real.pairs("pg:pairedWith")}
    assert paired == {number: number - 1 for number in range(6, 57, 2)} and len(paired) == 26
    assert {iri.rpartition("/")[2] for iri, _ in real.pairs("pg:followUp")} == {"24", "46", "52"}
    due = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:responseDueOn")}
    assert due == {"24": "2021-03-29", "46": "2021-03-29", "52": "2021-03-29", "58": "2021-03-29", "59": "2023-03-29"}
    derived = {p for p in ("4", "7", "23", "45", "51", "58")
               if real.one(IDS.paragraph("ccpr-c-vnm-co-3", p), "pg:verification") == VOCAB + "verification/derived"}
    assert derived == {"4", "7", "23", "45", "51", "58"}


def test_what_was_not_read_says_nothing(real: Graph) -> None:
    """Of paragraphs 9-22, 25-44, 47-50, 53-56 and 57 only the number and the type by parity are known."""
    empty = {iri for iri, value in real.pairs("pg:placeholder") if value == "true"}
    assert {int(iri.rpartition("/")[2]) for iri in empty} == {
        *range(9, 23), *range(25, 45), *range(47, 51), *range(53, 57), 57}
    assert len(empty) == 43
    for iri in empty:
        number = iri.rpartition("/")[2]
        assert real.one(iri, "rdfs:label", "vi") == f"Đoạn {number} (chưa nạp nội dung)"
        assert real.one(iri, "rdfs:label", "en") == f"Paragraph {number} (text not loaded)"
        assert real.one(iri, "pg:verification") == VOCAB + "verification/derived"
        assert real.one(iri, "pg:textStatus") == VOCAB + "text-status/not-loaded"
        kind = "dissemination" if number == "57" else "concern" if int(number) % 2 else "recommendation"
        assert real.one(iri, "pg:paragraphType") == VOCAB + f"paragraph-type/{kind}"
    stated = {quad.predicate.value.rpartition("/")[2].rpartition("#")[2]
              for quad in real.quads if quad.subject.value in empty}
    assert stated == {"type", "label", "notation", "inDocument", "paragraphNumber", "ordinal", "paragraphType", "textStatus",
                      "placeholder", "pairedWith", "source", "verification"}
    pointing = {quad.predicate.value.rpartition("/")[2] for quad in real.quads if quad.object.value in empty}
    assert pointing == {"pairedWith"}


def test_the_recommendations_that_count(real: Graph) -> None:
    known = real.instances("pg:TreatyBodyRecommendation") - {iri for iri, _ in real.pairs("pg:placeholder")}
    assert {iri.partition("/rec/")[2] for iri in known} == {
        *(f"ccpr-c-vnm-co-3/{number}" for number in (6, 8, 24, 46, 52)), "ccpr-co-75-vnm/7"}


def test_the_grades_of_2022(real: Graph) -> None:
    base = IDS.recommendation("ccpr-c-vnm-co-3", "")
    grades = {target.removeprefix(base): (real.one(assessment, "pg:grade") or "")[-1]
              for assessment, target in real.pairs("pg:assesses")}
    assert grades == {"24/a": "C", "24/b": "C", "24/c": "E", "24/d": "E", "24/e": "E", "46": "E", "52": "C"}
    assert {day for _, day in real.pairs("pg:assessedOn")} == {"2022-11-04"}
    assert {body for _, body in real.pairs("pg:assessor")} == {IDS.un_body("hrctte")}


# The 14 ministries and 3 ministerial-level agencies of Resolution 176/2025/QH15.
MINISTRIES = {"mod", "mps", "mofa", "moha", "moj", "mof", "moit", "mae", "moc", "mcst", "most", "moet", "moh", "memr"}
AGENCIES = {"sbv", "gi", "gov-office"}
ENDED = {"molisa", "mic", "mpi", "mot", "mard", "monre", "cema"}


def test_the_bodies_of_viet_nam(real: Graph) -> None:
    vnm = {key for key in keys(real, "pg:PublicBody") if key != "hrctte"}
    assert vnm == MINISTRIES | AGENCIES | ENDED | {"spc", "spp", "vgcl", "vbf", "na", "nao", "hcma", "vff", "pm", "gov",
                                                   "hr-steering-committee"}
    ended = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:existsUntil") if "/body/" in iri}
    assert ended == dict.fromkeys([*ENDED, "police-districts"], "2025-03-01") | dict.fromkeys(
        ("people-committees-districts", "courts-high", "courts-district"), "2025-07-01")
    begun = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:existsFrom") if "/body/" in iri}
    assert begun == {"memr": "2025-03-01", "mae": "2025-03-01", "courts-regional": "2025-07-01"}
    asked = {iri.rpartition("/")[2] for iri, value in real.pairs("pg:askedOnly") if value == "true"}
    assert asked == {"spc", "spp", "na", "nao", "vgcl", "vbf", "vff", "group-front-member-organisations", "courts-high",
                     "courts-provincial", "courts-district", "courts-regional"}
    standing = {iri.rpartition("/")[2] for iri, _ in real.pairs("pg:continuesSource") if "/body/" in iri}
    assert standing == MINISTRIES | AGENCIES | {"gov", "na"}
    assert len(real.instances("pg:BodyGroup")) == 25  # 5 of them named by 153/QĐ-BTP


def test_the_kinds_of_bodies_that_are_no_ministries(real: Graph) -> None:
    kinds = {iri.rpartition("/")[2]: kind.rpartition("/")[2] for iri, kind in real.pairs("pg:bodyKind")}
    assert {key for key, kind in kinds.items() if kind == "ministry"} == MINISTRIES | ENDED - {"cema"}
    assert {key for key, kind in kinds.items() if kind == "ministerial-agency"} == AGENCIES | {"cema"}
    assert kinds["spc"] == "court" and kinds["spp"] == "procuracy" and kinds["na"] == "national-assembly"
    assert kinds["nao"] == "assembly-office" and kinds["vff"] == "front" and kinds["vgcl"] == "trade-union"
    assert kinds["vbf"] == "professional-body" and kinds["hcma"] == "party-institution"
    assert kinds["hr-steering-committee"] == "inter-agency-body" and kinds["people-committees-provinces"] == "local-government"


def test_the_units_inside_bodies(real: Graph) -> None:
    justice = {"moj-pbgdpl", "moj-tgpl", "moj-pbgdpl-tgpl", "moj-btnn", "moj-dkgdbd", "moj-gdbd-btnn", "moj-htqt",
               "moj-cntt", "moj-khtc"}
    assert real.pairs("pg:unitOf") == {(IDS.unit(key), IDS.body("moj")) for key in justice} | {
        (IDS.unit("government-committee-for-religious-affairs"), IDS.body("moha")),
        (IDS.unit("hr-steering-office"), IDS.body("hr-steering-committee"))}
    ended = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:existsUntil") if "/unit/" in iri}
    assert ended == dict.fromkeys(("moj-pbgdpl", "moj-tgpl", "moj-btnn", "moj-dkgdbd"), "2025-03-01")
    begun = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:existsFrom") if "/unit/" in iri}
    assert begun == dict.fromkeys(("moj-pbgdpl-tgpl", "moj-gdbd-btnn"), "2025-03-01")
    standing = {iri.rpartition("/")[2] for iri, _ in real.pairs("pg:continuesSource") if "/unit/" in iri}
    assert standing == {"moj-pbgdpl-tgpl", "moj-gdbd-btnn", "moj-htqt", "moj-cntt", "moj-khtc"}


def test_every_body_that_ended_has_one_main_successor(real: Graph) -> None:
    main = set()
    for transfer in real.instances("pg:FunctionTransfer"):
        if (real.one(transfer, "pg:transferKind") or "").endswith(("/merged", "/succeeded")):
            ends = [real.one(transfer, f"pg:transfer{end}") or "" for end in ("From", "To")]
            main.add(tuple(end.rpartition("/")[2] for end in ends))
    assert main == {("molisa", "moha"), ("mic", "most"), ("mpi", "mof"), ("mot", "moc"), ("cema", "memr"), ("mard", "mae"),
                    ("monre", "mae"), ("courts-district", "courts-regional"), ("moj-pbgdpl", "moj-pbgdpl-tgpl"),
                    ("moj-tgpl", "moj-pbgdpl-tgpl"), ("moj-btnn", "moj-gdbd-btnn"), ("moj-dkgdbd", "moj-gdbd-btnn")}
    assert len(real.instances("pg:FunctionTransfer")) == 36
    religion = real.pairs("pg:transfersFunction")
    assert (IDS.transfer("moha-memr-religious-affairs-2025"), VOCAB + "function/religious-affairs") in religion


def test_nothing_that_is_known_from_memory_only_is_a_transfer(real: Graph) -> None:
    """Every transfer has a source that can be opened, or a rule; most name the act on which they rest."""
    without = set()
    for transfer in real.instances("pg:FunctionTransfer"):
        assert not (real.one(transfer, "pg:verification") or "").endswith("/unverified"), transfer
        if not real.one(transfer, "pg:legalBasis"):
            without.add(transfer.rpartition("/")[2])
    assert without == {"molisa-moh-victims-of-trafficking-2025", "molisa-moh-persons-with-disabilities-2025"}


def test_the_laws_that_the_annex_names(real: Graph) -> None:
    assert keys(real, "pg:LawProposal") == {
        "luat-ve-hoi", "luat-chong-phan-biet-doi-xu", "luat-ve-dan-toc-thieu-so"}
    ended = {iri.rpartition("/")[2]: day for iri, day in real.pairs("pg:inForceUntil")}
    named = {"100-2015-qh13", "luat-an-ninh-quoc-gia", "luat-phong-chong-khung-bo", "86-2015-qh13", "103-2016-qh13",
             "luat-xuat-ban", "24-2018-qh14", "bo-luat-lao-dong", "luat-cong-doan", "76-2010-qd-ttg"}
    assert named <= keys(real, "pg:Law")
    assert {key: day for key, day in ended.items() if key in named} == dict.fromkeys(
        ("24-2018-qh14", "86-2015-qh13", "103-2016-qh13"), "2026-07-01")
    assert real.one(IDS.law("bo-luat-lao-dong"), "pg:lawNumber") is None
    meant = laws.titles_on(DATA / "vnm", date(2019, 9, 26), [])
    assert (meant["Luật An ninh mạng"], meant["Luật Báo chí"]) == ("24-2018-qh14", "103-2016-qh13")
    assert (meant["Bộ luật Lao động"], meant["Luật Công đoàn"]) == ("bo-luat-lao-dong", "luat-cong-doan")


def test_curated_links_stand_as_triples_and_proposed_ones_do_not(real: Graph) -> None:
    stated, waiting = set(), set()
    for assertion in real.instances("pg:LinkAssertion"):
        triple = tuple(real.one(assertion, f"pg:link{end}") for end in ("Subject", "Predicate", "Object"))
        (stated if (real.one(assertion, "pg:linkStatus") or "").endswith("/curated") else waiting).add(triple)
    plain = {(subject, PG + name, target) for name in ("addresses", "concernsProvision", "preparesAnswerTo")
             for subject, target in real.pairs(f"pg:{name}")}
    assert plain == stated
    assert waiting and not waiting & plain
    assert not any(target.endswith("/52") for _, target in real.pairs("pg:addresses"))


def test_every_row_has_a_source_and_a_status() -> None:
    tables = [DATA / "treaties/iccpr/articles.csv", *(DATA / "un").glob("*/paragraphs.csv"), CO3 / "grades.csv",
              *(DATA / "un" / f"{name}.csv" for name in ("bodies", "documents", "subjects")),
              *(DATA / "vnm" / "reviews" / f"{name}.csv" for name in ("cycles", "events")),
              *(DATA / "vnm" / f"{name}.csv" for name in ("bodies", "groups", "units", "transfers", "laws"))]
    assert [wrong for path in tables for wrong in rows_without_source(path)] == []


def test_every_code_is_a_concept_of_a_vocabulary(real: Graph) -> None:
    assert unknown_concepts(real) == set()
