"""Numerals in digits, in words and in both: tokens of a sentence come in, numbers with their values go out.

"28 миллиардов 400 миллионов", "пять с половиной тысяч", "5 тис 766", "десятки тысяч", "полторы тысячи", "160-ти".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tallystick.languages.language import Token
from tallystick.languages.slavic.numbers.words import NumberWords
from tallystick.languages.slavic.parsing import plain
from tallystick.model.quantity import Number

__all__ = ["Numeral", "numerals"]

GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f.]\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}")
DECIMAL = re.compile(r"\d+[.,]\d+")
# "1,930 человек" is an English group of thousands in a Slavic text; with a multiplier behind it is a decimal.
ENGLISH_GROUP = re.compile(r"[1-9]\d{0,2},\d{3}")
# Longest written value that is believed: more digits are an account or a phone.
MOST_DIGITS = 15
VAGUE_TIMES = 2
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a row of tokens.

    Attributes:
        first: Its first token.
        last: One past its last token.
        value: What it says.
        scale: The multiplier it ends with, or 1.
        vague: True for "тысячи", "десятки тысяч".
        digits: True where it begins with digits.
        one: True for a bare "один" in any form.
        either: True where it is one form that is vague in the plural and exact in the genitive ("тысячи").
        broken: True where the digits are no number (a date, a version, an account).
        base: The value before the last multiplier, for a scale shared with a neighbor.
        hedged: True where a hedge stands inside ("5 с лишним тысяч").
    """

    first: int
    last: int
    value: Number
    scale: int = 1
    vague: bool = False
    digits: bool = False
    one: bool = False
    either: bool = False
    broken: bool = False
    base: Number = 0
    hedged: bool = False


def numerals(tokens: Sequence[Token], words: NumberWords) -> list[Numeral]:
    """Give every numeral of `tokens` in order, without overlap."""
    plains = [plain(token.lower) for token in tokens]
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        numeral = _Reader(tokens, plains, words, at).read()
        if numeral is None:
            at += 1
        else:
            found.append(numeral)
            at = numeral.last
    return found


def _digits(text: str, scaled: bool) -> Number | None:
    """The value of a token of digits; None where it is none."""
    if len(text) > MOST_DIGITS + 5:
        return None
    if GROUPED.fullmatch(text) or (ENGLISH_GROUP.fullmatch(text) and not scaled):
        whole, comma, decimals = text.partition(",") if not ENGLISH_GROUP.fullmatch(text) else (text, "", "")
        if text.count(",") > 1:
            whole, comma, decimals = text, "", ""
        plain_digits = re.sub(r"\D", "", whole)
        return float(f"{plain_digits}.{decimals}") if comma else int(plain_digits)
    if DECIMAL.fullmatch(text):
        return float(text.replace(",", "."))
    return int(text) if text.isdigit() else None


class _Reader:
    """One numeral, read from its first token on."""

    def __init__(self, tokens: Sequence[Token], plains: Sequence[str], words: NumberWords, at: int) -> None:
        self.tokens = tokens
        self.plains = plains
        self.words = words
        self.first = at
        self.at = at
        self.hedged = False
        # Of the group being read: half of its multiplier, and where "с половиной" or "с лишним" began.
        self.half = 0.0
        self.at_half = False
        self.before_half = at

    def read(self) -> Numeral | None:
        """The numeral that begins here, or None."""
        word = self._word(self.at)
        digits = self.tokens[self.at].tag == "num"
        if digits and not self._is_number():
            return Numeral(self.first, self.first + 1, 0, digits=True, broken=True)
        if word in self.words.whole:
            return Numeral(self.first, self.first + 1, self.words.whole[word], base=self.words.whole[word])
        vague = self._vague()
        if vague is not None:
            return vague
        total: Number = 0
        limit = 10**15
        scale = 1
        base: Number = 0
        while True:
            group = self._group(limit)
            if group is None:
                break
            value, times = group
            if times >= limit:
                break
            total += _times(value, times)
            limit, scale, base = times, times, value
            if times == 1:
                break
        if self.at == self.first:
            return None
        one = self.at == self.first + 1 and word in self.words.units and self.words.units[word] == 1
        return Numeral(self.first, self.at, total, scale, digits=digits, one=one, base=base, hedged=self.hedged)

    def _word(self, at: int) -> str:
        return self.plains[at] if 0 <= at < len(self.plains) else ""

    def _is_number(self) -> bool:
        return _digits(self.tokens[self.at].text, scaled=False) is not None

    def _vague(self) -> Numeral | None:
        """A plural that stands for no number: "тысячи", "десятки тысяч", "несколько сотен тысяч", "тысячи и тысячи"."""
        at = self.first
        some = self._word(at) in self.words.lists["some"]
        at += some
        scale = self.words.scales.get(self._word(at))
        if scale is None or not (scale.plural or some):
            return None
        value, first = scale.value, at
        at += 1
        following = self.words.scales.get(self._word(at))
        if following is not None and following.value > scale.value and scale.value < THOUSAND * THOUSAND:
            value *= following.value
            at += 1
        elif self._word(at) in self.words.lists["joiners"] and self._word(at + 1) == self._word(first):
            at += 2
        at = self._past_stop(at)
        either = scale.either and at == self.first + 1
        return Numeral(self.first, at, value, value, vague=True, either=either, base=1)

    def _group(self, limit: int) -> tuple[Number, int] | None:
        """A number below a thousand, or in digits, with its multiplier; the place moves behind it."""
        start = self.at
        value = self._below(limit)
        if value is None:
            return self._bare_scale(start)
        self._half_or_hedge()
        value += self.half
        scale = self.words.scales.get(self._word(self.at))
        if scale is None:
            if self.half or self.at_half:
                self.at = self.before_half
                value -= self.half
            if start != self.first and value >= limit:
                self.at = start
                return None
            return value, 1
        if scale.value >= limit:
            self.at = start
            return None
        self.at = self._past_stop(self.at + 1)
        times = scale.value
        following = self.words.scales.get(self._word(self.at))
        if following is not None and scale.value < THOUSAND <= following.value:
            times *= following.value
            self.at = self._past_stop(self.at + 1)
        return value, times

    def _half_or_hedge(self) -> None:
        """Step over "с половиной" and "с лишним" where a multiplier follows."""
        self.half, self.at_half, self.before_half = 0, False, self.at
        two = f"{self._word(self.at)} {self._word(self.at + 1)}"
        if two in self.words.stems["and_half"]:
            self.half, self.at_half = 0.5, True
            self.at += 2
        elif two in self.words.stems["inside"]:
            if self._word(self.at + 2) in self.words.scales:
                self.hedged = True
            self.at_half = True
            self.at += 2

    def _bare_scale(self, start: int) -> tuple[Number, int] | None:
        """One "тысяча" or "миллион", at the start of a numeral alone."""
        scale = self.words.scales.get(self._word(self.at))
        if scale is None or scale.plural or start != self.first:
            return None
        word = self._word(self.at)
        if len(word) <= 4 and scale.value >= THOUSAND:
            return None  # an abbreviation without its number
        self.at += 1
        times = scale.value
        following = self.words.scales.get(self._word(self.at))
        if following is not None and times < THOUSAND <= following.value:
            times *= following.value
            self.at = self._past_stop(self.at + 1)
        return 1, times

    def _past_stop(self, at: int) -> int:
        """Past the full stop of an abbreviated multiplier."""
        abbreviated = len(self._word(at - 1)) <= 4 and self._word(at - 1) in self.words.scales
        touches = at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end
        # A stop that ends the sentence is that of the sentence.
        return at + 1 if abbreviated and touches and self._word(at) == "." and at + 1 < len(self.tokens) else at

    def _below(self, limit: int) -> Number | None:
        """Digits, or words below a thousand."""
        if self.at < len(self.tokens) and self.tokens[self.at].tag == "num":
            scaled = self._word(self.at + 1) in self.words.scales
            value = _digits(self.tokens[self.at].text, scaled=scaled)
            if value is None or (self.at != self.first and (value >= limit or not self._continues(value, limit))):
                return None
            self.at += 1
            return value
        word = self._word(self.at)
        if word in self.words.lists["halves"]:
            self.at += 1
            return 1.5
        if word in self.words.lists["half"] and self._word(self.at + 1) in self.words.scales:
            self.at += 1
            return 0.5
        value = None
        for table in (self.words.hundreds, self.words.lower, self.words.units):
            part = table.get(self._word(self.at))
            if part is None or (table is self.words.units and value is not None and part == 0):
                continue
            teen = value is not None and value % 100 >= 10 and value % 10 != 0
            if table is self.words.units and value is not None and (teen or 10 <= value % 100 < 20):
                continue
            value = part + (value or 0)
            self.at += 1
        return value

    def _continues(self, value: Number, limit: int) -> bool:
        """Whether digits behind a multiplier go on with it: "5 тис 766", "28 млрд 400 млн", not "5 тыс. 2014 год"."""
        return (
            isinstance(value, int)
            and value < min(limit, THOUSAND)
            and (self._word(self.at + 1) in self.words.scales or len(self.tokens[self.at].text) == 3)
        )


def _times(value: Number, times: int) -> Number:
    """A product without the dust of binary fractions: 1.68 * 10**9 is a whole number."""
    product = value * times
    rounded = round(product)
    return rounded if abs(product - rounded) < 1e-6 * max(1, abs(product)) else round(product, 6)
