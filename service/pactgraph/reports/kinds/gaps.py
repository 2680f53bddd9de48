"""The gap analysis with pictures: what this graph does not record, by type and by article, then every gap."""

from __future__ import annotations

from pactgraph.questions.gaps import closing_words, filter_of
from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.axes import axes_by_article
from pactgraph.reports.document import Report, Said
from pactgraph.reports.drafting import Draft, by, plain
from pactgraph.reports.gap_lists import gap_list, gaps_of, type_names
from pactgraph.reports.pictures import bars


def draft(asker: Asker, params: dict[str, str], word_limit: int | None) -> Report:
    """Parameters, each may be left out: ``article``, ``body``, ``plan``, ``type``, ``severity``."""
    only = filter_of(asker.store, params)
    pen = Draft(asker, "gaps", "-".join(f"{key}-{value}" for key, value in sorted(params.items()) if value))
    names = type_names(pen)
    found = gaps_of(pen, only)
    pen.remark("gaps-remark", pen.computed("gaps"), day=pen.day(asker.as_of))
    pen.no_reports()
    if not found:
        pen.remark("gaps-none")
        return pen.finish()
    groups = by(found, "type")
    _types(pen, groups, names)
    if not only.article:
        _articles(pen, found)
    if not (only.body or only.plan or only.type or only.severity):
        axes_by_article(pen, only.article)
    pen.heading("gaps-lists")
    for kind, rows in groups.items():
        gap_list(pen, kind, rows, names)
    return pen.finish()


def _types(pen: Draft, groups: dict[str, list[Row]], names: dict[str, Row]) -> None:
    pen.heading("gaps-types")
    note = pen.computed("gaps")
    closing = closing_words(pen.asker.store, pen.lang)
    pairs = sorted(((names[kind]["label"] if kind in names else kind, len(rows)) for kind, rows in groups.items()),
                   key=lambda pair: (-pair[1], pair[0]))
    _picture(pen, "gaps-by-type", pairs)
    rows = [(plain(names[kind]["label"] if kind in names else kind, note), plain(pen.word("severity-" + found[0]["severity"])),
             plain(str(len(found))), plain(names[kind]["definition"] if kind in names else "–"), plain(closing.get(kind) or "–"))
            for kind, found in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))]
    pen.table("gaps-types", "type severity number meaning closing", rows, (24, 11, 8, 29, 28))


def _articles(pen: Draft, found: list[Row]) -> None:
    """How many gaps concern each article; a gap that concerns several stands with each."""
    about = by(pen.asker.rows("lookup", "gap-articles"), "subject")
    groups: dict[str, list[str]] = {}
    for row in found:
        for article in about.get(row["subject"], []):
            groups.setdefault(article["article"], []).append(_code(row))
    articles = {row["article"]: row["number"] for row in pen.asker.rows("reports", "articles") if row["article"] in groups}
    if not articles:
        return
    pen.heading("gaps-articles")
    names = {article: pen.word("article-number", number=number) for article, number in articles.items()}
    _picture(pen, "gaps-by-article", [(names[article], len(groups[article])) for article in articles])
    rows = [(plain(names[article], pen.computed("gaps")), plain(str(len(groups[article]))),
             plain(", ".join(dict.fromkeys(groups[article])))) for article in articles]
    pen.table("gaps-articles", "article number subjects", rows, (14, 10, 76), wide=True)


def _code(row: Row) -> str:
    """The code of a gap's thing; of a link to an article, where it begins: the article stands beside it."""
    return (row["notation"] or row["label"]).split(" → ")[0]


def _picture(pen: Draft, name: str, pairs: list[tuple[str, int]]) -> None:
    caption = pen.word(f"{name}-picture", day=pen.day(pen.asker.as_of))
    alt = pen.word("picture-alt", caption=caption, values="; ".join(f"{key}: {value}" for key, value in pairs))
    pen.blocks.append(bars(name, Said(caption, pen.computed("gaps")), alt, pairs, pen.word("gaps-axis")))
