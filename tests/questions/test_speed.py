"""A catalogue question answers in milliseconds on a graph of the size of one state's."""

from __future__ import annotations

import importlib.util
import time
from functools import partial
from pathlib import Path

import pytest

from pactgraph.catalogue import load, names
from pactgraph.questions.resolve import resolve
from pactgraph.questions.run import prepare
from pactgraph.store.embedded import EmbeddedStore

LIMIT = 0.06
"""Seconds of processor time; the questions take 2 to 16 ms on a machine with nothing else to do."""

PARAMS = {"plan": "1/QD-TTg", "body": "b3", "article": "9", "start": "b3"}


@pytest.fixture(scope="module")
def big() -> EmbeddedStore:
    spec = importlib.util.spec_from_file_location("generated", Path(__file__).with_name("generated.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    store = EmbeddedStore.in_memory()
    store.load(module.Generator().quads())
    assert 14_000 < len(store) < 18_000
    return store


def best_of(store: EmbeddedStore, text: str, times: int = 5) -> float:
    taken = []
    for _ in range(times):
        start = time.thread_time()
        list(store.query(text))
        taken.append(time.thread_time() - start)
    return min(taken)


@pytest.mark.parametrize("name", names("questions"))
def test_questions_are_quick(big, name):
    required = {item.name: PARAMS[item.name] for item in load("questions", name).parameters if item.required}
    for params in (required, PARAMS):
        known = {item.name for item in load("questions", name).parameters}
        given = {key: value for key, value in params.items() if key in known}
        prepared = prepare(name, given, as_of="2026-11-21", lang="vi", resolve=partial(resolve, big))
        assert best_of(big, prepared.text) < LIMIT


@pytest.mark.parametrize("name", names("gaps"))
def test_gaps_are_quick(big, name):
    assert best_of(big, load("gaps", name).text) < LIMIT


@pytest.mark.parametrize("name", ["counts", "resolve"])
def test_lookups_are_quick(big, name):
    assert best_of(big, load("lookup", name).text) < LIMIT
