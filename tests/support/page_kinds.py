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
    "recommendations": "/recommendations",
    "tasks": "/tasks",
    "bodies": "/bodies",
    "laws": "/laws",
    "gaps": "/gaps",
    "questions": "/questions",
    "question": "/questions/agency-for-recommendation",
    "question with a bar chart": "/questions/plan-coverage?page=2",
    "question with a line of time": "/questions/plan-chain",
    "question to be filled in": "/questions/duties-of-body",
    "question with a wrong value": "/questions/inbox?body=nobody&as_of=21/11/2026",
    "sparql": "/sparql",
    "search": "/search",
    "results of a search": "/search?q=nhan+quyen&kind=recommendation&country=vnm",
    "search without results": "/search?q=nhna+quyne",
    "sparql with an answer": "/sparql?query=SELECT%20*%20%7B%20%3Fa%20%3Fb%20%3Fc%20%7D%20LIMIT%203",
    "sparql with a problem": "/sparql?query=SELECT%20*%20%7B%20%3Fa%20%7D",
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
    "nothing there": "/doc/nothing",
    "another day": "/doc/vnm/body/mic?as_of=2024-01-01&country=vnm",
}
"""Name for people → path with its parameters."""
