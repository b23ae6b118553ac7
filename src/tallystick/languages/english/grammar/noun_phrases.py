"""Find the noun phrase that begins or ends at a token.

Takes the tokens of a sentence and an index; gives a `Phrase` of token indexes.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular, word_lists
from tallystick.languages.language import Token
from tallystick.values.places import is_demonym_noun

__all__ = ["OUTCOME_WORDS", "Phrase", "past_determiners", "phrase_after", "phrase_before"]

NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
ADJECTIVES = frozenset(("JJ", "JJR", "JJS", "VBN", "VBG", "VBD", "RB", "RBR", "RBS"))
DETERMINERS = frozenset(("DT", "PRP$", "PDT"))
QUOTES = frozenset(('"', "'", "``", "''"))
# Outcomes that stand without a noun: "one dead and three injured".
OUTCOME_WORDS = frozenset(("dead", "wounded", "injured", "hurt", "missing", "killed"))
# Longest noun phrase believed, in tokens (en-train: 99 % have at most 8).
LONGEST = 12
# "The number of members of the families of the victims": nobody reads deeper, and junk must not recurse without end.
MOST_NESTED = 6


class Phrase(NamedTuple):
    """A noun phrase: tokens from `start` up to `end`; its head; one past its "of" phrase.

    Attributes:
        start: First token that is no determiner.
        head: The head noun.
        end: One past the last token, an "of" phrase that belongs to it included.
    """

    start: int
    head: int
    end: int


def phrase_after(tokens: Sequence[Token], i: int, *, nested: int = MOST_NESTED) -> Phrase | None:
    """Give the noun phrase that begins at token `i`, or None where something else stands there.

    Args:
        tokens: Those of a sentence.
        i: Where the phrase begins.
        nested: How many "of" phrases it may hold in one another.
    """
    words = word_lists("nouns/counted.yaml")
    count = len(tokens)
    while i < count and (
        tokens[i].tag in QUOTES or tokens[i].lower in ("more", "additional", "further", "extra", "odd")
    ):
        i += 1
    head = _head(tokens, i)
    if head is None:
        return None
    end = _coordinated(tokens, head)
    lower = tokens[head].lower
    if nested and end < count and tokens[end].lower == "of" and singular(lower) in words["members"] | words["wholes"]:
        inner = phrase_after(tokens, past_determiners(tokens, end + 1), nested=nested - 1)
        if inner is not None:
            if lower in words["wholes"]:
                return inner
            end = inner.end
    return Phrase(i, head, end)


def phrase_before(tokens: Sequence[Token], i: int) -> Phrase | None:
    """Give the noun phrase whose last noun is token `i`, or None where no noun stands there."""
    if i < 0 or tokens[i].tag not in NOUNS:
        return None
    start = i
    while start > 0 and i - start < LONGEST:
        left = tokens[start - 1]
        if left.tag in NOUNS or left.tag in ("JJ", "POS", "VBN") or (left.tag == "CD" and start < i):
            start -= 1
        else:
            break
    while start < i and tokens[start].tag in ("POS", "CD", "VBN"):
        start += 1
    return Phrase(start, i, i + 1)


def _plural_follows(tokens: Sequence[Token], j: int) -> bool:
    """Whether a plural noun ends the run of nouns and adjectives at `j`; a singular before its "and" modifies it."""
    k = j
    while k < min(len(tokens), j + 4) and tokens[k].tag in ("NN", "JJ", "NNP", "NNPS", "VBN"):
        k += 1
    return j < k < len(tokens) and tokens[k].tag == "NNS"


def past_determiners(tokens: Sequence[Token], i: int) -> int:
    """Give the first token from `i` on that is no article, possessive, numeral or quotation mark."""
    while i < len(tokens) and (tokens[i].tag in DETERMINERS or tokens[i].tag == "CD" or tokens[i].tag in QUOTES):
        i += 1
    return i


def _head(tokens: Sequence[Token], i: int) -> int | None:
    """Index of the last noun of the run of adjectives and nouns that begins at `i`."""
    times = word_lists("nouns/counted.yaml")["times"]
    head: int | None = None
    limit = min(len(tokens), i + LONGEST)
    j = i
    while j < limit:
        token = tokens[j]
        if token.lower in ("last", "next", "this") or (head is not None and token.lower in ("ages", "age", "aged")):
            break
        if head is None and token.lower in OUTCOME_WORDS and _stands_alone(tokens, j):
            return None
        if token.tag in NOUNS:
            if token.lower in times or (head is not None and _new_name(tokens, head, j)):
                break
            head = j
        elif token.tag == "POS" and head is None:
            return None
        elif token.tag in ADJECTIVES:
            if not _leads_to_noun(tokens, j, limit, after_noun=head is not None):
                if head is None and token.tag == "JJ" and (is_demonym_noun(token.lower) or token.text[0].isupper()):
                    # "Six Japanese", "four Orthodox": the adjective is the noun.
                    head = j
                break
        elif token.tag == "CD":
            if _counts_anew(tokens, head, j, limit):
                break
        elif not (token.tag in QUOTES or token.tag == "POS" or _inner_mark(tokens, j, i)):
            break
        j += 1
    return head


def _counts_anew(tokens: Sequence[Token], head: int | None, j: int, limit: int) -> bool:
    """Whether the numeral at `j` is no part of the phrase: "killed seven villagers 20 kilometers away"."""
    plural = head is not None and tokens[head].tag in ("NNS", "NNPS")
    return plural or not (j + 1 < limit and _leads_to_noun(tokens, j, limit, after_noun=head is not None))


def _stands_alone(tokens: Sequence[Token], j: int) -> bool:
    """Whether the outcome at `j` has no noun behind it: "one dead and three injured", "Three Killed In Fire"."""
    if j + 1 >= len(tokens):
        return tokens[j].tag not in NOUNS or tokens[j].text[0].isupper()
    following = tokens[j + 1]
    return following.tag in ("CC", ",", ".", "IN", "TO") or following.lower in word_lists("nouns/counted.yaml")["times"]


def _new_name(tokens: Sequence[Token], head: int, j: int) -> bool:
    """Whether a name at `j` begins a new phrase behind the plural noun at `head`: "prisoners Paris freed"."""
    plural = tokens[head].tag == "NNS"
    return plural and tokens[j].tag in ("NNP", "NNPS") and tokens[j - 1].tag != "POS"


def _leads_to_noun(tokens: Sequence[Token], j: int, limit: int, *, after_noun: bool) -> bool:
    """Whether the adjective or participle at `j` stands before a noun that it can belong to."""
    tag = tokens[j].tag
    if after_noun and tag in ("VBN", "VBD", "VBG", "RB", "RBR"):
        return False
    k = j + 1
    limit = min(limit, len(tokens))
    while k < limit:
        following = tokens[k]
        if following.tag in NOUNS:
            return following.lower not in word_lists("nouns/counted.yaml")["times"]
        if following.tag in ADJECTIVES or following.tag in QUOTES or following.tag == "CD":
            k += 1
        elif (following.tag in ("CC", ",") or following.text == "-") and k + 1 < limit:
            k += 1
            if following.tag != ":" and tokens[k].tag not in ("JJ", "VBN", "NN"):
                return False
        else:
            return False
    return False


def _inner_mark(tokens: Sequence[Token], j: int, start: int) -> bool:
    """Whether the mark at `j` stands inside a phrase: a hyphen without spaces, a comma or "and" between adjectives."""
    token = tokens[j]
    if j == start or j + 1 >= len(tokens):
        return False
    before, after = tokens[j - 1], tokens[j + 1]
    if token.text in ("-", "/", "&"):
        return before.end == token.start and token.end == after.start
    if token.tag == "," or token.lower in ("and", "or"):
        if before.tag == "NN" and token.tag == "CC" and _plural_follows(tokens, j + 1):
            # "2,600 production and maintenance workers"
            return True
        return (
            before.tag in ("JJ", "VBN")
            and after.tag in ("JJ", "NN", "VBN")
            and _leads_to_noun(tokens, j + 1, j + 5, after_noun=False)
        )
    return False


def _coordinated(tokens: Sequence[Token], head: int) -> int:
    """One past a second plural noun that "and" joins to the one at `head`: "workers and deminers"."""
    end = head + 1
    if tokens[head].tag not in ("NNS", "NNPS") or end + 1 >= len(tokens) or tokens[end].lower not in ("and", "or"):
        return end
    j = end + 1
    while j < len(tokens) and tokens[j].tag in ("JJ", "NN", "NNP"):
        j += 1
    if j - 1 > end and tokens[j - 1].tag == "NNP" and tokens[j - 1].lower.endswith("s"):
        # "Tutsis and moderate Hutus": the ending of a people that the lexicon does not know.
        j -= 1
    if j < len(tokens) and tokens[j].tag in ("NNS", "NNPS", "NNP"):
        following = tokens[j + 1].tag if j + 1 < len(tokens) else "."
        if following not in ("VBD", "POS"):
            return j + 1
    return end
