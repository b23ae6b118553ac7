"""What a number counts in Russian and Ukrainian: the noun phrase behind it, before it, or taken over, and its fate."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tallystick.languages.language import Counted, Parse, Sentence, Token
from tallystick.languages.slavic.nouns.paid import paid_for
from tallystick.languages.slavic.numbers.words import PACKAGES
from tallystick.languages.slavic.parsing import plain
from tallystick.languages.slavic.speech.words import speech_words
from tallystick.languages.writing.words import lists
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["counted"]

# Adjectives that may stand between a number and its noun.
ADJECTIVES = 4
# Words of a clause in which what happened to the counted is looked for, on each side.
REACH = 9
# How far before the number "число" stands: "число жертв столкновений с полицией в Бангкоке за три дня достигло".
NUMBERED = 18
# Numbers in a row that hand down what they count; a longer row is a table or junk.
LONGEST_ROW = 4
MARKS = frozenset((",", ";", ":", "(", ")", ".", "!", "?", "—", "–", "«", "»", '"', "“", "”", "…"))
# What stands between the members of a list, and how many words at most, hedges with them ("и еще не менее").
JOINERS = frozenset((",", "и", "і", "й", "та", "а", "или", "або", "чи", "либо"))
LIST_GAP = 4
OUT_OF = frozenset(("из", "із", "з", "зі"))
HARD_MARKS = frozenset((";", ".", "!", "?", "(", ")", ":"))
# "Внутренне перемещенных", "внутрішньо переміщених": an adverb that stands before a participle.
ADVERB_ENDINGS = ("нно", "нне", "ньо")
CURRENCY_COUNTRIES = frozenset(("сша", "канады", "австралии", "гонконга", "канади", "австралії"))
# Endings of verbs in the past, the present and the passive.
VERB_ENDINGS: dict[str, tuple[str, ...]] = {
    "ru": tuple(
        "ли ло ла ет ют ит ят лись лось лась тся ться ено ены ано аны ято яты ито иты ыто ыты уто уты уть".split()
    ),
    "uk": tuple("ли ло ла ють ять уть лися лось лася ться ено ано ято ито уто".split()),
}


class _Nouns(NamedTuple):
    """The words of a language."""

    small: frozenset[str]
    outcomes: tuple[str, ...]
    numbers: frozenset[str]
    of_them: frozenset[str]
    persons: frozenset[str]
    parcels: tuple[str, ...]
    endings: tuple[str, ...]


@cache
def _nouns(code: str) -> _Nouns:
    held = {name: tuple(map(plain, words)) for name, words in lists(PACKAGES[code], "nouns.yaml").items()}
    return _Nouns(
        frozenset(held["small"]), held["outcomes"], frozenset(held["numbers"]), frozenset(held["of_them"]),
        frozenset(held["persons"]), held["parcels"], tuple(held["adjective_endings"]),
    )  # fmt: skip


class _Phrase(NamedTuple):
    """A noun phrase as tokens: its first, its head, and one past its last."""

    first: int
    head: int
    last: int


def counted(code: str, parse: Parse, sentence: Sentence, quantities: tuple[Quantity, ...], index: int) -> Counted:
    """Give what `quantities[index]` of `sentence` counts.

    Args:
        code: "ru" or "uk".
        parse: The document.
        sentence: The sentence.
        quantities: Its numbers in order.
        index: Which of them.
    """
    return _Reader(code, parse, sentence, quantities, index, LONGEST_ROW).read()


class _Reader:
    """One number among the others of its sentence."""

    def __init__(
        self, code: str, parse: Parse, sentence: Sentence, quantities: tuple[Quantity, ...], index: int, row: int
    ) -> None:
        self.code = code
        self.parse = parse
        self.sentence = sentence
        self.quantities = quantities
        self.index = index
        self.row = row
        self.words = _nouns(code)
        self.tokens = sentence.tokens
        self.quantity = quantities[index]
        self.begin = sentence.position(self.quantity.start)
        self.end = sentence.position(self.quantity.end - 1) + 1

    def read(self) -> Counted:
        """The phrase, its head, what it underwent."""
        phrase, inherited = (self._paid() if self.quantity.kind is QuantityKind.MONEY else self._behind()), False
        if phrase is None or self._is_bare_person(phrase):
            # "Число беженцев превысило 4 миллиона человек" counts refugees.
            phrase = (self._before() if phrase is None else self._numbered()) or phrase
        if phrase is None:
            phrase = self._ahead()
        if phrase is None:
            found = self._inherited()
            if found is not None:
                predicate, span = self._predicate(self.end)
                return Counted(
                    None, None, found.phrase, found.head, found.modifiers, predicate or found.predicate,
                    span or found.predicate_span, passive=bool(predicate or found.predicate), inherited=True,
                )  # fmt: skip
            predicate, span = self._predicate(self.end)
            return Counted(None, None, None, "", (), predicate, span, passive=bool(predicate))
        predicate, span = self._fate(phrase)
        start, end = self.tokens[phrase.first].start, self.tokens[phrase.last - 1].end
        modifiers = tuple(
            plain(token.lower) for token in self.tokens[phrase.first : phrase.last] if token.tag == "word"
        )
        head = plain(self.tokens[phrase.head].lower)
        text = self.parse.document.text[start:end]
        return Counted(start, end, text, head, modifiers, predicate, span, passive=bool(predicate), inherited=inherited)

    def _is_number(self, at: int) -> bool:
        """Whether a token is inside another number of the sentence."""
        token = self.tokens[at]
        return any(one.start <= token.start < one.end for one in self.quantities)

    def _is_count(self, at: int) -> bool:
        """Whether a token is inside another number that counts: not "за три дня"."""
        start = self.tokens[at].start
        counts = (QuantityKind.COUNT, QuantityKind.MONEY)
        return any(one.start <= start < one.end and one.kind in counts for one in self.quantities)

    def _is_word(self, at: int) -> bool:
        return (
            0 <= at < len(self.tokens)
            and self.tokens[at].tag == "word"
            and plain(self.tokens[at].lower) not in self.words.small
            and not self._is_number(at)
        )

    def _behind(self) -> _Phrase | None:
        """Adjectives and a noun directly behind the number, with the genitive that follows it."""
        at = self.end
        if (
            at < len(self.tokens)
            and self.tokens[at].text in (".", "(")
            and self.tokens[at - 1].lower.rstrip(".") in ("тыс", "тис", "млн", "млрд")
        ):
            at += 1
        if at < len(self.tokens) and self.tokens[at].text == "+":
            at += 1
        if at < len(self.tokens) and self.tokens[at].text in ("«", '"', "“"):
            at += 1
        first = at
        while at < len(self.tokens) and at - first < ADJECTIVES and self._is_word(at) and self._is_adjective(at):
            at += 1
        if not self._is_word(at) or self._is_verb(at):
            if at == first:
                return None
            at -= 1  # "пятеро раненых": the adjective is the noun
        head = at
        return _Phrase(first, head, self._complement(head))

    def _paid(self) -> _Phrase | None:
        """What a sum is paid for, or the size of; a genitive directly behind it is what it consists of."""
        end = self.end
        # "Долларов США", "шведских крон": the country is that of the currency.
        while end < len(self.tokens) and plain(self.tokens[end].lower) in CURRENCY_COUNTRIES:
            end += 1
        direct = self._behind() if end == self.end else None
        if direct is not None:
            return direct
        found = paid_for(self.code, self.tokens, self.begin, end, self._is_verb, self._is_number)
        return None if found is None else _Phrase(found[0], found[1] - 1, found[1])

    def _complement(self, head: int) -> int:
        """One past the words that go on with a noun: "рабочих строительных специальностей"."""
        at = head + 1
        if plain(self.tokens[head].lower).startswith(self.words.parcels):
            return self._content(at)
        if (
            self._is_word(at)
            and self._is_adjective(at)
            and self._is_word(at + 1)
            and not self._is_verb(at + 1)
            and not self._is_outcome(at)
        ):
            return at + 2
        return at

    def _content(self, at: int) -> int:
        """One past what a unit holds: "единиц военной техники", "одиниць ОВТ"."""
        last = at
        while last - at < ADJECTIVES and self._is_word(last) and self._is_adjective(last):
            last += 1
        return last + 1 if self._is_word(last) and not self._is_verb(last) else at

    def _is_adjective(self, at: int) -> bool:
        word = plain(self.tokens[at].lower)
        return len(word) > 3 and word.endswith(self.words.endings) and word not in self.words.persons

    def _is_verb(self, at: int) -> bool:
        """Verbs by ending; nouns in the genitive after a number have none of these."""
        word = plain(self.tokens[at].lower)
        if word in self.words.persons:
            return False
        return (len(word) > 4 and word.endswith(VERB_ENDINGS[self.code])) or speech_words(self.code).is_verb(word)

    def _is_bare_person(self, phrase: _Phrase) -> bool:
        """Whether a phrase says no more than that persons are counted."""
        return phrase.last - phrase.first == 1 and plain(self.tokens[phrase.head].lower) in self.words.persons

    def _is_outcome(self, at: int) -> bool:
        return plain(self.tokens[at].lower).startswith(self.words.outcomes)

    def _before(self) -> _Phrase | None:
        """“Человек двадцать", "число погибших достигло 20", "погибших — 20", "потери составили 300"."""
        at = self.begin - 1
        if at >= 0 and plain(self.tokens[at].lower) in self.words.persons:
            return _Phrase(at, at, at + 1)
        numbered = self._numbered()
        if numbered is not None:
            return numbered
        dashed = at >= 1 and self.tokens[at].text in ("—", "–", "-", ":") and self._is_word(at - 1)
        # Behind another number the dash stands for what that counts: "из Москвы – 14 человек, из Тулы – 12".
        if dashed and not any(self._is_number(k) for k in range(max(0, self.begin - REACH), at)):
            return _Phrase(at - 1, at - 1, at)
        return None

    def _numbered(self) -> _Phrase | None:
        """What "число" before the number names: "число погибших достигло 20"."""
        for k in range(self.begin - 1, max(0, self.begin - NUMBERED) - 1, -1):
            if self._is_count(k) or (self.tokens[k].text in HARD_MARKS and k != self.begin - 1):
                return None
            if plain(self.tokens[k].lower) in self.words.numbers and k + 1 < self.begin and self._is_word(k + 1):
                head = k + 1
                while (
                    head + 1 < self.begin
                    and (self._is_adjective(head) or plain(self.tokens[head].lower).endswith(ADVERB_ENDINGS))
                    and self._is_word(head + 1)
                    and not self._is_verb(head + 1)
                ):
                    head += 1
                return _Phrase(k + 1, head, head + 1)
        return None

    def _inherited(self) -> Counted | None:
        """What the number before in the sentence counts, where this one names nothing of its own."""
        for k in range(self.index - 1, max(-1, self.index - 3), -1):
            other = self.quantities[k]
            if other.kind is QuantityKind.COUNT:
                if not self.row:
                    return None
                before = _Reader(self.code, self.parse, self.sentence, self.quantities[: k + 1], k, self.row - 1)
                found = before.read()
                return found if found.head else None
        return None

    def _ahead(self) -> _Phrase | None:
        """The noun of the next number, where only "и" or a comma stands between: "и 30, и 500 тысяч людей"."""
        if self.index + 1 == len(self.quantities):
            return None
        other = _Reader(self.code, self.parse, self.sentence, self.quantities, self.index + 1, 0)
        between = self.tokens[self.end : other.begin]
        words = [token.lower for token in between]
        if not words or not ((words[0] in OUT_OF and len(words) == 1) or JOINERS.issuperset(words)):
            return None
        return other._behind() if other.quantity.kind is QuantityKind.COUNT else None

    def _fate(self, phrase: _Phrase) -> tuple[str, tuple[int, int] | None]:
        """What the counted of `phrase` underwent: the noun may tell it, else its clause, else that of the list."""
        # "600 из 4700 солдат погибли" tells the fate of the 600 alone.
        if self.begin > 1 and self.tokens[self.begin - 1].lower in OUT_OF and self._is_number(self.begin - 2):
            return "", None
        if self._is_outcome(phrase.head) and self.begin < phrase.head:
            return self._with_partner(phrase.head)
        predicate, span = self._predicate(max(phrase.last, self.end))
        if predicate:
            return predicate, span
        fates = (k for k in range(max(phrase.first, self.end), phrase.head) if self._is_outcome(k))
        told = next(fates, None)
        return self._listed() if told is None else self._with_partner(told)

    def _listed(self) -> tuple[str, tuple[int, int] | None]:
        """The predicate before a list whose later member this is: "погибли 5 военных и 3 спасателя"."""
        if not (self.index and self.row) or self.quantities[self.index - 1].kind is not QuantityKind.COUNT:
            return "", None
        other = _Reader(self.code, self.parse, self.sentence, self.quantities, self.index - 1, self.row - 1)
        phrase = other._behind()
        between = self.tokens[(other.end if phrase is None else phrase.last) : self.begin]
        if not between or len(between) > LIST_GAP or between[0].lower not in JOINERS:
            return "", None
        if any(token.tag != "word" and token.text != "," for token in between):
            return "", None
        for k in other._clause_before():
            if self._is_outcome(k):
                return self._with_partner(k)
        return other._listed()

    def _predicate(self, behind: int) -> tuple[str, tuple[int, int] | None]:
        """The word that tells what happened to the counted: before the number in its clause, else behind the phrase."""
        # "10 ранены": what touches the counted holds before the clause of the number before.
        touches = behind < len(self.tokens) and self._is_outcome(behind) and not self._is_number(behind)
        if touches and not self._lists_three(behind):
            return self._with_partner(behind)
        before = next((k for k in self._clause_before() if self._is_outcome(k)), None)
        after = next((k for k in self._clause_behind(behind) if self._is_outcome(k)), None)
        # "600 загинули і 4100 дістали поранення": what stands before tells the fate of the number before it.
        told = after if before is None or (after is not None and self._is_of_before(before)) else before
        return ("", None) if told is None else self._with_partner(told)

    def _is_of_before(self, at: int) -> bool:
        """Whether an outcome stands between the number before and the word that joins this one to it."""
        if not self.index or self.tokens[self.begin - 1].lower not in JOINERS:
            return False
        return self.quantities[self.index - 1].end <= self.tokens[at].start and at == self.begin - 2

    def _clause_before(self) -> list[int]:
        found: list[int] = []
        for k in range(self.begin - 1, max(-1, self.begin - REACH), -1):
            if self.tokens[k].text in HARD_MARKS or self._is_number(k) or (self.tokens[k].text == "," and found):
                break
            if k and self._is_counted(k):
                break
            found.append(k)
        return found

    def _is_counted(self, at: int) -> bool:
        """Whether a word is the noun of another count: "25 тысяч загиблих та 1 мільйон біженців"."""
        end = self.tokens[at - 1].end
        counts = any(one.end == end and one.kind is QuantityKind.COUNT for one in self.quantities)
        return counts and not self._is_verb(at)

    def _clause_behind(self, behind: int) -> list[int]:
        found: list[int] = []
        for k in range(behind, min(len(self.tokens), behind + REACH)):
            if self.tokens[k].text in HARD_MARKS or self._is_number(k) or (self.tokens[k].text == "," and k > behind):
                break
            found.append(k)
        return found

    def _lists_three(self, at: int) -> bool:
        """Whether an outcome begins a list: "убитыми, ранеными и пленными"."""
        if at + 4 >= len(self.tokens) or self.tokens[at + 1].text != ",":
            return False
        joined = self.tokens[at + 3].lower in ("и", "или", "і", "або", "та", "й", "чи")
        return joined and self._is_outcome(at + 2) and self._is_outcome(at + 4)

    def _with_partner(self, at: int) -> tuple[str, tuple[int, int]]:
        """An outcome with the one joined to it: "убиты и ранены"."""
        first = last = at
        if (
            at + 2 < len(self.tokens)
            and self.tokens[at + 1].lower in ("и", "или", "і", "або", "та", "й", "чи")
            and self._is_outcome(at + 2)
        ):
            last = at + 2
        elif (
            at >= 2
            and self.tokens[at - 1].lower in ("и", "или", "і", "або", "та", "й", "чи")
            and self._is_outcome(at - 2)
        ):
            first = at - 2
        words: Sequence[Token] = self.tokens[first : last + 1]
        return " ".join(plain(token.lower) for token in words), (words[0].start, words[-1].end)
