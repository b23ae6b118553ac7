"""The actors of a dossier in running text: words come in, who is named where goes out.

Names are compared word by word without regard to case, so that a long text costs one look-up a word.
"""

from collections.abc import Iterable, Iterator
from re import compile as pattern
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from tallystick.model.dossier import Actor, Dossier
from tallystick.values.names import LONGEST, Match, NameIndex
from tallystick.values.transliteration import variants

__all__ = ["Names", "Phrases", "Word", "words_of"]

WORD = pattern(r"[^\W_]+(?:['’][^\W_]{1,3}\b)?")


class Word(NamedTuple):
    """A word of a text, folded, with its span."""

    folded: str
    start: int
    end: int


class Phrases:
    """Phrases to be found in running text, the longest first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Index `phrases` by their words; `Match.what` is the number of a phrase."""
        folded = [_folded(words_of(phrase)) for phrase in phrases]
        self._index = NameIndex((words, which) for which, words in enumerate(folded))
        # An apostrophe may be written in two ways; what stands before it is the same.
        heads = sorted({words[0].partition("'")[0] for words in folded if words})
        self._heads = AhoCorasick(heads, store_patterns=False) if heads else None

    def may_stand(self, text: str, start: int, end: int) -> bool:
        """Tell whether any phrase may stand in `text[start:end]`, without taking it to words: a tenth of the cost."""
        if self._heads is None:
            return False
        plain = f" {text[start:end].casefold()} "
        found = self._heads.find_matches_as_indexes(plain, overlapping=True)
        return any(not plain[first - 1].isalnum() and not plain[last].isalnum() for _, first, last in found)

    def mentions(self, words: list[Word]) -> Iterator[Match[int]]:
        """Yield the phrases in `words` in order; of those that begin at one word only the longest."""
        longest: Match[int] | None = None
        for match in self._index.matches(_folded(words)):
            if longest is None or match.first > longest.first or match.last == longest.last:
                longest = match
                yield match


class Names:
    """The actors of a dossier by all their names."""

    def __init__(self, dossier: Dossier) -> None:
        """Index the names of every actor, of people with the reviewed spellings of a name: Choïgou is Shoigu."""
        pairs = [(name, actor) for actor in dossier.actors for name in (actor.name, *actor.aliases)]
        own = {_folded(words_of(name)) for name, _ in pairs}
        spelled = [(other, actor) for name, actor in pairs if actor.kind == "person" for other in variants(name)]
        pairs += [(other, actor) for other, actor in spelled if _folded(words_of(other)) not in own]
        self._actors = [actor for _, actor in pairs]
        self._phrases = Phrases(name for name, _ in pairs)
        self._voices: dict[str, str] = {}

    def mentions(self, words: list[Word]) -> Iterator[tuple[Match[int], Actor]]:
        """Yield every actor named in `words`."""
        for mention in self._phrases.mentions(words):
            yield mention, self._actors[mention.what]

    def voice(self, speaker: str | None) -> str | None:
        """Give the id of the actor that a speaker is, else its folded words; None where nobody is named.

        A person comes before the body it is named with, a longer name before a shorter one.
        """
        if speaker is None:
            return None
        if speaker not in self._voices:
            words = words_of(speaker[:LONGEST])
            ranked = [
                (actor.kind == "person", mention.last - mention.first, -mention.first, actor.id)
                for mention, actor in self.mentions(words)
            ]
            self._voices[speaker] = max(ranked)[3] if ranked else "name:" + " ".join(word.folded for word in words)
        return self._voices[speaker]


def _folded(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(word.folded for word in words)


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Give the words of `text[start:end]`; spans count from the start of `text`."""
    found = WORD.finditer(text, start, len(text) if end is None else end)
    return [
        Word(match.group().casefold().replace("’", "'").removesuffix("'s"), match.start(), match.end())
        for match in found
    ]
