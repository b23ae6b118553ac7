"""Find the names of a list inside longer phrases: "Security Council Secretary Sergei Shoigu" holds "Sergei Shoigu".

Takes names as folded words with what they stand for; gives every one that stands in a row of words. Dossiers name
actors, places and offices so, and tracing, reconciliation and screening all look for them. A name is found in the forms
that Russian, Ukrainian and Korean give it in a sentence, and in Chinese without spaces.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from re import compile as pattern
from typing import Generic, NamedTuple, TypeVar

from tallystick.model.dossier import Actor, Dossier, Place
from tallystick.values.folding import DOT, spread, stems, without_patronymics
from tallystick.values.transliteration import spellings

__all__ = ["LONGEST", "Match", "NameIndex", "actor_names", "bare_place", "fold", "names_of", "place_names"]

Named = TypeVar("Named")
# The dot stands between the parts of a foreign name in Chinese.
WORD = pattern(rf"\w+|(?<=\w){DOT}(?=\w)")
DOTS = str.maketrans(dict.fromkeys("・•‧‧∙", DOT))
PERSON = "person"
# A name with an office, or a place with its description; what is longer is a clause that extraction has let through.
LONGEST = 200
# Names whose words are remembered: a case writes the same few again and again.
KNOWN = 2**13
# Words that a place may carry or lack without becoming another one.
DESCRIPTIONS = frozenset(
    (
        "the region oblast province district county area territory city prefecture governorate "
        "област кра район регион регіон провинц провінц город міст г м 주 지역 시 구역"
    ).split()
)


@lru_cache(maxsize=KNOWN)
def fold(text: str) -> tuple[str, ...]:
    """Give the words of a name, case folded, without full stops, possessive endings and a leading article.

    Russian and Ukrainian words are their stems, Korean ones stand without particles; words of Han stay as they are.
    """
    plain = text[:LONGEST].casefold().replace("’", "'").replace("'s ", " ").removesuffix("'s").replace(".", "")
    if not plain.isascii():
        words = tuple(stem for word in WORD.findall(plain.translate(DOTS)) for stem in stems(word))
        return without_patronymics(words)
    words = tuple(WORD.findall(plain))
    return words[1:] if words[:1] == ("the",) and len(words) > 1 else words


def bare_place(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the folded words of a place without those that only describe it ("kursk region"), if any are left."""
    return tuple(word for word in words if word not in DESCRIPTIONS) or words


class Match(NamedTuple, Generic[Named]):
    """A name found: the numbers of its first word and one past its last, and what it stands for.

    Words of Han and Hangul count sign by sign, as `spread` gives them.
    """

    first: int
    last: int
    what: Named


class NameIndex(Generic[Named]):
    """Names by their first word, the longest first."""

    def __init__(self, names: Iterable[tuple[tuple[str, ...], Named]]) -> None:
        """Index pairs of a name's folded words and what it stands for; empty names are left out."""
        self._names: dict[str, list[tuple[tuple[str, ...], Named]]] = {}
        for words, what in names:
            if words:
                signs = spread(words)
                self._names.setdefault(signs[0], []).append((signs, what))
        for held in self._names.values():
            held.sort(key=lambda entry: -len(entry[0]))

    def matches(self, words: Sequence[str]) -> Iterator[Match[Named]]:
        """Yield every name that stands in `words`, by its first word, of those that begin at one word longest first."""
        words = spread(words)
        for first, word in enumerate(words):
            for name, what in self._names.get(word, ()):
                last = first + len(name)
                if words[first:last] == name:
                    yield Match(first, last, what)

    def longest(self, words: Sequence[str]) -> Named | None:
        """Give what the longest name in `words` stands for, of equally long ones the first; None where none stands."""
        best: Match[Named] | None = None
        for match in self.matches(words):
            if best is None or match.last - match.first > best.last - best.first:
                best = match
        return None if best is None else best.what


def actor_names(dossier: Dossier) -> NameIndex[Actor]:
    """Give the index of the names and aliases of a dossier's actors, of people with the reviewed spellings of a name.

    What the dossier itself calls one actor is never a spelling of another.
    """
    own = {fold(name): actor.id for actor in reversed(dossier.actors) for name in (*actor.aliases, actor.name)}
    pairs = ((fold(name), actor) for actor in dossier.actors for name in names_of(actor))
    return NameIndex(dict.fromkeys((words, actor) for words, actor in pairs if own.get(words, actor.id) == actor.id))


def names_of(actor: Actor) -> tuple[str, ...]:
    """Give the name and the aliases of an actor, and of a person their reviewed spellings in all scripts."""
    names = (actor.name, *actor.aliases)
    if actor.kind == PERSON:
        names = (*names, *(other for name in names for other in spellings(name)))
    return tuple(dict.fromkeys(names))


def place_names(dossier: Dossier) -> NameIndex[Place]:
    """Give the index of the names and aliases of a dossier's places."""
    return NameIndex((fold(name), place) for place in dossier.places for name in (place.name, *place.aliases))
