"""Whether signs hold: all signs of the packs come in, then claims and facts; the numbers of the signs that hold go out.

Each claim or fact is looked at once for all signs of all packs: what it is narrows them down, one pass over its words
decides, and both are remembered, for a case repeats itself.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick

from tallystick.model.claim import Aspect, Measure, Status
from tallystick.model.provision import Jurisdiction, Sign
from tallystick.values.periods import Period, period

__all__ = ["Bearing", "Signs"]

Key = TypeVar("Key")
Answer = TypeVar("Answer")

BETWEEN = re.compile(r"[\W_]+")
# Scripts that set no spaces between words, or hang particles on them: their words are found inside a run of letters.
SOLID = re.compile("[ᄀ-ᇿ⺀-⿟぀-ヿ㄰-㆏㐀-䶿一-鿿가-힣豈-﫿]")
# Characters of a quotation that are looked at; real sentences are shorter.
LONGEST = 4_000
# Answers that are remembered; a case of 100,000 claims has some thousands of kinds of them.
REMEMBERED = 1 << 16


class Bearing(NamedTuple):
    """What a claim or a fact is, apart from its words; of a fact, the population is that of the claim it hangs on.

    Attributes:
        slot: Slot of the fact, None of a claim.
        language: BCP 47 of the document.
        category: Of the population.
        origin: ISO 3166-1 alpha-2 of the country that the counted come from, or None.
        country: ISO 3166-1 alpha-2 of the country of the place, or None.
        jurisdiction: What the place comes to.
        status: Of the claim or fact.
        aspect: Of the claim; None of a fact.
        measure: Of the claim; None of a fact.
        unit: Of the claim; None of a fact.
    """

    slot: str | None
    language: str
    category: str
    origin: str | None
    country: str | None
    jurisdiction: Jurisdiction
    status: Status
    aspect: Aspect | None
    measure: Measure | None
    unit: str | None


class Signs:
    """Many signs, tested together."""

    def __init__(self, signs: Iterable[Sign]) -> None:
        """Prepare the search for their words; a sign is known by its number."""
        self._signs = tuple(signs)
        self._words = tuple(_by_language(sign.words) for sign in self._signs)
        self._without = tuple(_by_language(sign.without) for sign in self._signs)
        self._since = tuple(period(sign.since) for sign in self._signs)
        self._until = tuple(period(sign.until) for sign in self._signs)
        self._finders: dict[str, Finder] = {}
        self._candidates: dict[Bearing, tuple[int, ...]] = {}
        self._told: dict[tuple[Bearing, frozenset[str], frozenset[str]], tuple[int, ...]] = {}
        self._slots = frozenset(sign.slot for sign in self._signs)

    def looks_at(self, slot: str | None) -> bool:
        """Whether any sign looks at facts of `slot`, or, for None, at claims."""
        return slot in self._slots

    def holding(self, bearing: Bearing, value: str | None, quote: str, act: Period | None) -> tuple[int, ...]:
        """Give the numbers of the signs that hold, ascending.

        Something that is denied holds whatever a sign asks of its status: the caller takes it as speaking against.

        Args:
            bearing: What the claim or fact is.
            value: Words of a fact; None of a claim.
            quote: The sentence around it.
            act: The days of the act, or None: a sign with dates then does not hold.
        """
        if bearing not in self._candidates:
            _room(self._candidates)
            self._candidates[bearing] = tuple(self._fitting(bearing))
        candidates = self._candidates[bearing]
        if not candidates:
            return ()
        finder = self._finder(bearing.language)
        said = finder.words(quote)
        inner = said if value is None else finder.words(value)
        asked = (bearing, inner, said)
        if asked not in self._told:
            _room(self._told)
            self._told[asked] = tuple(self._telling(candidates, _primary(bearing.language), inner, said))
        return tuple(number for number in self._told[asked] if self._timely(number, act))

    def _fitting(self, bearing: Bearing) -> Iterator[int]:
        """The signs that hold but for words and dates."""
        for number, sign in enumerate(self._signs):
            asks_status = sign.statuses and bearing.status is not Status.DENIED
            if sign.slot == bearing.slot and all(
                not asked or has in asked
                for has, asked in (
                    (bearing.category, sign.categories),
                    (bearing.origin, sign.origins),
                    (bearing.country, sign.countries),
                    (bearing.jurisdiction, sign.jurisdictions),
                    (bearing.aspect, sign.aspects),
                    (bearing.measure, sign.measures),
                    (bearing.unit, sign.units),
                    (bearing.status, sign.statuses if asks_status else ()),
                )
            ):
                yield number

    def _telling(
        self, candidates: tuple[int, ...], language: str, inner: frozenset[str], said: frozenset[str]
    ) -> Iterator[int]:
        """Those of the candidates whose words stand there."""
        for number in candidates:
            wanted, unwanted = self._words[number], self._without[number]
            if wanted and inner.isdisjoint(wanted.get(language, ())):
                continue
            banned = unwanted.get(language, ())
            if inner.isdisjoint(banned) and said.isdisjoint(banned):
                yield number

    def _timely(self, number: int, act: Period | None) -> bool:
        """Whether the act is of the days that a sign asks for."""
        since, until = self._since[number], self._until[number]
        if since is None and until is None:
            return True
        return act is not None and (since is None or act.last >= since.first) and (
            until is None or act.first <= until.last
        )  # fmt: skip

    def _finder(self, language: str) -> "Finder":
        """The search for all words of a language."""
        code = _primary(language)
        if code not in self._finders:
            found = (held.get(code, ()) for group in (self._words, self._without) for held in group)
            self._finders[code] = Finder(sorted({word for words in found for word in words}))
        return self._finders[code]


class Finder:
    """The words of one language, found in one pass."""

    def __init__(self, words: list[str]) -> None:
        self._words = tuple(words)
        self._search = AhoCorasick([_pattern(word) for word in words], store_patterns=False) if words else None
        self._known: dict[str, frozenset[str]] = {}

    def words(self, text: str) -> frozenset[str]:
        """Those of the words that stand in `text`."""
        if self._search is None:
            return frozenset()
        if text not in self._known:
            _room(self._known)
            plain = f" {BETWEEN.sub(' ', text[:LONGEST].lower())} "
            hits = self._search.find_matches_as_indexes(plain, overlapping=True)
            self._known[text] = frozenset(self._words[number] for number, _, _ in hits)
        return self._known[text]


def _pattern(word: str) -> str:
    """What is looked for among words that stand between single spaces; "*" at the end lets a longer word through."""
    plain = " ".join(BETWEEN.sub(" ", word.lower()).split())
    if SOLID.search(plain):
        return plain
    return f" {plain}" if word.rstrip().endswith("*") else f" {plain} "


def _by_language(pairs: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, frozenset[str]]:
    """Words by the primary subtag of their language; words that hold no letter are left out."""
    found: dict[str, set[str]] = {}
    for language, words in pairs:
        found.setdefault(_primary(language), set()).update(word for word in words if BETWEEN.sub("", word))
    return {language: frozenset(words) for language, words in found.items()}


def _primary(language: str) -> str:
    """The primary subtag of a language: "en" of "en-GB"."""
    return language.partition("-")[0].lower()


def _room(held: dict[Key, Answer]) -> None:
    """Forget what is remembered where it has grown too large: answers do not depend on it."""
    if len(held) >= REMEMBERED:
        held.clear()
