"""What python-docx has no words for: links inside the document, bookmarks, fields, languages, marked tables."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(name: str, /, **attributes: str) -> Any:
    """An element such as ``w:tblHeader``; its attributes are of the same namespace."""
    made = OxmlElement(name)
    prefix = name.split(":")[0]
    for key, value in attributes.items():
        made.set(qn(f"{prefix}:{key}"), value)
    return made


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Mark the end of a paragraph as a place that links lead to."""
    paragraph._p.append(element("w:bookmarkStart", id=str(number), name=name))
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def link_to(paragraph: Any, anchor: str, text: str, style: str) -> None:
    """A link to a bookmark, in a character style."""
    _link(paragraph, element("w:hyperlink", anchor=anchor, history="1"), text, style)


def link_out(paragraph: Any, address: str, text: str, style: str) -> None:
    """A link to an address."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = element("w:hyperlink", history="1")
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    _link(paragraph, link, text, style)


def _link(paragraph: Any, link: Any, text: str, style: str) -> None:
    run = paragraph.add_run(text, style=style)
    link.append(run._r)
    paragraph._p.append(link)


def field(paragraph: Any, code: str, shown: str) -> None:
    """A field (``PAGE``, ``NUMPAGES``) with the text that stands until it is computed."""
    run = paragraph.add_run()
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            instruction = element("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = code
            run._r.append(instruction)
        run._r.append(element("w:fldChar", fldCharType=kind))
        if kind == "separate":
            text = element("w:t")
            text.text = shown
            run._r.append(text)


def set_language(document: Any, tag: str) -> None:
    """The language of all text that says no other."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("w:lang", val=tag, eastAsia=tag, bidi="ar-SA"))


def set_font(style: Any, name: str) -> None:
    """One font for all scripts of a style, in place of the theme's."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    for key in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{key}"), name)


def describe_table(table: Any, caption: str) -> None:
    """The alternative text of a table, and that its first row is a heading."""
    properties = table._tbl.tblPr
    properties.append(element("w:tblCaption", val=caption))
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        for key in list(look.attrib):
            del look.attrib[key]
        for key, value in (("val", "0020"), ("firstRow", "1"), ("lastRow", "0"), ("firstColumn", "0"),
                           ("lastColumn", "0"), ("noHBand", "1"), ("noVBand", "1")):
            look.set(qn(f"w:{key}"), value)
        properties.remove(look)
        properties.insert(len(properties) - 1, look)


def mark_heading_row(row: Any) -> None:
    """Repeat a row on every page."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_row_whole(row: Any) -> None:
    """Never break a row between pages."""
    row._tr.get_or_add_trPr().insert(0, element("w:cantSplit"))


def shade(cell: Any, colour: str) -> None:
    """The background of a cell."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour))


def describe_picture(shape: Any, name: str, alt: str) -> None:
    """The name and the alternative text of a picture."""
    shape._inline.docPr.set("name", name)
    shape._inline.docPr.set("descr", alt)


def line_below(paragraph: Any, size: int = 6) -> None:
    """A line under a paragraph; ``size`` in eighths of a point."""
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz=str(size), space="1", color="auto"))
    paragraph._p.get_or_add_pPr().append(borders)


def centred(paragraph: Any) -> Any:
    """The paragraph, centred."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph
