"""The Jinja2 environment of the pages: everything is escaped, nothing is loaded from elsewhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import jinja2
import pyoxigraph as ox
from markupsafe import Markup, escape

from pactgraph import __version__
from pactgraph.namespaces import XSD
from pactgraph.sources.quads import expand

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")
_DATE = re.compile(r"(?<![\w/.-])\d{4}-\d\d-\d\d(?![\w/-])")


def render(template: str, context: dict[str, Any]) -> str:
    """Render a template of ``templates/``."""
    return _environment().get_template(template).render(context)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pactgraph.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # one process shows one version of the pages; nothing looks at the disk for each of them
    )
    environment.filters["date"] = date_text
    environment.filters["dated"] = dated
    environment.filters["brief"] = brief
    environment.filters["number"] = number_text
    environment.filters["sentence"] = sentence
    environment.globals.update(
        version=__version__, static_key=static_key(), expand=lambda name: expand(name).value, pick=pick,
        is_iri=lambda term: isinstance(term, ox.NamedNode), is_date=is_date, first=first,
    )
    return environment


@cache
def static_key() -> str:
    """What tells one state of the static files from another; addresses of static files carry it."""
    found = hashlib.sha256()
    for name, file in sorted(_static_files(files("pactgraph.web").joinpath("static"))):
        found.update(name.encode() + file.read_bytes())
    return found.hexdigest()[:10]


def _static_files(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _static_files(item, f"{above}{item.name}/")
        else:
            yield above + item.name, item


def is_date(term: object) -> bool:
    """Whether a term is a date."""
    return isinstance(term, ox.Literal) and term.datatype.value == XSD + "date"


def date_text(value: str | None, lang: str) -> Markup:
    """A date as people write it: ``1 March 2025`` or ``01/03/2025``; what is not a date stays as it is."""
    try:
        day = date.fromisoformat(value or "")
    except ValueError:
        return escape(value or "")
    text = f"{day:%d/%m/%Y}" if lang == "vi" else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), text)


def dated(text: str, lang: str) -> Markup:
    """A sentence with its dates as people write them; a date that is part of a longer code stays."""
    return Markup(_DATE.sub(lambda found: date_text(found[0], lang), escape(text)))


def month_text(day: date, lang: str) -> str:
    """A month as people write it: ``March 2025`` or ``tháng 3/2025``."""
    return f"tháng {day.month}/{day.year}" if lang == "vi" else f"{_MONTHS[day.month - 1]} {day.year}"


def number_text(value: int, lang: str) -> str:
    """A number as people write it: ``24,456`` or ``24.456``."""
    text = f"{value:,}"
    return text.replace(",", ".") if lang == "vi" else text


def brief(text: str, length: int = 110) -> str:
    """A text cut at a word, with an ellipsis where something was left out."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:.(") + "…"


def sentence(text: str) -> str:
    """The first sentence of a text."""
    return text.partition(". ")[0].removesuffix(".") + "." if text else ""


def pick(terms: Iterable[ox.NamedNode | ox.Literal], lang: str) -> tuple[str, str] | None:
    """The text for a reader of ``lang`` among texts in several languages, with its language; None without any."""
    texts = {term.language or "": term.value for term in terms if isinstance(term, ox.Literal)}
    for wanted in (lang, "", *sorted(texts)):
        if wanted in texts:
            return texts[wanted], wanted
    return None


def first(values: Iterable[Any]) -> Any:
    """The first of several values, None without any."""
    return next(iter(values), None)
