"""Tell the ages among the figures of an English sentence: "aged 24", "Kim, 41, said", "ages 19, 30 and 34".

Takes the figures of a sentence in order, each with the sort of the one before it; gives a `Sort` where one is an age.
"""

from tallystick.languages.english.grammar.inflection import word_lists
from tallystick.languages.english.numbers.calendar_kinds import Calendar, is_month
from tallystick.languages.english.numbers.figures import Sort
from tallystick.model.quantity import QuantityKind
from tallystick.values.places import is_place

__all__ = ["Ages"]

# No older person is counted by years in a report; 122 is the oldest age ever proven.
OLDEST = 122
NAMES = frozenset(("NNP", "NNPS"))
NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
OLD_ENDINGS = ("year-old", "month-old", "week-old", "day-old")
SPANS_OF_LIFE = frozenset(("years", "months", "year", "weeks", "days", "month"))
# What may stand between "aged" and its number.
PASSED_OVER = frozenset("of between around about over under from to the at just only".split())
TURNS = frozenset(("turned", "turns", "turning", "turn"))
COMPARED = frozenset(("older", "younger"))
LIST_MARKS = frozenset((",", "and", "or", "to", "-", "–", "&"))
MOST_BETWEEN = 2
# How many words before its number the word "aged" may stand.
CUE_REACH = 3
CLOSED = frozenset(("", ".", ",", ";", ")", "''", '"', "”", "–", "—", "--"))
LOOSELY_CLOSED = CLOSED | frozenset("are were was is in and or who of from at on had have has when while".split())


class Ages(Calendar):
    """A figure between its neighbors, asked whether it is somebody's age."""

    __slots__ = ()

    def age(self) -> Sort | None:
        """Read an age where words say so, where it stands behind a name, or where it goes on a list of ages."""
        figure = self.figure
        if self.hung.startswith(OLD_ENDINGS):
            return Sort(QuantityKind.AGE, cue=figure.last - (1 if figure.rest else 0))
        if self._is_old(self.behind) or self.after.startswith(OLD_ENDINGS):
            return Sort(QuantityKind.AGE, cue=self.behind)
        if self.hung or figure.scale != 1 or figure.vague or figure.value != int(figure.value):
            return None
        if not 0 < figure.value <= OLDEST:
            return None
        return self._age_by_cue() or self._age_in_list() or self._age_in_apposition()

    def _is_old(self, at: int) -> bool:
        """Whether "years old" or "years of age" stands at token `at`."""
        if self.word(at) not in SPANS_OF_LIFE:
            return False
        following = self.word(at + 1)
        return following == "old" or (following == "of" and self.word(at + 2) == "age")

    def _age_by_cue(self) -> Sort | None:
        """Read "aged 24", "under the age of six", "as young as 19", "turned 6", "people over 60"."""
        first = self.figure.first
        cues = word_lists("numbers/quantities.yaml")["age_cues"]
        at = first - 1
        while at > first - 1 - CUE_REACH and self.word(at) in PASSED_OVER:
            at -= 1
        direct = at == first - 1 or self.before in ("of", "between", "around", "about") or not self._counts_a_noun()
        if self.word(at) in cues and direct:
            return Sort(QuantityKind.AGE, cue=at)
        if self.before == "as" and self.word(first - 2) in ("young", "old"):
            return Sort(QuantityKind.AGE, cue=first - 2)
        said = self.before in ("was", "is") and self.word(first - 2) in ("he", "she", "i", "who")
        if said and (self.after in CLOSED or self.after in ("when", "and", "at")):
            return Sort(QuantityKind.AGE, cue=first - 1)
        if self.before in TURNS and self.after in LOOSELY_CLOSED:
            return Sort(QuantityKind.AGE, cue=first - 1)
        if self.after in ("and", "or") and self.word(self.behind + 1) in COMPARED:
            return Sort(QuantityKind.AGE, cue=self.behind + 1)
        limited = (
            self.before in ("over", "under") and self.word(first - 2) in word_lists("numbers/quantities.yaml")["aging"]
        )
        return Sort(QuantityKind.AGE, cue=first - 1) if limited and self.after in LOOSELY_CLOSED else None

    def _age_in_list(self) -> Sort | None:
        """Read the next age of "ages 19, 30, 32 and 34" and the first of "40 and 27 years old"."""
        figure = self.figure
        if self.at and self.earlier is not None and self.earlier.kind is QuantityKind.AGE:
            between = [token.lower for token in self.tokens[self.figures[self.at - 1].last : figure.first]]
            tied = 0 < len(between) <= MOST_BETWEEN and all(word in LIST_MARKS for word in between)
            # A list needs its word: "a man, 30, and three were hurt" goes on with a count.
            cue = self.earlier.cue
            listed = cue is not None and self.tokens[cue].text not in (",", "(")
            victims = figure.form == "words" and self.after in ("were", "was", "are")
            if tied and listed and not victims and not self._counts_a_noun():
                return Sort(QuantityKind.AGE, cue=self.earlier.cue)
        if self.at + 1 < len(self.figures):
            later = self.figures[self.at + 1]
            between = [token.lower for token in self.tokens[figure.last : later.first]]
            if between in (["and"], [","], ["or"], ["to"]) and self._is_old(later.last):
                return Sort(QuantityKind.AGE, cue=later.last)
        return None

    def _counts_a_noun(self) -> bool:
        """Whether a noun follows that the figure may count."""
        return self.behind < len(self.tokens) and self.tokens[self.behind].tag in (*NOUNS, "JJ", "VBN")

    def _age_in_apposition(self) -> Sort | None:
        """Read "Kim Jong Un, 41, said", "a man (30)" and "two men, both 23, were"."""
        figure = self.figure
        if figure.form != "digits" or figure.upper is not None or figure.first < 2:
            return None
        cue = Sort(QuantityKind.AGE, cue=figure.first - 1)
        if self.before == "both" and self.word(figure.first - 2) == "," and self.after in CLOSED:
            return cue
        if self.before == "(" and self.after == ")" and self._is_person(figure.first - 2):
            return cue
        if self.before != "," or not self._is_person(figure.first - 2):
            return None
        loose = self.behind < len(self.tokens) and self.tokens[self.behind].tag in ("VBD", "VBZ")
        return cue if self.after in CLOSED or loose else None

    def _is_person(self, at: int) -> bool:
        """Whether token `at` ends a person's name or is a word for one person; a list of places has places there."""
        token = self.tokens[at]
        if token.lower in word_lists("numbers/quantities.yaml")["persons"]:
            return True
        if token.text == "." and at and self.tokens[at - 1].lower in ("jr", "sr"):
            return True
        if is_month(token.lower) or not (token.tag in NAMES or any(mark.isupper() for mark in token.text[1:])):
            return False
        before = self.tokens[max(0, at - 1)]
        if at and before.tag in NAMES:
            return not is_place(f"{before.text} {token.text}")
        if at == 0:
            # A sentence that opens with a name, a comma and a small number tells an age, whatever bears that name.
            return True
        return before.tag != "IN" and not is_place(token.text)
