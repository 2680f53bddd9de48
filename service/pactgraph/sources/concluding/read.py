"""Reads concluding observations into records: each paragraph and lettered part, its kind, and the articles that it names."""

from __future__ import annotations

import re
from pathlib import Path

from pactgraph.errors import fail
from pactgraph.sources.concluding import phrases
from pactgraph.sources.concluding.structure import Numbered, read_structure
from pactgraph.sources.documents import DOCX, HTML, PDF, TEXT, DocumentFile, open_document
from pactgraph.sources.documents.records import DocumentExport, DocumentIssue
from pactgraph.sources.recommendations.records import Record

_SYMBOL = re.compile(r"\b(?P<symbol>(?P<body>[A-Z]{2,6})/C/(?P<state>[A-Z]{3})/CO/[\w-]+(?:/(?:Add|Rev|Corr)\.\d+)?)")
_TITLE = re.compile(r"concluding observations on the (?P<report>.{0,120}?)\breports? of (?:the )?(?P<country>[^*.,;\d]{3,80})",
                    re.IGNORECASE)
_SESSION = re.compile(r"adopted by the Committee at its (?P<session>[\w-]+?)(?:st|nd|rd|th)?\s+session", re.IGNORECASE)
_HEAD = 60
"""How many paragraphs may belong to the head of a document."""
_TYPES = {"introduction": "introduction", "positive": "positive-aspect"}


def read_concluding_observations(path: Path, limit: int = 20_000_000, symbol: str | None = None) -> DocumentExport:
    """Read a document. One that is no concluding observations raises a UserError; what is wrong in it becomes an issue."""
    document = open_document(path, limit, (DOCX, HTML, PDF, TEXT))
    export = DocumentExport(document.name, document.sha256, _about(document, symbol))
    if not export.about["symbol"]:
        raise fail("co-symbol", file=document.name)
    paragraphs = read_structure(document, export.issues)
    if len(paragraphs) < 2:
        raise fail("co-none", file=document.name)
    if any(paragraph.section for paragraph in paragraphs):
        for paragraph in paragraphs:
            if paragraph.section:
                break
            paragraph.section = "introduction"  # what stands before the first title
    else:
        export.issues.append(DocumentIssue("co-sections", paragraphs[0].place, "section", "", is_error=False))
    _closing(export, paragraphs)
    for before, paragraph, after in zip([None, *paragraphs], paragraphs, [*paragraphs[1:], None], strict=False):
        _Paragraph(export, paragraph, before, after).write()
    return export


def _about(document: DocumentFile, symbol: str | None) -> dict[str, object]:
    """What the head says: symbol, body, country, session."""
    blocks = [*(row.texts[place] for row in document.rows()[:10] for place in range(len(row.cells))),
              *(block.text for block in document.paragraphs()[:_HEAD]), *document.page_heads]
    head = " ".join(" ".join(text.split()) for text in blocks)
    everywhere = head + " " + " ".join(block.text for block in document.paragraphs())
    found = _SYMBOL.search(symbol or head)
    title = _TITLE.search(head)
    session = _SESSION.search(everywhere)
    number = re.sub(r"\D", "", session["session"]) if session else ""
    return {"symbol": symbol or (found["symbol"] if found else None), "body": found["body"] if found else None,
            "country": re.split(r"\s+(?=[A-Z]\.\s|Introduction|The Committee)", title["country"])[0].strip() if title else None,
            "session": int(number) if number else None, "next_report": None, "next_report_in": None, "follow_up": []}


def _closing(export: DocumentExport, paragraphs: list[Numbered]) -> None:
    """What the last section asks for: the paragraphs to report on early, and the day of the next report."""
    numbers = {paragraph.number for paragraph in paragraphs}
    for paragraph in paragraphs:
        if paragraph.section not in ("closing", ""):
            continue
        asked = phrases.followed_up(paragraph.text)
        when = {"asked_in": str(paragraph.number), "due": phrases.day_in(paragraph.text),
                "within": phrases.within(paragraph.text)}
        export.about["follow_up"] += [{"paragraph": str(number), **when} for number in asked if number in numbers]
        for number in asked:
            if number not in numbers:
                export.issues.append(DocumentIssue("co-follow-up", paragraph.place, "follow_up", str(number), is_error=False))
        day = phrases.next_report(paragraph.text)
        if day and not export.about["next_report"]:
            export.about["next_report"], export.about["next_report_in"] = day, str(paragraph.number)


class _Paragraph:
    """One paragraph on its way to its records."""

    def __init__(self, export: DocumentExport, paragraph: Numbered, before: Numbered | None, after: Numbered | None) -> None:
        self.export, self.paragraph, self.before, self.after = export, paragraph, before, after
        self.type = self._type(paragraph)
        self.followed = {asked["paragraph"]: asked for asked in export.about["follow_up"]}

    def write(self) -> None:
        """Add the record of the paragraph and those of its parts."""
        about, paragraph = self.export.about, self.paragraph
        named, unread = phrases.articles(_whole(paragraph))
        for words in unread:
            self.export.issues.append(DocumentIssue("co-articles", paragraph.place, "articles", words, is_error=False))
        paired = self._paired()
        links = [_link(one.article, one.words, paragraph) for one in named]
        if paired is not None and not links:
            links = [_link(one.article, one.words, paired) for one in phrases.articles(_whole(paired))[0]]
        country = about["country"]
        pieces = [(None, paragraph.text, paragraph.place), *((part.letter, part.text, part.place) for part in paragraph.parts)]
        for letter, text, place in pieces:
            self.export.records.append(Record(
                **place.of_record(), type=self.type, body=about["body"] or "", text=text, symbol=about["symbol"],
                paragraph=str(paragraph.number), part=letter, heading=paragraph.subject or "",
                countries=(country,) if country else (), session=about["session"],
                more={"section": paragraph.section or None, "subject": paragraph.subject or None, "articles": links,
                      "paired_with": str(paired.number) if paired else None,
                      "follow_up": str(paragraph.number) in self.followed and self.type == "recommendation",
                      "response_due": self._due(), "refers_to": self._refers(), "articles_in": self._lent(),
                      "also": "concern" if self.type == "recommendation" and self._mixed() else None},
            ))

    def _type(self, paragraph: Numbered) -> str:
        if paragraph.section in _TYPES:
            return _TYPES[paragraph.section]
        if paragraph.section == "closing":
            return "follow-up" if phrases.followed_up(paragraph.text) else "dissemination"
        return "recommendation" if phrases.recommends(paragraph.text) else "concern"

    def _due(self) -> str | None:
        """The day by which the Committee asks for information on the paragraph, or for the report that the paragraph names."""
        about, number = self.export.about, str(self.paragraph.number)
        days = [asked["due"] for asked in about["follow_up"] if number in (asked["paragraph"], asked["asked_in"])]
        days += [about["next_report"]] if number == about["next_report_in"] else []
        return next(filter(None, days), None)

    def _refers(self) -> list[str]:
        """The recommendations, all before it, on which this paragraph asks for information."""
        number = str(self.paragraph.number)
        recommended = {record.paragraph for record in self.export.records if record.type == "recommendation"}
        return [asked["paragraph"] for asked in self.export.about["follow_up"]
                if asked["asked_in"] == number and asked["paragraph"] in recommended]

    def _mixed(self) -> bool:
        return not phrases.begins_with_recommendation(self.paragraph.text)

    def _paired(self) -> Numbered | None:
        """The concern that a recommendation answers: the paragraph before it under the same subject."""
        before = self.before
        if self.type != "recommendation" or before is None or self._mixed():
            return None
        same = before.section == self.paragraph.section and before.subject == self.paragraph.subject
        return before if same and self._type(before) == "concern" else None

    def _lent(self) -> str | None:
        """The recommendation right after this concern that has its articles, as it names none itself."""
        after = self.after
        if after is None or self.type != "concern" or phrases.articles(_whole(after))[0]:
            return None
        return str(after.number) if _Paragraph(self.export, after, self.paragraph, None)._paired() else None


def _whole(paragraph: Numbered) -> str:
    return " ".join([paragraph.text, *(part.text for part in paragraph.parts)])


def _link(article: str, words: str, paragraph: Numbered) -> dict[str, str | int | None]:
    """A proposed link: nobody has judged it; the words stand in the paragraph that is named."""
    first = words.split()[0]
    place = next((part.place for part in paragraph.parts if first in part.text and first not in paragraph.text), paragraph.place)
    return {"article": article, "status": "proposed", "words": words, "from_paragraph": str(paragraph.number),
            "line": place.row or place.paragraph}
