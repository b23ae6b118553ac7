"""Read a DOCX: bytes come in, its paragraphs and the rows of its tables go out in order, with its core properties.

A DOCX is a ZIP of XML parts. Only the few parts that hold text are opened, by their names within the archive, each
bounded; pictures, macros and whatever the file refers to outside of itself are never looked at.
"""

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, PassageKind, Retrieved, Sureness
from tallystick.reading.formats.docx_paragraphs import Paragraph, follow, paragraphs
from tallystick.reading.formats.titles import is_made_up
from tallystick.reading.received import Kind, Received, assemble
from tallystick.reading.text.characters import normalize
from tallystick.reading.text.passages import Hints
from tallystick.values.dates import is_iso

__all__ = ["docx"]

# Word writes some 7 kB of XML a page, more where every word is a run: this is a report of 1,000 to 3,000 pages.
LARGEST_PART = 20_000_000
# Styles, properties and notes; Word's own list of styles has 0.1 MB, and the notes of a thesis 1 MB.
LARGEST_ASIDE = 10_000_000
# A report with a thousand pictures has some thousand members; zipfile reads the list of all of them.
MEMBERS = 20_000
MAIN, FOOTNOTES, ENDNOTES = "word/document.xml", "word/footnotes.xml", "word/endnotes.xml"
STYLES, PROPERTIES, RELATIONS = "word/styles.xml", "docProps/core.xml", "_rels/.rels"
# What else is a ZIP of this kind, by a member that only it has, and what to do with it.
OTHERS = (
    ("content.xml", "an OpenDocument file (ODT, ODS or ODP)"),
    ("META-INF/container.xml", "an EPUB book"),
    ("xl/workbook.xml", "a spreadsheet (XLSX)"),
    ("xl/workbook.bin", "a spreadsheet (XLSB)"),
    ("ppt/presentation.xml", "a presentation (PPTX)"),
)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, KeyError)
# What a style says of its paragraph, by the name that Word gives it in every language.
HEADINGS = ("title", "heading ")
KINDS = {
    "subtitle": PassageKind.STANDFIRST,
    "caption": PassageKind.CAPTION,
    "toc ": PassageKind.FURNITURE,
    "table of figures": PassageKind.FURNITURE,
}
# This library's template carries its own name and dates of 2013 into what is made with it.
LIBRARY = "python-docx"
OUTLINE_LEVELS = 9  # level 9 is text
PIECES = "\n\n"


def docx(content: bytes, received: Received) -> Retrieved:
    """Read a DOCX: the paragraphs of its text, then its footnotes.

    Raises:
        ReadingError: Where it is broken, no DOCX, made to exhaust, or holds no text.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = frozenset(archive.namelist())
            if len(names) > MEMBERS:
                raise ReadingError(received.name, f"a DOCX of {len(names):,} parts; {MEMBERS:,} are read at most")
            main = _main(archive, names)
            if main not in names:
                raise ReadingError(received.name, _other(names))
            styles = _styles(_part(archive, STYLES)) if STYLES in names else {}
            told = _properties(_part(archive, PROPERTIES)) if PROPERTIES in names else {}
            body = _normalized(paragraphs(_part(archive, main, LARGEST_PART)))
            asides = (paragraphs(_part(archive, part)) for part in (FOOTNOTES, ENDNOTES) if part in names)
            notes = [one for aside in asides for one in _normalized(aside)]
    except ReadingError:
        raise
    except BROKEN as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ReadingError(
            received.name, f"a broken DOCX: {reason}; open it in a word processor and save it anew"
        ) from error
    if not body:
        raise ReadingError(received.name, "a DOCX without text; if it holds a scan, run OCR first")
    details = _details(told, body, styles)
    received = replace(received, details=(*received.details, *details))
    text = PIECES.join(one.text for one in (*body, *notes))
    return assemble(received, content, Kind.DOCX, text, (), _hints((*body, *notes), styles, details))


def _normalized(found: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs with their characters written one way; what holds only unseen ones is none."""
    written = (one._replace(text=normalize(one.text).text.strip()) for one in found)
    return [one for one in written if one.text]


def _hints(story: Sequence[Paragraph], styles: Mapping[str, str], details: Sequence[Detail]) -> Hints:
    """What the styles say of the passages."""
    headings: set[int] = set()
    stretches: list[tuple[int, int, PassageKind]] = []
    at = 0
    for one in story:
        style = styles.get(one.style, "")
        if style.startswith(HEADINGS) or (one.level is not None and one.level < OUTLINE_LEVELS):
            headings.add(at)
        kind = next((kind for name, kind in KINDS.items() if style.startswith(name)), None)
        if kind:
            stretches.append((at, at + len(one.text), kind))
        at += len(one.text) + len(PIECES)
    title = next((detail.value for detail in details if detail.field == "title"), None)
    return Hints(title, headings=frozenset(headings), stretches=tuple(stretches))


def _details(told: Mapping[str, str], body: Sequence[Paragraph], styles: Mapping[str, str]) -> tuple[Detail, ...]:
    """What the core properties say of the report, and its paragraph in the style of titles."""
    found = []
    title = told.get("title", "")
    set_as_title = next((one.text for one in body if styles.get(one.style) == "title"), "")
    if set_as_title:
        found.append(Detail("title", set_as_title, "DOCX paragraph in the style Title", Sureness.STATED))
    if not is_made_up(title):
        found.append(Detail("title", title, "DOCX title", Sureness.STATED))
    if told.get("creator") == LIBRARY:
        return tuple(found)
    if told.get("creator"):
        found.append(Detail("author", told["creator"], "DOCX creator", Sureness.GUESSED))
    for field, name in (("published", "created"), ("updated", "modified")):
        if is_iso(told.get(name, "")):
            found.append(Detail(field, told[name], f"DOCX {name}", Sureness.GUESSED))
    return tuple(found)


def _main(archive: zipfile.ZipFile, names: frozenset[str]) -> str:
    """The name of the part that holds the text; Word on the web calls it document2.xml."""
    if MAIN in names or RELATIONS not in names:
        return MAIN
    found = _Relations()
    follow(_part(archive, RELATIONS), found)
    target = found.main.lstrip("/")
    return target if target.startswith("word/") else MAIN


def _styles(part: bytes) -> dict[str, str]:
    """The names of the styles by their ids."""
    found = _Styles()
    follow(part, found)
    return found.names


def _properties(part: bytes) -> dict[str, str]:
    """The core properties."""
    found = _Properties()
    follow(part, found)
    return {name: " ".join(value.split()) for name, value in found.values.items()}


def _part(archive: zipfile.ZipFile, name: str, limit: int = LARGEST_ASIDE) -> bytes:
    """A part, whatever its header says of its size."""
    with archive.open(name) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"{name} is larger than {limit // 1_000_000} MB unpacked")
    return content


def _other(names: frozenset[str]) -> str:
    """What a ZIP is that holds no text of Word's."""
    found = next((what for member, what in OTHERS if member in names), None)
    if found:
        return f"{found}, which is not read; save it as DOCX, PDF or text"
    return "an office file without the text of a DOCX; save it as DOCX, PDF or text"


class _Quiet:
    """Listens to nothing but what its subclass asks for."""

    def start(self, name: str, values: Mapping[str, str], /) -> None:
        """Nothing."""

    def text(self, text: str, /) -> None:
        """Nothing."""

    def end(self, name: str, /) -> None:
        """Nothing."""


class _Relations(_Quiet):
    """The part that the package names as its document."""

    def __init__(self) -> None:
        self.main = ""

    def start(self, _name: str, values: Mapping[str, str], /) -> None:
        """Look at a relation; one to the outside is none."""
        if values.get("Type", "").endswith("/officeDocument") and values.get("TargetMode") != "External":
            self.main = self.main or values.get("Target", "")


class _Styles(_Quiet):
    """The names of styles."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._id = ""

    def start(self, name: str, values: Mapping[str, str], /) -> None:
        """Note a style's id, then its name."""
        if name == "style":
            self._id = values.get("styleId", "")
        elif name == "name" and self._id:
            self.names.setdefault(self._id, values.get("val", "").casefold())


class _Properties(_Quiet):
    """The elements of the core properties with their text."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._name = ""

    def start(self, name: str, _values: Mapping[str, str], /) -> None:
        """Note which one it is."""
        self._name = name

    def text(self, text: str, /) -> None:
        """Take its text."""
        self.values[self._name] = self.values.get(self._name, "") + text
