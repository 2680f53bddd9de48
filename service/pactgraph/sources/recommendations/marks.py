"""What concluding observations mark besides their words: articles in brackets, the concern behind a recommendation, what is to be
followed up and by when, and the review cycle.

Articles are proposed links: nobody has judged them. They stand in a graph whose name does not change with the file
(``imported/links/{document}``), so that what was retracted there stays retracted when a newer file comes.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pactgraph.ids import Ids
from pactgraph.namespaces import PG, concept, slug
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.recommendations.records import RECOMMENDATION, Record
from pactgraph.sources.recommendations.targets import Known, Target

TREATIES = {"CCPR": "iccpr", "CESCR": "icescr", "CERD": "icerd", "CEDAW": "cedaw", "CAT": "cat", "CRC": "crc", "CMW": "icrmw",
            "CRPD": "crpd", "CED": "cped"}
"""The treaty whose articles a treaty body means, by the beginning of its symbols."""
OWN, PAIRED = Decimal("0.95"), Decimal("0.85")
"""How sure a link to an article is whose number stands in the paragraph itself, or in the concern right before it."""
LANGUAGE = "en"


class Marks:
    """States the marks of the records of one file. ``document`` is the IRI of the file."""

    def __init__(self, out: GraphWriter, document: str, ids: Ids, known: Known) -> None:
        self.out, self.document, self.ids, self.known = out, document, ids, known
        self._done: set[str] = set()

    def state(self, record: Record, target: Target) -> None:
        """State what a record marks; once for a paragraph, whatever its parts."""
        if not record.more or not record.symbol or not record.paragraph or target.thing in self._done:
            return
        self._done.add(target.thing)
        more = record.more
        if record.type == RECOMMENDATION and more.get("paired_with"):
            pair = self.ids.paragraph(record.symbol, more["paired_with"])
            if not self.known.has(self.ids.recommendation(record.symbol, more["paired_with"])):
                self._single(target.thing, "pg:pairedWith", pair)
        if more.get("follow_up") and not self.known.stated(target.thing, "pg:followUp"):
            self.out.value(target.thing, "pg:followUp", True)
        if more.get("response_due") and not self.known.stated(target.thing, "pg:responseDueOn"):
            self.out.value(target.thing, "pg:responseDueOn", date.fromisoformat(more["response_due"]))
        for number in more.get("refers_to") or ():
            self.out.link(target.thing, "pg:refersToParagraph", self.ids.recommendation(record.symbol, number))
        if record.type == RECOMMENDATION or not more.get("articles_in"):
            for link in more.get("articles") or ():
                self._article(record, target, link)

    def _single(self, thing: str, predicate: str, value: str) -> None:
        """State a value unless another one is known."""
        if not self.known.stated(thing, predicate) - {value}:
            self.out.link(thing, predicate, value)

    def _article(self, record: Record, target: Target, link: dict[str, Any]) -> None:
        """Propose the link to an article that the graph has, unless somebody stated one between the same two already."""
        assert record.symbol and record.paragraph
        treaty = TREATIES.get(record.body, "")
        article = self.ids.article(treaty, link["article"])
        short = f"{treaty}/{link['article']}"
        assertion = Ids(self.ids.base, "un").link(slug(record.symbol), f"{record.paragraph}/{slug(short)}")
        if not self.known.has(article) or self.known.has(assertion):
            return
        out = GraphWriter(self.ids.graph(f"imported/links/{slug(record.symbol)}"))
        name = f"{record.symbol}/{record.paragraph} → {short}"
        out.a(assertion, "pg:LinkAssertion")
        out.label(assertion, name, name)
        out.link(assertion, "pg:linkSubject", target.thing)
        out.link(assertion, "pg:linkPredicate", PG + "concernsProvision")
        out.link(assertion, "pg:linkObject", article)
        out.link(assertion, "pg:linkStatus", concept("link-status", "proposed"))
        out.link(assertion, "pg:method", concept("link-method", "names-the-instrument"))
        out.value(assertion, "pg:confidence", OWN if link["from_paragraph"] == record.paragraph else PAIRED)
        out.text(assertion, "pg:quotation", link["words"], LANGUAGE)
        out.link(assertion, "pg:quotedFrom", self.document)
        out.value(assertion, "pg:sourceLine", link.get("line"))
        self.out.quads += out.quads


def cycle_of(record: Record, target: Target, document: str, named: str, ids: Ids, known: Known) -> str | None:
    """The review cycle of concluding observations, where the graph does not say it: the one that the importer named, else the
    one of the State under the same treaty whose session is theirs."""
    if not record.more or known.stated(document, "pg:inCycle"):
        return None
    mine = Ids(ids.base, target.country)
    if named:
        return mine.cycle(named)
    treaty, session = ids.treaty(TREATIES.get(record.body, "")), str(record.session)
    found = [cycle for cycle in known.cycles if cycle.startswith(mine.cycle(""))
             and known.stated(cycle, "pg:reviewTreaty") == {treaty} and known.stated(cycle, "pg:sessionNumber") == {session}]
    return found[0] if len(found) == 1 else None
