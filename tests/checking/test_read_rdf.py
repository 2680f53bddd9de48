"""Reading RDF of a user: every bad input is told in plain words with its place, and nothing is fetched or expanded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from pactgraph.errors import UserError
from pactgraph.sources.rdf import FORMATS, distinct_blank_nodes, format_of, parse_rdf, read_rdf
from pactgraph.sources.rdf_places import subject_lines

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/"'
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
THING = f'<rdf:RDF {RDF}><rdf:Description rdf:about="urn:x"><e:p>&b;</e:p></rdf:Description></rdf:RDF>'


@pytest.fixture
def refused(tmp_path: Path):
    """What is said of a file: the key of the message, its line and column."""
    def said(name: str, data: str | bytes, limit: int = 5_000_000) -> tuple[str, int | None, int | str | None]:
        file = tmp_path / name
        file.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        with pytest.raises(UserError) as caught:
            read_rdf(file, limit)
        for lang in ("vi", "en"):
            assert caught.value.message(lang).startswith(str(file))
        return caught.value.key, caught.value.line, caught.value.column

    return said


@pytest.mark.parametrize(("name", "text", "line", "column"), [
    ("a.ttl", '<urn:a> <urn:b> "x" .\n  <urn:c> no "x" .', 2, 11),
    ("a.TRIG", "@prefix e: <urn:e:> .\ne:g { e:a e:b f:c }", 2, 15),
    ("a.nt", '<urn:a> <urn:b> "x" .\n<urn:a> <urn:b> "x', 2, 17),
    ("a.nq", "<urn:a> <urn:b> <urn:c> <urn:d> <urn:e> .", 1, 33),
    ("a.jsonld", '{\n "@id": }', 2, 9),
    ("a.rdf", f"<rdf:RDF {RDF}>\n<rdf:Description>\n</rdf:RDF>", 3, 3),
    ("a.xml", f"<rdf:RDF {RDF}>\n<x:y/></rdf:RDF>", 2, 1),
    ("a.owl", f'<rdf:RDF {RDF}>\n<e:x/>\n<e:y rdf:about="a b"/>\n<e:x/></rdf:RDF>', 3, None),
])
def test_syntax_errors_name_line_and_column(refused, name: str, text: str, line: int, column: int | None) -> None:
    assert refused(name, text) == ("rdf-syntax", line, column)


def test_the_reason_does_not_repeat_the_place(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<urn:a> no .", "utf-8")
    with pytest.raises(UserError) as caught:
        read_rdf(file)
    assert caught.value.message("en") == f"{file}:1:9: This is not correct RDF: no is not a valid predicate"


@pytest.mark.parametrize(("name", "data", "key"), [
    ("a.csv", "x", "rdf-format-unknown"), ("noending", "x", "rdf-format-unknown"),
    ("a.ttl", "", "rdf-empty"), ("a.rdf", "\ufeff \n", "rdf-empty"), ("a.json", b"", "rdf-empty"),
    ("a.ttl", "<urn:a> <urn:b> 'Bộ' .".encode("utf-16"), "not-utf8"),
    ("a.ttl", "<urn:a> <urn:b> 'é' .".encode("latin-1"), "not-utf8"),
    ("a.rdf", f'<?xml version="1.0" encoding="ISO-8859-1"?><rdf:RDF {RDF}/>', "not-utf8"),
    ("a.rdf", f'<?xml version="1.0"?><rdf:RDF {RDF}/>'.encode("utf-16"), "not-utf8"),
    ("a.ttl", "<urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> .", "rdf-triple-term"),
    ("a.ttl", "<urn:a> <urn:b> <urn:c> {| <urn:d> 1 |} .", "rdf-triple-term"),
    ("a.nt", "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 50_000, "rdf-triple-term"),
    ("a.jsonld", '{"http://e/p":' * 50_000 + "1" + "}" * 50_000, "rdf-too-deep"),
    ("a.json", "[" * 201, "rdf-too-deep"),
])
def test_bad_files_are_told_apart(refused, name: str, data: str | bytes, key: str) -> None:
    assert refused(name, data)[0] == key


def test_more_than_the_limit_is_refused(refused) -> None:
    assert refused("a.ttl", "#" * 101, limit=100)[0] == "rdf-too-large"


def test_folders_and_absent_files(tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    for name, key in (("folder.ttl", "rdf-is-folder"), ("absent.ttl", "file-unreadable"), ("a\0.ttl", "file-unreadable")):
        with pytest.raises(UserError) as caught:
            read_rdf(tmp_path / name)
        assert caught.value.key == key


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("x", "utf-8")
    file.chmod(0)
    with pytest.raises(UserError) as caught:
        read_rdf(file)
    assert caught.value.key == "file-unreadable"


@pytest.mark.parametrize("text", [
    BOMB + THING,
    '<?xml version="1.0"?>\n' + BOMB + THING,
    " \n\n<!-- <!DOCTYPE is next -->\n<?target?>\n" + BOMB + THING,
    '<!DOCTYPE rdf:RDF SYSTEM "http://127.0.0.1:1/x.dtd">' + THING,
])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_doctype_is_refused_in_any_encoding(refused, text: str, encoding: str) -> None:
    assert refused("a.rdf", text.encode(encoding))[0] == "rdf-doctype"


def test_a_doctype_inside_the_document_never_reaches_the_parser(refused) -> None:
    assert refused("a.rdf", THING.replace("<e:p>", "\n" + BOMB + "<e:p>"))[:2] == ("rdf-syntax", 2)


def test_the_words_doctype_in_a_text_are_no_doctype(tmp_path: Path) -> None:
    file = tmp_path / "a.rdf"
    file.write_text(f'<rdf:RDF {RDF}><e:T><e:p><![CDATA[<!DOCTYPE x>]]></e:p></e:T></rdf:RDF>', "utf-8")
    assert len(read_rdf(file).quads) == 2


def test_a_byte_order_mark_and_words_like_triple_terms_do_no_harm() -> None:
    text = "\ufeff# <<( comment\n<urn:a> <urn:b> '<<(' , \"\"\"\n<< \" >>\"\"\" ."
    file = parse_rdf(text.encode("utf-8"), "a.ttl", FORMATS[".ttl"], "urn:base:")
    assert len(file.quads) == 2 and subject_lines(file) == {"<urn:a>": 2}


ENDINGS = sorted(FORMATS)
PIECES = st.lists(st.sampled_from([
    "<urn:a>", "<<", "<<(", ")>>", '"', "'''", '"x"', "@prefix", "e:", "e:a", ".", ";", "[", "]", "(", ")", "{", "}", "_:b",
    "@id", '"@id"', '"@context"', ":", ",", "1", "a", "#", "\n", "\\u00e9", "\\", "<!DOCTYPE", "<?xml", "<rdf:RDF " + RDF + ">",
    "</rdf:RDF>", "<e:T>", "</e:T>", "&a;", "\0", "\ud7ff", "null", '"http://127.0.0.1:1/"', "|}", "{|", "~", "^^", "@en",
]), max_size=30).map(" ".join)


def _statements(data: bytes, ending: str) -> Iterator[object]:
    file = parse_rdf(data, "a" + ending, format_of("a" + ending), "https://example.org/base")
    yield from distinct_blank_nodes([file, file])
    yield subject_lines(file)


@pytest.mark.parametrize("ending", ENDINGS)
@given(data=st.one_of(st.binary(max_size=200), PIECES.map(lambda text: text.encode("utf-8"))))
@settings(max_examples=examples(80))
def test_any_bytes_give_statements_or_an_error_of_the_user(ending: str, data: bytes) -> None:
    try:
        list(_statements(data, ending))
    except UserError as problem:
        assert problem.message("vi") and problem.message("en")
