"""Infer the country of counted people from the sentences around, where their own phrase does not say it.

Takes a figure with what it counts and its place; gives an ISO 3166-1 alpha-2 code with the words it rests on: the
nationality that the report gives to the same people elsewhere, else the country in which it places them.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.places.place_mentions import COST_SPEECH, mentions
from tallystick.languages.language import Counted, Parse, PlaceReading, Sentence, Token
from tallystick.model.claim import Ground
from tallystick.values.places import country_of, demonym, is_demonym_noun, is_place, locate

__all__ = ["inferred_origin"]

# How many sentences before the figure's are read for a nationality or a country, and how many at the head of the
# report; on en-train 12 and 5 gave no more right ones than 8 and 5, 3 at the head fewer.
BACK = 8
LEAD = 5
# How far before its noun a nationality may stand, in tokens: "Israeli reserve soldiers".
BEFORE_NOUN = 4
# How far before the figure the people may stand of whom a part, or beside whom others, are counted.
PART_REACH = 8
OTHERS_REACH = 14
OTHERS = frozenset(("other", ""))
PARTS = frozenset(("including", "among", "includes", "include", "included"))
MIXED = frozenset(("foreign", "foreigners", "european", "western", "asian", "african", "arab"))
# How far from the figure a word for a force of several countries may stand, in tokens.
JOINT_REACH = 7
# From so many countries on that a sentence names as places, it tells of none of them.
MANY = 3
# How many sentences before the figure's are read for a place of guests.
VENUE_BACK = 3
# How far before a place, in tokens, the verb may stand that leads there.
MOVE_REACH = 6
BOUND = frozenset(("to", "for", "into"))
ARRIVED = frozenset(("in", "at"))
MOVES = frozenset("send deploy dispatch leave head go travel depart fly ship move come transfer bring".split())
DASHES = frozenset(("-", "--", "–", "—", "_", ";"))
PLURAL = ("s", "ese", "men", "ish")
# Longest name of a country or a nationality, in tokens.
LONGEST = 3
# What a mention says of where things happen, by its form: "in Cambodia", "Cambodia", "Cambodian", "Cambodian
# Red Cross"; and the claim's own place. Sentences count less the farther they stand: on en-train a decay of .6, .75 and
# .85 gave .813, .817 and .822 right, the weights make less of a difference.
PLACE_WEIGHT = 6.0
IN_WEIGHT = 3.0
NAMED_WEIGHT = 1.0
PEOPLE_WEIGHT = 1.0
BODY_WEIGHT = 0.0
DECAY = 0.85
# How many times the votes of the next country the first must have.
CLEARLY = 4.0
REMEMBERED = 256
NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
PHRASE = NOUNS | {"JJ", "VBN", "VBG", "CD"}


class _Country(NamedTuple):
    """A country named by tokens [first, last), and how much that says of where things happen."""

    code: str
    first: int
    last: int
    weight: float


def inferred_origin(
    parse: Parse, sentence: Sentence, first: int, counted: Counted, place: PlaceReading | None
) -> tuple[str, Ground] | None:
    """Tell the country of people whose own phrase does not name it.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        first: First token of the figure.
        counted: What it counts.
        place: Where the counted are, as read.

    Returns:
        The ISO 3166-1 alpha-2 code and its ground; None for things, and where the report names no country.
    """
    words = word_lists("places/origins.yaml")
    head = singular(counted.head)
    if head in words["things"] or head in words["mixed"]:
        return None
    found = _part(parse, sentence, first) or (_others(parse, sentence, first) if head in OTHERS else None)
    if found is not None:
        return found
    group = next((words[name] for name in ("forces", "police", "rebels") if head in words[name]), frozenset((head,)))
    found = _said_elsewhere(parse, sentence, group) if head else None
    if found is not None or head in words["moved"]:
        return found
    if _is_mixed(sentence, first, counted):
        return None
    if head in words["anyone"] and _at_a_venue(parse, sentence):
        return None
    return _of_setting(parse, sentence, place)


def _is_mixed(sentence: Sentence, first: int, counted: Counted) -> bool:
    """Whether people of several countries are counted: "a multinational force of 500", "with A, B and C worst hit"."""
    words = word_lists("places/origins.yaml")
    # Whoever leads a force, "Danish-led" says that others are in it.
    if any(word in words["international"] or word.endswith("-led") for word in counted.modifiers):
        return True
    tokens = sentence.tokens
    if any(token.lower in words["joint"] for token in tokens[max(0, first - JOINT_REACH) : first + JOINT_REACH]):
        return True
    if len({one.code for one in countries(tokens) if one.weight > PEOPLE_WEIGHT}) >= MANY:
        return True
    return _has_foreigners(tokens, first)


def _at_a_venue(parse: Parse, sentence: Sentence) -> bool:
    """Whether this sentence or one right before it tells of a place where people of many countries meet."""
    venues = word_lists("places/origins.yaml")["venues"]
    near = parse.sentences[max(0, sentence.index - VENUE_BACK) : sentence.index + 1]
    return any(token.lower in venues for one in near for token in one.tokens)


def _has_foreigners(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether some of the counted are named by a nationality: "killed 60 people, including 12 Danes"."""
    for i in range(first + 1, len(tokens) - 1):
        if tokens[i].lower in PARTS:
            behind = tokens[i + 1 : i + 1 + BEFORE_NOUN]
            return any(demonym(token.lower) or token.lower in MIXED for token in behind)
    return False


def _part(parse: Parse, sentence: Sentence, first: int) -> tuple[str, Ground] | None:
    """The people of whom a part is counted: "eleven Danes, including two children"."""
    tokens = sentence.tokens
    for i in range(first - 1, max(-1, first - 1 - BEFORE_NOUN), -1):
        if tokens[i].lower in PARTS:
            return _people_before(parse, sentence, i, PART_REACH)
    return None


def _others(parse: Parse, sentence: Sentence, first: int) -> tuple[str, Ground] | None:
    """The people beside whom "others" are counted: "killed three Danish nurses and wounded six others"."""
    return _people_before(parse, sentence, first, OTHERS_REACH)


def _people_before(parse: Parse, sentence: Sentence, stop: int, reach: int) -> tuple[str, Ground] | None:
    """The last people counted or named before token `stop` by their nationality."""
    tokens = sentence.tokens
    for at in range(stop - 1, max(-1, stop - 1 - reach), -1):
        if tokens[at].tag in (".", ":") and tokens[at].text not in DASHES:
            return None
        found = None
        if is_demonym_noun(tokens[at].lower) and tokens[at].text[0].isupper() and tokens[at].lower.endswith(PLURAL):
            code = demonym(tokens[at].lower)
            found = None if code is None else _Country(code, at, at + 1, 1)
        elif tokens[at].tag == "NNS":
            found = _nationality_before(tokens, at)
        if found is not None:
            return _grounded(parse, sentence, found)
    return None


def _said_elsewhere(parse: Parse, sentence: Sentence, group: frozenset[str]) -> tuple[str, Ground] | None:
    """The nationality given to the same noun in the nearest sentence that gives one."""
    for other in _around(parse, sentence):
        for noun, found in _described(other.tokens):
            if noun in group:
                return _grounded(parse, other, found)
    return None


@lru_cache(maxsize=REMEMBERED)
def _described(tokens: tuple[Token, ...]) -> tuple[tuple[str, _Country], ...]:
    """Every noun of a sentence that a nationality or an owner stands before, singular, with that country."""
    described = [*_peoples(tokens)]
    for at, token in enumerate(tokens):
        if token.tag == "POS":
            owner = _possessor(tokens, at)
            described += [owner] if owner is not None else []
    out = list(_come_from(tokens))
    for one in described:
        at = one.last + (tokens[one.last].tag == "POS") if one.last < len(tokens) else one.last
        while at < len(tokens) and at - one.last < BEFORE_NOUN and tokens[at].tag in PHRASE:
            if tokens[at].tag in NOUNS:
                out.append((singular(tokens[at].lower), one))
            at += 1
    return tuple(out)


def _come_from(tokens: tuple[Token, ...]) -> Iterator[tuple[str, _Country]]:
    """Every noun of people that a country follows as where they are from: "builders from Peru"."""
    for at in range(1, len(tokens) - 1):
        if tokens[at].lower != "from" or tokens[at - 1].tag != "NNS":
            continue
        limit = at + 1
        while limit < len(tokens) and limit - at <= LONGEST and tokens[limit].text[0].isupper():
            limit += 1
        for last in range(limit, at + 1, -1):
            code = country_of(_text(tokens, at + 1, last))
            if code is not None:
                yield singular(tokens[at - 1].lower), _Country(code, at + 1, last, 1)
                break


@lru_cache(maxsize=REMEMBERED)
def _peoples(tokens: tuple[Token, ...]) -> tuple[_Country, ...]:
    """Every nationality of a sentence, as an adjective or a noun; the longest where several begin at a word."""
    asides = word_lists("places/origins.yaml")["asides"]
    found = []
    i = 0
    while i < len(tokens):
        limit = i
        while limit < len(tokens) and limit - i < LONGEST and tokens[limit].text[0].isupper():
            limit += 1
        for last in range(limit, i, -1):
            code = demonym(_text(tokens, i, last))
            if code is not None:
                body = last < len(tokens) and (tokens[last].tag in ("NNP", "NNPS") or tokens[last].lower in asides)
                found.append(_Country(code, i, last, BODY_WEIGHT if body else PEOPLE_WEIGHT))
                i = last - 1
                break
        i += 1
    return tuple(found)


def _nationality_before(tokens: tuple[Token, ...], at: int) -> _Country | None:
    """The nationality in the noun phrase that token `at` ends."""
    for one in _peoples(tokens):
        if at - BEFORE_NOUN <= one.last <= at and all(token.tag in PHRASE for token in tokens[one.last : at]):
            return one
    return None


def _possessor(tokens: Sequence[Token], at: int) -> _Country | None:
    """The country before the possessive mark at token `at`: "Peru's army"."""
    for first in range(max(0, at - LONGEST), at):
        code = country_of(_text(tokens, first, at))
        if code is not None and tokens[first].text[0].isupper():
            return _Country(code, first, at, 1)
    return None


def _of_setting(parse: Parse, sentence: Sentence, place: PlaceReading | None) -> tuple[str, Ground] | None:
    """The country that the sentence and those around it set the event in; None where several are as likely."""
    votes: dict[str, float] = {}
    seen: dict[str, tuple[str, Ground]] = {}
    located = None if place is None else locate(place.name)
    bound_for = place is not None and _is_destination(sentence.tokens, place.span[0])
    if place is not None and located is not None and not bound_for:
        votes[located.country] = PLACE_WEIGHT
        seen[located.country] = located.country, Ground("origin", located.country, place.name, *place.span)
    for away, other in enumerate(_around(parse, sentence)):
        for one in countries(other.tokens):
            if bound_for and located is not None and one.code == located.country:
                # Who goes to a country is rarely from there; the report may name it in every sentence.
                continue
            votes[one.code] = votes.get(one.code, 0) + one.weight * DECAY**away
            if one.code not in seen:
                seen[one.code] = _grounded(parse, other, one)
    if not votes:
        return None
    best, *others = sorted(votes, key=lambda code: (-votes[code], code))
    if others and votes[best] < CLEARLY * votes[others[0]]:
        return None
    return seen[best]


def _is_destination(tokens: Sequence[Token], start: int) -> bool:
    """Whether the place that begins at code point `start` is where the counted go: "left for Lima", "sent to Lima"."""
    at = next((index for index, token in enumerate(tokens) if token.start == start), 0)
    while at > 0 and tokens[at - 1].tag in ("DT", "JJ"):
        at -= 1
    before = tokens[max(0, at - MOVE_REACH) : at]
    if not before:
        return False
    verbs = {verb_base(token.lower) for token in before if token.tag.startswith("VB")}
    return (before[-1].lower in BOUND and bool(verbs & MOVES)) or (before[-1].lower in ARRIVED and "arrive" in verbs)


def _around(parse: Parse, sentence: Sentence) -> Iterator[Sentence]:
    """The sentence itself, those before it from the nearest on, then the head of the report."""
    yield sentence
    start = max(-1, sentence.index - 1 - BACK)
    before = range(sentence.index - 1, start, -1)
    head = range(min(len(parse.sentences), LEAD))
    for index in (*before, *(at for at in head if at <= start or at > sentence.index)):
        yield parse.sentences[index]


@lru_cache(maxsize=REMEMBERED)
def countries(tokens: tuple[Token, ...]) -> tuple[_Country, ...]:
    """Every country that a sentence names by itself, a place of it or a nationality."""
    found: list[_Country] = []
    regions: set[int] = set()
    for mention in mentions(tokens):
        located = locate(_text(tokens, mention.start, mention.end)) if mention.cost < COST_SPEECH else None
        regions.update(range(mention.start, mention.end))
        if located is not None:
            weight = IN_WEIGHT if mention.cost == 0 else NAMED_WEIGHT
            found.append(_Country(located.country, mention.start, mention.end, weight))
    covered = {at for one in found for at in range(one.first, one.last)}
    covered |= {at for at in regions if is_place(_text(tokens, at, min(at + 2, len(tokens))))}
    found += [one for one in _peoples(tokens) if one.first not in covered and one.weight > BODY_WEIGHT]
    return tuple(found)


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    return " ".join(token.text for token in tokens[first:last])


def _grounded(parse: Parse, sentence: Sentence, found: _Country) -> tuple[str, Ground]:
    start, end = sentence.tokens[found.first].start, sentence.tokens[found.last - 1].end
    return found.code, Ground("origin", found.code, parse.document.text[start:end], start, end)
