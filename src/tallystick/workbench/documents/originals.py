"""The preserved bytes of a report as a file: bytes that nobody can trust come in, an answer that runs none out."""

from litestar import Response

from tallystick.model.document import Document

__all__ = ["attachment", "file_name"]

# Bytes of other kinds are saved under a name that no program opens: a page that runs scripts would, from the disk.
ENDINGS = {"text/plain": "txt", "text/markdown": "md", "application/json": "json"}
# Digits of the digest that tell one file from another in a folder of downloads.
DIGITS = 16
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Content-Transfer-Encoding": "binary",
}


def file_name(document: Document, media_type: str | None) -> str:
    """Give the name that the bytes are saved under: of our own words and digits alone."""
    return f"original-{document.sha256[:DIGITS]}.{ENDINGS.get(media_type or '', 'bin')}"


def attachment(document: Document, content: bytes, media_type: str | None) -> Response[bytes]:
    """Give the answer that saves the bytes.

    Args:
        document: The report.
        content: The bytes.
        media_type: As it was received, or None where that is not known.
    """
    plain = media_type == "text/plain"
    kept = {"Content-Disposition": f'attachment; filename="{file_name(document, media_type)}"'}
    return Response(content, media_type="text/plain" if plain else "application/octet-stream", headers=HEADERS | kept)
