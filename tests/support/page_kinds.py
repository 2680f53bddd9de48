"""The kinds of pages, an address each over the real graph: what holds for every page is tested on each of them.

Whoever makes a new kind of page adds it here.
"""

from __future__ import annotations

PAGE_KINDS = {
    "start": "/",
    "articles": "/articles",
    "recommendations": "/recommendations",
    "tasks": "/tasks",
    "bodies": "/bodies",
    "laws": "/laws",
    "gaps": "/gaps",
    "questions": "/questions",
    "question": "/questions/agency-for-recommendation",
    "sparql": "/sparql",
    "article": "/doc/treaty/iccpr/article/19",
    "recommendation": "/doc/un/rec/ccpr-c-vnm-co-3/24",
    "task": "/doc/vnm/task/1252-qd-ttg-2019/A.II.1.5",
    "body that ended": "/doc/vnm/body/mic",
    "body": "/doc/vnm/body/mps",
    "law": "/doc/vnm/law/100-2015-qh13",
    "plan": "/doc/vnm/plan/1252-qd-ttg-2019",
    "document": "/doc/un/doc/ccpr-c-vnm-co-3",
    "source": "/doc/vnm/source/decision-1252-qd-ttg-2019",
    "transfer": "/doc/vnm/transfer/people-committees-districts-communes-2025",
    "term": "/doc/ontology/PlanTask",
    "vocabulary": "/doc/vocab/role",
    "sign-in": "/work/sign-in",
    "nothing there": "/doc/nothing",
    "another day": "/doc/vnm/body/mic?as_of=2024-01-01&country=vnm",
}
"""Name for people → path with its parameters."""
