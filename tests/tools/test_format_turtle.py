"""The canonical form of Turtle: it changes no meaning, it is stable, and every file of the project has it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import XSD

TOOLS = Path(__file__).resolve().parents[2] / "tools"
EX = Namespace("https://example.org/")


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


sys.path.insert(0, str(TOOLS))
tool = _load("format_turtle")
problem = sys.modules["turtle_split"].TurtleProblem


def _parse(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


# Random graphs ----------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b-c", "x1", "Đ", "a.b", "a/b", "p%20q", "", "9"])
IRIS = NAMES.map(lambda name: EX[name])
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.tuples(TEXTS, st.sampled_from(["vi", "en", "zh-hant"])).map(lambda pair: Literal(pair[0], lang=pair[1])),
    st.integers().map(Literal),
    st.booleans().map(Literal),
    st.sampled_from(["1.0", "-7.25"]).map(lambda text: Literal(text, datatype=XSD.decimal, normalize=False)),
    st.just(Literal("2019-09-26", datatype=XSD.date)),
)
LEAVES = st.one_of(IRIS, LITERALS)


@st.composite
def _graphs(draw: st.DrawFn) -> Graph:
    graph = Graph()
    graph.bind("ex", EX)
    shared = BNode()
    for _ in range(draw(st.integers(0, 6))):
        _facts(draw, graph, draw(st.one_of(IRIS, st.just(shared), st.builds(BNode))), shared, 2)
    return graph


def _facts(draw: st.DrawFn, graph: Graph, subject: URIRef | BNode, shared: BNode, depth: int) -> None:
    for predicate in draw(st.lists(st.one_of(IRIS, st.just(RDF.type)), min_size=1, max_size=3)):
        kind = draw(st.sampled_from(["leaf", "leaf", "shared", "list", "nested"]))
        value = shared if kind == "shared" else BNode()
        if kind == "leaf" or not depth:
            value = draw(LEAVES)
        elif kind == "list":
            Collection(graph, value, draw(st.lists(LEAVES, min_size=1, max_size=3)))
        elif kind == "nested":
            _facts(draw, graph, value, shared, depth - 1)
        graph.add((subject, predicate, value))


def test_nodes_without_a_name_stay_as_many_as_they_were() -> None:
    text = "@prefix ex: <https://example.org/> .\n\n[] ex:a ex:b .\n\n[] ex:a ex:b .\n"
    assert len(_parse(tool.format_turtle(text))) == 2
    assert tool.format_turtle(tool.format_turtle(text)) == tool.format_turtle(text)


@settings(max_examples=examples(60))
@given(_graphs())
def test_the_form_keeps_the_meaning_and_is_stable(graph: Graph) -> None:
    text = graph.serialize(format="turtle")
    formatted = tool.format_turtle(text)
    assert isomorphic(_parse(text), _parse(formatted))
    assert tool.format_turtle(formatted) == formatted


@settings(max_examples=examples(30))
@given(st.randoms())
def test_the_order_of_the_statements_does_not_matter(random: Random) -> None:
    blocks = ["x:s x:p 1 .", "x:s x:q 2 , 3 .", "x:t a x:C .", "x:u x:p [ x:q ( 1 2 ) ] .", "[] x:p x:s ."]
    shuffled = list(blocks)
    random.shuffle(shuffled)
    head = "@prefix x: <https://example.org/> ."
    assert tool.format_turtle("\n".join([head, *shuffled])) == tool.format_turtle("\n".join([head, *blocks]))


# Rules -------------------------------------------------------------------------------------------------------------------


def test_comments_move_with_their_statement_and_headings_stay() -> None:
    text = """# What the file holds.

@prefix ex: <https://example.org/> .
@prefix unused: <https://example.org/unused/> .
### Second letters

# About b.
ex:b ex:p 1 .
ex:a ex:p 2 .

### Others

ex:a ex:p "x"@vi, "y"@en ; a ex:C .
# The end.
"""
    assert tool.format_turtle(text) == """# What the file holds.

@prefix ex: <https://example.org/> .

### Second letters

ex:a ex:p 2 .

# About b.
ex:b ex:p 1 .

### Others

ex:a a ex:C ;
    ex:p "y"@en , "x"@vi .

# The end.
"""


def test_long_values_take_a_line_each_and_lists_keep_their_order() -> None:
    text = "<x:s> <x:p> ( <x:z> <x:y> ) ; <x:q> " + " , ".join(f'"{letter * 60}"' for letter in "ba") + " ."
    assert tool.format_turtle(text) == f"""<x:s> <x:p> ( <x:z> <x:y> ) ;
    <x:q> "{"a" * 60}" ,
        "{"b" * 60}" .
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<x:s> <x:p> 1 ;\n  # why\n  <x:q> 2 .", 2),
        ("<x:s> <x:p> 1 .\n<x:s> <x:p> ", 2),
        ("<x:s> <x:p> 1 .\n<x:s> <x:p> 1 2 .", 2),
        ("\nBASE <https://example.org/> .", 2),
        ('<x:s> <x:p> 1 .\n<x:s> <x:p> "open .', 2),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(problem) as caught:
        tool.format_turtle(text)
    assert caught.value.line == line


def test_check_changes_nothing_and_names_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.ttl"
    file.write_text("<x:b> <x:p> 1 .\n<x:a> <x:p> 1 .\n", encoding="utf-8")
    assert tool.main([str(tmp_path), "--check"]) == 1
    assert str(file) in capsys.readouterr().err
    assert file.read_text(encoding="utf-8").startswith("<x:b>")
    assert tool.main([str(tmp_path)]) == 0
    assert tool.main([str(tmp_path), "--check"]) == 0
    assert file.read_text(encoding="utf-8").startswith("<x:a>")


def test_every_file_of_the_project_is_in_canonical_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(["--check"]) == 0, capsys.readouterr().err
