"""Say whether a web page can be read in bounded time: it comes in, a reason against it or None goes out.

Parsers take time with the square of the attributes of one element, and extraction with the number of elements.
"""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

__all__ = ["bounded", "refusal"]

# Marks of a page below which no element can have attributes enough to cost more than a second or two.
SMALL = 150_000
# Attributes of one element: real ones have up to some 40, of which scripts keep their state in most.
MOST_ATTRIBUTES = 400
# A tag with so many attributes is at least this long.
LONG_TAG = 3 * MOST_ATTRIBUTES
# Signs "<" in a page, those of its scripts included; parsing takes 1 s and 300 MB a million of elements.
MOST_SIGNS = 400_000
# Elements of a page, line breaks aside; extraction takes some 80 s a million, and more as they grow. The longest
# debate under an article has some 2,000 comments of 20 elements.
MOST_ELEMENTS = 60_000
# Elements times the deepest nesting, and marks times it: extraction takes the text of each element again and again,
# some 7 s a million of the one and 9 s a billion of the other. A long live page has 20,000 elements 40 deep in 2 MB.
MOST_STEPS = 2_000_000
MOST_MARKS = 1_000_000_000
# The parser cuts off what is nested deeper.
DEEPEST = 256
# What trafilatura takes out before it parses; taken out here, it can hide no tag from the look at them.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Each tag as the HTML standard splits text into tags. Every branch takes what it has begun, so that no mark is looked
# at twice; comments end where the standard lets them end first, so that they hide nothing.
TAG = re.compile(
    r"<!--(?:>|->|[\s\S]*?(?:--!?>|\Z))"
    r"|<(?P<raw>script|style|title|textarea|xmp|iframe|noembed|noframes)(?=[\s/>])[^>]*+>[\s\S]*?(?:</(?P=raw)|\Z)"
    r"|<[a-z][^\s/>]*+(?P<attributes>(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"'][^\s>]*+)?+)?+)*+)",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"'][^\s>]*+)?+)?+")


def refusal(text: str) -> str | None:
    """Give why a page is not parsed at all, or None."""
    if text.count("<") > MOST_SIGNS:
        return f"more than {MOST_SIGNS:,} tags in one page; save the article alone"
    if len(text) <= SMALL:
        return None
    for tag in TAG.finditer(CONTROLS.sub("", text)):
        attributes = tag["attributes"]
        if attributes is None or len(attributes) < LONG_TAG:
            continue
        for count, _ in enumerate(ATTRIBUTE.finditer(attributes)):
            if count >= MOST_ATTRIBUTES:
                return f"an element with more than {MOST_ATTRIBUTES} attributes; save the article alone"
    return None


def bounded(elements: Sequence[HtmlElement], size: int) -> str | None:
    """Give why the article of a parsed page is not looked for, or None; attributes that no page has are dropped.

    Args:
        elements: All of the page.
        size: Marks of its source.
    """
    if len(elements) > MOST_ELEMENTS:
        return f"more than {MOST_ELEMENTS:,} elements in one page; save the article alone"
    deep = min(MOST_STEPS // len(elements), MOST_MARKS // max(size, 1))
    if deep < DEEPEST and elements[0].xpath(f"boolean(//*[ancestor::*[{deep}]])"):
        return f"elements nested more than {deep} deep in a page of this size; save the article alone"
    # A page of a few kB cannot hold enough of them to cost time.
    if size > LONG_TAG:
        for element in elements[0].xpath(f"//*[count(@*) > {MOST_ATTRIBUTES}]"):
            element.attrib.clear()
    return None
