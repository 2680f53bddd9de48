"""Describes the named graphs: what each holds and whose rights apply."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter

CC_BY = "https://creativecommons.org/licenses/by/4.0/"

_KINDS: tuple[tuple[str, str, str, str, str], ...] = (
    # path contains, title en, title vi, rights en, rights vi
    ("ontology", "Ontology", "Bản thể học", "cc-by", "cc-by"),
    ("vocabularies", "Vocabularies", "Bộ từ vựng", "cc-by", "cc-by"),
    ("/source/", "Official record", "Văn bản chính thức",
     "Official text, in the public domain; verbatim.", "Văn bản chính thức, thuộc phạm vi công cộng; nguyên văn."),
    ("derived/", "Derived by the build", "Do hệ thống suy ra", "cc-by", "cc-by"),
    ("un/upr-info/", "Tags and responses of the UPR Info database", "Nhãn và câu trả lời theo cơ sở dữ liệu UPR Info",
     "Facts from an export of the UPR Info database, whose terms apply; not relicensed, and no text is copied.",
     "Dữ kiện từ tệp xuất của cơ sở dữ liệu UPR Info, theo điều khoản của UPR Info; không cấp phép lại, không chép nội dung."),
    ("un/", "Facts about a UN document", "Dữ kiện về văn bản của Liên hợp quốc",
     "Facts and identifiers with their sources; no text of the United Nations is copied.",
     "Chỉ gồm dữ kiện và mã định danh kèm nguồn; không chép văn bản của Liên hợp quốc."),
    ("", "Curated by this project", "Do dự án biên soạn", "cc-by", "cc-by"),
)


def graph_descriptions(quads: Iterable[ox.Quad], ids: Ids) -> list[ox.Quad]:
    """Title, rights, licence and size of every graph, as quads of the graph ``meta``."""
    sizes: dict[str, int] = {}
    for quad in set(quads):
        sizes[quad.graph_name.value] = sizes.get(quad.graph_name.value, 0) + 1  # type: ignore[union-attr]
    meta = ids.graph("meta")
    out = GraphWriter(meta)
    for graph in sorted(sizes):
        _describe(out, graph, graph.removeprefix(ids.graph("")), sizes[graph])
    return out.quads


def _describe(out: GraphWriter, graph: str, path: str, size: int) -> None:
    _, title_en, title_vi, rights_en, rights_vi = next(kind for kind in _KINDS if kind[0] in path)
    out.a(graph, "sd:NamedGraph")
    out.label(graph, f"{title_vi}: {path}", f"{title_en}: {path}")
    out.value(graph, "void:triples", size)
    if rights_en == "cc-by":
        out.link(graph, "dcterms:license", CC_BY)
    else:
        out.text(graph, "dcterms:rights", rights_en, "en")
        out.text(graph, "dcterms:rights", rights_vi, "vi")
