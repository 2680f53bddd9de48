"""The look of a DOCX report: A4, the margins and letters that Vietnamese official documents use, real styles for headings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from pactgraph.reports.document import Report
from pactgraph.reports.docx_parts import boxed, centred, field, set_font, set_language
from pactgraph.reports.words import word

FONT = "Times New Roman"
INK = RGBColor(0x1A, 0x1A, 0x1A)
BLUE = RGBColor(0x1F, 0x3F, 0x6E)
_LONG, _SHORT = Mm(297), Mm(210)
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


def prepare(document: Any, report: Report, wide: bool) -> None:
    """Set language, metadata, styles and the first page's layout."""
    set_language(document, LANGUAGES[report.lang])
    _metadata(document, report)
    _styles(document)
    section = document.sections[0]
    turn(section, wide)
    section.different_first_page_header_footer = True
    field(centred(section.header.paragraphs[0]), "PAGE", "2")
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].style = document.styles["Footer"]
        centred(footer.paragraphs[0]).add_run(word("unofficial", report.lang))


def turn(section: Any, wide: bool) -> None:
    """Give a section its paper: upright, or on its side for wide tables."""
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = (Mm(20), Mm(20)) if wide else (Mm(30), Mm(18))
    section.header_distance = section.footer_distance = Mm(10)


def text_width(wide: bool) -> int:
    """The width between the margins, in the units of python-docx."""
    return int(_LONG - Mm(40)) if wide else int(_SHORT - Mm(48))


def _metadata(document: Any, report: Report) -> None:
    core = document.core_properties
    core.title, core.subject, core.author, core.last_modified_by = report.title, report.subtitle, "pactgraph", "pactgraph"
    core.comments, core.keywords = word("unofficial", report.lang), "pactgraph"
    core.language = LANGUAGES[report.lang]
    core.created = core.modified = datetime.fromisoformat(report.as_of)
    core.revision = 1


def _styles(document: Any) -> None:
    styles = document.styles
    _style(styles["Normal"], 12, after=6)
    _style(styles["Title"], 18, bold=True, colour=BLUE, after=4)
    _style(styles["Subtitle"], 13, colour=INK, after=8)
    _style(styles["Heading 1"], 14, bold=True, colour=BLUE, before=16, after=6)
    _style(styles["Heading 2"], 12.5, bold=True, colour=BLUE, before=12, after=4)
    _style(styles["Caption"], 11, bold=True, colour=INK, before=8, after=4)
    _style(styles["List Bullet"], 12, after=3)
    _style(styles["Header"], 11)
    _style(styles["Footer"], 9)
    for name in ("Heading 1", "Heading 2", "Caption"):
        styles[name].paragraph_format.keep_with_next = True
    for old in styles["Subtitle"].element.rPr.findall("{*}spacing"):
        styles["Subtitle"].element.rPr.remove(old)
    borders = styles["Title"].element.get_or_add_pPr()
    for old in borders.findall("{*}pBdr"):
        borders.remove(old)
    for name, size, italic in (("Remark", 11, True), ("Notice", 11, False), ("Table Text", 9.5, False), ("Note Text", 10, False),
                               ("Letter Text", 13, False)):
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        _style(made, size, italic=italic, after=0 if name == "Table Text" else 4)
    fill = styles.add_style("Fill", WD_STYLE_TYPE.PARAGRAPH)
    fill.base_style = styles["Normal"]
    boxed(fill)
    _style(fill, 12, before=4, after=8)
    styles["Letter Text"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    styles["Letter Text"].paragraph_format.first_line_indent = Mm(10)
    styles["Letter Text"].paragraph_format.space_after = Pt(6)
    number = styles.add_style("Note Number", WD_STYLE_TYPE.CHARACTER)
    number.font.superscript = True
    number.font.color.rgb = BLUE
    number = styles.add_style("Table Note", WD_STYLE_TYPE.CHARACTER)
    number.font.color.rgb = BLUE
    link = styles.add_style("Link", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = BLUE
    link.font.underline = True


def _style(style: Any, size: float, *, bold: bool = False, italic: bool = False, colour: RGBColor | None = None,
           before: float = 0, after: float = 0) -> None:
    set_font(style, FONT)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    if colour is not None:
        style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
