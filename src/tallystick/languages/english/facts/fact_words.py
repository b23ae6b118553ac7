"""Where the words of a dossier's slots stand in a document.

Takes a `Parse`; gives an index that is built once and asked for phrases, so that reading stays linear in the text.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tallystick.languages.english.grammar.inflection import singular, verb_base
from tallystick.languages.english.grammar.tokens import token_spans
from tallystick.languages.language import Parse, Sentence, Token

__all__ = ["WordIndex", "forms"]

# Phrases of dossiers whose words are kept.
REMEMBERED = 5_000
# Shorter words have no stem but themselves: "one" is not "on".
SHORTEST_STEM = 3


def forms(token: Token) -> tuple[str, str, str]:
    """Give the spellings under which a dossier may name `token`: as it stands, as a noun and as a verb."""
    return token.lower, singular(token.lower), verb_base(token.lower)


class WordIndex:
    """The tokens of a document by their forms."""

    __slots__ = ("_by_sentence", "_found", "_places")

    def __init__(self, parse: Parse) -> None:
        """Index the tokens of `parse`."""
        self._places: defaultdict[str, list[tuple[Sentence, int]]] = defaultdict(list)
        self._found: dict[tuple[str, ...], tuple[tuple[Sentence, int, int], ...]] = {}
        self._by_sentence: dict[tuple[str, ...], dict[int, list[tuple[int, int]]]] = {}
        for sentence in parse.sentences:
            for i, token in enumerate(sentence.tokens):
                for form in dict.fromkeys(forms(token)):
                    self._places[form].append((sentence, i))

    def phrases(self, phrases: tuple[str, ...]) -> tuple[tuple[Sentence, int, int], ...]:
        """Give every occurrence of `phrases` as (sentence, first token, one past the last), in order, each once."""
        known = self._found.get(phrases)
        if known is None:
            order = {(one.index, first, last): one for one, first, last in self._occurrences(phrases)}
            known = tuple((order[key], key[1], key[2]) for key in sorted(order))
            self._found[phrases] = known
        return known

    def within(self, phrases: tuple[str, ...], sentence: Sentence, first: int, last: int) -> list[tuple[int, int]]:
        """Give the occurrences that lie in the tokens [first, last) of `sentence`, as (first, one past the last)."""
        known = self._by_sentence.get(phrases)
        if known is None:
            known = {}
            for other, one, two in self.phrases(phrases):
                known.setdefault(other.index, []).append((one, two))
            self._by_sentence[phrases] = known
        held = known.get(sentence.index, [])
        low, high = bisect_left(held, (first, 0)), bisect_left(held, (last, 0))
        return [(one, two) for one, two in held[low:high] if two <= last]

    def _occurrences(self, phrases: Iterable[str]) -> Iterator[tuple[Sentence, int, int]]:
        for phrase in phrases:
            words = _words(phrase)
            for form in sorted(words[0]) if words else ():
                for sentence, i in self._places.get(form, ()):
                    last = i + len(words)
                    tokens = sentence.tokens
                    if last <= len(tokens) and all(
                        not word.isdisjoint(forms(tokens[i + k])) for k, word in enumerate(words[1:], start=1)
                    ):
                        yield sentence, i, last


@lru_cache(maxsize=REMEMBERED)
def _words(phrase: str) -> tuple[frozenset[str], ...]:
    """A phrase of the dossier cut like the text, each word in the forms that it may be found under."""
    return tuple(_stems(phrase[start:end]) for start, end in token_spans(phrase, 0, len(phrase)))


def _stems(word: str) -> frozenset[str]:
    """A word, and what is left of its past tense where the lexicon does not know the verb: "demin", "dubb"."""
    if len(word) < SHORTEST_STEM or not word.isalpha():
        return frozenset((word,))
    return frozenset((word, word[:-1] if word.endswith("e") and len(word) > SHORTEST_STEM else word + word[-1]))
