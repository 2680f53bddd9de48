"""Describes the named graphs: what each holds and whose rights apply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from pactgraph.ids import Ids
from pactgraph.journal.graphs import LOG, RETRACTIONS
from pactgraph.sources.quads import GraphWriter

CC_BY = "https://creativecommons.org/licenses/by/4.0/"

_KINDS: tuple[tuple[str, str, str, str, str], ...] = (
    # path contains, title en, title vi, rights en, rights vi
    ("ontology", "Ontology", "Bản thể học", "cc-by", "cc-by"),
    ("vocabularies", "Vocabularies", "Bộ từ vựng", "cc-by", "cc-by"),
    ("/source/", "Official record", "Văn bản chính thức",
     "Official text, in the public domain; verbatim.", "Văn bản chính thức, thuộc phạm vi công cộng; nguyên văn."),
    ("examples", "Questions as examples for editors of SPARQL", "Câu hỏi làm ví dụ cho trình soạn SPARQL", "cc-by", "cc-by"),
    ("void", "Statistics of the sources (VoID)", "Thống kê các nguồn (VoID)", "cc-by", "cc-by"),
    ("derived/", "Derived by the build", "Do hệ thống suy ra", "cc-by", "cc-by"),
    ("/general-comments", "Facts about general comments", "Dữ kiện về bình luận chung",
     "Facts (numbers, symbols, dates) with their sources; the catalogue in which most were read is a third party's, under "
     "CC BY-NC-SA 4.0, and is not ours to relicense. No text of the United Nations is copied; the short titles are this "
     "project's, CC BY 4.0.",
     "Chỉ gồm dữ kiện (số, ký hiệu, ngày) kèm nguồn; danh mục dùng để đọc phần lớn dữ kiện là của bên thứ ba, theo "
     "CC BY-NC-SA 4.0, dự án không cấp phép lại. Không chép văn bản của Liên hợp quốc; tiêu đề ngắn do dự án đặt, CC BY 4.0."),
    ("imported/uhri/", "Export of the Universal Human Rights Index", "Tệp xuất từ Chỉ mục nhân quyền phổ quát",
     "From an export that the operator of this service loaded. The texts are the United Nations', the tags those of the "
     "Universal Human Rights Index; their terms apply, nothing of it is ours to relicense or to hand on.",
     "Từ tệp xuất do đơn vị vận hành dịch vụ này nạp. Nội dung thuộc Liên hợp quốc, nhãn thuộc Chỉ mục nhân quyền phổ quát; áp "
     "dụng điều khoản của các nguồn đó, dự án không cấp phép lại và không chuyển giao."),
    ("imported/thematic-list/", "Thematic list of recommendations", "Danh mục khuyến nghị theo chủ đề",
     "From a list of OHCHR that the operator of this service loaded. The texts are the United Nations'; not ours to "
     "relicense or to hand on.",
     "Từ danh mục của OHCHR do đơn vị vận hành dịch vụ này nạp. Nội dung thuộc Liên hợp quốc; dự án không cấp phép lại và "
     "không chuyển giao."),
    ("imported/concluding-observations/", "Concluding observations", "Kết luận của cơ quan công ước",
     "From a document that the operator of this service loaded. The texts are the United Nations'; not ours to relicense or "
     "to hand on.",
     "Từ văn bản do đơn vị vận hành dịch vụ này nạp. Nội dung thuộc Liên hợp quốc; dự án không cấp phép lại và không "
     "chuyển giao."),
    ("imported/links/", "Articles that concluding observations name", "Điều khoản nêu trong kết luận của cơ quan công ước",
     "Proposed links with the few words that they rest on, from a document that the operator of this service loaded; not ours "
     "to hand on.",
     "Liên kết được đề xuất kèm vài từ làm căn cứ, từ văn bản do đơn vị vận hành dịch vụ này nạp; dự án không chuyển giao."),
    ("imported/rdf/", "File of statements", "Tệp phát biểu",
     "From a file that the operator of this service loaded. The rights are those of whoever made it; it is not relicensed.",
     "Từ tệp do đơn vị vận hành dịch vụ này nạp. Quyền thuộc về người lập tệp; dự án không cấp phép lại."),
    ("imported/upr-info/", "Export of the UPR Info database", "Tệp xuất từ cơ sở dữ liệu UPR Info",
     "From an export that the operator of this service loaded. The terms of UPR Info apply; not relicensed, not to be handed on.",
     "Từ tệp xuất do đơn vị vận hành dịch vụ này nạp. Áp dụng điều khoản của UPR Info; không cấp phép lại, không chuyển giao."),
    ("un/upr-info/", "Tags and responses of the UPR Info database", "Nhãn và câu trả lời theo cơ sở dữ liệu UPR Info",
     "Facts from an export of the UPR Info database, whose terms apply; not relicensed, and no text is copied.",
     "Dữ kiện từ tệp xuất của cơ sở dữ liệu UPR Info, theo điều khoản của UPR Info; không cấp phép lại, không chép nội dung."),
    ("un/", "Facts about a UN document", "Dữ kiện về văn bản của Liên hợp quốc",
     "Facts and identifiers with their sources; no text of the United Nations is copied.",
     "Chỉ gồm dữ kiện và mã định danh kèm nguồn; không chép văn bản của Liên hợp quốc."),
    ("meta", "Descriptions of the named graphs", "Mô tả các đồ thị có tên", "cc-by", "cc-by"),
    ("", "Curated by this project", "Do dự án biên soạn", "cc-by", "cc-by"),
)


_NOT_HANDED_ON = ("imported/uhri/", "imported/thematic-list/", "imported/concluding-observations/", "imported/links/",
                  "imported/upr-info/")
"""Beginnings of the names of graphs that nobody but the operator may give out, as their rights say in words above."""
_POLICY = "id/policy/not-handed-on"


def may_be_handed_on(graph: str, ids: Ids) -> bool:
    """Whether files that are published may hold a named graph."""
    return not graph.removeprefix(ids.graph("")).startswith(_NOT_HANDED_ON)


_WRITTEN = (
    "Written through the service, not taken from a source and not reviewed by this project; each entry of the journal says "
    "who wrote what and when. The operator of the service sets the terms of use.",
    "Do người dùng ghi qua dịch vụ, không lấy từ nguồn và chưa được dự án rà soát; từng mục nhật ký cho biết ai ghi gì, khi "
    "nào. Đơn vị vận hành dịch vụ quy định điều kiện sử dụng.",
)
_JOURNAL: dict[str, tuple[str, str]] = {
    LOG: ("Journal of changes", "Nhật ký thay đổi"),
    RETRACTIONS: ("Retracted statements of sources", "Phát biểu của nguồn bị rút lại"),
}


def graph_descriptions(quads: Iterable[ox.Quad], ids: Ids, written: Mapping[str, Iterable[str]] | None = None) -> list[ox.Quad]:
    """Title, rights, licence and size of every named graph, as quads of the graph ``meta``.

    ``written`` names the graphs that people wrote to through the service, each with the names of their tokens.
    """
    sizes = Counter(getattr(quad.graph_name, "value", "") for quad in set(quads))
    sizes.pop(ids.graph("meta"), None)
    return descriptions(sizes, ids, written or {})


def descriptions(sizes: Mapping[str, int], ids: Ids, written: Mapping[str, Iterable[str]]) -> list[ox.Quad]:
    """Like :func:`graph_descriptions`, from the number of statements of each graph."""
    out = GraphWriter(ids.graph("meta"))
    for graph in sorted(graph for graph, size in sizes.items() if graph and size):
        path = graph.removeprefix(ids.base)
        if graph in written or path in _JOURNAL:
            _describe_written(out, graph, path, sizes[graph], sorted(written.get(graph, ())))
        else:
            _describe(out, graph, graph.removeprefix(ids.graph("")), sizes[graph])
            if not may_be_handed_on(graph, ids):
                out.link(graph, "odrl:hasPolicy", ids.base + _POLICY)
    if any(not may_be_handed_on(graph, ids) for graph, size in sizes.items() if size):
        _describe_policy(out, ids.base + _POLICY)
    _describe(out, ids.graph("meta"), "meta", len(set(out.quads)) + _OF_ITSELF)
    return out.quads


_OF_ITSELF = 5
"""The statements of ``graph/meta`` about itself: class, two names, size, licence."""


def _describe_policy(out: GraphWriter, policy: str) -> None:
    """Say for programs (ODRL) what the rights of some graphs say in words."""
    prohibition = f"{policy}/distribution"
    out.a(policy, "odrl:Set")
    out.label(policy, "Không chuyển giao: chỉ đơn vị vận hành được sử dụng trong dịch vụ của mình",
              "Not to be handed on: for use in the operator's own service")
    out.link(policy, "odrl:prohibition", prohibition)
    out.a(prohibition, "odrl:Prohibition")
    out.label(prohibition, "Không phân phối lại", "No distribution")
    out.link(prohibition, "odrl:action", "http://www.w3.org/ns/odrl/2/distribute")


def _describe_written(out: GraphWriter, graph: str, path: str, size: int, names: Iterable[str]) -> None:
    title_en, title_vi = _JOURNAL.get(path, ("Contributed statements", "Phát biểu do người dùng đóng góp"))
    shown = path.removeprefix("graph/")
    out.a(graph, "sd:NamedGraph")
    out.label(graph, f"{title_vi}: {shown}", f"{title_en}: {shown}")
    out.value(graph, "void:triples", size)
    for name in names:
        out.value(graph, "dcterms:contributor", name)
    for lang, text in zip(("en", "vi"), _WRITTEN, strict=True):
        out.text(graph, "dcterms:rights", text, lang)


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
