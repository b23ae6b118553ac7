"""What a number counts in Korean: the noun before it, the one behind "의", or the one before that, and its fate.

"북한 선원 16명", "5천명의 군인", "이 가운데 3명"; where only a classifier of persons stands, it is the head.
"""

import re
from functools import cache
from typing import NamedTuple

from tallystick.languages.korean.grammar.eojeols import Eojeol, Role, eojeols, is_adnominal, is_adverb, is_trailing
from tallystick.languages.korean.numbers.words import PACKAGE, number_words
from tallystick.languages.language import Counted, Parse, Sentence
from tallystick.languages.writing.words import lists
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["counted"]

# Eojeols of a noun phrase before its number at most.
LONGEST = 4
# Being sent to a war is told of those who then die, too.
SENT = "파병"
# Numbers that in turn take over what the one before counts at most: a text of nothing else would be read without end.
MOST_HANDED_DOWN = 6
# "병사 300명을 잃었다": the counted themselves are lost, not what they had.
LOST = re.compile("을 잃")
# What the dead underwent is not told of their families.
RELATIVES = re.compile("가족|유족|부모")
# Code points in which what happened to the counted stands behind it.
REACH = 40
MARKS = re.compile(r"[,;·]|\.(?=\s|$)")
# "명 가운데 3명", "명 중 46명": the persons just before go on.
# "추가로 3천명": what the number before counts goes on.
OF_BEFORE = re.compile(r"(?:(?:가운데|중|중에)\s?(?:약 |무려 |에는 )?|추가로 (?:약 )?)$")
# "1천명에서 1만2천명으로": the same, to a second number.
TO_HERE = re.compile(r"여?\s?명에서\s?(?:약 |최대 )?")
TAKEN_ROLES = frozenset((Role.NONE, Role.TOPIC, Role.SUBJECT, Role.OBJECT))
UNITS = frozenset(("사단", "여단", "군단", "연대", "대대", "중대", "소대", "팀", "개팀", "부대", "조"))
COUNTS = frozenset(("수는", "수가", "수도", "수를", "수", "숫자는", "숫자가", "규모는", "규모가"))
# Forms before a number that tell what the counted underwent.
UNDERGONE = re.compile("숨진|사망한|희생된|부상당한|다친|체포된|구속된|실종된|납치된|억류된|전사한")
NUMBER_WORDS = frozenset(
    (
        "총",
        "모두",
        "약",
        "최소",
        "최대",
        "적어도",
        "최소한",
        "현재",
        "각각",
        "또",
        "무려",
        "대략",
        "거의",
        "기존",
        "전체",
        "추가로",
        "이미",
        "동안",
        "하루",
        "하루에",
        "매일",
        "매달",
        "매년",
        "이날",
        "오늘",
        "어제",
        "전날",
        "올해",
        "지난해",
        "작년",
        "지금까지",
        "이날까지",
        "현재까지",
    )
)


class _Nouns(NamedTuple):
    heads: tuple[str, ...]
    outcomes: re.Pattern[str]


@cache
def _nouns() -> _Nouns:
    held = lists(PACKAGE, "nouns/nouns.yaml")
    outcomes = sorted(held["outcomes"], key=lambda word: (-len(word), word))
    return _Nouns(tuple(held["heads"]), re.compile("|".join(map(re.escape, outcomes))))


def counted(parse: Parse, sentence: Sentence, quantities: tuple[Quantity, ...], index: int) -> Counted:
    """Give what `quantities[index]` of `sentence` counts.

    Args:
        parse: The document.
        sentence: The sentence.
        quantities: Its numbers in order.
        index: Which of them.
    """
    return _Reader(parse.document.text, sentence, quantities, index).read()


class _Reader:
    """One number among the others of its sentence."""

    def __init__(
        self, text: str, sentence: Sentence, quantities: tuple[Quantity, ...], index: int, handed_down: int = 0
    ) -> None:
        self.text = text
        self.handed_down = handed_down
        self.sentence = sentence
        self.quantities = quantities
        self.index = index
        self.quantity = quantities[index]
        numbers = number_words()
        self.behind = self.quantity.end
        if text[self.behind : self.behind + 1] == "여":
            self.behind += 1
        self.behind += text[self.behind : self.behind + 1] == " "
        match = numbers.classifier.match(text, self.behind, sentence.end)
        money = self.quantity.kind is QuantityKind.MONEY
        self.classifier = "" if match is None or money else match.group()
        self.person = self.classifier in numbers.persons
        self.after = self.behind + len(self.classifier)
        self.limit = quantities[index + 1].start if index + 1 < len(quantities) else sentence.end
        self.floor = self._past_number(quantities[index - 1].end, numbers.classifier) if index else sentence.start

    def _past_number(self, end: int, classifier: re.Pattern[str]) -> int:
        """Past the word that the number before stands in: "1천명과"."""
        match = classifier.match(self.text, end + (self.text[end : end + 1] in " 여"), self.sentence.end)
        stop = end if match is None else match.end()
        while stop < self.quantity.start and self.text[stop].isalnum():
            stop += 1
        return stop

    def read(self) -> Counted:
        """The phrase, its head, what it underwent."""
        lead = self.text[max(self.floor, self.quantity.start - 14) : self.quantity.start]
        told = self.quantities[self.index - 1].end if self.index else self.quantity.start
        taken_over = (
            OF_BEFORE.search(lead) is not None or TO_HERE.fullmatch(self.text, told, self.quantity.start) is not None
        )
        span = self._behind()
        known = span is not None and self.text[span[0] : span[1]].endswith(_nouns().heads)
        if not known and not taken_over:
            before = self._before()
            # "전사자 101명의 초상": what is known before the number is counted, not what belongs to it.
            if span is None or (before is not None and self.text[before[0] : before[1]].endswith(_nouns().heads)):
                span = before
        predicate, at = self._predicate(self.after if span is None else max(span[1], self.after))
        money = self.quantity.kind is QuantityKind.MONEY
        if span is None and not money and (taken_over or not self.classifier):
            inherited = self._inherited()
            if inherited is not None:
                return Counted(
                    None,
                    None,
                    inherited.phrase,
                    inherited.head,
                    (),
                    predicate,
                    at,
                    passive=bool(predicate),
                    inherited=True,
                )
        if span is None:
            head = self.classifier if self.person else ""
            if not head:
                return Counted(None, None, None, "", (), predicate, at, passive=bool(predicate))
            return Counted(self.behind, self.after, head, head, (), predicate, at, passive=bool(predicate))
        phrase = self.text[span[0] : span[1]]
        head = self.classifier if self.person else phrase
        return Counted(span[0], span[1], phrase, head, (phrase,), predicate, at, passive=bool(predicate))

    def _behind(self) -> tuple[int, int] | None:
        """The noun behind "의": 117명의 티베트인들, 190만개 일자리."""
        match = re.compile(r"(?:\s?(?:이상|가량|정도|안팎|규모|상당|어치|수준|남짓|넘는|전원))?의?\s+").match(
            self.text, self.after, self.sentence.end
        )
        if self.text.startswith("분량", self.after + (self.text[self.after : self.after + 1] == " ")):
            return None  # "컨테이너 2만8천개 분량의 무기": containers are counted
        genitive = self.text[self.after : match.end() if match else self.after].strip().endswith("의")
        if match is None or not (genitive or not self.person):
            return None
        if not genitive and self.quantity.kind is QuantityKind.MONEY:
            return None
        words = eojeols(self.text, match.end(), min(self.limit, self.sentence.end))
        first: Eojeol | None = None
        joined: Eojeol | None = None
        for word in words[:LONGEST]:
            first = first or word
            if is_adverb(word.text):
                return None
            if word.role != Role.NONE or word.closes:
                if word.role in (Role.GENITIVE, Role.WITH) and not word.closes:
                    joined = word
                    continue
                known = word.stem.endswith(_nouns().heads)
                return (first.start, word.stem_end) if genitive or known else None
        # "300대의 드론과 40발의 미사일": the next number follows at once.
        return (first.start, joined.stem_end) if genitive and first is not None and joined is not None else None

    def _before(self) -> tuple[int, int] | None:
        """The noun before the number, without a particle or with that of a topic: "사망자는 100명"."""
        words = [
            word for word in eojeols(self.text, self.floor, self.quantity.start) if word.end <= self.quantity.start
        ]
        opened = bool(words) and self.text[words[-1].end : self.quantity.start].strip() in ("(", "'")
        while words and (words[-1].text in NUMBER_WORDS or is_adverb(words[-1].text) or is_trailing(words[-1].text)):
            words.pop()
        if len(words) > 1 and words[-1].text in COUNTS and self._stem(words[-2]).endswith(_nouns().heads):
            words.pop()  # 사망자 수가
        if not words or (words[-1].closes and not opened and words[-1].closes not in ")'\"”’"):
            return None
        last = words[-1]
        if self.person and self.index and last.text in UNITS:
            return None  # 2개 여단 5천명: the number of people is not that of the brigades
        if not self._can_be_counted(last):
            return None
        first = last
        for word in reversed(words[:-1]):
            if (
                word.closes
                or word.text.endswith(("따르면", "의하면", "걸쳐"))
                or word.role not in (Role.NONE, Role.GENITIVE, Role.WITH)
                or is_adverb(word.text)
                or first is words[0]
            ):
                break
            if (
                word.role is Role.NONE
                and word.text.endswith(
                    ("해", "아", "어", "고", "서", "며", "던", "된", "한", "는", "으로", "전", "후", "날", "등")
                )
                and not is_adnominal(word.text)
            ):
                break
            if len(words) - words.index(word) > LONGEST:
                break
            first = word
        start, end = first.start, self._noun_end(last)
        while start < end - 1 and not self.text[start].isalnum():
            start += 1  # a unit or a bracket of what stands before: "㎜ 방사포"
        return start + (self.text[start : start + 1] == " "), end

    def _can_be_counted(self, word: Eojeol) -> bool:
        """Whether a word before a number is what it counts: a bare noun, or a known one with its particle."""
        known = self._stem(word).endswith(_nouns().heads)
        if word.text.endswith(_nouns().heads):
            return True  # 포로: what looks like a particle is the end of the noun
        if word.text in ("걸쳐", "통해", "대해", "의해", "위해", "관해"):
            return False
        if word.role is Role.NONE:
            verbal = word.text.endswith(
                ("해", "고", "며", "면서", "어서", "아서", "져", "겨", "지만", "는데", "라며", "다며")
            )
            return known or not (verbal or is_adnominal(word.text))
        return known and word.role in TAKEN_ROLES

    def _stem(self, word: Eojeol) -> str:
        if word.text.endswith(_nouns().heads):
            return word.text
        stem = word.stem if word.role in TAKEN_ROLES else word.text
        for suffix in ("만", "수"):
            if stem.endswith(suffix) and stem[: -len(suffix)].endswith(_nouns().heads):
                return stem[: -len(suffix)]
        return stem

    def _noun_end(self, word: Eojeol) -> int:
        return word.start + len(self._stem(word))

    def _inherited(self) -> Counted | None:
        if self.handed_down >= MOST_HANDED_DOWN:
            return None
        for k in range(self.index - 1, max(-1, self.index - 3), -1):
            if self.quantities[k].kind is QuantityKind.COUNT:
                return _Reader(self.text, self.sentence, self.quantities[: k + 1], k, self.handed_down + 1).read()
        return None

    def _predicate(self, after: int) -> tuple[str, tuple[int, int] | None]:
        """What happened to the counted: the first such word behind it, up to a mark or the next number."""
        lost = LOST.match(self.text, after, self.sentence.end)
        if lost is not None:
            return lost.group(), lost.span()
        stop = min(self.sentence.end, after + REACH)
        next_count = next(
            (one.start for one in self.quantities[self.index + 1 :] if one.kind is QuantityKind.COUNT), stop
        )
        stop = min(stop, next_count)
        found = _nouns().outcomes.search(self.text, after, stop)
        if found is not None and found.group() == SENT:
            found = _nouns().outcomes.search(self.text, found.end(), stop) or found
        if found is not None:
            mark = MARKS.search(self.text, after, found.start())
            if mark is None:
                return found.group(), found.span()
        low = max(self.floor, self.quantity.start - 16)
        told = list(UNDERGONE.finditer(self.text, low, self.quantity.start))
        if not told or RELATIVES.search(self.text, told[-1].end(), self.quantity.start) is not None:
            return "", None
        return told[-1].group(), told[-1].span()
