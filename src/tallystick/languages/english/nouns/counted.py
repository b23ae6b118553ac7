"""Tell what a quantity of an English sentence counts: its noun phrase and what happened to the counted.

Takes the quantities of a sentence; gives one `Counted` for each. A noun that the text leaves out is taken from the
quantity that the figure is coordinated with, or from the sentence before.
"""

from functools import cache

from tallystick.languages.english.grammar.inflection import verb_base, word_lists
from tallystick.languages.english.grammar.noun_phrases import (
    NOUNS,
    OUTCOME_WORDS,
    Phrase,
    past_determiners,
    phrase_after,
    phrase_before,
)
from tallystick.languages.english.grammar.tagging import BE, HAVE
from tallystick.languages.english.nouns.money_nouns import noun_of_sum
from tallystick.languages.english.nouns.outcomes import OUTCOMES, split_loss
from tallystick.languages.english.nouns.predicates import Predicate, predicate_left, predicate_right
from tallystick.languages.english.numbers.quantities import quantities as quantities_of
from tallystick.languages.language import Counted, Parse, Sentence
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["counted"]

COUNTABLE = frozenset((QuantityKind.COUNT, QuantityKind.MEASURE))
INCLUDING = frozenset(("including", "among", "includes", "included"))
# Words between "of" and the noun: "120 to 180 of its more than 9,000 posts".
BEFORE_FIGURES = frozenset(("all", "some", "more", "than", "about", "around", "nearly", "almost", "over", "roughly"))
ALONGSIDE = (("along", "with"), ("together", "with"), ("as", "well", "as"), ("alongside",), ("in", "addition", "to"))
# Before a figure that was given earlier: "more than the 600 it gave in April".
TO_A_KNOWN = (["than", "the"], ["as", "the"], ["not", "the"], ["against", "the"], ["with", "the"], ["to", "the"])
LABEL_MARKS = frozenset((":", "-", "--"))
# Longest label before a figure ("Treated and discharged: 4,257"), in tokens.
LONGEST_LABEL = 4
# Longest list of figures that share the noun of the last.
LONGEST_LIST = 6
# How many figures back the noun of an elided one is looked for.
FARTHEST = 12
# How far to the left of a figure the noun that announces it may stand, in tokens.
MEASURE_REACH = 24
# Nouns that tell the fate of those whose number they announce, and how near before the figure "included" stands.
DEATHS = frozenset(("toll", "tolls", "deaths", "fatalities", "dead", "killed", "slain"))
MEASURE_NEAR = 4
OWN_PREDICATE_FIRST = frozenset(("say", "include", "see", "report", "bring", "with", "have", "be", "treat", "carry"))


def counted(parse: Parse, sentence: Sentence, quantities: tuple[Quantity, ...], index: int) -> Counted:
    """Tell what `quantities[index]` of `sentence` counts.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        quantities: Every number of the sentence, in order.
        index: Which of them.

    Returns:
        The noun phrase as written with its head; `phrase` is None where the noun is elided and no figure of the
        same sentence gives it. Offsets are code points of the document.
    """
    scene = _Scene(parse, sentence, quantities)
    if quantities[index].kind is QuantityKind.MONEY:
        return scene.money(index)
    return scene.count(index)


class _Scene:
    """The sentence around its figures."""

    __slots__ = ("parse", "quantities", "sentence", "text", "tokens")

    def __init__(self, parse: Parse, sentence: Sentence, quantities: tuple[Quantity, ...]) -> None:
        self.parse = parse
        self.sentence = sentence
        self.quantities = quantities
        self.text = parse.document.text
        self.tokens = sentence.tokens

    def count(self, index: int) -> Counted:
        """What a count counts: its own noun, else the noun that announces it, else an inherited one."""
        phrase = self.own(index)
        if phrase is not None:
            return self._record(phrase, self._whole_loss(self.predicate(index, phrase), phrase))
        predicate = self.predicate(index, None)
        if index and self._compared(index):
            return self._inherited(index, predicate)
        label = self._label(index)
        if label is not None and (predicate is None or predicate.first != self.after(index) or self._row(index)):
            return self._record(label, None)
        phrase = self._partitive_before(index) or self._measure(index)
        if phrase is not None:
            told = self.tokens[phrase.head].lower in OUTCOME_WORDS
            return self._record(phrase, None if told else self._fate_of(phrase) or predicate)
        return self._inherited(index, predicate)

    def _whole_loss(self, predicate: Predicate | None, phrase: Phrase) -> Predicate | None:
        """The killed and wounded that a loss is told to be made of: "lost 9,000 men: 4,000 killed, 5,000 wounded"."""
        if predicate is None or predicate.base != "lose" or not split_loss(self.tokens, phrase.end):
            return predicate
        return predicate._replace(base="kill or wound")

    def money(self, index: int) -> Counted:
        """What a sum pays for, or is called."""
        phrase = noun_of_sum(self.tokens, self.first(index), self.after(index))
        predicate = predicate_left(self.tokens, self.first(index))
        if phrase is None:
            return _elided(self.sentence, predicate)
        return self._record(phrase, predicate)

    def first(self, index: int) -> int:
        """The first token of a figure."""
        return self.sentence.position(self.quantities[index].start)

    def after(self, index: int) -> int:
        """The first token behind a figure and the word attached to it."""
        quantity = self.quantities[index]
        end = quantity.end
        if quantity.attached:
            found = self.text.find(quantity.attached, end)
            end = end if found < 0 else found + len(quantity.attached)
        return self.sentence.position(end)

    def own(self, index: int) -> Phrase | None:
        """The noun phrase that stands right behind a figure, "of the" passed over."""
        i = self.after(index)
        tokens = self.tokens
        if i < len(tokens) and tokens[i].lower == "of":
            i += 1
            while i < len(tokens) and (
                tokens[i].tag in ("DT", "PRP$", "CD", "PDT") or tokens[i].lower in BEFORE_FIGURES
            ):
                i += 1
            if i < len(tokens) and tokens[i].tag in ("PRP", "WP", "WDT"):
                return None
            if i < len(tokens) and tokens[i].lower in OUTCOMES and tokens[i + 1 : i + 2] and tokens[i + 1].tag != "NNS":
                return Phrase(i, i, i + 1)
        if [token.lower for token in tokens[i : i + 2]] == ["the", "number"]:
            # "brought to six the number of men held"
            return phrase_after(tokens, i + 1)
        phrase = phrase_after(tokens, i)
        if phrase is None:
            return self._shared(index)
        return None if self._row(index) else phrase

    def _shared(self, index: int) -> Phrase | None:
        """The noun of the next figure of a bare list: "not 40,000, 50,000 or 60,000 settlers"."""
        for following in range(index + 1, min(len(self.quantities), index + 1 + LONGEST_LIST)):
            between = self.tokens[self.after(following - 1) : self.first(following)]
            listed = any(token.tag == "," or token.lower == "or" for token in between)
            bare = listed and all(token.tag in (",", "CC") for token in between)
            if not bare or self.quantities[following].kind not in COUNTABLE:
                return None
            phrase = phrase_after(self.tokens, self.after(following))
            if phrase is not None:
                return phrase
        return None

    def _row(self, index: int) -> bool:
        """Whether the noun behind a labeled figure is the label of the next: "Dead: 19 Injured: 48"."""
        first, tokens = self.first(index), self.tokens
        if first < 2 or tokens[first - 1].text != ":":
            return False
        following = [token.text for token in tokens[self.after(index) : self.after(index) + LONGEST_LABEL]]
        return ":" in following and all(text[0].isalpha() for text in following[: following.index(":")])

    def predicate(self, index: int, phrase: Phrase | None, depth: int = LONGEST_LIST) -> Predicate | None:
        """What happened to the counted: an outcome right behind it, the verb before it, or the verb after it."""
        end = self.after(index) if phrase is None else phrase.end
        left = predicate_left(self.tokens, self.first(index))
        right = predicate_right(self.tokens, end)
        immediate = right is not None and right.first == end and right.undergone
        if immediate and (left is None or left.base in _passed_over()):
            return right
        if right is not None and self._befell(left, right, end):
            return right
        if left is not None and left.base in ("leave", "find", "discover"):
            left = self._left_as(end) or left
        if not index and self._included(index):
            left = self._of_dead(index) or left
        if index and depth and (self._included(index) or self._part_of_them(index) or self._compared(index)):
            return self._whole_predicate(index, depth) or left or right
        if left is None and self._alongside(index):
            return self._companions(index) or right
        if left is not None:
            words = word_lists("nouns/counted.yaml")
            if left.base in words["leading"]:
                return self._whole_predicate(index, depth) or right
            return right if right is not None and left.base in words["raising"] else left
        coordinated = self._coordinated(index)
        if (
            coordinated is not None
            and right is not None
            and coordinated.base in word_lists("nouns/counted.yaml")["raising"]
        ):
            return right
        return right if right is not None and self._own_fate(right, end) else coordinated or right

    def _own_fate(self, right: Predicate, end: int) -> bool:
        """Whether a verb of its own tells the fate of a figure that ends a list: "lost 12 men and five were hurt"."""
        passive = bool(self.tokens[end : right.first]) and right.undergone
        verbs = all(token.lower in BE or token.lower in HAVE for token in self.tokens[end : right.first])
        return passive and verbs and right.base in word_lists("nouns/counted.yaml")["outcomes"]

    def _left_as(self, end: int) -> Predicate | None:
        """The outcome behind an object of leaving or finding: "leaving four men ages 20 to 31 dead"."""
        for i in range(end, min(len(self.tokens), end + MEASURE_REACH)):
            token = self.tokens[i]
            if token.tag in (".", "VBD", "VBZ", "VBP", "MD"):
                return None
            if token.lower in ("dead", "slain"):
                return Predicate("dead", i, i, undergone=True)
        return None

    def _befell(self, left: Predicate | None, right: Predicate, end: int) -> bool:
        """Whether the verb behind the counted tells their fate, and the one before does not: "honored two who died"."""
        words = word_lists("nouns/counted.yaml")
        if left is None or left.base in words["outcomes"] or right.base not in words["outcomes"] or not right.undergone:
            return False
        between = self.tokens[end : right.first]
        if any(token.tag in (",", ":", "CC") or token.tag in NOUNS for token in between):
            return False
        relative = bool(between) and between[0].lower in ("who", "that", "which", "whose")
        return relative or right.first == end or left.base in words["perceiving"]

    def _coordinated(self, index: int) -> Predicate | None:
        """The verb before the figure that this one is coordinated with: "killed 12 people and 3 dogs"."""
        return self._left_predicate(index - 1) if index and self._adjoins(index - 1, index) else None

    def _part_of_them(self, index: int) -> bool:
        """Whether the figure is a part of those just counted: "eight of them Americans"."""
        after = self.tokens[self.after(index) : self.after(index) + 2]
        return [token.lower for token in after] in (["of", "them"], ["of", "whom"], ["of", "those"])

    def _alongside(self, index: int) -> bool:
        """Whether the figure is added to those whose fate was just told: "arrested along with three others"."""
        first = self.first(index)
        opening = [token.lower for token in self.tokens[max(0, first - 4) : first]]
        return any(
            opening[i : i + len(link)] == list(link) for link in ALONGSIDE for i in range(len(opening) - len(link) + 1)
        )

    def _companions(self, index: int) -> Predicate | None:
        """The outcome told before "along with": the nearest verb to the left that tells one."""
        words = word_lists("nouns/counted.yaml")
        first = self.first(index)
        for i in range(first - 1, max(-1, first - MEASURE_REACH), -1):
            token = self.tokens[i]
            if token.tag == "." or token.text == ";":
                return None
            base = verb_base(token.lower)
            if token.tag in ("VBN", "VBD", "JJ") and (base in words["outcomes"] or token.lower in OUTCOMES):
                return Predicate(base if token.tag != "JJ" else token.lower, i, i, undergone=True)
        return None

    def _compared(self, index: int) -> bool:
        """Whether the figure is what the one before is compared with: "2,000 were killed, up from 600 in April"."""
        first = self.first(index)
        before = [token.lower for token in self.tokens[max(0, first - 2) : first]]
        return before in (["up", "from"], ["down", "from"]) or (before in TO_A_KNOWN and self.own(index) is None)

    def _compared_with(self, index: int) -> int:
        """The figure that this one is compared with: the nearest with a noun that no preposition governs."""
        for before in range(index - 1, max(-1, index - 1 - FARTHEST), -1):
            first = self.first(before)
            governed = first > 0 and self.tokens[first - 1].tag in ("IN", "TO")
            if not governed and self.quantities[before].kind in COUNTABLE and self.own(before) is not None:
                return before
        return index - 1

    def _left_predicate(self, index: int, depth: int = LONGEST_LIST) -> Predicate | None:
        """The verb before a figure, or before the one it is coordinated with."""
        found = predicate_left(self.tokens, self.first(index))
        if found is None and index and depth and self._adjoins(index - 1, index):
            return self._left_predicate(index - 1, depth - 1)
        return found

    def _whole_predicate(self, index: int, depth: int) -> Predicate | None:
        """The predicate of the figure of which this one is a part ("including 12 children")."""
        before = self._compared_with(index) if self._compared(index) else index - 1
        while before > 0 and index - before < LONGEST_LIST and self._included(before):
            before -= 1
        if before < 0 or not depth:
            return self._of_dead(index)
        own = self.own(before)
        found = self.predicate(before, own, depth - 1)
        return found or (None if own is not None else self._of_toll(before))

    def _of_toll(self, index: int) -> Predicate | None:
        """The fate of those whose number is told by a noun: "the death toll rose to 104, including 28 children"."""
        announced = self._measure(index)
        if announced is None:
            return None
        head = announced.head
        dead = self.tokens[head].lower in DEATHS
        return Predicate("dead", head, head, undergone=True) if dead else self._fate_of(announced)

    def _of_dead(self, index: int) -> Predicate | None:
        """The fate that the subject of "include" tells: "the dead included 11 women"."""
        first = self.first(index)
        for at in range(max(1, first - MEASURE_NEAR), first):
            if self.tokens[at].lower in ("include", "included", "includes") and self.tokens[at - 1].lower in DEATHS:
                return Predicate("dead", at - 1, at - 1, undergone=True)
        return None

    def _included(self, index: int, depth: int = LONGEST_LIST) -> bool:
        first = self.first(index)
        if any(token.lower in INCLUDING for token in self.tokens[max(0, first - 4) : first]):
            return True
        return bool(index and depth) and self._adjoins(index - 1, index) and self._included(index - 1, depth - 1)

    def _adjoins(self, one: int, two: int) -> bool:
        """Whether nothing but "and", commas and hedges stands between two figures with their nouns."""
        phrase = self.own(one)
        start = self.after(one) if phrase is None else phrase.end
        stop = self.first(two)
        if start > stop:
            return True
        openers = word_lists("nouns/counted.yaml")["openers"]
        between = self.tokens[start:stop]
        return bool(between) and all(
            token.tag in ("CC", ",") or token.lower in openers or token.tag == "RB" for token in between
        )

    def _fate_of(self, phrase: Phrase) -> Predicate | None:
        """The outcome right behind an announced noun: "the number of people killed rose to nine"."""
        right = predicate_right(self.tokens, phrase.end) if phrase.end < len(self.tokens) else None
        told = (
            right is not None
            and right.first == phrase.end
            and right.base in word_lists("nouns/counted.yaml")["outcomes"]
        )
        return right if told else None

    def _label(self, index: int) -> Phrase | None:
        """The words before a colon that name the figure: "Injured: 4,877"."""
        first = self.first(index)
        tokens = self.tokens
        if first < 2 or tokens[first - 1].text not in LABEL_MARKS:
            return None
        start = first - 1
        while start > 0 and first - 1 - start < LONGEST_LABEL and tokens[start - 1].text[0].isalpha():
            start -= 1
        if start == first - 1 or (start and tokens[first - 1].text != ":"):
            return None
        return Phrase(start, first - 2, first - 1)

    def _partitive_before(self, index: int) -> Phrase | None:
        """The noun of an "Of the soldiers sent, 3,000" that opens the clause."""
        first = self.first(index)
        for i in range(first - 1, max(-1, first - MEASURE_REACH), -1):
            token = self.tokens[i]
            if token.lower == "of" and (i == 0 or token.text == "Of" or self.tokens[i - 1].tag in (",", ":", '"')):
                begin = i + 1
                while begin < first and self.tokens[begin].tag in ("DT", "PRP$", "CD"):
                    begin += 1
                return phrase_after(self.tokens, begin) if begin < first else None
        return None

    def _measure(self, index: int) -> Phrase | None:
        """The noun that announces a figure: "the death toll rose to 12", "the number of injured reached 200"."""
        words = word_lists("nouns/counted.yaml")
        first = self.first(index)
        tokens = self.tokens
        verb_seen = False
        for i in range(first - 1, max(-1, first - MEASURE_REACH), -1):
            lower = tokens[i].lower
            announces = lower in words["measures"] or lower.rstrip("s") in words["measures"]
            if announces and tokens[i].tag not in ("JJ", "VB", "VBP"):
                linked = verb_seen or i == first - 1 or tokens[i + 1].lower in ("of", "at")
                linked = linked or (lower in words["bodies"] and tokens[i + 1].lower == "by")
                linked = linked or tokens[first - 1].lower in words["formerly"]
                return self._announced(i) if linked else None
            verb_seen = verb_seen or tokens[i].tag.startswith("VB") or lower in ("to", "at", "from")
            if tokens[i].tag in (".", ":") and i < first - 1:
                return None
        return None

    def _announced(self, i: int) -> Phrase:
        """The phrase around the announcing noun `i`; what "number of" counts where it says so."""
        tokens = self.tokens
        before = phrase_before(tokens, i)
        start = i if before is None else before.start
        if (
            tokens[i].lower in ("number", "total", "count", "figure", "tally", "numbers")
            and i + 2 < len(tokens)
            and tokens[i + 1].lower == "of"
        ):
            inner = phrase_after(tokens, past_determiners(tokens, i + 2))
            if inner is not None:
                return inner
            return Phrase(start, i + 2, i + 3)
        if i + 1 < len(tokens) and tokens[i + 1].lower in OUTCOME_WORDS:
            # "the number injured topped 2,200"
            return Phrase(i + 1, i + 1, i + 2)
        return Phrase(start, i, i + 1)

    def _inherited(self, index: int, predicate: Predicate | None) -> Counted:
        """A noun from a figure of the same sentence, the nearest first; else from the sentence before."""
        nearest = self._compared_with(index) if index and self._compared(index) else index - 1
        for before in range(nearest, max(-1, index - 1 - FARTHEST), -1):
            if self.quantities[before].kind in COUNTABLE:
                phrase = self.own(before)
                if phrase is not None:
                    return self._record(phrase, predicate, inherited=True)
        if self.sentence.index and predicate is not None:
            earlier = self.parse.sentences[self.sentence.index - 1]
            scene = _Scene(self.parse, earlier, quantities_of(earlier, self.text))
            for before in range(len(scene.quantities) - 1, -1, -1):
                phrase = scene.own(before) if scene.quantities[before].kind is QuantityKind.COUNT else None
                if phrase is not None:
                    head = earlier.tokens[phrase.head].lower
                    return _elided(self.sentence, predicate, head)
        return _elided(self.sentence, predicate)

    def _record(self, phrase: Phrase, predicate: Predicate | None, *, inherited: bool = False) -> Counted:
        tokens = self.tokens
        start, end = tokens[phrase.start].start, tokens[phrase.end - 1].end
        others = tokens[phrase.start : phrase.head] + tokens[phrase.head + 1 : phrase.end]
        base, span, undergone = _told(self.sentence, predicate)
        return Counted(
            start=None if inherited else start,
            end=None if inherited else end,
            phrase=self.text[start:end],
            head=tokens[phrase.head].lower,
            modifiers=tuple(token.lower for token in others if token.text[0].isalnum()),
            predicate=base,
            predicate_span=span,
            passive=undergone,
            inherited=inherited,
        )


@cache
def _passed_over() -> frozenset[str]:
    """Verbs before a figure that say less than an outcome right behind it: "left 12 dead"."""
    words = word_lists("nouns/counted.yaml")
    return words["linking"] | words["light"] | words["raising"] | words["leading"] | OWN_PREDICATE_FIRST


def _elided(sentence: Sentence, predicate: Predicate | None, head: str = "") -> Counted:
    base, span, undergone = _told(sentence, predicate)
    return Counted(None, None, None, head, (), base, span, undergone, bool(head))


def _told(sentence: Sentence, predicate: Predicate | None) -> tuple[str, tuple[int, int] | None, bool]:
    if predicate is None:
        return "", None, False
    tokens = sentence.tokens
    return predicate.base, (tokens[predicate.first].start, tokens[predicate.last].end), predicate.undergone
