"""What a number counts in Chinese: the noun behind its classifier, or before it, or taken over, and its fate.

A noun ends where one of the listed heads does; a phrase reaches back to a mark or a verb. Where only a classifier of
persons stands, the classifier is the head.
"""

import re
from functools import cache
from typing import NamedTuple

from tallystick.languages.chinese.numbers.words import PACKAGE, number_words
from tallystick.languages.language import Counted, Parse, Sentence
from tallystick.languages.writing.words import lists
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["counted"]

# Code points in which the noun stands behind a number, and before it.
BEHIND, BEFORE = 30, 24
# Code points in which what happened to the counted stands, on each side.
REACH = 24
MARKS = "，。；、：！？（）()《》\n,;:!?"
HARD_MARKS = "。；！？\n;"
QUOTES = '“”"「」『』‘’'
LONGEST_PHRASE = 16
# A remark in parentheses.
PARENTHESIS = re.compile(r"[（(][^（()）]{0,30}[)）]")
# Between a number with its classifier and the noun: a unit of weight, a hedge, a particle (35吨大米, 2亿元以上的费用).
BEYOND = re.compile("(?:公吨|公噸|吨|噸|公斤|千克)?(?:以上|以下|左右|上下)?[的之]?")
# Classifiers that tell what is counted where no noun stands: 152架.
TELLING = frozenset("辆輛架艘")
# 6死12伤: the outcome is the unit.
OUTCOMES = {"死": "死亡", "亡": "死亡", "伤": "受伤", "傷": "受傷"}
# Most code points between a noun of an institution and that of its people.
LONGEST_GAP = 6
LINKED = ("和", "与", "與", "及", "以及", "或")
# 机组人员9人，全部遇难: the next clause tells of all of them.
ALL = re.compile("，(?:全部|全都|均|都|皆|悉数|悉數)(?:已)?")
# Words by which a number of persons goes on with those before: 其中3人, 增至1万人, 第二批3000人.
GOES_ON = re.compile(
    "其中|當中|当中|(?:增至|增加到|增加至|升至|增派|再派|加派|另派|追加|[一二三四五六七八九十]批)(?:约|約|近|至少|多|了)?$"
)
# Last characters of the names of formations and teams.
FORMATIONS = frozenset("师師旅团團营營连連队隊")
# Longest noun that is taken as written where no listed one stands, in code points.
LONGEST_UNKNOWN = 10
# 死5人，伤12人: the outcome alone before the number.
BARE = re.compile("(?:^|[，、；。：（(])(死|亡|伤|傷)(?:者)?(?:约|約|近|逾)?$")
# Between two counted nouns that share what happened to them.
AND = frozenset(("和", "与", "與", "及", "以及", "、", "，以及", "跟", "和至少", "和约", "及约"))
# Most figures that are asked for what happened to one of a row.
LONGEST_ROW = 4


class _Nouns(NamedTuple):
    heads: re.Pattern[str]
    outcomes: re.Pattern[str]
    stops: re.Pattern[str]
    links: re.Pattern[str]
    longest: int
    known: frozenset[str]
    institutions: frozenset[str]
    openers: re.Pattern[str]


@cache
def _nouns() -> _Nouns:
    held = lists(PACKAGE, "nouns/nouns.yaml")

    def either(name: str) -> str:
        return "|".join(map(re.escape, sorted(held[name], key=lambda word: (-len(word), word))))

    return _Nouns(
        re.compile(either("heads")), re.compile(f"(?<![袭襲攻])(?:{either('outcomes')})"),
        re.compile(f"[{re.escape(MARKS)}]|{either('stops')}"),
        re.compile(f"(?:{either('links')})+$"), max(map(len, held["heads"])), frozenset(held["heads"]),
        frozenset(held["institutions"]),
        re.compile(f"[{re.escape(MARKS)}“”]|{either('openers')}"),
    )  # fmt: skip


def counted(parse: Parse, sentence: Sentence, quantities: tuple[Quantity, ...], index: int) -> Counted:
    """Give what `quantities[index]` of `sentence` counts.

    Args:
        parse: The document.
        sentence: The sentence.
        quantities: Its numbers in order.
        index: Which of them.
    """
    return _Reader(parse.document.text, sentence, quantities, index).read()


def _is_name(quantity: Quantity, text: str) -> bool:
    """Whether digits are part of a name that may stand within a noun: P-700."""
    before = text[max(0, quantity.start - 1) : quantity.start]
    return quantity.kind is QuantityKind.DESIGNATION and before.isascii()


class _Reader:
    """One number among the others of its sentence."""

    def __init__(self, text: str, sentence: Sentence, quantities: tuple[Quantity, ...], index: int) -> None:
        self.text = text
        self.sentence = sentence
        self.quantities = quantities
        self.index = index
        self.quantity = quantities[index]
        self.words = _nouns()
        numbers = number_words()
        self.behind = self.quantity.end
        over = text[self.behind : self.behind + 1]
        if over in numbers.myriads.over or (over in ("来", "來") and numbers.classifier.match(text, self.behind + 1)):
            self.behind += 1
        self.behind += text[self.behind : self.behind + 1] == " "
        match = numbers.classifier.match(text, self.behind, sentence.end)
        counts = self.quantity.kind is QuantityKind.COUNT
        self.classifier = match.group() if match is not None and counts else ""
        self.person = self.classifier in numbers.persons
        self.after = self.behind + len(self.classifier)
        following = next((one for one in quantities[index + 1 : index + 4] if not _is_name(one, text)), None)
        self.limit = sentence.end if following is None else following.start
        self.floor = quantities[index - 1].end if index else sentence.start

    def read(self, row: int = 0) -> Counted:
        """The phrase, its head, what it underwent; `row` tells how many figures behind this one ask for it."""
        if self.quantity.kind is QuantityKind.MEASURE and self.quantity.unit is None:
            # An area or a length counts nothing: 数万公顷水稻.
            return Counted(None, None, None, self.text[self.behind : self.behind + 1])
        span = self._behind() or self._before()
        predicate, at = self._predicate(self.quantity.end if span is None else max(span[1], self.quantity.end))
        if span is None:
            inherited = self._inherited(row) if self._elided() else None
            if inherited is not None:
                return Counted(
                    None, None, inherited.phrase, inherited.head, (), predicate or inherited.predicate,
                    at or inherited.predicate_span, passive=bool(predicate or inherited.predicate), inherited=True,
                )  # fmt: skip
            head = self.classifier if self.person or self.classifier in TELLING else ""
            if not head:
                if self.classifier:  # 用一条毛巾勒死: a thing without a name suffers nothing
                    return Counted(None, None, None, self.classifier)
                return Counted(None, None, None, "", (), predicate, at, passive=bool(predicate))
            unknown = self._unknown() if self.classifier in ("名", "位") else None
            if unknown is not None:
                return Counted(*unknown, self.text[slice(*unknown)], head, (), predicate, at, passive=bool(predicate))
            start = self.behind
            return Counted(start, start + len(head), head, head, (), predicate, at, passive=bool(predicate))
        phrase = self.text[span[0] : span[1]]
        if self.classifier in ("个", "個", "支") and phrase[-1:] in FORMATIONS:
            return Counted(None, None, None, self.classifier)  # 两个建设旅: formations are no people
        head = self.classifier if self.person else phrase
        return Counted(span[0], span[1], phrase, head, (phrase,), predicate, at, passive=bool(predicate))

    def _behind(self) -> tuple[int, int] | None:
        """The noun behind the number and its classifier: 5000名朝鲜士兵."""
        beyond = BEYOND.match(self.text, self.after, self.sentence.end)
        start = self.after if beyond is None else beyond.end()
        if self.text.startswith(LINKED, start):
            return None  # 冲锋枪3支和手榴弹12枚
        opened = start + (self.text[start : start + 1] in QUOTES and self.text[start : start + 1] != "")
        stop = min(self.limit, self.sentence.end, start + BEHIND)
        mark = re.search(f"[{re.escape(MARKS)}]", self.text[opened:stop])
        edge = stop if mark is None else opened + mark.start()
        last = self._first_head(opened, edge)
        if last is None and mark is not None and mark.group() in "（(":
            # 20枚花岗岩（厂号3M45）反舰导弹: past what is set in parentheses.
            close = PARENTHESIS.match(self.text, edge, self.sentence.end)
            mark = (
                None
                if close is None
                else re.search(f"[{re.escape(MARKS)}]|$", self.text[close.end() : close.end() + BEHIND])
            )
            if close is not None and mark is not None:
                last = self._first_head(close.end(), close.end() + mark.start())
        return None if last is None else (start, last)

    def _unknown(self) -> tuple[int, int] | None:
        """The words behind a classifier of persons up to a mark or a verb, where none of them is listed."""
        stop = self.words.stops.search(self.text, self.after, min(self.limit, self.after + LONGEST_UNKNOWN + 1))
        if stop is None or not 1 < stop.start() - self.after <= LONGEST_UNKNOWN:
            return None
        return self.after, stop.start()

    def _first_head(self, start: int, edge: int) -> int | None:
        """Where the first noun ends that is no part of a longer one, before a word that ends the phrase."""
        stop = self.words.stops.search(self.text, start, edge)
        if self.person and self.classifier != "人" and stop is not None and stop.start() <= start + 2:
            # 20名来自北京的学生, 3名刚从前线退役的士兵: the noun stands behind the clause that tells of it.
            clause = self.text.find("的", stop.end(), edge)
            if clause >= 0:
                start = clause + 1
                stop = self.words.stops.search(self.text, start, edge)
        if self.person and stop is not None and stop.start() == start:
            return None
        match = self.words.heads.search(self.text, start, edge)
        possessed = self.classifier == "人" and self.text[start - 1 : start] in "的之"
        if possessed and (match is None or match.start() != start):
            return None  # 5800万人的温饱问题: what the people have is not counted
        relative = self.text.find("的", start, edge)
        if match is None:
            return None
        if stop is not None and stop.start() < match.start() and not stop.start() < relative < edge:
            return None
        end = match.end()
        while True:
            if match.group() in self.words.institutions:
                # 700名非工会工人: the union is no person.
                inner = self.words.heads.search(
                    self.text, end, edge if stop is None or stop.start() < end else stop.start()
                )
                if inner is not None and inner.start() - end <= LONGEST_GAP:
                    match, end = inner, inner.end()
                    continue
            following = self.words.heads.match(self.text, end, edge) or self._overlapping(end, edge)
            if following is None or following.end() <= end:
                joined = self._joined(end, edge)
                further = None if joined is None else self.words.heads.search(self.text, joined, min(edge, joined + 7))
                if further is None:
                    return end + (self.text[end : end + 1] in ("们", "們"))
                end = further.end()
            else:
                end = following.end()

    def _joined(self, end: int, edge: int) -> int | None:
        """Past the 的 that goes on with the phrase, at once or behind a short word: 合同到期的劳工."""
        particle = self.text.find("的", end, min(edge, end + 3))
        if particle < 0 or self.words.stops.fullmatch(self.text, end, particle) is not None:
            return None
        return particle + 1

    def _overlapping(self, end: int, edge: int) -> re.Match[str] | None:
        """A longer noun that begins within the one before: 工人 in 建筑工人人数."""
        for back in (1, 2):
            found = self.words.heads.match(self.text, end - back, edge)
            if found is None or found.end() <= end:
                continue
            if self.words.stops.fullmatch(self.text, end, found.end()) is None:  # 工兵将于: a verb follows
                return found
        return None

    def _before(self) -> tuple[int, int] | None:
        """The noun before the number: 专职巡警5098人, 失业人员将增加到56万人."""
        stop = self.quantity.start
        low = max(self.floor, stop - BEFORE, self.sentence.start)
        end = self._unlinked(low, stop)
        if "有" in self.text[end:stop] and self.classifier and not self.person and self._has_noun():
            return None  # 列车有16节车厢: a noun that is not listed stands behind
        found = self._ending_head(low, end)
        if self.text[low:end].endswith(("人数", "人數")) and (found is None or end - found == len("人数")):
            # 难民人数: it is the refugees who are counted.
            shorter = self._unlinked(low, end - len("人数"))
            people = self._ending_head(low, shorter)
            found, end = (found, end) if people is None else (people, shorter)
        if found is None:
            return None
        start = self._opened(max(low, end - LONGEST_PHRASE), found)
        if self.person and self.text[found:end] in self.words.institutions:
            return None  # 公司有20人: the company is no person
        return start, end

    def _has_noun(self) -> bool:
        """Whether neither a mark nor a verb stands right behind the classifier."""
        stop = self.words.stops.match(self.text, self.after, self.sentence.end)
        return stop is None and self.after < self.sentence.end

    def _unlinked(self, low: int, stop: int) -> int:
        """Where the text before a number ends without the verbs, hedges and remarks between the noun and it."""
        piece = self.text[low:stop]
        link = self.words.links.search(piece)
        piece = piece if link is None else piece[: link.start()]
        if piece.endswith(("（", "(")):
            return self._unlinked(low, low + len(piece) - 1)  # 建设旅（共5000人）
        opening = max(piece.rfind("（"), piece.rfind("("))
        if piece.endswith(("）", ")")) and opening >= 0:
            return self._unlinked(low, low + opening)
        return low + len(piece)

    def _opened(self, low: int, found: int) -> int:
        last = low
        for opener in self.words.openers.finditer(self.text, low, found):
            last = opener.end()
        return last

    def _ending_head(self, low: int, end: int) -> int | None:
        """Where the longest listed noun begins that ends at `end`."""
        least = 0 if self.classifier and not self.person else 1  # 枪200支
        for size in range(min(self.words.longest, end - low), least, -1):
            if self.text[end - size : end] in self.words.known:
                return end - size
        return None

    def _elided(self) -> bool:
        """Whether the number names nothing of its own: "其中3人", "吸纳719万", "一、二".

        A classifier of persons alone goes on with the persons before only behind 其中.
        """
        if self.quantity.kind is not QuantityKind.COUNT:
            return False
        before = self.text[max(self.sentence.start, self.quantity.start - 8) : self.quantity.start]
        return not self.classifier or (self.person and GOES_ON.search(before) is not None)

    def _inherited(self, row: int) -> Counted | None:
        if row >= LONGEST_ROW:
            return None
        for k in range(self.index - 1, max(-1, self.index - 3), -1):
            if self.quantities[k].kind is QuantityKind.COUNT:
                found = _Reader(self.text, self.sentence, self.quantities, k).read(row + 1)
                return found if found.phrase and found.phrase != found.head else None
        return None

    def _predicate(self, after: int, row: int = 0) -> tuple[str, tuple[int, int] | None]:
        """What happened to the counted: behind it or before it; else to the next one of a row or to those before."""
        unit = self.text[self.behind : self.behind + 1]
        if not self.classifier and unit in OUTCOMES:
            return OUTCOMES[unit], (self.behind, self.behind + 1)
        found = self._told(after)
        if found[0] or row >= LONGEST_ROW:
            return found
        if self.text[after : self.limit].strip() in AND and self.index + 1 < len(self.quantities):
            following = _Reader(self.text, self.sentence, self.quantities, self.index + 1)
            span = following._behind()
            return following._predicate(following.after if span is None else span[1], row + 1)
        if self.index and "其中" in self.text[self.floor : self.quantity.start]:
            before = _Reader(self.text, self.sentence, self.quantities, self.index - 1)
            span = before._behind()
            return before._predicate(before.after if span is None else span[1], LONGEST_ROW)
        return found

    def _told(self, after: int) -> tuple[str, tuple[int, int] | None]:
        """What happened to the counted: behind the phrase within its clause, else before the number."""
        stop = min(self.limit, self.sentence.end, after + REACH)
        mark = re.search(f"[{re.escape(MARKS)}]", self.text[after:stop])
        edge = stop if mark is None else after + mark.start()
        if mark is None and edge == self.limit and edge < self.sentence.end:
            comma = max(self.text.rfind("，", after, edge), self.text.rfind("、", after, edge))
            edge = comma if comma >= after else edge
        found = self.words.outcomes.search(self.text, after, edge)
        together = ALL.match(self.text, edge, self.sentence.end) if found is None else None
        if together is not None:
            found = self.words.outcomes.match(self.text, together.end(), self.sentence.end)
        if found is None:
            low = max(self.floor, self.quantity.start - REACH)
            cut = max(self.text.rfind(one, low, self.quantity.start) for one in MARKS) + 1
            told = list(self.words.outcomes.finditer(self.text, max(low, cut), self.quantity.start))
            found = told[-1] if told else None
            bare = BARE.search(self.text, max(self.sentence.start, self.quantity.start - 3), self.quantity.start)
            if found is None and bare is not None:
                return OUTCOMES[bare.group(1)], bare.span(1)
        return ("", None) if found is None else (found.group(), found.span())
