"""What python-docx has no words for: links inside the document, bookmarks, fields, languages, marked tables."""

from __future__ import annotations

import re
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def element(name: str, /, **attributes: str) -> Any:
    """An element such as ``w:tblHeader``; its attributes are of the same namespace."""
    made = OxmlElement(name)
    prefix = name.split(":")[0]
    for key, value in attributes.items():
        made.set(qn(f"{prefix}:{key}"), value)
    return made


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Mark the end of a paragraph (its element) as a place that links lead to."""
    paragraph.append(element("w:bookmarkStart", id=str(number), name=name))
    paragraph.append(element("w:bookmarkEnd", id=str(number)))


def link_to(paragraph: Any, anchor: str, text: str, style: str) -> None:
    """Add a link to a bookmark to a paragraph (its element); ``style`` is the id of a character style."""
    link = element("w:hyperlink", anchor=anchor, history="1")
    link.append(text_run(text, style))
    paragraph.append(link)


def link_out(paragraph: Any, address: str, text: str, style: str) -> None:
    """Add a link to an address to a paragraph of python-docx."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = element("w:hyperlink", history="1")
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    link.append(text_run(text, style))
    paragraph._p.append(link)


def text_run(text: str, style: str = "", bold: bool = False) -> Any:
    """A run of text; ``style`` is the id of a character style. A line end
    becomes a line break; characters that XML cannot hold fall out."""
    run = element("w:r")
    if style or bold:
        properties = element("w:rPr")
        if style:
            properties.append(element("w:rStyle", val=style))
        if bold:
            properties.append(element("w:b"))
        run.append(properties)
    for place, line in enumerate(text.split("\n")):
        if place:
            run.append(element("w:br"))
        part = element("w:t")
        part.set(qn("xml:space"), "preserve")
        part.text = _CONTROL.sub("", line)
        run.append(part)
    return run


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


def describe_table(table: Any, caption: str, headed: bool = True) -> None:
    """The alternative text of a table, and whether its first row is a heading."""
    properties = table._tbl.tblPr
    properties.append(element("w:tblCaption", val=caption))
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        for key in list(look.attrib):
            del look.attrib[key]
        for key, value in (("val", "0020" if headed else "0000"), ("firstRow", str(int(headed))), ("lastRow", "0"),
                           ("firstColumn", "0"), ("lastColumn", "0"), ("noHBand", "1"), ("noVBand", "1")):
            look.set(qn(f"w:{key}"), value)
        properties.remove(look)
        properties.insert(len(properties) - 1, look)


def describe_picture(shape: Any, name: str, alt: str) -> None:
    """The name and the alternative text of a picture."""
    shape._inline.docPr.set("name", name)
    shape._inline.docPr.set("descr", alt)


def line_below(paragraph: Any, size: int = 6) -> None:
    """A line under a paragraph; ``size`` in eighths of a point."""
    _insert(paragraph._p.get_or_add_pPr(), _borders("bottom", size=size))


def boxed(style: Any) -> None:
    """A dashed box around the paragraphs of a style: room to write in."""
    _insert(style.element.get_or_add_pPr(), _borders("top", "left", "bottom", "right", kind="dashed"))


def _insert(properties: Any, borders: Any) -> None:
    """Put borders where the schema wants them: before all that may follow."""
    later = ("shd", "tabs", "suppressAutoHyphens", "snapToGrid", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr",
             "sectPr")
    properties.insert_element_before(borders, *(f"w:{name}" for name in later))


def _borders(*sides: str, kind: str = "single", size: int = 6) -> Any:
    borders = element("w:pBdr")
    for side in sides:
        borders.append(element(f"w:{side}", val=kind, sz=str(size), space="4", color="auto"))
    return borders


def centred(paragraph: Any) -> Any:
    """The paragraph, centred."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph
