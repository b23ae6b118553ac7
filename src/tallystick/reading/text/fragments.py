"""Read a piece of HTML that is an article and nothing else, as feeds carry it: HTML comes in, its paragraphs go out.

Nothing is looked for in it: there is no page around the article. Scripts, styles and forms are left out.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from tallystick.model.document import PassageKind
from tallystick.reading.text.characters import normalize

__all__ = ["Piece", "fragment"]

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "tr", "ul",
))  # fmt: skip
CELLS = frozenset(("td", "th"))
SILENT = frozenset((
    "button", "embed", "form", "head", "iframe", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "video", "audio", "math",
))  # fmt: skip
KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), PassageKind.HEADLINE),
    **dict.fromkeys(("figcaption", "caption"), PassageKind.CAPTION),
}
CELL_JOINT = " | "


class Piece(NamedTuple):
    """One paragraph of a fragment.

    Attributes:
        text: Its words in one line, normalized.
        kind: HEADLINE or CAPTION where its element says so, else BODY.
    """

    text: str
    kind: PassageKind


def fragment(html: str) -> tuple[Piece, ...]:
    """Give the paragraphs of a piece of HTML in order; none where it holds no words."""
    pieces: list[Piece] = []
    words: list[str] = []
    kind = PassageKind.BODY
    for text, block in _runs(html):
        if block is None:
            words.append(text)
            continue
        if line := _line(words):
            pieces.append(Piece(line, kind))
        words.clear()
        kind = block
    if line := _line(words):
        pieces.append(Piece(line, kind))
    return tuple(pieces)


def _line(words: list[str]) -> str:
    return normalize(" ".join("".join(words).split()).strip(CELL_JOINT)).text


def _runs(html: str) -> Iterator[tuple[str, PassageKind | None]]:
    """The texts in order; where a paragraph begins, an empty one with its kind."""
    # NUL ends what libxml2 reads; a lone surrogate cannot be written.
    content = html.replace("\0", " ").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError):
        return
    if root is None:
        return
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        starts = event == "start"
        if element.tag in SILENT:
            silent += 1 if starts else -1
        if element.tag in BLOCKS:
            yield "", _kind(element if starts and element.tag != "br" else element.getparent())
        elif element.tag in CELLS and not starts:
            yield CELL_JOINT, None
        if not silent:
            yield (element.text if starts else element.tail) or "", None


def _kind(element: etree._Element | None) -> PassageKind:
    """What a text is that stands in `element`: the nearest element around it that says so tells."""
    while element is not None:
        if element.tag in KINDS:
            return KINDS[element.tag]
        element = element.getparent()
    return PassageKind.BODY
