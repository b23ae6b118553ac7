"""Resolve a source to the fullest name that the text gives it.

Takes a parse and the tokens of a source; gives words of the text. Pronouns go to the last fitting source, surnames
to the full name, "the spokesman" to the spokesman named before.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tallystick.languages.english.inflection import singular, word_lists
from tallystick.languages.english.sources import NAMES, NOUNS, Source
from tallystick.languages.language import Parse, Sentence, Token
from tallystick.values.places import demonym, is_place

__all__ = ["Named", "Names", "is_medium", "without_article"]

# A pronoun points back at most this many sentences (en-train: all but three of 190 within four).
REACH = 5
# Full names have at most this many words.
LONGEST_NAME = 5
HE = frozenset(("he", "she"))
THEY = frozenset(("they", "we"))


class Named(NamedTuple):
    """A source that was named: its words, the sentence, and what sort of source it is."""

    name: str
    sentence: int
    person: bool
    plural: bool


@lru_cache(maxsize=4096)
def is_medium(name: str) -> bool:
    """Whether `name` is that of an agency, a broadcaster or a paper."""
    words = word_lists("attribution.yaml")
    folded = without_article(name).lower().replace("’", "'")
    bare = folded.partition("(")[0].strip()
    if bare in words["outlets"] or folded in words["outlets"]:
        return True
    parts = bare.split()
    if not parts or parts[-1] in (
        "conference",
        "release",
        "sources",
        "releases",
        "secretary",
        "officials",
        "reporters",
    ):
        return False
    if any(part.strip("()") in words["outlets"] for part in folded.split()) and len(parts) <= LONGEST_NAME:
        return not any(singular(part) in words["roles"] for part in parts)
    return name != name.lower() and any(singular(part) in words["media"] for part in (parts[-1], parts[0]))


def without_article(name: str) -> str:
    """Give `name` without a leading "the"."""
    return name[4:] if name[:4].lower() == "the " else name


class Names:
    """The names of one document, as far as its sources need them."""

    def __init__(self, parse: Parse) -> None:
        """Index the full names and the names of bodies of `parse`."""
        self._parse = parse
        self._words = word_lists("attribution.yaml")
        self._full: dict[str, tuple[int, str]] = {}
        self._bodies: dict[str, list[tuple[int, str]]] = {}
        self._last: list[Named] = []
        for sentence in parse.sentences:
            self._index(sentence)

    def _index(self, sentence: Sentence) -> None:
        """Keep each run of capitalized words by its last word."""
        tokens = sentence.tokens
        i, count = 0, len(tokens)
        while i < count:
            if tokens[i].tag not in NAMES:
                i += 1
                continue
            j = i
            while j < count and (
                tokens[j].tag in NAMES
                or (
                    tokens[j].text == "."
                    and j + 1 < count
                    and len(tokens[j - 1].text) <= 4
                    and tokens[j + 1].tag in NAMES
                )
            ):
                j += 1
            self._keep(tokens, i, j)
            i = j

    def _keep(self, tokens: Sequence[Token], i: int, j: int) -> None:
        start = self._name_start(tokens, i, j)
        last = tokens[j - 1]
        if j - start < 2 or j - start > LONGEST_NAME or last.text.isupper():
            return
        text = self._text(tokens, start, j)
        if self._is_body(last.lower):
            self._bodies.setdefault(singular(last.lower), []).append((last.start, text))
        elif not is_place(text):
            self._full.setdefault(last.lower, (last.start, text))

    def _is_body(self, lower: str) -> bool:
        return singular(lower) in self._words["bodies"] or lower in self._words["bodies"]

    def _is_role(self, lower: str) -> bool:
        return singular(lower) in self._words["roles"]

    def _name_start(self, tokens: Sequence[Token], i: int, j: int) -> int:
        """First token of the person's name in [i, j): behind the last title or body."""
        start = i
        for k in range(i, j - 1):
            if self._is_role(tokens[k].lower) or (
                self._is_body(tokens[k].lower) and not self._is_body(tokens[j - 1].lower)
            ):
                start = k + 1
        while start < j - 1 and tokens[start].text == ".":
            start += 1
        return start

    def _text(self, tokens: Sequence[Token], start: int, end: int) -> str:
        return self._parse.document.text[tokens[start].start : tokens[end - 1].end]

    def name(self, sentence: Sentence, source: Source) -> str | None:
        """Give the name of `source` as the text writes it most fully, and remember it for the pronouns to come.

        Returns:
            None where the source is a pronoun that points at nobody named.
        """
        tokens = sentence.tokens
        first = tokens[source.start]
        if source.end - source.start == 1 and first.tag in ("PRP", "DT"):
            found = self._pronoun(first.lower, sentence.index)
            if found is not None:
                self._last.append(found._replace(sentence=sentence.index))
                return found.name
            return None
        name, person = self._phrase(tokens, source, sentence.index)
        head = self._head(tokens, source)
        self._last.append(
            Named(
                name, sentence.index, person or self._is_role(tokens[head].lower), tokens[head].tag in ("NNS", "NNPS")
            )
        )
        return name

    def _pronoun(self, word: str, index: int) -> Named | None:
        """The last source that the pronoun fits."""
        fallback: Named | None = None
        for named in reversed(self._last):
            if index - named.sentence > REACH:
                break
            if word in HE and named.person and not named.plural:
                return named
            if word == "it" and not named.person and not named.plural:
                return named
            if word in THEY and named.plural:
                return named
            fallback = fallback or named
        if word in HE:
            return self._person_before(index) or None
        return fallback if word in THEY or word == "it" else None

    def _person_before(self, index: int) -> Named | None:
        """The person named last before sentence `index`."""
        sentences = self._parse.sentences
        for k in range(index, max(-1, index - 3), -1):
            here = sentences[k]
            limit = sentences[index].start if k < index else here.start
            known = [entry for entry in self._full.values() if here.start <= entry[0] < max(limit, here.start)]
            if known:
                return Named(max(known)[1], k, person=True, plural=False)
        return None

    def _head(self, tokens: Sequence[Token], source: Source) -> int:
        """The head noun: the last noun before the first preposition."""
        end = self._core_end(tokens, source)
        for k in range(end - 1, source.start - 1, -1):
            if tokens[k].tag in NOUNS:
                return k
        return end - 1

    @staticmethod
    def _core_end(tokens: Sequence[Token], source: Source) -> int:
        for k in range(source.start + 1, source.end):
            if tokens[k].tag in ("IN", "TO", "(", ",", "WP", "WDT"):
                return k
        return source.end

    def _phrase(self, tokens: Sequence[Token], source: Source, index: int) -> tuple[str, bool]:
        """The name of a noun phrase, and whether it is a person's."""
        start, end = source
        core = self._core_end(tokens, source)
        owner = self._owner(tokens, source, core)
        if owner is not None:
            core = end = owner
        if tokens[start].lower in ("the", "its", "his", "her", "their", "our") and end - start > 1:
            definite = tokens[start].lower == "the"
            start += 1
        else:
            definite = False
        name_start = self._name_start(tokens, start, core)
        last = tokens[core - 1]
        if last.tag in NAMES and not self._is_body(last.lower) and not self._is_role(last.lower):
            while name_start < core - 1 and tokens[name_start].tag not in NAMES:
                name_start += 1
            text = self._text(tokens, name_start, core)
            if core - name_start == 1 and last.lower in self._full:
                return self._full[last.lower][1], True
            if name_start > start or last.lower in self._full:
                known = self._full.get(last.lower)
                fuller = known is not None and text in known[1]
                return (known[1] if known is not None and fuller else text), True
            return self._text(tokens, start, end), False
        if definite and core == end and core - start <= 2:
            return self._named_before(tokens, start, core, index), False
        return self._text(tokens, start, end), False

    def _owner(self, tokens: Sequence[Token], source: Source, core: int) -> int | None:
        """One past the owner of "the ministry's figures"."""
        if singular(tokens[core - 1].lower) not in self._words["evidence"]:
            return None
        for k in range(core - 1, source.start, -1):
            if tokens[k].tag == "POS" and tokens[k - 1].tag in NOUNS:
                return k
        return None

    def _named_before(self, tokens: Sequence[Token], start: int, end: int, index: int) -> str:
        """For "the sources": the fuller phrase with the same head that was named before."""
        own = self._text(tokens, start, end)
        head = singular(tokens[end - 1].lower)
        capital = tokens[end - 1].tag in NAMES
        for named in reversed(self._last):
            words = named.name.split()
            if len(words) > end - start and head in (singular(word.lower().strip(",.")) for word in words):
                return named.name
        if end - start == 1:
            at = tokens[start].start
            before = [entry for entry in self._bodies.get(head, ()) if entry[0] < at]
            if before:
                return before[-1][1]
            if not capital:
                return self._phrase_before(head, index) or own
        return own

    def _phrase_before(self, head: str, index: int) -> str | None:
        """An earlier noun phrase that ends with `head` and says more than it."""
        for k in range(index - 1, max(-1, index - 2 * REACH), -1):
            tokens = self._parse.sentences[k].tokens
            for i in range(len(tokens) - 1, 0, -1):
                if singular(tokens[i].lower) != head or tokens[i].tag not in NOUNS:
                    continue
                start = i
                while start > 0 and tokens[start - 1].tag in NOUNS | {"JJ"}:
                    start -= 1
                if start < i:
                    return self._text(tokens, start, i + 1)
        return None


def is_group(name: str) -> bool:
    """Whether a capitalized name is that of a place or a people, who speak through their government."""
    return is_place(name) or demonym(name) is not None
