"""Tell the dates and times among the figures of an English sentence: days of months, years, decades, hours.

Takes the figures of a sentence in order; the tests of `Calendar` give a `Sort` where one of them is a date or a time.
"""

from collections.abc import Sequence

from tallystick.languages.english.digits import ORDINAL
from tallystick.languages.english.figures import Figure, Scene, Sort
from tallystick.languages.english.inflection import word_lists
from tallystick.languages.language import Token
from tallystick.model.quantity import QuantityKind

__all__ = ["Calendar", "is_month"]

# Numbers that may be a year; before and after, four digits count something or are a distance.
FIRST_YEAR, LAST_YEAR = 1800, 2099
LAST_DAY = 31
# Numbers that one date may have: "June 17-19, 2025" is the longest; bounds the steps back in a row of numbers.
REACH = 3
BEFORE_COUNTS = frozenset("of for around to and the by from after".split())
HEDGING = frozenset("about some than over nearly least another".split())
CLOCK = frozenset(("a.m", "a.m.", "p.m", "p.m.", "am", "pm", "o'clock", "gmt", "hours"))


def is_month(word: str) -> bool:
    """Whether a lower-case word is the name of a month, or short for it."""
    return word.rstrip(".") in word_lists("quantities.yaml")["months"]


class Calendar(Scene):
    """A figure between its neighbors, asked whether it is a date or a time."""

    __slots__ = ("reach",)

    def __init__(self, tokens: Sequence[Token], figures: Sequence[Figure], at: int, reach: int = REACH) -> None:
        super().__init__(tokens, figures, at)
        self.reach = reach

    def is_date(self) -> bool:
        """Whether the figure is a day, with or without "th", or a year."""
        if self.figure.form == ORDINAL:
            return self.month_beside() is not None
        return self.date() is not None

    def date(self) -> Sort | None:
        """A day of a month, a year, a decade, or a date in digits."""
        figure = self.figure
        if figure.form != "digits" or figure.scale > 1 or figure.vague:
            return None
        month = self.month_beside()
        if month is not None:
            return Sort(QuantityKind.DATE, cue=month)
        if self._in_digital_date():
            return Sort(QuantityKind.DATE)
        text = self.tokens[figure.first].text
        if text.isdecimal() and figure.last - figure.first == 1 and self._is_apostrophe_decade():
            return Sort(QuantityKind.DATE)
        return self._year()

    def time(self) -> Sort | None:
        """A time of day."""
        figure = self.figure
        if self.after in CLOCK and figure.value <= 2400:
            if self.after == "hours" and (figure.value < 100 or len(self.tokens[figure.first].text) != 4):
                return None
            return Sort(QuantityKind.TIME, cue=self.behind)
        return Sort(QuantityKind.TIME) if self._is_clock(figure.first) or self._is_clock(figure.first - 2) else None

    def _is_clock(self, at: int) -> bool:
        """Whether tokens `at` to `at + 2` are "10:30"."""
        window = self.tokens[max(0, at) : at + 3]
        if at < 0 or len(window) != 3 or window[1].text not in (":", "."):
            return False
        hours, mark, minutes = window
        digits = hours.text.isdecimal() and minutes.text.isdecimal() and len(minutes.text) == 2
        return digits and hours.end == mark.start and mark.end == minutes.start and len(hours.text) <= 2

    def month_beside(self) -> int | None:
        """The token of a month's name right before or behind a day or a year."""
        figure = self.figure
        at = figure.first - 1
        if at >= 0 and self.tokens[at].text in (",", ".", "the"):
            at -= 1
            if self.tokens[figure.first - 1].text == "," and figure.value < FIRST_YEAR:
                at = -1
        fits = figure.value <= LAST_DAY or FIRST_YEAR <= figure.value <= LAST_YEAR
        if at >= 0 and fits and self._is_month(at):
            return at
        following = figure.last
        if self.word(following) in ("of", "-"):
            following += 1
        if figure.value <= LAST_DAY and following < len(self.tokens) and self._is_month(following):
            return following
        if self.at and self._continues_date():
            return self.figures[self.at - 1].first
        return None

    def _is_month(self, at: int) -> bool:
        token = self.tokens[at]
        if not is_month(token.lower):
            return False
        # "may" and "march" are verbs too; small letters are a wire's own style.
        return token.text[0].isupper() or token.lower not in ("may", "march", "mar", "sun", "dec")

    def _continues_date(self) -> bool:
        """Whether the number before is a day of a month and this one its year or another day: "June 17, 2025"."""
        figure, earlier = self.figure, self.figures[self.at - 1]
        between = [token.text for token in self.tokens[earlier.last : figure.first]]
        if between not in ([","], ["-"], ["–"], ["and"], ["to"], [",", "and"], []):
            return False
        if self.reach == 0 or not Calendar(self.tokens, self.figures, self.at - 1, self.reach - 1).is_date():
            return False
        if FIRST_YEAR <= figure.value <= LAST_YEAR and "," not in self.tokens[figure.first].text:
            return True
        named = self.word(figure.last) in ("", ".", ",", ")", "in", "at", "-", "and")
        return between != [","] and figure.value <= LAST_DAY and (named or between in (["-"], ["–"]))

    def _in_digital_date(self) -> bool:
        """Whether the number is one of three with slashes, dots or hyphens between: 17/06/2025, 2025-06-17."""
        figure = self.figure
        for first in (figure.first, figure.first - 2, figure.first - 4):
            if first < 0 or first + 5 > len(self.tokens):
                continue
            window = self.tokens[first : first + 5]
            marks = {window[1].text, window[3].text}
            digits = [window[0].text, window[2].text, window[4].text]
            if marks in ({"/"}, {"-"}) and all(part.isdecimal() and len(part) <= 4 for part in digits):
                years = [part for part in digits if len(part) == 4]
                return len(years) == 1 or marks == {"/"}
        text = self.tokens[figure.first].text
        parts = text.split(".")
        return (
            len(parts) == 3
            and all(part.isdecimal() for part in parts)
            and len(parts[2]) in (2, 4)
            and len(parts[1]) <= 2
        )

    def _is_apostrophe_decade(self) -> bool:
        """Read "1990s", "'90s", "90's"."""
        figure = self.figure
        following = self.tokens[figure.last] if figure.last < len(self.tokens) else None
        if following is None or following.start != figure.end or following.lower not in ("s", "'s", "’s"):
            return False
        return figure.value % 10 == 0 and (FIRST_YEAR <= figure.value <= LAST_YEAR or figure.value <= 90)

    def _year(self) -> Sort | None:
        """Four digits that no noun follows, or that a word such as "in" or "since" leads."""
        figure = self.figure
        text = self.tokens[figure.first].text
        ends = (figure.value, figure.value if figure.upper is None else figure.upper)
        if not text.isdecimal() or len(text) != 4 or not all(FIRST_YEAR <= end <= LAST_YEAR for end in ends):
            return None
        if self.hung and self.hung not in ("style", "era", "model", "vintage", "born", "built"):
            return None
        cues = word_lists("quantities.yaml")["year_cues"]
        noun = self.behind < len(self.tokens) and self.tokens[self.behind].tag in ("NNS", "NNPS")
        if self.before in cues and not (noun and self.before in BEFORE_COUNTS):
            return Sort(QuantityKind.DATE, cue=figure.first - 1)
        if noun:
            return None
        following = self.tokens[self.behind] if self.behind < len(self.tokens) else None
        goes_on = following is not None and following.tag in ("NN", "JJ", "NNP", "VBN", "VBG")
        if goes_on and self.before in HEDGING:
            return None
        return Sort(QuantityKind.DATE)
