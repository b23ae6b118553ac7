"""Read a report in plain text or Markdown: bytes come in, the document goes out."""

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Retrieved
from tallystick.reading.received import Kind, Received, assemble
from tallystick.reading.text.characters import normalize
from tallystick.reading.text.encodings import decode
from tallystick.reading.text.headers import front_matter, header_lines
from tallystick.reading.text.passages import Hints

__all__ = ["decoded", "markdown", "plain"]


def plain(content: bytes, received: Received) -> Retrieved:
    """Read a text; leading "Title: ..." lines are its details.

    Raises:
        ReadingError: Where it is no text, or holds none.
    """
    text = decoded(content, received.name)
    header = header_lines(text)
    hints = Hints(_title(header.details), header.end)
    return assemble(received, content, Kind.TEXT, text, header.details, hints, id=header.id)


def markdown(content: bytes, received: Received) -> Retrieved:
    """Read Markdown; its front matter gives its details.

    Raises:
        ReadingError: Where it is no text, holds none, or its front matter is broken.
    """
    text = decoded(content, received.name)
    try:
        header = front_matter(text)
    except ValueError as error:
        raise ReadingError(received.name, str(error)) from error
    if not header.end:
        header = header_lines(text)
    hints = Hints(_title(header.details), header.end, markdown=True)
    return assemble(received, content, Kind.MARKDOWN, text, header.details, hints, id=header.id)


def decoded(content: bytes, name: str) -> str:
    """Give the text of `content`, whatever its encoding, with its characters normalized.

    Raises:
        ReadingError: Where it is no text, or in an encoding that cannot be told.
    """
    try:
        return normalize(decode(content).text).text
    except ValueError as error:
        raise ReadingError(name, f"{error}; save it as UTF-8 (for instance with iconv -t utf-8)") from error


def _title(details: tuple[Detail, ...]) -> str | None:
    return next((detail.value for detail in details if detail.field == "title"), None)
