"""Mints the IRIs of things below the base: one function a kind, no status, grade or role in any of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pactgraph.namespaces import BASE, row_key, slug


@dataclass(frozen=True)
class Ids:
    """The IRIs of one deployment (``base``) and, where a thing belongs to a state, of one country (``vnm``)."""

    base: str = BASE
    country: str = ""

    def _id(self, path: str) -> str:
        return f"{self.base}id/{path}"

    def _of_country(self, kind: str, key: str) -> str:
        return self._id(f"{self.country}/{kind}/{key}")

    def graph(self, path: str) -> str:
        """A named graph: ``graph("un/ccpr-c-vnm-co-3")``."""
        return f"{self.base}graph/{path}"

    def state(self, code: str) -> str:
        return self._id(f"state/{code}")

    def treaty(self, key: str) -> str:
        return self._id(f"treaty/{key}")

    def article(self, treaty: str, number: str | int) -> str:
        return f"{self.treaty(treaty)}/article/{number}"

    def article_paragraph(self, treaty: str, article: str | int, number: str | int) -> str:
        return f"{self.article(treaty, article)}/{number}"

    def un_document(self, symbol: str) -> str:
        return self._id(f"un/doc/{slug(symbol)}")

    def un_body(self, key: str) -> str:
        return self._id(f"un/body/{key}")

    def recommendation(self, symbol: str, paragraph: str | int, part: str = "") -> str:
        return self._id(f"un/rec/{slug(symbol)}/{paragraph}") + (f"/{part}" if part else "")

    def paragraph(self, symbol: str, paragraph: str) -> str:
        return self._id(f"un/para/{slug(symbol)}/{paragraph}")

    def document_subject(self, symbol: str, key: str) -> str:
        return self._id(f"un/subject/{slug(symbol)}/{key}")

    def assessment(self, symbol: str, key: str) -> str:
        return self._id(f"un/assessment/{slug(symbol)}/{key}")

    def state_recommendation(self, symbol: str, key: str) -> str:
        return self._id(f"un/share/{slug(symbol)}/{key}")

    def position(self, symbol: str, key: str) -> str:
        return self._id(f"un/position/{slug(symbol)}/{key}")

    def plan(self, key: str) -> str:
        return self._of_country("plan", key)

    def task(self, plan: str, row: str) -> str:
        return self._of_country("task", f"{plan}/{row_key(row)}")

    def duty(self, plan: str, number: str) -> str:
        return self._of_country("duty", f"{plan}/{row_key(number)}")

    def part(self, kind: str, plan: str, row: str, ordinal: int) -> str:
        """A part of a row: a responsibility, deadline or result, by its place in the row."""
        return self._of_country(kind, f"{plan}/{row_key(row)}/{ordinal}")

    def body(self, key: str) -> str:
        return self._of_country("body", key)

    def unit(self, key: str) -> str:
        return self._of_country("unit", key)

    def transfer(self, key: str) -> str:
        return self._of_country("transfer", key)

    def treaty_action(self, treaty: str, act: str, source: str) -> str:
        """What one source says of an act of the country: ``treaty_action("icerd", "accession", "untc")``."""
        return self._of_country("treaty-action", f"{treaty}/{act}/{source}")
    def cycle(self, key: str) -> str:
        return self._of_country("cycle", key)

    def count(self, key: str) -> str:
        return self._of_country("count", key)

    def event(self, key: str) -> str:
        return self._of_country("event", key)

    def law(self, key: str) -> str:
        return self._of_country("law", key)

    def law_provision(self, law: str, number: str) -> str:
        """An article of a law: ``law_provision("100-2015-qh13", "109")`` ends in ``100-2015-qh13/art-109``."""
        return f"{self.law(law)}/art-{number}"

    def law_version(self, law: str, day: date) -> str:
        """The version of a law that holds from a day."""
        return f"{self.law(law)}/version/{day.isoformat()}"

    def link(self, plan: str, key: str) -> str:
        return self._of_country("link", f"{plan}/{key}")

    def coordination(self, key: str) -> str:
        return self._of_country("coordination", key)

    def source(self, key: str) -> str:
        return self._of_country("source", key)

    def organisation(self, key: str) -> str:
        """An institution or office that is no body of the State: it belongs to no country."""
        return self._id(f"organisation/{key}")

    def law_assessment(self, key: str) -> str:
        return self._of_country("law-assessment", key)

    def indicator(self, key: str) -> str:
        return self._of_country("indicator", key)

    def indicator_value(self, indicator: str, key: str) -> str:
        return self._of_country("indicator-value", f"{indicator}/{key}")

    def journal_entry(self, number: int) -> str:
        """An entry of the journal."""
        return self._id(f"journal/{number}")

    def report(self, body: str, item: str, day: date) -> str:
        """What a body reports on an item of a plan for a day; both are IRIs."""
        country, _, rest = item.removeprefix(self._id("")).partition("/")
        return self._id(f"{country}/report/{body.rsplit('/', 1)[-1]}/{rest}/{day.isoformat()}")

    def entered_assessment(self, assessor: str, about: str, day: date) -> str:
        """What an assessor considers of a thing on a day, entered by hand; both are IRIs."""
        rest = about.removeprefix(self._id(""))
        return self._id(f"assessment/{assessor.removeprefix(self._id('')) or 'unknown'}/{rest}/{day.isoformat()}")

    def evidence_key(self, name: str, sha256: str) -> str:
        """The key of a file beside the report that it supports: two names of one file stay two."""
        return f"{sha256[:12]}-{slug(name) or 'file'}"

    def workbook(self, item: str, sha256: str) -> str:
        """A filled-in workbook, in the country of an item."""
        country = item.removeprefix(self._id("")).partition("/")[0]
        return self._id(f"{country}/source/workbook-{sha256[:16]}")

    def retraction(self, key: str) -> str:
        return self._id(f"retraction/{key}")

    def gap(self, gap_type: str, key: str) -> str:
        return self._id(f"gap/{gap_type}/{key}")


def plan_key(number: str, year: int | str) -> str:
    """The key of a plan: ``1252/QĐ-TTg`` of 2019 → ``1252-qd-ttg-2019``."""
    return f"{slug(number)}-{year}"
