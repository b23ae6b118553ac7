"""Read a web page: bytes come in, the text of its article, what stands apart from it and its details go out."""

from hashlib import sha256

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document as Page
from trafilatura.utils import decode_file

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Retrieved
from tallystick.reading.formats.page_bounds import bounded, refusal
from tallystick.reading.formats.page_dates import dates
from tallystick.reading.formats.page_details import credit_lines, language_of, named, taken
from tallystick.reading.formats.page_parts import compose, survey
from tallystick.reading.received import Kind, Received, assemble
from tallystick.reading.text.passages import Hints

__all__ = ["html"]

NO_ARTICLE = "no article text on this page; save the article itself, or give its text as .txt"


def html(content: bytes, received: Received) -> Retrieved:
    """Read a web page: the text of its article as trafilatura gives it, then what stands apart from it.

    Raises:
        ReadingError: Where the page cannot be parsed, holds no article, or is made to cost time.
    """
    name = received.name
    try:
        text, details, hints = _read(content, name)
    except ReadingError:
        raise
    except Exception as error:  # a hostile page may break the parser anywhere; it must not stop the other reports
        raise ReadingError(name, f"the page cannot be parsed ({type(error).__name__}: {str(error)[:200]})") from error
    # The page is the document: two mastheads over one text are two reports.
    return assemble(received, content, Kind.HTML, text, details, hints, id=sha256(content).hexdigest())


def _read(content: bytes, name: str) -> tuple[str, tuple[Detail, ...], Hints]:
    """The text of a page, its details, and what is known of its passages."""
    source = decode_file(content)
    if reason := refusal(source):
        raise ReadingError(name, reason)
    tree = trafilatura.load_html(source)
    if not isinstance(tree, HtmlElement):
        raise ReadingError(name, NO_ARTICLE)
    # Held until the end: lxml makes each of them anew where nobody holds it.
    elements = list(tree.iter("*"))
    if reason := bounded(elements, len(source)):
        raise ReadingError(name, reason)
    # Without options: what is measured as trafilatura's own text is its default. It leaves the tree that it is given.
    page = trafilatura.bare_extraction(tree)
    if not isinstance(page, Page) or not (page.text or "").strip():
        raise ReadingError(name, NO_ARTICLE)
    body = page.text or ""
    fields = named(tree)
    found = survey(elements, body, next((one.value for one in fields if one.field == "description"), None))
    known = taken(tree, fields, found)
    title, address = (next((one.value for one in known if one.field == field), None) for field in ("title", "url"))
    whole = compose(body, title, page.comments or "", found)
    details = (
        *known,
        *dates(tree, address, fields, found),
        *language_of(fields, body),
        *(detail for detail in fields if detail.field == "credit"),
        *credit_lines(whole.text),
    )
    return whole.text, details, Hints(title, stretches=whole.stretches, names=frozenset(found.bold))
