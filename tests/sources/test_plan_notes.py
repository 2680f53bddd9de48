"""Notes on a plan: translation, links, functions, what is unresolved; what each error says."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from tables_help import Graph, put, told

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import PG, VOCAB
from pactgraph.sources.quads import expand, literal
from pactgraph.sources.tables import plan_notes, subjects

IDS = Ids(country="vnm")

NOTES = {
    "translation": "row,field,ordinal,text_en\ndocument,title,,The plan\nA.I,label,,Do it\nIII.1,label,,A duty\n"
                   "A.I,result,1,A report\nA.I,scope,2,on law\n",
    "links": "task,predicate,target,status,method,confidence,quotation,line,note_en,note_vi\n"
             "A.I,concernsProvision,ab/2,curated,names-the-right,0.9,quyền sống,2,why,vì sao\n"
             "A.I,addresses,ab-co/24/a,proposed,general-duty,0.5,quyền,2,,\n",
    "functions": "row,agency_id,function,quotation,line,status,note_en\n"
                 "A.I,old,labour,lao động,1,curated,\nA.I,old,press,quyền,2,proposed,\n",
    "unresolved": "row,agency_id,why_en,why_vi\nA.I,new,No word decides.,Không có từ nào quyết định.\n",
}
# Paragraph 26 of ab-co is a placeholder
EMPTY = Quad(NamedNode(IDS.recommendation("ab-co", 26)), expand("pg:placeholder"), literal(True))
KNOWN = subjects([EMPTY]) | frozenset({
    IDS.task("p-2019", "A.I"), IDS.duty("p-2019", "III.1"), IDS.part("result", "p-2019", "A.I", 1),
    IDS.part("responsibility", "p-2019", "A.I", 2), IDS.article("ab", 2), IDS.recommendation("ab-co", 24, "a"),
})


PLACES = {("A.I", "old"): [1, 3], ("A.I", "new"): [4]}


def notes(folder: Path, problems: list[UserError], **files: str) -> Graph:
    """The notes on a made-up plan of two lines."""
    for name, text in NOTES.items():
        put(folder / f"{name}.csv", files.get(name, text))
    plan = plan_notes.Plan("p-2019", "vi", ["Bộ Cũ: lao động", "bảo đảm quyền sống"], KNOWN, IDS)
    return Graph(plan_notes.read_translation(folder, plan, problems) + plan_notes.read_links(folder, plan, problems)
                 + plan_notes.read_functions(folder, plan, PLACES, problems)
                 + plan_notes.read_unresolved(folder, plan, PLACES, problems))


def test_notes_on_a_plan(tmp_path: Path) -> None:
    problems: list[UserError] = []
    graph = notes(tmp_path, problems)
    assert problems == []
    task = IDS.task("p-2019", "A.I")
    assert graph.one(IDS.plan("p-2019"), "dcterms:title", "en") == "The plan"
    assert graph.one(task, "rdfs:label", "en") == "Do it"
    assert graph.one(IDS.duty("p-2019", "III.1"), "rdfs:label", "en") == "A duty"
    assert graph.one(IDS.part("result", "p-2019", "A.I", 1), "rdfs:label", "en") == "A report"
    assert graph.one(IDS.part("responsibility", "p-2019", "A.I", 2), "pg:functionScope", "en") == "on law"
    link = IDS.link("p-2019", "A.I/ab-2")
    assert graph.one(link, "pg:linkPredicate") == PG + "concernsProvision"
    assert graph.one(link, "pg:quotation", "vi") == "quyền sống"
    assert graph.one(link, "pg:sourceLine") == "2"
    assert graph.one(link, "pg:method") == VOCAB + "link-method/names-the-right"
    assert graph.one(link, "pg:quotedFrom") == IDS.source("decision-p-2019")
    assert graph.pairs("pg:concernsProvision") == {(task, IDS.article("ab", 2))}
    assert graph.pairs("pg:addresses") == set()
    assert graph.pairs("pg:concernsFunction") == {
        (IDS.part("responsibility", "p-2019", "A.I", ordinal), VOCAB + "function/labour") for ordinal in (1, 3)}
    fourth = IDS.part("responsibility", "p-2019", "A.I", 4)
    assert graph.one(fourth, "rdfs:comment", "vi") == "Không có từ nào quyết định."
    assert graph.one(fourth, "rdfs:comment", "en") == "No word decides."


def test_a_plan_may_leave_nothing_unresolved(tmp_path: Path) -> None:
    problems: list[UserError] = []
    notes(tmp_path, problems)
    (tmp_path / "unresolved.csv").unlink()
    plan = plan_notes.Plan("p-2019", "vi", [], KNOWN, IDS)
    assert plan_notes.read_unresolved(tmp_path, plan, PLACES, problems) == []
    assert problems == []


@pytest.mark.parametrize(("table", "before", "after", "place"), [
    ("translation", "A.I,label", "A.IX,label", ("note-row-unknown", 3, "row")),
    ("translation", "result,1", "result,2", ("note-no-result", 5, "ordinal")),
    ("translation", "scope,2", "scope,9", ("note-no-scope", 6, "ordinal")),
    ("links", "quyền sống,2", "quyền sống,1", ("note-quotation", 2, "quotation")),
    ("links", "quyền sống,2", "quyền sống,99", ("note-quotation", 2, "quotation")),
    ("links", "ab-co/24/a", "ab-co/52", ("link-target-unknown", 3, "target")),
    ("links", "ab-co/24/a", "ab-co/26", ("link-target-placeholder", 3, "target")),
    ("links", "ab-co/24/a", "ab-co/26/b", ("link-target-placeholder", 3, "target")),
    ("links", "general-duty", "a-guess", ("table-cell-choice", 3, "method")),
    ("functions", "A.I,old,labour", "A.I,nobody,labour", ("note-no-agency", 2, "agency_id")),
    ("unresolved", "A.I,new", "A.I,old", ("note-resolved", 2, "agency_id")),
    ("unresolved", "A.I,new", "A.I,nobody", ("note-no-agency", 2, "agency_id")),
    ("unresolved", "A.I,new", "A.IX,new", ("note-row-unknown", 2, "row")),
    ("unresolved", "decides.", "decides.,", ("table-width", 2, None)),
    ("functions", "lao động", "Lao động", ("note-quotation", 2, "quotation")),
])
def test_a_note_that_does_not_fit_its_plan_is_told(
        tmp_path: Path, table: str, before: str, after: str, place: tuple[str, int, str]) -> None:
    assert before in NOTES[table]
    problems: list[UserError] = []
    notes(tmp_path, problems, **{table: NOTES[table].replace(before, after)})
    assert told(problems) == [place]
    assert problems[0].message("vi") != problems[0].message("en")
