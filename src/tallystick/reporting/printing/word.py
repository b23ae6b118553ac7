"""What Word knows and python-docx has no words for: links within a document, bookmarks, fields, lines of a table.

A `Sheet` is a document that is being written; every text that goes into it is made legible here.
"""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from struct import unpack
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Mm, Pt, RGBColor
from lxml.etree import XMLSyntaxError

from tallystick.errors import TemplateError
from tallystick.reporting.printing.texts import printed

__all__ = ["Row", "Sheet", "Words", "opened", "packed"]

ACCENT, QUIET, FAINT = "1D4F7C", "5B636D", "D9D6CD"
LETTERS = "Calibri"
MONO = "Consolas"
# Fonts of Windows and of Word for the Mac: Hangul is in neither of the Chinese ones.
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
HAN = re.compile("[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
KOREAN, CHINESE = "Malgun Gothic", "Microsoft YaHei"
# Points before, size, and level in the outline, of styles that a template may lack.
STYLES = {"Title": (0, 24, None), "Heading 1": (20, 15, 0), "Heading 2": (10, 11, 1), "List Bullet": (0, 10, None)}
# A file of Word keeps the time of each part; all get the first one that a ZIP can tell.
FIRST_TIME = (1980, 1, 1, 0, 0, 0)
# Where a PNG tells its width and height.
SIZE = slice(16, 24)


class Words(NamedTuple):
    """A stretch of text with its looks."""

    text: str
    bold: bool = False
    quiet: bool = False
    mono: bool = False
    marked: bool = False


Row = Sequence[Sequence[Words | str]]


class Sheet:
    """A document that is being written, from its top to its end."""

    def __init__(self, document: Any) -> None:
        """Take a document whose body is empty."""
        self.document = document
        self._marks = 0

    def heading(self, text: str, level: int) -> None:
        """Add a heading: level 0 is the title of the whole."""
        self.document.add_paragraph(style="Title" if level == 0 else f"Heading {level}").add_run(printed(text))

    def paragraph(self, *parts: Words | str, notes: Iterable[int] = (), style: str | None = None) -> Any:
        """Add a paragraph; the numbers of `notes` lead to the notes."""
        paragraph = self.document.add_paragraph(style=style)
        self.fill(paragraph, parts, notes)
        return paragraph

    def fill(self, paragraph: Any, parts: Iterable[Words | str], notes: Iterable[int] = ()) -> None:
        """Put texts, and the numbers of notes behind them, into a paragraph."""
        for part in parts:
            words = Words(part) if isinstance(part, str) else part
            _look(paragraph.add_run(printed(words.text)), words)
        for place, number in enumerate(notes):
            if place:
                paragraph.add_run(", ").font.superscript = True
            self._link(paragraph, str(number), anchor=f"note-{number}").font.superscript = True

    def bookmark(self, paragraph: Any, name: str) -> None:
        """Make `paragraph` a place that links within the document can name."""
        self._marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:id"), str(self._marks))
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), str(self._marks))
        first = paragraph._p.pPr
        paragraph._p.insert(0 if first is None else 1, start)
        paragraph._p.append(end)

    def link(self, paragraph: Any, address: str) -> None:
        """Put an address that is safe to open behind what `paragraph` holds."""
        self._link(paragraph, address, address=address)

    def table(self, header: Sequence[str], rows: Sequence[Row], widths: Sequence[int]) -> list[list[Any]]:
        """Add a table, its widths in millimeters; the paragraphs of each row go out, for notes."""
        table = self.document.add_table(rows=1 + len(rows), cols=len(header))
        _lines(table, widths)
        held = []
        names = [[Words(name, bold=True, quiet=True)] for name in header]
        for row, cells in zip(table.rows, [names, *rows], strict=True):
            filled = []
            for cell, parts, width in zip(row.cells, cells, widths, strict=True):
                cell.width = Mm(width)
                paragraph = cell.paragraphs[0]
                self.fill(paragraph, parts)
                _tight(paragraph)
                filled.append(paragraph)
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            held.append(filled)
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        _tight(self.document.add_paragraph())
        return held[1:]

    def indent(self, paragraph: Any, width: int) -> None:
        """Move a paragraph in by so many millimeters."""
        paragraph.paragraph_format.left_indent = Mm(width)
        _tight(paragraph)

    def picture(self, png: bytes, dots: float, alternative: str, title: str) -> None:
        """Add a picture of `dots` per inch, with its words for those who do not see it."""
        wide, high = unpack(">II", png[SIZE])
        shape = self.document.add_picture(BytesIO(png), width=Inches(wide / dots), height=Inches(high / dots))
        told = shape._inline.docPr
        told.set("descr", printed(alternative))
        told.set("title", printed(title))

    def _link(self, paragraph: Any, text: str, anchor: str | None = None, address: str | None = None) -> Any:
        """Put a link at the end of a paragraph; its run goes out."""
        link = OxmlElement("w:hyperlink")
        if anchor is not None:
            link.set(qn("w:anchor"), anchor)
        else:
            link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run = paragraph.add_run(text)
        run.font.color.rgb = RGBColor.from_string(ACCENT)
        link.append(run._r)
        paragraph._p.append(link)
        return run


def opened(template: bytes | None) -> Sheet:
    """Give an empty document with the styles, the page, the head and the foot of `template`.

    Raises:
        TemplateError: Where `template` is no document of Word.
    """
    try:
        document = docx.Document(None if template is None else BytesIO(template))
        body = document.element.body
        for part in list(body):
            if part.tag != qn("w:sectPr"):
                body.remove(part)
        for name, style in STYLES.items():
            _ensure(document, name, *style)
        if template is None:
            _dress(document)
    except (BadZipFile, KeyError, ValueError, AttributeError, IndexError, OSError, XMLSyntaxError) as error:
        told = str(error).strip("'\"") or type(error).__name__
        raise TemplateError(f"it is no document of Word (.docx): {told}; save it as .docx anew") from error
    return Sheet(document)


def packed(sheet: Sheet, title: str) -> bytes:
    """Give the file: it tells no author and no time, so that the same document gives the same bytes."""
    properties = sheet.document.core_properties
    for part in list(properties._element):
        properties._element.remove(part)
    properties.title = printed(title)[:255]
    properties.language = "en"
    written, fixed = BytesIO(), BytesIO()
    sheet.document.save(written)
    with ZipFile(written) as parts, ZipFile(fixed, "w", ZIP_DEFLATED) as out:
        for name in parts.namelist():
            part = ZipInfo(name, FIRST_TIME)
            part.compress_type = ZIP_DEFLATED
            out.writestr(part, parts.read(name))
    return fixed.getvalue()


def _ensure(document: Any, name: str, before: int, size: int, level: int | None) -> None:
    """Add a style that a template lacks."""
    if name in document.styles:
        return
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size, style.font.bold = Pt(size), level is not None or name == "Title"
    style.paragraph_format.space_before, style.paragraph_format.keep_with_next = Pt(before), level is not None
    if level is not None:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level))
        style.element.get_or_add_pPr().append(outline)


def _dress(document: Any) -> None:
    """Give the bundled document its looks: A4, one family of letters, the pages numbered."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after = Pt(5)
    for name, (before, size, _) in {"Normal": (0, 10, None), **STYLES}.items():
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for kind in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{kind}"), LETTERS)
        fonts.set(qn("w:eastAsia"), CHINESE)
        style.font.size, style.paragraph_format.space_before = Pt(size), Pt(before)
        if name.startswith(("Title", "Heading")):
            style.font.color.rgb = RGBColor.from_string("1B1F24" if name == "Heading 2" else ACCENT)
            style.font.bold = True
    for edge in document.styles["Title"].element.xpath("w:pPr/w:pBdr"):
        edge.getparent().remove(edge)
    foot = section.footer.paragraphs[0]
    for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        _look(foot.add_run(text), Words(text, quiet=True))
        _field(foot, field)


def _tight(paragraph: Any) -> None:
    """Leave hardly any room behind a paragraph: that of a cell, or of a line that goes on."""
    paragraph.paragraph_format.space_after = Pt(2)


def _field(paragraph: Any, name: str) -> None:
    """Add a field that Word fills in, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    _look(run, Words("1", quiet=True))
    field.append(run._r)
    paragraph._p.append(field)


def _look(run: Any, words: Words) -> None:
    """Give a run its looks, and letters for what is written in Hangul or Han."""
    font = run.font
    if words.bold:
        font.bold = True
    if words.quiet:
        font.color.rgb, font.size = RGBColor.from_string(QUIET), Pt(8.5)
    if words.mono:
        font.name, font.size = MONO, Pt(7.5)
    if words.marked:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "FFE680")):
            shade.set(qn(f"w:{key}"), value)
        run._r.get_or_add_rPr().append(shade)
    family = KOREAN if HANGUL.search(words.text) else CHINESE if HAN.search(words.text) else None
    if family is not None:
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), family)


def _lines(table: Any, widths: Sequence[int]) -> None:
    """Fix the columns of a table, and draw a line under each row."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", FAINT)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
