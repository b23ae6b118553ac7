"""Tell what sort of number a figure of an English sentence is: a count, a sum, a date, an age, a name.

Takes the figures of a sentence in order; gives the `Sort` of one. The tests are asked from the surest to the least
sure; what none of them claims is a count.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.inflection import singular, word_lists, word_maps
from tallystick.languages.english.numbers.digits import FRACTION, ORDINAL
from tallystick.languages.english.numbers.figures import Figure, Sort
from tallystick.languages.english.numbers.name_kinds import Names
from tallystick.languages.english.numbers.units import Unit, unit_at
from tallystick.languages.language import Token
from tallystick.model.quantity import QuantityKind

__all__ = ["kind_of"]

NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
# Numbers that are rather a year than the whole of a share.
FIRST_YEAR, LAST_YEAR = 1800, 2099
HIGHEST_SCORE = 200
# A noun phrase's words before its head that "one" may count: "one North Korean soldier".
REACH_OF_ONE = 4
# Words of a unit's name from its number to "Brigade".
REACH_OF_UNIT = 4
# Words between "one" and what somebody says: "one woman in Qeshm told".
REACH_OF_SPEECH = 8
OUTCOME_TAGS = frozenset(("VBN", "VBD", "JJ"))
NOT_BEFORE_ONE = frozenset("no the this that every any each which another some 's".split())


def kind_of(tokens: Sequence[Token], figures: Sequence[Figure], at: int, earlier: Sort | None) -> Sort:
    """Give the sort of `figures[at]`.

    Args:
        tokens: Those of its sentence.
        figures: The figures of the sentence in order.
        at: Which of them.
        earlier: The sort of the figure before it, or None for the first; lists of ages and dates go on from it.
    """
    scene = _Kinds(tokens, figures, at, earlier)
    for test in (
        scene.money, scene.ordinal, scene.date, scene.time, scene.phone, scene.percent, scene.age, scene.duration,
        scene.measure, scene.designation, scene.score, scene.share, scene.rate, scene.fraction, scene.difference,
        scene.pronoun, scene.decimal, scene.elided_measure,
    ):  # fmt: skip
        found = test()
        if found is not None:
            return found
    return Sort(QuantityKind.COUNT, attached=scene.attached)


class _Kinds(Names):
    """A figure between its neighbors, asked what sort of number it is."""

    __slots__ = ()

    def money(self) -> Sort | None:
        """A figure with a currency; pounds may be a weight beside kilograms: "40 kilograms (88 pounds)"."""
        if self.figure.currency is None:
            return None
        if self.figure.currency == "GBP" and self.word(self.figure.last - 1).startswith("pound"):
            beside = self.before == "(" and self.earlier is not None and self.earlier.unit == "kilogram"
            beside = beside or (self.after == "(" and self.word(self.behind + 2) in KILOGRAMS)
            if beside or self.before in ("weighing", "weighed", "weighs"):
                return Sort(QuantityKind.MEASURE, "pound", self.figure.last - 1)
        return Sort(QuantityKind.MONEY)

    def ordinal(self) -> Sort | None:
        """A number with "th": a day of a month, a unit's name, or a rank."""
        if self.figure.form != ORDINAL:
            return None
        month = self.month_beside()
        if month is not None:
            return Sort(QuantityKind.DATE, cue=month)
        units = word_lists("numbers/quantities.yaml")["unit_nouns"]
        for at in range(self.behind, min(len(self.tokens), self.behind + REACH_OF_UNIT)):
            # "the 810th Marine Brigade"
            if not self.tokens[at].text[0].isupper():
                break
            if self.word(at) in units:
                return Sort(QuantityKind.DESIGNATION, cue=at)
        return Sort(QuantityKind.ORDINAL)

    def percent(self) -> Sort | None:
        """A percentage, a percentage point, the lower end of one."""
        words = word_lists("numbers/quantities.yaml")["percents"]
        if self.after.partition("-")[0] in words or self.hung in words:
            return Sort(QuantityKind.PERCENT, cue=min(self.behind, len(self.tokens) - 1))
        if self.after == "per" and self.word(self.behind + 1) == "cent":
            return Sort(QuantityKind.PERCENT, cue=self.behind)
        following = self.figures[self.at + 1] if self.at + 1 < len(self.figures) else None
        if following is not None and self.word(following.last) in words:
            between = [token.lower for token in self.tokens[self.figure.last : following.first]]
            if between in (["or"], ["and"], ["to"]) and self.figure.scale == 1:
                return Sort(QuantityKind.PERCENT, cue=following.last)
        return None

    def duration(self) -> Sort | None:
        """A stretch of time: "two years", "17-day", "six more months"."""
        words = word_lists("numbers/quantities.yaml")["durations"]
        hung = self.hung.split("-")[0] if self.hung else ""
        if hung and singular(hung) in words:
            return Sort(QuantityKind.DURATION, singular(hung), self.figure.last - (1 if self.figure.rest else 0))
        if hung:
            return None
        at = self.behind
        if self.figure.form == FRACTION and self.word(at) in ("a", "an"):
            # "half an hour"
            at += 1
        while self.word(at) in FILLERS:
            at += 1
        head = self.word(at).split("-")[0]
        broken = self.figure.scale == 1 and self.figure.value != int(self.figure.value)
        if singular(head) in words and (broken or self.word(at) not in ("second", "seconds-in", "quarter")):
            return Sort(QuantityKind.DURATION, singular(head), at)
        if self.word(at) in ("calendar", "working", "business") and singular(self.word(at + 1)) in words:
            return Sort(QuantityKind.DURATION, singular(self.word(at + 1)), at + 1)
        return None

    def measure(self) -> Sort | None:
        """A distance, a weight, an area and the like; tonnes may be aid."""
        if self.hung:
            at = self.figure.last - (1 if self.figure.rest else -1)
            wider = None if self.figure.rest else unit_at(self.tokens, at, self.figure.end)
            head = self.hung.split("-")[0]
            words = word_maps("numbers/units.yaml")["words"]
            name = wider.name if wider is not None else words.get(singular(head)) or words.get(head)
            return None if name is None else Sort(QuantityKind.MEASURE, name, min(at, len(self.tokens) - 1))
        at = self.behind
        word = self.word(at)
        if word in ("°", "º") or (word in ("c", "f") and self.tokens[at].text.isupper() and self.word(at + 1) in MARKS):
            return Sort(QuantityKind.MEASURE, self._degrees(at), at)
        if word == "pounds" and self.word(at + 1) == "of":
            return Sort(QuantityKind.MEASURE, "pound", at)
        if self.figure.form == FRACTION:
            return self._part_of_unit()
        unit = unit_at(self.tokens, at, self.figure.end)
        if unit is None or (word in ("metric", "magnitude") and self.tokens[at].tag in ("NNP", "NNPS")):
            return None
        return Sort(QuantityKind.MEASURE, unit.name, unit.last - 1)

    def _part_of_unit(self) -> Sort | None:
        """A fraction of a unit: "1/2 pound", "1/16 of a US pint", "half a mile"."""
        at = self.behind
        for word in ("of", "a", "an", "us"):
            if self.word(at) == word:
                at += 1
        unit = unit_at(self.tokens, at, -1)
        if unit is None and self.word(at) in ("pound", "pounds"):
            unit = Unit("pound-mass", at + 1)
        return None if unit is None else Sort(QuantityKind.MEASURE, unit.name, unit.last - 1)

    def _degrees(self, at: int) -> str:
        """The scale of "20°C", "12 C" and "70°"."""
        letter = self.word(at if self.word(at) in SCALE_LETTERS else at + 1)
        return SCALE_LETTERS.get(letter, "degree")

    def score(self) -> Sort | None:
        """Two small numbers set against each other ("3-1", "by a vote of 5 to 4"), and votes."""
        lists = word_lists("numbers/quantities.yaml")
        figure = self.figure
        if figure.form in ("digits", "words") and self._votes():
            return Sort(QuantityKind.SCORE, cue=min(self.behind, len(self.tokens) - 1))
        for other, low, high in self._neighbors():
            between = [token.lower for token in self.tokens[low:high]]
            if (
                between not in (["-"], ["–"], [":"], ["to"], ["against"])
                or max(figure.value, other.value) > HIGHEST_SCORE
            ):
                continue
            tight = between[0] in ("-", "–", ":") and other.scale == figure.scale == 1
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

    def _votes(self) -> bool:
        """Whether votes are counted: "27 votes", "212 members voted for", "87 against and 9 abstained"."""
        words = [self.word(self.behind + step) for step in range(3)]
        if words[0] in ("vote", "votes", "abstained", "abstaining", "abstentions", "abstention", "ayes", "nays"):
            return True
        if "voted" in words[:2] and {"for", "against"} & set(words[1:]):
            return True
        voted = self.earlier is not None and self.earlier.kind is QuantityKind.SCORE
        return voted and (words[0] == "against" or words[:2] == ["in", "favor"])

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
            if between in (["in"], ["out", "of"], ["in", "every"], ["of", "every"], ["out", "of", "every"]):
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
        if self.before in word_lists("numbers/quantities.yaml")["rate_cues"]:
            return Sort(QuantityKind.RATE, cue=self.figure.first - 1)
        if self.after == "per" and (self.word(self.behind + 1) in RATED or self.word(self.behind + 1)[:1].isdecimal()):
            return Sort(QuantityKind.RATE, cue=self.behind)
        if self.after == "times":
            return Sort(QuantityKind.RATE, "time", self.behind)
        return None

    def fraction(self) -> Sort | None:
        """Read "half", "two thirds", "1/3"."""
        return Sort(QuantityKind.FRACTION) if self.figure.form == FRACTION else None

    def difference(self) -> Sort | None:
        """Read "200 more than last year", "100,000 short of"."""
        words = [self.word(self.behind), self.word(self.behind + 1)]
        if self.before in ("+", "-") and self.after == ")" and self.word(self.figure.first - 2) == "(":
            # What one day added stands in brackets behind the sum.
            return Sort(QuantityKind.DIFFERENCE, cue=self.figure.first - 1)
        if words[0] in ("more", "fewer", "less", "higher", "lower") and words[1] == "than":
            return Sort(QuantityKind.DIFFERENCE, cue=self.behind)
        return Sort(QuantityKind.DIFFERENCE, cue=self.behind) if words == ["short", "of"] else None

    def decimal(self) -> Sort | None:
        """A broken number without a scale measures: nobody counts 6.1 people or shells."""
        figure = self.figure
        ends = (figure.value, figure.value if figure.upper is None else figure.upper)
        broken = figure.scale == 1 and any(end != int(end) for end in ends)
        richter = self.after == "on" and self.word(self.behind + 2) == "richter"
        richter = richter or (self.before == "of" and self.word(figure.first - 2) == "magnitude")
        return Sort(QuantityKind.MEASURE, "magnitude" if richter else None) if broken or richter else None

    def elided_measure(self) -> Sort | None:
        """A number without a noun that a measure is compared with: "7.7 mln tonnes, vs 7.5 mln last month"."""
        if self.earlier is None or self.earlier.kind is not QuantityKind.MEASURE or self.earlier.unit is None:
            return None
        figure = self.figure
        compared = self.before in COMPARING or (self.before == "with" and self.word(figure.first - 2) == "compared")
        if self.before in HEDGES_OF_COMPARED and self.word(figure.first - 2) in COMPARING:
            compared = True
        noun = self.behind < len(self.tokens) and self.tokens[self.behind].tag in (*NOUNS, "JJ", "VBN")
        free = not noun or self.after in ("last", "estimated", "forecast", "previously", "earlier")
        return Sort(QuantityKind.MEASURE, self.earlier.unit, figure.first - 1) if compared and free else None

    def pronoun(self) -> Sort | None:
        """A number word that stands for what was named: "one of the reasons", "the two agreed"."""
        figure = self.figure
        if figure.form != "words" or figure.scale > 1 or figure.upper is not None or figure.vague:
            return None
        token = self.tokens[figure.first]
        if token.lower == "one" and not self.hung:
            return None if self._one_counts() and not self._one_speaks() else Sort(QuantityKind.PRONOUN)
        if self.before in ("the", "these", "those") and self.behind < len(self.tokens) and not self.hung:
            following = self.tokens[self.behind]
            finite = following.tag in ("VBD", "VBZ", "VBP", "MD") and not self._suffers()
            # "The four, three men and a boy, fled" counts them.
            listed = following.text == "," and self.at + 1 < len(self.figures)
            listed = listed and self.figures[self.at + 1].first == self.behind + 1
            if listed:
                return None
            if finite or following.tag in (".", ",", "IN", "CC") or following.lower in ("sides", "of"):
                return Sort(QuantityKind.PRONOUN, cue=figure.first - 1)
        return None

    def _suffers(self) -> bool:
        """Whether those counted are the victims: "the three were injured", "the three wounded engineers"."""
        words = [self.word(self.behind), self.word(self.behind + 1)]
        noun = self.behind + 1 < len(self.tokens) and self.tokens[self.behind + 1].tag in NOUNS
        return (words[0] in ("were", "was") and words[1] in OUTCOMES) or (words[0] in OUTCOMES and noun)

    def _one_speaks(self) -> bool:
        """Whether "one" stands for "a" before somebody who speaks: "one witness said", "said one official, who"."""
        at = self.behind
        while at < min(len(self.tokens), self.behind + REACH_OF_ONE) and self.tokens[at].tag in (*NOUNS, "JJ", "VBN"):
            at += 1
        while at < min(len(self.tokens), self.behind + REACH_OF_SPEECH) and self.tokens[at].tag in IN_NAME_OF_PLACE:
            at += 1
        if self.word(at) in SPEAKS:
            return True
        return self.before in ("said", "told", "says") and self.word(at) in ("who", ",", ".", "")

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


SCALE_LETTERS = {"c": "celsius", "f": "fahrenheit", "celsius": "celsius", "fahrenheit": "fahrenheit"}
MARKS = frozenset(("", ".", ",", ";", ")", "and", "or", "to"))
KILOGRAMS = frozenset(("kg", "kilos", "kilograms", "kilo"))
IN_NAME_OF_PLACE = frozenset(("IN", "DT", "NNP", "NN", "NNPS"))
SPEAKS = frozenset(
    "said says told tells accused described claimed claims added reported recalled asked explained complained argued"
    " warned wrote insisted replied admitted noted".split()
)
COMPARING = frozenset("vs versus against from than".split())
HEDGES_OF_COMPARED = frozenset("about around just over nearly some estimated".split())
RATED = frozenset("hour minute second capita head kilometer mile inch cent".split())
OUTCOMES = frozenset(
    "killed dead wounded injured missing hurt died captured arrested detained shot hospitalized critically seriously"
    " slightly fatally drowned kidnapped rescued freed burned".split()
)
FILLERS = frozenset("previous past more full long consecutive straight other or additional further".split())
