"""The gap analysis with pictures: what this graph does not record, by type and by article, then every gap."""

from __future__ import annotations

from pactgraph.catalogue import bind as terms
from pactgraph.catalogue import load
from pactgraph.errors import fail
from pactgraph.questions.gaps import SEVERITIES, Filter
from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.document import Report, Said
from pactgraph.reports.drafting import Draft, by, plain
from pactgraph.reports.gap_lists import gap_list, gaps_of, type_names
from pactgraph.reports.pictures import bars


def draft(asker: Asker, params: dict[str, str], word_limit: int | None) -> Report:
    """Parameters, each may be left out: ``article``, ``body``, ``plan``, ``type``, ``severity``."""
    article = ""
    if params.get("article"):
        (row, *_) = asker.rows("reports", "article", article=asker.find("pg:Article", params["article"]))
        article = row["number"]
    only = Filter(article=article, type=params.get("type", ""), severity=_severity(params.get("severity", "")),
                  body=asker.find("pg:Agent", params["body"]) if params.get("body") else "",
                  plan=asker.find("pg:ImplementationPlan", params["plan"]) if params.get("plan") else "")
    pen = Draft(asker, "gaps", "-".join(f"{key}-{value}" for key, value in sorted(params.items()) if value))
    names = type_names(pen)
    if only.type and only.type not in names:
        raise fail("report-value", name="type", value=only.type, known=", ".join(names))
    found = gaps_of(pen, only)
    pen.remark("gaps-remark", pen.computed("gaps"), day=pen.day(asker.as_of))
    pen.no_reports()
    if not found:
        pen.remark("gaps-none")
        return pen.finish()
    groups = by(found, "type")
    _types(pen, groups, names)
    if not article:
        _articles(pen, found)
    pen.heading("gaps-lists")
    for kind, rows in groups.items():
        gap_list(pen, kind, rows, names)
    return pen.finish()


def _severity(value: str) -> str:
    if value and value not in SEVERITIES:
        raise fail("report-value", name="severity", value=value, known=", ".join(SEVERITIES))
    return value


def _types(pen: Draft, groups: dict[str, list[Row]], names: dict[str, Row]) -> None:
    pen.heading("gaps-types")
    note = pen.computed("gaps")
    pairs = sorted(((names[kind]["label"] if kind in names else kind, len(rows)) for kind, rows in groups.items()),
                   key=lambda pair: (-pair[1], pair[0]))
    _picture(pen, "gaps-by-type", pairs)
    rows = [(plain(names[kind]["label"] if kind in names else kind, note), plain(pen.word("severity-" + found[0]["severity"])),
             plain(str(len(found))), plain(names[kind]["definition"] if kind in names else "–"))
            for kind, found in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))]
    pen.table("gaps-types", "type severity number meaning", rows, (30, 14, 10, 46))


def _articles(pen: Draft, found: list[Row]) -> None:
    """How many gaps concern each article; a gap that concerns several stands with each."""
    query = load("lookup", "gap-subjects")
    about = {getattr(row["subject"], "value", ""): getattr(row["articles"], "value", "").split()
             for row in pen.asker.store.query(query.bind({"lang": terms.string(pen.lang)}))}  # type: ignore[attr-defined]
    groups: dict[str, list[str]] = {}
    for row in found:
        for article in about.get(row["subject"], []):
            groups.setdefault(article, []).append(row["notation"] or row["label"])
    if not groups:
        return
    numbers = sorted((key for key in groups if key.isdigit()), key=int)
    pen.heading("gaps-articles")
    _picture(pen, "gaps-by-article", [(pen.word("article-number", number=key), len(groups[key])) for key in numbers])
    rows = [(plain(pen.word("article-number", number=key), pen.computed("gaps")), plain(str(len(groups[key]))),
             plain(", ".join(dict.fromkeys(groups[key])))) for key in numbers]
    pen.table("gaps-articles", "article number subjects", rows, (14, 10, 76), wide=True)


def _picture(pen: Draft, name: str, pairs: list[tuple[str, int]]) -> None:
    caption = pen.word(f"{name}-picture", day=pen.day(pen.asker.as_of))
    alt = pen.word("picture-alt", caption=caption, values="; ".join(f"{key}: {value}" for key, value in pairs))
    pen.blocks.append(bars(name, Said(caption, pen.computed("gaps")), alt, pairs, pen.word("gaps-axis")))
