"""Find what stands apart from the article on a web page: its tree and body come in, text and labeled stretches go out.

The body stays as one piece; titles, standfirsts, captions, comments and links that it lacks follow it, each a line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement
from rapidfuzz.fuzz import partial_ratio, ratio

from tallystick.model.document import PassageKind
from tallystick.reading.text import cues

__all__ = ["Survey", "Text", "compose", "fold", "survey"]

# Marks from which a line of the body is found again on the page: enough to be its own, few enough to stand before the
# first link or bold word of a paragraph.
ANCHOR = 24
# A caption, a standfirst or a title of a link of fewer marks is a label ("Photo", "More"), of more is an article.
SHORTEST = 20
LONGEST = 600
# Longest text in which a date of the page is looked for: "Published: Wednesday, 17 September 2025, 10:15 (GMT+3)".
DATED = 90
# Such texts that are kept: those above the article are its own, and a reader sees no more of them than a few.
MOST_DATES = 40
# Links of a page that are kept: a box of related stories has some ten.
MOST_LINKS = 20
# Pictures and comments of a page that are kept; a gallery of more is no article, a debate of more is read elsewhere.
MOST_PARTS = 200
# rapidfuzz ratio from which a title or a standfirst is the line: a dash, a quote or a word may differ.
SAME = 90
# Lines at the top of the body that may be its title or its standfirst.
TOP = 4
SILENT = frozenset(
    ("script", "style", "noscript", "template", "option", "textarea", "svg", "path", "meta", "link", "br")
)
BOLD = frozenset(("b", "strong"))
ASIDE = frozenset(("nav", "aside", "footer", "form", "button"))
# Names that pages give to what stands apart, as whole words of class, id or itemprop.
MARKED = re.compile(
    r"(?<![a-z])(?P<author>author|byline)(?:[-_]*names?)?(?![\w-])"
    r"|(?P<related>related|recommended|read-?(?:also|next)|also-?read|most-?(?:read|popular)|see-?also|more-(?:stories|news))"
    r"|(?P<comment>comment[-_]*(?:body|content|text))(?![\w-])"
    r"|(?P<caption>caption)(?:[-_]*(?:text|body|content))?(?![\w-])"
    r"|(?<![a-z])(?P<standfirst>standfirst|dek|deck|sub-?title|sub-?head(?:line|ing)?|strapline|alternativeheadline"
    r"|(?:article|post|entry|story|news)[-_]*(?:lead|lede|intro|summary|description|excerpt))(?![\w-])",
    re.IGNORECASE,
)
CREDIT = re.compile(r"credit|copyright|source|photographer", re.IGNORECASE)
APART = re.compile(r"related|recommended|comment|sidebar|most-?read|promo|teaser|newsletter|footer", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
KINDS = {kind.value: kind for kind in PassageKind}


class Text(NamedTuple):
    """The text of a page.

    Attributes:
        text: The body, then what stands apart from it.
        stretches: Start, end and kind of what is known to be no body, in order.
    """

    text: str
    stretches: tuple[tuple[int, int, PassageKind], ...]


@dataclass(slots=True)
class Survey:
    """What one pass over the elements of a page finds.

    Attributes:
        marked: Elements that their names or tags show to stand apart, in the order of the page.
        dated: Short texts that hold a year: place among the elements, element and text.
        authors: Elements that are named after who wrote it.
        bold: Short texts in bold, as names in interviews are.
        lead: The element that shows the description of the page.
        title: The first h1.
        titled: Its place among the elements, or -1.
        anchor: The element that holds the first paragraph of the body that is found again.
        anchored: Its place among the elements, or -1.
    """

    marked: list[tuple[HtmlElement, PassageKind]] = field(default_factory=list)
    dated: list[tuple[int, HtmlElement, str]] = field(default_factory=list)
    authors: list[HtmlElement] = field(default_factory=list)
    bold: set[str] = field(default_factory=set)
    lead: HtmlElement | None = None
    title: HtmlElement | None = None
    titled: int = -1
    anchor: HtmlElement | None = None
    anchored: int = -1


def survey(elements: Iterable[HtmlElement], body: str, description: str | None) -> Survey:
    """Go once over the elements of a page.

    Args:
        elements: All elements of a page, in order.
        body: The text of its article.
        description: What its meta elements say that it is about, or None.
    """
    found = Survey()
    starts = {line[:ANCHOR] for line in body.split("\n") if len(line) > 2 * ANCHOR}
    begun = " ".join(description.split())[:ANCHOR] if description and len(description) > SHORTEST else None
    for index, element in enumerate(elements):
        tag = element.tag
        if tag in SILENT:
            continue
        _note(element, found)
        text = element.text
        if not text or len(text) < 4 or text.isspace():
            continue
        if tag == "h1" and found.title is None:
            found.title, found.titled = element, index
        if tag in BOLD and len(text) <= 2 * ANCHOR:
            found.bold.add(" ".join(text.split()).rstrip(": "))
        if len(text) <= DATED and YEAR.search(text) and len(found.dated) < MOST_DATES:
            found.dated.append((index, element, text))
        if len(text) >= SHORTEST:
            opening = " ".join(text[: 4 * ANCHOR].split())[:ANCHOR]
            if opening == begun and found.lead is None:
                found.lead = element
            if opening in starts and found.anchor is None:
                found.anchor, found.anchored = element, index
    return found


def _note(element: HtmlElement, found: Survey) -> None:
    """Keep an element whose tag or names say what it is."""
    if element.tag == "figcaption":
        found.marked.append((element, PassageKind.CAPTION))
        return
    itemprop = element.get("itemprop")
    if itemprop in ("description", "alternativeHeadline"):
        found.marked.append((element, PassageKind.STANDFIRST))
        return
    names = element.get("class")
    match = MARKED.search(names) if names else None
    if match and match.lastgroup == "author":
        found.authors.append(element)
    elif match and match.lastgroup:
        found.marked.append((element, KINDS[match.lastgroup]))
    elif itemprop == "author" or (element.tag == "a" and element.get("rel") == "author"):
        found.authors.append(element)


def compose(body: str, title: str | None, comments: str, found: Survey) -> Text:
    """Put the text of a page together: the body as it is, then each part that it lacks.

    Args:
        body: The text of the article.
        title: The title of the page, or None.
        comments: Reader comments that were told apart, one a line.
        found: What the page holds.
    """
    lines = _lines(body) if found.marked else {}
    inside: list[tuple[int, int, PassageKind]] = []
    apart: list[tuple[PassageKind, str]] = []
    taken: set[str] = set()
    if title and not _holds(body, title):
        apart.append((PassageKind.HEADLINE, " ".join(title.split())))
        taken.add(fold(title))
    for kind, text, sure in _parts(found, with_comments=not comments):
        key = fold(text)
        if key in taken:
            continue
        taken.add(key)
        if key in lines:
            if sure:
                inside.append((*lines[key], kind))
        elif kind is not PassageKind.STANDFIRST or not _holds(body, text):
            apart.append((kind, text))
    if comments:
        apart.append((PassageKind.COMMENT, comments))
    order = (
        PassageKind.HEADLINE,
        PassageKind.STANDFIRST,
        PassageKind.CAPTION,
        PassageKind.COMMENT,
        PassageKind.RELATED,
    )
    return _joined(body, sorted(inside), sorted(apart, key=lambda part: order.index(part[0])))


def _joined(
    body: str, inside: Iterable[tuple[int, int, PassageKind]], apart: Iterable[tuple[PassageKind, str]]
) -> Text:
    """The body and what follows it, a blank line between them."""
    pieces = [body]
    stretches = list(inside)
    at = len(body)
    for kind, text in apart:
        stretches.append((at + 2, at + 2 + len(text), kind))
        pieces.append(text)
        at += 2 + len(text)
    return Text("\n\n".join(pieces), tuple(stretches))


def _lines(body: str) -> dict[str, tuple[int, int]]:
    """Where the short lines of the body stand, by how they fold."""
    found: dict[str, tuple[int, int]] = {}
    at = 0
    for line in body.split("\n"):
        if SHORTEST <= len(line) <= LONGEST:
            found.setdefault(fold(line), (at, at + len(line)))
        at += len(line) + 1
    return found


def fold(text: str) -> str:
    """Give a text without case and without more than one blank in a row."""
    return " ".join(text.casefold().split())


def _holds(body: str, text: str) -> bool:
    """Whether the top of the body says a title or a standfirst, a few marks apart."""
    key = fold(text)
    top = [fold(line[: 2 * LONGEST]) for line in body.split("\n", TOP)[:TOP]]
    if any(key in line or ratio(key, line) >= SAME for line in top):
        return True
    # A shorter line in a longer one: only where there is enough of it to be no accident.
    return len(key) >= SHORTEST and any(len(line) > len(key) and partial_ratio(key, line) >= SAME for line in top)


def _parts(found: Survey, *, with_comments: bool) -> Iterator[tuple[PassageKind, str, bool]]:
    """What stands apart, in order, and whether the page itself says so where the body holds the same line."""
    home = None if found.anchor is None else next(found.anchor.iterancestors("article"), None)
    links = 0
    for element, kind in found.marked[:MOST_PARTS]:
        if kind is PassageKind.RELATED:
            for link in islice(element.iter("a"), MOST_LINKS - links):
                links += 1
                text = _words(link)
                if SHORTEST <= len(text) <= LONGEST:
                    yield kind, text, True
        elif kind is PassageKind.COMMENT:
            text = _words(element) if with_comments else ""
            if text:
                yield kind, text, True
        elif _belongs(element, home):
            text = _words(element)
            if SHORTEST <= len(text) <= LONGEST and cues.kind_of(text) is None:
                yield kind, text, True
    if found.lead is not None and _belongs(found.lead, home):
        text = _words(found.lead)
        if SHORTEST <= len(text) <= LONGEST:
            yield PassageKind.STANDFIRST, text, False


def _belongs(element: HtmlElement, home: HtmlElement | None) -> bool:
    """Whether an element is of this article: in no other one, and in no box beside it."""
    for above in element.iterancestors():
        if above is home:
            return True
        if above.tag in ASIDE or (above.tag == "article" and home is not None) or above.tag == "a":
            return False
        if above.tag != "body" and APART.search(above.get("class") or ""):
            return False
    return True


def _words(element: HtmlElement) -> str:
    """The words of an element in one line, without credits of pictures."""
    if len(element) == 0:
        return " ".join((element.text or "").split())
    pieces = [element.text or ""]
    for child in element:
        if child.tag not in SILENT and not CREDIT.search(child.get("class") or ""):
            pieces.append(child.text_content())
        elif child.tag == "br":
            pieces.append(" ")
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())
