"""Whether a figure of a Russian or Ukrainian sentence is planned, actual, possible or denied, and how far it got.

The words that tell stand in the clause of the figure; in a list the clause begins where its verb stands.
"""

from functools import cache
from typing import NamedTuple

from tallystick.languages.language import Counted, Parse, Sentence, StatusReading
from tallystick.languages.slavic.numbers.words import PACKAGES, Stems
from tallystick.languages.slavic.parsing import plain
from tallystick.languages.writing.steps import ASPECTS, MEASURES
from tallystick.languages.writing.words import lists
from tallystick.model.claim import Ground, Status
from tallystick.model.quantity import Quantity

__all__ = ["status"]

# Marks between clauses. A dash stands between subject and predicate as often as between clauses.
MARKS = frozenset((",", ";", ":", "(", ")", "«", "»", '"', "—", "–", ".", "!", "?"))
# Marks that a list of figures runs across.
OPEN_MARKS = frozenset((",", "(", ")", "—", "–", "«", "»", '"'))
VERB_ENDINGS = tuple(
    "ть ти ли ло ла ет ют ит ят ено ано ены аны тся лся лись лась лось ться лися лася лося ють ять уть ає ує вся "
    "ил ал ив ав ут ме".split()
)
# Pieces of a sentence to the left that a figure without a verb of its own belongs to.
MOST_PIECES = 8
# Tokens in which the infinitive of "должен" and "має" stands.
NEAR_VERB = 4


class _Words(NamedTuple):
    single: dict[str, Stems]
    phrases: dict[str, tuple[tuple[str, ...], ...]]


@cache
def _words(code: str) -> _Words:
    held = lists(PACKAGES[code], "status.yaml")
    return _Words(
        {name: Stems(tuple(word for word in words if " " not in word)) for name, words in held.items()},
        {name: tuple(tuple(plain(word).split()) for word in words if " " in word) for name, words in held.items()},
    )


def status(code: str, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> StatusReading:
    """Give the status of `quantity` in its sentence, with the words that tell it.

    Args:
        code: "ru" or "uk".
        parse: The document.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.
    """
    reader = _Reader(sentence, quantity, _words(code))
    found, at = reader.status()
    text = parse.document.text
    grounds = [_ground(sentence, text, "status", found.value, at)]
    name, at = ("", None) if found is Status.DENIED else reader.first(tuple(ASPECTS))
    aspect = ASPECTS.get(name)
    if aspect is not None:
        grounds.append(_ground(sentence, text, "aspect", aspect.value, at))
    name, at = reader.first(tuple(MEASURES))
    measure = MEASURES.get(name)
    if measure is not None:
        grounds.append(_ground(sentence, text, "measure", measure.value, at))
    return StatusReading(found, aspect, measure, tuple(grounds))


def _ground(sentence: Sentence, text: str, field: str, value: str, at: int | None) -> Ground:
    if at is None:
        return Ground(field, value, "no words of plan, possibility or denial in its clause")
    token = sentence.tokens[at]
    return Ground(field, value, text[token.start : token.end], token.start, token.end)


class _Reader:
    """The clause of a figure."""

    def __init__(self, sentence: Sentence, quantity: Quantity, words: _Words) -> None:
        self.tokens = sentence.tokens
        self.plains = [plain(token.lower) for token in sentence.tokens]
        self.words = words
        self.at = sentence.position(quantity.start)
        self.end = sentence.position(quantity.end - 1) + 1
        self.first_token, self.last_token = self._clause()

    def status(self) -> tuple[Status, int | None]:
        """The status and the token that tells it."""
        if any(self._phrase_at(phrase, self.at - len(phrase)) for phrase in self.words.phrases["instead"]):
            return Status.DENIED, self.at - 1
        denied = self._nearest("denied")
        if denied is not None:
            return Status.DENIED, denied
        if self.plains[-1:] == ["?"]:
            return Status.POSSIBLE, len(self.plains) - 1
        if self.plains[0] in self.words.single["condition"]:
            return Status.POSSIBLE, 0
        possible, planned = self._nearest("possible"), self._nearest("planned")
        if possible is not None and (planned is None or self._far(possible) <= self._far(planned) + 2):
            return Status.POSSIBLE, possible
        return (Status.ACTUAL, None) if planned is None else (Status.PLANNED, planned)

    def first(self, names: tuple[str, ...]) -> tuple[str, int | None]:
        """The first of the lists of which a word stands in the clause, and its token; "" where none does."""
        for name in names:
            at = self._nearest(name)
            if at is not None:
                return name, at
        return "", None

    def _far(self, at: int) -> int:
        return self.at - at if at < self.at else at - self.end

    def _nearest(self, name: str) -> int | None:
        """The token of a list of words that is nearest to the figure in its clause."""
        found = [
            at
            for at in range(self.first_token, self.last_token)
            if not self.at <= at < self.end
            and (self.plains[at] not in self.words.single["must"] or self._infinitive_follows(at))
            and (
                self.plains[at] in self.words.single[name]
                or any(self._phrase_at(one, at) for one in self.words.phrases[name])
            )
        ]
        return min(found, key=self._far, default=None)

    def _infinitive_follows(self, at: int) -> bool:
        """Whether a verb is ahead: who "должен заплатить" will, who "должен 5 млн" owes."""
        return any(word.endswith(("ть", "ти", "ться", "тися")) for word in self.plains[at + 1 : at + 1 + NEAR_VERB])

    def _phrase_at(self, phrase: tuple[str, ...], at: int) -> bool:
        return at >= 0 and tuple(self.plains[at : at + len(phrase)]) == phrase

    def _clause(self) -> tuple[int, int]:
        """The first token of the clause and one past its last."""
        last = self.end
        while last < len(self.tokens) and not self._ends(last):
            last += 1
        first = self.at
        for _ in range(MOST_PIECES):
            while first > 0 and not self._ends(first - 1):
                first -= 1
            if first == 0 or self._has_verb(first, last) or self.tokens[first - 1].text not in OPEN_MARKS:
                break
            first -= 1
        return first, last

    def _ends(self, at: int) -> bool:
        """Whether a token stands between clauses; a full stop within the sentence is that of an abbreviation."""
        mark = self.tokens[at].text
        return mark in MARKS and (mark != "." or at == len(self.tokens) - 1)

    def _has_verb(self, first: int, last: int) -> bool:
        return any(
            self.tokens[at].tag == "word" and len(self.plains[at]) > 3 and self.plains[at].endswith(VERB_ENDINGS)
            for at in range(first, last)
            if not self.at <= at < self.end
        )
