"""Trying an update: its effect is what the engine would do (the oracle, in the plain dataset), or what the union means."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from pactgraph.store.attempt import Attempt
from pactgraph.store.refusal import Refused

PREFIXES = "PREFIX e: <http://e/>\n"
DATA = """@prefix e: <http://e/> .
e:a e:p 1 , 2 ; e:q _:x . _:x e:name "it's {x}" .
e:g { e:a e:p 1 , 3 . e:b e:p "x"@vi . }
e:h { e:b e:p 2 ; e:q e:a . e:c e:r "< } ' #" . }
"""
UPDATES = [
    "INSERT DATA { e:n e:p 1 . GRAPH e:new { e:n e:p 'a;b', \"}\" } }",
    "DELETE DATA { e:a e:p 1 . GRAPH e:g { e:a e:p 3 . e:no e:p 3 } }",
    "DELETE WHERE { ?s e:p ?o }",
    "DELETE WHERE { GRAPH ?g { ?s e:p ?o } }",
    "DELETE { ?s ?p ?o } INSERT { GRAPH e:moved { ?s ?p ?o } } WHERE { ?s ?p ?o }",
    "WITH e:g DELETE { ?s e:p ?o } INSERT { ?s e:was ?o . GRAPH e:h { ?s e:seen ?o } } WHERE { ?s e:p ?o }",
    "INSERT { ?s e:in ?g } USING e:g USING NAMED e:h WHERE { ?s e:p ?o . OPTIONAL { GRAPH ?g { ?s e:q ?x } } }",
    "INSERT { ?s e:less ?o } WHERE { ?s e:p ?o . FILTER(?o<3&&?o>1) }",
    "INSERT { ?s e:less ?o } WHERE { ?s e:p ?o . FILTER(?o<'x'||?o>'}') }",
    "INSERT { ?s ?o ?p } WHERE { ?s ?p ?o }",
    "INSERT { e:n e:p ?missing . e:n e:q 1 } WHERE { OPTIONAL { e:none e:p ?missing } }",
    "DELETE { ?s e:p ?o } INSERT { ?s e:p ?n } WHERE { ?s e:p ?o BIND(?o + 1 AS ?n) }",
    "INSERT DATA { e:n e:p 1 } ; DELETE { ?s e:p 1 } WHERE { ?s e:p 1 } ; INSERT DATA { e:n e:p 2 } ;",
    "DELETE DATA { e:a e:p 1 } ; INSERT DATA { e:a e:p 1 }",
    "INSERT { ?s e:p 9 } WHERE { { SELECT ?s (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?s } FILTER(?n > 1) }",
    "CLEAR GRAPH e:g", "CLEAR DEFAULT", "CLEAR NAMED", "CLEAR ALL", "DROP GRAPH e:g", "DROP ALL", "DROP SILENT GRAPH e:none",
    "CREATE GRAPH e:fresh", "CREATE SILENT GRAPH e:g", "ADD e:g TO e:h", "COPY GRAPH e:g TO DEFAULT", "COPY DEFAULT TO e:g",
    "MOVE e:g TO GRAPH e:h", "MOVE DEFAULT TO e:g", "ADD e:g TO e:g",
    "# a comment ; DROP ALL\nPREFIX f: <http://f#> INSERT DATA { f:a f:b 'c # d' } ; INSERT DATA { f:a f:b f:a }",
]


def store() -> ox.Store:
    made = ox.Store()
    made.load(DATA.encode(), format=ox.RdfFormat.TRIG)
    return made


def attempt(text: str, **options: object) -> Attempt:
    tried = Attempt(options.pop("store", None) or store(), **{"union": False, **options})  # type: ignore[arg-type]
    tried.run(PREFIXES + text)
    return tried


@pytest.mark.parametrize("text", UPDATES)
def test_the_effect_is_the_engines_own(text: str) -> None:
    ours, theirs = store(), store()
    blank = {quad.subject: quad for quad in ours if isinstance(quad.subject, ox.BlankNode)}
    theirs = ox.Store()
    theirs.extend(ours)
    for graph in ours.named_graphs():
        theirs.add_graph(graph)
    before, graphs = set(ours), set(ours.named_graphs())
    theirs.update(PREFIXES + text)
    tried = attempt(text, store=ours)
    after = set(theirs)
    assert blank and tried.added == after - before and tried.removed == before - after
    # A graph that an update empties or fills is there or not; an emptied one may stay (it says nothing).
    assert set(tried.created) == {graph.value for graph in set(theirs.named_graphs()) - graphs}
    assert set(tried.dropped) == {graph.value for graph in graphs - set(theirs.named_graphs())}
    assert set(ours) == after


def nquads(quads: set[ox.Quad]) -> set[str]:
    return {str(quad).replace("http://e/", "") for quad in quads}


def line(text: str) -> str:
    quads = list(ox.parse(f"@prefix e: <http://e/> . {text}".encode(), format=ox.RdfFormat.TRIG))
    assert len(quads) == 1
    return str(quads[0]).replace("http://e/", "")


@pytest.mark.parametrize(("text", "added", "removed"), [
    ("INSERT { ?s e:found ?o } WHERE { ?s e:q ?o . ?o e:p 3 }", ["e:b e:found e:a ."], []),
    ("DELETE DATA { e:a e:p 1 }", [], ["e:a e:p 1 .", "e:g { e:a e:p 1 }"]),
    ("DELETE WHERE { e:b e:p ?o }", [], ['e:g { e:b e:p "x"@vi }', "e:h { e:b e:p 2 }"]),
    ("INSERT DATA { e:b e:p 2 , 5 }", ["e:b e:p 5 ."], []),
    ("DELETE { GRAPH e:h { e:b e:p ?o } } INSERT { e:b e:p ?o } WHERE { e:b e:p ?o FILTER(?o = 2) }",
     ["e:b e:p 2 ."], ["e:h { e:b e:p 2 }"]),
    ("DELETE { e:b e:p ?o } INSERT { GRAPH e:h { e:b e:p ?o } } WHERE { e:b e:p ?o FILTER(?o = 2) }", [], []),
    ("INSERT DATA { GRAPH e:n { e:n e:p 1 } } ; DELETE { ?s e:p 1 } INSERT { ?s e:one true } WHERE { ?s e:p 1 . ?s e:p 1 }",
     ["e:n e:one true .", "e:a e:one true ."], ["e:a e:p 1 .", "e:g { e:a e:p 1 }"]),
])
def test_in_the_union_the_default_graph_holds_what_any_graph_holds(text: str, added: list[str], removed: list[str]) -> None:
    tried = attempt(text, union=True)
    assert nquads(tried.added) == {line(one) for one in added}
    assert nquads(tried.removed) == {line(one) for one in removed}


def test_the_protocols_parameters_choose_the_dataset() -> None:
    text = "INSERT { ?s e:found ?o } WHERE { ?s e:p ?o }"
    assert len(attempt(text, using=["http://e/g"]).added) == 3
    assert len(attempt(text, union=True, using=["http://e/h"]).added) == 1
    named = attempt("INSERT { ?s e:found ?g } WHERE { GRAPH ?g { ?s e:p ?o } }", named=["http://e/h"])
    assert nquads(named.added) == {line("e:b e:found e:h .")}
    for text in ("INSERT { ?s e:found ?o } USING e:g WHERE { ?s e:p ?o }", "WITH e:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"):
        with pytest.raises(Refused, match="using"):
            attempt(text, using=["http://e/g"])


@pytest.mark.parametrize(("text", "code"), [
    ("LOAD <http://127.0.0.1:9/>", "load"),
    ("INSERT DATA { e:a e:b 1 } ; LOAD SILENT <file:///etc/passwd> INTO GRAPH e:g", "load"),
    ("INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "service"),
    ("DROP GRAPH e:none", "graph-missing"), ("CREATE GRAPH e:g", "graph-exists"), ("COPY e:none TO e:g", "graph-missing"),
])
def test_what_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        attempt(text)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["INSERT DATA { e:a e:b }", "INSERT { ?s ?p ?o }", "SELECT * WHERE { ?s ?p ?o }", "DELETE", "{",
                                  "INSERT DATA { e:a e:b 'x }", "INSERT DATA { _:a e:b 1 } ; INSERT DATA { _:a e:b 2 }"])
def test_a_syntax_error_is_told_with_its_place(text: str) -> None:
    with pytest.raises(SyntaxError, match=r"\d+:\d+|blank"):
        attempt(text)


def test_each_operation_may_have_a_prologue_of_its_own() -> None:
    text = ("PREFIX f: <http://e/f#> INSERT DATA { f:a f:b 1 } ; "
            "PREFIX f: <http://e/g#> BASE <http://e/> DELETE DATA { <a> e:p 1 }")
    tried = attempt(text)
    assert nquads(tried.added) == {line("<http://e/f#a> <http://e/f#b> 1 .")}
    assert nquads(tried.removed) == {line("e:a e:p 1 .")}
    with pytest.raises(SyntaxError):
        attempt("INSERT DATA { e:a e:p 1 } ; PREFIX f: <http://e/g#> INSERT DATA { f:a }")


def test_blank_nodes_of_templates_are_new_for_each_solution() -> None:
    tried = attempt("INSERT { [] e:of ?o } WHERE { e:a e:p ?o }")
    assert len({quad.subject for quad in tried.added}) == 2
