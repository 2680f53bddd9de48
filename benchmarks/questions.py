"""Every question and gap query of the catalogue on a generated graph of the size of one state's (about 17,000 quads).

Prints milliseconds of processor time, the best of five; with ``--rival`` also rdflib's time for the same query and the
ratio (minutes).
"""

from __future__ import annotations

import logging
import sys
import time
from functools import partial

from generated_graph import Generator
from rdflib import Dataset

from pactgraph.catalogue import load, names
from pactgraph.questions.resolve import resolve
from pactgraph.questions.run import prepare
from pactgraph.store.embedded import EmbeddedStore

PARAMS = {"plan": "1/QD-TTg", "body": "b3", "article": "9", "start": "b3"}
"""Values for the parameters that a question requires; a question that requires another is run as it stands."""


def processor_ms(action, times: int = 5) -> float:
    """The best of several runs, in milliseconds of processor time."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        action()
        taken.append(1000 * (time.process_time() - began))
    return min(taken)


def question(store: EmbeddedStore, name: str) -> str:
    """The text of a question with its required parameters bound."""
    required = [item.name for item in load("questions", name).parameters if item.required]
    if not set(required) <= PARAMS.keys():
        return load("questions", name).text
    given = {item: PARAMS[item] for item in required}
    return prepare(name, given, as_of="2026-11-21", lang="vi", resolve=partial(resolve, store)).text


def main() -> None:
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    store = EmbeddedStore.in_memory()
    store.load(Generator().quads())
    rival = Dataset(default_union=True) if "--rival" in sys.argv else None
    if rival is not None:
        rival.parse(data=store.dump(), format="nquads")
    print(f"{len(store)} quads")
    texts = {name: question(store, name) for name in names("questions")}
    texts |= {f"gap {name}": load("gaps", name).text for name in names("gaps")}
    for name, text in texts.items():
        mine = processor_ms(lambda text=text: list(store.query(text)))
        line = f"{name:36} {mine:8.1f} ms"
        if rival is not None:
            theirs = processor_ms(lambda text=text: list(rival.query(text)), 1)
            line += f" {theirs:10.0f} ms {theirs / mine:8.0f} x"
        print(line)


if __name__ == "__main__":
    main()
