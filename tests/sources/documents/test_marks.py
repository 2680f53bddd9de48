"""What concluding observations mark besides their words, in the graph: articles, pairs, follow-up, days and the cycle."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import made_up_documents as made_up
import pytest
from tables_help import Graph

from pactgraph.build.assemble import assemble
from pactgraph.build.imports import Imports, earlier_imports
from pactgraph.namespaces import BASE, VOCAB
from pactgraph.settings import Settings
from pactgraph.sources.imported import imported_sources, keep

TEXT = made_up.OBSERVATIONS.replace("Examplia", "Viet Nam").replace("CCPR/C/XKA/CO/2", "CCPR/C/VNM/CO/9")
REC, PARA, LINK = (f"{BASE}id/un/{kind}/ccpr-c-vnm-co-9/" for kind in ("rec", "para", "link"))
DOCUMENT = f"{BASE}id/un/doc/ccpr-c-vnm-co-9"


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="module")
def base(settings: Settings) -> list:
    return assemble(settings)


def _imported(folder: Path, text: str, settings: Settings, base: list, cycle: str = "", sha256: str = "a" * 64) -> Imports:
    folder.mkdir(exist_ok=True)
    (folder / "co.txt").write_text(text, "utf-8")
    keep(folder / "sources", folder / "co.txt", sha256, format="concluding-observations", country="", day=date(2026, 11, 22),
         cycle=cycle)
    return earlier_imports(imported_sources(folder / "sources"), base, settings)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, settings: Settings, base: list) -> Graph:
    return Graph(_imported(tmp_path_factory.mktemp("marks"), TEXT, settings, base).quads())


def test_articles_in_brackets_are_proposed_links_with_their_words(graph: Graph) -> None:
    links = graph.instances("pg:LinkAssertion")
    assert {link.removeprefix(LINK) for link in links} == {
        "5/iccpr-2", "7/iccpr-6", "7/iccpr-7", "7/iccpr-14", "8/iccpr-19", "8/iccpr-20", "8/iccpr-21"}
    one = f"{LINK}7/iccpr-14"
    assert graph.one(one, "pg:linkSubject") == f"{REC}7"
    assert graph.one(one, "pg:linkObject") == f"{BASE}id/treaty/iccpr/article/14"
    assert graph.one(one, "pg:linkStatus") == f"{VOCAB}link-status/proposed"
    assert graph.one(one, "pg:method") == f"{VOCAB}link-method/names-the-instrument"
    assert graph.one(one, "pg:quotation", "en") == "arts. 6, 7 and 14 (3)"
    # The words stand in the concern before it (paragraph 6), and are less sure for the recommendation than its own
    lines = TEXT.splitlines()
    assert lines[int(graph.one(one, "pg:sourceLine") or 0) - 1].startswith("6. ")
    assert (graph.one(one, "pg:confidence"), graph.one(f"{LINK}8/iccpr-19", "pg:confidence")) == ("0.85", "0.95")
    assert not graph.pairs("pg:concernsProvision")


def test_pairs_follow_up_and_days(graph: Graph) -> None:
    assert graph.pairs("pg:pairedWith") == {(f"{REC}5", f"{PARA}4"), (f"{REC}7", f"{PARA}6")}
    assert graph.pairs("pg:followUp") == {(f"{REC}5", "true"), (f"{REC}7", "true")}
    assert graph.pairs("pg:responseDueOn") == {(f"{REC}5", "2026-07-26"), (f"{REC}7", "2026-07-26"),
                                               (f"{PARA}10", "2026-07-26"), (f"{PARA}11", "2030-07-26")}
    assert graph.pairs("pg:refersToParagraph") == {(f"{PARA}10", f"{REC}5"), (f"{PARA}10", f"{REC}7")}


def test_the_cycle_is_that_of_the_session_or_the_one_that_is_named(tmp_path: Path, settings: Settings, base: list,
                                                                    graph: Graph) -> None:
    assert graph.one(DOCUMENT, "pg:sessionNumber") == "141" and not graph.pairs("pg:inCycle")
    of_session = _imported(tmp_path / "a", TEXT.replace("141st", "144th"), settings, base)
    assert Graph(of_session.quads()).one(DOCUMENT, "pg:inCycle") == f"{BASE}id/vnm/cycle/iccpr-4"
    named = _imported(tmp_path / "b", TEXT, settings, base, cycle="iccpr-3")
    assert Graph(named.quads()).one(DOCUMENT, "pg:inCycle") == f"{BASE}id/vnm/cycle/iccpr-3"


def test_a_newer_file_states_its_links_in_the_same_graph(tmp_path: Path, settings: Settings, base: list, graph: Graph) -> None:
    """So a statement that somebody retracted stays retracted."""
    newer = _imported(tmp_path, TEXT.replace("in 2021", "in 2020"), settings, base, sha256="b" * 64).quads()
    def stated(quads: list) -> set:
        return {quad for quad in quads if quad.predicate.value.endswith("linkStatus")}

    assert stated(newer) == stated(graph.quads) and len(stated(newer)) == 7


def test_a_link_that_somebody_stated_already_is_not_proposed_again(tmp_path: Path, settings: Settings, base: list) -> None:
    text = TEXT.replace("CCPR/C/VNM/CO/9", "CCPR/C/VNM/CO/3").replace("(arts. 19–21)", "(arts. 2 and 21)")
    graph = Graph(_imported(tmp_path, text, settings, base).quads())
    links = {link.rsplit("co-3/", 1)[1] for link in graph.instances("pg:LinkAssertion")}
    assert "8/iccpr-21" in links and "8/iccpr-2" not in links  # data/un/ccpr-c-vnm-co-3/rec_links.csv has it
