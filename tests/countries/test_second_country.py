"""A made-up country whose official language is French: nothing in the model or in the code knows Viet Nam."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from cli_help import run

from pactgraph.catalogue import load
from pactgraph.errors import UserError
from pactgraph.sources.annex.read import read_annex
from pactgraph.sources.annex.reading import load_reading
from pactgraph.sources.annex.records import Annex
from pactgraph.sources.tables import bodies, laws, official
from pactgraph.sources.tables.csvfile import Column
from pactgraph.store import open_store
from pactgraph.store.generations import current

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
FOLDER = HERE / "xsr"
TEXT = FOLDER / "plans" / "2024-117-2024" / "decret-2024-117.txt"
PLAN = "2024-117"


@pytest.fixture(scope="module")
def annex() -> Annex:
    return read_annex(TEXT, load_reading(FOLDER))


def pick(rows: list[dict[str, str]], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


# Reading ----------------------------------------------------------------------------------------------------------

def test_a_decree_in_french_is_read_whole(annex: Annex) -> None:
    assert (annex.number_reading, annex.date) == ("2024-117", "2024-03-15")
    assert annex.title.startswith("portant approbation du plan national de mise en œuvre du Pacte")
    # The one thing to look at is a law that the register does not know.
    assert [(row, issue.code, issue.found) for row, issue in annex.all_issues()] == [("B.2", "unknown-law", "n° 2031-99")]


def test_rows_are_numbered_by_the_alphabet_of_the_country(annex: Annex) -> None:
    assert [row.id for row in annex.rows] == [
        "A", "A.1", "A.1.a", "A.1.b", "A.1.c", "A.1.d", "A.1.e", "A.1.f", "A.2", "B", "B.1", "B.2"]
    assert [row.id for row in annex.rows if not row.is_leaf] == ["A", "A.1", "B"]


def test_columns_stand_in_another_order_and_a_cut_row_is_rejoined(annex: Annex) -> None:
    row = next(row for row in annex.rows if row.id == "B.1")
    assert row.label == "Diffuser les observations finales du Comité auprès du public"
    assert row.expected_results == ["Recueil des observations finales en trois langues"]
    assert row.lines == [43, 44]


def test_who_is_asked_and_on_what(annex: Annex) -> None:
    rows = {row.id: row for row in annex.rows}
    press = rows["A.1.b"]
    assert [(body.agency, body.scope) for body in press.lead] == [("Ministère de l’Information", "presse")]
    assert [(body.agency, body.group, body.requested) for body in press.cooperating] == [
        ("Tous les ministères concernés", True, False), ("Assemblée nationale", False, True)]
    assert [(body.agency, body.requested) for body in rows["A.1.c"].lead] == [("Cour suprême", True)]
    assert rows["A.1.e"].lead[0].subunit == "Direction des cultes"
    # A comma inside a name is no separator; a straight apostrophe is the same as a curved one.
    assert [body.agency for body in rows["A.1.e"].cooperating] == [
        "Ministère du Travail, de la Famille et de l’Enfance", "Ministère de la Justice"]
    assert rows["A.1.d"].lead[0].agency == "Ministère de l’Information"
    assert rows["A.2"].cooperating[0].mandate == "dans la limite de ses attributions"


@pytest.mark.parametrize(("row", "deadlines"), [
    ("A.1.a", [("range", 2024, 2026, None, False)]),
    ("A.1.b", [("final", None, None, "2025-11-30", True)]),
    ("A.1.c", [("annual", None, None, None, False)]),
    ("A.1.e", [("final", None, None, "2025-12-31", True)]),
    ("A.2", [("final", None, None, "2026-11-30", True), ("annual", None, None, None, False)]),
    ("B.2", []),
])
def test_deadlines_in_french(annex: Annex, row: str, deadlines: list[tuple[object, ...]]) -> None:
    found = next(item for item in annex.rows if item.id == row).deadlines
    assert [(item.kind, item.start, item.end, item.date, item.before) for item in found] == deadlines


def test_duties_of_the_decree_itself(annex: Annex) -> None:
    assert [(duty.id, duty.requested, [body.agency for body in duty.agencies]) for duty in annex.duties] == [
        ("II.1", False, ["Ministère de la Justice"]), ("II.2", True, ["Assemblée nationale", "Cour suprême"])]
    assert [(item.date, item.recurrence) for item in annex.duties[0].deadlines] == [("--11-30", "P1Y")]


# Official names ---------------------------------------------------------------------------------------------------

def test_the_official_name_stands_in_a_column_of_its_own() -> None:
    problems: list[UserError] = []
    assert bodies.ids_by_name(FOLDER, problems)["Cour suprême"] == "supreme-court"
    assert bodies.unit_ids_by_name(FOLDER, problems) == {"Direction des cultes": "worship"}
    assert laws.registry(FOLDER)["2010-12"].title == "Loi sur la presse"
    assert problems == []


@pytest.mark.parametrize(("lang", "names", "texts"), [
    ("vi", ["name_en", "name_vi"], ["text_en"]),
    ("en", ["name_en", "name_vi"], ["text_vi"]),
    ("fr", ["name_en", "name_fr", "name_vi"], ["text_en", "text_vi"]),
])
def test_which_columns_a_language_asks_for(tmp_path: Path, lang: str, names: list[str], texts: list[str]) -> None:
    (tmp_path / "country.toml").write_text(f'language = "{lang}"\n', "utf-8")
    columns = official.official((Column("id"), Column("name_vi"), Column("name_en", required=True)), tmp_path)
    assert sorted(column.name for column in columns if column.name != "id") == names
    assert all(column.required for column in columns if column.name == "name_fr")
    assert sorted(column.name for column in official.translation(lang)) == texts


def test_a_missing_official_name_and_a_wrong_language_are_told(tmp_path: Path) -> None:
    (tmp_path / "country.toml").write_text('language = "fr"\n', "utf-8")
    (tmp_path / "bodies.csv").write_text(
        "id,name_vi,name_en,kind,exists_from,exists_until,asked_only,continues_source,source,status\n", "utf-8")
    problems: list[UserError] = []
    bodies.read_bodies(tmp_path, problems)
    assert [(problem.key, problem.column) for problem in problems] == [("table-column-absent", "name_fr")]
    (tmp_path / "country.toml").write_text('language = "French"\n', "utf-8")
    assert official.language(tmp_path, problems) == "" and problems[-1].key == "country-language"


# The graph --------------------------------------------------------------------------------------------------------

def test_it_builds_without_a_data_error(made_up_store: Path) -> None:
    generation = current(made_up_store)
    assert generation is not None
    summary = generation.summary()
    assert summary["data_errors"] == 0, summary["errors"]
    assert (summary["tasks"], summary["headings"], summary["bodies"], summary["recommendations"]) == (9, 3, 8, 3)


def test_names_in_three_languages(made_up_store: Path) -> None:
    store = open_store(str(made_up_store))
    base = "https://w3id.org/pactgraph/id"
    labels = {
        thing: {(term.language, term.value) for (term,) in store.query(
            f"SELECT ?l {{ <{base}/{thing}> <http://www.w3.org/2000/01/rdf-schema#label> ?l }}")}
        for thing in ("state/xsr", "xsr/body/supreme-court", "xsr/law/2010-12", "xsr/task/2024-117-2024/A.1.c")
    }
    assert labels == {
        "state/xsr": {("vi", "Cộng hòa Sarelle"), ("en", "Republic of Sarelle"), ("fr", "République de Sarelle")},
        "xsr/body/supreme-court": {("vi", "Tòa án tối cao Sarelle"), ("en", "Supreme Court"), ("fr", "Cour suprême")},
        "xsr/law/2010-12": {("vi", "Luật Báo chí Sarelle (n° 2010-12)"), ("en", "Press Act (n° 2010-12)"),
                            ("fr", "Loi sur la presse (n° 2010-12)")},
        "xsr/task/2024-117-2024/A.1.c": {("fr", "Former les juges à l’interdiction de la torture")},
    }


# Questions --------------------------------------------------------------------------------------------------------

def test_which_agency_handles_each_recommendation(made_up_store: Path, asked) -> None:
    rows = asked(made_up_store, "agency-for-recommendation", "vi")
    assert pick(rows, "recommendation", "task", "requested", "scope", "body", "body_today", "basis") == [
        ("CCPR/C/XSR/CO/1/6", "A.1.a", "false", "", "Bộ Tư pháp Sarelle", "Bộ Tư pháp Sarelle", "verified"),
        ("CCPR/C/XSR/CO/1/6", "A.1.a", "false", "", "Bộ Nội vụ Sarelle", "Bộ Nội vụ Sarelle", "verified"),
        ("CCPR/C/XSR/CO/1/8", "A.1.b", "false", "báo chí", "Bộ Thông tin Sarelle", "Bộ Văn hóa và Truyền thông Sarelle",
         "verified"),
        ("CCPR/C/XSR/CO/1/8", "A.1.b", "false", "", "Các bộ có liên quan", "Các bộ có liên quan", "none"),
        ("CCPR/C/XSR/CO/1/8", "A.1.b", "true", "", "Quốc hội Sarelle", "Quốc hội Sarelle", "verified"),
    ]


@pytest.mark.parametrize(("day", "press", "networks", "unsaid"), [
    ("2025-06-30", "Ministry of Information", "Ministry of Information", "Ministry of Information"),
    ("2025-07-01", "Ministry of Culture and Media", "Ministry of the Interior",
     "Ministry of Culture and Media; Ministry of the Interior"),
])
def test_who_answers_before_and_after_the_merger(
        made_up_store: Path, asked, day: str, press: str, networks: str, unsaid: str) -> None:
    rows = asked(made_up_store, "responsibilities", as_of=day, plan=PLAN)
    today = {row["task"]: row["body_today"] for row in rows if row["body"] == "Ministry of Information"}
    assert today == {"A.1.b": press, "A.1.d": networks, "A.1.f": unsaid}


def test_responsibilities_of_the_plan(made_up_store: Path, asked) -> None:
    rows = asked(made_up_store, "responsibilities", plan=PLAN)
    assert pick(rows, "task", "role", "requested", "scope", "body", "basis") == [
        ("A.1.a", "lead", "false", "", "Ministry of Justice", "verified"),
        ("A.1.a", "cooperating", "false", "", "Ministry of the Interior", "verified"),
        ("A.1.b", "lead", "false", "press", "Ministry of Information", "verified"),
        ("A.1.b", "cooperating", "false", "", "All ministries concerned", "none"),
        ("A.1.b", "cooperating", "true", "", "National Assembly", "verified"),
        ("A.1.c", "lead", "true", "", "Supreme Court", "verified"),
        ("A.1.c", "cooperating", "false", "", "Ministry of Justice", "verified"),
        ("A.1.d", "lead", "false", "sécurité des réseaux", "Ministry of Information", "verified"),
        ("A.1.e", "lead", "false", "", "Ministry of the Interior", "verified"),
        ("A.1.e", "cooperating", "false", "", "Ministry of Labour, Family and Children", "unverified"),
        ("A.1.e", "cooperating", "false", "", "Ministry of Justice", "verified"),
        ("A.1.f", "lead", "false", "", "Ministry of Information", "ambiguous"),
        ("A.2", "lead", "false", "", "Prime Minister", "verified"),
        ("A.2", "cooperating", "false", "", "Ministry of Justice", "verified"),
        ("B.1", "lead", "false", "", "Ministry of Culture and Media", "verified"),
        ("B.2", "lead", "false", "", "Ministry of Justice", "verified"),
    ]


@pytest.mark.parametrize(("lang", "labels"), [
    ("en", ["Revise the Penal Code to limit the death penalty to the most serious crimes",
            "Informer l’Assemblée nationale de la loi n° 2031-99"]),
    ("vi", ["Sửa đổi Bộ luật Hình sự để chỉ áp dụng án tử hình đối với các tội đặc biệt nghiêm trọng",
            "Informer l’Assemblée nationale de la loi n° 2031-99"]),
])
def test_duties_of_a_body_in_the_language_that_there_is(made_up_store: Path, asked, lang: str, labels: list[str]) -> None:
    rows = asked(made_up_store, "duties-of-body", lang, body="justice")
    assert [row["task"] for row in rows] == ["A.1.a", "B.2", "II.1", "A.1.c", "A.1.e", "A.2"]
    assert [row["label"] for row in rows[:2]] == labels


def test_a_name_falls_back_to_english_before_the_official_language(made_up_store: Path, asked) -> None:
    # A.1.b has a French and an English label: a Vietnamese reader gets the English one, once.
    rows = asked(made_up_store, "tasks-asked-of-courts", "vi")
    assert pick(rows, "task", "label", "body") == [
        ("A.1.b", "Bring the Press Act into line with freedom of expression", "Quốc hội Sarelle"),
        ("A.1.c", "Former les juges à l’interdiction de la torture", "Tòa án tối cao Sarelle"),
        ("II.2", "The National Assembly and the Supreme Court are asked to make their comments known before 30 June 2025.",
         "Quốc hội Sarelle"),
        ("II.2", "The National Assembly and the Supreme Court are asked to make their comments known before 30 June 2025.",
         "Tòa án tối cao Sarelle"),
    ]


def test_what_is_overdue(made_up_store: Path, asked) -> None:
    rows = asked(made_up_store, "overdue")
    assert sorted(pick(rows, "task", "due", "requested")) == [
        ("A.1.b", "2025-11-30", "false"), ("A.1.c", "2025-12-31", "true"), ("A.1.d", "2025-12-31", "false"),
        ("A.1.e", "2025-12-31", "false"), ("A.1.f", "2025-12-31", "false"), ("A.2", "2025-12-31", "false"),
        ("B.1", "2024-12-31", "false"), ("II.1", "2025-11-30", "false"), ("II.2", "2025-06-30", "true"),
        ("II.2", "2025-06-30", "true"),
    ]


def test_what_is_due_soon(made_up_store: Path, asked) -> None:
    rows = asked(made_up_store, "due-soon")
    assert sorted(pick(rows, "task", "due", "body_today")) == [
        ("A.1.a", "2026-12-31", "Ministry of Justice"), ("A.1.c", "2026-12-31", "Supreme Court"),
        ("A.2", "2026-11-30", "Prime Minister"), ("A.2", "2026-12-31", "Prime Minister"),
        ("II.1", "2026-11-30", "Ministry of Justice"),
    ]


@pytest.mark.parametrize(("day", "law"), [("2025-12-31", "Press Act (n° 2010-12)"),
                                          ("2026-01-01", "Freedom of the Press Act (n° 2025-45)")])
def test_the_law_in_force_for_an_article(made_up_store: Path, asked, day: str, law: str) -> None:
    rows = asked(made_up_store, "laws-for-article", as_of=day, article="ICCPR/19")
    assert pick(rows, "law", "status") == [(law, "in force")]


def test_laws_that_the_tasks_name(made_up_store: Path, asked) -> None:
    rows = asked(made_up_store, "laws-named-by-tasks")
    assert pick(rows, "law", "tasks", "status", "replaced_by") == [
        ("Penal Code (n° 1998-03)", "A.1.a", "in force", ""),
        ("Press Act (n° 2010-12)", "A.1.b", "no longer in force", "Freedom of the Press Act (n° 2025-45)"),
    ]


def test_the_chain_names_a_law_once(made_up_store: Path, asked) -> None:
    rows = asked(made_up_store, "trace", start="CCPR/C/XSR/CO/1/8")
    assert pick(rows, "article", "task", "body", "body_today", "law", "deadline", "source") == [
        ("ICCPR/19", "A.1.b", "Ministry of Information", "Ministry of Culture and Media",
         "Press Act (n° 2010-12); Freedom of the Press Act (n° 2025-45)", "avant le 30/11/2025", "decret-2024-117.txt:36"),
    ]


def test_successors_and_open_recommendations(made_up_store: Path, asked) -> None:
    assert pick(asked(made_up_store, "successors"), "body", "function", "successor", "from") == [
        ("Ministry of Information", "Network Information Security", "Ministry of the Interior", "2025-07-01"),
        ("Ministry of Information", "all, less what other rows name", "Ministry of Culture and Media", "2025-07-01"),
    ]
    assert pick(asked(made_up_store, "recommendations-without-task", as_of=None), "recommendation") == [
        ("CCPR/C/XSR/CO/1/10",)]
    assert pick(asked(made_up_store, "tasks-without-unique-successor"), "task") == [("A.1.f",)]
    assert pick(asked(made_up_store, "graded-recommendations", as_of=None), "recommendation", "grade") == [
        ("CCPR/C/XSR/CO/1/6", "C")]
    assert pick(asked(made_up_store, "plan-chain", as_of=None), "plan", "issuer", "answers") == [
        ("2024-117", "Prime Minister", "CCPR/C/XSR/CO/1")]
    assert pick(asked(made_up_store, "treaty-actions", as_of=None), "treaty", "state", "date") == [
        ("ICCPR", "Republic of Sarelle", "1999-06-01")]


def test_the_command_line_asks_and_lists_gaps(made_up_data: Path, made_up_store: Path) -> None:
    done = run("ask", "agency-for-recommendation", "--store", str(made_up_store), "--as-of", "2026-11-21", "--lang", "vi",
               "--format", "csv", PACTGRAPH_DATA=str(made_up_data))
    assert done.returncode == 0, done.stderr
    assert "Bộ Văn hóa và Truyền thông Sarelle" in done.stdout and "decret-2024-117.txt:36" in done.stdout
    gaps = run("gaps", "--store", str(made_up_store), "--as-of", "2026-11-21", "--lang", "en", "--format", "csv",
               PACTGRAPH_DATA=str(made_up_data))
    assert gaps.returncode == 0, gaps.stderr
    for kind, thing in (("adverse-grade", "ccpr-c-xsr-co-1/6"), ("ambiguous-successor", "A.1.f"), ("no-deadline", "B.2"),
                        ("no-result", "B.2"), ("no-task", "ccpr-c-xsr-co-1/10")):
        assert re.search(rf"^{kind},[^,]*,[^,]*{re.escape(thing)},", gaps.stdout, re.MULTILINE), (kind, gaps.stdout)


def test_evidence_for_a_task(made_up_data: Path, made_up_store: Path) -> None:
    done = run("evidence", "A.1.b", "--store", str(made_up_store), "--lang", "en", "--format", "csv",
               PACTGRAPH_DATA=str(made_up_data))
    assert done.returncode == 0, done.stderr
    assert "la liberté d’expression" in done.stdout and "A made-up text, for tests." in done.stdout


# Pages ------------------------------------------------------------------------------------------------------------

PAGES = [
    "/", "/articles", "/recommendations", "/tasks", "/bodies", "/laws", "/gaps", "/questions",
    "/questions/responsibilities?plan=2024-117", "/questions/duties-of-body?body=justice",
    "/doc/state/xsr", "/doc/xsr/plan/2024-117-2024", "/doc/xsr/task/2024-117-2024/A.1.b", "/doc/xsr/duty/2024-117-2024/II.2",
    "/doc/xsr/body/information", "/doc/xsr/body/group-ministries-concerned", "/doc/xsr/unit/worship", "/doc/xsr/law/2010-12",
    "/doc/xsr/transfer/information-culture-2025", "/doc/un/rec/ccpr-c-xsr-co-1/6", "/doc/un/doc/ccpr-c-xsr-co-1",
    "/doc/xsr/source/decision-2024-117-2024",
]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_show_it_in_both_languages_and_no_name_is_empty(pages: httpx.Client, path: str, lang: str) -> None:
    response = pages.get(path, headers={"Accept": "text/html", "Accept-Language": lang})
    assert response.status_code == 200, path
    assert f'<html lang="{lang}"' in response.text
    assert not re.search(r"<a [^>]*>\s*</a>|<h1[^>]*>\s*</h1>|<title>\s*</title>", response.text), path
    assert "Việt Nam" not in response.text and "Viet Nam" not in response.text, path


@pytest.mark.parametrize(("path", "lang", "words"), [
    ("/", "en", "Republic of Sarelle"),
    ("/", "vi", "Cộng hòa Sarelle"),
    ("/doc/xsr/task/2024-117-2024/A.1.c", "vi", '<span lang="fr">Former les juges à l’interdiction de la torture</span>'),
    ("/doc/xsr/task/2024-117-2024/A.1.b", "vi", "Bộ Văn hóa và Truyền thông Sarelle"),
    ("/doc/xsr/task/2024-117-2024/A.1.b", "en", "Ministry of Culture and Media"),
])
def test_what_pages_say(pages: httpx.Client, path: str, lang: str, words: str) -> None:
    text = pages.get(path, headers={"Accept": "text/html", "Accept-Language": lang}).text
    assert words in text


# Two countries in one graph ---------------------------------------------------------------------------------------

NEEDED = {"article": "ICCPR/19", "plan": "1252/QĐ-TTg", "body": "mps", "start": "ICCPR/19",
          "thing": "CCPR/C/VNM/CO/3/46", "from": "2019-01-01"}
QUESTIONS = sorted(path.stem for path in (HERE.parents[1] / "queries" / "questions").glob("*.rq"))


def _of_made_up(row: dict[str, str]) -> bool:
    return any("xsr" in value for value in row.values())


def _of_viet_nam(row: dict[str, str]) -> bool:
    return any(part in value for value in row.values() for part in ("/vnm/", "-vnm-", "a-hrc-"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_second_country_changes_no_answer_about_the_first(
        built_store: Path, store_of_both: Path, asked, question: str) -> None:
    query = load("questions", question)
    params = {item.name: NEEDED[item.name] for item in query.parameters if item.required}
    day = "2026-11-21" if any(item.name == "asOf" for item in query.parameters) else None
    alone = asked(built_store, question, as_of=day, ids=True, **params)
    both = asked(store_of_both, question, as_of=day, ids=True, **params)
    assert [row for row in both if not _of_made_up(row)] == alone
    assert not [row for row in both if _of_made_up(row) and _of_viet_nam(row)]
    if not any(item.name == "state" for item in query.parameters):
        assert both == alone  # about one thing of one State, or about no State: there is nothing to choose
        return
    # With a country chosen: its rows in their order, and what belongs to no State (a general comment)
    first, second = (asked(store_of_both, question, as_of=day, ids=True, state=state, **params) for state in ("vnm", "xsr"))
    assert first == [row for row in both if row in first] and second == [row for row in both if row in second]
    assert not [row for row in both if row not in first and row not in second]
    assert not [row for row in first if _of_made_up(row)] and not [row for row in second if _of_viet_nam(row)]
    assert not [row for row in first if row in second and (_of_viet_nam(row) or _of_made_up(row))]
    assert (first, second) == (alone, [row for row in both if row in second])


def test_answers_of_the_second_country_are_not_all_empty(store_of_both: Path, asked) -> None:
    """The comparison above would hold for empty answers too."""
    rows = {name: len(asked(store_of_both, name, state="xsr"))
            for name in ("agency-for-recommendation", "overdue", "laws-named-by-tasks", "successors", "unreviewed-links")}
    assert rows == {"agency-for-recommendation": 5, "overdue": 10, "laws-named-by-tasks": 2, "successors": 2,
                    "unreviewed-links": 1}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_names_of_the_first_are_the_same_beside_the_second(built_store: Path, store_of_both: Path, asked, lang: str) -> None:
    alone = asked(built_store, "responsibilities", lang, plan="1252/QĐ-TTg")
    assert len(alone) > 200 and asked(store_of_both, "responsibilities", lang, plan="1252/QĐ-TTg") == alone


def test_both_stand_in_one_graph_without_a_data_error(made_up_store: Path, store_of_both: Path, asked) -> None:
    generation = current(store_of_both)
    assert generation is not None and generation.summary()["data_errors"] == 0, generation.summary()["errors"]
    own = asked(made_up_store, "responsibilities", plan=PLAN)
    assert asked(store_of_both, "responsibilities", plan=PLAN) == own
    laws_of_both = pick(asked(store_of_both, "laws-for-article", article="ICCPR/19"), "law")
    assert ("Freedom of the Press Act (n° 2025-45)",) in laws_of_both and len(laws_of_both) > 1
