"""The checker's records: exact terms, paths, messages in both languages; shapes it cannot use are refused."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from pactgraph.build.check import FAST, PYSHACL, CheckResult, check
from pactgraph.build.rdflib_graph import to_graph
from pactgraph.errors import UserError

HEAD = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def quads(turtle: str) -> list[ox.Quad]:
    return list(ox.parse((HEAD + turtle).encode("utf-8"), format=ox.RdfFormat.TURTLE))


def found(data: str, shapes: str, checker: str = FAST) -> list[CheckResult]:
    return check(quads(data), to_graph(quads(shapes)), checker)


def test_terms_keep_their_kind_and_their_words() -> None:
    data = 'ex:a ex:p "01"^^xsd:integer , _:b , "x" , "x"@VI . _:b ex:p ex:c .'
    results = found(data, "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:in ( 1 ) ] .")
    assert {(item.focus_term, item.value_term) for item in results} == {
        ("<https://example.org/a>", '"01"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("<https://example.org/a>", "_:b"), ("<https://example.org/a>", '"x"'), ("<https://example.org/a>", '"x"@vi'),
        ("_:b", "<https://example.org/c>"),
    }
    assert {item.focus for item in results} == {"https://example.org/a", "_:b"}
    assert {item.component for item in results} == {"InConstraintComponent"}


def test_plain_strings_are_equal_on_both_sides_however_they_are_written() -> None:
    shapes = 'ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:in ( "x"^^xsd:string ) ; sh:datatype xsd:string ] .'
    assert found('ex:a ex:p "x" .', shapes) == []


def test_a_path_that_is_not_one_property_is_told_as_sparql_writes_it() -> None:
    results = found("ex:a ex:p ex:b .", """ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [
        sh:path ( [ sh:zeroOrMorePath ex:p ] [ sh:alternativePath ( ex:q [ sh:inversePath ex:r ] ) ] ) ; sh:minCount 1 ] .""")
    assert [item.path for item in results] == [
        "<https://example.org/p>*/(<https://example.org/q>|^<https://example.org/r>)"]


def test_messages_of_sparql_constraints_keep_their_languages_and_fill_their_holes() -> None:
    results = found("ex:a ex:p 5 .", """
        ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:severity sh:Warning ; sh:sparql [
            sh:message "{$this} has {?value}"@en , "{?this} có {?value}"@vi ;
            sh:select "SELECT $this ?value WHERE { $this <https://example.org/p> ?value }" ] .""")
    assert [item.message for item in results] == [
        {"en": "https://example.org/a has 5", "vi": "https://example.org/a có 5"}]
    assert [item.severity for item in results] == ["warning"]


@pytest.mark.parametrize("checker", [FAST, PYSHACL])
@pytest.mark.parametrize("shapes", [
    'ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT" ] .',
    'ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this { $this no:such ?x }" ] .',
    "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:minCount 1 ] .",
    "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 'two' ] .",
])
def test_shapes_that_cannot_be_used_are_refused_never_skipped(shapes: str, checker: str) -> None:
    with pytest.raises(UserError) as caught:
        found("ex:a ex:p ex:b .", shapes, checker)
    assert caught.value.key == "shapes-unusable"


def test_literals_that_do_not_fit_their_datatype_are_told_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    results = found('ex:a ex:p "abc"^^xsd:integer , "none"^^xsd:boolean , "2020-13-45"^^xsd:date .',
                    "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:datatype xsd:integer ] .")
    assert len(results) == 3
    assert capsys.readouterr() == ("", "")


def test_nesting_without_end_is_an_error_of_the_user_or_no_trouble_at_all() -> None:
    chain = "".join(f"ex:c{n} <http://www.w3.org/2000/01/rdf-schema#subClassOf> ex:c{n + 1} ." for n in range(3000))
    data = chain + "ex:a a ex:c0 ; ex:p ex:a ."
    shapes = "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:class ex:Other ] ."
    with pytest.raises(UserError) as caught:
        found(data, shapes, PYSHACL)
    assert caught.value.key == "data-too-deep"
    assert [item.component for item in found(data, shapes)] == ["ClassConstraintComponent"]


def test_what_has_no_order_is_told_and_stops_nothing() -> None:
    shapes = "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ; sh:maxCount 0 ] ."
    results = found("ex:a ex:p 1 ; ex:q [] .", shapes)
    assert {item.component for item in results} == {"MaxCountConstraintComponent", "LessThanConstraintComponent"}
