"""Tell what sort of number a figure of an English sentence is: a count, a sum, a date, an age, a name.

Takes the figures of a sentence in order; gives the `Sort` of one. The tests are asked from the surest to the least
sure; what none of them claims is a count.
"""

from collections.abc import Sequence

from tallystick.languages.english.calendar_kinds import Calendar
from tallystick.languages.english.digits import FRACTION, ORDINAL
from tallystick.languages.english.figures import Figure, Sort
from tallystick.languages.english.inflection import singular, word_lists, word_maps
from tallystick.languages.language import Token
from tallystick.model.quantity import QuantityKind

__all__ = ["kind_of"]

NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
NAMES = frozenset(("NNP", "NNPS"))
# Numbers that are rather a year than the whole of a share.
FIRST_YEAR, LAST_YEAR = 1800, 2099
OLDEST = 110
HIGHEST_SCORE = 200
# A noun phrase's words before its head that "one" may count: "one North Korean soldier".
REACH_OF_ONE = 4
OUTCOME_TAGS = frozenset(("VBN", "VBD", "JJ"))
NOT_BEFORE_ONE = frozenset("no the this that every any each which another some 's".split())


def kind_of(tokens: Sequence[Token], figures: Sequence[Figure], at: int) -> Sort:
    """Give the sort of `figures[at]`; `tokens` are those of its sentence."""
    scene = _Kinds(tokens, figures, at)
    for test in (
        scene.money, scene.ordinal, scene.date, scene.time, scene.phone, scene.percent, scene.age, scene.duration,
        scene.measure, scene.designation, scene.score, scene.share, scene.rate, scene.fraction, scene.difference,
        scene.pronoun,
    ):  # fmt: skip
        found = test()
        if found is not None:
            return found
    return Sort(QuantityKind.COUNT, attached=scene.attached)


class _Kinds(Calendar):
    """A figure between its neighbors, asked what sort of number it is."""

    __slots__ = ()

    def money(self) -> Sort | None:
        """A figure with a currency."""
        return None if self.figure.currency is None else Sort(QuantityKind.MONEY)

    def ordinal(self) -> Sort | None:
        """A number with "th": a day of a month, a unit's name, or a rank."""
        if self.figure.form != ORDINAL:
            return None
        month = self.month_beside()
        if month is not None:
            return Sort(QuantityKind.DATE, cue=month)
        if self.after in word_lists("quantities.yaml")["unit_nouns"] and self.tokens[self.behind].text[0].isupper():
            return Sort(QuantityKind.DESIGNATION, cue=self.behind)
        return Sort(QuantityKind.ORDINAL)

    def phone(self) -> Sort | None:
        """Groups of digits with hyphens, or a plus sign before them."""
        figure = self.figure
        groups, at = 1, figure.last
        while self.word(at) == "-" and self.word(at + 1).isdecimal() and groups < 6:
            groups, at = groups + 1, at + 2
        at = figure.first
        while at >= 2 and self.word(at - 1) == "-" and self.word(at - 2).isdecimal() and groups < 6:
            groups, at = groups + 1, at - 2
        plus = at > 0 and self.tokens[at - 1].text == "+" and self.tokens[at - 1].end == self.tokens[at].start
        return Sort(QuantityKind.PHONE) if groups >= 3 or plus else None

    def percent(self) -> Sort | None:
        """A percentage, a percentage point, the lower end of one."""
        words = word_lists("quantities.yaml")["percents"]
        if self.after in words or self.hung in words:
            return Sort(QuantityKind.PERCENT, cue=min(self.behind, len(self.tokens) - 1))
        if self.after == "per" and self.word(self.behind + 1) == "cent":
            return Sort(QuantityKind.PERCENT, cue=self.behind)
        following = self.figures[self.at + 1] if self.at + 1 < len(self.figures) else None
        if following is not None and self.word(following.last) in words:
            between = [token.lower for token in self.tokens[self.figure.last : following.first]]
            if between in (["or"], ["and"], ["to"]):
                return Sort(QuantityKind.PERCENT, cue=following.last)
        return None

    def age(self) -> Sort | None:
        """An age: "aged 24", "Kim, 24,", "24-year-old", "24 years old"."""
        figure = self.figure
        if self.hung.startswith(("year-old", "month-old", "week-old", "day-old")):
            return Sort(QuantityKind.AGE, cue=figure.last - (1 if figure.rest else 0))
        words = [self.word(self.behind), self.word(self.behind + 1)]
        if (
            words[0] in ("years", "months", "year", "weeks")
            and words[1] in ("old", "of")
            and (words[1] == "old" or self.word(self.behind + 2) == "age")
        ):
            return Sort(QuantityKind.AGE, cue=self.behind)
        if self.before in word_lists("quantities.yaml")["age_cues"] or (
            self.before in ("between", "under", "over") and self.word(figure.first - 2) in ("aged", "ages")
        ):
            return Sort(QuantityKind.AGE, cue=figure.first - 1)
        if self.before in ("under", "over") and self.word(figure.first - 2) in ("age", "children", "those", "anyone"):
            return (
                Sort(QuantityKind.AGE, cue=figure.first - 1)
                if figure.value <= OLDEST and self.after in CLOSED
                else None
            )
        return self._age_in_apposition()

    def _age_in_apposition(self) -> Sort | None:
        """Read "Kim Jong Un, 41, said"."""
        figure = self.figure
        plain = figure.form == "digits" and figure.scale == 1 and figure.upper is None and figure.value <= OLDEST
        if not plain or figure.value < 1 or figure.value != int(figure.value) or figure.first < 2 or self.hung:
            return None
        if self.before == "," and self.after in (",", ".", ";", "''", '"', "”", "") and self._is_name(figure.first - 2):
            return Sort(QuantityKind.AGE, cue=figure.first - 1)
        if self.before == "(" and self.after == ")" and self._is_name(figure.first - 2):
            return Sort(QuantityKind.AGE, cue=figure.first - 1)
        return None

    def _is_name(self, at: int) -> bool:
        """Whether token `at` ends a person's name; a list of places with numbers has a place before a comma."""
        token = self.tokens[at]
        months = word_lists("quantities.yaml")["months"]
        return token.tag in NAMES and token.lower not in months and self.tokens[max(0, at - 1)].tag in (*NAMES, "CC")

    def duration(self) -> Sort | None:
        """A stretch of time: "two years", "17-day", "six more months"."""
        words = word_lists("quantities.yaml")["durations"]
        hung = self.hung.split("-")[0] if self.hung else ""
        if hung and singular(hung) in words:
            return Sort(QuantityKind.DURATION, cue=self.figure.last - (1 if self.figure.rest else 0))
        if hung:
            return None
        at = self.behind
        while self.word(at) in (
            "more",
            "full",
            "long",
            "consecutive",
            "straight",
            "other",
            "or",
            "additional",
            "further",
        ):
            at += 1
        head = self.word(at).split("-")[0]
        if singular(head) in words and self.word(at) not in ("second", "seconds-in", "quarter"):
            return Sort(QuantityKind.DURATION, cue=at)
        if self.word(at) in ("calendar", "working", "business") and singular(self.word(at + 1)) in words:
            return Sort(QuantityKind.DURATION, cue=at + 1)
        return None

    def measure(self) -> Sort | None:
        """A distance, a weight, an area and the like; tonnes may be aid."""
        maps = word_maps("quantities.yaml")["measures"]
        head = self.hung.split("-")[0] if self.hung else ""
        unit = maps.get(singular(head)) or maps.get(head) if head else None
        if unit is not None:
            return Sort(QuantityKind.MEASURE, unit, self.figure.last - (1 if self.figure.rest else 0))
        if head:
            return None
        at = self.behind
        if self.word(at) in ("short", "long", "cubic", "square", "nautical", "metric") and at + 1 < len(self.tokens):
            second = maps.get(singular(self.word(at + 1)))
            if second is not None:
                return Sort(QuantityKind.MEASURE, second, at + 1)
        word = self.word(at)
        unit = maps.get(singular(word)) or maps.get(word)
        if word == "pounds" and self.word(at + 1) == "of":
            unit = "pound"
        if unit is None or (unit in ("metric", "magnitude") and self.tokens[at].tag in NAMES):
            return None
        return Sort(QuantityKind.MEASURE, unit, at)

    def designation(self) -> Sort | None:
        """A number that is part of a name: "Article 51", "Su-35", "the 2215th Brigade", "Boeing 737"."""
        figure = self.figure
        if figure.form != "digits" or figure.upper is not None:
            return None
        start = figure.start
        previous = self.tokens[figure.first - 1] if figure.first else None
        if previous is not None and previous.end == start and previous.text[-1].isalpha():
            return Sort(QuantityKind.DESIGNATION, cue=figure.first - 1)
        if previous is not None and previous.text in ("-", "–", "/") and previous.end == start and figure.first > 1:
            root = self.tokens[figure.first - 2]
            if root.end == previous.start and root.text[-1].isalpha():
                return Sort(QuantityKind.DESIGNATION, cue=figure.first - 2)
        following = self.tokens[figure.last] if figure.last < len(self.tokens) else None
        tight = following is not None and following.start == figure.end and following.text[0].isalpha()
        if tight and not figure.rest and figure.scale == 1 and following is not None and following.lower != "s":
            return Sort(QuantityKind.DESIGNATION, cue=figure.last)
        return self._designated()

    def _designated(self) -> Sort | None:
        """A designator before the number."""
        figure = self.figure
        lists = word_lists("quantities.yaml")
        at = figure.first - 1
        if at > 0 and self.tokens[at].text in (".", "#"):
            at -= 1
        if at < 0:
            return None
        token = self.tokens[at]
        if token.text == "#" or (self.before == "#"):
            return Sort(QuantityKind.DESIGNATION, cue=at)
        if token.lower in ("no", "nos") and self.before != ".":
            return None
        if token.lower not in lists["designators"] or "," in self.tokens[figure.first].text or figure.scale > 1:
            return None
        if token.lower in lists["capital_designators"] and (not token.text[0].isupper() or at == 0):
            return None
        counts = (
            self.behind < len(self.tokens) and self.tokens[self.behind].tag == "NNS" and not token.text[0].isupper()
        )
        return None if counts else Sort(QuantityKind.DESIGNATION, cue=at)

    def score(self) -> Sort | None:
        """Two small numbers set against each other: "3-1", "by a vote of 5 to 4"."""
        lists = word_lists("quantities.yaml")
        figure = self.figure
        for other, low, high in self._neighbors():
            between = [token.lower for token in self.tokens[low:high]]
            if between not in (["-"], ["–"], ["to"], ["against"]) or max(figure.value, other.value) > HIGHEST_SCORE:
                continue
            tight = between[0] in ("-", "–") and other.scale == figure.scale == 1
            last = max(figure.last, other.last)
            first = min(figure.first, other.first)
            around = {self.word(last), self.word(last + 1), self.word(first - 1), self.word(first - 2)}
            if tight or around & (lists["score_nouns"] | lists["score_cues"]):
                return Sort(QuantityKind.SCORE, cue=low)
        if figure.upper is not None and figure.upper <= HIGHEST_SCORE:
            around = {self.word(figure.last), self.word(figure.first - 1), self.word(figure.first - 2)}
            if around & lists["score_nouns"]:
                return Sort(QuantityKind.SCORE, cue=figure.first)
        return None

    def _neighbors(self) -> list[tuple[Figure, int, int]]:
        """The figures before and behind with the tokens between."""
        found = []
        if self.at:
            other = self.figures[self.at - 1]
            found.append((other, other.last, self.figure.first))
        if self.at + 1 < len(self.figures):
            other = self.figures[self.at + 1]
            found.append((other, self.figure.last, other.first))
        return found

    def share(self) -> Sort | None:
        """Both numbers of "one in five", "four out of ten"."""
        for other, low, high in self._neighbors():
            between = [token.lower for token in self.tokens[low:high]]
            if between in (["in"], ["out", "of"], ["in", "every"], ["of", "every"]):
                one, two = sorted((self.figure, other), key=lambda figure: figure.first)
                small = one.value < two.value <= 1_000 and one.value <= HIGHEST_SCORE and two.form != ORDINAL
                year = FIRST_YEAR <= two.value <= LAST_YEAR
                if (
                    small
                    and not year
                    and (between != ["in"] or self.word(two.last) not in ("", ",") or one.form == "words")
                ):
                    return Sort(QuantityKind.SHARE, cue=low)
        return None

    def rate(self) -> Sort | None:
        """What something is counted by, or how often: "per 100,000", "40 per second", "three times"."""
        if self.before in word_lists("quantities.yaml")["rate_cues"]:
            return Sort(QuantityKind.RATE, cue=self.figure.first - 1)
        if self.after == "per" and self.word(self.behind + 1) in RATED:
            return Sort(QuantityKind.RATE, cue=self.behind)
        if self.after == "times":
            return Sort(QuantityKind.RATE, cue=self.behind)
        return None

    def fraction(self) -> Sort | None:
        """Read "half", "two thirds", "1/3"."""
        return Sort(QuantityKind.FRACTION) if self.figure.form == FRACTION else None

    def difference(self) -> Sort | None:
        """Read "200 more than last year", "100,000 short of"."""
        words = [self.word(self.behind), self.word(self.behind + 1)]
        if words[0] in ("more", "fewer", "less", "higher", "lower") and words[1] == "than":
            return Sort(QuantityKind.DIFFERENCE, cue=self.behind)
        return Sort(QuantityKind.DIFFERENCE, cue=self.behind) if words == ["short", "of"] else None

    def pronoun(self) -> Sort | None:
        """A number word that stands for what was named: "one of the reasons", "the two agreed"."""
        figure = self.figure
        if figure.form != "words" or figure.scale > 1 or figure.upper is not None or figure.vague:
            return None
        token = self.tokens[figure.first]
        if token.lower == "one" and not self.hung:
            return None if self._one_counts() else Sort(QuantityKind.PRONOUN)
        if self.before in ("the", "these", "those") and self.behind < len(self.tokens) and not self.hung:
            following = self.tokens[self.behind]
            finite = following.tag in ("VBD", "VBZ", "VBP", "MD") and not self._suffers()
            if finite or following.tag in (".", ",", "IN", "CC") or following.lower in ("sides", "of"):
                return Sort(QuantityKind.PRONOUN, cue=figure.first - 1)
        return None

    def _suffers(self) -> bool:
        """Whether those counted are the victims: "the three were injured", "the three wounded engineers"."""
        words = [self.word(self.behind), self.word(self.behind + 1)]
        noun = self.behind + 1 < len(self.tokens) and self.tokens[self.behind + 1].tag in NOUNS
        return (words[0] in ("were", "was") and words[1] in OUTCOMES) or (words[0] in OUTCOMES and noun)

    def _one_counts(self) -> bool:
        """Whether "one" is a number: "one soldier", "one was killed", "one dead"."""
        if self.before in NOT_BEFORE_ONE:
            return False
        if self.before in ("least", "most") and self.after in ("", ".", ","):
            return True
        at = self.behind
        if self.word(at) in ("of", "'s", "’s", "another", "day", "or", "side", "way", "thing", "hand", ",", ".", "by"):
            return False
        if at < len(self.tokens) and self.tokens[at].tag in OUTCOME_TAGS and self.word(at) in OUTCOMES:
            return True
        if self.word(at) in ("was", "is", "were", "has") and self.word(at + 1) in OUTCOMES:
            return True
        for step in range(REACH_OF_ONE):
            if at + step >= len(self.tokens):
                return False
            token = self.tokens[at + step]
            if token.tag in NOUNS:
                return True
            if token.tag not in ("JJ", "VBN", "VBG", "CD", "JJR", "JJS", "-"):
                return False
        return False


RATED = frozenset("hour minute second capita head kilometer mile inch cent".split())
OUTCOMES = frozenset(
    "killed dead wounded injured missing hurt died captured arrested detained shot hospitalized critically seriously"
    " slightly fatally drowned kidnapped rescued freed burned".split()
)
FILLERS = frozenset("more full long consecutive straight other or additional further".split())
CLOSED = frozenset(("", ".", ",", ")", "are", "were", "is", "in", "and", "who"))
