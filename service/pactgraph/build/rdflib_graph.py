"""The one boundary between pyoxigraph's terms and rdflib's.

rdflib tells "x" from "x"^^xsd:string and rewrites the words of literals; pyoxigraph does neither. So plain strings stay
plain here, literals keep their words, and blank nodes keep their labels, whichever side a term comes from.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pactgraph.namespaces import XSD

if TYPE_CHECKING:
    from rdflib import Graph

_STRING = XSD + "string"
_SHORT = {XSD + "boolean": re.compile("true|false"), XSD + "integer": re.compile(r"[+-]?[0-9]+"),
          XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"), XSD + "double": re.compile("(?!)")}
"""What Turtle may write of these datatypes without quotation marks, so that the same literal is read again."""
_ANY = re.compile("(?s).*")


def to_graph(quads: Iterable[ox.Quad]) -> Graph:
    """The union of graphs as one rdflib graph. Triple terms (RDF 1.2) are a ValueError: rdflib has none."""
    from rdflib import Graph

    graph = Graph()
    known: dict[Any, Any] = {}

    def converted(term: Any) -> Any:
        found = known.get(term)
        if found is None:
            found = known[term] = to_rdflib(term)
        return found

    with quiet_literals():
        for quad in quads:
            graph.add((converted(quad.subject), converted(quad.predicate), converted(quad.object)))
    return graph


def to_rdflib(term: Any) -> Any:
    """A term of pyoxigraph as rdflib's."""
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise ValueError("a triple term cannot be checked")
    if term.language:
        return Literal(term.value, lang=term.language, normalize=False)
    datatype = term.datatype.value
    return Literal(term.value, datatype=None if datatype == _STRING else URIRef(datatype), normalize=False)


def to_oxigraph(term: Any) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A term of rdflib as pyoxigraph's."""
    from rdflib import BNode, Literal

    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if not isinstance(term, Literal):
        return ox.NamedNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or _STRING)))


def as_turtle(graph: Graph) -> bytes:
    """The graph as Turtle in which every literal keeps its words and datatype. rdflib alone writes ``"no"^^xsd:boolean``
    as ``no``, which nobody can read, and the boolean ``"1"`` as the integer 1."""
    from rdflib import Literal

    class Whole(Literal):
        """A literal that is written with its datatype."""

        def _literal_n3(self, use_plain: bool = False, qname_callback: Any = None) -> str:
            return str(super()._literal_n3(False, qname_callback))

    with quiet_literals():
        for subject, predicate, term in list(graph):
            if isinstance(term, Literal) and not _SHORT.get(str(term.datatype), _ANY).fullmatch(str(term)):
                graph.remove((subject, predicate, term))
                graph.add((subject, predicate, Whole(term, datatype=term.datatype, normalize=False)))
        return graph.serialize(format="turtle", encoding="utf-8")


def ntriples(term: Any) -> str:
    """An rdflib term as N-Triples text; empty for None."""
    return "" if term is None else str(to_oxigraph(term))


def plain(term: Any) -> str:
    """An rdflib term as people read it: the IRI, the words of a literal, ``_:`` and the label of a blank node."""
    from rdflib import BNode

    if term is None:
        return ""
    return f"_:{term}" if isinstance(term, BNode) else str(term)


@contextmanager
def quiet_literals() -> Iterator[None]:
    """Keep rdflib from telling, with a traceback, of literals whose words do not fit their datatype: checks do that."""
    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="rdflib")
            yield
    finally:
        log.setLevel(level)


def text_term(text: str, lang: str) -> str:
    """A text in a language as N-Triples text."""
    return str(ox.Literal(text, language=lang))
