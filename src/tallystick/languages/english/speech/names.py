"""Resolve a source to the fullest name that the text gives it.

Takes a parse and the tokens of a source; gives words of the text. Pronouns go to the last fitting source, surnames
to the full name, "the spokesman" to the spokesman named before.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular, word_lists
from tallystick.languages.english.speech.sources import NAMES, NOUNS, Source, is_name
from tallystick.languages.language import Parse, Sentence, Token
from tallystick.values.places import demonym, is_place

__all__ = ["Named", "Names", "is_medium", "without_article"]

# A pronoun points back at most this many sentences (en-train: all but three of 190 within four).
REACH = 5
# "The relief agency", "the second largest insurer" point back; longer phrases stand for themselves.
LONGEST_DEFINITE = 2
# Sources remembered for the words that point back.
RECENT = 100
# Full names have at most this many words.
LONGEST_NAME = 5


class Sort(StrEnum):
    """What a source is, as far as its words tell."""

    PERSON = "person"
    BODY = "body"
    EITHER = "either"
    PEOPLE = "people"


class Named(NamedTuple):
    """A source that was named: its words, the sentence, and what sort of source it is."""

    name: str
    sentence: int
    sort: Sort


HE = frozenset((Sort.PERSON, Sort.EITHER))
# Bodies of any kind: "the group" is whichever was named last, "the ministry" only a ministry.
GROUPS = frozenset("group company firm organization organisation agency bank charity corporation association".split())
COMPANIES = frozenset(("corp", "inc", "co", "company", "corporation", "group", "ltd", "plc"))
# What stands inside the name of a body in lower case.
LINKING = frozenset(("of", "the", "and", "for", "on", "in", "&"))
# What each pronoun can stand for.
FITTING = {
    "he": HE,
    "she": HE,
    "it": frozenset((Sort.BODY, Sort.EITHER)),
    "they": frozenset((Sort.PEOPLE,)),
    "his": HE,
    "her": HE,
    "its": frozenset((Sort.BODY, Sort.EITHER)),
    "their": frozenset((Sort.PEOPLE,)),
}


@lru_cache(maxsize=4096)
def is_medium(name: str) -> bool:
    """Whether `name` is that of an agency, a broadcaster or a paper."""
    words = word_lists("speech/attribution.yaml")
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
    return name != name.lower() and (
        "news" in parts or any(singular(part) in words["media"] for part in (parts[-1], parts[0]))
    )


def without_article(name: str) -> str:
    """Give `name` without a leading "the"."""
    return name[4:] if name[:4].lower() == "the " else name


class Names:
    """The names of one document, as far as its sources need them."""

    def __init__(self, parse: Parse) -> None:
        """Index the full names and the names of bodies of `parse`."""
        self._parse = parse
        self._words = word_lists("speech/attribution.yaml")
        self._full: dict[str, tuple[int, str]] = {}
        self._bodies: dict[str, list[tuple[int, str]]] = {}
        self._initials: dict[str, str] = {}
        self._last: list[Named] = []
        for sentence in parse.sentences:
            self._index(sentence)

    def _index(self, sentence: Sentence) -> None:
        """Keep each run of capitalized words by its last word."""
        tokens = sentence.tokens
        i, count = 0, len(tokens)
        while i < count:
            text = tokens[i].text
            if (text.islower() and "-" not in text) or not is_name(tokens[i]):
                if text == "(":
                    self._keep_abbreviation(tokens, i)
                i += 1
                continue
            j = i
            while j < count and (
                is_name(tokens[j])
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
        self._keep_initials(tokens, i, j)
        if self._is_body(last.lower):
            self._bodies.setdefault(singular(last.lower), []).append((last.start, text))
        elif not is_place(text):
            self._full.setdefault(last.lower, (last.start, text))

    def _keep_abbreviation(self, tokens: Sequence[Token], i: int) -> None:
        """Remember "International Committee of the Red Cross (ICRC)" by what stands in its brackets."""
        short = tokens[i + 1].text if i + 2 < len(tokens) and tokens[i + 2].text == ")" else ""
        if not (short.isupper() and 2 <= len(short) <= LONGEST_NAME + 1):
            return
        initials = ""
        for k in range(i - 1, max(-1, i - 1 - 2 * LONGEST_NAME), -1):
            if tokens[k].text[0].isupper():
                initials = tokens[k].text[0] + initials
            elif tokens[k].lower not in LINKING:
                return
            if initials == short:
                self._initials[short] = self._text(tokens, k, i)
                return

    def _keep_initials(self, tokens: Sequence[Token], i: int, j: int) -> None:
        """Remember a long name by its initials, without and with a last "Corp"."""
        words = [token for token in tokens[i:j] if token.text[0].isupper() and not token.text.isupper()]
        initials = "".join(token.text[0] for token in words)
        company = tokens[j - 1].lower in COMPANIES
        for short in (initials, initials[:-1] if company else ""):
            if (len(short) > 2 or (company and len(short) == 2)) and len(short) <= LONGEST_NAME + 1:
                self._initials.setdefault(short, self._text(tokens, i, j))

    def _is_body(self, lower: str) -> bool:
        return any(lower in self._words[name] or singular(lower) in self._words[name] for name in ("bodies", "media"))

    def _is_role(self, lower: str) -> bool:
        return singular(lower) in self._words["roles"]

    def _name_start(self, tokens: Sequence[Token], i: int, j: int) -> int:
        """First token of the person's name in [i, j): behind the last title or body."""
        start = i
        for k in range(i, j - 1):
            if (
                (tokens[k].tag == "POS" and not self._is_body(tokens[j - 1].lower))
                or self._is_role(tokens[k].lower)
                or (self._is_body(tokens[k].lower) and not self._is_body(tokens[j - 1].lower))
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
        if source.end - source.start == 1 and first.tag in ("PRP", "PRP$", "DT") and not is_name(first):
            found = self._pronoun(first.lower, sentence.index)
            if found is not None:
                self._last.append(found._replace(sentence=sentence.index))
                return found.name
            return None
        name, sort = self._phrase(tokens, source, sentence.index)
        self._last.append(Named(name, sentence.index, sort))
        return name

    def peek(self, sentence: Sentence, source: Source) -> str | None:
        """Give the name of `source` as `name` does, without remembering it."""
        count = len(self._last)
        found = self.name(sentence, source)
        del self._last[count:]
        return found

    def first_person(self, *, before: Sentence) -> str | None:
        """Give the first person whom the document names in full before the sentence `before`."""
        known = [entry for entry in self._full.values() if entry[0] < before.start]
        return min(known)[1] if known else None

    def _pronoun(self, word: str, index: int) -> Named | None:
        """The last source that the pronoun fits."""
        fitting = FITTING.get(word)
        if fitting is None:
            return None
        fallback: Named | None = None
        for named in reversed(self._last[-RECENT:]):
            if index - named.sentence > REACH:
                break
            if named.sort in fitting:
                return named
            fallback = fallback or named
        if word in ("he", "she", "his", "her"):
            return self._person_before(index)
        return fallback

    def _person_before(self, index: int) -> Named | None:
        """The person named last before sentence `index`."""
        sentences = self._parse.sentences
        for k in range(index, max(-1, index - 3), -1):
            here = sentences[k]
            limit = sentences[index].start if k < index else here.start
            known = [entry for entry in self._full.values() if here.start <= entry[0] < max(limit, here.start)]
            if known:
                return Named(max(known)[1], k, Sort.PERSON)
        return None

    @staticmethod
    def _core_end(tokens: Sequence[Token], source: Source) -> int:
        for k in range(source.start + 1, source.end):
            if tokens[k].tag in ("IN", "TO", "(", ",", "WP", "WDT"):
                return k
        return source.end

    def _phrase(self, tokens: Sequence[Token], source: Source, index: int) -> tuple[str, Sort]:
        """The name of a noun phrase, and what sort of source it is."""
        start, end = source
        core = self._core_end(tokens, source)
        owner = self._owner(tokens, source, core)
        if owner is not None:
            core = end = owner
        definite = tokens[start].lower == "the"
        if end - start > 1 and tokens[start].lower in ("the", "its", "his", "her", "their", "our"):
            start += 1
        last = tokens[core - 1]
        if is_name(last) and not self._is_body(last.lower) and not self._is_role(last.lower):
            return self._capitalized(tokens, Source(start, end), core)
        sort = self._sort(last)
        if definite and core == end and core - start <= LONGEST_DEFINITE and not is_name(tokens[start]):
            return self._named_before(tokens, start, core, index, sort), sort
        return self._text(tokens, start, end), sort

    def _sort(self, head: Token) -> Sort:
        if head.tag in ("NNS", "NNPS") or head.lower == "police":
            return Sort.PEOPLE
        return Sort.PERSON if self._is_role(head.lower) else Sort.BODY

    def _capitalized(self, tokens: Sequence[Token], source: Source, core: int) -> tuple[str, Sort]:
        """The name in a phrase whose head is a name: behind its titles, by its fullest form."""
        start = self._name_start(tokens, source.start, core)
        while start < core - 1 and not is_name(tokens[start]):
            start += 1
        text = self._text(tokens, start, core)
        last = tokens[core - 1].lower
        known = self._full.get(last)
        title = start - 2 if start - 2 >= source.start and tokens[start - 1].text == "." else start - 1
        titled = start > source.start and self._is_role(tokens[title].lower)
        if core - start == 1:
            if text in self._initials:
                return self._initials[text], Sort.BODY
            if is_medium(text) or (known is None and not titled and is_group(text)):
                return text, Sort.BODY
            if known is not None:
                return known[1], Sort.PERSON if titled else Sort.EITHER
            if titled or tokens[start - 1].tag == "POS":
                return text, Sort.PERSON if titled else Sort.EITHER
            return self._text(tokens, source.start, source.end), Sort.EITHER
        if known is not None and text in known[1]:
            text = known[1]
        if start > source.start and not titled and tokens[start - 1].tag != "." and known is None:
            return self._text(tokens, source.start, source.end), Sort.EITHER
        return text, Sort.PERSON if titled else Sort.EITHER

    def _owner(self, tokens: Sequence[Token], source: Source, core: int) -> int | None:
        """One past the owner of "the ministry's figures"."""
        if singular(tokens[core - 1].lower) not in self._words["evidence"]:
            return None
        for k in range(core - 1, source.start, -1):
            if tokens[k].tag == "POS" and tokens[k - 1].tag in NOUNS:
                return k
        return None

    def _named_before(self, tokens: Sequence[Token], start: int, end: int, index: int, sort: Sort) -> str:
        """For "the sources": the fuller phrase with the same head that was named before."""
        own = self._text(tokens, start, end)
        head = singular(tokens[end - 1].lower)
        capital = tokens[end - 1].tag in NAMES
        for named in reversed(self._last[-RECENT:]):
            words = named.name.split()
            if len(words) > end - start and head in (singular(word.lower().strip(",.")) for word in words):
                return named.name
        if end - start == 1:
            at = tokens[start].start
            before = [entry for entry in self._bodies.get(head, ()) if entry[0] < at]
            if before:
                return before[-1][1]
            if not capital:
                phrase = self._phrase_before(head, index)
                if phrase is not None:
                    return phrase
        if head == "agency" and end - start > 1 and tokens[end - 2].lower != "news":
            # "The spy agency" is none of the press.
            return own
        return self._meant(head, sort) or own

    def _meant(self, head: str, sort: Sort) -> str | None:
        """The last name that "the newspaper", "the group" or "the spokesman" can stand for."""
        medium = head in self._words["media"] or head in ("agency", "paper")
        for named in reversed(self._last[-RECENT:]):
            if named.name.islower():
                continue
            if medium and is_medium(named.name):
                return named.name
            if not medium and sort is Sort.BODY and head in GROUPS and named.sort is sort:
                return named.name
            if sort is Sort.PERSON and named.sort in HE:
                return named.name
        return None

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
