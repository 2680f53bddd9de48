"""``pactgraph validate``: a report that a person can read, in every form, and the exit code that it promises."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest

from pactgraph.cli import main

GOOD = """@prefix pg: <https://w3id.org/pactgraph/ontology/> .
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:state a pg:State ; rdfs:label "A state"@en , "Một quốc gia"@vi .
"""
BAD = GOOD + """
ex:item a pg:PlanTask ; pg:rowNumber "A.1" ; pg:inPlan ex:plan .
ex:twin a pg:PlanTask ; pg:rowNumber "A.1" ; pg:inPlan ex:plan ;
  pg:hasDeadline [ a pg:Deadline ; pg:dueYear "soon" ] .
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable:
    """Run the command in an empty folder: its exit code, output and messages."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    for name in ("PACTGRAPH_LANG", "PACTGRAPH_IMPORT_BYTES"):
        monkeypatch.delenv(name, raising=False)

    def ran(*arguments: str, **files: str) -> tuple[int, str, str]:
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(text, "utf-8")
        with pytest.raises(SystemExit) as exit_:
            main(["validate", *arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err and "iolation" not in err
        return int(exit_.value.code or 0), out, err

    return ran


def rows(out: str) -> list[dict[str, str]]:
    return json.loads(out)


def test_a_file_without_fault(run) -> None:
    assert run("a.ttl", "--lang", "en", a_ttl=GOOD) == (0, "", "0 data errors in 1 file (3 statements).\n")
    assert run("a.ttl", "--lang", "vi")[2] == "0 lỗi dữ liệu trong 1 tệp (3 phát biểu).\n"


def test_what_is_wrong_where_in_the_language_asked_for(run) -> None:
    code, out, err = run("a.ttl", "--format", "json", "--lang", "vi", a_ttl=BAD)
    found = rows(out)
    assert code == 1 and re.match(r"\d+ lỗi dữ liệu, \d+ cảnh báo.* trong 1 tệp \(12 phát biểu\)\.\n$", err)
    assert list(found[0]) == ["severity", "file", "line", "focus", "path", "value", "message", "shape"]
    deadline = next(row for row in found if row["shape"].endswith("/Deadline-dueYear"))
    assert (deadline["file"], deadline["line"], deadline["focus"], deadline["value"]) == ("a.ttl", "7", "_:b1", "soon")
    assert deadline["path"] == "https://w3id.org/pactgraph/ontology/dueYear" and "Năm" in deadline["message"]
    twins = [row for row in found if row["shape"].endswith("/checks/row-number-unique")]
    assert [(row["focus"], row["line"], row["value"]) for row in twins] == [
        ("https://example.org/item", "6", "A.1"), ("https://example.org/twin", "7", "A.1")]
    severities = [row["severity"] for row in found]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert len({tuple(row.values()) for row in found}) == len(found)


def test_the_table_has_short_names_and_words(run) -> None:
    code, out, _ = run("a.ttl", "--lang", "en", a_ttl=BAD)
    assert code == 1
    assert "data error" in out and "a.ttl:7" in out and "pg:dueYear" in out and "shapes:Deadline-dueYear" in out
    assert "unnamed pg:hasDeadline of" in out and "ex:twin" in out and "_:b1" not in out
    assert "Mức độ" in run("a.ttl", "--lang", "vi")[1]


def test_csv_holds_the_same_rows(run) -> None:
    found = rows(run("a.ttl", "--format", "json", a_ttl=BAD)[1])
    assert list(csv.DictReader(io.StringIO(run("a.ttl", "--format", "csv")[1]))) == found


def test_a_workbook(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(BAD, "utf-8")
    with pytest.raises(SystemExit):
        main(["validate", str(file), "--format", "xlsx"])
    sheet = openpyxl.load_workbook(io.BytesIO(capfdbinary.readouterr().out)).active
    assert sheet is not None and [cell.value for cell in sheet[1]][:3] == ["severity", "file", "line"]
    assert sheet.max_row > 5


def test_turtle_is_shacls_own_report(run) -> None:
    from pyshacl import validate
    from rdflib import RDF, SH, Graph

    out = run("a.ttl", "--format", "ttl", a_ttl=BAD)[1]
    assert out == run("a.ttl", "--format", "ttl")[1], "the same file gives the same report"
    assert list(ox.parse(out.encode("utf-8"), format=ox.RdfFormat.TURTLE))
    graph = Graph().parse(data=out, format="turtle")
    report = graph.value(None, RDF.type, SH.ValidationReport)
    assert str(graph.value(report, SH.conforms)) == "false"
    for result in graph.objects(report, SH.result):
        for needed in (SH.focusNode, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent):
            assert graph.value(result, needed) is not None
        assert {text.language for text in graph.objects(result, SH.resultMessage)} == {"vi", "en"}
    shacl = Graph().parse(data="""@prefix sh: <http://www.w3.org/ns/shacl#> .
        [] a sh:NodeShape ; sh:targetClass sh:ValidationResult ;
          sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ,
            [ sh:path sh:value ; sh:maxCount 1 ] , [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ,
            [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:in ( sh:Violation sh:Warning sh:Info ) ] .""")
    assert validate(graph, shacl_graph=shacl)[0]
    good = Graph().parse(data=run("b.ttl", "--format", "ttl", b_ttl=GOOD)[1], format="turtle")
    assert str(good.value(good.value(None, RDF.type, SH.ValidationReport), SH.conforms)) == "true"


class _Page(HTMLParser):
    """What a page holds: its elements with attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_stands_alone_and_is_accessible(run, lang: str) -> None:
    hostile = BAD.replace('"soon"', '"<script>alert(1)</script>"')
    page = _Page(run("a.ttl", "--format", "html", "--lang", lang, a_ttl=hostile)[1])
    tags = [tag for tag, _ in page.elements]
    assert ("html", {"lang": lang}) in page.elements
    assert not {"script", "link", "img", "iframe", "a"} & set(tags)
    assert not any({"src", "href", "onclick"} & attributes.keys() for _, attributes in page.elements)
    assert tags.count("h1") == 1 and "main" in tags and "caption" in tags and "title" in tags
    assert all(attributes.get("scope") == "col" for tag, attributes in page.elements if tag == "th")
    assert "<script>alert(1)</script>" in page.words and "a.ttl:7" in page.words


def test_several_files_are_checked_together(run) -> None:
    head, items = BAD.split("ex:item", 1)
    first, second = items.split("ex:twin", 1)
    prefixes = head[:head.index("ex:state")]
    code, out, err = run("a.ttl", "b.nq", "--format", "json", "--lang", "en",
                         a_ttl=prefixes + "ex:item" + first,
                         b_nq=ox.serialize(ox.parse((prefixes + "ex:twin" + second).encode(), format=ox.RdfFormat.TURTLE),
                                           format=ox.RdfFormat.N_QUADS).decode())
    twins = [(row["file"], row["focus"].rsplit("/", 1)[-1]) for row in rows(out) if "row-number-unique" in row["shape"]]
    assert code == 1 and twins == [("a.ttl", "item"), ("b.nq", "twin")] and "in 2 files" in err


def test_shipped_concepts_can_be_referred_to_and_are_not_reported(run) -> None:
    text = GOOD + """
        ex:r a pg:Responsibility ; pg:role <https://w3id.org/pactgraph/vocab/role/lead> .
        ex:s a pg:Responsibility ; pg:role <https://w3id.org/pactgraph/vocab/role/chief> .
        pg:State rdfs:comment "A note of ours about a term that is not ours."@en ."""
    found = rows(run("a.ttl", "--format", "json", a_ttl=text)[1])
    roles = {row["focus"] for row in found if row["path"].endswith("/role")}
    assert roles == {"https://example.org/s"}
    assert {row["focus"] for row in found} <= {"https://example.org/r", "https://example.org/s",
                                               "https://w3id.org/pactgraph/ontology/State"}


def test_with_the_graph_files_can_refer_to_its_things(run, built_store: Path) -> None:
    text = GOOD + """
        ex:r a pg:Responsibility ; pg:responsibleAgent <https://w3id.org/pactgraph/id/vnm/body/mps> ."""
    alone = rows(run("a.ttl", "--format", "json", a_ttl=text)[1])
    beside = rows(run("a.ttl", "--format", "json", "--with-graph", "--store", str(built_store))[1])
    assert any(row["path"].endswith("/responsibleAgent") for row in alone)
    assert beside and not any(row["path"].endswith("/responsibleAgent") for row in beside)
    assert {row["focus"] for row in beside} == {"https://example.org/r"}


def test_without_files_the_built_graph_is_checked(run, built_store: Path) -> None:
    code, out, err = run("--store", str(built_store), "--format", "json", "--lang", "en")
    assert code == 0 and err.splitlines()[-1].startswith("0 data errors") and "in the built graph" in err
    assert {row["severity"] for row in rows(out)} <= {"warning", "info"}


def test_what_cannot_be_read_exits_2_and_names_every_file(run) -> None:
    code, out, err = run("a.ttl", "none.ttl", "c.txt", "d.jsonld", "e.rdf", "b.ttl", "--lang", "en", a_ttl="ex:a", b_ttl=GOOD,
                         c_txt="x", d_jsonld='{"name": "x"}', e_rdf="<!DOCTYPE x>")
    assert (code, out) == (2, "")
    for told in ("a.ttl:1:1: ", "none.ttl: ", "c.txt: ", "d.jsonld: The file is correct but holds no statement", "e.rdf:1: "):
        assert told in err
    assert "b.ttl" not in err


def test_the_limit_is_a_setting(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACTGRAPH_IMPORT_BYTES", "100")
    code, _, err = run("a.ttl", "--lang", "vi", a_ttl=GOOD)
    assert code == 2 and "PACTGRAPH_IMPORT_BYTES" in err


# Nothing is fetched ---------------------------------------------------------------------------------------------

@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """A server on the loopback that notes whoever calls; its address and the calls."""
    server = socket.create_server(("127.0.0.1", 0))
    calls: list[bytes] = []

    def accept() -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            with client:
                client.settimeout(2)
                calls.append(client.recv(1000))
                client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/ld+json\r\nContent-Length: 2\r\n\r\n{}")

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


def test_the_listener_notes_calls(listener: tuple[str, list[bytes]]) -> None:
    import urllib.request

    urllib.request.urlopen(listener[0] + "/context", timeout=5).read()
    assert listener[1][0].startswith(b"GET /context")


@pytest.mark.parametrize("context", ['"{}/c"', '["{}/c"]', '{{"@import": "{}/c"}}',
                                     '{{"p": {{"@id": "urn:p", "@context": "{}/c"}}}}'])
def test_a_remote_context_is_refused_and_never_fetched(run, listener: tuple[str, list[bytes]], context: str) -> None:
    address, calls = listener
    text = '{\n"@id": "urn:a",\n"@context": ' + context.format(address) + ',\n"urn:p": {"urn:p": 1}, "p": {"urn:p": 1}}'
    code, _, err = run("a.jsonld", "--lang", "en", a_jsonld=text)
    assert code == 2 and "a.jsonld:3: The @context is an address on the network" in err
    assert calls == []


def test_imports_and_addresses_are_never_followed(run, listener: tuple[str, list[bytes]]) -> None:
    address, calls = listener
    turtle = f"""@base <{address}/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        <> a owl:Ontology ; owl:imports <{address}/imported> ; sh:shapesGraph <{address}/shapes> ."""
    xml = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{address}/a {address}/a.xsd">
        <owl:Ontology rdf:about="{address}/b"><owl:imports rdf:resource="{address}/c"/></owl:Ontology></rdf:RDF>"""
    entity = f'<!DOCTYPE rdf:RDF SYSTEM "{address}/x.dtd">' + xml
    assert run("a.ttl", "b.rdf", a_ttl=turtle + BAD, b_rdf=xml)[0] == 1
    assert run("c.rdf", c_rdf=entity)[0] == 2
    assert calls == []
