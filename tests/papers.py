"""Papers for tests: PDF and DOCX files, written here as their standards say and no larger than a test needs."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

__all__ = ["Set", "column", "numbered", "pdf_of", "word", "zip_of"]

ANSI = "cp1252"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Set(NamedTuple):
    """Words set on a page: where they start, in points from the lower left corner, and in which size."""

    x: float
    y: float
    text: str
    size: float = 10


def column(lines: Sequence[str], *, x: float = 72, top: float = 700, size: float = 10, gap: float = 12) -> list[Set]:
    """Set lines under each other."""
    return [Set(x, top - index * gap, line, size) for index, line in enumerate(lines)]


def pdf_of(pages: Sequence[Sequence[Set]], **fields: str) -> bytes:
    """Give a PDF of these pages with these fields of the document information."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(count))
    known = " ".join(f"/{name} ({value})" for name, value in fields.items())
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, page in enumerate(pages):
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * index} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        drawn = "\n".join(f"BT /F1 {one.size} Tf {one.x} {one.y} Td ({_escaped(one.text)}) Tj ET" for one in page)
        parts.append(f"<< /Length {len(drawn.encode(ANSI))} >>\nstream\n{drawn}\nendstream")
    parts.append(f"<< {known} >>")
    return numbered(parts, information=len(parts))


def numbered(parts: Sequence[str], *, information: int | None = None) -> bytes:
    """Give a PDF of these numbered parts, of which the first is the catalog, with its table of where they stand."""
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{part}\nendobj\n".encode(ANSI)
    table = len(written)
    written += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode()
    written += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    named = f" /Info {information} 0 R" if information else ""
    written += f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R{named} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(written)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def word(body: str, *, around: str = "{}") -> bytes:
    """Give the text part of a DOCX with this XML as its body; `around` is where the part's own root stands."""
    root = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return around.format(root).encode()


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """Give a ZIP of these members in this order."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()
