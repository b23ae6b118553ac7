"""A figure as the readers of measure see it: where it stands among the tokens, with its noun and its verb.

Takes a sentence, a quantity and what it counts; gives a `Measured`, on which stocks, flows, totals and parts are read.
"""

from collections.abc import Sequence
from typing import NamedTuple, Self

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.grammar.tagging import BE, HAVE
from tallystick.languages.language import Counted, Sentence, Token
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["FAR", "NEAR", "WORDS", "Measured", "Span"]

WORDS = "status/measures.yaml"
# How far around a figure the words of measure are looked for, in tokens.
NEAR = 6
FAR = 14
# The tokens [first, last) that decide a measure.
Span = tuple[int, int]
ADVERBS = frozenset("also now already still only currently reportedly not n't".split())


class Measured(NamedTuple):
    """A figure among its tokens.

    Attributes:
        tokens: Those of its sentence.
        first: Its first token, hedges included.
        last: Its last token.
        end: One past the last token of its noun phrase where that follows it, else `last` + 1.
        verb: The token of its predicate, or None.
        predicate: Base form of the predicate, or "".
        head: Head noun in the singular, or "".
        money: Whether it is a sum of money.
        per: What it is told by ("year"), or None.
    """

    tokens: Sequence[Token]
    first: int
    last: int
    end: int
    verb: int | None
    predicate: str
    head: str
    money: bool
    per: str | None

    @classmethod
    def of(cls, sentence: Sentence, quantity: Quantity, counted: Counted) -> Self:
        """Find the figure, its noun phrase and its verb among the tokens of `sentence`."""
        tokens = sentence.tokens
        start = quantity.start if quantity.hedge is None else min(quantity.hedge[0], quantity.start)
        last = sentence.position(quantity.end - 1)
        end = last + 1
        if counted.end is not None and not counted.inherited and quantity.end <= counted.end <= sentence.end:
            end = min(len(tokens), sentence.position(counted.end - 1) + 1)
        verb = None if counted.predicate_span is None else sentence.position(counted.predicate_span[0])
        if verb is not None and verb >= len(tokens):
            verb = None
        head = singular(counted.head) if counted.head else ""
        money = quantity.kind is QuantityKind.MONEY
        return cls(tokens, sentence.position(start), last, end, verb, counted.predicate, head, money, quantity.per)

    def lower(self, i: int) -> str:
        """Give token `i` in lower case, "" outside the sentence."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def tag(self, i: int) -> str:
        """Give the part of speech of token `i`, "" outside the sentence."""
        return self.tokens[i].tag if 0 <= i < len(self.tokens) else ""

    def barred(self, start: int, stop: int) -> bool:
        """Tell whether another clause begins among the tokens [start, stop)."""
        clauses = word_lists(WORDS)["clauses"]
        return any(
            token.lower in clauses
            or token.tag == ":"
            or (token.tag == "," and self.lower(i + 1) in ("with", "but", "and", "while"))
            or (token.tag == "PRP" and i + 1 < stop and self.tokens[i + 1].tag in ("VBD", "VBZ", "VBP"))
            or (token.tag == "CC" and i + 1 < stop and self.tokens[i + 1].tag in ("VBD", "VBZ", "VBP"))
            for i, token in enumerate(self.tokens[start:stop], start)
        )

    def perfect(self) -> bool:
        """Tell whether the verb of the figure stands in a perfect tense that no modal governs: "have died"."""
        if self.verb is None:
            return False
        i = self.verb - 1
        while i > max(-1, self.verb - NEAR) and (self.lower(i) in BE | ADVERBS or self.tokens[i].tag == "RB"):
            i -= 1
        before = self.tokens[i - 1].tag if i > 0 else ""
        return i >= 0 and self.lower(i) in HAVE - {"having"} and before not in ("MD", "TO")

    def is_any(self, i: int, key: str, *, verb: bool = False) -> bool:
        """Tell whether token `i` is a word of the list `key`, by its base form."""
        word = self.lower(i)
        return bool(word) and (verb_base(word) if verb else singular(word)) in word_lists(WORDS)[key]
