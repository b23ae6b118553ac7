"""Take the printed lines out of a PDF: its bytes come in, each line with its place on the page goes out.

PDFium is native code and a hostile PDF can make it crash, fill the memory or run for hours. So it runs in a process of
its own with limits on time and memory, for which this file is also the script; it imports nothing of Tallystick.
"""

import ctypes
import json
import math
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

if sys.platform != "win32":
    import resource

__all__ = ["BREAK", "CHARACTERS", "PAGES", "SECONDS", "Laid", "Line", "laid", "laid_apart"]

# The longest reports of commissions of inquiry and courts come in volumes of some 1,000 pages; more is an archive.
PAGES = 2_000
# 2,000 full pages of 2,500 marks; more on fewer pages is made to exhaust whoever opens it.
CHARACTERS = 5_000_000
# 2,000 full pages take 12 s on one core of a shared machine.
SECONDS = 60
# The 2,000 pages take 0.1 GB; a stream of 0.3 MB that unpacks to 0.1 GB of text takes these 2 GB in 4 s.
MEMORY = 2_000_000_000
# Marks of a line whose size is looked at: one word in another face must not pass for the line.
SAMPLES = 8
# A hyphen at the end of a line, which PDFium reports in one of these ways.
BREAKS = frozenset((0x02, 0xFFFE, 0xAD))
BREAK = "\ufffe"
FIELDS = ("Title", "Author", "CreationDate", "ModDate")
BROKEN = "a broken PDF, none of whose pages can be found; open it in a viewer and save it anew"
REASONS = {
    pdfium.FPDF_ERR_PASSWORD: "an encrypted PDF that asks for a password; save it without one",
    pdfium.FPDF_ERR_SECURITY: "a PDF encrypted in a way that cannot be read; save it without encryption",
}
TOO_LONG = "a PDF of {} pages; {} are read at most, so split it"
TOO_DENSE = f"a PDF of more than {CHARACTERS:,} marks of text; split it"
SPACES = str.maketrans(dict.fromkeys((*range(32), 0x7F, 0xA0), " "))


class Line(NamedTuple):
    """One printed line; lengths in points, from the lower left corner of the page.

    Attributes:
        text: Its words; a hyphen that breaks the last one is `BREAK`.
        left: Where its first mark begins.
        right: Where its last mark ends.
        base: Height of the line that its letters stand on.
        size: Font size of most of it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float


class Laid(NamedTuple):
    """What was taken out of a PDF.

    Attributes:
        pages: The lines of each page in the order in which they were set.
        fields: "Title", "Author", "CreationDate" and "ModDate" of its document information, where they are not empty.
        problem: Why it cannot be read, as a sentence for the user; else None.
    """

    pages: tuple[tuple[Line, ...], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    problem: str | None = None


def laid_apart(content: bytes, seconds: float = SECONDS) -> Laid:
    """Do as `laid` in a process of its own, which may crash, hang or run out of memory without harm."""
    command = (sys.executable, "-P", str(Path(__file__)))
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False, timeout=seconds)  # noqa: S603 - this file
        if done.returncode != 0:
            return Laid(
                problem=f"a PDF that breaks its reader (exit status {done.returncode}); print it into a new PDF"
            )
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return Laid(problem=f"a PDF that takes longer than {seconds:g} seconds to read; split it")
    pages = tuple(tuple(Line(*line) for line in page) for page in found["pages"])
    return Laid(pages, tuple((name, value) for name, value in found["fields"]), found["problem"])


def laid(content: bytes) -> Laid:
    """Give the lines of a PDF and its document information."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            count = len(document)
            if count > PAGES:
                return Laid(problem=TOO_LONG.format(f"{count:,}", f"{PAGES:,}"))
            return _pages(document, count)
    except pypdfium2.PdfiumError as error:
        return Laid(problem=REASONS.get(error.err_code, BROKEN))


def _pages(document: pypdfium2.PdfDocument, count: int) -> Laid:
    """The lines of all pages; a page that cannot be loaded has none."""
    pages: list[tuple[Line, ...]] = []
    room = CHARACTERS
    lost = 0
    for index in range(count):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            lost += 1
            pages.append(())
            continue
        text = page.get_textpage()
        room -= text.count_chars()
        if room < 0:
            return Laid(problem=TOO_DENSE)
        pages.append(tuple(_lines(text)))
        text.close()
        page.close()
    if lost == count:  # also where there is none
        return Laid(problem=BROKEN)
    values = ((name, _clean(document.get_metadata_value(name))) for name in FIELDS)
    return Laid(tuple(pages), tuple((name, value) for name, value in values if value))


def _lines(page: pypdfium2.PdfTextPage) -> list[Line]:
    """The lines of a page, as PDFium breaks them."""
    found: list[Line] = []
    first = 0
    count = page.count_chars()
    codes = [pdfium.FPDFText_GetUnicode(page, index) for index in range(count)]
    for index, code in enumerate(codes):
        ends = code == 0x0A or (code in BREAKS and _turns(page, index, count))
        if ends or index == count - 1:
            line = _line(page, codes, first, index + 1)
            found += [line] if line else []
            first = index + 1
    return found


def _turns(page: pypdfium2.PdfTextPage, index: int, count: int) -> bool:
    """Whether the next mark stands on another line: PDFium gives no line break after a hyphen."""
    if index + 1 >= count:
        return True
    return abs(_origin(page, index)[1] - _origin(page, index + 1)[1]) > 1 or _origin(page, index + 1)[0] == 0


def _line(page: pypdfium2.PdfTextPage, codes: list[int], first: int, end: int) -> Line | None:
    """The marks from `first` to `end` as one line; None where nothing is printed."""
    inked = [index for index in range(first, end) if codes[index] > 0x20 and codes[index] not in BREAKS]
    if not inked:
        return None
    broken = codes[end - 1] in BREAKS
    marks = "".join(chr(code) if code not in BREAKS else "" for code in codes[first:end])
    text = _clean(marks) + (BREAK if broken else "")
    box = pdfium.FS_RECTF()
    lefts, rights = [], []
    for index in (inked[0], inked[-1]):
        pdfium.FPDFText_GetLooseCharBox(page, index, box)
        lefts.append(box.left)
        rights.append(box.right)
    sampled = inked[:: max(1, len(inked) // SAMPLES)]
    sizes = Counter(_size(page, index) for index in sampled)
    numbers = (min(lefts), max(rights), _origin(page, inked[len(inked) // 2])[1], sizes.most_common(1)[0][0])
    # A matrix of a broken page may overflow.
    places = (round(number, 1) if math.isfinite(number) else 0.0 for number in numbers)
    return Line(text, *places) if text.strip(BREAK) else None


def _origin(page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page, index, x, y)
    return x.value, y.value


def _size(page: pypdfium2.PdfTextPage, index: int) -> float:
    """The font size as printed: that of the font, scaled by the matrix it is set with."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(page, index))
    scaled = bool(pdfium.FPDFText_GetMatrix(page, index, matrix))
    return size * math.hypot(matrix.c, matrix.d) if scaled else size


def _clean(text: str) -> str:
    """One line of whole characters: PDFium may give halves of surrogate pairs and control characters."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return " ".join(whole.translate(SPACES).split())


def _main() -> None:
    """Read a PDF from standard input and write its lines as JSON, within limits."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(laid(sys.stdin.buffer.read())._asdict(), sys.stdout)


if __name__ == "__main__":
    _main()
