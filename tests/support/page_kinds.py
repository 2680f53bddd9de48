"""The kinds of pages, an address each over the real graph: what holds for every page is tested on each of them.

Whoever makes a new kind of page adds it here.
"""

from __future__ import annotations

PAGE_KINDS = {
    "start": "/",
    "trace": "/trace",
    "trace of an article": "/trace/treaty/iccpr/article/19",
    "trace of a body": "/trace/vnm/body/mps",
    "trace, nothing found": "/trace?q=xyzzy",
    "overview": "/overview",
    "list behind a number": "/overview/matrix?article=treaty/iccpr/article/19&column=tasks",
    "articles": "/articles",
    "recommendations": "/recommendations?article=ICCPR/19&page=2",
    "tasks": "/tasks",
    "bodies": "/bodies",
    "laws": "/laws",
    "plans": "/plans",
    "cycles": "/cycles",
    "desks": "/inbox",
    "desk": "/inbox/mps",
    "assessments": "/assessments?article=ICCPR/19",
    "gaps": "/gaps?severity=warning",
    "questions": "/questions",
    "question": "/questions/agency-for-recommendation",
    "sparql": "/sparql",
    "article": "/doc/treaty/iccpr/article/19",
    "recommendation": "/doc/un/rec/ccpr-c-vnm-co-3/24",
    "task": "/doc/vnm/task/1252-qd-ttg-2019/A.II.1.5",
    "body that ended": "/doc/vnm/body/mic",
    "body": "/doc/vnm/body/mps",
    "law": "/doc/vnm/law/hien-phap-2013",
    "plan": "/doc/vnm/plan/1252-qd-ttg-2019",
    "cycle": "/doc/vnm/cycle/iccpr-3",
    "upr recommendation": "/doc/un/rec/a-hrc-26-6/143.97",
    "document": "/doc/un/doc/ccpr-c-vnm-co-3",
    "source": "/doc/vnm/source/decision-1252-qd-ttg-2019",
    "transfer": "/doc/vnm/transfer/people-committees-districts-communes-2025",
    "term": "/doc/ontology/PlanTask",
    "vocabulary": "/doc/vocab/role",
    "nothing there": "/doc/vnm/body/mik",
    "another day": "/doc/vnm/body/mic?as_of=2024-01-01&country=vnm",
}
"""Name for people → path with its parameters."""
