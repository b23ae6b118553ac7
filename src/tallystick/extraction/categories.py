"""Decide which category of the dossier a quantity belongs to, or that it is no figure claim.

Takes what a quantity counts and the dossier; gives the category with its unit and the words that decided it. Every
word comes from the dossier: this module knows only the order in which its lists are asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tallystick.extraction.word_patterns import PATTERNED, WordPatterns
from tallystick.languages.english.grammar.inflection import singular, verb_base
from tallystick.languages.language import Counted, Token
from tallystick.model.claim import Ground
from tallystick.model.dossier import Category, Dossier
from tallystick.model.quantity import Quantity, QuantityKind
from tallystick.values.places import demonym, is_demonym_noun

__all__ = ["CategoryReading", "categorize"]

PERSONS = frozenset(("people", "casualty", "other"))
NATIONALITY = "<nationality>"
# Between a noun of a dossier and the word near which alone it belongs to the category: "man ~ troop".
NEAR = " ~ "
# Longest noun phrase of a dossier, in words.
LONGEST = 5
# How the language reader ends a predicate that killed ("strike dead").
DEADLY = " dead"
# Most words of a counted phrase that are read.
MOST_WORDS = 16
# Dossiers whose word lists are kept ready.
REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class CategoryReading:
    """The category of a figure.

    Attributes:
        category: Id of the dossier's category.
        unit: What one of them is; an ISO 4217 code for money.
        grounds: The words that decided it.
    """

    category: str
    unit: str
    grounds: tuple[Ground, ...]


def categorize(
    counted: Counted,
    quantity: Quantity,
    dossier: Dossier,
    language: str,
    near: Sequence[Token] = (),
    before: CategoryReading | None = None,
) -> CategoryReading | None:
    """Give the category of what `quantity` counts, or None where it is no figure claim.

    Casualties go by outcome whatever the rank; then the longest phrase of the dossier that ends at the counted noun;
    then what happened to people whom the text does not describe otherwise.

    Args:
        counted: The noun, its modifiers and its predicate.
        quantity: The number itself.
        dossier: Names the categories and their words.
        language: BCP 47 code of the lists to use.
        near: The words around the figure, of its sentence and the one before: they tell soldiers from other "men".
        before: The category of the figure before in the same sentence, which "600 others" goes on with.
    """
    if quantity.kind is QuantityKind.MONEY:
        return _money(dossier, quantity)
    found = (
        _patterns(_Same(dossier), language).decide(counted)
        if language in PATTERNED
        else _lists(_Same(dossier), language).decide(counted, near, before)
    )
    if found is None:
        return None
    category, cue = found
    if quantity.kind is QuantityKind.MEASURE and category.kind != "aid":
        return None
    unit = quantity.unit if quantity.kind is QuantityKind.MEASURE and quantity.unit else category.unit
    return CategoryReading(category.id, unit, (_ground(counted, category.id, cue),))


def _ground(counted: Counted, category: str, cue: str) -> Ground:
    if cue == counted.predicate and counted.predicate_span is not None:
        return Ground("category", category, cue, *counted.predicate_span)
    return Ground("category", category, counted.phrase or cue, counted.start, counted.end)


class _Same:
    """A dossier compared by identity: its hash would walk through every word of it."""

    __slots__ = ("dossier",)

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    def __hash__(self) -> int:
        return id(self.dossier)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.dossier is self.dossier


@lru_cache(maxsize=REMEMBERED)
def _lists(same: _Same, language: str) -> "_Lists":
    return _Lists(same.dossier, language)


@lru_cache(maxsize=REMEMBERED)
def _patterns(same: _Same, language: str) -> WordPatterns:
    return WordPatterns(same.dossier, language)


def _money(dossier: Dossier, quantity: Quantity) -> CategoryReading | None:
    """The dossier's category of money."""
    category = next((category for category in dossier.categories if category.kind == "money"), None)
    if category is None:
        return None
    ground = Ground("category", category.id, "a sum of money", quantity.start, quantity.end)
    return CategoryReading(category.id, quantity.unit or "money", (ground,))


class _Lists:
    """The words of a dossier in one language, ready to be looked up."""

    def __init__(self, dossier: Dossier, language: str) -> None:
        self.categories = dossier.categories
        self.nouns: dict[str, Category] = {}
        self.verbs: dict[str, list[Category]] = {}
        self.adjectives: dict[str, list[Category]] = {}
        self.endings: list[tuple[str, Category]] = []
        self.near: dict[str, list[tuple[str, Category]]] = {}
        self.nationality: Category | None = None
        self.excluded = frozenset(
            singular(noun) for code, words in dossier.excluded if code == language for noun in words
        )
        for category in dossier.categories:
            lexicon = category.lexicon(language)
            for noun in lexicon.nouns:
                self._add_noun(noun, category)
            for verb in lexicon.verbs:
                self.verbs.setdefault(verb, []).append(category)
            for adjective in lexicon.adjectives:
                self.adjectives.setdefault(adjective, []).append(category)

    def _add_noun(self, noun: str, category: Category) -> None:
        if noun == NATIONALITY:
            self.nationality = self.nationality or category
        elif NEAR in noun:
            word, _, cue = noun.partition(NEAR)
            self.near.setdefault(word if word == NATIONALITY else singular(word), []).append((cue, category))
        elif noun.startswith("-"):
            self.endings.append((noun[1:], category))
        else:
            self.nouns.setdefault(singular(noun), category)

    def decide(
        self, counted: Counted, near: Sequence[Token], before: CategoryReading | None
    ) -> tuple[Category, str] | None:
        """The category of a count and the words that decided it."""
        noun = self._noun(counted)
        found = self._told_of(counted, noun)
        if found is None or found is noun:
            return self._by_surroundings(counted, noun, near) or self._going_on(counted, found, before) or found
        return found

    def _by_surroundings(
        self, counted: Counted, noun: tuple[Category, str] | None, near: Sequence[Token]
    ) -> tuple[Category, str] | None:
        """The category of a word that means it only near another one: "men" near "troops"."""
        heads = [singular(counted.head)]
        if noun is not None and noun[0] is self.nationality:
            heads.append(NATIONALITY)
        for cue, category in (pair for head in heads for pair in self.near.get(head, ())):
            if any(singular(token.lower) == cue for token in near):
                return category, counted.head
        return None

    def _going_on(
        self, counted: Counted, found: tuple[Category, str] | None, before: CategoryReading | None
    ) -> tuple[Category, str] | None:
        """The people counted just before, of whom "600 others" are more."""
        if before is None or found is None or singular(counted.head) != "other":
            return None
        same = next((category for category in self.categories if category.id == before.category), None)
        return (same, counted.head) if same is not None and same.kind == "people" else None

    def _told_of(self, counted: Counted, noun: tuple[Category, str] | None) -> tuple[Category, str] | None:
        """The category that noun and predicate give."""
        if noun is None and counted.inherited:
            # What an elided figure inherits may be no people: "two attacks left at least ten killed".
            return self._outcome(replace(counted, head=""))
        if noun is not None and noun[0].kind in ("equipment", "aid"):
            return noun
        if noun is not None and noun[0].id == "killed":
            return noun
        person = noun is not None and noun[0].kind in PERSONS
        if noun is None and counted.head and singular(counted.head) in self.excluded:
            return None
        outcome = self._outcome(counted)
        if outcome is not None and (person or not counted.head or outcome[0].id in ("killed", "wounded")):
            return outcome
        if noun is not None and noun[0].unit == "person":
            fate = self._fate(counted, noun[0])
            if fate is not None:
                return fate
        if noun is None and not counted.head:
            return self._fate(counted, None)
        return noun

    def _noun(self, counted: Counted) -> tuple[Category, str] | None:
        """The category of the longest listed phrase that ends at the head, else by pattern."""
        if not counted.head:
            return None
        words = _words(counted)
        whole = self._whole(counted)
        if whole is not None:
            return whole
        for length in range(min(LONGEST, len(words)), 0, -1):
            phrase = singular(" ".join(words[-length:]))
            category = self.nouns.get(phrase)
            if category is not None:
                return category, phrase
        head = singular(words[-1])
        if head in self.excluded:
            return None
        if self.nationality is not None and _is_nationality(words):
            return self.nationality, counted.head
        for ending, category in self.endings:
            if head.endswith(ending) and len(head) > len(ending) + 1:
                return category, counted.head
        return None

    def _whole(self, counted: Counted) -> tuple[Category, str] | None:
        """The category of a measure by what it holds: "tonnes of food", "bags of donated rice"."""
        words = _spoken(counted.phrase or "")
        if "of" not in words:
            return None
        i = words.index("of")
        contents = words[i + 1 :]
        for stop in range(len(contents), 0, -1):
            for begin in range(stop):
                for measure in _spellings(singular(words[i - 1])):
                    phrase = " ".join((measure, "of", *contents[begin:stop]))
                    category = self.nouns.get(phrase) or self.nouns.get(singular(phrase))
                    if category is not None:
                        return category, phrase
        return None

    def _outcome(self, counted: Counted) -> tuple[Category, str] | None:
        """The casualty category that the predicate or a modifier tells."""
        if counted.passive:
            # "Lost 2,000 troops" tells of dead, "lost 2,000 jobs" does not: the dossier lists the verb with its object.
            phrase = f"{counted.predicate} {singular(counted.head)}" if counted.head else ""
            found = self._first(self.verbs.get(phrase, ()), ("casualty",), counted.predicate) or self._told(
                counted.predicate, ("casualty",)
            )
            if found is not None:
                return found
        for modifier in counted.modifiers:
            for category in self.adjectives.get(modifier, ()):
                if category.kind == "casualty":
                    return category, modifier
        return None

    def _fate(self, counted: Counted, noun: Category | None) -> tuple[Category, str] | None:
        """The category that the predicate gives to people who are not described otherwise."""
        generic = noun is None or noun.kind == "other" or noun is self.nationality
        if not generic or not counted.passive:
            return None
        found = self._told(counted.predicate, ("people", "other"))
        if found is not None:
            return found
        for modifier in counted.modifiers:
            for category in self.adjectives.get(modifier, ()):
                if category.kind in ("people", "other"):
                    return category, modifier
        return None

    def _told(self, predicate: str, kinds: tuple[str, ...]) -> tuple[Category, str] | None:
        """The category of a predicate; of two joined ones, the category that is the union of both."""
        if not predicate:
            return None
        if " or " in predicate:
            told = [self._told(part, kinds) for part in predicate.split(" or ")]
            # "Shot and killed": the outcome that is told outright before the one that is a union of outcomes.
            parts = sorted((part for part in told if part is not None), key=lambda part: bool(part[0].parts))
            ids = {part[0].id for part in parts}
            union = next(
                (category for category in self.categories if len(ids) > 1 and ids <= set(category.parts)), None
            )
            if union is not None:
                return union, predicate
            return next(iter(parts), None)
        if predicate.endswith(DEADLY) and predicate not in self.verbs:
            return self._told(DEADLY.strip(), kinds)
        return self._first(self.verbs.get(predicate, ()), kinds, predicate) or self._first(
            (*self.adjectives.get(predicate, ()), *self.verbs.get(verb_base(predicate), ()), *self._as_noun(predicate)),
            kinds,
            predicate,
        )

    def _as_noun(self, predicate: str) -> tuple[Category, ...]:
        category = self.nouns.get(predicate)
        return () if category is None else (category,)

    @staticmethod
    def _first(categories: Iterable[Category], kinds: tuple[str, ...], predicate: str) -> tuple[Category, str] | None:
        return next(((category, predicate) for category in categories if category.kind in kinds), None)


def _words(counted: Counted) -> list[str]:
    """The words of the phrase up to its head, lower case."""
    if counted.phrase is None:
        return [counted.head]
    words = _spoken(counted.phrase)
    if counted.head in words:
        return words[: words.index(counted.head) + 1]
    return [counted.head]


def _spellings(measure: str) -> tuple[str, ...]:
    """A unit of measure as a dossier may spell it."""
    return {"ton": ("ton", "tonne"), "tonne": ("tonne", "ton")}.get(measure, (measure,))


def _spoken(phrase: str) -> list[str]:
    """The words of a phrase without their marks, lower case; of a long one the first."""
    return [word.strip("\"'`“”‘’,()") for word in phrase.lower().split()[:MOST_WORDS]]


def _is_nationality(words: list[str]) -> bool:
    if is_demonym_noun(words[-1]) or is_demonym_noun(" ".join(words[-2:])):
        return True
    return demonym(words[-1]) is not None
