"""Previews an export as RDF: the share of one State a row, with its tags and the checksum of its text, never the text."""

from __future__ import annotations

from pyoxigraph import Quad

from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.upr_info.issues import issue_code
from pactgraph.sources.upr_info.records import RECOMMENDATION, Export, Record, text_sha256
from pactgraph.texts import LANGUAGES, say


def preview(export: Export, ids: Ids, states: dict[str, str]) -> list[Quad]:
    """The shares of an export; ``states`` maps names of States to codes. A State that it does not know stays a name."""
    out = GraphWriter(ids.graph(f"un/upr-info/{export.sha256[:16]}"))
    for record in export.records:
        if record.kind == RECOMMENDATION:
            _share(out, ids, export, record, states)
    return out.quads


def _share(out: GraphWriter, ids: Ids, export: Export, record: Record, states: dict[str, str]) -> None:
    checksum = text_sha256(record.text)
    share = ids.state_recommendation(f"session-{record.session}", f"{record.row}/{checksum[:12]}")
    out.a(share, "pg:StateRecommendation")
    for lang in LANGUAGES:
        out.text(share, "rdfs:label", say("label-share-row", lang, state=record.recommending.name, row=record.row,
                                          country=record.under_review.name, session=record.session), lang)
    if record.recommending.name in states:
        out.link(share, "pg:recommendingState", ids.state(states[record.recommending.name]))
    out.link(share, "pg:recordedPosition", concept("upr-position", record.position or "noted"))
    out.link(share, "pg:actionLevel", concept("action-level", str(record.action)))
    for theme in record.themes:
        out.link(share, "pg:theme", concept("upr-info-issue", issue_code(theme) or ""))
    out.value(share, "pg:textSha256", checksum)
    out.value(share, "dcterms:source", f"{export.file}, row {record.row}")
