"""Rebuild paragraphs from printed lines: the lines of pages come in, paragraphs and what runs along pages go out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from tallystick.reading.formats.pdf_lines import BREAK, Line

__all__ = ["Paragraph", "paragraphs", "running", "without_numbers"]

Page = Sequence[Line]
# Lines at either end of a page that may run along: a header of two lines, a footer of two lines.
EDGE = 2
# Pages on which a line stands from which it runs along; two are enough where there are no more.
RUNS = 3
# Part of the pages: headers differ between left and right pages and between chapters.
RUNS_SHARE = 0.25
# How far apart, in points, the same running line may stand: pages of a different trim differ by less.
SAME_HEIGHT = 8.0
# A line farther below than this times the usual distance starts a paragraph: blank lines have 2, a heading 1.3 to 2.
APART = 1.3
# Usual distance of lines in font sizes where a text has too few to tell: setters use 1.1 to 1.5.
LEADING = 1.25
LEADING_MOST = 3.0
# An indent in font sizes: setters use 1 to 2; a ragged left edge stays below a quarter.
INDENT = 0.5
# Lines that begin within this many font sizes are flush: optical margins and rounding move them by less.
NEAR = 1.0
# Sizes that differ by less are one size: words of another face in a line are set a tenth smaller, headings are larger.
SAME_SIZE = 0.12
# Headings are set from 1.15 times the size of the text on (12 over 10 points).
HEADING = 1.15
HEADING_LENGTH = 200
STOPS = tuple(".!?:;…。！？\"”»)’'")
LIST_SIGNS = ("•", "–", "—", "-", "*", "·", "▪", "■", "o ")
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?|стр\. ?|с\. ?|- |– |— )?(\d{1,4})(?: ?/ ?\d{1,4}| of \d{1,4}| из \d{1,4})?(?: [-–—])?",
    re.IGNORECASE,
)
BROKEN_WORD = re.compile(rf"(\w+)[-‐{BREAK}]$")
FIRST_WORD = re.compile(r"\w+(?:-\w+)*")
SUSPENDED = frozenset("and or to und oder bis и или".split())
# "twenty-" and "five" are one number: without its hyphen it would not be read.
TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())


class Paragraph(NamedTuple):
    """A paragraph as it was printed.

    Attributes:
        text: Its words in one line.
        page: The page that it starts on, counted from 1.
        size: Font size of its first line.
        heading: Whether it is set larger than the text.
    """

    text: str
    page: int
    size: float
    heading: bool


def running(pages: Sequence[Page]) -> dict[int, set[int]]:
    """Give the lines that run along the pages, headers, footers and page numbers: index of page to indexes of lines."""
    places: defaultdict[str, list[tuple[int, int, float]]] = defaultdict(list)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for index, page in enumerate(pages):
        order = sorted(range(len(page)), key=lambda at: -page[at].base)
        for at in {*order[:EDGE], *order[-EDGE:]}:
            line = page[at]
            places[without_numbers(line.text)].append((index, at, line.base))
            number = PAGE_NUMBER.fullmatch(line.text)
            if number and (int(number[1]) == index + 1 or line.text != number[1]) and at in (order[0], order[-1]):
                found[index].add(at)
    enough = max(min(RUNS, len(pages)), RUNS_SHARE * len(pages), 2)
    for stands in places.values():
        middle = median(height for _, _, height in stands)
        level = [(index, at) for index, at, height in stands if abs(height - middle) <= SAME_HEIGHT]
        if len({index for index, _ in level}) >= enough:
            for index, at in level:
                found[index].add(at)
    return dict(found)


def without_numbers(line: str) -> str:
    """Give what a running line has in common on all its pages: its words without the number of the page."""
    return DIGITS.sub("#", line.casefold())


def paragraphs(pages: Sequence[Page]) -> list[Paragraph]:
    """Give the paragraphs of pages without their running lines; one may go on over columns and pages."""
    usual = _text_size(line for page in pages for line in page)
    leading = _leading(pages, usual)
    known = _words(line.text for page in pages for line in page)
    runs: list[list[tuple[int, Line]]] = []
    before = 0.0
    for number, page in enumerate(pages, 1):
        for line, edge in zip(page, _right_edges(page, leading), strict=True):
            if runs and _goes_on(runs[-1], line, number, leading, (before, edge)):
                runs[-1].append((number, line))
            else:
                runs.append([(number, line)])
            before = edge
    found = []
    for run in runs:
        number, first = run[0]
        text = _joined([line.text for _, line in run], known)
        heading = first.size >= HEADING * usual and len(text) <= HEADING_LENGTH
        found.append(Paragraph(text, number, first.size, heading))
    return found


def _goes_on(run: list[tuple[int, Line]], line: Line, number: int, leading: float, edges: tuple[float, float]) -> bool:
    """Whether `line` belongs to the paragraph of the lines before it; `edges` are the right ones of both."""
    page, last = run[-1]
    if not _is_one_size(last, line):
        return False
    if last.text.endswith(BREAK):
        return True
    if number != page or last.base - line.base < -line.size:  # another page, or the top of another column
        is_full = last.right > edges[0] - line.size and len(run) > 1
        return not last.text.endswith(STOPS) and (line.text[0].islower() or is_full)
    if not _is_one_block(last, line, leading) or line.text.startswith(LIST_SIGNS):
        return False
    if line.left > last.left + INDENT * line.size and not run[0][1].text.startswith(LIST_SIGNS):
        return False
    # A line that had room for the next word ends a paragraph.
    word = line.text.split(" ", 1)[0]
    width = (line.right - line.left) / len(line.text) * (len(word) + 1)
    return last.right + width > max(edges[1], last.right) - 0.5 * line.size


def _right_edges(page: Page, leading: float) -> list[float]:
    """For each line the right edge of those that begin near it in its block: lines of one size without a gap."""
    edges: list[float] = []
    start = 0
    for index in range(1, len(page) + 1):
        if index == len(page) or not _is_one_block(page[index - 1], page[index], leading):
            width = NEAR * max(page[start].size, 1)
            widest: dict[int, float] = {}
            for line in page[start:index]:
                place = round(line.left / width)
                widest[place] = max(line.right, widest.get(place, line.right))
            for line in page[start:index]:
                place = round(line.left / width)
                edges.append(max(widest.get(near, line.right) for near in (place - 1, place, place + 1)))
            start = index
    return edges


def _is_one_block(last: Line, line: Line, leading: float) -> bool:
    """Whether a line stands close under another of its size."""
    down = last.base - line.base
    return _is_one_size(last, line) and -line.size <= down <= APART * leading * max(line.size, 1)


def _is_one_size(last: Line, line: Line) -> bool:
    return abs(line.size - last.size) <= SAME_SIZE * max(line.size, last.size)


def _text_size(lines: Iterable[Line]) -> float:
    """The font size in which most of the text is set."""
    marks: Counter[float] = Counter()
    for line in lines:
        marks[line.size] += len(line.text)
    return marks.most_common(1)[0][0] if marks else 1.0


def _leading(pages: Sequence[Page], usual: float) -> float:
    """The usual distance of lines of the text, in font sizes."""
    gaps: Counter[float] = Counter()
    for above, below in _pairs(pages):
        if above.size == below.size == usual and 0 < above.base - below.base <= LEADING_MOST * usual:
            gaps[round((above.base - below.base) / usual, 1)] += 1
    return gaps.most_common(1)[0][0] if gaps and usual else LEADING


def _pairs(pages: Sequence[Page]) -> Iterator[tuple[Line, Line]]:
    for page in pages:
        yield from pairwise(page)


def _words(texts: Iterable[str]) -> frozenset[str]:
    """Every word of the text, also with its hyphens: how the report itself writes what a line end breaks."""
    return frozenset(word.casefold() for text in texts for word in FIRST_WORD.findall(text.removesuffix(BREAK)))


def _joined(lines: Sequence[str], known: frozenset[str]) -> str:
    """The lines as one, with words that line ends broke made whole."""
    text = lines[0]
    for line in lines[1:]:
        before, after = BROKEN_WORD.search(text), FIRST_WORD.match(line)
        text = text.rstrip(BREAK) + "-" if text.endswith(BREAK) else text
        if before is None or after is None or after[0] in SUSPENDED:
            text = f"{text} {line}"
        else:
            text = (text[:-1] if _is_one_word(before[1], after[0], known) else text) + line
    return text.replace(BREAK, "-")


def _is_one_word(before: str, after: str, known: frozenset[str]) -> bool:
    """Whether a hyphen between two pieces was put there by the end of the line."""
    if not (before[-1].isalpha() and after[0].islower()) or before.casefold() in TENS:
        return False
    whole = (before + after).casefold()
    return whole in known or f"{before}-{after}".casefold() not in known
