"""A made-up graph of about 17,000 statements, the size of one state's graph; more plans and tasks make it larger.

It keeps to our shapes, so that whatever a check finds was planted (``planted_errors.py``).
"""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter

IDS = Ids(country="xyz")
SYMBOL = "CCPR/C/XYZ/CO/3"
CONCEPTS = {
    "role": ("lead", "cooperating"),
    "basis": ("verified", "unverified", "ambiguous", "none"),
    "link-status": ("proposed", "curated", "confirmed", "rejected"),
    "committee-grade": ("A", "B", "C", "D", "E"),
    "verification": ("verified", "secondary", "derived", "unverified"),
}


class Generator:
    """Writes the graph part by part; the same seed gives the same graph.

    ``alone`` adds what stands for vocabularies; beside the shipped ones it is left out.
    """

    def __init__(self, tasks: int = 70, seed: int = 7, plans: int = 2, alone: bool = True) -> None:
        self.random = random.Random(seed)
        self.tasks = tasks
        self.plans = plans
        self.alone = alone
        self.out = GraphWriter(IDS.graph("generated"))
        self.bodies = [IDS.body(f"b{n}") for n in range(60)]
        self.laws = [IDS.law(f"{n}-2015-qh13") for n in range(80)]
        self.articles = [IDS.article("iccpr", n) for n in range(1, 54)]
        self.recommendations = [IDS.recommendation(SYMBOL, n) for n in range(6, 59, 2)]

    def quads(self) -> list[ox.Quad]:
        """All statements."""
        if self.alone:
            self._concepts()
        self._bodies()
        self._laws()
        self._covenant()
        self._committee()
        for number in range(1, self.plans + 1):
            self._plan(f"{number}/QD-TTg")
        return self.out.quads

    def _concepts(self) -> None:
        for scheme, codes in CONCEPTS.items():
            for code in codes:
                self.out.label(concept(scheme, code), f"{code} (vi)", code, code)
        self._terms()

    def _bodies(self) -> None:
        for n, body in enumerate(self.bodies):
            self.out.a(body, "pg:PublicBody", "pg:Agent")
            self.out.label(body, f"Bộ số {n}", f"Ministry number {n}", f"b{n}")
            self.out.value(body, "pg:existsUntil", date(2025, 3, 1) if n % 7 == 0 else None)
            self.out.link(body, "pg:verification", concept("verification", "verified"))
            self.out.link(body, "pg:bodyKind", concept("body-kind", "ministry"))
            self.out.link(body, "pg:concernsState", IDS.state("xyz"))
        self.out.a(IDS.state("xyz"), "pg:State")
        self.out.label(IDS.state("xyz"), "Quốc gia", "State", "xyz")
        self.groups = [IDS.body(f"group-{n}") for n in range(4)]
        for n, group in enumerate(self.groups):
            self.out.a(group, "pg:BodyGroup", "pg:Agent")
            self.out.label(group, f"Các bộ nhóm {n}", f"Ministries of group {n}", f"group-{n}")

    def _laws(self) -> None:
        for n, law in enumerate(self.laws):
            self.out.a(law, "pg:LawProposal" if n % 10 == 0 else "pg:Law")
            self.out.label(law, f"Luật số {n}", f"Law number {n}", f"{n}/2015/QH13")
            self.out.value(law, "pg:inForceFrom", date(2016, 1, 1) if n % 10 else None)
            self.out.value(law, "pg:inForceUntil", date(2026, 7, 1) if n % 5 == 0 else None)
            self.out.link(law, "pg:replacedBy", self.laws[(n + 1) % 80] if n % 5 == 0 else None)
            self.out.link(law, "pg:verification", concept("verification", "secondary"))
            self.out.value(law, "dcterms:source", "an official gazette")

    def _terms(self) -> None:
        """Stands for the ontology and the vocabularies: statements that no question asks for."""
        for n in range(500):
            term = concept("term", str(n))
            self.out.a(term, "skos:Concept")
            self.out.label(term, f"Thuật ngữ {n}", f"Term {n}", f"term-{n}")
            self.out.text(term, "skos:definition", f"Định nghĩa {n}", "vi")
            self.out.text(term, "skos:definition", f"Definition {n}", "en")
            self.out.link(term, "skos:inScheme", concept("term", "scheme"))

    def _covenant(self) -> None:
        self.out.a(IDS.treaty("iccpr"), "pg:Treaty")
        self.out.label(IDS.treaty("iccpr"), "Công ước", "Covenant", "ICCPR")
        for n, article in enumerate(self.articles, 1):
            self.out.a(article, "pg:Article", "pg:TreatyProvision")
            self.out.label(article, f"Điều {n}", f"Article {n}", f"ICCPR/{n}")
            self.out.value(article, "pg:number", str(n))
            self.out.value(article, "pg:ordinal", n)
            self.out.value(article, "pg:treatyPart", "III")
            self.out.link(article, "pg:provisionOf", IDS.treaty("iccpr"))
            for paragraph in (1, 2, 3):
                part = f"{article}/{paragraph}"
                self.out.a(part, "pg:ArticleParagraph", "pg:TreatyProvision")
                self.out.label(part, f"Điều {n}({paragraph})", f"Article {n}({paragraph})", f"ICCPR/{n}/{paragraph}")
                self.out.value(part, "pg:number", str(paragraph))
                self.out.link(part, "pg:partOfProvision", article)

    def _committee(self) -> None:
        document = IDS.un_document(SYMBOL)
        self.out.a(document, "pg:ConcludingObservations", "pg:UnDocument")
        self.out.label(document, "Kết luận", "Concluding observations", SYMBOL)
        self.out.value(document, "pg:symbol", SYMBOL)
        self.out.value(document, "pg:adoptedOn", date(2019, 3, 25))
        committee = IDS.un_body("hrctte")
        self.out.a(committee, "pg:PublicBody", "pg:Agent")
        self.out.link(committee, "pg:bodyKind", concept("body-kind", "treaty-body"))
        self.out.link(committee, "pg:verification", concept("verification", "verified"))
        self.out.label(committee, "Ủy ban Nhân quyền", "Human Rights Committee", "hrctte")
        for n, subject in enumerate(self.recommendations):
            number = str(6 + 2 * n)
            self.out.a(subject, "pg:TreatyBodyRecommendation", "pg:Recommendation", "pg:DocumentParagraph")
            self.out.label(subject, f"Khuyến nghị {number}", f"Recommendation {number}", f"{SYMBOL}/{number}")
            self.out.value(subject, "pg:paragraphNumber", number)
            self.out.link(subject, "pg:paragraphType", concept("paragraph-type", "recommendation"))
            self.out.link(subject, "pg:textStatus", concept("text-status", "loaded"))
            self.out.value(subject, "pg:ordinal", 6 + 2 * n)
            self.out.link(subject, "pg:inDocument", document)
            self.out.link(subject, "pg:concernsProvision", self.random.choice(self.articles))
            for letter in "abc":
                part = f"{subject}/{letter}"
                self.out.a(part, "pg:RecommendedAction")
                self.out.label(part, f"Phần {letter}", f"Part {letter}", f"{SYMBOL}/{number}/{letter}")
                self.out.link(part, "pg:partOfRecommendation", subject)
                self.out.value(part, "pg:partLetter", letter)
                self._grade(f"{number}/{letter}", part, committee, document)

    def _grade(self, key: str, part: str, committee: str, document: str) -> None:
        grade = IDS.assessment(SYMBOL, key)
        self.out.a(grade, "pg:CommitteeAssessment", "pg:Assessment")
        self.out.label(grade, "Đánh giá", "Assessment")
        self.out.link(grade, "pg:assesses", part)
        self.out.link(grade, "pg:grade", concept("committee-grade", self.random.choice("ABCDE")))
        self.out.link(grade, "pg:assessor", committee)
        self.out.link(grade, "pg:inDocument", document)
        self.out.value(grade, "pg:assessedOn", date(2022, 11, 4))

    def _plan(self, number: str) -> None:
        key = f"{number.split('/')[0]}-2019"
        plan, source = IDS.plan(key), IDS.source(f"decision-{key}")
        self.out.a(plan, "pg:ImplementationPlan")
        self.out.label(plan, f"Kế hoạch {number}", f"Plan {number}", number)
        self.out.value(plan, "pg:adoptedOn", date(2019, 9, 26))
        self.out.value(plan, "pg:documentNumber", number)
        self.out.link(plan, "pg:issuedBy", self.bodies[0])
        self.out.link(plan, "pg:concernsState", IDS.state("xyz"))
        self.out.link(plan, "dcterms:source", source)
        self.out.a(source, "pg:SourceDocument")
        self.out.label(source, "Quyết định", "Decision")
        self.out.text(source, "dcterms:title", f"Quyết định {number}", "vi")
        self.out.value(source, "dcterms:rights", "an official text")
        self.out.value(source, "pg:sha256", "0" * 64)
        self.out.value(source, "pg:retrievedOn", date(2026, 11, 21))
        self.out.value(source, "pg:fileName", f"decision-{key}.txt")
        for n in range(1, self.tasks // self.plans + 1):
            self._task(plan, key, source, n)
            self._progress(key, n)

    def _task(self, plan: str, key: str, source: str, n: int) -> None:
        out, row = self.out, f"A.{n}"
        task = IDS.task(key, row)
        out.a(task, "pg:PlanTask", "pg:PlanItem")
        out.label(task, f"Nhiệm vụ {n}", f"Task {n}", row)
        out.link(task, "pg:inPlan", plan)
        out.link(task, "dcterms:source", source)
        out.value(task, "pg:rowNumber", row)
        out.value(task, "pg:ordinal", n)
        for line in (n * 2, n * 2 + 1):
            out.value(task, "pg:sourceLine", line)
        out.link(task, "pg:namesLaw", self.random.choice(self.laws))
        out.link(task, "pg:addresses", self.random.choice(self.recommendations))
        for ordinal in range(1, 5):
            self._responsibility(task, key, row, ordinal)
        for ordinal, kind in enumerate(("preliminary", "final") if n % 2 else ("annual",), 1):
            self._deadline(task, key, row, ordinal, kind)
        for ordinal in range(1, 4):
            result = IDS.part("result", key, row, ordinal)
            out.a(result, "pg:ExpectedResult")
            out.link(task, "pg:hasExpectedResult", result)
            out.label(result, f"Kết quả {ordinal}", f"Result {ordinal}")
            out.value(result, "pg:ordinal", ordinal)
            self._link(task, key, f"{row}-{ordinal}", source)

    def _responsibility(self, task: str, key: str, row: str, ordinal: int) -> None:
        out, subject = self.out, IDS.part("responsibility", key, row, ordinal)
        agent = self.random.choice(self.groups if ordinal == 4 else self.bodies)
        out.a(subject, "pg:Responsibility")
        out.link(task, "pg:hasResponsibility", subject)
        out.link(subject, "pg:responsibilityOf", task)
        out.link(subject, "pg:responsibleAgent", agent)
        out.link(subject, "pg:role", concept("role", "lead" if ordinal == 1 else "cooperating"))
        out.value(subject, "pg:requested", ordinal == 3)
        out.value(subject, "pg:ordinal", ordinal)
        out.text(subject, "pg:verbatim", "Bộ có liên quan", "vi")
        gone = agent in self.bodies[::7]
        self._addressee(subject, 1, agent, date(2019, 9, 26), date(2025, 3, 1) if gone else None)
        for place in (2, 3) if gone else ():
            self._addressee(subject, place, self.random.choice(self.bodies), date(2025, 3, 1), None)

    def _addressee(self, responsibility: str, place: int, body: str, start: date, until: date | None) -> None:
        out, subject = self.out, f"{responsibility}/addressee/{place}"
        out.a(subject, "pg:Addressee")
        out.link(responsibility, "pg:hasAddressee", subject)
        out.link(subject, "pg:addresseeBody", body)
        out.value(subject, "pg:validFrom", start)
        out.value(subject, "pg:validUntil", until)
        out.link(subject, "pg:basis", concept("basis", "verified" if place == 1 else "ambiguous"))

    def _deadline(self, task: str, key: str, row: str, ordinal: int, kind: str) -> None:
        out, subject = self.out, IDS.part("deadline", key, row, ordinal)
        out.a(subject, "pg:Deadline")
        out.link(task, "pg:hasDeadline", subject)
        out.link(subject, "pg:deadlineKind", concept("deadline-kind", kind))
        out.value(subject, "pg:ordinal", ordinal)
        out.text(subject, "pg:verbatim", f"Thời hạn {ordinal}", "vi")
        if kind == "annual":
            out.value(subject, "pg:recurrence", "P1Y")
        else:
            out.value(subject, "pg:dueYear", 2018 + 2 * ordinal)
            out.value(subject, "pg:dueOn", date(2018 + 2 * ordinal, 12, 31))

    def _progress(self, key: str, n: int) -> None:
        """A report of every third task."""
        if n % 3:
            return
        out, task = self.out, IDS.task(key, f"A.{n}")
        for kind, about in (("ProgressStatement", "statement"), ("StatusObservation", "status")):
            subject = f"{task}/{about}"
            out.a(subject, f"pg:{kind}")
            out.link(subject, "pg:aboutItem", task)
            out.link(subject, "pg:reportedBy", self.bodies[n % 60])
            out.value(subject, "pg:asOf", date(2025, 11, 30))
        out.text(f"{task}/statement", "pg:statementText", "Đã hoàn thành.", "vi")
        out.link(f"{task}/status", "pg:taskStatus", concept("task-status", "in-progress"))

    def _link(self, task: str, key: str, name: str, source: str) -> None:
        out, subject = self.out, IDS.link(key, name)
        article = self.random.choice(self.articles)
        status = self.random.choice(("proposed", "curated"))
        out.a(subject, "pg:LinkAssertion")
        out.link(subject, "pg:linkSubject", task)
        out.link(subject, "pg:linkPredicate", "https://w3id.org/pactgraph/ontology/concernsProvision")
        out.link(subject, "pg:linkObject", article)
        out.link(subject, "pg:linkStatus", concept("link-status", status))
        out.link(subject, "pg:method", concept("link-method", "names-the-right"))
        out.value(subject, "pg:confidence", Decimal("0.75"))
        out.text(subject, "pg:quotation", "quyền tự do", "vi")
        out.link(subject, "pg:quotedFrom", source)
        out.value(subject, "pg:sourceLine", 12)
        if status == "curated":
            out.link(task, "pg:concernsProvision", article)
