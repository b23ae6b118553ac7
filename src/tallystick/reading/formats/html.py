"""Read a web page: bytes come in, the text of its article, what stands apart from it and its details go out."""

from hashlib import sha256

import trafilatura
from trafilatura.settings import Document as Page

from tallystick.errors import ReadingError
from tallystick.model.document import Retrieved
from tallystick.reading.received import Kind, Received, assemble, stated
from tallystick.reading.text.passages import Hints

__all__ = ["html"]

# htmldate leaves out dates after "today" and would make the same page differ from day to day; so it gets a fixed end.
DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}


def html(content: bytes, received: Received) -> Retrieved:
    """Read a web page: the text of its article, then its reader comments, without scripts and furniture.

    Raises:
        ReadingError: Where the page cannot be parsed or holds no article.
    """
    name = received.name
    try:
        page = trafilatura.bare_extraction(
            content, include_comments=True, include_tables=True, favor_recall=True, with_metadata=True,
            date_extraction_params=DATES,
        )  # fmt: skip
    except Exception as error:  # a hostile page may break the parser anywhere; it must not stop the other reports
        raise ReadingError(name, f"the page cannot be parsed ({type(error).__name__}: {error})") from error
    if not isinstance(page, Page) or not (page.text or "").strip():
        raise ReadingError(name, "no article text on this page; save the article itself, or give its text as .txt")
    body, comments = page.text or "", page.comments or ""
    text = f"{body}\n\n{comments}" if comments else body
    details = (
        *stated("title", page.title, "page title"),
        *stated("url", page.url, "page address"),
        *stated("outlet", page.sitename, "page site name"),
        *stated("author", page.author, "page author"),
        *stated("published", page.date, "page date"),
    )
    hints = Hints(page.title, comments=len(body) + 2 if comments else None)
    # The page is the document: two mastheads over one text are two reports.
    return assemble(received, content, Kind.HTML, text, details, hints, id=sha256(content).hexdigest())
