"""Find the place that a counted quantity of an English sentence is in or goes to.

Takes a quantity with its sentence; gives the `PlaceReading` nearest to it, by prepositions, by nouns for kinds of
places ("province", "camp") and by the gazetteer in `tallystick.values.places`.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tallystick.languages.english.inflection import singular, word_lists
from tallystick.languages.language import Counted, Parse, PlaceReading, Sentence, Token
from tallystick.model.quantity import Quantity, QuantityKind
from tallystick.values.places import is_place, nationality

__all__ = ["COST_SPEECH", "Mention", "mentions", "place"]

NAMES = frozenset(("NNP", "NNPS"))
# Longest name of a place, in tokens.
LONGEST = 6
# How far a place may stand from its figure, in tokens (en-train: 95 % within 30).
REACH = 34
# How far a sum's place may stand from it: sums are seldom somewhere.
MONEY_REACH = 5
# Costs in tokens of distance, set on en-train.
COST_BEFORE = 4
COST_BREAK = 4
COST_SPEECH = 30
COST_WEAK = 4
COST_BARE = 10
COST_DATELINE = 12
COST_ORIGIN = 12
COST_UNNAMED = 12
# Prepositions that lead from a place to the larger one around it.
WITHIN = frozenset(("in", "near", "of"))
# What may follow a "there" that is a place; the other one has a verb behind it.
THERE_BEFORE = frozenset((".", ",", ":", "IN", "CC", "RB", "TO"))
# Longest chain of places, and longest place without a name, in tokens.
LONGEST_CHAIN = 14
LONGEST_UNNAMED = 5
SAYS = frozenset(("said", "says", "told", "announced", "reported", "added"))
COMPOUNDS = ("-led", "-linked", "-backed", "-based", "-held", "-run", "-style")
UNNAMED_TAGS = frozenset(("DT", "PRP$", "JJ", "NN", "NNS", "CD", "VBN"))
SITE_TAGS = UNNAMED_TAGS | {"POS", "NNP"}
# Sentences whose places are remembered: every figure of a sentence asks for them.
REMEMBERED = 256


class Mention(NamedTuple):
    """A place as tokens [start, end), and how little its form speaks for it."""

    start: int
    end: int
    cost: int


def place(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> PlaceReading | None:
    """Tell where the counted are, or where they go: the place of the sentence nearest to the figure.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.

    Returns:
        The place as written, region words kept, with its span in code points; None where the sentence names none.
    """
    tokens = sentence.tokens
    first = sentence.position(quantity.start)
    last = sentence.position(max(quantity.end, counted.end or 0)) - 1
    reach = MONEY_REACH if quantity.kind is QuantityKind.MONEY else REACH
    ranked = [
        (cost, mention)
        for mention in mentions(tokens)
        if (cost := _cost(tokens, mention, first, last)) <= reach
        and not _holds(mention, first)
        and not _is_origin(tokens, mention, last)
    ]
    if not ranked:
        return None
    _, found = min(ranked)
    start, end = tokens[found.start].start, tokens[found.end - 1].end
    return PlaceReading(parse.document.text[start:end], (start, end))


def _is_origin(tokens: Sequence[Token], mention: Mention, last: int) -> bool:
    """Whether the place right behind the counted tells whence they come: "500 workers from Nepal"."""
    return last + 1 < mention.start <= last + 3 and tokens[last + 1].lower == "from"


def _holds(mention: Mention, first: int) -> bool:
    """Whether the mention holds the figure itself."""
    return mention.start <= first < mention.end


def _cost(tokens: Sequence[Token], mention: Mention, first: int, last: int) -> int:
    """How far a mention stands from the figure that fills tokens [first, last]."""
    breaks = word_lists("places.yaml")["breaks"]
    if mention.start == 0 and mention.end < first and tokens[mention.end].text == ":":
        return COST_DATELINE
    if mention.start > last:
        between = tokens[last + 1 : mention.start]
        cost = len(between)
    else:
        between = tokens[mention.end : first]
        if len(between) == 1 and between[0].text == "(":
            return 0
        cost = len(between) + COST_BEFORE
    return cost + mention.cost + COST_BREAK * sum(token.lower in breaks for token in between)


@lru_cache(maxsize=REMEMBERED)
def mentions(tokens: tuple[Token, ...]) -> tuple[Mention, ...]:
    """Give every place of a sentence, in order, without overlap."""
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
    words = word_lists("places.yaml")
    return words["locative"] | words["striking"] | words["directions"] | {"there"}


def _dateline(tokens: Sequence[Token]) -> Mention | None:
    """The place that opens a report: "HOMEWOOD (KDKA) --", "Nairobi, Aug. 8 -"."""
    end = 0
    while end < len(tokens) and end < LONGEST and tokens[end].text.isupper() and tokens[end].text.isalpha():
        end += 1
    if not end or end >= len(tokens) or tokens[end].text not in ("(", ",", "--", "-", "—", "–", ":"):
        return None
    return Mention(0, end, COST_DATELINE) if is_place(_words(tokens, 0, end)) or tokens[end].text == "(" else None


def _led(tokens: Sequence[Token], i: int) -> Mention | None:
    """The place behind the preposition at `i`."""
    words = word_lists("places.yaml")
    preposition = tokens[i].lower
    if preposition not in words["locative"] and preposition not in words["striking"]:
        return None
    start = i + 1
    while start < len(tokens) and tokens[start].tag in ("DT", "PRP$"):
        start += 1
    name, end = _extent(tokens, start)
    if end == start:
        return None
    if tokens[end - 1].lower in words["bodies"]:
        return None
    if _describes(tokens, start, end):
        return _site(tokens, start, end)
    known = _known(tokens, name, end)
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
    behind = tokens[end : end + 1] if end < len(tokens) and tokens[end].tag != "RB" else tokens[end + 1 : end + 2]
    return i > 0 and tokens[i - 1].tag in ("NN", "NNS") and any(t.lower in SAYS for t in behind)


def _owner(tokens: Sequence[Token], i: int) -> Mention | None:
    """The place whose people are counted: "Hebron's 120,000 residents"."""
    end = i
    while end < len(tokens) and end - i < LONGEST and tokens[end].tag in NAMES:
        end += 1
    if end == i or end + 1 >= len(tokens) or tokens[end].tag != "POS" or tokens[end + 1].tag != "CD":
        return None
    return Mention(i, end, COST_WEAK) if is_place(_words(tokens, i, end)) else None


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
    if tokens[of].lower != "of" or tokens[of - 1].lower not in word_lists("places.yaml")["kinds"]:
        return None
    end = of + 1
    while end < len(tokens) and end - of <= LONGEST and _is_name(tokens, end, of + 1):
        end += 1
    return Mention(of + 1, end, 0) if end > of + 1 else None


def _bearing(tokens: Sequence[Token], i: int) -> Mention | None:
    """A place told by its direction from another: "west of Baghdad"."""
    if tokens[i].lower not in word_lists("places.yaml")["directions"] or i + 2 >= len(tokens):
        return None
    if tokens[i + 1].lower != "of":
        return None
    found = _led(tokens, i + 1)
    return None if found is None else Mention(i, found.end, 0)


def _unnamed(tokens: Sequence[Token], i: int) -> Mention | None:
    """A place that is told by its kind alone: "in the capital", "to both countries"."""
    words = word_lists("places.yaml")
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
    name, end = _extent(tokens, i)
    words = word_lists("places.yaml")
    if end == i or tokens[end - 1].lower in words["bodies"] or _words(tokens, i, end) in words["seats"]:
        return None
    if not _known_whole(tokens, name, end) or nationality(_words(tokens, i, end)) is not None:
        return None
    speaks = end < len(tokens) and tokens[end].lower in SAYS
    return Mention(i, end, COST_BARE + COST_SPEECH if speaks else COST_BARE)


def _describes(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the name is a nationality that describes what follows: "in an Israeli strike"."""
    while start < end and not tokens[start].text[0].isupper():
        start += 1
    if nationality(_words(tokens, start, end)) is None:
        return False
    return end < len(tokens) and tokens[end].tag in ("NN", "NNS", "JJ", "VBG", "NNP", "NNPS")


def _site(tokens: Sequence[Token], start: int, end: int) -> Mention | None:
    """The place that a nationality and the words behind it name: "the Danish embassy", "Danish building projects"."""
    words = word_lists("places.yaml")
    for at in range(end, min(len(tokens), end + LONGEST_UNNAMED)):
        if tokens[at].tag not in SITE_TAGS:
            break
        noun = singular(tokens[at].lower)
        if (noun in words["sites"] or noun in words["works"]) and not _goes_on(tokens, at + 1):
            return Mention(start, at + 1, COST_UNNAMED)
    return None


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].tag in ("NN", "NNS", "POS")


def _extent(tokens: Sequence[Token], start: int) -> tuple[int, int]:
    """Where the name begins and where the phrase ends that opens at `start`; `end == start` where none does."""
    words = word_lists("places.yaml")
    i = start
    limit = min(len(tokens), start + LONGEST + 2)
    while i < limit and (
        tokens[i].lower in words["directions"] or tokens[i].lower in words["kinds"] or tokens[i].tag == "JJ"
    ):
        i += 1
        if i < limit and tokens[i].lower == "of" and tokens[i - 1].lower in words["kinds"]:
            i += 1
        if i < limit and tokens[i].tag == "DT":
            i += 1
    name = i
    while i < limit and _is_name(tokens, i, name):
        i += 1
    if i == name:
        # Names that the tagger took for adjectives or common nouns stand in the run before.
        i = name = _last_capital(tokens, start, i)
        if i == start:
            return start, start
        name = start
    if i < limit and tokens[i].tag == "POS" and i + 1 < limit:
        # "Russia's Kursk region": the possessor belongs to the name where another name or a kind follows.
        further = _extent(tokens, i + 1)[1] if tokens[i + 1].tag in NAMES else i
        return (name, further) if further > i + 1 else (start, start)
    while i < limit and tokens[i].lower in words["kinds"]:
        i += 1
    return name, _joined(tokens, i)


def _is_name(tokens: Sequence[Token], i: int, name: int) -> bool:
    token = tokens[i]
    if token.lower in word_lists("places.yaml")["never"] or not token.text[0].isalpha():
        return False
    if token.lower.endswith(COMPOUNDS):
        return False
    if token.tag in NAMES:
        return True
    return token.text[0].isupper() and (i > name or is_place(token.lower))


def _last_capital(tokens: Sequence[Token], start: int, end: int) -> int:
    """One past the last capitalized token of [start, end), or `start`."""
    never = word_lists("places.yaml")["never"]
    while end > start and not (tokens[end - 1].text[0].isupper() and tokens[end - 1].lower not in never):
        end -= 1
    return end


def _joined(tokens: Sequence[Token], end: int) -> int:
    """One past a second known place that "and" joins: "Kenya and Tanzania"."""
    if end + 1 >= len(tokens) or tokens[end].lower != "and" or not tokens[end + 1].text[0].isupper():
        return end
    stop = end + 1
    while stop < len(tokens) and stop - end < LONGEST and tokens[stop].tag in NAMES:
        stop += 1
    return stop if stop > end + 1 and is_place(_words(tokens, end + 1, stop)) else end


def _known(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the gazetteer knows the name, or an end of it."""
    return any(is_place(_words(tokens, start, stop)) for stop in range(end, start, -1)) or any(
        is_place(_words(tokens, begin, end)) for begin in range(start + 1, end)
    )


def _known_whole(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the gazetteer knows the name from its first word on; a surname alone makes no place of a person."""
    kinds = word_lists("places.yaml")["kinds"]
    return any(is_place(_words(tokens, start, stop)) for stop in range(end, start, -1)) or (
        tokens[end - 1].lower in kinds and _known(tokens, start, end)
    )


def _words(tokens: Sequence[Token], start: int, end: int) -> str:
    return " ".join(token.lower for token in tokens[start:end])
