"""What the readers of English numbers hand to each other: a figure, its place among its neighbors, and its sort.

A `Figure` is a numeral with its currency, or a range; a `Scene` is a figure seen with the words around it.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from tallystick.languages.language import Token
from tallystick.model.quantity import QuantityKind

__all__ = ["Figure", "Scene", "Sort"]


class Figure(NamedTuple):
    """A number as written, before its bound and its kind are known.

    Attributes:
        first: Its first token, currency included.
        last: One past its last token.
        start: First code point.
        end: One past the last code point; may lie inside token `last - 1` ("six-member").
        value: What it says; the lower end of a range; the lower bound of a vague plural.
        upper: The upper end of a range, or None.
        scale: What its last scale word multiplied by.
        vague: Whether it is a vague plural.
        form: "digits", "words", "ordinal" or "fraction".
        rest: What hangs on it inside its last token ("member"), or "".
        currency: ISO 4217 code, or None.
        divisor: 100 for cents and pence, else 1.
        subunit: What the hundredth is called ("cent"), or None.
    """

    first: int
    last: int
    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    scale: int
    vague: bool
    form: str
    rest: str
    currency: str | None
    divisor: Decimal = Decimal(1)
    subunit: str | None = None


class Sort(NamedTuple):
    """The kind of a figure, its unit of measure, the token that decided, and the noun that hangs on it."""

    kind: QuantityKind
    unit: str | None = None
    cue: int | None = None
    attached: str | None = None


class Scene:
    """A figure between its neighbors.

    Attributes:
        tokens: Those of the sentence.
        figures: The figures of the sentence in order.
        at: Which of them it is.
        figure: The figure itself.
        earlier: The sort of the figure before it, or None for the first.
        before: The word before it, lower case, or "".
        behind: The first token behind it and what hangs on it.
        after: The word there, lower case, or "".
        attached: What hangs on it by a hyphen ("member" of "62-member") as written, or None.
        hung: The same in lower case, or "".
    """

    __slots__ = ("after", "at", "attached", "before", "behind", "earlier", "figure", "figures", "hung", "tokens")

    def __init__(
        self, tokens: Sequence[Token], figures: Sequence[Figure], at: int, earlier: Sort | None = None
    ) -> None:
        self.tokens = tokens
        self.earlier = earlier
        self.figures = figures
        self.at = at
        self.figure = figures[at]
        figure = self.figure
        self.before = tokens[figure.first - 1].lower if figure.first else ""
        self.behind = figure.last
        self.attached: str | None = figure.rest or None
        self.hung = figure.rest
        if not figure.rest and self.word(figure.last) == "-" and tokens[figure.last].start == figure.end:
            following = tokens[figure.last + 1 : figure.last + 2]
            if following and following[0].start == tokens[figure.last].end and following[0].text[0].isalpha():
                self.hung = following[0].lower
                self.attached = following[0].text
                self.behind = figure.last + 2
        self.after = self.word(self.behind)

    def word(self, at: int) -> str:
        """The token `at` in lower case, "" beyond the sentence."""
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""
