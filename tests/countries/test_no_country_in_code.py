"""Nothing in the code or in the queries knows Viet Nam: its ids, its plan, its words stand in ``data/vnm``."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "service" / "pactgraph"
CODE = sorted(PACKAGE.rglob("*.py"))
QUERIES = sorted((ROOT / "queries").rglob("*.rq"))
_NAMED = re.compile(r"\bvnm\b|\b1252|Viet ?Nam\b|Việt Nam", re.IGNORECASE)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b]")

ALLOWED_STRINGS = {
    # A name of an encoding, shown where a file is not UTF-8.
    "sources/textfile.py": {"Windows-1252, Windows-1258, TCVN3 …"},
    "sources/rdf.py": {"Windows-1252, Windows-1258, TCVN3 …"},
    # An example of the command line's help.
    "cli/asking.py": {"Example: pactgraph ask responsibilities --param plan=1252/QĐ-TTg --lang vi --format csv",
                      "Example: pactgraph evidence CCPR/C/VNM/CO/3/24"},
    "cli/checking.py": {"Only gaps of a plan, for example 1252/QĐ-TTg."},
    "cli/importing_exports.py": {"Example: pactgraph import uhri export.xlsx --country VNM --dry-run --format json"},
    "cli/options.py": {"Only records that concern this country: a name or an ISO code (VNM, VN)."},
    # Encodings that a page may say it has.
    "sources/documents/html.py": {"windows-1252"},
    # Marks that spellings of one word put on different letters.
    "sources/annex/names.py": {"\u0300\u0301\u0303\u0309\u0323"},
    # Words that try whether Vietnamese can be written to a terminal.
    "operating/machine.py": {"Đề nghị Ủy ban"},
    # Unicode decomposes every Vietnamese letter but this one.
    "namespaces.py": {"đ", "Đ"},
    "sources/recommendations/labels.py": {"đ", "Đ"},
}
BILINGUAL = {"build/history.py", "build/journaled.py", "build/meta.py", "publish/authorities.py"}
"""Modules whose words are pairs for people, one in each language of the program."""


def _vietnamese(text: str) -> bool:
    """Whether a text has letters of Vietnamese that French or another Western language lacks."""
    decomposed = unicodedata.normalize("NFD", text)
    return bool(re.search("[đĐ\u031b\u0309\u0323\u0306]", decomposed)) or len(_TONES.findall(decomposed)) > 3


def _strings(path: Path) -> list[str]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = {node.body[0].value for node in ast.walk(tree)
                  if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body
                  and isinstance(node.body[0], ast.Expr)}
    # A string that stands alone says what the name before it means: documentation too.
    documented |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [node.value for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documented]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_knows_viet_nam(path: Path) -> None:
    name = str(path.relative_to(PACKAGE))
    allowed = ALLOWED_STRINGS.get(name, set())
    found = [text for text in _strings(path) if text not in allowed
             and (_NAMED.search(text) or (_vietnamese(text) and name not in BILINGUAL))]
    assert found == []


def test_the_allowed_strings_are_still_there() -> None:
    for name, texts in ALLOWED_STRINGS.items():
        assert texts <= set(_strings(PACKAGE / name)), name


def test_names_in_the_code_are_of_no_country() -> None:
    for path in CODE:
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
            if token.type == tokenize.NAME:
                assert not _NAMED.search(token.string), (path, token.start)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_query_knows_viet_nam(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in lines if _NAMED.search(line)] == []


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_vietnamese_words_of_a_query_are_those_for_a_vietnamese_reader(path: Path) -> None:
    """Words for people stand in both languages; none is compared with what a document says."""
    body = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith("#"))
    if any(_vietnamese(text) for text in re.findall(r'"([^"\n]*)"', body)):
        assert '?lang = "vi"' in body or "_vi" in body
    for compared in re.findall(r'(?:CONTAINS|STRSTARTS|STRENDS|REGEX|REPLACE)\([^)]*?"([^"\n]*)"', body):
        assert not _vietnamese(compared)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_name_in_another_language_is_one_name(path: Path) -> None:
    """A third language must not double a row: of the other languages one is taken (docs/style-guide.md)."""
    text = path.read_text("utf-8")
    assert not re.search(r"FILTER\(LANG\(\?\w+\) != \?lang\)", text), "see 'Names in other languages' in the style guide"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_no_page_knows_viet_nam(path: Path) -> None:
    text = path.read_text("utf-8").replace("Tiếng Việt", "")
    assert not _NAMED.search(text) and not _vietnamese(text)
