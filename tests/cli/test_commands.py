"""The command line as its users run it: output on stdout, messages on stderr, and the right exit code."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from cli_help import run, run_process
from import_files import DECISION, small_data
from service_help import serving

pytestmark = pytest.mark.slow


@pytest.fixture
def ask(built_store: Path):
    """Ask a question of the built store, in Vietnamese, as JSON."""
    def asked(*arguments: str) -> list[dict[str, str]]:
        done = run("ask", *arguments, "--store", str(built_store), "--format", "json", "--lang", "vi")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return asked


# Asking ---------------------------------------------------------------------------------------------------------

def test_the_agency_for_each_recommendation(ask) -> None:
    rows = ask("agency-for-recommendation", "--as-of", "2026-11-21")
    assert list(rows[0]) == ["recommendation", "paragraph", "task", "role", "requested", "scope", "body", "body_today",
                             "basis", "deadline", "status", "source"]
    on_expression = [row for row in rows if row["paragraph"] == "46" and row["body"] == "Bộ Thông tin và Truyền thông"]
    assert [(row["task"], row["body_today"], row["basis"], row["requested"]) for row in on_expression] == [
        ("A.II.1.5", "Bộ Công an; Bộ Văn hóa, Thể thao và Du lịch", "verified", "false"),
    ]
    assert on_expression[0]["source"] == "decision-1252-qd-ttg-2019.txt:154"
    assert not any(row["paragraph"] == "52" for row in rows)


def test_then_and_today_differ_only_after_the_merger(ask) -> None:
    def body_on(day: str) -> str:
        rows = ask("agency-for-recommendation", "--param", "recommendation=CCPR/C/VNM/CO/3/46", "--as-of", day)
        return next(row["body_today"] for row in rows if row["body"] == "Bộ Thông tin và Truyền thông")

    assert body_on("2025-02-28") == "Bộ Thông tin và Truyền thông"
    assert body_on("2025-03-01") == "Bộ Công an; Bộ Văn hóa, Thể thao và Du lịch"


def test_all_responsibilities_of_the_plan(ask) -> None:
    rows = ask("responsibilities", "--param", "plan=1252/QĐ-TTg", "--as-of", "2026-11-21")
    assert list(rows[0]) == ["task", "role", "requested", "group", "scope", "body", "body_today", "basis", "deadline",
                             "source"]
    of_the_annex = [row for row in rows if not row["task"].startswith("III.")]
    assert len(of_the_annex) == 96 + 118
    religion = next(row for row in rows if row["task"] == "A.II.1.4" and row["body"] == "Bộ Nội vụ")
    assert (religion["body_today"], religion["basis"]) == ("Bộ Dân tộc và Tôn giáo", "verified")
    terrorism = next(row for row in rows if row["task"] == "A.II.1.3" and row["body"] == "Bộ Giao thông vận tải")
    assert (terrorism["body_today"], terrorism["basis"]) == ("Bộ Công an; Bộ Xây dựng", "ambiguous")
    court = next(row for row in rows if row["task"] == "A.II.3.1" and row["body"] == "Tòa án nhân dân tối cao")
    assert (court["requested"], court["basis"]) == ("true", "unverified")


def test_the_only_recommendation_without_a_task(ask) -> None:
    """Of the concluding observations of 2019; the paragraphs of which only the number is known are not among them."""
    rows = ask("recommendations-without-task", "--param", "document=CCPR/C/VNM/CO/3")
    assert [row["paragraph"] for row in rows] == ["52"]


def test_courts_are_asked_never_late(ask) -> None:
    rows = ask("overdue", "--as-of", "2026-11-21")
    court = [row for row in rows if row["body"] == "Tòa án nhân dân tối cao"]
    assert court and all(row["requested"] == "true" for row in court)
    assert not any(row["due"] >= "2026-11-21" for row in rows)
    assert not any(row["task"] == "D.III" for row in ask("overdue", "--as-of", "2022-06-01"))


def test_the_trace_from_an_article_names_then_today_and_the_source(ask) -> None:
    rows = ask("trace", "--param", "start=ICCPR/19")
    assert any(row["recommendation"] == "CCPR/C/VNM/CO/3/46" and row["task"] == "A.II.1.5"
               and row["body"] == "Bộ Thông tin và Truyền thông" and "Bộ Công an" in row["body_today"] for row in rows)


@pytest.mark.parametrize("form", ["csv", "xlsx", "ttl", "table"])
def test_every_format(form: str, built_store: Path) -> None:
    done = run("ask", "recommendations-without-task", "--param", "document=CCPR/C/VNM/CO/3", "--store", str(built_store),
               "--format", form, text=False)
    assert done.returncode == 0, done.stderr
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"))))
        assert [row["paragraph"] for row in rows] == ["52"]
    elif form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(done.stdout)).active
        assert sheet.max_row == 2
    elif form == "ttl":
        import pyoxigraph as ox

        assert list(ox.parse(done.stdout, format=ox.RdfFormat.TURTLE))
    else:
        assert b"52" in done.stdout


def test_ids_in_place_of_labels(built_store: Path) -> None:
    done = run("ask", "responsibilities", "--param", "plan=1252-qd-ttg-2019", "--ids", "--format", "json", "--store",
               str(built_store))
    bodies = {row["body"] for row in json.loads(done.stdout)}
    assert "https://w3id.org/pactgraph/id/vnm/body/mps" in bodies


def test_questions_are_listed_in_both_languages() -> None:
    for lang in ("vi", "en"):
        done = run("questions", "--lang", lang, "--format", "json")
        rows = {row["question"]: row["title"] for row in json.loads(done.stdout)}
        assert len(rows) >= 12
        assert {"agency-for-recommendation", "responsibilities", "duties-of-body", "overdue", "trace",
                "recommendations-without-task", "article-dossier", "evidence-for-link"} <= rows.keys()


def test_a_query_from_a_file_and_from_standard_input(built_store: Path, tmp_path: Path) -> None:
    query = "PREFIX pg: <https://w3id.org/pactgraph/ontology/> SELECT (COUNT(?t) AS ?n) WHERE { ?t a pg:PlanTask }"
    file = tmp_path / "count.rq"
    file.write_text(query, "utf-8")
    for arguments, stdin in ((("query", str(file)), None), (("query", "-"), query)):
        done = run_process(*arguments, "--format", "json", "--store", str(built_store), stdin=stdin)
        assert json.loads(done.stdout) == [{"n": "59"}]


def test_evidence_shows_the_words(built_store: Path) -> None:
    done = run("evidence", "CCPR/C/VNM/CO/3/24", "--format", "json", "--store", str(built_store), "--lang", "vi")
    rows = json.loads(done.stdout)
    assert list(rows[0]) == ["thing", "step", "words", "source", "line", "status", "checksum", "rights"]
    words = {(row["words"], row["source"]) for row in rows}
    assert any("CCPR/C/136/2/Add.4" in source for _, source in words)
    assert any(row["status"] == "Đã kiểm chứng" for row in rows)


# Gaps and checks ------------------------------------------------------------------------------------------------

def test_gaps_have_the_columns_of_the_contract(built_store: Path) -> None:
    done = run("gaps", "--format", "json", "--store", str(built_store), "--as-of", "2026-11-21", "--lang", "vi")
    rows = json.loads(done.stdout)
    assert list(rows[0]) == ["type", "severity", "subject", "notation", "label", "body_today", "since", "message"]
    assert {"no-task", "no-deadline", "no-result", "text-not-loaded"} <= {row["type"] for row in rows}
    without = [row["notation"] for row in rows if row["type"] == "no-task"]
    assert [code for code in without if code.startswith("CCPR/C/VNM/CO/3/")] == ["CCPR/C/VNM/CO/3/52"]
    assert [row["notation"] for row in rows if row["type"] == "no-deadline"] == ["A.II.2.2.đ"]


def test_gaps_by_body_article_plan_and_severity(built_store: Path) -> None:
    def gaps(*arguments: str) -> list[dict[str, str]]:
        return json.loads(run("gaps", *arguments, "--format", "json", "--store", str(built_store)).stdout)

    assert all("Public Security" in row["body_today"] for row in gaps("--body", "mps"))
    assert {row["notation"] for row in gaps("--type", "no-deadline", "--article", "26")} == {"A.II.2.2.đ"}
    assert all(row["severity"] == "info" for row in gaps("--severity", "info"))
    assert gaps("--plan", "1252/QĐ-TTg", "--type", "no-task") == []


def test_a_check_that_was_asked_to_fail_exits_1(built_store: Path) -> None:
    store = ("--store", str(built_store))
    assert run("gaps", "--type", "no-deadline", "--fail-on", "warning", *store).returncode == 1
    assert run("gaps", "--type", "no-deadline", *store).returncode == 0
    assert run("validate", *store).returncode == 0


def test_a_file_with_a_data_error_is_told_in_vietnamese(built_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text("@prefix pg: <https://w3id.org/pactgraph/ontology/> . <urn:x> a pg:Responsibility .", "utf-8")
    done = run("validate", str(file), "--format", "json", "--lang", "vi")
    assert done.returncode == 1
    assert any(row["focus"] == "urn:x" and row["severity"] == "error" for row in json.loads(done.stdout))


# Importing ------------------------------------------------------------------------------------------------------

def test_a_dry_run_prints_the_contract_and_writes_nothing(decision: Path, tmp_path: Path) -> None:
    done = run("import", "annex", str(decision), "--dry-run", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0 and len(json.loads(done.stdout)["rows"]) == 71
    assert "125/LQĐ-TTg" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_bad_rows_are_told_the_rest_shown_and_nothing_written(decision: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.txt"
    file.write_text(decision.read_text("utf-8").replace("\tBộ Quốc phòng\t", "\tBộ Quốc Pháo\t"), "utf-8")
    done = run("import", "annex", str(file), "--format", "json", "--lang", "vi", cwd=tmp_path)
    assert done.returncode == 2
    assert "bad.txt:148:" in done.stderr and "Bộ Quốc phòng" in done.stderr and "Traceback" not in done.stderr
    assert len(json.loads(done.stdout)["rows"]) == 71
    assert {path.name for path in tmp_path.iterdir()} == {"bad.txt"}


def test_a_new_decision_is_added_once_and_can_be_asked(tmp_path: Path) -> None:
    file = tmp_path / "moi.txt"
    file.write_text(
        "Số: 9/QĐ-TTg\n\nHà Nội, ngày 3 tháng 4 năm 2021\n\nQUYẾT ĐỊNH\n\nPhê duyệt Kế hoạch thử\n\n"
        "STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tKết quả\tThời hạn\n"
        "1.\tRà soát quy định\tBộ Công an\tBộ Tư pháp\tBáo cáo\tNăm 2023\n", "utf-8")
    store, data = str(tmp_path / "store"), str(small_data(tmp_path / "data"))
    done = run("import", "annex", str(file), "--store", store, PACTGRAPH_DATA=data)
    assert done.returncode == 0, done.stderr
    again = run("import", "annex", str(file), "--store", store, PACTGRAPH_DATA=data)
    assert again.returncode == 0 and "nothing to do" in again.stderr
    asked = run("ask", "responsibilities", "--param", "plan=9/QĐ-TTg", "--format", "json", "--store", store,
                "--lang", "en", PACTGRAPH_DATA=data)
    rows = json.loads(asked.stdout)
    assert [(row["task"], row["body"]) for row in rows] == [
        ("1", "Ministry of Public Security"), ("1", "Ministry of Justice"),
    ]
    file.write_text(file.read_text("utf-8").replace("Năm 2023", "Năm 2024"), "utf-8")
    changed = run("import", "annex", str(file), "--store", store, "--lang", "en", PACTGRAPH_DATA=data)
    assert changed.returncode == 0 and "deadlines: Năm 2023 → Năm 2024" in changed.stderr
    asked = run("ask", "responsibilities", "--param", "plan=9/QĐ-TTg", "--format", "json", "--store", store, "--lang", "en",
                PACTGRAPH_DATA=data)
    assert {row["deadline"] for row in json.loads(asked.stdout)} == {"Năm 2024"}


# Wrong usage ----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("arguments", "words"), [
    (("ask", "agency-for-recomendation"), "agency-for-recommendation"),
    (("ask", "overdue", "--as-of", "21/11/2026"), "2026-11-21"),
    (("ask", "responsibilities", "--param", "plan"), "NAME=VALUE"),
    (("ask", "responsibilities"), "plan"),
    (("ask", "duties-of-body", "--param", "body=mpz"), "mps"),
    (("ask", "overdue", "--param", "colour=red"), "colour"),
    (("ask", "article-matrix", "--param", "article=ICCPR/199"), "ICCPR/19"),
    (("ask", "inbox", "--param", "body=Bộ Tư phạp", "--as-of", "2026/11/21"), "2026-11-21"),
    (("ask", "inbox", "--param", "body=Bộ Tư pháo"), "Bộ Tư pháp"),
    (("ask", "plan-state", "--param", "plan=1253/QĐ-TTg"), "1252/QĐ-TTg"),
    (("ask", "plan-coverage", "--param", "only=dropped"), "not-recorded"),
    (("ask", "plan-coverage", "--param", "document=CCPR/C/VNM/CO/33"), "CCPR/C/VNM/CO/3"),
    (("ask", "assessors-compared", "--param", "law=24/2018/QH41"), "24/2018/QH14"),
    (("ask", "changed-between", "--param", "from=2026-02-01", "--param", "to=2026-01-01"), "2026-02-01"),
    (("ask", "changed-between", "--param", "from=1/3/2025"), "2025-03-01"),
    (("ask", "laws-for-article?article=ICCPR/199"), "ICCPR/19"),
    (("gaps", "--body", "nobody-such"), "nobody-such"),
    (("query", "no-such-file.rq"), "no-such-file.rq"),
    (("validate", "no-such-file.ttl"), "no-such-file.ttl"),
    (("build", "--data", "no-such-folder"), "no-such-folder"),
    (("import", "annex", "no-such-file.txt"), "no-such-file.txt"),
])
def test_wrong_usage_exits_2_with_a_message_and_no_traceback(
    arguments: tuple[str, ...], words: str, built_store: Path, tmp_path: Path
) -> None:
    store = ("--store", str(built_store)) if arguments[0] not in ("build", "import") else ()
    done = run(*arguments, *store, cwd=tmp_path)
    assert done.returncode == 2, done.stdout
    assert words in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""


def test_wrong_usage_ends_the_process_alike(built_store: Path) -> None:
    done = run_process("ask", "agency-for-recomendation", "--store", str(built_store))
    assert done.returncode == 2 and "agency-for-recommendation" in done.stderr and "Traceback" not in done.stderr


def test_a_cell_that_lists_what_it_counts_can_be_asked(built_store: Path) -> None:
    store = ("--store", str(built_store), "--format", "json", "--lang", "en")
    (row,) = json.loads(run("ask", "article-matrix", "--param", "article=ICCPR/6", "--as-of", "2020-01-01", *store).stdout)
    assert row["laws_list"] == "laws-for-article?article=ICCPR/6&state=vnm&as_of=2020-01-01"
    behind = run("ask", row["laws_list"], *store)
    asked = run("ask", "laws-for-article", "--param", "article=ICCPR/6", "--as-of", "2020-01-01", *store)
    assert behind.returncode == 0 and behind.stdout == asked.stdout
    assert len({line["law"] for line in json.loads(behind.stdout)}) == int(row["laws"])


@pytest.mark.parametrize(("lang", "words"), [("vi", "Ngày đầu"), ("en", "The first day")])
def test_days_in_the_wrong_order_are_told_in_both_languages(built_store: Path, lang: str, words: str) -> None:
    done = run("ask", "changed-between", "--param", "from=2026-02-01", "--param", "to=2026-01-01", "--store", str(built_store),
               "--lang", lang)
    assert done.returncode == 2 and words in done.stderr


def test_a_query_with_a_syntax_error_names_the_line(built_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.rq"
    file.write_text("SELECT *\nWHERE { ?s ?p }", "utf-8")
    done = run("query", str(file), "--store", str(built_store))
    assert done.returncode == 2 and "bad.rq:2" in done.stderr


@pytest.mark.parametrize("command", [
    "build", "serve", "import", "questions", "ask", "query", "evidence", "gaps", "validate",
])
def test_help_has_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0 and f"Example: pactgraph {command}" in done.stdout


# Beside a running service ---------------------------------------------------------------------------------------

def test_a_served_store_is_read_and_changed_through_the_service(tmp_path: Path) -> None:
    file, place, data = tmp_path / "new.txt", tmp_path / "store", {"PACTGRAPH_DATA": str(small_data(tmp_path / "data"))}
    file.write_text(DECISION, "utf-8")
    store = ("--store", str(place))
    with serving(place, **data) as service:
        before = (place / "current").read_bytes()
        assert run("ask", "recommendations-without-task", *store, **data).returncode == 0
        second = run("serve", "--port", "0", *store, "--lang", "en", **data)
        assert second.returncode == 2 and f"process {service.process.pid}" in second.stderr, second.stderr
        assert (place / "current").read_bytes() == before
        added = run("import", "annex", str(file), *store, "--lang", "en", **data)
        assert added.returncode == 0, added.stderr
        asked = run("ask", "responsibilities", "--param", "plan=9977/QĐ-TTg", *store, "--format", "csv", "--lang", "vi", **data)
        rows = {(row["task"], row["body"]) for row in csv.DictReader(io.StringIO(asked.stdout.lstrip("\ufeff")))}
        assert rows == {(task, body) for task in "12" for body in ("Bộ Công an", "Bộ Tư pháp")}, asked.stderr


def test_the_two_clocks_of_the_plan_of_2019(ask) -> None:
    """When the Committee asked for information and a report, when they came, and when the plan wanted them ready."""
    rows = ask("two-clocks", "--param", "document=CCPR/C/VNM/CO/3", "--lang", "vi")
    asked = [(row["paragraph"], row["un_due"], row["answered_on"], row["answer"], row["task"], row["plan_due"])
             for row in rows if row["relation"] == "chuẩn bị trả lời"]
    assert asked == [
        ("CCPR/C/VNM/CO/3/58", "2021-03-29", "2021-03-29", "CCPR/C/VNM/FCO/3", "D.V.1", "2020-12-31"),
        ("CCPR/C/VNM/CO/3/59", "2023-03-29", "2023-03", "CCPR/C/VNM/4", "D.V.2", "2022-12-31"),
        ("CCPR/C/VNM/CO/3/59", "2023-03-29", "2023-03", "CCPR/C/VNM/4", "D.V.2", ""),
    ]
    assert [row["task"] for row in rows if row["paragraph"] == "CCPR/C/VNM/CO/3/52"] == [""]
