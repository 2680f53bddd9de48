"""The public statements of a store as sorted lines on disk: what every dump is written from, however large the graph is.

``Statements`` keeps N-Quads in code-point order, and for each graph its lines without the graph's name in the same order. In
that order all statements about a thing stand together. Memory holds one bounded piece at a time.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice, repeat
from pathlib import Path

import pyoxigraph as ox

from pactgraph.journal.graphs import restricted_to
from pactgraph.namespaces import DCTERMS
from pactgraph.store.live import HEAD

PIECE = 100_000
"""Statements that are sorted in memory at once."""
_BATCH = 2_000
_BUFFER = 4_000_000
"""Bytes that wait in memory until they are added to the files of their graphs."""
_MOST_OPEN = 64
_MARKS = "urn:pactgraph:"
"""Graphs by which a remote store keeps account of itself."""
Told = Callable[[int], None]


@dataclass
class Graph:
    """A named graph on disk: its IRI (empty for the default graph), the number of its statements, the languages of its texts."""

    iri: str
    file: Path
    statements: int = 0
    languages: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[bytes]:
        """Its statements as N-Triples without the final dot, sorted."""
        with self.file.open("rb") as stream:
            for line in stream:
                yield line[:-1]


@dataclass
class Statements:
    """The public statements of a store. ``fingerprint`` and ``journal`` are what a live database says of itself, if it does;
    ``sha256`` is the checksum of all statements as sorted N-Quads."""

    file: Path
    graphs: dict[str, Graph] = field(default_factory=dict)
    fingerprint: str = ""
    journal: int = 0
    sha256: str = ""

    def quads(self, graphs: list[Graph]) -> Iterator[tuple[bytes, str]]:
        """The statements of some of the graphs, each with the IRI of its graph, in the order of N-Quads."""
        if len(graphs) <= _MOST_OPEN:
            yield from heapq.merge(*(zip(graph.lines(), repeat(graph.iri)) for graph in graphs))
            return
        wanted = {graph.iri for graph in graphs}
        with self.file.open("rb") as stream:
            for line in stream:
                triple, iri = split(line)
                if iri in wanted:
                    yield triple, iri

    @property
    def count(self) -> int:
        """The number of statements."""
        return sum(graph.statements for graph in self.graphs.values())


def collect(quads: Iterable[ox.Quad], base: str, folder: Path, without: tuple[str, ...] = (),
            told: Told = lambda _: None) -> Statements:
    """Sort the public statements among ``quads`` into files of ``folder``; ``told`` hears how many were read so far.

    ``without``: the beginnings of the names of graphs that are left out.
    """
    statements = Statements(folder / "all.nq")
    pieces = list(_sorted_pieces(_lines(_public(quads, base, statements, without), told), folder))
    digest = hashlib.sha256()
    waiting = _Waiting()
    with ExitStack() as stack, statements.file.open("wb") as out:
        last = b""
        for line in _merged(pieces, folder, stack):
            if line == last:
                continue
            last = line
            out.write(line)
            digest.update(line)
            _share_out(line, statements, folder, waiting)
    waiting.write()
    for piece in folder.glob("piece-*"):
        piece.unlink()
    statements.sha256 = digest.hexdigest()
    statements.graphs = dict(sorted(statements.graphs.items()))
    return statements


def _public(quads: Iterable[ox.Quad], base: str, statements: Statements, without: tuple[str, ...]) -> Iterator[ox.Quad]:
    """The statements that everybody may see; what a live database says of itself is noted, and is none of them."""
    head, known = base + HEAD, {}
    for quad in quads:
        graph = getattr(quad.graph_name, "value", "")
        if graph == head:
            known[quad.predicate.value] = getattr(quad.object, "value", "")
        elif restricted_to(graph, base) is None and not graph.startswith((_MARKS, *without)):
            yield quad
    statements.fingerprint = known.get(f"{DCTERMS}isVersionOf", "")
    number = known.get(f"{DCTERMS}identifier", "0")
    statements.journal = int(number) if number.isdigit() else 0


def _lines(quads: Iterator[ox.Quad], told: Told) -> Iterator[bytes]:
    read = 0
    while batch := list(islice(quads, _BATCH)):
        yield from (ox.serialize(batch, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
        read += len(batch)
        told(read)


def _sorted_pieces(lines: Iterator[bytes], folder: Path) -> Iterator[Path]:
    number = 0
    while piece := sorted(islice(lines, PIECE)):
        file = folder / f"piece-{number:06d}"
        with file.open("wb") as stream:
            stream.writelines(piece)
        yield file
        number += 1


def _merged(pieces: list[Path], folder: Path, stack: ExitStack) -> Iterable[bytes]:
    """All lines in order; many pieces are first merged to fewer, so that few files are open at once."""
    round_ = 0
    while len(pieces) > _MOST_OPEN:
        joined = []
        for at in range(0, len(pieces), _MOST_OPEN):
            file = folder / f"piece-{round_:02d}-{at:06d}"
            with ExitStack() as inner, file.open("wb") as out:
                out.writelines(heapq.merge(*(inner.enter_context(piece.open("rb")) for piece in pieces[at:at + _MOST_OPEN])))
            joined.append(file)
        pieces, round_ = joined, round_ + 1
    return heapq.merge(*(stack.enter_context(piece.open("rb")) for piece in pieces))


class _Waiting:
    """Lines that wait for the files of their graphs, so that no more than one of these is open at a time."""

    def __init__(self) -> None:
        self._lines: dict[Path, list[bytes]] = {}
        self._bytes = 0

    def add(self, file: Path, line: bytes) -> None:
        self._lines.setdefault(file, []).append(line)
        self._bytes += len(line)
        if self._bytes > _BUFFER:
            self.write()

    def write(self) -> None:
        for file, lines in self._lines.items():
            with file.open("ab") as stream:
                stream.writelines(lines)
        self._lines, self._bytes = {}, 0


def _share_out(line: bytes, statements: Statements, folder: Path, waiting: _Waiting) -> None:
    triple, iri = split(line)
    graph = statements.graphs.get(iri)
    if graph is None:
        graph = statements.graphs[iri] = Graph(iri, folder / f"graph-{len(statements.graphs):06d}")
    graph.statements += 1
    if not triple.endswith((b">", b'"')):
        tag = triple[triple.rfind(b"@") + 1:]
        if triple.rfind(b'"@') == len(triple) - len(tag) - 2:
            graph.languages.add(tag.decode("ascii"))
    waiting.add(graph.file, triple + b"\n")


def split(line: bytes) -> tuple[bytes, str]:
    """A line of N-Quads as the triple (without its dot) and the IRI of the graph (empty where none is named).

    Only the name of a graph can stand behind the end of an object: an IRI has no space, a literal ends in ``"``, ``>`` or a tag.
    """
    whole = line.rstrip(b"\n").removesuffix(b" .")
    if not whole.endswith(b">"):
        return whole, ""
    head, _, last = whole.rpartition(b" ")
    if head.count(b" ") < 2 or not last.startswith(b"<") or _is_open(head):
        return whole, ""
    return head, last[1:-1].decode("utf-8")


def _is_open(head: bytes) -> bool:
    """Whether a cut fell inside a literal: its quotation mark was opened and not closed before."""
    text = head.split(b" ", 2)[2]
    if not text.startswith(b'"'):
        return False
    closed = text.rfind(b'"')
    return closed == 0 or (len(text[:closed]) - len(text[:closed].rstrip(b"\\"))) % 2 == 1
