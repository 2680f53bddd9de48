"""The line on which a thing stands: right wherever one is given, in every format."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.sources.rdf import FORMATS, distinct_blank_nodes, parse_rdf
from pactgraph.sources.rdf_places import subject_lines

E = "https://example.org/"


def lines(ending: str, text: str) -> dict[str, int]:
    """The lines by the things' names, short."""
    file = parse_rdf(text.encode("utf-8"), "a" + ending, FORMATS[ending], E + "base/file")
    return {name.replace(E, "").strip("<>"): line for name, line in subject_lines(file).items()}


def test_turtle() -> None:
    assert lines(".ttl", r'''@prefix ex: <https://example.org/> . @prefix : <https://example.org/#> .
# ex:no is a comment
ex:a ex:p ex:object , "ex:no . ex:no2 " ; ex:q """
ex:no ex:p ex:x .
""" , 'it\'s' , 1.5 , .5, 1e0 , true , "x"@en , "1"^^ex:no .
<b> ex:p [ ex:p ex:object ; ex:q ( 1 ex:object [] ) ] .ex:c.d ex:p 1 .ex:e
  ex:p 2 .
[ ex:p 1 ] ex:q 2 .
[] ex:q 3 .
( 1 2 ) ex:q 3 .
_:n ex:p _:object .
PREFIX other: <https://example.org/other/>
BASE <https://example.org/new/>
@prefix
  third: <third#> .
other:f\~1%20 a ex:T .
<g> a ex:T .
third:h a ex:T .
:i a ex:T .
ex:a ex:p ex:again .
<\u0068> a ex:T .
''') == {"a": 3, "base/b": 6, "c.d": 6, "e": 6, "_:n": 11, "other/f~1%20": 16, "new/g": 17, "new/third#h": 18, "#i": 19,
         "new/h": 21}


def test_trig() -> None:
    assert lines(".trig", """@prefix ex: <https://example.org/> .
ex:g {
  ex:a ex:p 1 . ex:b ex:p
    2 }
GRAPH ex:g2
{ ex:c ex:p 3 . }
{ ex:d ex:p 4 }
ex:e ex:p ex:g .
ex:g ex:p [ ex:p 1 ] .
""") == {"a": 3, "b": 3, "c": 6, "d": 7, "e": 8, "g": 9}


def test_ntriples_and_nquads() -> None:
    text = f'# <{E}no>\n<{E}a> <{E}p> "<{E}no> .\\n" .\n\n  _:b <{E}p> <{E}a> .\n<{E}\\u0063> <{E}p> _:b .\n<{E}a> <{E}p> 1 .'
    exact = text.replace(" 1 .", ' "1" .')
    assert lines(".nt", exact) == lines(".nq", exact) == {"a": 2, "_:b": 4, "c": 5}


def test_rdf_xml() -> None:
    assert lines(".rdf", """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/"
  xml:base="https://example.org/other/">
  <e:T
     rdf:about="https://example.org/a">
    <e:p rdf:resource="https://example.org/no"/>
    <e:p><rdf:Description rdf:about="c"/></e:p>
    <e:q rdf:nodeID="n"/>
    <e:r rdf:parseType="Resource"><e:s><e:T rdf:about="d"/></e:s></e:r>
    <e:x rdf:parseType="Literal"><e:T rdf:about="a"/></e:x>
  </e:T>
  <rdf:Description rdf:about="c"><e:p>1</e:p></rdf:Description>
  <rdf:Description rdf:ID="f" e:p="2"/>
  <rdf:Description rdf:nodeID="n" xml:base="https://example.org/"><e:p><e:T rdf:about="g"/></e:p></rdf:Description>
</rdf:RDF>""") == {"a": 4, "other/c": 12, "other/d": 9, "other/#f": 13, "_:n": 14, "g": 14}


def test_a_thing_that_is_the_whole_document() -> None:
    assert lines(".rdf", '\n<e:T xmlns:e="https://example.org/" '
                         'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="urn:x"/>') == {"urn:x": 2}


def test_json_ld() -> None:
    assert lines(".jsonld", """{
 "@context": {"ex": "https://example.org/", "id": "@id", "sub": "ex:sub/", "p": {"@id": "ex:p", "@type": "@id"}},
 "@graph": [
  {"@id": "ex:a", "p": "ex:no", "ex:q": {"@id": "ex:d"},
   "ex:r": {"ex:t": "\\"@id\\": \\"ex:d\\"",
     "id": "sub:b"}},
  {"p": {"@id": "relative", "ex:q": [1, {"@value": "x"}]}, "@id": "_:n"},
  {"@id": "https://example.org/d", "@type": "ex:T"},
  {"@id": "ex:a", "ex:q": 2}
 ]
}""") == {"a": 4, "sub/b": 6, "base/relative": 7, "_:n": 7, "d": 8}


def test_json_ld_names_that_contexts_explain_differently_get_no_line() -> None:
    assert lines(".json", """[
 {"@context": {"ex": "https://example.org/one/"}, "@id": "ex:a", "ex:p": 1},
 {"@context": {"ex": "https://example.org/two/"}, "@id": "ex:a", "ex:p": 1},
 {"@id": "https://example.org/one/b", "urn:p": 12345678901234567890}]""") == {"one/b": 4}


NAMES = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6, unique=True)
VALUES = st.sampled_from(['"a . ex:b ex:p 1 ."', "ex:b", "[ ex:p ex:b ]", "( ex:a ex:b )", '"""\nex:a ex:p\n"""', "1.0", ".5",
                          "<https://example.org/b>", "'#'", "'''it''s\n'''", "_:x", '"x"@en-GB', "true"])
SPACES = st.sampled_from([" ", "\n", " # ex:a . \n", "\n\n", "\t"])


@given(NAMES, st.data())
def test_turtle_of_any_layout(names: list[str], data: st.DataObject) -> None:
    text = "@prefix ex: <https://example.org/>."
    expected = {}
    for name in names:
        text += data.draw(SPACES)
        expected[name] = text.count("\n") + 1
        form = data.draw(st.sampled_from(["ex:{}", "<https://example.org/{}>", "<../{}>"]))
        text += form.format(name) + data.draw(SPACES) + "ex:p" + data.draw(SPACES) + data.draw(VALUES)
        text += data.draw(SPACES) + data.draw(st.sampled_from([".", "; .", ";ex:q ex:c , 2 ."]))
    found = lines(".ttl", text)
    assert found == expected


@pytest.mark.parametrize("file", sorted((Path(__file__).resolve().parents[2] / "ontology").rglob("*.ttl")), ids=lambda f: f.stem)
def test_every_named_subject_of_the_shipped_files_has_its_line(file: Path) -> None:
    read = parse_rdf(file.read_bytes(), file.name, FORMATS[".ttl"], "urn:x:")
    found = subject_lines(read)
    assert found.keys() == {name for name in read.subjects if not name.startswith("_:")}
    text = file.read_text("utf-8").split("\n")
    for name, line in found.items():
        local = name.strip("<>").replace("#", "/").rsplit("/", 1)[-1]
        assert local in text[line - 1] and not text[line - 1].startswith((" ", "#", "@")), name


def test_blank_nodes_of_several_files_are_told_apart_and_named_alike_in_every_run() -> None:
    def read() -> list[list[str]]:
        texts = ("_:b1 <urn:p> [ <urn:q> _:c ] .", "_:b1 <urn:p> [ <urn:q> _:d ] . _:b1-2 <urn:p> 1 .")
        files = [parse_rdf(text.encode(), "a.ttl", FORMATS[".ttl"], "urn:x:") for text in texts]
        return [[str(quad) for quad in file.quads] for file in distinct_blank_nodes(files)]

    assert read() == read() == [
        ["_:b2 <urn:q> _:c", "_:b1 <urn:p> _:b2"],
        ["_:b3 <urn:q> _:d", "_:b1-3 <urn:p> _:b3",
         '_:b1-2 <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>'],
    ]


def test_a_format_that_is_new_is_not_forgotten() -> None:
    assert set(FORMATS.values()) == {
        ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.RDF_XML,
        ox.RdfFormat.JSON_LD}
