"""Whether a figure of a Chinese sentence is planned, actual, possible or denied: no tense tells it, words do.

将 and 计划 before the verb plan, 已 and 了 tell what happened; the words stand in the clause of the figure, or in the
one before where a list goes on.
"""

import re
from functools import cache

from tallystick.languages.chinese.numbers.words import PACKAGE
from tallystick.languages.language import Counted, Parse, Sentence, StatusReading
from tallystick.languages.writing.steps import ASPECTS, MEASURES
from tallystick.languages.writing.words import lists
from tallystick.model.claim import Ground, Status
from tallystick.model.quantity import Quantity

__all__ = ["status"]

MARKS = "，。；：！？（）()\n,;:!?"
# Marks that a list of figures runs across.
HARD_MARKS = "。；！？\n;!?"
# Clauses before that of the figure which may speak for it; a longer row is a table or junk.
MOST_CLAUSES = 6


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(lists(PACKAGE, "status/status.yaml")[name]))


def status(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> StatusReading:
    """Give the status of `quantity` in its sentence, with the words that tell it.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.
    """
    reader = _Reader(parse.document.text, sentence, quantity)
    found, match = reader.status()
    grounds = [_ground("status", found.value, match)]
    name, match = ("", None) if found is Status.DENIED else reader.first(tuple(ASPECTS))
    aspect = ASPECTS.get(name)
    if aspect is not None:
        grounds.append(_ground("aspect", aspect.value, match))
    name, match = reader.first(tuple(MEASURES))
    measure = MEASURES.get(name)
    if measure is not None:
        grounds.append(_ground("measure", measure.value, match))
    return StatusReading(found, aspect, measure, tuple(grounds))


def _ground(field: str, value: str, match: re.Match[str] | None) -> Ground:
    if match is None:
        return Ground(field, value, "no words of plan, possibility or denial in its clause")
    return Ground(field, value, match.group(), match.start(), match.end())


class _Reader:
    """The clause of a figure."""

    def __init__(self, text: str, sentence: Sentence, quantity: Quantity) -> None:
        self.text = text
        self.sentence = sentence
        self.quantity = quantity
        self.first_offset = self._back(quantity.start, MARKS)
        self.last_offset = self._ahead(quantity.end)

    def status(self) -> tuple[Status, re.Match[str] | None]:
        """The status and the words that tell it: of the clause, else of the clauses before in a list of figures."""
        if self.text[self.sentence.end - 1] in "？?":
            match = re.compile("[？?]").search(self.text, self.sentence.end - 1)
            return Status.POSSIBLE, match
        first = self.first_offset
        for _ in range(MOST_CLAUSES):
            found = self._told(first)
            if found is not None:
                return found
            if first <= self.sentence.start or self.text[first - 1] in HARD_MARKS or self._has_verb(first):
                return Status.ACTUAL, None
            first = self._back(first - 1, MARKS)
        return Status.ACTUAL, None

    def _told(self, first: int) -> tuple[Status, re.Match[str] | None] | None:
        """What the words from `first` to the end of the clause tell; what is nearest before the figure decides."""
        for name, told in (("denied", Status.DENIED), ("possible", Status.POSSIBLE), ("planned", Status.PLANNED)):
            match = self._search(name, first)
            if match is None:
                continue
            done = self._search("done", match.end()) if told is not Status.DENIED else None
            if done is not None and match.end() <= done.start() < self.quantity.start:
                return Status.ACTUAL, done
            return told, match
        return None

    def _has_verb(self, first: int) -> bool:
        """Whether the clause has a verb of its own, so that the one before does not speak for it."""
        return _pattern("verbs").search(self.text, first, self.last_offset) is not None

    def _search(self, name: str, first: int) -> re.Match[str] | None:
        return _pattern(name).search(self.text, first, self.last_offset)

    def first(self, names: tuple[str, ...]) -> tuple[str, re.Match[str] | None]:
        """The first of the lists of which a word stands in the clause; "" where none does."""
        for name in names:
            match = self._search(name, self.first_offset)
            if match is not None:
                return name, match
        return "", None

    def _back(self, offset: int, marks: str) -> int:
        while offset > self.sentence.start and self.text[offset - 1] not in marks:
            offset -= 1
        return offset

    def _ahead(self, offset: int) -> int:
        while offset < self.sentence.end and self.text[offset] not in MARKS:
            offset += 1
        return offset
