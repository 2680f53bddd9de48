"""What the page of each kind of thing shows: one module a kind, chosen by class."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from pactgraph.namespaces import PREFIXES
from pactgraph.web.ask import Ask
from pactgraph.web.views import article, body, cycle, document, graph, item, law, link, plan, recommendation, source, term
from pactgraph.web.views.common import Facts

View = Callable[[Ask, Facts], Awaitable[dict[str, Any]]]
"""Gathers what the template of a kind needs."""

_PG = PREFIXES["pg"]
_SKOS = PREFIXES["skos"]
_OWL = PREFIXES["owl"]

_VIEWS: tuple[tuple[str, str, View], ...] = (
    # class, template, view; the first class that a thing has decides
    (_PG + "TreatyProvision", "article", article.view),
    (_PG + "Recommendation", "recommendation", recommendation.view),
    (_PG + "RecommendedAction", "recommendation", recommendation.view),
    (_PG + "PlanItem", "item", item.view),
    (_PG + "Agent", "body", body.view),
    (_PG + "Law", "law", law.view),
    (_PG + "LawProposal", "law", law.view),
    (_PG + "ImplementationPlan", "plan", plan.view),
    (_PG + "UnDocument", "document", document.view),
    (_PG + "ReviewCycle", "cycle", cycle.view),
    (_PG + "LinkAssertion", "link", link.view),
    (_PG + "SourceDocument", "source", source.view),
    (_OWL + "Class", "term", term.view),
    (_OWL + "Ontology", "term", term.view),
    (_SKOS + "ConceptScheme", "term", term.view),
)


def view_for(classes: set[str], *, is_graph: bool = False) -> tuple[str, View | None]:
    """The template and view for a thing of these classes; ``thing`` and None where there is no special one."""
    if is_graph:
        return "term", graph.view
    for name, template, view in _VIEWS:
        if name in classes:
            return template, view
    return "thing", None
