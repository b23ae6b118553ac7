"""Cut a document into sentences and tokens by the marks of its script, and find its quotations.

Takes a `Document` and how its language is written; gives a `Parse`, every offset a code point of the text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tallystick.languages.language import Parse, Sentence, Token, is_written_in
from tallystick.model.attribution import Span
from tallystick.model.document import READABLE, Document

__all__ = ["Writing", "parse"]

# Longest sentence read as one, in code points: the longest of the four development sets has 700. Readers look around
# in a sentence; one that has no end, a table or junk, would take time that grows with its square.
LONGEST_SENTENCE = 1_500
# Longest quotation believed, in code points: beyond it a mark was lost.
LONGEST_QUOTE = 3_000
# Marks that open a quotation, each with the one that closes it; the straight mark does both.
PAIRS = {"«": "»", "“": "”", "„": "“”", "「": "」", "『": "』", "‘": "’", "《": "", '"': '"'}
QUOTE_MARK = re.compile('[«»“”„「」『』‘’"]')
# Marks that close after the end of a sentence and belong to it.
CLOSING = "»”’」』）)\"'"
CAPITALIZED = re.compile(r"\s+[^\W\d_a-zа-яёіїєґ][a-zа-яёіїєґ]{2}")
DIGIT = re.compile(r"\d")


class Writing(NamedTuple):
    """How a language is written.

    Attributes:
        token: Matches one token wherever there is one.
        end: Matches the marks that may end a sentence.
        abbreviations: Words, lower case, after which a full stop ends no sentence.
        closing: Of these, the ones after which it ends one before a word with a capital: "12,4 млн. Управление".
    """

    token: re.Pattern[str]
    end: re.Pattern[str]
    abbreviations: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()


def parse(document: Document, code: str, writing: Writing) -> Parse:
    """Cut the readable passages of `document` that are in the language `code`, and find their quotations.

    Args:
        document: The report.
        code: BCP 47 code of the language; passages in another one are left out.
        writing: How it is written.
    """
    text = document.text
    sentences: list[Sentence] = []
    quotes: list[Span] = []
    for number, passage in enumerate(document.passages):
        if passage.kind not in READABLE or not is_written_in(document, passage, code):
            continue
        quotes.extend(_quotes(text, passage.start, passage.end))
        for start, end in _sentence_spans(text, passage.start, passage.end, writing):
            tokens = tuple(_tokens(text, start, end, writing.token))
            if tokens:
                sentences.append(Sentence(start, end, tokens, number, len(sentences), passage.kind))
    return Parse(document, tuple(sentences), tuple(quotes))


def _tokens(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[Token]:
    for match in pattern.finditer(text, start, end):
        word = match.group()
        tag = "num" if DIGIT.match(word) else "word" if word[0].isalpha() else "mark"
        yield Token(word, word.lower(), match.start(), match.end(), tag)


def _sentence_spans(text: str, start: int, end: int, writing: Writing) -> Iterator[Span]:
    """The sentences of a passage; a line break ends one too, and so does `LONGEST_SENTENCE`."""
    begin = start
    for match in writing.end.finditer(text, start, end):
        stop = match.end()
        while stop < end and text[stop] in CLOSING:
            stop += 1
        if not _ends(text, match, stop, end, writing):
            continue
        yield from _trimmed(text, begin, stop)
        begin = stop
    yield from _trimmed(text, begin, end)


def _ends(text: str, match: re.Match[str], stop: int, end: int, writing: Writing) -> bool:
    """Whether a mark ends its sentence: a full stop not within a number, an abbreviation or before a small letter."""
    mark = match.group()
    if "\n" in mark or mark[-1] in "。！？!?":
        behind = text[stop : stop + 1]
        # "«...!» — сказал он" and "“...！”他说" go on.
        return "\n" in mark or mark[-1] not in "!?" or not _goes_on(text, stop, end) or behind == ""
    if mark[-1] == ".":
        if text[match.start() - 1 : match.start()].isdigit() and text[stop : stop + 1].isdigit():
            return False
        word = re.search(r"[\w.]*$", text[max(0, match.start() - 12) : match.start()])
        before = word.group().lower() if word else ""
        if before in writing.closing and CAPITALIZED.match(text, stop, end) is not None:
            return True
        if before in writing.abbreviations or (len(before) == 1 and before.isalpha()):
            return False
        if stop < end and not text[stop].isspace():
            return ord(text[match.start() - 1 : match.start()] or " ") >= 0x2E80  # Hangul and Han set no space
    return not _goes_on(text, stop, end)


def _goes_on(text: str, stop: int, end: int) -> bool:
    """Whether a small letter or a dash with one follows."""
    ahead = text[stop : min(end, stop + 6)].lstrip(" \u00a0—–-,")
    return ahead[:1].islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """A span without the white space around it, in pieces where it is too long."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE) + 1 or start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _quotes(text: str, start: int, end: int) -> Iterator[Span]:
    """The quotations of a passage, marks outside; one that is never closed runs to its end."""
    opened: tuple[int, str] | None = None
    for match in QUOTE_MARK.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if PAIRS.get(mark):
                opened = match.start(), PAIRS[mark]
        elif mark in opened[1]:
            if match.end() - opened[0] <= LONGEST_QUOTE:
                yield opened[0], match.end()
            opened = None
    if opened is not None and end - opened[0] <= LONGEST_QUOTE and opened[1] != "’":
        yield opened[0], end
