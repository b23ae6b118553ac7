"""Every number of a Korean sentence with its bounds, kind and unit.

Digits with multipliers (1만5천), Sino-Korean numerals in Hangul before a classifier (오백 명), native ones (열두 명).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tallystick.languages.korean.numbers.words import NumberWords, number_words
from tallystick.languages.language import Sentence
from tallystick.languages.writing.myriads import Myriad
from tallystick.languages.writing.numbers import CHANGES, bounds
from tallystick.model.quantity import Bound, Change, Number, Quantity, QuantityKind

__all__ = ["quantities"]

START = re.compile("[0-9\uff10-\uff19가-힣]")
DIGIT = re.compile("[0-9\uff10-\uff19]")
HANGUL = re.compile("[가-힣]")
# "7, 8백 명": two neighbors before one multiplier.
NEIGHBORS = re.compile(r"([1-9])\s?[,·]\s?([1-9])(?=[십백천만])")
# "1~2월": the first of two months, days or hours.
DATES = re.compile(r"\s?[~∼～〜\-–]\s?[0-9]{1,4}\s?(?:년|월|일|시)")
MYRIAD = 10_000
DECADES = range(10, 100, 10)
UNITS_OF_FORCE = ("사단", "여단", "군단", "연대", "대대", "중대", "함대", "비행단", "기동대")
OLDEST = 120
# The Vietnamese dong is also a block of houses: below this it is the block.
LEAST_DONG = 1_000
# Behind a sum it names a note or a price and no amount of money that is told: 5만원권.
NOTES = ("권", "짜리")


class _Numeral(NamedTuple):
    """A number or a range, as far as its characters go."""

    start: int
    end: int
    low: Number
    high: Number | None
    vague: bool = False
    over: bool = False
    digits: bool = True
    large: int = 1


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
            match = START.search(self.text, at, self.stop)
            if match is None:
                return
            start = match.start()
            numeral = self._numeral(start)
            if numeral is None:
                at = self._past_word(start)
                continue
            quantity = self._quantity(numeral)
            at = numeral.end if quantity is None else max(numeral.end, quantity.end)
            if quantity is not None:
                yield quantity

    def _past_word(self, at: int) -> int:
        """Past the Hangul of a word that begins with no numeral; digits may stand within it."""
        at += 1
        while at < self.stop and HANGUL.match(self.text[at]):
            at += 1
        return at

    def _numeral(self, at: int) -> _Numeral | None:
        first = self._one(at)
        if first is None:
            return None
        after = self._past_currency(first.end)
        join = self.words.joins.match(self.text, first.end, self.stop) or (
            self.words.joins.match(self.text, after, self.stop) if after > first.end else None
        )
        if join is None or first.vague or first.high is not None:
            return first
        second = self._one(self._past_hedge(join.end()))
        if second is None or second.high is not None:
            return first
        low = first.low if first.large > 1 or second.large < MYRIAD // 10 else first.low * second.large
        low = first.low if low >= second.low else low
        goal = self.text.startswith(("로", "으로"), self._past_currency(second.end)) and join.group() == "에서"
        if low < second.low and not goal and not self._is_date(second.end):
            return _Numeral(at, second.end, low, second.low, large=second.large)
        return first

    def _is_date(self, at: int) -> bool:
        return self.text[at : at + 1] in ("년", "월", "일", "시")

    def _past_hedge(self, at: int) -> int:
        match = re.compile(r"\s?(?:약 ?)?").match(self.text, at, self.stop)
        return at if match is None else match.end()

    def _past_currency(self, at: int) -> int:
        match = self.words.currency.match(self.text, _past_blank(self.text, at), self.stop)
        return at if match is None else match.end()

    def _one(self, at: int) -> _Numeral | None:
        """The number that begins here, without a range."""
        character = self.text[at : at + 1]
        if DIGIT.match(character):
            pair = NEIGHBORS.match(self.text, at, self.stop)
            if pair is not None:
                rest = self.words.myriads.at(self.text, pair.start(2), self.stop)
                if rest is not None:
                    times = rest.value // int(pair.group(2))
                    return _Numeral(at, rest.end, int(pair.group(1)) * times, rest.value, large=rest.large)
            found = self.words.myriads.at(self.text, at, self.stop)
            return None if found is None else _numeral(found)
        if at > self.begin and HANGUL.match(self.text[at - 1]):
            return None
        if character in self.words.myriads.several:
            found = self.words.myriads.at(self.text, at, self.stop)
            return _numeral(found) if found is not None and self._classified(found.end) else None
        return self._in_hangul(at) or self._native(at)

    def _in_hangul(self, at: int) -> _Numeral | None:
        """오백 명, 삼천오백 명: only before a classifier or a currency, since the syllables stand in many words."""
        match = self.words.hangul.match(self.text, at, self.stop)
        if match is None:
            return None
        found = self.words.written.at(self.text, at, match.end())
        if found is None or found.end != match.end() or not self._classified(found.end):
            return None
        return _numeral(found)

    def _native(self, at: int) -> _Numeral | None:
        match = self.words.native.match(self.text, at, self.stop)
        if match is None or not self._classified(match.end(), blank=True):
            return None
        word = match.group()
        if word in self.words.pairs:
            low, high = self.words.pairs[word]
            return _Numeral(at, match.end(), low, high, digits=False)
        ten = next((ten for ten in self.words.tens if word.startswith(ten)), "")
        rest = word[len(ten) :]
        if word in self.words.ones:
            ten, rest = "", word
        value = self.words.tens.get(ten, 0) + self.words.ones.get(rest, 0)
        return _Numeral(at, match.end(), value, None, digits=False)

    def _classified(self, at: int, *, blank: bool = False) -> bool:
        """Whether a classifier or a currency stands there, 여 and a blank between them allowed."""
        at += self.text[at : at + 1] in self.words.myriads.over and self.text[at : at + 1] != ""
        spaced = self.text[at : at + 1] == " "
        match = self.words.classifier.match(self.text, at + spaced, self.stop)
        if match is not None and (not blank or spaced or match.group() in ("명", "사람")):
            behind = self.text[match.end() : match.end() + 1]
            # A classifier of one syllable is one where a particle, a mark or a blank follows, not within a noun.
            return (
                not HANGUL.match(behind)
                or behind in "이은는가을를의에도만과와로씩중들으정가량여까"
                or len(match.group()) > 1
            )
        return not blank and self.words.currency.match(self.text, at + spaced, self.stop) is not None

    def _quantity(self, numeral: _Numeral) -> Quantity | None:
        start, end = numeral.start, numeral.end
        sign = next(
            ((mark, code) for mark, code in self.words.signs if self.text.endswith(mark, self.begin, start)), None
        )
        behind, over = self._past_over(end)
        kind, unit = self._kind(numeral, behind)
        money = self.words.currency.match(self.text, _past_blank(self.text, behind), self.stop)
        if money is not None and self._is_sum(money, kind, numeral.low):
            if self.text.startswith(NOTES, money.end()):
                kind = QuantityKind.DESIGNATION
            else:
                kind, unit, end = QuantityKind.MONEY, self.words.codes[money.group()], money.end()
                behind = end
        elif sign is not None:
            kind, unit, start = QuantityKind.MONEY, sign[1], start - len(sign[0])
        hedge = self._hedge(start, end, behind, over=over)
        bound, low, high = bounds(numeral.low, numeral.high, hedge, vague=numeral.vague, over=over or numeral.over)
        span = None if hedge is None else hedge[1]
        return Quantity(start, end, low, high, bound, kind, unit, span, change=CHANGES.get(bound, Change.EQUAL))

    def _is_sum(self, money: re.Match[str], kind: QuantityKind, low: Number) -> bool:
        """Whether the name of a currency is one, and not the beginning of another word (동, 원)."""
        if kind in (QuantityKind.ORDINAL, QuantityKind.PERCENT):
            return False
        behind = self.text[money.end() : money.end() + 1]
        if money.group() == "동" and low < LEAST_DONG:
            return False
        if money.group() in ("동", "불", "원", "엔"):
            return not HANGUL.match(behind) or behind in "이은는가을를의에도만과와로씩대어규상짜권으인까이며정가"
        return True

    def _past_over(self, end: int) -> tuple[int, bool]:
        if self.text[end : end + 1] in self.words.myriads.over and self.text[end : end + 1]:
            return end + 1, True
        return end, False

    def _kind(self, numeral: _Numeral, behind: int) -> tuple[QuantityKind, str | None]:
        """What sort of number it is, by what stands before and behind."""
        ahead = _past_blank(self.text, behind)
        named = self._named(numeral) if numeral.digits else None
        if named is not None:
            return named, None
        if numeral.digits and DATES.match(self.text, numeral.end, self.stop):
            return QuantityKind.DATE, None
        measured = None if self.text.startswith("명", ahead) else self._measured(ahead)
        if measured is not None:
            return measured
        decade = numeral.digits and self.text.startswith("대", behind) and numeral.low in DECADES
        if decade and self._is_decade(behind + 1):
            return QuantityKind.AGE, None
        before = self.text[max(self.begin, numeral.start - 4) : numeral.start].rstrip()
        if self.text.startswith("분의", ahead) or before.endswith("분의"):
            return QuantityKind.FRACTION, None
        if before.endswith(("명당", "인당")):
            return QuantityKind.RATE, None
        if numeral.digits and self.text.startswith(UNITS_OF_FORCE, ahead):
            return QuantityKind.DESIGNATION, None
        match = self.words.classifier.match(self.text, ahead, self.stop)
        per = match is not None and self.text.startswith("당", match.end())
        if per or isinstance(numeral.low, float):
            return QuantityKind.RATE, None  # 10만명당, 50.3명: people are counted whole
        return QuantityKind.COUNT, None

    def _named(self, numeral: _Numeral) -> QuantityKind | None:
        """What digits are by the marks and letters that touch them: a name, a score, an age behind a name."""
        text, start, end = self.text, numeral.start, numeral.end
        before = text[max(self.begin, start - 3) : start]
        last, other = before[-1:], before[-2:-1]
        if before.endswith(self.words.labels):
            return QuantityKind.ORDINAL
        lettered = last.isascii() and (last.isalpha() or (last in "-/:." and other.isalnum() and other.isascii()))
        if last and lettered:
            return QuantityKind.DESIGNATION
        if text[end : end + 1] in (":", "/") and DIGIT.match(text, end + 1):
            return QuantityKind.SCORE
        if last in ("·", "(") and text.startswith(")", end) and numeral.low < OLDEST:
            return QuantityKind.AGE  # 고토 겐지(後藤健二·47) 씨
        return None

    def _measured(self, ahead: int) -> tuple[QuantityKind, str | None] | None:
        """The unit behind a number that makes it no count."""
        text = self.text
        for word in self.words.tonnes:
            behind = text[ahead + len(word) : ahead + len(word) + 1]
            if (
                text.startswith(word, ahead)
                and behind != "급"
                and not (word.isascii() and behind.isascii() and behind.isalnum())
            ):
                return QuantityKind.MEASURE, "tonne"
        if text.startswith(self.words.kilograms, ahead):
            return QuantityKind.MEASURE, "kilogram"
        for word, kind in self.words.other:
            if text.startswith(word, ahead) and not self._is_classifier(word, ahead):
                return kind, None
        return None

    def _is_decade(self, at: int) -> bool:
        """Whether "20대" tells an age: no noun of a vehicle before it is asked, people behind it are."""
        behind = self.text[at : at + 4].strip().removeprefix("의 ")
        return behind.startswith(("남", "여", "초", "중", "후", "청", "젊", "직장", "대학", "가 ", "부부", "한국"))

    def _is_classifier(self, word: str, at: int) -> bool:
        """Whether a longer classifier stands there than the word that would make it no count."""
        match = self.words.classifier.match(self.text, at, self.stop)
        return match is not None and len(match.group()) > len(word)

    def _hedge(self, start: int, end: int, behind: int, *, over: bool) -> tuple[Bound, tuple[int, int]] | None:
        """The words that bound a number: before it, else behind it or behind its classifier."""
        stop = start
        while stop > self.begin and self.text[stop - 1] in " \u00a0":
            stop -= 1
        for word, bound in self.words.before:
            first = stop - len(word)
            if self.text.endswith(word, self.begin, stop) and not HANGUL.match(self.text[first - 1 : first] or " "):
                return bound, (first, stop)
        blank = _past_blank(self.text, behind)
        match = self.words.classifier.match(self.text, blank, self.stop)
        for at in dict.fromkeys((behind, blank, behind if match is None else match.end())):
            for word, bound in self.words.behind:
                for place in (at, _past_blank(self.text, at)):
                    if self.text.startswith(word, place) and not (
                        word == "선" and HANGUL.match(self.text[place + 1 : place + 2] or " ")
                    ):
                        return bound, (place, place + len(word))
        return (Bound.AT_LEAST, (end, behind)) if over else None


def _numeral(found: Myriad) -> _Numeral:
    return _Numeral(found.start, found.end, found.value, None, found.vague, found.over, found.digits, found.large)


def _past_blank(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] == " " else at
