"""Find every place that an English sentence mentions.

Takes the tokens of a sentence; gives a `Mention` for each place, led by a preposition, owning the counted, told by its
kind or its direction, or standing bare, with a cost that tells how little its form speaks for it.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.places.place_names import (
    LONGEST,
    LONGEST_UNNAMED,
    NAMES,
    UNNAMED_TAGS,
    begins_known,
    extent,
    is_known,
    is_known_whole,
    is_name,
    phrase,
)
from tallystick.languages.language import Token
from tallystick.values.places import is_place, nationality

__all__ = ["COST_DATELINE", "COST_PART", "COST_SPEECH", "Mention", "mentions"]

# What the form of a mention costs, in tokens of distance, set on en-train: where somebody speaks, a name that only
# begins with a place, after a preposition that may lead elsewhere, without a preposition, in a dateline, whence
# something comes, without a name.
COST_SPEECH = 30
COST_PART = 25
COST_WEAK = 4
COST_BARE = 10
COST_DATELINE = 12
COST_ORIGIN = 12
COST_UNNAMED = 12
# Prepositions that lead from a place to the larger one around it.
WITHIN = frozenset(("in", "near", "of"))
# What may follow a "there" that is a place; the other one has a verb behind it.
THERE_BEFORE = frozenset((".", ",", ":", "IN", "CC", "RB", "TO"))
# Longest chain of places, in tokens, and how far behind a name the noun for a treaty stands.
LONGEST_CHAIN = 14
PAPER_REACH = 2
SAYS_REACH = 3
# Verbs of governments, what stands between one and its subject, and how many words that is.
SENDING = frozenset(
    "send deploy dispatch provide supply ship transfer pledge promise deliver give withdraw offer".split()
)
HELPING = frozenset(("has", "have", "had", "did", "also", "to"))
SENDS_REACH = 4
SAYS = frozenset(("said", "says", "told", "announced", "reported", "added"))
# What stands before a direction that only tells where the place before it lies: "Gode, 650 km south of the capital".
MEASURED = frozenset(("km", "kilometers", "kilometres", "miles", "mi", "m", "meters", "metres", ",", ")"))
SITE_TAGS = UNNAMED_TAGS | {"POS", "NNP"}
# Sentences whose places are remembered: every figure of a sentence asks for them.
REMEMBERED = 256


class Mention(NamedTuple):
    """A place as tokens [start, end), and how little its form speaks for it."""

    start: int
    end: int
    cost: int


@lru_cache(maxsize=REMEMBERED)
def mentions(tokens: tuple[Token, ...]) -> tuple[Mention, ...]:
    """Give every place that a sentence mentions, in order, without overlap.

    Args:
        tokens: The tokens of the sentence.
    """
    return tuple(_mentions(tokens))


def _mentions(tokens: Sequence[Token]) -> Iterator[Mention]:
    dateline = _dateline(tokens)
    i = 0
    if dateline is not None:
        yield dateline
        i = dateline.end
    while i < len(tokens):
        if not _may_open(tokens[i]):
            i += 1
            continue
        mention = _led(tokens, i) or _owner(tokens, i) or _bearing(tokens, i) or _bare(tokens, i) or _unnamed(tokens, i)
        if mention is None:
            i += 1
        else:
            mention = _widened(tokens, mention)
            yield mention
            i = mention.end


def _may_open(token: Token) -> bool:
    """Whether a place may begin at a token; most need no closer look."""
    return token.tag in NAMES or token.lower in _openers()


@cache
def _openers() -> frozenset[str]:
    words = word_lists("places/places.yaml")
    return words["locative"] | words["striking"] | words["directions"] | {"there"}


def _dateline(tokens: Sequence[Token]) -> Mention | None:
    """The place that opens a report: "HOMEWOOD (KDKA) --", "Nairobi, Aug. 8 -"."""
    end = 0
    while end < len(tokens) and end < LONGEST and tokens[end].text.isupper() and tokens[end].text.isalpha():
        end += 1
    if not end or end >= len(tokens) or tokens[end].text not in ("(", ",", "--", "-", "—", "–", ":"):
        return None
    return Mention(0, end, COST_DATELINE) if is_place(phrase(tokens, 0, end)) or tokens[end].text == "(" else None


def _led(tokens: Sequence[Token], i: int) -> Mention | None:
    """The place behind the preposition at `i`."""
    words = word_lists("places/places.yaml")
    preposition = tokens[i].lower
    if preposition not in words["locative"] and preposition not in words["striking"]:
        return None
    start = i + 1
    while start < len(tokens) and tokens[start].tag in ("DT", "PRP$"):
        start += 1
    name, end = extent(tokens, start)
    if end == start:
        return None
    if tokens[end - 1].lower in words["bodies"]:
        return None
    if _describes(tokens, start, end):
        return _site(tokens, start, end)
    known = is_known(tokens, name, end)
    kind = any(token.lower in words["kinds"] for token in tokens[start:end])
    named = any(token.tag in NAMES or nationality(token.lower) is not None for token in tokens[start:end])
    if not known and not (preposition in words["sure"] and named) and not (kind and named):
        return None
    cost = COST_WEAK if preposition in words["weak"] and preposition not in ("to", "into") else 0
    if preposition in ("from", "of", "between"):
        cost = COST_ORIGIN
    if (i and (tokens[i - 1].lower in words["speech"] or tokens[i - 1].lower in words["offices"])) or _speaks(
        tokens, i, end
    ):
        cost += COST_SPEECH
    return Mention(start, end, cost)


def _speaks(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether those in the place say something: "sources in Washington said"."""
    if i == 0 or not tokens[i - 1].tag.startswith("NN"):
        return False
    behind = next((token for token in tokens[end : end + SAYS_REACH] if token.tag not in (",", "RB")), None)
    return behind is not None and behind.lower in SAYS


def _owner(tokens: Sequence[Token], i: int) -> Mention | None:
    """The place whose people are counted: "Hebron's 120,000 residents"."""
    end = i
    while end < len(tokens) and end - i < LONGEST and tokens[end].tag in NAMES:
        end += 1
    if end == i or end + 1 >= len(tokens) or tokens[end].tag != "POS" or tokens[end + 1].tag != "CD":
        return None
    return Mention(i, end, COST_WEAK) if is_place(phrase(tokens, i, end)) else None


def _widened(tokens: Sequence[Token], mention: Mention) -> Mention:
    """The mention with the larger place that it lies in: "Old Town in eastern Riga"."""
    end = mention.end
    while end + 1 < len(tokens) and end - mention.start < LONGEST_CHAIN:
        link = tokens[end].lower
        if link in WITHIN:
            further = _led(tokens, end) or _named_so(tokens, end)
        elif link == "," and tokens[end - 1].tag in NAMES:
            further = _bare(tokens, end + 1)
        else:
            return mention
        if further is None or further.cost >= COST_SPEECH:
            return mention
        end = further.end
        mention = mention._replace(end=end)
    return mention


def _named_so(tokens: Sequence[Token], of: int) -> Mention | None:
    """The name behind a kind: "the island of Nauru", where no list knows it."""
    if tokens[of].lower != "of" or tokens[of - 1].lower not in word_lists("places/places.yaml")["kinds"]:
        return None
    end = of + 1
    while end < len(tokens) and end - of <= LONGEST and is_name(tokens, end, of + 1):
        end += 1
    return Mention(of + 1, end, 0) if end > of + 1 else None


def _bearing(tokens: Sequence[Token], i: int) -> Mention | None:
    """A place told by its direction from another: "west of Baghdad"."""
    if tokens[i].lower not in word_lists("places/places.yaml")["directions"] or i + 2 >= len(tokens):
        return None
    if tokens[i + 1].lower != "of":
        return None
    found = _led(tokens, i + 1)
    if found is None:
        return None
    measured = i > 0 and tokens[i - 1].lower in MEASURED
    return Mention(i, found.end, COST_ORIGIN if measured else 0)


def _unnamed(tokens: Sequence[Token], i: int) -> Mention | None:
    """A place that is told by its kind alone: "in the capital", "to both countries"."""
    words = word_lists("places/places.yaml")
    if tokens[i].lower == "there" and i > 1 and (i + 1 == len(tokens) or tokens[i + 1].tag in THERE_BEFORE):
        return Mention(i, i + 1, COST_UNNAMED)
    if tokens[i].lower not in words["locative"]:
        return None
    end = i + 1
    while end < len(tokens) and end - i <= LONGEST_UNNAMED and tokens[end].tag in UNNAMED_TAGS:
        end += 1
    while end > i + 1 and singular(tokens[end - 1].lower) not in words["sites"]:
        end -= 1
    if end == i + 1:
        return None
    start = i + 1
    while start < end - 1 and tokens[start].tag in ("DT", "PRP$") and tokens[start].lower != "both":
        start += 1
    return Mention(start, end, COST_UNNAMED)


def _bare(tokens: Sequence[Token], i: int) -> Mention | None:
    """A known place that no preposition leads to: "Karachi police", "Yala province"."""
    if tokens[i].tag not in NAMES or (i and tokens[i - 1].tag in NAMES):
        return None
    name, end = extent(tokens, i)
    words = word_lists("places/places.yaml")
    if end == i or tokens[end - 1].lower in words["bodies"] or phrase(tokens, i, end) in words["seats"]:
        return None
    whole = phrase(tokens, i, end)
    if _is_paper(tokens, end) or nationality(whole) is not None or not is_known(tokens, name, end):
        return None
    if not is_known_whole(tokens, name, end):
        # A name that begins with a place ("Baghdad Hospital Trust") tells the country, not where the counted are.
        return Mention(i, end, COST_PART) if begins_known(tokens, name, end) else None
    speaks = (end < len(tokens) and tokens[end].lower in SAYS) or _sends(tokens, end)
    return Mention(i, end, COST_BARE + COST_SPEECH if speaks else COST_BARE)


def _sends(tokens: Sequence[Token], end: int) -> bool:
    """Whether a capital that ends before `end` stands for its government: "Pyongyang has already dispatched"."""
    at = end
    while (
        at < len(tokens) and at - end < SENDS_REACH and (tokens[at].tag in ("RB", "MD") or tokens[at].lower in HELPING)
    ):
        at += 1
    return at < len(tokens) and tokens[at].tag.startswith("VB") and verb_base(tokens[at].lower) in SENDING


def _describes(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the name is a nationality that describes what follows: "in an Israeli strike"."""
    while start < end and not tokens[start].text[0].isupper():
        start += 1
    if nationality(phrase(tokens, start, end)) is None:
        return False
    return end < len(tokens) and tokens[end].tag in ("NN", "NNS", "JJ", "VBG", "NNP", "NNPS")


def _site(tokens: Sequence[Token], start: int, end: int) -> Mention | None:
    """The place that a nationality and the words behind it name: "the Danish embassy", "Danish building projects"."""
    words = word_lists("places/places.yaml")
    for at in range(end, min(len(tokens), end + LONGEST_UNNAMED)):
        if tokens[at].tag not in SITE_TAGS:
            break
        noun = singular(tokens[at].lower)
        if (noun in words["sites"] or noun in words["works"]) and not _goes_on(tokens, at + 1):
            return Mention(start, at + 1, COST_WEAK)
    return None


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].tag in ("NN", "NNS", "POS")


def _is_paper(tokens: Sequence[Token], end: int) -> bool:
    """Whether the name is that of a treaty or of talks: "the Riga peace accord"."""
    papers = word_lists("places/places.yaml")["papers"]
    return any(token.lower in papers for token in tokens[end : end + PAPER_REACH])
