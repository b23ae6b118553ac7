"""The actors of a dossier in running text: words come in, who is named where goes out.

Names are compared word by word without regard to case, so that a long text costs one look-up a word.
"""

from collections.abc import Iterable, Iterator
from re import compile as pattern
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from tallystick.model.dossier import Actor, Dossier
from tallystick.values.folding import Signs, signs, stems
from tallystick.values.names import LONGEST, Match, NameIndex
from tallystick.values.romanization import is_han, is_hangul, is_latin
from tallystick.values.transliteration import spellings

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
        phrases = list(phrases)
        folded = [_folded(words_of(phrase)) for phrase in phrases]
        self._index = NameIndex((words, which) for which, words in enumerate(folded))
        # An apostrophe may be written in two ways; what stands before it is the same.
        heads = sorted({head for phrase in phrases if (head := _head(phrase))})
        self._ends = [not _is_open(head) for head in heads]
        self._starts = [not is_han(head) for head in heads]
        self._heads = AhoCorasick(heads, store_patterns=False) if heads else None

    def may_stand(self, text: str, start: int, end: int) -> bool:
        """Tell whether any phrase may stand in `text[start:end]`, without taking it to words: a tenth of the cost."""
        if self._heads is None:
            return False
        plain = f" {text[start:end].casefold()} "
        found = self._heads.find_matches_as_indexes(plain, overlapping=True)
        return any(
            not (self._starts[which] and plain[first - 1].isalnum())
            and not (self._ends[which] and plain[last].isalnum())
            for which, first, last in found
        )

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
        spelled = [(other, actor) for name, actor in pairs if actor.kind == "person" for other in spellings(name)]
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


def _folded(words: Iterable[Word]) -> Signs:
    return Signs(word.folded for word in words)


def _head(phrase: str) -> str:
    """The start of a phrase that stands in every text that holds it; its stem where endings follow."""
    word = WORD.search(phrase)
    return "" if word is None else stems(word[0].casefold())[0].replace("’", "'").partition("'")[0]


def _is_open(head: str) -> bool:
    """Whether a word may go on after its stem or name: an ending, a particle, the next word."""
    return not head.isascii() and not is_latin(head)


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Give the words of `text[start:end]`; spans count from the start of `text`.

    Russian and Ukrainian words are folded to their stems; Han and Hangul come sign by sign.
    """
    found = WORD.finditer(text, start, len(text) if end is None else end)
    return [word for match in found for word in _words(match[0].casefold(), match.start(), match.end())]


def _words(word: str, start: int, end: int) -> Iterator[Word]:
    if word.isascii() or is_latin(word) or len(word) != end - start:
        yield Word(word.replace("’", "'").removesuffix("'s"), start, end)
    elif (stem := stems(word)[0]) and not is_han(stem) and not is_hangul(stem):
        yield Word(stem, start, end)
    else:
        parts = signs(word)
        for at, (sign, first) in enumerate(parts):
            last = parts[at + 1][1] if at + 1 < len(parts) else len(word)
            yield Word(sign, start + first, start + last)
