"""Decide the category of a count where the words of a dossier are patterns: in inflected and in unspaced scripts.

Takes what a quantity counts and the words of one language; gives a category and the word that decided it. A word of a
pattern may end in "*", which stands for any ending ("военн* строител*"). Where a script sets no reliable spaces
between the words (`SOLID`), an entry is found at the end of the counted phrase, or within it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tallystick.languages.language import Counted
from tallystick.model.dossier import Category, Dossier

__all__ = ["PATTERNED", "SOLID", "WordPatterns"]

# Languages whose words in a dossier are patterns; those of English are base forms.
PATTERNED = frozenset(("ru", "uk", "ko", "zh"))
# Of these, the ones in which a compound is written as one word or with spaces at the writer's choice.
SOLID = frozenset(("ko", "zh"))
PERSONS = frozenset(("people", "casualty", "other"))
GOODS = frozenset(("equipment", "aid"))
WORD = re.compile(r"[\w'’\-]+")
# Most code points of a counted phrase that are read.
LONGEST = 120

Found = tuple[Category, str]


class _Entry(NamedTuple):
    """A pattern of a dossier: its words, and the category it stands for (None: it is no figure claim)."""

    words: tuple[str, ...]
    category: Category | None

    def at(self, words: tuple[str, ...], first: int) -> bool:
        """Tell whether the pattern stands at `words[first:]`."""
        return first + len(self.words) <= len(words) and all(
            word.startswith(part[:-1]) if part.endswith("*") else word == part
            for part, word in zip(self.words, words[first:], strict=False)
        )

    @property
    def letters(self) -> int:
        """How much it says."""
        return sum(map(len, self.words))


class _Entries:
    """Patterns by the first letters of their first words."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self._by_letter: dict[str, list[_Entry]] = {}
        for entry in entries:
            self._by_letter.setdefault(entry.words[0][:2].rstrip("*"), []).append(entry)
        for held in self._by_letter.values():
            held.sort(key=lambda entry: (-len(entry.words), -entry.letters))

    def at(self, words: tuple[str, ...], first: int) -> Iterator[_Entry]:
        """Yield the entries that stand at `words[first:]`, of one number of letters the fullest first."""
        word = words[first]
        for start in {word[:2], word[:1]}:
            for entry in self._by_letter.get(start, ()):
                if entry.at(words, first):
                    yield entry


@dataclass(frozen=True)
class WordPatterns:
    """The words of a dossier in one language, ready to be looked up."""

    dossier: Dossier
    language: str

    def decide(self, counted: Counted) -> Found | None:
        """Give the category of a count and the words that decided it, or None where it is no figure claim.

        Casualties go by outcome whatever the rank; `counted.predicate` is only what the counted underwent.
        """
        noun, excluded = self._noun(counted)
        if excluded:
            return None
        outcome = self._told(counted, ("casualty",))
        joined = outcome is not None and noun is not None and noun[0].id in outcome[0].parts
        if noun is not None and not joined and (noun[0].kind in GOODS or noun[0].id == "killed"):
            return noun
        if outcome is not None and (noun is None or noun[0].kind in PERSONS):
            person = noun is not None or not counted.head
            if person or outcome[0].id in ("killed", "wounded"):
                return outcome
        if noun is None and counted.head:
            return None
        if noun is None or noun[0].kind == "other":
            return self._told(counted, ("people", "other")) or noun
        return noun

    def _noun(self, counted: Counted) -> tuple[Found | None, bool]:
        """The category of the counted noun, and whether the dossier says that it counts nothing of interest."""
        phrase = (counted.phrase or counted.head)[-LONGEST:].lower()
        if not phrase:
            return None, False
        entry = self._ending(phrase, counted.head) if self.language in SOLID else self._headed(phrase, counted.head)
        if entry is None:
            return None, False
        if entry.category is None:
            return None, True
        return (entry.category, " ".join(entry.words)), False

    def _headed(self, phrase: str, head: str) -> _Entry | None:
        """The fullest entry that holds the head of the phrase."""
        words = tuple(WORD.findall(phrase))
        if head and head not in words:
            words = (*words, head)
        if not words:
            return None
        target = words.index(head) if head else len(words) - 1
        held = [
            entry
            for first in range(target + 1)
            for entry in self._nouns.at(words, first)
            if first + len(entry.words) > target
        ]
        return min(held, key=lambda entry: (-len(entry.words), -entry.letters), default=None)

    def _ending(self, phrase: str, head: str) -> _Entry | None:
        """The longest entry at the end of the phrase, else of its head, else the last one within the phrase."""
        solid = re.sub(r"\s+", "", phrase)
        for text in (solid, re.sub(r"\s+", "", head.lower())):
            for first in range(len(text)):
                entry = self._solid.get(text[first:])
                if entry is not None:
                    return entry
        return self._within(solid)

    def _within(self, solid: str) -> _Entry | None:
        best: tuple[int, int, _Entry] | None = None
        for first in range(len(solid)):
            for last in range(first + 2, min(len(solid), first + self._longest) + 1):
                entry = self._solid.get(solid[first:last])
                if entry is not None and (best is None or (last, last - first) > best[:2]):
                    best = last, last - first, entry
        return None if best is None or best[2].category is None else best[2]

    def _told(self, counted: Counted, kinds: tuple[str, ...]) -> Found | None:
        """The category that the predicate or a modifier tells; of two outcomes, the one that is the union of both."""
        told = list(self._outcomes(counted, kinds))
        ids = {category.id for category, _ in told}
        for category in self.dossier.categories:
            if len(ids) > 1 and ids <= set(category.parts):
                return category, counted.predicate
        return told[0] if told else None

    def _outcomes(self, counted: Counted, kinds: tuple[str, ...]) -> Iterator[Found]:
        predicate = tuple(WORD.findall(counted.predicate))
        # "Приняли 35 раненых, трое скончались": what the number before counts does not tell the fate of these.
        own = () if counted.inherited and counted.predicate else counted.modifiers
        modifiers = tuple(word for modifier in own for word in WORD.findall(modifier))
        for words, entries in ((predicate, self._predicates), (modifiers, self._modifiers)):
            for category, entry in entries:
                if category.kind in kinds and self._stands(entry, words):
                    yield category, " ".join(words)

    def _stands(self, entry: _Entry, words: tuple[str, ...]) -> bool:
        if self.language in SOLID:
            return "".join(entry.words).rstrip("*") in "".join(words)
        return any(entry.at(words, first) for first in range(len(words)))

    def _all_nouns(self) -> Iterator[_Entry]:
        for code, words in self.dossier.excluded:
            if code == self.language:
                yield from (_Entry(tuple(noun.lower().split()), None) for noun in words)
        for category in self.dossier.categories:
            for noun in category.lexicon(self.language).nouns:
                yield _Entry(tuple(noun.lower().split()), category)

    @cached_property
    def _nouns(self) -> _Entries:
        return _Entries(self._all_nouns())

    @cached_property
    def _solid(self) -> dict[str, _Entry]:
        solid: dict[str, _Entry] = {}
        for entry in self._all_nouns():
            solid.setdefault("".join(entry.words), entry)
        return solid

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._solid), default=0)

    @cached_property
    def _predicates(self) -> tuple[tuple[Category, _Entry], ...]:
        return tuple(
            (category, _Entry(tuple(word.lower().split()), category))
            for category in self.dossier.categories
            for lexicon in (category.lexicon(self.language),)
            for word in (*lexicon.verbs, *lexicon.adjectives)
        )

    @cached_property
    def _modifiers(self) -> tuple[tuple[Category, _Entry], ...]:
        return tuple(
            (category, _Entry(tuple(word.lower().split()), category))
            for category in self.dossier.categories
            for word in category.lexicon(self.language).adjectives
        )
