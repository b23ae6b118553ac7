"""Every number of a Chinese sentence with its bounds, kind and unit.

A numeral is a number only where something shows it: digits, a multiplier, or a classifier behind a single character.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tallystick.languages.chinese.numbers.words import NumberWords, fates, number_words
from tallystick.languages.language import Sentence
from tallystick.languages.writing.myriads import Myriad
from tallystick.languages.writing.numbers import CHANGES, bounds
from tallystick.model.quantity import Bound, Change, Number, Quantity, QuantityKind

__all__ = ["quantities"]

MYRIAD = 10_000
# A year of four digits before 年, and digits that only name something.
YEAR_DIGITS = 4
# 至少 with a verb between it and its number: 至少要造成50万人死亡.
APART = re.compile("至少[^，。；、：0-9０-９]{1,5}$")
# 比去年增加1.2万人: a step from another figure.
DIFFERENCE = re.compile(
    "(?:比|较|較)[^，。；！？\\n]{1,12}(?:增加|减少|減少|增长|增長|下降|上升|增|减|減|多|少)了?(?:约|約|近)?$"
)
SCORES = ("：", ":", "∶", "比")
# 二十来名: about twenty.
ROUGHLY = ("来", "來")
PAIR = re.compile("[一二三四五六七八1-8１-８]、(?=[二三四五六七八九2-9２-９][十百千万萬亿億])")
DASHES = ("—", "－", "-")
# Behind a number that is part of a name.
MODELS = ("型", "系列", "式", "”号", "」號", "号”", "號」")
# Code points around 一 in which a word of what happened to somebody makes it a figure: 一名士兵死亡, 造成一人受伤.
FATE = 14
CAUSED = re.compile(
    "(?:造成|导致|導致|致|打死|打伤|打傷|击毙|擊斃|炸死|炸伤|炸傷|杀死|殺死|逮捕|俘虏|俘虜)(?:了|另|至少)*一.?$"
)
BLANKS = " \u00a0\u3000"
# Code points behind a number in which a hedge may follow its classifier and noun ("500人以上").
BEHIND = 3
# A bare multiplier is a number only before these or behind a hedge: 百余人, 千名, 近百万.
# Characters after which a single numeral character is part of a word: 统一, 唯一, 万一, 一一, 之一, 同一, 任一.
WORDS_BEFORE = frozenset("统統唯万萬之同任某另每第如划劃單单專专逐初五不无無没沒")


class _Numeral(NamedTuple):
    """A number or a range, as far as its characters go."""

    start: int
    end: int
    low: Number
    high: Number | None
    first: Myriad


def quantities(sentence: Sentence, text: str) -> tuple[Quantity, ...]:
    """Give every number of `sentence` in order, without overlap."""
    return tuple(_Reader(sentence, text).read())


class _Reader:
    """One sentence."""

    def __init__(self, sentence: Sentence, text: str) -> None:
        self.text = text
        self.begin = sentence.start
        self.stop = sentence.end
        self.words: NumberWords = number_words()

    def read(self) -> Iterator[Quantity]:
        """Yield the numbers."""
        at = self.begin
        while at < self.stop:
            match = self.words.start.search(self.text, at, self.stop)
            if match is None:
                return
            numeral = self._numeral(match.start())
            if numeral is None:
                at = match.start() + 1
                continue
            quantity = self._quantity(numeral)
            at = max(numeral.end, match.start() + 1)
            if quantity is not None:
                at = max(at, quantity.end)
                yield quantity

    def _numeral(self, at: int) -> _Numeral | None:
        """The number or the range that begins here."""
        if self.text.startswith(self.words.no_numbers, at) and not self.text[at].isdigit():
            return None
        for idiom, value in self.words.idioms:
            if self.text.startswith(idiom, at, self.stop):
                end = at + len(idiom)
                return _Numeral(at, end, value, None, Myriad(at, end, value, vague=True, multiplied=True))
        first = self._myriad(at)
        if first is None:
            return None
        pair = self._pair(at) or self._last_pair(at, first)
        if pair is not None:
            return pair
        join = self.words.joins.match(self.text, first.end, self.stop)
        money = self.words.currency.match(self.text, first.end, self.stop)
        if join is None and money is not None:
            join = self.words.joins.match(self.text, money.end(), self.stop)
        if join is not None and first.vague:
            second = self._myriad(join.end())
            if second is not None and second.vague and second.value > first.value:
                return _Numeral(at, second.end, first.value, None, first)  # 数千至上万名士兵
        if join is not None and not first.vague:
            second = self._myriad(self._past_sign(join.end()))
            low = None if second is None else _shared(first, second)
            if second is not None and low is not None and low < second.value and not self._is_calendar(second.end):
                return _Numeral(at, second.end, low, second.value, second)
        return _Numeral(at, first.end, first.value, None, first)

    def _is_calendar(self, at: int) -> bool:
        return self.text[at : at + 1] in ("年", "月", "日", "时", "時", "点")

    def _past_sign(self, at: int) -> int:
        for hedge in ("约", "約"):
            if self.text.startswith(hedge, at):
                return at + 1
        return at

    def _myriad(self, at: int) -> Myriad | None:
        return self.words.myriads.at(self.text, at, self.stop)

    def _last_pair(self, at: int, first: Myriad) -> _Numeral | None:
        """十七八, 二十七八: two neighboring figures at the end."""
        ones = self.words.myriads.ones
        low, high = ones.get(self.text[first.end - 1]), ones.get(self.text[first.end : first.end + 1])
        if not first.multiplied or low is None or high is None or not 0 < low == high - 1:
            return None
        if self.text[first.end - 2] not in self.words.myriads.small:
            return None
        return _Numeral(at, first.end + 1, first.value, first.value + 1, first)

    def _pair(self, at: int) -> _Numeral | None:
        """三四千, 五六百: two neighboring figures before one multiplier."""
        ones = self.words.myriads.ones
        comma = PAIR.match(self.text, at, self.stop)
        if comma is not None:
            return self._listed_pair(at, comma.end())
        low, high = ones.get(self.text[at]), ones.get(self.text[at + 1 : at + 2])
        if low is None or high is None or high != low + 1 or low == 0:
            return None
        rest = self.words.myriads.at(self.text, at + 1, self.stop)
        if rest is None or rest.value < high:
            return None
        times = rest.value // high if rest.value % high == 0 else 0
        return _Numeral(at, rest.end, low * times, rest.value, rest) if times else None

    def _listed_pair(self, at: int, second: int) -> _Numeral | None:
        """三、四百, 2、3千: two neighboring figures with a mark between."""
        rest = self.words.myriads.at(self.text, second, self.stop)
        figures = [self.words.myriads.at(self.text, one, one + 1) for one in (at, second)]
        if rest is None or not rest.multiplied or figures[0] is None or figures[1] is None:
            return None
        low, high = figures[0].value, figures[1].value
        if high != low + 1 or rest.value % high:
            return None
        return _Numeral(at, rest.end, low * (rest.value // high), rest.value, rest)

    def _quantity(self, numeral: _Numeral) -> Quantity | None:
        start, end = numeral.start, numeral.end
        sign = next(
            ((mark, code) for mark, code in self.words.signs if self.text.endswith(mark, self.begin, start)), None
        )
        behind, over = self._past_over(end)
        money = self.words.currency.match(self.text, _past_blank(self.text, behind), self.stop)
        kind, unit = self._kind(numeral, behind)
        if sign is not None or (money is not None and kind is not QuantityKind.ORDINAL):
            kind = QuantityKind.MONEY
            unit = sign[1] if sign is not None else self.words.codes[money.group()] if money is not None else None
            start = start - len(sign[0]) if sign is not None else start
            # 余 and 多 between a multiplier and its currency are inside the sum: 80多亿元, 10多美元.
            end = money.end() if money is not None else end
            behind = end
        elif not self._counts(numeral, behind, kind):
            return None
        hedge = self._hedge(start, end, behind, over=over)
        bound, low, high = bounds(
            numeral.low, numeral.high, hedge, vague=numeral.first.vague, over=over or numeral.first.over
        )
        span = None if hedge is None else hedge[1]
        return Quantity(start, end, low, high, bound, kind, unit, span, change=CHANGES.get(bound, Change.EQUAL))

    def _past_over(self, end: int) -> tuple[int, bool]:
        """Past 余, 多 behind a number, and whether one stood there."""
        if self.text[end : end + 1] in self.words.myriads.over:
            return end + 1, True
        if self.text[end : end + 1] in ROUGHLY and self.words.classifier.match(self.text, end + 1, self.stop):
            return end + 1, True
        return end, False

    def _counts(self, numeral: _Numeral, behind: int, kind: QuantityKind) -> bool:
        """Whether characters are a number at all: with digits, a multiplier, or a classifier behind them."""
        first = numeral.first
        if first.digits or (first.multiplied and not first.bare):
            return True
        if self.text[numeral.start - 1 : numeral.start] in WORDS_BEFORE:
            return False
        classified = self.words.classifier.match(self.text, behind, self.stop) is not None
        if first.bare:
            return (
                classified
                or behind > numeral.end
                or kind is not QuantityKind.COUNT
                or self._hedge_before(numeral.start) is not None
            )
        return classified or kind is not QuantityKind.COUNT

    def _kind(self, numeral: _Numeral, behind: int) -> tuple[QuantityKind, str | None]:
        """What sort of number it is, by what stands before and behind."""
        named = self._kind_by_place(numeral, behind)
        if named is not None:
            return named, None
        text, first = self.text, numeral.first
        ahead = _past_blank(text, behind)
        for word in self.words.tonnes:
            if text.startswith(word, ahead) and not text.startswith("级", ahead + len(word)):
                return QuantityKind.MEASURE, "tonne"
        if text.startswith(self.words.kilograms, ahead):
            return QuantityKind.MEASURE, "kilogram"
        for word, kind in self.words.other:
            if text.startswith(word, ahead) and not self._is_classifier(word, ahead):
                return kind, None
        joined = first.digits and numeral.high is None and text[numeral.end : numeral.end + 1] in DASHES
        if joined and text[numeral.end + 1 : numeral.end + 2].isdigit():
            return QuantityKind.DESIGNATION, None
        if text.startswith(MODELS, ahead):
            return QuantityKind.DESIGNATION, None
        if isinstance(numeral.low, float) and not first.multiplied:
            return QuantityKind.RATE, None  # people and things are counted whole
        return QuantityKind.COUNT, None

    def _kind_by_place(self, numeral: _Numeral, behind: int) -> QuantityKind | None:
        """The kind that the words and signs around a number tell before its unit is read."""
        text, start, first = self.text, numeral.start, numeral.first
        before = text[max(self.begin, start - 4) : start]
        if before.endswith(self.words.labels) and (before.endswith("第") or not self._is_classified(behind)):
            return QuantityKind.ORDINAL
        after = text[numeral.end : numeral.end + 2]
        if first.digits and (_names(before) or (after[:1].isascii() and after[:1].isalpha())):
            return QuantityKind.DESIGNATION
        if before.endswith("每"):
            return QuantityKind.RATE
        if before.endswith("分之") or after == "分之":
            return QuantityKind.PERCENT
        versus = after[:1] in SCORES and after[1:].isdigit()
        if versus or (before[-1:] in SCORES and before[-2:-1].isdigit()):
            return QuantityKind.SCORE
        if DIFFERENCE.search(text, max(self.begin, start - 20), start):
            return QuantityKind.DIFFERENCE
        if first.value == 1 and text[start] == "一" and self._is_article(behind):
            return QuantityKind.PRONOUN
        return None

    def _is_classified(self, behind: int) -> bool:
        return self.words.classifier.match(self.text, behind, self.stop) is not None

    def _is_article(self, behind: int) -> bool:
        """Whether 一 before a classifier counts no casualty: 一名官员."""
        if not self._is_classified(behind):
            return False
        clause = re.split("[，。；：！？\\n]", self.text[behind : min(behind + FATE, self.stop)])[0]
        caused = CAUSED.search(self.text, max(self.begin, behind - 8), behind)
        return caused is None and fates().search(clause) is None

    def _is_classifier(self, word: str, at: int) -> bool:
        """Whether a longer classifier stands there than the word that would make it no count."""
        match = self.words.classifier.match(self.text, at, self.stop)
        return match is not None and len(match.group()) > len(word)

    def _hedge_before(self, start: int) -> tuple[Bound, tuple[int, int]] | None:
        stop = start
        while stop > self.begin and self.text[stop - 1] in BLANKS:
            stop -= 1
        for word, bound in self.words.before:
            if self.text.endswith(word, self.begin, stop):
                return bound, (stop - len(word), stop)
        apart = APART.search(self.text, max(self.begin, stop - 8), stop)
        return None if apart is None else (Bound.AT_LEAST, (apart.start(), apart.start() + 2))

    def _hedge(self, start: int, end: int, behind: int, *, over: bool) -> tuple[Bound, tuple[int, int]] | None:
        """The words that bound a number: before it, else behind it or behind its classifier."""
        found = self._hedge_before(start)
        if found is not None:
            return found
        if over:
            return Bound.APPROX if self.text[end : end + 1] in ROUGHLY else Bound.AT_LEAST, (end, behind)
        match = self.words.classifier.match(self.text, behind, self.stop)
        for at in (behind, behind if match is None else match.end()):
            for word, bound in self.words.behind:
                if self.text.startswith(word, at) and (at > behind or len(word) > 1):
                    return bound, (at, at + len(word))
        return None


def _names(before: str) -> bool:
    """Whether letters before digits, with or without a dash, make them a name: P-700, b—24."""
    letter = before[-2:-1] if before[-1:] in ("-", "－", "—", ".") else before[-1:]
    if before[-1:] in ("-", "－") and letter.isalpha():
        return True  # 苏-35
    return letter.isascii() and (letter.isalpha() or (letter.isdigit() and before[-1:] in ("-", "－", "—", ".")))


def _past_blank(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] in BLANKS and text[at : at + 1] else at


def _shared(low: Myriad, high: Myriad) -> Number | None:
    """The lower end of a range with the multiplier of the upper one, where it has none: 1至2万."""
    if low.multiplied or high.large < MYRIAD or low.value >= high.value / high.large:
        return low.value
    shared = round(low.value * high.large, 6)
    return int(shared) if shared == int(shared) else shared
