"""Take the paragraphs out of the XML of a DOCX: a part's bytes come in, text with the style of each goes out.

The XML is read as a stream: no tree is built, however deep or long it is, and a declaration of a document type ends it
before an entity is expanded or fetched (OPC forbids them: ECMA-376 part 2).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol
from xml.parsers.expat import ExpatError, ParserCreate  # document types are refused below

__all__ = ["Paragraph", "Wanted", "follow", "paragraphs"]

# Text that a reviewer has moved away, and the second drawing of a text box for old programs.
SKIPPED = frozenset(("moveFrom", "del", "Fallback"))
# Signs of a run besides its text.
SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
CELLS = " | "
# The 1,000 pages of a long report have 40,000; more are made to cost time.
MOST = 100_000
TOO_MANY = f"it has more than {MOST:,} paragraphs"
DOCTYPE = "its XML declares a document type, which no DOCX may"


class Paragraph(NamedTuple):
    """A paragraph, or a row of a table.

    Attributes:
        text: Its words in one line.
        style: The id of its style, or "".
        level: Its level in the outline from 0 on, where it states one itself; else None.
    """

    text: str
    style: str = ""
    level: int | None = None


class Wanted(Protocol):
    """What is told of the elements of a part, by their names without a namespace."""

    def start(self, name: str, values: Mapping[str, str], /) -> None:
        """An element starts, with these attributes."""

    def text(self, text: str, /) -> None:
        """Text stands in the element that started last and has not ended."""

    def end(self, name: str, /) -> None:
        """An element ends."""


def follow(part: bytes, wanted: Wanted) -> None:
    """Tell `wanted` all that stands in an XML part.

    Raises:
        ValueError: Where it is no XML, or declares a document type.
    """
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, values: wanted.start(
        _local(name), {_local(known): value for known, value in values.items()}
    )
    parser.EndElementHandler = lambda name: wanted.end(_local(name))
    parser.CharacterDataHandler = wanted.text
    try:
        parser.Parse(part, True)
    except ExpatError as error:
        raise ValueError(f"its XML is broken ({error})") from error


def paragraphs(part: bytes) -> list[Paragraph]:
    """Give the paragraphs of a document or of its footnotes in order; a row of a table is one.

    Raises:
        ValueError: Where it is no XML, or declares a document type.
    """
    story = _Story()
    follow(part, story)
    return [one for one in story.found if one.text]


class _Story:
    """The paragraphs of a part as they come."""

    def __init__(self) -> None:
        self.found: list[Paragraph] = []
        self._around: list[str] = []
        self._open: list[_Open] = []  # a text box lies in a paragraph and holds others
        self._rows: list[list[list[Paragraph]]] = []  # a cell may hold a table
        self._skipped = 0
        self._count = 0

    def start(self, name: str, values: Mapping[str, str], /) -> None:
        """Open a paragraph, a row or a cell; note a style or a sign."""
        inside = self._around[-1] if self._around else ""
        self._around.append(name)
        if self._skipped or name in SKIPPED:
            self._skipped += 1
        elif name == "p" and inside not in ("r", "rPr"):
            self._count += 1
            if self._count > MOST:
                raise ValueError(TOO_MANY)
            self._open.append(_Open())
        elif name == "tr":
            self._rows.append([])
        elif name == "tc" and self._rows:
            self._rows[-1].append([])
        elif self._open:
            self._note(name, inside, values.get("val", ""))

    def text(self, text: str, /) -> None:
        """Take the text of a run."""
        if self._open and not self._skipped and self._around[-1] == "t":
            self._open[-1].pieces.append(text)

    def end(self, name: str, /) -> None:
        """Close what ends."""
        self._around.pop()
        if self._skipped:
            self._skipped -= 1
        elif name == "p" and self._open:
            self._keep([self._open.pop().closed()])
        elif name == "tr" and self._rows:
            self._keep(_row(self._rows.pop()))

    def _note(self, name: str, inside: str, value: str) -> None:
        """Take a sign of a run or a property of the paragraph."""
        paragraph = self._open[-1]
        if inside == "r" and name in SIGNS:
            paragraph.pieces.append(SIGNS[name])
        elif inside == "pPr" and name == "pStyle":
            paragraph.style = value
        elif inside == "pPr" and name == "outlineLvl" and value.isdecimal():
            paragraph.level = int(value[:2])

    def _keep(self, done: Sequence[Paragraph]) -> None:
        """Put what was closed into the cell that it stands in, or into the text."""
        cell = self._rows[-1][-1] if self._rows and self._rows[-1] else self.found
        cell.extend(done)


class _Open:
    """A paragraph that is being read."""

    __slots__ = ("level", "pieces", "style")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.style = ""
        self.level: int | None = None

    def closed(self) -> Paragraph:
        """The paragraph, which has ended."""
        return Paragraph(" ".join("".join(self.pieces).split()), self.style, self.level)


def _row(cells: Sequence[Sequence[Paragraph]]) -> list[Paragraph]:
    """A row as one line; where a cell holds paragraphs, the table is there for the layout alone."""
    filled = [[one for one in cell if one.text] for cell in cells]
    written = [cell for cell in filled if cell]
    if len(written) < 2 or any(len(cell) > 1 for cell in written):
        return [one for cell in written for one in cell]
    return [Paragraph(CELLS.join(cell[0].text for cell in written))]


def _refuse(*_: object) -> None:
    raise ValueError(DOCTYPE)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
