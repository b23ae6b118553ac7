"""What each paragraph of a report is: a text comes in, labeled passages go out, in order and without overlap.

Figures are read in headlines and body alone. What is left out is told by its wording (`cues`) or by its place: reader
comments stand together under their title, names stand under "Guest commentators:", a headline stands before prose.
A paragraph of which nothing can be told is body: prose that is left out by mistake is lost, furniture that is read
rarely holds a figure.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from tallystick.model.document import Passage, PassageKind
from tallystick.reading.text import cues
from tallystick.reading.text.paragraphs import Span, paragraphs
from tallystick.reading.text.repeats import repeats
from tallystick.reading.text.turns import turns

__all__ = ["Hints", "label"]

# A headline has at most some twenty words; the longest of the gold sets' titles has 117 marks.
HEADLINE_LENGTH = 150
# Han and Hangul say in a third of the marks what letters say.
DENSE_HEADLINE_LENGTH = 45
# From here on a line is prose that a headline can stand before.
PROSE_LENGTH = 80
DENSE_PROSE_LENGTH = 30
# Lines without a full stop that stand together and are more than this are a list or a table, not headlines.
HEADLINES_TOGETHER = 3
# Before this much body has passed, "5 Comments" is a link under the headline and not the title of the comments.
BODY_BEFORE_COMMENTS = 200
# A comment of a reader has some 150 marks on average; news paragraphs under a mere link have more.
COMMENT_LENGTH = 400
STOPS = tuple(".!?。！？…:;,\"”»'’)")
LIST_SIGNS = ("- ", "• ", "* ", "– ", "— ", "· ")
Told = TypeVar("Told")
# What an interview consists of; None is body as yet.
TOLD = frozenset((None, PassageKind.BODY, PassageKind.HEADLINE))
LEFT_OUT = frozenset((PassageKind.FURNITURE, PassageKind.BYLINE, PassageKind.DISCLAIMER))


@dataclass(frozen=True, slots=True)
class Hints:
    """What the reader of a format knows of the text beforehand.

    Attributes:
        title: The title of the report, which may stand again in the text.
        header: One past the last code point of the header block ("Title: ...") that the text starts with.
        headings: `start` of the lines that the format itself marks as headings.
        comments: First code point of the reader comments, where the format tells them apart.
        markdown: Whether lines that start with "#" are headings.
        stretches: Where the format itself knows what a stretch of the text is: start, end and kind, in order.
        pages: Where a page starts: code point and number of the page, in order.
        names: What stands in bold and may be a name that opens a turn of an interview without a colon.
    """

    title: str | None = None
    header: int = 0
    headings: frozenset[int] = field(default_factory=frozenset)
    comments: int | None = None
    markdown: bool = False
    stretches: tuple[tuple[int, int, PassageKind], ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    names: frozenset[str] = field(default_factory=frozenset)


def label(text: str, hints: Hints | None = None) -> tuple[Passage, ...]:
    """Give the passages of `text`: every character that is not white space stands in exactly one."""
    known = hints or Hints()
    spans = _without_header_joins(text, known.header)
    lines = [text[start:end] for start, end in spans]
    kinds = _cued(spans, lines, known)
    _mark_names(lines, kinds)
    _mark_comments(lines, kinds)
    _mark_headlines(lines, kinds)
    spoken = turns(lines, [kind in TOLD for kind in kinds], known.names)
    return tuple(
        Passage(
            start,
            end,
            kind or PassageKind.BODY,
            None if earlier is None else spans[earlier][0],
            turn=speaker,
            page=_last(known.pages, start),
        )
        for (start, end), kind, earlier, speaker in zip(spans, kinds, repeats(lines), spoken, strict=True)
    )


def _without_header_joins(text: str, header: int) -> list[Span]:
    """The paragraphs; those of the header block are its lines."""
    if not header:
        return paragraphs(text)
    lines: list[Span] = []
    at = 0
    for line in text[:header].splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = at + len(line) - len(line.lstrip())
            lines.append((start, start + len(bare)))
        at += len(line)
    return lines + [(start + header, end + header) for start, end in paragraphs(text[header:])]


def _cued(spans: list[Span], lines: list[str], known: Hints) -> list[PassageKind | None]:
    """The kinds that the format or the wording gives."""
    title = _folded(known.title) if known.title else None
    kinds: list[PassageKind | None] = []
    marks = tuple((start, (end, kind)) for start, end, kind in known.stretches)
    for (start, _), line in zip(spans, lines, strict=True):
        kind: PassageKind | None
        if (mark := _last(marks, start)) and start < mark[0]:
            kind = mark[1]
        elif known.comments is not None and start >= known.comments:
            kind = PassageKind.COMMENT
        elif start < known.header:
            kind = PassageKind.BYLINE if line[:6].casefold() == "author" else PassageKind.FURNITURE
        elif start in known.headings or (known.markdown and _is_markdown_heading(line)):
            kind = PassageKind.FURNITURE if cues.kind_of(line.lstrip("# ")) else PassageKind.HEADLINE
        elif title and len(line) <= 2 * len(title) and _folded(line) == title:
            kind = PassageKind.HEADLINE
        else:
            kind = cues.kind_of(line)
        kinds.append(kind)
    return kinds


def _last(marks: tuple[tuple[int, Told], ...], start: int) -> Told | None:
    """What the last mark at or before `start` says."""
    index = bisect_right(marks, start, key=lambda mark: mark[0])
    return marks[index - 1][1] if index else None


def _is_markdown_heading(line: str) -> bool:
    marks = len(line) - len(line.lstrip("#"))
    return 1 <= marks <= 6 and line[marks : marks + 1].isspace() and "\n" not in line


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def _mark_names(lines: list[str], kinds: list[PassageKind | None]) -> None:
    """Mark a label such as "Guest commentators:" and the names listed under it."""
    listing = False
    for index, line in enumerate(lines):
        if cues.is_list_label(line):
            listing = True
            kinds[index] = PassageKind.BYLINE
        elif listing:
            name = next((line.removeprefix(sign) for sign in LIST_SIGNS if line.startswith(sign)), line)
            listing = kinds[index] is None and len(name) < HEADLINE_LENGTH and not name.endswith(STOPS[:6])
            listing = listing and (name != line or cues.is_name(name))
            kinds[index] = PassageKind.BYLINE if listing else kinds[index]


def _mark_comments(lines: list[str], kinds: list[PassageKind | None]) -> None:
    """Mark the reader comments under each title, up to the end or to where the report says that it goes on."""
    body = 0
    index = 0
    while index < len(lines):
        if kinds[index] is None and cues.is_comment_title(lines[index]):
            last = _end_of_comments(lines, kinds, index)
            if body < BODY_BEFORE_COMMENTS or not _are_comments(lines, kinds, index, last):
                kinds[index] = PassageKind.FURNITURE
            else:
                for at in range(index, last):
                    kinds[at] = PassageKind.COMMENT if kinds[at] not in LEFT_OUT else kinds[at]
                index = last
                continue
        elif kinds[index] is None:
            body += len(lines[index])
        index += 1


def _end_of_comments(lines: list[str], kinds: list[PassageKind | None], title: int) -> int:
    """The index of the first line after the comments."""
    for index in range(title + 1, len(lines)):
        if kinds[index] is PassageKind.HEADLINE or cues.is_resumption(lines[index]):
            return index
    return len(lines)


def _are_comments(lines: list[str], kinds: list[PassageKind | None], title: int, last: int) -> bool:
    """Whether what stands under a title of comments is comments, and not the report that goes on."""
    under = [lines[index] for index in range(title + 1, last) if kinds[index] is None]
    if not under:
        return False
    if cues.is_name(under[0]) or any(cues.is_comment_mark(line) for line in under[:4]):
        return True
    names = sum(cues.is_name(line) and not cues.is_name(after) for line, after in pairwise(under))
    count = cues.comment_count(lines[title])
    if count is not None and len(under) <= 2 * count:
        return True
    return names >= 2 or sum(map(len, under)) < COMMENT_LENGTH * len(under) / 2


def _mark_headlines(lines: list[str], kinds: list[PassageKind | None]) -> None:
    """Mark short lines without a full stop that stand before prose, few together, as headlines."""
    index = 0
    while index < len(lines):
        run = index
        while run < len(lines) and kinds[run] is None and _is_short(lines[run]):
            run += 1
        if run == index:
            index += 1
            continue
        if run - index <= HEADLINES_TOGETHER and _stands_before_prose(lines, kinds, run):
            for at in range(index, run):
                kinds[at] = PassageKind.HEADLINE
        index = run


def _is_short(line: str) -> bool:
    limit = DENSE_HEADLINE_LENGTH if _is_dense(line) else HEADLINE_LENGTH
    return len(line) <= limit and not line.endswith(STOPS) and not line.startswith(LIST_SIGNS) and " _" not in line[-3:]


def _is_dense(line: str) -> bool:
    """Whether a line is in Han or Hangul: one mark is a syllable or a word."""
    return sum("\u2e80" <= mark <= "\ud7a3" for mark in line[:40]) * 3 > len(line[:40])


def _stands_before_prose(lines: list[str], kinds: list[PassageKind | None], index: int) -> bool:
    """Whether the next line that is read is prose."""
    for at in range(index, len(lines)):
        if kinds[at] is PassageKind.HEADLINE:
            return True
        if kinds[at] is None:
            dense = _is_dense(lines[at])
            return len(lines[at]) >= (DENSE_PROSE_LENGTH if dense else PROSE_LENGTH) or lines[at].endswith(STOPS)
        if kinds[at] is PassageKind.COMMENT:
            return False
    return False
