"""What a State did about each treaty, and which sources disagree, against rows written by hand."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from pactgraph.questions.resolve import resolve
from pactgraph.store.embedded import EmbeddedStore

BASE = "https://w3id.org/pactgraph/"
COLUMNS = ["treaty", "state", "act", "date", "source", "basis", "conflict"]
ACTIONS = """INSERT DATA { GRAPH <graph/xyz/treaty-actions> {
  <id/treaty/cd> a pg:Treaty ; <http://www.w3.org/2004/02/skos/core#notation> "CD" .
  <vocab/treaty-act/accession> <http://www.w3.org/2000/01/rdf-schema#label> "Gia nhập"@vi , "Accession"@en .
  <vocab/treaty-act/signature> <http://www.w3.org/2000/01/rdf-schema#label> "Ký"@vi , "Signature"@en .
  <vocab/treaty-act/not-party> <http://www.w3.org/2000/01/rdf-schema#label> "Chưa là thành viên"@vi , "Not a Party"@en .
  %s
} }"""


def action(key: str, treaty: str, act: str, source: str, date: str = "", state: str = "abc") -> str:
    """The statements of one action; ``date`` is a day, a month or nothing."""
    when = f'pg:actedOn "{date}"^^xsd:date ; ' if len(date) == 10 else f'pg:dateText "{date}" ; ' if date else ""
    return (f"<id/{state}/treaty-action/{key}> a pg:TreatyAction ; pg:actionTreaty <id/treaty/{treaty}> ; "
            f"pg:actionBy <id/state/{state}> ; pg:treatyAct <vocab/treaty-act/{act}> ; {when}"
            f'pg:verification <vocab/verification/verified> ; <http://purl.org/dc/terms/source> "{source}" .\n')


@pytest.fixture
def answer(changed):
    """Asks the fixture to which actions were added."""
    def make(*actions: str, **given: str):
        return changed(ACTIONS % "".join(actions))("treaty-actions", **{"lang": "en", **given})
    return make


def test_no_action(ask):
    table = ask("treaty-actions")
    assert (table.columns, table.rows) == (COLUMNS, [])


def test_sources_that_agree(answer):
    rows = answer(
        action("1", "iccpr", "accession", "list", "1982-09-24"),
        action("2", "iccpr", "accession", "paper", "1982-09"),
        action("3", "iccpr", "accession", "book", "1982"),
        action("4", "iccpr", "signature", "list", "1980-01-01"),
        action("5", "cd", "not-party", "list", "2001"),
        action("6", "cd", "accession", "list", "2005-05-05"),
    ).rows
    assert [[*row[:5], row[6]] for row in rows] == [
        ["CD", "Abc", "Accession", "2005-05-05", "list", ""],
        ["CD", "Abc", "Not a Party", "2001", "list", ""],
        ["ICCPR", "Abc", "Accession", "1982", "book", ""],
        ["ICCPR", "Abc", "Accession", "1982-09", "paper", ""],
        ["ICCPR", "Abc", "Accession", "1982-09-24", "list", ""],
        ["ICCPR", "Abc", "Signature", "1980-01-01", "list", ""],
    ]


def test_sources_that_differ_by_the_day(answer):
    actions = (
        action("1", "iccpr", "accession", "list", "1982-09-24"),
        action("2", "iccpr", "accession", "paper", "1981-09"),
        action("3", "iccpr", "accession", "letter", "1982-09-24"),
        action("4", "iccpr", "accession", "list of another State", "1990-01-01", "aaa"),
    )
    assert [row[3:5] + row[6:] for row in answer(*actions, state="abc").rows] == [
        ["1981-09", "paper", "another source says: 1982-09-24"],
        ["1982-09-24", "letter", "another source says: 1981-09"],
        ["1982-09-24", "list", "another source says: 1981-09"],
    ]
    assert [row[1:5] + row[6:] for row in answer(*actions, state="aaa", lang="vi").rows] == [
        ["Nước A", "Gia nhập", "1990-01-01", "list of another State", ""],
    ]


def test_how_each_is_known(answer):
    assert answer(action("1", "cd", "signature", "list", "1999-01-01"), ids=True).rows[0][5].endswith(
        "/vocab/verification/verified")


def test_party_and_no_party(answer):
    actions = (
        action("1", "cd", "accession", "report", "1982-09-24"),
        action("2", "cd", "not-party", "list", "2015-03"),
        action("3", "cd", "not-party", "undated"),
        action("4", "cd", "not-party", "old list", "1970"),
    )
    assert [row[3:5] + row[6:] for row in answer(*actions, treaty="CD").rows] == [
        ["1982-09-24", "report", "another source says that it is not a party"],
        ["", "undated", "another source says that it is a party"],
        ["1970", "old list", ""],
        ["2015-03", "list", "another source says that it is a party"],
    ]
    assert [row[6] for row in answer(*actions, treaty="CD", lang="vi").rows] == [
        "nguồn khác ghi chưa là thành viên", "nguồn khác ghi là thành viên", "", "nguồn khác ghi là thành viên"]
    assert answer(*actions, treaty="ICCPR").rows == []


@pytest.mark.parametrize(("kind", "word", "found"), [
    ("pg:TreatyProvision", "19", "19"),
    ("pg:TreatyProvision", "iccpr/19", "19"),
    ("pg:TreatyProvision", "ICCPR/19/3", "19/3"),
    ("pg:TreatyProvision", "19/3", "19/3"),
    ("pg:TreatyProvision", "điều 19(3)", "19/3"),
    ("pg:TreatyProvision", BASE + "id/treaty/iccpr/article/19/3", "19/3"),
    ("pg:ArticleParagraph", "3", "19/3"),
])
def test_an_article_or_a_paragraph_of_it(store, kind, word, found):
    assert resolve(store, kind, word) == f"{BASE}id/treaty/iccpr/article/{found}"


@pytest.mark.parametrize("word", ["GC36", "gc36", "ICCPR/GC36", "CCPR/C/GC/36", "General comment No. 36", "ccpr-c-gc-36"])
@pytest.mark.parametrize("kind", ["", "pg:GeneralComment", "pg:UnDocument"])
def test_a_general_comment_by_its_code(kind, word):
    store = EmbeddedStore.in_memory()
    store.load(ox.parse(f"""BASE <{BASE}> PREFIX pg: <ontology/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        <id/un/doc/ccpr-c-gc-36> a pg:GeneralComment ; skos:notation "ICCPR/GC36" ; pg:symbol "CCPR/C/GC/36" ;
          rdfs:label "General comment No. 36: Right to life"@en .
        <id/un/doc/ccpr-c-gc-35> a pg:GeneralComment ; skos:notation "ICCPR/GC35" ; pg:symbol "CCPR/C/GC/35" ;
          rdfs:label "General comment No. 35: Liberty"@en .""", format=ox.RdfFormat.TRIG))
    assert resolve(store, kind, word) == BASE + "id/un/doc/ccpr-c-gc-36"


def test_laws_for_a_paragraph(ask):
    assert [row[:2] for row in ask("laws-for-article", article="ICCPR/19/3").rows] == [["ICCPR/19/3", "Luật Báo chí 2019"]]
