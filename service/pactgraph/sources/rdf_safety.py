"""Looks at RDF text before a parser does: what could exhaust or crash a parser is refused at once.

XML entities grow without bound, and the parsers of JSON-LD and of triple terms recurse: text nested some thousand
levels deep ends the process. Nothing here builds more than the text itself.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn
from xml.parsers import expat

from pactgraph.errors import fail

DEEPEST = 200
_WIDE = {b"\xff\xfe\x00\x00": "utf-32", b"\x00\x00\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16",
         b"<\x00\x00\x00": "utf-32-le", b"\x00\x00\x00<": "utf-32-be", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_JSON_OTHER = re.compile(rb"[^\[\]{}]+")
_TURTLE_TEXT = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\'|<[^<>"{}|^`\s]*>|#[^\n\r]*', re.DOTALL)


def wide_encoding(data: bytes) -> str:
    """The encoding of text in 16 or 32 bits a character, as Python names it; empty for any other."""
    return next((name for start, name in _WIDE.items() if data.startswith(start)), "")


def check_xml(data: bytes, name: str) -> None:
    """Refuse a DOCTYPE wherever it stands, an encoding other than UTF-8, and text that is not well-formed XML.

    expat reads the whole text, with namespaces and without building anything; a DOCTYPE stops it before any entity
    is declared.
    """
    wide = wide_encoding(data)
    parser = expat.ParserCreate("UTF-8", " ")

    def doctype(*_: Any) -> NoReturn:
        raise fail("rdf-doctype", file=name, line=parser.CurrentLineNumber)

    def declaration(_: str, encoding: str | None, __: int) -> None:
        if encoding and encoding.upper() not in ("UTF-8", "UTF8", "US-ASCII") and not wide:
            raise fail("not-utf8", file=name, line=1, encoding=encoding)

    parser.StartDoctypeDeclHandler = doctype
    parser.XmlDeclHandler = declaration
    try:
        parser.Parse(data.decode(wide, "replace").encode("utf-8", "replace") if wide else data, True)
    except expat.ExpatError as problem:
        if not wide:
            raise fail("rdf-syntax", file=name, line=problem.lineno, column=problem.offset + 1,
                       reason=expat.errors.messages.get(problem.code, str(problem))) from None
    if wide:
        raise fail("not-utf8", file=name, line=1, encoding=wide.upper())


def check_json(data: bytes, name: str) -> None:
    """Refuse JSON that is nested too deeply."""
    depth = 0
    for bracket in _JSON_OTHER.sub(b"", _JSON_STRING.sub(b"", data)):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            raise fail("rdf-too-deep", file=name, limit=DEEPEST)


def check_turtle(text: str, name: str) -> None:
    """Refuse the triple terms of RDF 1.2, in Turtle and all that is like it."""
    if "<<" not in text:
        return
    blank = _TURTLE_TEXT.sub(lambda found: " " + "\n" * found[0].count("\n"), text)
    at = blank.find("<<")
    if at >= 0:
        raise fail("rdf-triple-term", file=name, line=blank.count("\n", 0, at) + 1)
