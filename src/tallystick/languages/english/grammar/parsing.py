"""Parse an English document: sentences and tagged tokens of its headlines and body, and its quotations."""

import re
from collections.abc import Iterator

from tallystick.languages.english.grammar.tagging import tags
from tallystick.languages.english.grammar.tokens import sentence_spans, token_spans
from tallystick.languages.language import Parse, Sentence, Token, is_written_in
from tallystick.model.attribution import Span
from tallystick.model.document import READABLE, Document

__all__ = ["parse"]

# Straight quotes, curly quotes and the AP's doubled marks; a single straight quote is an apostrophe too often.
QUOTE_MARK = re.compile(r"``|''|[\"“”]|(?<![^\W_])[‘'](?=[^\W_])|(?<=[.,!?\w])[’'](?![^\W_])")
OPENING = frozenset(("``", "“", "‘"))
CLOSING = frozenset(("''", "”", "’"))
# Longest sentence read as one, in tokens (en-train: the longest has 128). Readers look around in a sentence; one that
# has no end, a table or junk, would take time that grows with its square.
LONGEST_SENTENCE = 200
# Longest quotation believed, in code points: beyond it a mark was lost (en-train: longest real one 1,900).
MAX_QUOTE = 3_000


def parse(document: Document) -> Parse:
    """Cut the readable English passages of `document` into sentences of tagged tokens, and find its quotations."""
    text = document.text
    sentences: list[Sentence] = []
    for number, passage in enumerate(document.passages):
        if passage.kind not in READABLE or not is_written_in(document, passage, "en"):
            continue
        for start, end in sentence_spans(text, passage.start, passage.end):
            for first, last, tokens in _pieces(start, end, _tokens(text, start, end)):
                sentences.append(Sentence(first, last, tokens, number, len(sentences), passage.kind))
    return Parse(document, tuple(sentences), _quotes(document))


def _pieces(start: int, end: int, tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, tuple[Token, ...]]]:
    """A sentence with its span; one that never ends in pieces with theirs."""
    if len(tokens) <= LONGEST_SENTENCE:
        yield start, end, tokens
        return
    for first in range(0, len(tokens), LONGEST_SENTENCE):
        piece = tokens[first : first + LONGEST_SENTENCE]
        yield piece[0].start, piece[-1].end, piece


def _tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    spans = list(token_spans(text, start, end))
    words = [text[a:b] for a, b in spans]
    return tuple(
        Token(word, word.lower(), a, b, tag) for word, (a, b), tag in zip(words, spans, tags(words), strict=True)
    )


def _quotes(document: Document) -> tuple[Span, ...]:
    """Spans between double quotation marks; one that a paragraph reopens runs on, one never closed ends there."""
    text = document.text
    found: list[Span] = []
    for passage in document.passages:
        if passage.kind not in READABLE:
            continue
        opened: int | None = None
        for match in QUOTE_MARK.finditer(text, passage.start, passage.end):
            mark = match.group()
            if mark in ("'", "’", "‘"):
                continue
            reopens = (
                opened is not None and mark == '"' and _only_opens(text, match.start(), passage.start, passage.end)
            )
            if reopens and opened is not None:
                # '"We came. "We saw."': a running quotation that opens anew without a closing mark.
                found.append((opened, opened + len(text[opened : match.start()].rstrip())))
                opened = None
            opens = mark in OPENING or (opened is None and (mark == '"' or _opens(text, match, passage.start)))
            if opens and opened is None:
                opened = match.start()
            elif not opens and opened is not None:
                if match.end() - opened <= MAX_QUOTE:
                    found.append((opened, match.end()))
                opened = None
        if opened is not None and passage.end - opened <= MAX_QUOTE:
            # The convention of running quotations: no closing mark where the next paragraph goes on quoting.
            found.append((opened, passage.end))
    return tuple(found)


def _opens(text: str, match: re.Match[str], start: int) -> bool:
    """Whether a doubled mark opens although it is the closing one: before a word, behind white space."""
    behind = text[match.end() : match.end() + 1]
    return behind.isalnum() and (match.start() == start or not text[match.start() - 1].isalnum())


def _only_opens(text: str, at: int, start: int, end: int) -> bool:
    """Whether the straight mark at `at` can only open: white space before it, a word behind it."""
    return at > start and text[at - 1].isspace() and at + 1 < end and text[at + 1].isalnum()
