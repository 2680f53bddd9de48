"""The graphs that the service is measured on, and the catalogue's questions with sensible values for each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyoxigraph as ox
from generated_graph import IDS, Generator

from pactgraph.build.pipeline import build
from pactgraph.catalogue import load, names
from pactgraph.questions.resolve import resolve
from pactgraph.questions.run import prepare
from pactgraph.settings import Settings
from pactgraph.store.embedded import EmbeddedStore

DAY = "2026-11-21"
_OF_A_TASK = 130
_ARTICLE = "https://w3id.org/pactgraph/id/treaty/iccpr/article/9"


@dataclass(frozen=True)
class Graph:
    """A graph on disk, as the service reads it.

    ``values`` fill the parameters that questions require, ``more`` other parameters of some questions.
    """

    name: str
    generation: Path
    values: dict[str, str]
    more: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def nquads(self) -> Path:
        """Its statements."""
        return self.generation / "graph.nq"

    @property
    def statements(self) -> int:
        """How many statements it has."""
        with self.nquads.open("rb") as stream:
            return sum(1 for _ in stream)

    def questions(self) -> dict[str, str]:
        """The text of every question of the catalogue."""
        store = EmbeddedStore.in_memory()
        store.load_nquads(self.nquads)
        texts = {}
        for name in names("questions"):
            given = {item.name: self.values[item.name] for item in load("questions", name).parameters if item.required}
            given |= self.more.get(name, {})
            texts[name] = prepare(name, given, as_of=DAY, lang="vi", resolve=partial(resolve, store)).text
        return texts


def viet_nam(folder: Path) -> Graph:
    """The shipped graph."""
    built = build(Settings(store=str(folder / "viet-nam")))
    return Graph("the Viet Nam graph", built.folder, {
        "plan": "1252/QĐ-TTg", "body": "mps", "article": "9", "from": "2019-01-01", "thing": _ARTICLE,
        "start": "https://w3id.org/pactgraph/id/vnm/body/mps",
    })


def large(folder: Path, statements: int) -> Graph:
    """The shipped graph and a generated state beside it, so many statements together."""
    shipped = list(ox.parse(path=str(viet_nam(folder).nquads), format=ox.RdfFormat.N_QUADS))
    tasks = max(40, (statements - len(shipped)) // _OF_A_TASK)
    quads = Generator(tasks, plans=max(2, tasks // 70), alone=False).quads()
    generation = folder / "generations" / "large"
    generation.mkdir(parents=True)
    with (generation / "graph.nq").open("wb") as stream:
        ox.serialize(sorted({*shipped, *quads}, key=str), stream, format=ox.RdfFormat.N_QUADS)
    (generation / "summary.json").write_text(json.dumps(dict.fromkeys(("articles", "recommendations", "tasks", "gaps"), 0)))
    return Graph("a large graph", generation, {
        "plan": IDS.plan("1-2019"), "body": IDS.body("b3"), "article": "9", "from": "2019-01-01", "thing": _ARTICLE,
        "start": IDS.body("b3"),
        # Without a subject the answer has 85,000 rows and 83 MB, more than the service sends.
    }, {"evidence-for-link": {"target": _ARTICLE}})
