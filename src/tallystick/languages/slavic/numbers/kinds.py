"""What sort of number it is, by the words at it: dates, ages, shares, measures, labels; else a count.

Takes the tokens of a sentence and a numeral; gives a kind, a unit and how many tokens belong to it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.language import Token
from tallystick.languages.slavic.numbers.money import money
from tallystick.languages.slavic.numbers.numerals import Numeral
from tallystick.languages.slavic.numbers.words import NumberWords
from tallystick.languages.slavic.parsing import plain
from tallystick.model.quantity import QuantityKind

__all__ = ["CARDINAL_ENDINGS", "Kind", "kind_of"]

# "5-й", "2011-го", "90-х" are ordinals; "160-ти", "5-ю" are oblique cases of a numeral.
CARDINAL_ENDINGS = frozenset(("ти", "ми", "мя", "ма", "тью", "ью", "ох", "ьох", "ьома", "рьох", "х", "ёх", "ех", "м"))
ORDINAL_ENDINGS = frozenset("й я е го му ю ї ій ий ої ого ому им их і х у ым ом ый ой ая ую ые ее".split())
# "90-х", "1990-х" are decades, "2-х" and "3-х" are two and three.
SMALL = 5
FIRST_YEAR, LAST_YEAR = 1000, 2100
# Without a word for it, a number of four digits is a year of the times that news tells of.
FIRST_BARE_YEAR = 1800
LONGEST_ENDING = 4
LAST_DAY = 31
TIME = re.compile(r"\d{1,2}")
BEFORE_YEAR = frozenset(
    "в во у із з с со до к до після после за на від от по июня июля а и і та и по – — - ( ,".split()
)
PERSON_WORDS = (
    "человек", "люд", "особ", "осіб", "чоловік", "солдат", "рабоч", "жертв", "погиб", "загиб", "убит", "вбит",
    "ранен", "поранен", "пострадавш", "ребен", "дитин", "женщин", "жінк", "мужчин", "военн", "військов",
    "поліц", "полиц", "миллиард", "мирн", "цивіл", "сотрудн", "працівн", "гражд", "громад", "миллион",
    "мільйон", "тысяч", "тисяч",
)  # fmt: skip


class Kind(NamedTuple):
    """A kind, with the unit of a measure, and the noun that hangs on the digits by a hyphen."""

    kind: QuantityKind
    unit: str | None = None
    attached: str | None = None


COUNT = Kind(QuantityKind.COUNT)


def kind_of(tokens: Sequence[Token], numeral: Numeral, words: NumberWords) -> Kind:
    """Give the kind of the number at `tokens[numeral.first:numeral.last]`."""
    return _Around(tokens, numeral, words).kind()


class _Around:
    """A numeral and the words around it."""

    def __init__(self, tokens: Sequence[Token], numeral: Numeral, words: NumberWords) -> None:
        self.tokens = tokens
        self.numeral = numeral
        self.words = words
        self.before = [self._plain(numeral.first - step) for step in (1, 2, 3)]
        self.after = [self._plain(numeral.last + step) for step in (0, 1, 2)]

    def _plain(self, at: int) -> str:
        return plain(self.tokens[at].lower) if 0 <= at < len(self.tokens) else ""

    def kind(self) -> Kind:
        """By the digits themselves, then by what stands behind, then by what stands before."""
        for reader in (self._by_form, self._by_percent, self._by_calendar, self._by_unit, self._by_label, self._by_one):
            found = reader()
            if found is not None:
                return found
        decimal = isinstance(self.numeral.value, float) and self.numeral.scale == 1
        # 1,1 ребенка: people and things are counted whole, so a decimal without a multiplier is an average.
        mean = self.before[0] == "по" and self.before[1] in ("среднем", "середньому")
        return Kind(QuantityKind.RATE) if (decimal or mean) and not self._is_money() else COUNT

    def _is_money(self) -> bool:
        return money(self.tokens, self.numeral.first, self.numeral.last, self.words) is not None

    def _touches_before(self) -> bool:
        first = self.numeral.first
        return first > 0 and self.tokens[first - 1].end == self.tokens[first].start

    def _touches_after(self, step: int = 0) -> bool:
        at = self.numeral.last + step
        return at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def _by_form(self) -> Kind | None:
        """Digits that are part of a name, a score, a time, a fraction, a telephone number."""
        if self.numeral.broken:
            return Kind(QuantityKind.DATE)
        if not self.numeral.digits:
            return self._by_ordinal_word()
        if self._touches_before():
            mark = self.before[0]
            if mark in "-‑–" and self.numeral.first > 1 and self.tokens[self.numeral.first - 2].tag == "word":
                letters = self.tokens[self.numeral.first - 2].text
                if (
                    self.tokens[self.numeral.first - 2].end == self.tokens[self.numeral.first - 1].start
                    and letters[0].isupper()
                ):
                    return Kind(QuantityKind.DESIGNATION)
            if mark[-1:].isalpha():
                return Kind(QuantityKind.DESIGNATION)
            if mark in ("/", ":") and self.numeral.first > 1 and self.tokens[self.numeral.first - 2].tag == "num":
                return Kind(QuantityKind.SCORE if mark == ":" else QuantityKind.FRACTION)
            if mark == "+":
                return Kind(QuantityKind.PHONE)
        if self._touches_after() and self.after[0] in (":", "/") and self._plain_is_number(self.numeral.last + 1):
            return Kind(QuantityKind.SCORE if self.after[0] == ":" else QuantityKind.FRACTION)
        if self._touches_after() and self.after[0][:1].isascii() and self.after[0][:1].isalpha():
            return Kind(QuantityKind.DESIGNATION)
        return self._by_ending()

    def _plain_is_number(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].tag == "num"

    def _by_ending(self) -> Kind | None:
        """What hangs on the digits by a hyphen: "5-й", "160-ти", "20-летний", "144-миллионный"."""
        if not (self._touches_after() and self.after[0] in ("-", "‑") and self._touches_after(1)):
            return None
        ending = self.after[1]
        if not ending[:1].isalpha():
            return None
        if len(ending) <= LONGEST_ENDING and (ending in CARDINAL_ENDINGS or ending in ORDINAL_ENDINGS):
            small = self.numeral.value < SMALL
            if ending in CARDINAL_ENDINGS and (ending not in ORDINAL_ENDINGS or small):
                return None
            year = FIRST_YEAR <= self.numeral.value <= LAST_YEAR
            return Kind(QuantityKind.DATE if year else QuantityKind.ORDINAL)
        if any(stem in ending for stem in self.words.lists["age"]):
            return Kind(QuantityKind.AGE)
        if ending.startswith(("миллион", "мільйон", "тысяч", "тисяч", "миллиард", "мільярд")):
            return None
        return Kind(QuantityKind.MEASURE, None, ending)

    def _by_ordinal_word(self) -> Kind | None:
        """Ordinals whose last word alone shows it: "двадцать первого"."""
        word = self.after[0]
        ordinal = any(
            word.startswith(stem) and len(word) - len(stem) <= 3 for stem in self.words.lists["ordinal_stems"]
        )
        numeral = word in self.words.units or word in self.words.lower or word in self.words.hundreds
        return (
            Kind(QuantityKind.ORDINAL)
            if ordinal and not numeral and not self.numeral.vague and self.numeral.value != 1
            else None
        )

    def _by_percent(self) -> Kind | None:
        if self.after[0] in self.words.stems["percent"] or f"{self.after[0]}{self.after[1]}" == "п.п":
            return Kind(QuantityKind.PERCENT)
        # "5 и 6 процентов", "от 3 до 4%".
        joined = self.after[0] in ("и", "і", "до", "-", "–", "—", "или", "або", "та", "й")
        if joined and self._plain_is_number(self.numeral.last + 1) and self.after[2] in self.words.stems["percent"]:
            return Kind(QuantityKind.PERCENT)
        return None

    def _by_calendar(self) -> Kind | None:
        """Years, days of months, hours, ages, spans of time."""
        value, after = self.numeral.value, self.after
        joined = after[0] in ("-", "–", "—", "и", "і", "по", "до", ",", "та") and self._plain_is_number(
            self.numeral.last + 1
        )
        if isinstance(value, int) and value <= LAST_DAY and self._is_month(after[2] if joined else after[0]):
            return Kind(QuantityKind.DATE)
        year = self.numeral.digits and isinstance(value, int) and FIRST_YEAR <= value <= LAST_YEAR
        year = year and self.numeral.last == self.numeral.first + 1 and len(self.tokens[self.numeral.first].text) == 4
        if after[0] in self.words.lists["years"]:
            return Kind(QuantityKind.DATE if year else QuantityKind.DURATION)
        if year:
            if self._is_month(self.before[0]) or (
                after[0] in ("-", "–", "—", "/") and self._plain_is_year(self.numeral.last + 1)
            ):
                return Kind(QuantityKind.DATE)
            if self.before[0] in ("-", "–", "—", "/") and self._plain_is_year(self.numeral.first - 2):
                return Kind(QuantityKind.DATE)
            if not self._noun_follows() and self.numeral.value >= FIRST_BARE_YEAR and self.before[0] in BEFORE_YEAR:
                return Kind(QuantityKind.DATE)
        if after[0] in self.words.stems["spans"]:
            clock = (
                self.before[0] in ("в", "у", "о", "об", "до", "к", "с", "з") and after[0] in self.words.stems["clock"]
            )
            return Kind(QuantityKind.TIME if clock else QuantityKind.DURATION)
        return None

    def _plain_is_year(self, at: int) -> bool:
        text = self._plain(at)
        return len(text) in (2, 4) and text.isdigit()

    def _is_month(self, word: str) -> bool:
        months = self.words.lists["months"]
        return any(word.startswith(stem) and len(word) <= len(stem) + 4 for stem in months)

    def _noun_follows(self) -> bool:
        word = self.after[0]
        return (
            len(word) > 2
            and word.isalpha()
            and self.numeral.last < len(self.tokens)
            and word.endswith(
                (
                    "в",
                    "ов",
                    "ев",
                    "ей",
                    "ек",
                    "ін",
                    "ан",
                    "ых",
                    "их",
                    "дат",
                    "тов",
                    "нь",
                    "ок",
                    "ів",
                    "їв",
                    "іб",
                    "ей",
                    "ек",
                    "ок",
                    "ць",
                )
            )
        )

    def _by_unit(self) -> Kind | None:
        word = self.after[0]
        if not word:
            return None
        if word in self.words.stems["rates"] or (len(word) > 4 and word.startswith(("кратн",))):
            return Kind(QuantityKind.RATE)
        for unit, names in self.words.measures:
            if word in names and (len(word) > 1 or self._abbreviates()):
                return Kind(QuantityKind.MEASURE, unit)
        # "калибра 122 и 152 мм".
        joined = word in ("и", "і", "та", "й", "или", "або", ",") and self._plain_is_number(self.numeral.last + 1)
        if joined and self.numeral.digits and len(self.after[2]) > 1:
            for unit, names in self.words.measures:
                if self.after[2] in names:
                    return Kind(QuantityKind.MEASURE, unit)
        if self.after[0] in ("x", "х", "×") and self._plain_is_number(self.numeral.last + 1):
            return Kind(QuantityKind.MEASURE)
        return None

    def _abbreviates(self) -> bool:
        """Whether a single letter behind the digits is a unit and not a word."""
        at = self.numeral.last
        return (
            self.tokens[at].text.islower()
            and self.numeral.digits
            and self.tokens[at].text not in ("с", "в", "у", "о", "і", "и", "з", "а")
        )

    def _by_label(self) -> Kind | None:
        """Numbers that only name something: "№ 5", "статья 228", "15-я бригада", "школа 7"."""
        label, after = self.before[0], self.after[0]
        if label == "." and self.numeral.first > 1:
            label = self.before[1]
        if not label:
            return None
        if label in self.words.stems["labels"] and self.numeral.digits and not self._noun_follows():
            return Kind(QuantityKind.DESIGNATION)
        if label == "№" or (label in self.words.stems["designated"] and self.numeral.digits and not after.isalpha()):
            return Kind(QuantityKind.DESIGNATION)
        return None

    def _by_one(self) -> Kind | None:
        """A bare "один" is a pronoun or an article, unless it counts people or a multiplier."""
        if not self.numeral.one:
            return None
        return (
            None
            if self.after[0].startswith(PERSON_WORDS) or self.before[0].startswith(PERSON_WORDS)
            else Kind(QuantityKind.PRONOUN)
        )
