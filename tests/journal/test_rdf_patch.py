"""RDF Patch: what is written is read again, and what is not whole or not understood is refused with file and line."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.errors import UserError
from pactgraph.journal.patch import Patch
from pactgraph.journal.rdf_patch import read_patch, write_patch

IRIS = st.sampled_from(["urn:a", "http://example.org/b", "https://example.org/ngữ?x=1#y"]).map(ox.NamedNode)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    TEXTS.map(lambda text: ox.Literal(text, language="vi")),
    st.sampled_from(["01", "1", "x"]).map(lambda text: ox.Literal(text, datatype=ox.NamedNode("urn:t"))),
)
QUADS = st.builds(ox.Quad, IRIS, IRIS, st.one_of(IRIS, LITERALS), st.one_of(IRIS, st.just(ox.DefaultGraph())))
PATCHES = st.builds(Patch.of, st.frozensets(QUADS, max_size=6), st.frozensets(QUADS, max_size=6))
HEADERS = st.lists(st.tuples(st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True), TEXTS), max_size=4)


@given(HEADERS, PATCHES)
def test_what_is_written_is_read_again(headers: list[tuple[str, str]], patch: Patch) -> None:
    text = write_patch(headers, patch)
    assert read_patch(text.encode(), "x.rdfp") == (headers, patch)
    assert write_patch(*read_patch(text.encode(), "x.rdfp")) == text


def test_the_text_is_canonical() -> None:
    def quad(name: str) -> ox.Quad:
        return ox.Quad(ox.NamedNode(f"urn:{name}"), ox.NamedNode("urn:p"), ox.Literal("ư\n"), ox.NamedNode("urn:g"))

    assert write_patch([("by", "a \"desk\"")], Patch.of([quad("b"), quad("a")], [quad("c")])) == (
        'H by "a \\"desk\\"" .\n'
        "TX .\n"
        'A <urn:a> <urn:p> "ư\\n" <urn:g> .\n'
        'A <urn:b> <urn:p> "ư\\n" <urn:g> .\n'
        'D <urn:c> <urn:p> "ư\\n" <urn:g> .\n'
        "TC .\n"
    )


@pytest.mark.parametrize(("text", "key", "line"), [
    ("", "patch-not-one", None),
    ("TX .\nA <urn:a> <urn:b> <urn:c> .\n", "patch-cut", 2),
    ("TX .\nA <urn:a> <urn:b> <urn:c> .\nTC .", "patch-cut", 3),
    ("TX .\nTC .\nTX .\nTC .\n", "patch-not-one", None),
    ("H by .\nTX .\nTC .\n", "patch-line", 1),
    ("X by \"a\" .\nTX .\nTC .\n", "patch-line", 1),
    ("H by \"a\" .\nTC .\n", "patch-line", 1),
    ("TX .\nA <urn:a> <urn:b> <urn:c> .\nB <urn:a> <urn:b> <urn:c> .\nTC .\n", "patch-line", 3),
    ("TX .\nA <urn:a> <urn:b> <urn:c> .\nD <urn:a> <urn b> <urn:c> .\nTC .\n", "patch-line", 3),
    ("TX .\nA <urn:a> <urn:b> <urn:c> .\nA \nTC .\n", "patch-line", 3),
    ("TX .\nA # nothing\nTC .\n", "patch-line", 2),
    ("TX .\nA <urn:a> <urn:b> <urn:c> . <urn:a> <urn:b> <urn:d> .\nTC .\n", "patch-line", 2),
    ("TX .\nA <urn:a> <urn:b> <urn:c> .\nA <urn:a> <urn:b> <urn:c> .\nTC .\n", "patch-twice", None),
    ("TX .\nA <urn:a> <urn:b> <urn:c> .\nD <urn:a> <urn:b> <urn:c> .\nTC .\n", "patch-both", None),
    ("TX .\nA _:b <urn:b> <urn:c> .\nTC .\n", "patch-blank", None),
])
def test_what_is_wrong_is_told_with_its_place(text: str, key: str, line: int | None) -> None:
    with pytest.raises(UserError) as found:
        read_patch(text.encode(), "entries/3.rdfp")
    assert (found.value.key, found.value.file, found.value.line) == (key, "entries/3.rdfp", line)
    assert "entries/3.rdfp" in found.value.message("vi")


def test_text_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(UserError) as found:
        read_patch(b'TX .\nA <urn:a> <urn:b> "\xff" .\nTC .\n', "x.rdfp")
    assert (found.value.key, found.value.line) == ("patch-line", 2)
