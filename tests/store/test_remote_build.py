"""The whole graph in real servers: built into them, the same there as here, and all questions with the same rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from pactgraph.catalogue import load, names
from pactgraph.cli.endpoints import catalogue_store
from pactgraph.questions.gaps import gap_table
from pactgraph.questions.run import ask
from pactgraph.settings import Settings
from pactgraph.store import Store, open_store
from pactgraph.store.embedded import EmbeddedStore
from pactgraph.store.endpoint import Endpoint
from pactgraph.store.generations import current
from pactgraph.store.remote import RemoteStore

pytestmark = pytest.mark.slow
ENGINES = [pytest.param("oxigraph", marks=pytest.mark.oxigraph), pytest.param("virtuoso", marks=pytest.mark.virtuoso)]
DAY = "2026-11-21"
GIVEN = {"article": "9", "from": "2020-01-01", "body": "mps", "thing": "CCPR/C/VNM/CO/3/24", "plan": "1252/QĐ-TTg",
         "start": "ICCPR/9"}
Loaded = Callable[[str], str]


@pytest.fixture(scope="session")
def here(built_store: Path) -> EmbeddedStore:
    """The graph in memory."""
    store = EmbeddedStore.in_memory()
    generation = current(built_store)
    assert generation is not None
    store.load_nquads(generation.nquads)
    return store


@pytest.fixture(scope="session")
def rows_here(here: EmbeddedStore) -> Callable[[str], list[list[str]]]:
    """The rows of a question, asked once."""
    return cache(lambda name: rows(here, name))


@pytest.fixture(scope="session")
def there(loaded: Loaded, settings_for: Callable[..., Settings]) -> Callable[[str], Store]:
    """The store that answers the catalogue for an engine, as the commands open it."""
    return cache(lambda engine: catalogue_store(settings_for(loaded(engine)), "en"))


def rows(store: Store, name: str) -> list[list[str]]:
    given = {item.name: GIVEN[item.name] for item in load("questions", name).parameters if item.required}
    return ask(store, name, given, as_of=DAY, lang="en", ids=True).rows


@pytest.mark.parametrize("engine", ENGINES)
def test_the_graph_is_the_same_there(engine: str, loaded: Loaded, here: EmbeddedStore) -> None:
    stored = EmbeddedStore.in_memory()  # writes values in the one way of the engine here: 0.40 is 0.4
    stored.load(ox.parse(RemoteStore(loaded(engine)).dump(), format=ox.RdfFormat.N_QUADS))
    assert stored.dump() == here.dump()


def test_our_graph_has_no_value_that_virtuoso_damages(here: EmbeddedStore) -> None:
    """Virtuoso 7.2.5 keeps a duration as a number of months, and lower-cases language tags."""
    literals = [quad.object for quad in ox.parse(here.dump(), format=ox.RdfFormat.N_QUADS) if isinstance(quad.object, ox.Literal)]
    assert not {item.datatype.value for item in literals if "uration" in item.datatype.value}
    assert all(item.language == item.language.lower() for item in literals if item.language)


@pytest.mark.parametrize(("engine", "name"), [
    *(pytest.param("oxigraph", name, marks=pytest.mark.oxigraph) for name in names("questions")),
    # A copy of its graph answers for Virtuoso, by the engine of every other test: some are enough.
    *(pytest.param("virtuoso", name, marks=pytest.mark.virtuoso) for name in names("questions")[::8])])
def test_a_question_has_the_same_rows(engine: str, name: str, there: Callable[[str], Store],
                                      rows_here: Callable[[str], list[list[str]]]) -> None:
    assert rows(there(engine), name) == rows_here(name)


@pytest.mark.parametrize("engine", ENGINES)
def test_gaps_are_the_same(engine: str, there: Callable[[str], Store], here: EmbeddedStore) -> None:
    found = gap_table(here, "vi", DAY)
    assert gap_table(there(engine), "vi", DAY) == found
    assert found.rows


@pytest.mark.oxigraph
@pytest.mark.parametrize("room", ["gaps", "lookup", "reports"])
def test_other_queries_give_the_same_at_an_engine_that_answers(room: str, there: Callable[[str], Store],
                                                               here: EmbeddedStore) -> None:
    for name in names(room):
        query = load(room, name)
        text = query.bind({item.name: f'"{DAY}"^^<http://www.w3.org/2001/XMLSchema#date>' for item in query.parameters
                           if item.kind == "date"})
        assert _all(there("oxigraph"), text) == _all(here, text), name


def _all(store: Store, text: str) -> object:
    results = store.query(text)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    if isinstance(results, ox.QueryTriples):
        return sorted(str(triple) for triple in results)
    return sorted([str(row[variable]) for variable in results.variables] for row in results)


@pytest.mark.oxigraph
def test_an_engine_that_passes_the_trial_answers_itself(there: Callable[[str], Store], copies: Path) -> None:
    assert not isinstance(there("oxigraph"), EmbeddedStore)


@pytest.mark.virtuoso
def test_virtuoso_does_not_pass_and_a_copy_answers(
        there: Callable[[str], Store], loaded: Loaded, settings_for: Callable[..., Settings],
        capfd: pytest.CaptureFixture[str]) -> None:
    assert isinstance(there("virtuoso"), EmbeddedStore)
    capfd.readouterr()
    catalogue_store(settings_for(loaded("virtuoso")), "en")
    assert "copied" not in capfd.readouterr().err  # the same copy again


@pytest.mark.virtuoso
@pytest.mark.parametrize("text", [
    "SELECT ?p WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 20000",
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "CONSTRUCT { ?s a ?g } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 20000",
])
def test_what_virtuoso_cuts_is_an_error(loaded: Loaded, text: str) -> None:
    from pactgraph.errors import UserError

    with pytest.raises(UserError) as problem:
        RemoteStore(loaded("virtuoso")).query(text)
    assert problem.value.key == "endpoint-cut"
    assert "10000" in problem.value.message("en")


@pytest.mark.virtuoso
def test_what_virtuoso_does_not_cut_is_an_answer(loaded: Loaded) -> None:
    store = RemoteStore(loaded("virtuoso"))
    assert len(list(store.query("SELECT ?p WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 10000"))) == 10000
    nine = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 9000"
    assert 0 < len(list(store.query(nine))) <= 9000
    articles = "CONSTRUCT { ?s a ?o } WHERE { ?s a <https://w3id.org/pactgraph/ontology/Article> ; a ?o }"
    assert len(list(store.query(articles))) > 50


@pytest.mark.parametrize("engine", ENGINES)
def test_an_endpoint_is_opened_by_its_address(engine: str, loaded: Loaded) -> None:
    assert isinstance(open_store(loaded(engine)), RemoteStore)
    assert Endpoint(loaded(engine)).update.endswith("/update" if engine == "oxigraph" else "/sparql")
