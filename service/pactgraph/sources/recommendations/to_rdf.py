"""Writes the records of an import as statements of a graph of its own, each record with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.imported import Imported, describe_import
from pactgraph.sources.quads import GraphWriter, expand
from pactgraph.sources.recommendations.countries import Countries
from pactgraph.sources.recommendations.labels import sdg_code, vocabulary
from pactgraph.sources.recommendations.marks import TREATIES, Marks, cycle_of
from pactgraph.sources.recommendations.records import CONCERN, RECOMMENDATION, Column, Record, text_sha256
from pactgraph.sources.recommendations.targets import UPR, Known, Target
from pactgraph.texts import LANGUAGES, say

SDG = "http://metadata.un.org/sdg/"
POSITIONS = {"supported": "supported", "noted": "noted", "partial": "supported-in-part"}
TEXT_LANGUAGE = "en"
"""Both indexes are exported in English."""


@dataclass(frozen=True)
class Source:
    """The file of an import: what the graph says of where its statements come from."""

    item: Imported
    sha256: str
    file: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> str:
        """The key of the import in IRIs."""
        return f"{self.item.format}-{self.sha256[:12]}"


@dataclass
class Progress:
    """What the imports of a build did so far: things ``made``, subjects whose words are ``loaded``, and placeholders of which
    something was ``read``."""

    made: set[str] = field(default_factory=set)
    loaded: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)


class ImportWriter:
    """Writes one import. ``known`` says what the graph holds already: nothing that contradicts it is stated once more."""

    def __init__(self, source: Source, ids: Ids, countries: Countries, known: Known, progress: Progress) -> None:
        self.source, self.ids, self.countries, self.known, self.progress = source, ids, countries, known, progress
        self.out = GraphWriter(ids.graph(f"imported/{source.item.format}/{source.sha256[:12]}"))
        self.document = Ids(ids.base, "un").source(source.key)
        self.made = progress.made
        self.cycled: set[str] = set()
        self.marks = Marks(self.out, self.document, ids, known)

    # The file ---------------------------------------------------------------------------------------------------

    def describe(self) -> None:
        """State the file: name, checksum, who imported it with what and when, whose rights apply, its columns."""
        out, item, document = self.out, self.source.item, self.document
        out.a(document, "pg:SourceDocument")
        out.value(document, "pg:fileName", self.source.file)
        out.value(document, "pg:sha256", self.source.sha256)
        describe_import(out, document, item)
        for lang in LANGUAGES:
            title = say(f"title-import-{item.format}", lang, file=self.source.file)
            out.text(document, "dcterms:title", title, lang)
            out.text(document, "rdfs:label", title, lang)
            out.text(document, "dcterms:rights", say(f"rights-import-{item.format}", lang), lang)
        for place, column in enumerate(self.source.columns, 1):
            subject = f"{document}/column/{place}"
            out.a(subject, "pg:SourceColumn")
            out.link(subject, "pg:inSource", document)
            out.value(subject, "pg:columnHeading", column.name)
            out.value(subject, "skos:notation", column.letter)
            out.link(subject, "pg:statesProperty", expand(column.states).value)

    # Records ----------------------------------------------------------------------------------------------------

    def record_iri(self, record: Record) -> str:
        """The IRI of a row of the file."""
        return f"{self.document}/row/{record.row}"

    def place(self, record: Record, target: Target) -> None:
        """State where a record stands and what it is about; its words too."""
        out, subject = self.out, self.record_iri(record)
        out.a(subject, "pg:SourceRecord")
        out.link(subject, "pg:inSource", self.document)
        out.link(subject, "pg:recordOf", target.subject)
        out.value(subject, "pg:sourceLine", record.row)
        out.value(subject, "pg:sheetName", record.sheet)
        out.value(subject, "pg:annotationId", record.annotation_id)
        out.value(subject, "pg:textSha256", text_sha256(record.text))
        out.text(subject, "pg:verbatim", record.text, TEXT_LANGUAGE)

    def missing(self, record: str) -> None:
        """Mark a record of an earlier import that this one no longer has."""
        self.out.link(record, "pg:missingFrom", self.document)

    def state(self, record: Record, target: Target) -> None:
        """State what a record says of its recommendation."""
        if target.kind == "StateRecommendation":
            self._share(record, target)
            return
        document = self._un_document(record, target)
        if not self.known.has(target.thing) and target.thing not in self.made:
            self._new(record, target, document)
        out, row, subject = self.out, self.record_iri(record), target.subject
        if target.part:
            self._new_part(record, target)
        out.link(target.thing, "dcterms:source", self.document)
        if target.part:
            out.link(target.part, "dcterms:source", self.document)
        out.text(subject, "pg:verbatim", record.text, TEXT_LANGUAGE)
        out.link(subject, "pg:textStatus", concept("text-status", "loaded"))
        self.progress.loaded.add(subject)
        if self.known.stated(target.thing, "pg:placeholder") and target.thing not in self.progress.read:
            self.progress.read.add(target.thing)
            self._label(target.thing, record, str(record.paragraph))
        for predicate, values in self._values(record, target).items():
            for value in values:
                out.link(subject, predicate, value)
                out.link(row, "pg:statedValue", value)
        self.marks.state(record, target)

    def _values(self, record: Record, target: Target) -> dict[str, list[str]]:
        """The concepts and States of a record by property; a label outside its vocabulary has none."""
        def codes(scheme: str, labels: tuple[str, ...]) -> list[str]:
            found = (vocabulary(scheme).code(label) for label in labels)
            return [concept(scheme, code) for code in found if code]

        values = {"pg:theme": codes("theme", record.themes),
                  "pg:affectedGroup": codes("affected-group", record.affected_persons),
                  "dcterms:subject": [SDG + code for label in record.sdgs if (code := sdg_code(label))]}
        if target.kind == "UprRecommendation":
            states = (self.countries.code(name) for name in record.recommending_states)
            values["pg:recommendingState"] = [self.ids.state(code) for code in states if code in self.countries.states]
            position = concept("upr-position", POSITIONS[record.positions[0]]) if len(record.positions) == 1 else ""
            other = self.known.stated(target.thing, "pg:recordedPosition") - {position}
            values["pg:recordedPosition"] = [position] if position and not other else []
        return values

    def _un_document(self, record: Record, target: Target) -> str:
        assert record.symbol
        document = self.ids.un_document(record.symbol)
        if document not in self.cycled:
            self.cycled.add(document)
            cycle = cycle_of(record, target, document, self.source.item.cycle, self.ids, self.known)
            self.out.link(document, "pg:inCycle", cycle)
        if self.known.has(document) or document in self.made:
            return document
        self.made.add(document)
        out = self.out
        out.a(document, _document_class(record))
        for lang in LANGUAGES:
            out.text(document, "rdfs:label", record.symbol, lang)
        out.value(document, "skos:notation", record.symbol)
        out.value(document, "pg:symbol", record.symbol)
        out.link(document, "pg:concernsState", self.ids.state(target.country))
        out.value(document, "pg:publishedOn", date.fromisoformat(record.published) if record.published else None)
        out.link(document, "dcterms:source", self.document)
        out.value(document, "pg:sessionNumber", record.session if record.more and record.body in TREATIES else None)
        out.link(self.record_iri(record), "pg:statedValue", document)
        return document

    def _new(self, record: Record, target: Target, document: str) -> None:
        out, thing = self.out, target.thing
        number = f"{record.paragraph}({record.part})" if record.part and not target.part else str(record.paragraph)
        self.made.add(thing)
        out.a(thing, f"pg:{target.kind}")
        self._label(thing, record, number)
        out.value(thing, "skos:notation", f"{record.symbol}/{number}")
        out.value(thing, "pg:paragraphNumber", number)
        out.value(thing, "pg:ordinal", int(str(record.paragraph).rpartition(".")[2]))
        out.link(thing, "pg:inDocument", document)
        kind = RECOMMENDATION
        if target.kind == "DocumentParagraph":
            kind = CONCERN if record.type == RECOMMENDATION else record.type
        out.link(thing, "pg:paragraphType", concept("paragraph-type", kind))
        out.link(self.record_iri(record), "pg:statedValue", document)
        if target.part:  # the words of the record are those of the part only
            out.link(thing, "pg:textStatus", concept("text-status", "not-loaded"))

    def _label(self, thing: str, record: Record, number: str) -> None:
        key = "label-upr-recommendation" if record.body == UPR else "label-imported-paragraph"
        for lang in LANGUAGES:
            self.out.text(thing, "rdfs:label", say(key, lang, number=number, symbol=record.symbol), lang)

    def _new_part(self, record: Record, target: Target) -> None:
        if self.known.has(target.part) or target.part in self.made:
            return
        self.made.add(target.part)
        out = self.out
        out.a(target.part, "pg:RecommendedAction")
        self._label(target.part, record, f"{record.paragraph}({record.part})")
        out.value(target.part, "skos:notation", f"{record.symbol}/{record.paragraph}({record.part})")
        out.link(target.part, "pg:partOfRecommendation", target.thing)
        out.value(target.part, "pg:partLetter", record.part)

    def _share(self, record: Record, target: Target) -> None:
        """The words of a row of UPR Info; of a share that the graph does not have, all that the row says."""
        out, share, row = self.out, target.thing, self.record_iri(record)
        out.link(share, "dcterms:source", self.document)
        out.text(share, "pg:verbatim", record.text, TEXT_LANGUAGE)
        issues = vocabulary("upr-info-issue")
        values = [concept("upr-info-issue", code) for label in record.themes if (code := issues.code(label))]
        for theme in values:
            out.link(share, "pg:theme", theme)
        single = {"pg:recordedPosition": concept("upr-position", POSITIONS[record.positions[0]]),
                  "pg:actionLevel": concept("action-level", str(record.action))}
        for predicate, value in single.items():
            if not self.known.stated(share, predicate) - {value}:
                out.link(share, predicate, value)
                values.append(value)
        for value in values:
            out.link(row, "pg:statedValue", value)
        if self.known.has(share) or share in self.made:
            return
        self.made.add(share)
        out.a(share, "pg:StateRecommendation")
        state = self.countries.code(record.recommending_states[0]) or ""
        for lang in LANGUAGES:
            out.text(share, "rdfs:label", say("label-share-row", lang, state=record.recommending_states[0], row=record.row,
                                              country=record.countries[0], session=record.session), lang)
        out.link(share, "pg:recommendingState", self.ids.state(state))
        out.value(share, "pg:textSha256", text_sha256(record.text))


def _document_class(record: Record) -> str:
    if record.body == UPR:
        return "pg:UprReport"
    return "pg:ConcludingObservations" if "/CO/" in (record.symbol or "") else "pg:UnDocument"
