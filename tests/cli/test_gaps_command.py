"""``pactgraph gaps`` as its users run it: exit codes, bad words in both languages, gaps as resources."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from cli_help import run
from rdflib import RDF, Graph, Namespace

PG = Namespace("https://w3id.org/pactgraph/ontology/")
DAY = ("--as-of", "2026-11-21")


@pytest.fixture
def gaps(built_store: Path):
    """Run the command over the real graph."""
    def asked(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run("gaps", *arguments, "--store", str(built_store))

    return asked


@pytest.mark.parametrize(("arguments", "english", "vietnamese"), [
    (("--as-of", "21/11/2026"), "Write it as YEAR-MONTH-DAY", "NĂM-THÁNG-NGÀY"),
    (("--as-of", "2026-02-30"), "'2026-02-30' is not a date", "không phải là ngày hợp lệ"),
    (("--as-of", ""), "Write it as YEAR-MONTH-DAY", "NĂM-THÁNG-NGÀY"),
    (("--body", "mpz"), "mps", "cơ quan"),
    (("--body", "Bộ Công an mới"), "Bộ Công an", "cơ quan"),
    (("--article", "99"), "No article is called '99'", "điều khoản"),
    (("--plan", "1252/QĐ-TT"), "1252/QĐ-TTg", "kế hoạch"),
    (("--severity", "critical"), "error, warning, info", "Không có mức độ 'critical'"),
    (("--fail-on", "critical"), "error, warning, info", "Không có mức độ 'critical'"),
    (("--type", "no-tasks"), "no-task", "Không có loại khoảng trống 'no-tasks'"),
])
def test_bad_words_exit_2_in_both_languages(gaps, arguments: tuple[str, ...], english: str, vietnamese: str) -> None:
    for lang, words in (("en", english), ("vi", vietnamese)):
        done = gaps(*arguments, "--lang", lang)
        assert done.returncode == 2, done.stdout
        assert words in done.stderr and "Traceback" not in done.stderr
        assert done.stdout == ""


@pytest.mark.parametrize(("arguments", "code"), [
    (("--type", "no-deadline"), 0),
    (("--type", "no-deadline", "--fail-on", "error"), 0),
    (("--type", "no-deadline", "--fail-on", "warning"), 1),
    (("--type", "no-deadline", "--fail-on", "info"), 1),
    (("--type", "no-result", "--fail-on", "warning"), 0),  # they are information
    (("--type", "no-result", "--fail-on", "info"), 1),
    (("--type", "no-deadline", "--plan", "1252/QĐ-TTg", "--fail-on", "warning"), 1),
    (("--type", "no-deadline", "--as-of", "2018-01-01", "--fail-on", "warning"), 0),  # before the plan
])
def test_exit_1_only_where_a_check_was_asked_to_fail(gaps, arguments: tuple[str, ...], code: int) -> None:
    done = gaps(*arguments, "--format", "csv")
    assert done.returncode == code, done.stderr
    assert done.stdout.startswith("type,severity,subject,notation,label,body_today,since,message")


def test_resources_have_what_would_close_them(gaps) -> None:
    done = gaps("--type", "no-deadline", "--format", "ttl", *DAY)
    graph = Graph().parse(data=done.stdout, format="turtle")
    (gap,) = graph.subjects(RDF.type, PG.Gap)
    assert str(gap).startswith("https://w3id.org/pactgraph/id/gap/no-deadline/")
    assert {text.language for text in graph.objects(gap, PG.closedBy)} == {"vi", "en"}
    assert str(graph.value(gap, PG.gapSubject)).endswith("/1252-qd-ttg-2019/A.II.2.2.dd")
    assert str(graph.value(gap, PG.bodyOnDay)).endswith("/body/mps")
    assert str(graph.value(gap, PG.asOf)) == "2026-11-21"


def test_no_reports_are_told_once_for_a_plan(gaps) -> None:
    """No report on 1252 is loaded: one gap with the plan as its thing, none for its deadlines and years."""
    kinds = ("overdue-without-evidence", "yearly-report-missing", "claim-without-evidence")
    rows = [row for kind in kinds
            for row in json.loads(gaps("--plan", "1252/QĐ-TTg", "--type", kind, "--format", "json", "--lang", "en", *DAY).stdout)]
    assert [(row["type"], row["severity"], row["notation"]) for row in rows] == [
        ("overdue-without-evidence", "info", "1252/QĐ-TTg"),
    ]
    assert rows[0]["message"].startswith("No reports loaded on this plan. As of 2026-11-21, ")


def test_a_court_is_only_ever_asked(gaps) -> None:
    rows = json.loads(gaps("--body", "spc", "--format", "json", "--lang", "en", *DAY).stdout)
    assert rows and all("Supreme People's Court (asked)" in row["body_today"] for row in rows)
    assert not {row["type"] for row in rows} & {"overdue-without-evidence", "yearly-report-missing"}
