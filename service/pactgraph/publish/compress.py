"""Writes one content into several files at once: as it is, as gzip and as Zstandard, always the same bytes.

A gzip header names neither a file nor a day. The bytes depend on the content and on the versions of zlib and libzstd; the
checksum of the content itself stands in the manifest.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any, Protocol

import zstandard

from pactgraph.publish.staging import Hashed, Writer

GZIP, ZSTD, NONE = "gzip", "zstd", "none"
MEDIA_TYPES = {GZIP: "application/gzip", ZSTD: "application/zstd", NONE: ""}
ENDINGS = {GZIP: ".gz", ZSTD: ".zst", NONE: ""}
_GZIP_LEVEL, _ZSTD_LEVEL = 9, 12
_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 1 << 18


class _Coder(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class _Plain:
    def compress(self, data: bytes, /) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


def _coder(compression: str) -> _Coder:
    if compression == GZIP:
        return zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP)
    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj() if compression == ZSTD else _Plain()


def write_compressed(writer: Writer, path: str, media_type: str, compressions: Iterable[str], content: Iterable[bytes],
                     **details: Any) -> None:
    """Write ``content`` to ``path`` with the ending of each compression; details go into the manifest of each file."""
    digest, size = hashlib.sha256(), 0
    paths: list[str] = []
    with ExitStack() as stack:
        outs: list[tuple[_Coder, Hashed]] = []
        for compression in compressions:
            kind = MEDIA_TYPES[compression]
            paths.append(path + ENDINGS[compression])
            file = writer.file(paths[-1], kind or media_type, content_type=media_type, compression=kind, **details)
            outs.append((_coder(compression), stack.enter_context(file)))
        for piece in _pieces(content):
            digest.update(piece)
            size += len(piece)
            for coder, out in outs:
                out.write(coder.compress(piece))
        for coder, out in outs:
            out.write(coder.flush())
    for name in paths:
        writer.describe(name, content_bytes=size, content_sha256=digest.hexdigest())


def _pieces(content: Iterable[bytes]) -> Iterable[bytes]:
    """The content in pieces of one size: what a compressor makes depends on nothing else."""
    waiting, size = [], 0
    for part in content:
        waiting.append(part)
        size += len(part)
        if size >= _PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
