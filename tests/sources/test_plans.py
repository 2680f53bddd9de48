"""Plans as tables: the chain, plans without a text, plans noted by hand, coordinators and cited publications."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from tables_help import put, told

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB
from pactgraph.sources.quads import GraphWriter, expand
from pactgraph.sources.tables import activities, cited, coordination, plan, plan_notes, plans, reviews

DATA = Path(__file__).resolve().parents[2] / "data" / "vnm"
IDS = Ids(country="xyz")
COUNTRY = 'code = "xyz"\nlanguage = "xx"\n[name]\nvi = "Nước XYZ"\nen = "Xyzland"\n'


def values(quads: list[Quad], subject: str, predicate: str) -> list[str]:
    """The values of a property, texts with their language."""
    found = []
    for quad in quads:
        if quad.subject.value == subject and quad.predicate == expand(predicate):
            term = quad.object
            found.append(f"{term.value}@{term.language}" if isinstance(term, Literal) and term.language else term.value)
    return sorted(found)


# The chain of plans ------------------------------------------------------------------------------------------------

SOURCES = ("id,kind,language,title_vi,title_en,publisher,published,address,read_on,rights_vi,rights_en,note_vi,note_en,"
           """source,status
paper-1,press,en,Bài báo,A report,Daily,2025-06-19,daily.example 5,2026-11-21,quyền,rights,,,daily.example 5,verified
paper-2,press,vi,Bài khác,Another,,,,2026-11-21,quyền,rights,,,by its title,verified
""")
PLANS = """\
id,number,date,issuer,title_vi,title_en,title_kind,treaty,cycle,answers,implements,follows,note_vi,note_en,source,status
1-d-2015,1/D,2015-03-01,pm,Kế hoạch cũ,Old plan,ours,,r-1,,,,,,a paper,secondary
2-d-2020,2/D,2020-03-01,pm,,,,ab,,AB/C/1;AB/C/2,,1-d-2015,ghi chú,a note,the text,verified
3-m-2021,3/M,2021-03-01,moj,Tên đã đọc,A title,read,,,,1-d-2015;2-d-2020,,,,a paper,verified
"""
HEADINGS = """plan,number,title_vi,title_en,quotation,quoted_from,source,status
1-d-2015,1,Nhóm một,Group one,the first of two,paper-1,daily.example 5,secondary
1-d-2015,2,Nhóm hai,Group two,,,daily.example 5,secondary
"""
CYCLES = """id,mechanism,treaty,number,session,label_vi,label_en,note_vi,note_en,source,status
r-1,upr,,1,,Chu kỳ I,Cycle I,,,a paper,verified
"""


def stated(country: Ids = IDS) -> list[Quad]:
    """What other sources state: bodies, a treaty, two documents, and the text of plan 2-d-2020."""
    out = GraphWriter(country.graph("other"))
    for thing in (country.body("pm"), country.body("moj"), country.unit("office"), country.treaty("ab"),
                  country.un_document("AB/C/1"), country.un_document("AB/C/2")):
        out.value(thing, "skos:notation", "x")
    held = country.plan("2-d-2020")
    out.value(held, "pg:documentNumber", "2/D")
    out.quads.append(Quad(NamedNode(held), expand("pg:adoptedOn"),
                          Literal("2020-03-01", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")), out.graph))
    out.link(held, "pg:issuedBy", country.body("pm"))
    return out.quads


def chain(folder: Path, problems: list[UserError], **files: str) -> list[Quad]:
    """Read made-up tables of plans; ``files`` replaces them."""
    texts = {"country": (folder / "country.toml", COUNTRY.replace('"xx"', '"vi"')), "sources": (folder / "sources.csv", SOURCES),
             "plans": (folder / "plans" / "plans.csv", PLANS), "headings": (folder / "plans" / "headings.csv", HEADINGS),
             "cycles": (folder / "reviews" / "cycles.csv", CYCLES)}
    for name, (path, text) in texts.items():
        put(path, files.get(name, text))
    return plans.read(folder, IDS, stated(), problems)


def test_a_plan_without_a_text_is_there_and_says_so(tmp_path: Path) -> None:
    problems: list[UserError] = []
    quads = chain(tmp_path, problems)
    assert problems == []
    assert {quad.graph_name.value for quad in quads} == {IDS.graph("xyz/plans")}
    old, own = IDS.plan("1-d-2015"), IDS.plan("3-m-2021")
    assert values(quads, old, "pg:textStatus") == [VOCAB + "text-status/not-loaded"]
    assert values(quads, old, "pg:adoptedOn") == ["2015-03-01"]
    assert values(quads, old, "rdfs:label") == ["Kế hoạch cũ@vi", "Old plan@en"]
    # A name of ours is no title, and says so
    assert values(quads, old, "dcterms:title") == []
    assert "This name describes the plan in our words; its official title was not read.@en" in values(
        quads, old, "rdfs:comment")
    assert values(quads, old, "pg:inCycle") == [IDS.cycle("r-1")]
    assert values(quads, own, "dcterms:title") == ["A title@en", "Tên đã đọc@vi"]
    assert values(quads, own, "pg:implementsPlan") == [old, IDS.plan("2-d-2020")]
    assert values(quads, own, "pg:issuedBy") == [IDS.body("moj")]


def test_a_plan_with_a_text_gets_only_what_the_text_does_not_say(tmp_path: Path) -> None:
    quads = chain(tmp_path, [])
    held = IDS.plan("2-d-2020")
    assert {quad.predicate for quad in quads if quad.subject.value == held} == {
        expand(name) for name in ("pg:implementsTreaty", "pg:answersDocument", "pg:followsPlan", "rdfs:comment",
                                  "dcterms:source", "pg:verification")}
    assert values(quads, held, "pg:answersDocument") == [IDS.un_document("AB/C/1"), IDS.un_document("AB/C/2")]
    assert values(quads, held, "pg:followsPlan") == [IDS.plan("1-d-2015")]


def test_groups_of_tasks_that_a_report_names(tmp_path: Path) -> None:
    quads = chain(tmp_path, [])
    first = IDS.task("1-d-2015", "1")
    assert values(quads, first, "rdf:type") == [expand("pg:PlanHeading").value]
    assert values(quads, first, "pg:quotation") == ["the first of two@en"]
    assert values(quads, first, "pg:quotedFrom") == [IDS.source("paper-1")]
    assert values(quads, IDS.task("1-d-2015", "2"), "pg:ordinal") == ["2"]
    assert values(quads, IDS.task("1-d-2015", "2"), "pg:quotation") == []


def test_a_title_that_was_read_stands_in_the_official_language_too(tmp_path: Path) -> None:
    rows = [line.split(",") for line in PLANS.splitlines()]
    for row, cell in zip(rows, ["title_xx", "", "", "Un titre"], strict=True):
        row.insert(6, cell)
    table = "\n".join(",".join(row) for row in rows)
    problems: list[UserError] = []
    quads = chain(tmp_path, problems, country=COUNTRY, plans=table)
    assert problems == []
    labels = ["A title@en", "Tên đã đọc@vi", "Un titre@xx"]
    assert values(quads, IDS.plan("3-m-2021"), "rdfs:label") == labels
    assert values(quads, IDS.plan("3-m-2021"), "dcterms:title") == labels
    chain(tmp_path, problems, country=COUNTRY, plans=table.replace("Un titre", ""))
    assert told(problems) == [("table-cell-empty", 4, "title_xx")]


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("plans", "1-d-2015,1/D", "1-d-2016,1/D", ("plan-id", 2, "id")),
    ("plans", "2015-03-01,pm", "2015-03-01,nobody", ("table-reference", 2, "issuer")),
    ("plans", "Kế hoạch cũ,Old plan,ours", "Kế hoạch cũ,,ours", ("table-cell-empty", 2, "title_en")),
    ("plans", "Old plan,ours", "Old plan,", ("table-cell-empty", 2, "title_kind")),
    ("plans", "Old plan,ours", "Old plan,guessed", ("table-cell-choice", 2, "title_kind")),
    ("plans", ",,r-1", ",,r-9", ("table-reference", 2, "cycle")),
    ("plans", "ours,,r-1", "ours,cd,r-1", ("table-reference", 2, "treaty")),
    ("plans", "AB/C/1;AB/C/2", "AB/C/1;AB/C/9", ("document-unknown", 3, "answers")),
    ("plans", "2020-03-01,pm", "2020-03-02,pm", ("plan-differs", 3, "date")),
    ("plans", "2020-03-01,pm", "2020-03-01,moj", ("plan-differs", 3, "issuer")),
    ("plans", "1-d-2015;2-d-2020", "1-d-2015;4-d-2020", ("table-reference", 4, "implements")),
    ("plans", ",1-d-2015,ghi", ",3-m-2021,ghi", ("plan-order", 3, "follows")),
    ("plans", "a paper,verified", ",verified", ("table-cell-empty", 4, "source")),
    ("headings", "1-d-2015,1", "9-d-2015,1", ("table-reference", 2, "plan")),
    ("headings", "1-d-2015,1", "2-d-2020,1", ("heading-of-text", 2, "plan")),
    ("headings", "1-d-2015,2", "1-d-2015,1", ("table-row-twice", 3, "plan")),
    ("headings", "two,paper-1", "two,paper-9", ("table-reference", 2, "quoted_from")),
    ("headings", "two,paper-1", "two,", ("quotation-half", 2, "quoted_from")),
])
def test_what_is_wrong_with_the_chain_is_told(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int, str]) -> None:
    text = {"plans": PLANS, "headings": HEADINGS}[table]
    assert before in text
    problems: list[UserError] = []
    chain(tmp_path, problems, **{table: text.replace(before, after, 1)})
    assert place in told(problems)
    assert all(problem.message("vi") != problem.message("en") for problem in problems)


def test_a_text_that_arrives_takes_the_place_of_what_stood_for_it(tmp_path: Path) -> None:
    table = chain(tmp_path, [])
    out = GraphWriter(IDS.graph("xyz/source/1-d-2015"))
    plan_iri = IDS.plan("1-d-2015")
    out.value(plan_iri, "pg:documentNumber", "1/D")
    out.text(plan_iri, "rdfs:label", "Tên chính thức", "vi")
    left = plans.displaced(table, out.quads, IDS)
    assert values(left, plan_iri, "rdfs:label") == values(left, plan_iri, "pg:textStatus") == []
    assert values(left, plan_iri, "pg:documentNumber") == []
    assert values(left, IDS.task("1-d-2015", "1"), "rdfs:label") == []
    assert values(left, plan_iri, "pg:inCycle") == [IDS.cycle("r-1")]
    assert values(left, IDS.plan("3-m-2021"), "rdfs:label") == ["A title@en", "Tên đã đọc@vi"]


def test_no_tables_no_plans(tmp_path: Path) -> None:
    problems: list[UserError] = []
    assert plans.read(tmp_path, IDS, [], problems) == coordination.read(tmp_path, IDS, [], problems) == []
    assert cited.read(tmp_path, IDS, problems) == [] and problems == []


# Publications and coordinators -------------------------------------------------------------------------------------

COORDINATION = ("id,coordinator,coordinates,since,since_text,label_vi,label_en,quotation,quoted_from,note_vi,note_en,source,"
                """status
moj-ab,moj,ab,,2014,Bộ: công ước,Ministry: covenant,lời,paper-2,ghi chú,a note,a paper,verified
office-upr,office,upr,2014-05-30,,Văn phòng: UPR,Office: UPR,,,,,a letter,secondary
""")


def coordinators(folder: Path, problems: list[UserError], text: str = COORDINATION) -> list[Quad]:
    put(folder / "sources.csv", SOURCES)
    put(folder / "coordination.csv", text)
    return coordination.read(folder, IDS, stated(), problems)


def test_who_coordinates_what(tmp_path: Path) -> None:
    problems: list[UserError] = []
    quads = coordinators(tmp_path, problems)
    assert problems == []
    treaty, mechanism = IDS.coordination("moj-ab"), IDS.coordination("office-upr")
    assert values(quads, treaty, "pg:coordinates") == [IDS.treaty("ab")]
    assert values(quads, treaty, "pg:dateText") == ["2014"] and values(quads, treaty, "pg:validFrom") == []
    assert values(quads, treaty, "pg:quotation") == ["lời@vi"]
    assert values(quads, mechanism, "pg:coordinator") == [IDS.unit("office")]
    assert values(quads, mechanism, "pg:coordinates") == [VOCAB + "review-mechanism/upr"]
    assert values(quads, mechanism, "pg:validFrom") == ["2014-05-30"]


@pytest.mark.parametrize(("before", "after", "place"), [
    ("moj-ab,moj", "moj-ab,nobody", ("table-reference", 2, "coordinator")),
    ("moj,ab", "moj,cd", ("coordination-subject", 2, "coordinates")),
    ("2014-05-30", "2014", ("table-cell-date", 3, "since")),
    ("lời,paper-2", ",paper-2", ("quotation-half", 2, "quotation")),
    ("lời,paper-2", "lời,paper-7", ("table-reference", 2, "quoted_from")),
    ("office-upr", "moj-ab", ("table-row-twice", 3, "id")),
])
def test_what_is_wrong_with_coordinators_is_told(
        tmp_path: Path, before: str, after: str, place: tuple[str, int, str]) -> None:
    assert before in COORDINATION
    problems: list[UserError] = []
    coordinators(tmp_path, problems, COORDINATION.replace(before, after, 1))
    assert told(problems) == [place]
    assert problems[0].message("vi") != problems[0].message("en")


def test_a_cited_publication_has_a_citation_and_no_file(tmp_path: Path) -> None:
    put(tmp_path / "sources.csv", SOURCES)
    problems: list[UserError] = []
    quads = cited.read(tmp_path, IDS, problems)
    assert problems == []
    first, second = IDS.source("paper-1"), IDS.source("paper-2")
    assert values(quads, first, "dcterms:bibliographicCitation") == ["Daily, 2025-06-19, daily.example 5"]
    assert values(quads, second, "dcterms:bibliographicCitation") == ["Bài khác"]
    assert values(quads, first, "pg:fileName") == values(quads, first, "pg:sha256") == []
    assert values(quads, first, "pg:retrievedOn") == ["2026-11-21"]


@pytest.mark.parametrize(("before", "after", "place"), [
    ("paper-1,press", "paper-1,blog", ("table-cell-choice", 2, "kind")),
    ("2026-11-21,quyền", ",quyền", ("table-cell-empty", 2, "read_on")),
    ("paper-2", "paper-1", ("table-row-twice", 3, "id")),
])
def test_what_is_wrong_with_a_publication_is_told(
        tmp_path: Path, before: str, after: str, place: tuple[str, int, str]) -> None:
    put(tmp_path / "sources.csv", SOURCES.replace(before, after, 1))
    problems: list[UserError] = []
    cited.read(tmp_path, IDS, problems)
    assert told(problems) == [place]


def test_an_event_may_quote_a_cited_publication_and_be_held_by_a_unit(tmp_path: Path) -> None:
    put(tmp_path / "sources.csv", SOURCES)
    put(tmp_path / "reviews" / "cycles.csv", CYCLES)
    head = ("id,kind,label_vi,label_en,date,until,date_text,cycle,document,about,held_by,quotation,source_file,line,source,"
            "status\n")
    put(tmp_path / "reviews" / "events.csv", head
        + "talk,conference,Hội nghị,Talk,2024-11-19,,,,,2-d-2020,moj;office,five years,paper-1,,a paper,secondary\n")
    problems: list[UserError] = []
    quads = reviews.read(tmp_path, IDS, stated(), problems)
    assert problems == []
    event = IDS.event("talk")
    assert values(quads, event, "pg:heldBy") == sorted([IDS.body("moj"), IDS.unit("office")])
    assert values(quads, event, "pg:quotation") == ["five years@en"]
    assert values(quads, event, "pg:quotedFrom") == [IDS.source("paper-1")]
    assert values(quads, event, "pg:eventAbout") == [IDS.plan("2-d-2020")]


# A plan noted by hand ----------------------------------------------------------------------------------------------

TEXT = ("PLAN\n1. Write a leaflet\n- Lead: Ministry of Law\n- Quarter II\n- Product: a leaflet; a report\n"
        "II.1. The Ministry pays.\n")
NOTE = """number = "9/M"
date = 2024-02-02
state = "xyz"
treaty = "ab"
source_file = "plan.txt"
retrieved = 2026-11-21
[issuer]
vi = "Bộ Luật"
en = "Ministry of Law"
xx = "Ministry of Law"
[title]
vi = "Kế hoạch"
en = "Plan"
xx = "Plan"
[rights]
vi = "mở"
en = "open"
"""
ACTIVITIES = """item,kind,parent,words,line,text_en,deadline,deadline_line,starts,due,precision
A,heading,,PLAN,1,Plan,,,,,
1,task,A,Write a leaflet,2,To write a leaflet,Quarter II,4,2024-04-01,2024-06-30,quarter
II.1,duty,,The Ministry pays.,6,It pays.,,,,,
"""
RESPONSIBILITIES = """item,role,agent,requested,words,line,mandate
1,lead,moj,false,Ministry of Law,3,
II.1,cooperating,office,true,Ministry,6,pays
"""
RESULTS = "item,words,line,text_en\n1,a leaflet,5,A leaflet\n1,a report,5,A report\n"


def noted(folder: Path, problems: list[UserError], **files: str) -> list[Quad]:
    """Read a made-up plan that was noted by hand; ``files`` replaces its tables."""
    put(folder / "country.toml", COUNTRY)
    place = folder / "plans" / "9-m-2024"
    texts = {"plan.txt": TEXT, "plan.toml": NOTE, "activities.csv": ACTIVITIES,
             "responsibilities.csv": RESPONSIBILITIES, "results.csv": RESULTS}
    for name, text in texts.items():
        put(place / name, files.get(name.partition(".")[0], text))
    note = plan.read_plan(place, problems)
    assert note is not None
    known = frozenset({IDS.body("moj"), IDS.unit("office")})
    return activities.read(place, note, IDS, known, 1_000_000, problems)


def test_a_plan_noted_by_hand(tmp_path: Path) -> None:
    problems: list[UserError] = []
    quads = noted(tmp_path, problems)
    assert problems == []
    assert {quad.graph_name.value for quad in quads} == {
        IDS.graph("xyz/source/9-m-2024"), IDS.graph("xyz/translation/9-m-2024")}
    key, task, duty = "9-m-2024", IDS.task("9-m-2024", "1"), IDS.duty("9-m-2024", "II.1")
    assert values(quads, IDS.plan(key), "pg:textStatus") == [VOCAB + "text-status/loaded"]
    assert values(quads, task, "rdfs:label") == ["To write a leaflet@en", "Write a leaflet@xx"]
    assert values(quads, task, "pg:parentItem") == [IDS.task(key, "A")]
    assert values(quads, task, "pg:sourceLine") == ["2"]
    assert values(quads, duty, "pg:ordinal") == ["1"] and values(quads, task, "pg:ordinal") == ["2"]
    deadline = IDS.part("deadline", key, "1", 1)
    assert [values(quads, deadline, f"pg:{name}")[0] for name in ("startsOn", "dueOn", "dueYear", "datePrecision")] == [
        "2024-04-01", "2024-06-30", "2024", "quarter"]
    assert values(quads, deadline, "pg:verbatim") == ["Quarter II@xx"]
    asked = IDS.part("responsibility", key, "II.1", 1)
    assert values(quads, asked, "pg:responsibleAgent") == [IDS.unit("office")]
    assert values(quads, asked, "pg:requested") == ["true"] and values(quads, asked, "pg:mandate") == ["pays@xx"]
    assert values(quads, task, "pg:hasExpectedResult") == [IDS.part("result", key, "1", place) for place in (1, 2)]


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("activities", "Write a leaflet,2", "Write a leaflet,3", ("note-quotation", 3, "words")),
    ("activities", "Write a leaflet,2", "Write a Leaflet,2", ("note-quotation", 3, "words")),
    ("activities", "Quarter II,4", "Quarter IV,4", ("note-quotation", 3, "deadline")),
    ("activities", "Quarter II,4", ",", ("activity-deadline-words", 3, "deadline")),
    ("activities", "2024-06-30,quarter", "2024-06-30,", ("table-cell-empty", 3, "precision")),
    ("activities", "2024-06-30,quarter", ",quarter", ("table-cell-empty", 3, "due")),
    ("activities", "2024-06-30", "2024-03-31", ("table-dates-order", 3, "due")),
    ("activities", "task,A", "task,B", ("note-row-unknown", 3, "parent")),
    ("activities", "II.1,duty", "1,duty", ("table-row-twice", 4, "item")),
    ("activities", "1,task", "1,job", ("table-cell-choice", 3, "kind")),
    ("responsibilities", "lead,moj", "lead,mof", ("table-reference", 2, "agent")),
    ("responsibilities", "1,lead", "7,lead", ("note-row-unknown", 2, "item")),
    ("responsibilities", "6,pays", "6,paid", ("note-quotation", 3, "mandate")),
    ("results", "a report,5", "a Report,5", ("note-quotation", 3, "words")),
    ("results", "1,a report", "8,a report", ("note-row-unknown", 3, "item")),
])
def test_what_is_wrong_with_a_plan_noted_by_hand_is_told(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int, str]) -> None:
    text = {"activities": ACTIVITIES, "responsibilities": RESPONSIBILITIES, "results": RESULTS}[table]
    assert before in text
    problems: list[UserError] = []
    noted(tmp_path, problems, **{table: text.replace(before, after, 1)})
    assert place in told(problems)
    assert problems[0].message("vi") != problems[0].message("en")


def test_an_item_may_carry_out_an_item_of_another_plan(tmp_path: Path) -> None:
    put(tmp_path / "links.csv", "task,predicate,target,status,method,confidence,quotation,line,note_en,note_vi\n"
        "1,implementsItem,1-d-2015/A.II.2,curated,same-work,0.85,Write a leaflet,2,why,vì sao\n"
        "1,implementsItem,1-d-2015/III.1,proposed,same-work,0.5,Write a leaflet,2,,\n"
        "1,implementsItem,1-d-2015/B,curated,same-work,0.85,Write a leaflet,2,,\n"
        "1,implementsItem,A.II.2,curated,same-work,0.85,Write a leaflet,2,,\n")
    known = frozenset({IDS.task("9-m-2024", "1"), IDS.task("1-d-2015", "A.II.2"), IDS.duty("1-d-2015", "III.1")})
    problems: list[UserError] = []
    own = plan_notes.Plan("9-m-2024", "xx", TEXT.split("\n"), known, IDS)
    quads = plan_notes.read_links(tmp_path, own, problems)
    assert told(problems) == [("link-target-unknown", 4, "target"), ("link-target-form", 5, "target")]
    assert values(quads, IDS.task("9-m-2024", "1"), "pg:implementsItem") == [IDS.task("1-d-2015", "A.II.2")]
    assert len([quad for quad in quads if quad.predicate == expand("pg:linkObject")]) == 2


# The real data -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(built_store: Path) -> ox.Store:
    from pactgraph.store.generations import current

    generation = current(built_store)
    assert generation is not None
    store = ox.Store()
    store.bulk_load(path=str(generation.nquads), format=ox.RdfFormat.N_QUADS)
    return store


VNM = Ids(country="vnm")


def of(store: ox.Store, subject: str, predicate: str) -> list[str]:
    return sorted({quad.object.value for quad in store.quads_for_pattern(NamedNode(subject), expand(predicate), None)})


def test_the_chain_of_the_plans_of_viet_nam(real: ox.Store) -> None:
    """As facts and the sources give it; who follows whom is written by hand."""
    days = {"487-qd-btp-2014": "2014-03-04", "2057-qd-ttg-2015": "2015-11-23", "1252-qd-ttg-2019": "2019-09-26",
            "3028-qd-btp-2019": "2019-12-04", "1975-qd-ttg-2019": "2019-12-31", "153-qd-btp-2024": "2024-02-02",
            "1172-qd-ttg-2025": "2025-06-17", "566-kh-bca-v02-2025": "2025-09-22", "2715-qd-ttg-2025": "2025-12-13"}
    assert {key: of(real, VNM.plan(key), "pg:adoptedOn") for key in days} == {key: [day] for key, day in days.items()}
    above = {"3028-qd-btp-2019": ["1252-qd-ttg-2019"], "153-qd-btp-2024": ["1252-qd-ttg-2019", "3028-qd-btp-2019"],
             "566-kh-bca-v02-2025": ["1172-qd-ttg-2025"]}
    before = {"2715-qd-ttg-2025": ["1252-qd-ttg-2019"], "1172-qd-ttg-2025": ["1975-qd-ttg-2019"],
              "1975-qd-ttg-2019": ["2057-qd-ttg-2015"]}
    answers = {"1252-qd-ttg-2019": ["CCPR/C/VNM/CO/3"], "2715-qd-ttg-2025": ["CCPR/C/VNM/CO/4"],
               "2057-qd-ttg-2015": ["A/HRC/26/6"]}
    loaded = {"1252-qd-ttg-2019", "153-qd-btp-2024"}
    for key in days:
        found = VNM.plan(key)
        assert of(real, found, "pg:implementsPlan") == [VNM.plan(other) for other in above.get(key, [])]
        assert of(real, found, "pg:followsPlan") == [VNM.plan(other) for other in before.get(key, [])]
        assert of(real, found, "pg:answersDocument") == [VNM.un_document(symbol) for symbol in answers.get(key, [])]
        status = "loaded" if key in loaded else "not-loaded"
        assert of(real, found, "pg:textStatus") == [f"{VOCAB}text-status/{status}"], key


def test_plan_153_in_the_words_of_its_text(real: ox.Store) -> None:
    """Counted by hand in the text: five activities and a heading, three duties; quarters as the text gives them."""
    key = "153-qd-btp-2024"
    items = {quad.subject.value for quad in real.quads_for_pattern(None, expand("pg:inPlan"), NamedNode(VNM.plan(key)))}
    stated = {"PlanTask", "PlanHeading", "PlanDuty"}  # the classes above them are inferred
    kinds = Counter(name for item in items for kind in of(real, item, "rdf:type") if (name := kind.rsplit("/", 1)[-1]) in stated)
    assert kinds == {"PlanTask": 5, "PlanHeading": 1, "PlanDuty": 3}
    dates = {row: [of(real, VNM.part("deadline", key, row, 1), f"pg:{name}")[0]
                   for name in ("verbatim", "startsOn", "dueOn", "datePrecision")] for row in ("1", "2", "3.a", "3.b", "4")}
    assert dates == {
        "1": ["Quý I/2024", "2024-01-01", "2024-03-31", "quarter"],
        "2": ["Quý I-III/2024", "2024-01-01", "2024-09-30", "quarter"],
        "3.a": ["Quý II-IV/2024", "2024-04-01", "2024-12-31", "quarter"],
        "3.b": ["Quý II-IV/2024", "2024-04-01", "2024-12-31", "quarter"],
        "4": ["Cả năm", "2024-01-01", "2024-12-31", "year"],
    }
    results = {row: len(of(real, VNM.task(key, row), "pg:hasExpectedResult")) for row in dates}
    assert results == {"1": 1, "2": 1, "3.a": 2, "3.b": 2, "4": 1}
    leads = {row: of(real, VNM.part("responsibility", key, row, 1), "pg:responsibleAgent") for row in dates}
    assert leads == {row: [VNM.unit("moj-pbgdpl")] for row in dates}
    assert of(real, VNM.part("responsibility", key, "4", 2), "pg:responsibleAgent") == [VNM.unit("moj-cntt")]
    money = VNM.part("responsibility", key, "III.3", 1)
    assert of(real, money, "pg:responsibleAgent") == [VNM.unit("moj-khtc")]
    assert of(real, VNM.task(key, "3.b"), "pg:implementsItem") == [VNM.task("1252-qd-ttg-2019", "C.II.2")]
    # Nothing is recorded on what was done
    assert list(real.quads_for_pattern(None, expand("pg:productOf"), None)) == []


def test_the_duties_of_1252_have_bodies_deadlines_and_english(real: ox.Store) -> None:
    key = "1252-qd-ttg-2019"
    bodies = {"III.1": ["group-localities", "group-relevant-ministries-agencies"], "III.2": ["moj"],
              "III.3": ["group-government-agencies", "group-ministerial-agencies", "group-ministries",
                        "people-committees-provinces"],
              "III.4": ["spc", "spp"], "III.5": ["group-front-member-organisations", "vff"]}
    deadlines = {"III.1": "trước ngày 15 tháng 12 năm 2019", "III.2": "tổng kết 04 năm",
                 "III.3": "trước ngày 30 tháng 11 hàng năm"}
    for number, named in bodies.items():
        duty = VNM.duty(key, number)
        given = of(real, duty, "pg:hasResponsibility")
        assert sorted(of(real, iri, "pg:responsibleAgent")[0] for iri in given) == [VNM.body(body) for body in named]
        asked = "true" if number in ("III.4", "III.5") else "false"
        assert {of(real, iri, "pg:requested")[0] for iri in given} == {asked}
        words = [of(real, iri, "pg:verbatim")[0] for iri in of(real, duty, "pg:hasDeadline")]
        # Duties 4 and 5 set no day
        assert words == ([deadlines[number]] if number in deadlines else [])
        languages = {quad.object.language for quad in real.quads_for_pattern(NamedNode(duty), expand("rdfs:label"), None)}
        assert languages == {"vi", "en"}


def test_the_six_groups_of_the_master_plan_of_2025(real: ox.Store) -> None:
    key = "1172-qd-ttg-2025"
    headings = [VNM.task(key, str(number)) for number in range(1, 7)]
    found = {quad.subject.value for quad in real.quads_for_pattern(None, expand("pg:inPlan"), NamedNode(VNM.plan(key)))}
    assert found == set(headings)
    for heading in headings:
        assert expand("pg:PlanHeading").value in of(real, heading, "rdf:type")
        assert of(real, heading, "pg:quotedFrom") == [VNM.source("press-1172-2025")]
        (words,) = of(real, heading, "pg:quotation")
        assert len(words.split()) <= 6


def test_every_row_has_a_source_and_a_status_and_is_read_by_the_build() -> None:
    for path in (DATA / "plans" / "plans.csv", DATA / "plans" / "headings.csv", DATA / "coordination.csv",
                 DATA / "sources.csv"):
        for row in csv.DictReader(path.read_text("utf-8").splitlines()):
            assert row["source"] and row["status"] in ("verified", "secondary", "derived"), (path, row)
