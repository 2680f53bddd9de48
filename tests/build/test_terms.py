"""Nothing in the graph uses a term or concept that the ontology and vocabularies do not declare."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from pactgraph.namespaces import BASE, PG, VOCAB
from pactgraph.store.generations import current


def test_every_term_and_concept_is_declared(built_store: Path) -> None:
    generation = current(built_store)
    assert generation is not None
    declared, used = set(), set()
    terms = {f"{BASE}graph/ontology", f"{BASE}graph/vocabularies"}
    for quad in ox.parse(path=str(generation.nquads), format=ox.RdfFormat.N_QUADS):
        graph = quad.graph_name.value
        if graph in terms:
            declared.add(quad.subject.value)
        elif graph not in {f"{BASE}graph/shapes", f"{BASE}graph/alignments"}:
            terms_in = (quad.predicate, quad.object)  # the text of a literal may be a namespace
            used |= {term.value for term in terms_in if isinstance(term, ox.NamedNode) and term.value.startswith((PG, VOCAB))}
    assert used - declared == set()
