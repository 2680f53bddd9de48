"""How plans follow each other and who coordinates, against rows written by hand from a small graph."""

from __future__ import annotations

from functools import partial

import pyoxigraph as ox
import pytest

from pactgraph.questions.run import ask as ask_store
from pactgraph.store.embedded import EmbeddedStore

GRAPH = """
PREFIX pg: <https://w3id.org/pactgraph/ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX status: <https://w3id.org/pactgraph/vocab/text-status/>
PREFIX : <https://w3id.org/pactgraph/id/abc/>

GRAPH <https://w3id.org/pactgraph/graph/abc> {
  :pm a pg:PublicBody ; rdfs:label "Thủ tướng"@vi , "Prime Minister"@en ; skos:notation "pm" .
  :moj a pg:PublicBody ; rdfs:label "Bộ Tư pháp"@vi , "Ministry of Justice"@en ; skos:notation "moj" .
  :desk a pg:BodyUnit ; rdfs:label "Văn phòng"@vi , "Office"@en ; pg:unitOf :moj .
  :treaty a pg:Treaty ; rdfs:label "Công ước"@vi , "Covenant"@en .
  :doc a pg:ConcludingObservations ; skos:notation "AB/C/1" .
  :cycle a pg:ReviewCycle ; rdfs:label "Chu kỳ I"@vi , "Cycle I"@en .
  :old a pg:ImplementationPlan ; skos:notation "1/QĐ" ; rdfs:label "Cũ"@vi , "Old"@en ; pg:issuedBy :pm ;
    pg:adoptedOn "2015-01-01"^^xsd:date ; pg:textStatus status:not-loaded ; pg:inCycle :cycle ; dcterms:source "a paper" .
  :new a pg:ImplementationPlan ; skos:notation "2/QĐ" ; rdfs:label "Mới"@vi ; pg:issuedBy :pm ; pg:followsPlan :old ;
    pg:adoptedOn "2020-01-01"^^xsd:date ; pg:textStatus status:loaded ; pg:answersDocument :doc ; dcterms:source :file .
  :file a pg:SourceDocument ; pg:fileName "2.txt" .
  :own a pg:ImplementationPlan ; skos:notation "3/KH" ; rdfs:label "Riêng"@vi , "Own"@en ; pg:issuedBy :moj ;
    pg:implementsPlan :new , :old ; pg:adoptedOn "2021-01-01"^^xsd:date ; pg:textStatus status:not-loaded .
  :alone a pg:ImplementationPlan ; skos:notation "4/KH" ; rdfs:label "Lẻ"@vi , "Alone"@en ; pg:issuedBy :moj ;
    pg:adoptedOn "2022-01-01"^^xsd:date ; pg:textStatus status:not-loaded .
  :t1 a pg:PlanTask ; pg:inPlan :new . :t2 a pg:PlanTask ; pg:inPlan :new . :d1 a pg:PlanDuty ; pg:inPlan :new .
  :h1 a pg:PlanHeading ; pg:inPlan :own .
  :c1 a pg:Coordination ; pg:coordinator :moj ; pg:coordinates :treaty ; pg:dateText "2014" ; pg:quotation "chủ trì"@vi ;
    rdfs:comment "ghi chú"@vi , "a note"@en ; dcterms:source "a paper" .
  :c2 a pg:Coordination ; pg:coordinator :desk ; pg:coordinates :treaty ; pg:validFrom "2015-02-03"^^xsd:date ;
    dcterms:source "a letter" .
}
GRAPH <https://w3id.org/pactgraph/graph/again> { :new pg:adoptedOn "2020-01-01"^^xsd:date ; pg:answersDocument :doc . }
"""


@pytest.fixture(scope="module")
def ask():
    store = EmbeddedStore.in_memory()
    store.load(ox.parse(GRAPH, format=ox.RdfFormat.TRIG))
    return partial(ask_store, store)


def test_the_chain_of_plans(ask) -> None:
    answer = ask("plan-chain", {}, lang="en")
    assert answer.columns == ["plan", "title", "date", "issuer", "implements", "follows", "answers", "tasks", "items", "text",
                              "source"]
    rows = [row for number, row in enumerate(answer.rows) if row not in answer.rows[:number]]
    assert rows == [
        # A plan whose text is not loaded has no number of tasks, not even nought
        ["1/QĐ", "Old", "2015-01-01", "Prime Minister", "", "", "Cycle I", "", "", "text not loaded", "a paper"],
        ["2/QĐ", "Mới", "2020-01-01", "Prime Minister", "", "1/QĐ", "AB/C/1", "2", "3", "text loaded", "2.txt"],
        ["3/KH", "Own", "2021-01-01", "Ministry of Justice", "1/QĐ; 2/QĐ", "", "", "", "1",
         "text not loaded; only the names of groups of tasks are known", ""],
        ["4/KH", "Alone", "2022-01-01", "Ministry of Justice", "", "", "", "", "", "text not loaded", ""],
    ]


@pytest.mark.parametrize(("plan", "members"), [
    ("3/KH", {"1/QĐ", "2/QĐ", "3/KH"}),
    ("1/QĐ", {"1/QĐ", "2/QĐ", "3/KH"}),
    ("4/KH", {"4/KH"}),
])
def test_the_plans_that_hang_together(ask, plan: str, members: set[str]) -> None:
    assert {row[0] for row in ask("plan-chain", {"plan": plan}, lang="vi").rows} == members


def test_an_empty_answer_about_a_plan_without_its_text_says_why(ask) -> None:
    empty = ask("responsibilities", {"plan": "4/KH"}, lang="en")
    assert empty.rows == [] and empty.notes == [
        "The text of 4/KH is not loaded in this graph: an empty answer says nothing about its tasks."]
    assert "chưa được nạp" in ask("responsibilities", {"plan": "4/KH"}, lang="vi").notes[0]
    # The text of 2/QĐ is loaded, so that the empty answer stands for itself
    assert ask("responsibilities", {"plan": "2/QĐ"}, lang="en").notes == []
    assert ask("overdue", {}, lang="en").notes == []


def test_coordinators(ask) -> None:
    answer = ask("coordinators", {}, lang="en")
    assert answer.columns == ["coordinator", "part_of", "coordinates", "since", "words", "verification", "note", "source"]
    assert answer.rows == [
        ["Ministry of Justice", "", "Covenant", "2014", "chủ trì", "", "a note", "a paper"],
        ["Office", "Ministry of Justice", "Covenant", "2015-02-03", "", "", "", "a letter"],
    ]
    assert ask("coordinators", {}, lang="vi").rows[0][:3] == ["Bộ Tư pháp", "", "Công ước"]


def test_a_body_answers_for_its_units(changed) -> None:
    ask = changed("""INSERT DATA { GRAPH <graph/more> { <id/xyz/unit/desk> a pg:BodyUnit ; pg:unitOf <id/xyz/body/mos> .
        <id/xyz/responsibility/unit> a pg:Responsibility ; pg:responsibilityOf <id/xyz/task/1-qd-2019/A.1> ;
          pg:responsibleAgent <id/xyz/unit/desk> ; pg:role <vocab/role/cooperating> .
        <id/xyz/task/1-qd-2019/A.1> pg:hasResponsibility <id/xyz/responsibility/unit> } }""")
    units = [row for row in ask("duties-of-body", body="mos", ids=True).rows if row[6].endswith("/unit/desk")]
    assert len(units) == 1
