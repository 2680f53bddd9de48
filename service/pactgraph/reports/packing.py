"""Writes a ZIP package (DOCX) again with one date, so that the same report is the same file, byte for byte."""

from __future__ import annotations

import io
import zipfile


def repacked(package: bytes, as_of: str) -> bytes:
    """The same members in the same order, all dated ``as_of`` (YYYY-MM-DD)."""
    year, month, day = (int(part) for part in as_of.split("-"))
    stamp = (max(1980, min(year, 2107)), month, day, 0, 0, 0)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(member))
    return out.getvalue()
