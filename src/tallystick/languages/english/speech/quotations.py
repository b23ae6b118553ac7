"""Join the quotations of a document and spread the content of speech over them.

Takes the quotation spans of a `Parse`; gives `Quotation`s that run on over paragraphs, and content spans that take
in the whole of the quotation they touch.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tallystick.languages.language import Parse, Sentence
from tallystick.model.attribution import Span

__all__ = ["OPENING", "Inside", "Quotation", "quotations", "with_quotations"]

OPENING = ('"', "“", "``", "''")
CLOSING = ('"', "”", "''")
# A quotation of fewer words borrows a phrase and is nobody's statement.
STATEMENT_WORDS = 4
# White space and marks before a quotation that opens its sentence.
OPENING_WIDTH = 4
# What may stand between a quotation and its cue, in code points: a source of two lines.
NEAR = 160


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation of one speaker.

    Attributes:
        spans: Its parts, marks outside; several where the next paragraph quotes on.
        sentence: Number of the sentence in which it begins.
        last_sentence: Number of the sentence in which it ends.
        sentential: Whether it begins with its sentence and is long enough for a statement.
    """

    spans: tuple[Span, ...]
    sentence: int
    last_sentence: int
    sentential: bool


def quotations(parse: Parse) -> tuple[Quotation, ...]:
    """Give the quotations of `parse` in order; a paragraph that reopens one continues it."""
    text = parse.document.text
    starts = [sentence.start for sentence in parse.sentences]
    groups: list[list[Span]] = []
    for span in parse.quotes:
        if groups and _runs_on(text, groups[-1][-1], span):
            groups[-1].append(span)
        else:
            groups.append([span])
    found = []
    for group in groups:
        first = max(0, bisect_right(starts, group[0][0]) - 1)
        last = max(0, bisect_right(starts, group[-1][1] - 1) - 1)
        before = group[0][0] - starts[first] if starts else OPENING_WIDTH + 1
        at_start = before <= OPENING_WIDTH and not any(mark.isalnum() for mark in text[starts[first] : group[0][0]])
        long = sum(len(text[start:end].split()) for start, end in group) >= STATEMENT_WORDS
        found.append(Quotation(tuple(group), first, last, at_start and long))
    return tuple(found)


def _runs_on(text: str, before: Span, after: Span) -> bool:
    """Whether `after` continues `before`: no closing mark there, nothing but white space between."""
    if text[before[0] : before[1]].endswith(CLOSING) and before[1] - before[0] > len(CLOSING[-1]):
        return False
    return not text[before[1] : after[0]].strip() and text[after[0] : after[1]].startswith(OPENING)


def with_quotations(
    content: tuple[Span, ...], cue: Span, quoted: Sequence[Quotation], *, backward: bool
) -> tuple[Span, ...]:
    """Give `content` with every quotation that it touches taken in whole.

    Args:
        content: What the sentence itself holds of the content; may be empty ('"..." He said.').
        cue: The words of speech; a quotation that holds them is not what they report.
        quoted: All quotations of the document.
        backward: Whether the content stands before the cue: a quotation that ends just before it is content too.
    """
    spans = list(content)
    first = min(content[0][0] if content else cue[0], cue[0] - NEAR)
    last = max(content[-1][1] if content else cue[0], cue[0])
    for k in range(bisect_left(quoted, first, key=_end), len(quoted)):
        quotation = quoted[k]
        if quotation.spans[0][0] >= last:
            break
        if any(start < cue[1] and cue[0] < end for start, end in quotation.spans):
            continue
        touched = any(a < end and start < b for a, b in content for start, end in quotation.spans)
        gap = cue[0] - quotation.spans[-1][1]
        follows = backward and not content and 0 <= gap < NEAR
        if touched or follows:
            spans.extend(quotation.spans)
    return _merged(spans)


class Inside:
    """Tells of the words of sentences that come in order whether quotation marks hold them."""

    def __init__(self, quotes: Sequence[Span]) -> None:
        """Take the spans of the quotations of a document in order."""
        self._quotes = quotes

    def tokens(self, sentence: Sentence) -> list[bool]:
        """Give for each token of `sentence` whether it stands inside quotation marks."""
        quotes = self._quotes
        k = bisect_left(quotes, sentence.start, key=_last)
        if k == len(quotes) or quotes[k][0] >= sentence.end:
            return [False] * len(sentence.tokens)
        flags = []
        for token in sentence.tokens:
            while k < len(quotes) and quotes[k][1] <= token.start:
                k += 1
            flags.append(k < len(quotes) and quotes[k][0] <= token.start)
        return flags


def _last(span: Span) -> int:
    return span[1]


def _end(quotation: Quotation) -> int:
    return quotation.spans[-1][1]


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap joined."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
