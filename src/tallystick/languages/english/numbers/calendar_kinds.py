"""Tell the dates and times among the figures of an English sentence: days of months, years, decades, hours.

Takes the figures of a sentence in order; the tests of `Calendar` give a `Sort` where one of them is a date or a time.
"""

from tallystick.languages.english.grammar.inflection import word_lists
from tallystick.languages.english.numbers.digits import FRACTION
from tallystick.languages.english.numbers.figures import Scene, Sort
from tallystick.model.quantity import QuantityKind

__all__ = ["Calendar", "is_month"]

# Numbers that may be a year; before and after, four digits count something or are a distance.
FIRST_YEAR, LAST_YEAR = 1800, 2099
LAST_DAY = 31
# Before these years only "in 1612." is one.
OLDEST_YEAR = 1000
HIGHEST_IN_PAIR = 31
AFTER_DAYS = frozenset(("", ".", ",", ")", "in", "at", "-", "and", "last", "this", "next"))
BEFORE_COUNTS = frozenset("of for around to and the by from after".split())
HEDGING = frozenset("about some than over nearly least another".split())
SAYING = frozenset("said says say added noted was were is are".split())
CLOCK = frozenset(("a.m", "a.m.", "p.m", "p.m.", "am", "pm", "o'clock", "gmt", "hours"))


def is_month(word: str) -> bool:
    """Whether a lower-case word is the name of a month, or short for it."""
    return word.rstrip(".") in word_lists("numbers/quantities.yaml")["months"]


class Calendar(Scene):
    """A figure between its neighbors, asked whether it is a date or a time."""

    __slots__ = ()

    def date(self) -> Sort | None:
        """A day of a month, a year, a decade, or a date in digits."""
        figure = self.figure
        if figure.scale > 1 or figure.vague or self.figure.form == FRACTION:
            return None
        month = self.month_beside()
        if figure.form == "words":
            # "starting March five"; "March two soldiers" would be odd, "in May five soldiers died" is not.
            named = month == figure.first - 1 and not self._is_noun(self.behind)
            return Sort(QuantityKind.DATE, cue=month) if named and not self.hung else None
        if month is not None:
            return Sort(QuantityKind.DATE, cue=month)
        if self._in_slashed_pair():
            return Sort(QuantityKind.DATE)
        if self._in_digital_date() or self._ends_split_year() or self._starts_split_year():
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
        if self.after == "local" and self.word(self.behind + 1) == "time":
            return Sort(QuantityKind.TIME, cue=self.behind)
        if self.before == "at" and self._is_hour():
            return Sort(QuantityKind.TIME, cue=figure.first - 1)
        return Sort(QuantityKind.TIME) if self._is_clock(figure.first) or self._is_clock(figure.first - 2) else None

    def _is_hour(self) -> bool:
        """Whether a number behind "at" is an hour: "at 11 on Sunday", "at 1353 (1023 GMT)"."""
        text = self.tokens[self.figure.first].text
        if not text.isdecimal() or self.figure.scale > 1 or self.figure.last - self.figure.first > 1:
            return False
        if len(text) == 4:
            clock = int(text[:2]) < 24 and int(text[2:]) < 60 and not FIRST_YEAR <= int(text) <= LAST_YEAR
            return clock and self.after in ("", ".", ",", "(", "on")
        day = self.word(self.behind + 1).endswith("day") and self.after == "on"
        return int(text) <= 12 and (day or self.after in ("tonight", "today", "tomorrow"))

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
        if self.at and figure.form != "words" and self._continues_date():
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
        if between not in ([","], ["-"], ["–"], ["and"], ["to"], ["/"], [",", "and"], []):
            return False
        if self.earlier is None or self.earlier.kind is not QuantityKind.DATE:
            return False
        if FIRST_YEAR <= figure.value <= LAST_YEAR and "," not in self.tokens[figure.first].text:
            return True
        if earlier.value > LAST_DAY:
            return False
        named = self.word(figure.last) in AFTER_DAYS
        return between != [","] and figure.value <= LAST_DAY and (named or between in (["-"], ["–"], ["/"]))

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
                short = sum(len(part) <= 2 for part in digits)
                return (len(years) == 1 and short == len(digits) - 1) or marks == {"/"}
        text = self.tokens[figure.first].text
        parts = text.split(".")
        return (
            len(parts) == 3
            and all(part.isdecimal() for part in parts)
            and len(parts[2]) in (2, 4)
            and len(parts[1]) <= 2
        )

    def _in_slashed_pair(self) -> bool:
        """Whether the number is one of two with a slash between that are no range: "9/11", "24/7", a score of "1/0"."""
        figure = self.figure
        if figure.upper is not None or figure.value > HIGHEST_IN_PAIR:
            return False
        for at in (figure.first - 1, figure.last):
            if self.word(at) != "/" or not 0 < at < len(self.tokens) - 1:
                continue
            one, mark, two = self.tokens[at - 1 : at + 2]
            if one.end == mark.start and mark.end == two.start and one.text.isdecimal() and two.text.isdecimal():
                return len(one.text) <= 2 and len(two.text) <= 2
        return False

    def _ends_split_year(self) -> bool:
        """Whether the number ends a year of harvest, school or sports ("1986/87", "2024-25"), or is "'87"."""
        figure = self.figure
        text = self.tokens[figure.first].text
        if not text.isdecimal() or len(text) not in (2, 4) or figure.first < 1:
            return False
        mark = self.tokens[figure.first - 1]
        if mark.end != figure.start:
            return False
        if mark.text in ("'", "’", "‘") and len(text) == 2:
            return True
        year = self.word(figure.first - 2)
        if mark.text not in ("/", "-", "–") or not year.isdecimal() or len(year) != 4:
            return False
        return FIRST_YEAR <= int(year) <= LAST_YEAR and int(text[-2:]) >= (int(year) + 1) % 100

    def _starts_split_year(self) -> bool:
        """Whether the number is the 1986 of "1986/87"."""
        figure = self.figure
        if self.word(figure.last) != "/" or self.tokens[figure.last].start != figure.end:
            return False
        year, later = self.tokens[figure.first].text, self.word(figure.last + 1)
        if not (year.isdecimal() and later.isdecimal() and len(year) == 4 and len(later) in (2, 4)):
            return False
        return FIRST_YEAR <= int(year) <= LAST_YEAR and int(later[-2:]) == (int(year) + 1) % 100

    def _is_noun(self, at: int) -> bool:
        """Whether token `at` is a noun or a word before one."""
        return at < len(self.tokens) and self.tokens[at].tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN")

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
        if text.isdecimal() and OLDEST_YEAR <= figure.value < FIRST_YEAR and len(text) == 4:
            alone = self.before in ("in", "since", "until") and self.after in ("", ".", ",", ";", ")")
            return Sort(QuantityKind.DATE, cue=figure.first - 1) if alone else None
        ends = (figure.value, figure.value if figure.upper is None else figure.upper)
        if not text.isdecimal() or len(text) != 4 or not all(FIRST_YEAR <= end <= LAST_YEAR for end in ends):
            return None
        if self.hung and self.hung not in ("style", "era", "model", "vintage", "born", "built"):
            return None
        cues = word_lists("numbers/quantities.yaml")["year_cues"]
        noun = self.behind < len(self.tokens) and self.tokens[self.behind].tag in ("NNS", "NNPS")
        if self.before in cues and not (noun and self.before in BEFORE_COUNTS):
            return Sort(QuantityKind.DATE, cue=figure.first - 1)
        if noun:
            # "the 2022 attacks" but "2022 soldiers" and "the 2000 men": nobody writes a round count for a year.
            counted = self.after in word_lists("numbers/quantities.yaml")["people"] or figure.value % 100 == 0
            previous = self.tokens[figure.first - 1] if figure.first else None
            taken = previous is not None and previous.tag.startswith("VB") and previous.lower not in SAYING
            return None if counted or taken or self.before in HEDGING else Sort(QuantityKind.DATE)
        following = self.tokens[self.behind] if self.behind < len(self.tokens) else None
        goes_on = following is not None and following.tag in ("NN", "JJ", "NNP", "VBN", "VBG")
        if goes_on and self.before in HEDGING:
            return None
        return Sort(QuantityKind.DATE)
