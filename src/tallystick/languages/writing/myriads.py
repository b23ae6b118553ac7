"""Numerals counted in ten thousands, in digits, in characters and in both: 1만5천, 3萬3000, 1.3221万, 一万五千.

Takes a text and a place in it; gives where the numeral ends and what it says. Korean and Chinese differ in characters
only; the grammar is that of the numerals of East Asia (a multiplier closes what stands before it).
"""

import re
from dataclasses import dataclass, field

from tallystick.model.quantity import Number

__all__ = ["Myriad", "Myriads"]

DIGITS = "0-9\uff10-\uff19"
# Groups of three, decimals with a point of either width or a middle dot between figures.
PLAIN = re.compile(
    rf"[{DIGITS}]{{1,3}}(?:[,，][{DIGITS}]{{3}})+(?![{DIGITS}])(?:[.．·・][{DIGITS}]+)?|[{DIGITS}]+(?:[.．·・][{DIGITS}]+)?"
)
LONGEST_DIGITS = 18
TEN = 10
THOUSAND = 1000
MYRIAD = 10_000
# The largest numeral that is read; a row of multipliers beyond it is no number.
MOST = 10**18


@dataclass(frozen=True, slots=True)
class Myriad:
    """A numeral of the text.

    Attributes:
        start: Its first code point.
        end: One past its last.
        value: What it says.
        vague: True for 数百, 수천, 上万: a multiplier without a number.
        over: True where 余, 多 or 여 stands inside ("1700余万").
        digits: True where it begins with digits.
        multiplied: True where it holds a multiplier.
        bare: True where it begins with a multiplier alone (百余).
        large: The largest multiplier at its end, or 1; what a range may share.
    """

    start: int
    end: int
    value: Number
    vague: bool = False
    over: bool = False
    digits: bool = False
    multiplied: bool = False
    bare: bool = False
    large: int = 1


@dataclass(frozen=True, slots=True)
class Myriads:
    """The characters of one language.

    Attributes:
        ones: Characters for digits, zero too.
        small: Multipliers below ten thousand.
        large: Multipliers from ten thousand up.
        several: Characters that stand for some number (数, 几, 수).
        about: Characters before a multiplier that make it vague (上百).
        over: Characters inside that add to it (余, 多, 여).
        spaced: Whether a blank may stand within a numeral.
        elliptic: Whether a last figure without its multiplier is of the next lower one: 三千五 is 3,500.
    """

    ones: dict[str, int]
    small: dict[str, int]
    large: dict[str, int]
    several: frozenset[str]
    about: frozenset[str] = field(default_factory=frozenset)
    over: frozenset[str] = field(default_factory=frozenset)
    spaced: bool = False
    elliptic: bool = False

    def at(self, text: str, start: int, end: int) -> Myriad | None:
        """Give the numeral that begins at `start` of `text`, read up to `end` at most; None where none does."""
        return _Reader(self, text, start, end).read()

    def unit(self, character: str) -> int | None:
        """The multiplier that a character stands for, or None."""
        return self.small.get(character) or self.large.get(character)


class _Reader:
    """One numeral, read character by character."""

    def __init__(self, words: Myriads, text: str, start: int, end: int) -> None:
        self.words = words
        self.text = text
        self.start = start
        self.stop = end
        self.at = start
        self.total: Number = 0
        self.section: Number = 0
        self.number: Number | None = None
        self.last_unit = 1
        self.written = False  # whether `number` is written in a character
        self.zero = False
        self.vague = self.over = self.multiplied = self.bare = self.begun_with_digits = False
        self.large_end = 1
        self.limit = 10**20  # a larger multiplier than the one before begins another numeral

    def read(self) -> Myriad | None:
        end = self.at
        while self.at < self.stop and self._step():
            end = self.at
        if end == self.start:
            return None
        value = self._value()
        return Myriad(
            self.start,
            end,
            value,
            self.vague,
            self.over,
            self.begun_with_digits,
            self.multiplied,
            self.bare,
            self.large_end,
        )

    def _value(self) -> Number:
        """What was read so far."""
        number = self.number or 0
        if (
            self.words.elliptic
            and self.written
            and self.last_unit > TEN
            and not self.zero
            and isinstance(number, int)
            and number < TEN
        ):
            number *= self.last_unit // TEN
        return _whole(self.total + self.section + number)

    def _step(self) -> bool:
        """Take the next part of the numeral; False where it has ended."""
        here = self._next_part()
        if here is None:
            return False
        character = self.text[here]
        match = PLAIN.match(self.text, here, self.stop) if _is_digit(character) else None
        if match is not None:
            return self._digits(match)
        if character in self.words.ones:
            return self._character(here, character)
        if character in self.words.several:
            if self.words.unit(self.text[here + 1 : here + 2]) is None or self.number is not None:
                if self.section and self.number is None and not self.vague:
                    self.vague, self.at = True, here + 1  # 十几
                    return True
                return False
            self.vague = True
            if not self.section:
                self.number = 2
            self.at = here + 1
            return True
        if character in self.words.about and here == self.start and self.words.unit(self.text[here + 1 : here + 2]):
            self.vague, self.at = True, here + 1
            return True
        if character in self.words.over:
            following = self._blank(here + 1)
            if self.text[following : following + 1] in self.words.large and (self.number is not None or self.section):
                self.over, self.at = True, here + 1
                return True
            return False
        return self._unit(here, character)

    def _next_part(self) -> int | None:
        """Where the next part stands: here, or behind one blank where the language sets one."""
        if self.at == self.start or not self.words.spaced or self.text[self.at] not in " \u00a0":
            return self.at
        behind = self.at + 1
        if behind >= self.stop:
            return None
        character = self.text[behind]
        goes_on = _is_digit(character) and self.multiplied and self.number is None
        scales = character in self.words.large and self.number is not None and not self.written
        return behind if goes_on or scales else None

    def _blank(self, at: int) -> int:
        return at + 1 if self.words.spaced and self.text[at : at + 1] == " " else at

    def _digits(self, match: re.Match[str]) -> bool:
        if self.number is not None or len(match.group()) > LONGEST_DIGITS:
            return False
        value = _number(match.group())
        if self.multiplied and (value >= self.limit or (self.section and value >= self.last_unit)):
            return False
        self.begun_with_digits = self.begun_with_digits or match.start() == self.start
        self.number, self.written, self.at = value, False, match.end()
        return True

    def _character(self, here: int, character: str) -> bool:
        if self.number is not None and self.number != 0:
            return False
        value = self.words.ones[character]
        if value == 0:
            if not self.multiplied:
                return False
            self.zero = True
        else:
            self.number, self.written = value, True
        self.at = here + 1
        return True

    def _unit(self, here: int, character: str) -> bool:
        small, large = self.words.small.get(character), self.words.large.get(character)
        if small is None and large is None:
            return False
        if self.at == self.start or (
            self.vague and self.at == self.start + 1 and self.number is None and not self.section
        ):
            self.bare = self.at == self.start
        if small is not None:
            if self.number is None and self.section and small >= self.last_unit:
                return False
            self.section += (1 if self.number is None else self.number) * small
            self.last_unit = small
        elif large is not None:
            held = self.section + (self.number or 0)
            if large >= self.limit:
                # 万亿: the multipliers of the whole.
                if (self.total or 1) * large > MOST:
                    return False
                self.total = (self.total or 1) * large if self.number is None and not self.section else self.total
                if held:
                    return False
            else:
                self.total += (held or 1) * large
            self.section, self.limit, self.last_unit, self.large_end = 0, large, large, large
        self.number, self.written, self.zero, self.multiplied, self.at = None, False, False, True, here + 1
        if small is not None:
            self.large_end = small
        return True


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9" or "\uff10" <= character <= "\uff19"


def _number(text: str) -> Number:
    """The value of digits of either width."""
    plain = "".join(chr(ord(one) - 0xFEE0) if "\uff10" <= one <= "\uff19" else one for one in text)
    plain = plain.replace(",", "").replace("，", "")
    plain = re.sub("[．·・]", ".", plain)
    return float(plain) if "." in plain else int(plain)


def _whole(value: Number) -> Number:
    """A product without the dust of binary fractions."""
    rounded = round(value)
    return rounded if abs(value - rounded) < 1e-6 * max(1, abs(value)) else round(value, 6)
