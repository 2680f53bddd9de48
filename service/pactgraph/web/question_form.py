"""The form of a question: a field a parameter, filled with what the request gives, with what is wrong beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pactgraph.catalogue import Parameter, Query
from pactgraph.catalogue.bind import day_meant
from pactgraph.errors import UserError
from pactgraph.namespaces import VOCAB, fold
from pactgraph.questions.resolve import resolve
from pactgraph.questions.run import term
from pactgraph.sources.quads import expand
from pactgraph.web.asking import ReaderStore, in_thread
from pactgraph.web.page import Page
from pactgraph.web.templating import brief
from pactgraph.web.wording import has_word

MOST_OPTIONS = 200
"""A longer list is offered while one types, not as a list to choose from."""
_LONGEST_NAME = 90
_OWN_WORDS = {"parameter-date": "field-date", "bad-as-of": "field-date", "parameter-integer": "field-integer",
              "parameter-choice": "field-choice", "parameter-code": "field-choice", "thing-unknown": "field-unknown"}
_DIGITS = re.compile(r"(\d+)")


@dataclass
class Option:
    """Something that a field takes: the value that is sent, what people read, and the SPARQL term that it means."""

    value: str
    text: str
    term: str = ""


@dataclass
class Field:
    """A field of a form. ``kind``: select, list (a text with suggestions), text, date, number; ``near``: text and address."""

    name: str
    label: str
    kind: str
    value: str = ""
    required: bool = False
    hint: str = ""
    error: str = ""
    options: list[Option] = field(default_factory=list)
    near: list[tuple[str, str]] = field(default_factory=list)
    chosen: str = ""


@dataclass
class Checked:
    """What the values of a request mean: their SPARQL terms, and what is wrong with those that mean nothing."""

    terms: dict[str, str]
    problems: dict[str, UserError]


async def check(page: Page, query: Query, values: dict[str, str]) -> Checked:
    """Read each value apart, so that each field can say what is wrong with it. A failure of the store is raised."""
    known = {parameter.name: parameter for parameter in query.parameters}

    def read(store: ReaderStore) -> Checked:
        found = Checked({}, {})
        for name, value in values.items():
            try:
                found.terms[name] = term(query, known[name], value.strip(), lambda kind, word: resolve(store, kind, word))
            except UserError as problem:
                if problem.key.startswith("query-"):
                    raise
                found.problems[name] = problem
        return found

    return await in_thread(page.site, read)


async def fields_of(page: Page, query: Query, values: dict[str, str], checked: Checked) -> list[Field]:
    """The fields of a question, without the day, which has its own."""
    found = []
    for parameter in query.parameters:
        if parameter.name == "asOf":
            continue
        made = await _field(page, parameter, values.get(parameter.name, ""), checked.terms.get(parameter.name, ""))
        problem = checked.problems.get(parameter.name)
        if problem:
            _tell(page, made, problem)
        found.append(made)
    return found


def day_field(page: Page, given: str, problem: UserError | None) -> Field:
    """The field of the day asked about."""
    made = Field("as_of", page.t("as-of"), "date", given, hint=page.t("hint-as-of"))
    if problem:
        _tell(page, made, problem)
    return made


async def _field(page: Page, parameter: Parameter, value: str, meant: str) -> Field:
    options = await _options(page, parameter)
    kind = {"date": "date", "integer": "number"}.get(parameter.kind, "text")
    if options:
        kind = "select" if len(options) <= MOST_OPTIONS and parameter.kind != "string" else "list"
    label = parameter.label.get(page.lang, parameter.name)
    if kind == "select":  # the words that a terminal needs to be told are in the list
        label = label.partition(":")[0]
    made = Field(parameter.name, label, kind, value, parameter.required, _hint(page, parameter, kind), options=options)
    if kind == "select":
        made.chosen = next((option.value for option in options if option.term == meant), "") if meant else ""
        if meant and not made.chosen and parameter.kind == "code":
            made.error = page.t("field-choice", value=value)
    elif kind == "list" and meant:
        made.value = next((option.value for option in options if option.term == meant), value)
    return made


def _hint(page: Page, parameter: Parameter, kind: str) -> str:
    if kind == "list":
        return page.t("hint-list")
    if parameter.kind == "iri" and kind == "text":
        return page.t("hint-thing")
    return ""


def _tell(page: Page, made: Field, problem: UserError) -> None:
    """Put what is wrong beside the field, and the nearest values as links that put them right."""
    key = _OWN_WORDS.get(problem.key)
    values = {name: value[page.lang] if isinstance(value, dict) else value for name, value in problem.values.items()}
    values |= {"value": made.value, "word": values.get("word", made.value)}
    made.error = page.t(key, **values) if key else problem.message(page.lang)
    near = [str(name) for name in problem.values.get("nearest", ())]
    meant = day_meant(made.value)
    if key == "field-date" and meant != made.value and meant[:4] in made.value:  # else it is only an example
        near = [meant]
    made.near = [(name, page.here(**{made.name: name})) for name in near]


async def _options(page: Page, parameter: Parameter) -> list[Option]:
    """What a parameter may take, with names in the language of the page; none where that is no list."""
    if parameter.kind == "choice":
        return [Option(word, _word(page, word), f'"{word}"') for word in map(str.strip, parameter.range.split(","))]
    if parameter.kind == "code":
        return await _concepts(page, parameter.range)
    if parameter.kind == "string" and parameter.range:
        found = [option for scheme in parameter.range.split(",") for option in await _concepts(page, scheme.strip())]
        return sorted(found, key=lambda option: _natural(option.text))
    if parameter.kind == "iri" and parameter.range:
        return await _members(page, expand(parameter.range).value)
    return []


def _word(page: Page, word: str) -> str:
    key = f"choice-{word}"
    return page.t(key) if has_word(key) else word


async def _concepts(page: Page, scheme: str) -> list[Option]:
    iris = await _found(page, f"{VOCAB}{scheme}")
    made = [Option(iri.rsplit("/", 1)[-1], page.thing(iri).label(page.lang)[0], f"<{iri}>") for iri in iris]
    return sorted(made, key=lambda option: _natural(option.text))


async def _members(page: Page, kind: str) -> list[Option]:
    iris = await _found(page, kind)
    codes = [page.thing(iri).notation for iri in iris]
    made = []
    for iri, code in zip(iris, codes, strict=True):
        name = page.thing(iri).label(page.lang)[0]
        # A code with a number is what people quote; others (moj) only stand for a name.
        shown = f"{code} · {name}" if code and code != name and _DIGITS.search(code) else name
        unique = code and codes.count(code) == 1
        made.append(Option(code or "" if unique else iri.partition("/id/")[2] or iri, brief(shown, _LONGEST_NAME), f"<{iri}>"))
    return sorted(made, key=lambda option: _natural(option.text))


async def _found(page: Page, thing: str) -> list[str]:
    """The members of a class or scheme, their names looked up."""
    iris = [record.member or "" for record in await page.ask.records("members", thing)]
    await page.site.things.look_up(iris)
    return iris


def _natural(text: str) -> list[tuple[int, int | str]]:
    """Sorts as people do: no case, no diacritics, 9 before 10."""
    return [(0, int(part)) if part.isdigit() else (1, part) for part in _DIGITS.split(fold(text)) if part]
