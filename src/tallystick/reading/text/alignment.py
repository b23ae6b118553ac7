"""Find the words of a document in the bytes that it was read from: text and bytes come in, an offset map goes out.

The reader that made the text is not trusted: the bytes are decoded anew, and the text is looked for in what they show.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from tallystick.model.document import Original
from tallystick.reading.text.characters import Run, Runs, composed, normalize, span
from tallystick.reading.text.encodings import declared_encoding, decode
from tallystick.reading.text.visible import Visible, markup, strings

__all__ = ["OffsetMap", "locate"]

TEXTS = frozenset(("text/plain", "text/markdown", "text/csv", "text/uri-list"))
JSON = frozenset(("application/json", "application/x-ndjson"))
# Letters and digits that join are a word, each other mark is one; so is each of Han, kana and Hangul, which no space
# parts.
WORD = re.compile(r"[^\W\u2e80-\u9fff\uac00-\ud7a3]+|\S")
# Words that must agree for a place to be taken for the one looked for. Of fewer the next place in order is taken.
ANCHOR = 3
# Places of the same words that are compared by how long they go on agreeing: a teaser, the description, the article.
PLACES = 8
LONGEST = 24
# Words after the cursor among which a single word is looked for.
NEAR = 40
# Words that one word can fall into.
PARTS = 5
# Code points of a source that is looked through word by word: so many words take 500 MB; pages have 1 or 2 MB at most.
LOOKED_THROUGH = 5_000_000
# Code points from one known byte offset to the next.
STEP = 1_024


class _Bytes:
    """Byte offsets of the code points of a decoded text, every `STEP`th of them known."""

    def __init__(self, text: str, encoding: str, mark: int) -> None:
        self._text = text
        self._encoding = encoding
        self._known = [mark]
        for at in range(0, len(text), STEP):
            self._known.append(self._known[-1] + len(text[at : at + STEP].encode(encoding)))

    def at(self, index: int) -> int:
        """The byte that code point `index` starts with."""
        whole = index // STEP
        return self._known[whole] + len(self._text[whole * STEP : index].encode(self._encoding))

    def size(self) -> int:
        """Bytes of the whole."""
        return self._known[-1]


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where in the preserved bytes a text stands.

    Attributes:
        text: The text; `Document.text`.
        runs: Stretches of `text` that were found in what is seen in the source, code point by code point.
        seen: Runs from what is seen to the decoded source.
        source: Byte offsets of the decoded source; None where the bytes hold no text that can be looked through.
    """

    text: str = field(repr=False)
    runs: tuple[Run, ...] = field(default=(), repr=False)
    seen: tuple[Run, ...] = field(default=(), repr=False)
    source: _Bytes | None = field(default=None, repr=False)

    def bytes_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Give the smallest stretch of `Original.content` that holds all words of a span of the text.

        Markup between its words, and what the reader left out there, lies within it; white space at its edges does not.

        Args:
            start: First code point in `text`.
            end: One past the last.

        Returns:
            Byte offsets, the second one past the last; None where any word of the span was not found, or not in order.
        """
        bare = self.text[start:end]
        start, end = start + len(bare) - len(bare.lstrip()), end - len(bare) + len(bare.rstrip())
        if self.source is None or start >= end:
            return None
        first = bisect_right(self.runs, start, key=_of_start) - 1
        at, seen_start, seen_end = start, -1, -1
        for run in islice(self.runs, max(0, first), None):
            if run.start >= end:
                break
            begin, until = max(run.start, start), min(run.end, end)
            if until <= begin or self.text[at:begin].strip():
                return None
            shift = run.old_start - run.start
            if begin + shift < seen_end:
                return None
            seen_start = begin + shift if seen_start < 0 else seen_start
            at, seen_end = until, until + shift
        if at < end or seen_start < 0:
            return None
        old_start, old_end = span(self.seen, seen_start, seen_end)
        return self.source.at(old_start), self.source.at(old_end)


def _of_start(run: Run) -> int:
    return run.start


def locate(text: str, original: Original) -> OffsetMap:
    """Find a document's text in its preserved bytes.

    Texts, Markdown, JSON and pages are looked through, in whatever encoding; of a PDF, a DOCX or a mail the map is
    empty, for their bytes are packed. Takes linear time.

    Args:
        text: The text of the document.
        original: The bytes it was read from.
    """
    media_type = original.media_type
    if not (media_type in TEXTS | JSON or _is_markup(media_type)):
        return OffsetMap(text)
    try:
        decoded = decode(original.content, _declared(original))
        source = _Bytes(*decoded)
    except ValueError:
        return OffsetMap(text)
    if source.size() != len(original.content):  # an encoding that writes the same mark in several ways
        return OffsetMap(text)
    runs, seen = _found(text, decoded.text, media_type)
    return OffsetMap(text, runs, seen, source)


def _is_markup(media_type: str) -> bool:
    return media_type == "text/html" or media_type.endswith("xml")


def _declared(original: Original) -> str | None:
    headers = original.retrieval.headers if original.retrieval else ()
    content_type = next((value for name, value in headers if name.lower() == "content-type"), None)
    return declared_encoding(original.content, content_type)


def _found(text: str, source: str, media_type: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The runs from the text to what is seen, and from that to the source."""
    if len(source) > LOOKED_THROUGH and media_type not in TEXTS:
        return (), ()
    if media_type in JSON:
        values = tuple(strings(source))
        exact = next((value for value in values if value.text == text), None)
        visible = exact or _one_below_the_other(values)
    elif media_type in TEXTS:
        visible = Visible(source, (Run(0, len(source), 0, len(source)),))
    else:
        visible = markup(source)
    whole = (Run(0, len(text), 0, len(text)),)
    if visible.text == text:
        return whole, visible.runs
    if normalize(text).text is text:  # else it was kept as written: callers of JSON count on its offsets
        seen = normalize(visible.text)
        visible = Visible(seen.text, composed(seen.positions, visible.runs) if seen.positions else visible.runs)
        if visible.text == text:
            return whole, visible.runs
    if len(source) > LOOKED_THROUGH:
        return (), ()
    return _aligned(text, visible.text), visible.runs


def _one_below_the_other(values: Sequence[Visible]) -> Visible:
    """All strings of an object as one text, a line end after each."""
    pieces: list[str] = []
    runs = Runs()
    for value in values:
        pieces += (value.text, "\n")
        for run in value.runs:
            exact = run.end - run.start == run.old_end - run.old_start
            runs.add(run.end - run.start, run.old_start, run.old_end, exact=exact)
        end = value.runs[-1].old_end if value.runs else 0
        runs.add(1, end, end + 1, exact=True)
    return Visible("".join(pieces), tuple(runs.found))


class _Words:
    """The words of a text in order, and where each starts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        for match in WORD.finditer(text):
            self.words.append(match[0])
            self.starts.append(match.start())

    def __len__(self) -> int:
        return len(self.words)

    def end(self, index: int) -> int:
        """One past the last code point of a word."""
        return self.starts[index] + len(self.words[index])

    def gap(self, index: int) -> str:
        """What stands before a word, back to the one before it."""
        return self.text[self.end(index - 1) if index else 0 : self.starts[index]]


def _aligned(text: str, seen: str) -> tuple[Run, ...]:
    """Runs from the words of `text` to the same words in `seen`, in order wherever they stand in order."""
    return _Aligner(_Words(text), _Words(seen)).runs()


class _Aligner:
    """Goes through the words of a text once, and through those that are seen alongside."""

    def __init__(self, wanted: _Words, seen: _Words) -> None:
        self._wanted = wanted
        self._seen = seen
        self._places = {length: self._index(length) for length in range(2, ANCHOR + 1)}
        self._runs: list[Run] = []

    def _index(self, length: int) -> dict[tuple[str, ...], list[int]]:
        """Where each sequence of so many words of the text is seen."""
        places: dict[tuple[str, ...], list[int]] = {
            words: [] for words in zip(*(self._wanted.words[at:] for at in range(length)), strict=False)
        }
        for at, words in enumerate(zip(*(self._seen.words[at:] for at in range(length)), strict=False)):
            if (found := places.get(words)) is not None:
                found.append(at)
        return places

    def runs(self) -> tuple[Run, ...]:
        """The runs, in the order of the text."""
        at = cursor = 0
        while at < len(self._wanted):
            enough = LONGEST if not at or "\n" in self._wanted.gap(at) else 1
            if self._agreeing(at, cursor, enough) < enough:
                if (split := self._split(at, cursor)) is not None:
                    at, cursor = split
                    continue
                if (place := self._place(at, cursor)) is None:
                    at += 1
                    continue
                cursor = place
            self._add(self._wanted.starts[at], self._seen.starts[cursor], len(self._wanted.words[at]))
            at, cursor = at + 1, cursor + 1
        return tuple(self._runs)

    def _agreeing(self, at: int, cursor: int, most: int) -> int:
        """How many words agree from here on, up to `most`; to the end of a line of the text is as good."""
        wanted, seen = self._wanted.words, self._seen.words
        for count in range(most):
            if at + count >= len(wanted) or (count and "\n" in self._wanted.gap(at + count)):
                return most
            if cursor + count >= len(seen) or wanted[at + count] != seen[cursor + count]:
                return count
        return most

    def _place(self, at: int, cursor: int) -> int | None:
        """Where the words from `at` on are seen: where they agree longest, after the cursor if it is all the same."""
        for length in range(ANCHOR, 1, -1):
            words = tuple(self._wanted.words[at : at + length])
            places = self._places[length].get(words)
            if places:
                after = bisect_left(places, cursor)
                near = places[after : after + PLACES] + places[: min(after, PLACES)]
                return max(near, key=lambda place: self._agreeing(at, place, LONGEST))
        word = self._wanted.words[at]
        near_words = self._seen.words[cursor : cursor + NEAR]
        return cursor + near_words.index(word) if word in near_words else None

    def _split(self, at: int, cursor: int) -> tuple[int, int] | None:
        """One word that is several on the other side, for markup within it was read as a space or not at all."""
        wanted, seen = self._wanted, self._seen
        if at >= len(wanted) or cursor >= len(seen) or wanted.words[at] == seen.words[cursor]:
            return None
        one, other = wanted.words[at], seen.words[cursor]
        wanted_to, seen_to = at + 1, cursor + 1
        while one != other and max(wanted_to - at, seen_to - cursor) < PARTS:
            if other.startswith(one) and wanted_to < len(wanted):
                one, wanted_to = one + wanted.words[wanted_to], wanted_to + 1
            elif one.startswith(other) and seen_to < len(seen):
                other, seen_to = other + seen.words[seen_to], seen_to + 1
            else:
                return None
        if one != other:
            return None
        self._add_parts(at, wanted_to, cursor, seen_to)
        return wanted_to, seen_to

    def _add_parts(self, at: int, wanted_to: int, cursor: int, seen_to: int) -> None:
        """Add the same letters, in words that end at different places on each side."""
        wanted, seen = self._wanted, self._seen
        start, seen_start = wanted.starts[at], seen.starts[cursor]
        while at < wanted_to and cursor < seen_to:
            length = min(wanted.end(at) - start, seen.end(cursor) - seen_start)
            self._add(start, seen_start, length)
            start, seen_start = start + length, seen_start + length
            if start == wanted.end(at):
                at += 1
                start = wanted.starts[at] if at < wanted_to else start
            if seen_start == seen.end(cursor):
                cursor += 1
                seen_start = seen.starts[cursor] if cursor < seen_to else seen_start

    def _add(self, start: int, seen_start: int, length: int) -> None:
        """Add a stretch; one that goes on where the last one ended, with the same between them, becomes one with it."""
        if self._runs:
            last = self._runs[-1]
            gap = start - last.end
            if gap == seen_start - last.old_end and (
                self._wanted.text[last.end : start] == self._seen.text[last.old_end : seen_start]
            ):
                self._runs[-1] = Run(last.start, start + length, last.old_start, seen_start + length)
                return
        self._runs.append(Run(start, start + length, seen_start, seen_start + length))
