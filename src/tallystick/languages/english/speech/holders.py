"""Find who holds a view beside a verb of thinking, wanting or judging.

Takes the tokens of a sentence and the place of a verb; gives the `Source` whose view it is. More can hold a view than
can assert a figure: a share of the voters, "those who", a film.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.inflection import singular, word_lists
from tallystick.languages.english.speech.clauses import VerbGroup, verb_group
from tallystick.languages.english.speech.sources import Source, source_after, source_before
from tallystick.languages.english.speech.subjects import SUBORDINATORS, before_participle, can_speak
from tallystick.languages.language import Token

__all__ = ["holder", "nearest"]

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
RELATIVES = frozenset(("who", "which", "that"))
# "went on to say", "tried to make clear": verbs between a subject and its infinitive.
CHAIN = 3
# A subject that verbs share stands at most this far before the second, in tokens.
SHARED_REACH = 40
# A participle before this token opens its sentence: "After strongly suggesting".
FRONT = 3
AUXILIARIES = frozenset(("'s", "’s", "'re", "’re", "'m", "’m"))
# What stands between a subject and its verb: "the two both said", "she herself said".
FLOATING = frozenset("both all each himself herself itself themselves".split())
OBJECT_PRONOUNS = frozenset("them him me us himself herself themselves itself myself yourself ourselves".split())
COUNTS = frozenset("most many some few others half third quarter majority both all none neither several".split())
DASHES = frozenset(("—", "--", "-", "–"))


def holder(tokens: Sequence[Token], i: int, group: VerbGroup) -> Source | None:
    """Give the subject of the verb at `i`, where it is one that can hold a view.

    Args:
        tokens: The sentence.
        i: The verb.
        group: Its auxiliaries.
    """
    if tokens[i].tag in ("JJ", "NN") and tokens[i].lower.endswith("ing") and i and tokens[i - 1].text == ",":
        return _of_participle(tokens, i)
    if group.participle and not (i and tokens[i - 1].text in AUXILIARIES):
        return _of_participle(tokens, i)
    first = group.first
    if i and tokens[i - 1].text in AUXILIARIES and first == i:
        first = i - 1
    while first and tokens[first - 1].lower in FLOATING:
        first -= 1
    for _ in range(CHAIN):
        if first < 2 or tokens[first - 1].lower != "to":
            break
        k = first - 2
        while k > 0 and tokens[k].tag in ("RB", "RP", "JJ", "IN"):
            k -= 1
        if tokens[k].tag[:2] != "VB":
            return None
        first = verb_group(tokens, k).first
    source = source_before(tokens, first)
    if source is not None:
        return source if _can_hold(tokens, source, first) else before_participle(tokens, source)
    return _number(tokens, first) or _shared(tokens, first)


def _number(tokens: Sequence[Token], first: int) -> Source | None:
    """Read "most said", "43 percent said", "one in five say", "those surveyed say"."""
    last = tokens[first - 1] if first else None
    if last is None:
        return None
    if last.tag == "VBN" and first > 1 and tokens[first - 2].lower == "those":
        return Source(first - 2, first)
    if last.tag != "CD" and last.lower not in COUNTS:
        return None
    start = first - 1
    if start > 1 and tokens[start - 1].lower in ("in", "of") and tokens[start - 2].tag == "CD":
        start -= 2
    elif start and tokens[start - 1].lower in ("a", "about", "nearly", "the"):
        start -= 1
    return Source(start, first)


def _can_hold(tokens: Sequence[Token], source: Source, first: int) -> bool:
    if source.end - source.start == 1 and tokens[source.start].lower in OBJECT_PRONOUNS:
        return False
    if tokens[first - 1].lower in RELATIVES and source.end <= first - 1:
        return True
    if can_speak(tokens, source):
        return True
    words = word_lists("speech/stances.yaml")["holders"]
    return any(singular(token.lower) in words or token.text == "%" for token in tokens[source.start : source.end])


def _shared(tokens: Sequence[Token], first: int) -> Source | None:
    """The subject of an earlier verb of the sentence: "She praised the plan and urged ..."."""
    before = first - 1
    while before >= 0 and tokens[before].tag in ("RB", "MD"):
        before -= 1
    if before < 0:
        return None
    if tokens[before].lower in ("and", "but", "then", "or", "yet"):
        for k in range(before - 1, max(0, before - SHARED_REACH), -1):
            if tokens[k].tag in FINITE:
                source = source_before(tokens, verb_group(tokens, k).first)
                if source is not None and can_speak(tokens, source) and not _is_subordinate(tokens, source):
                    return source
        return None
    if tokens[before].text in DASHES:
        start = next((k for k in range(before - 1, max(0, before - SHARED_REACH), -1) if tokens[k].text in DASHES), 0)
        source = source_before(tokens, start) if start else None
        if source is not None and can_speak(tokens, source):
            return source
    if tokens[before].text in (",", ")") or tokens[before].text in DASHES:
        return _opening(tokens, before)
    return None


def _of_participle(tokens: Sequence[Token], i: int) -> Source | None:
    """For ", mocking him": the subject that opens the sentence; for "with voters fearing": the noun before."""
    if i and tokens[i - 1].text == ",":
        return _opening(tokens, i - 1) or nearest(tokens, i)
    if i and tokens[i - 1].tag == "IN":
        found = nearest(tokens, i) if i > FRONT else None
        return found or _behind(tokens, i)
    if i == 0:
        return _behind(tokens, i)
    source = source_before(tokens, i) if i else None
    if source is not None:
        return source if _can_hold(tokens, source, i) else None
    return nearest(tokens, i)


def _behind(tokens: Sequence[Token], i: int) -> Source | None:
    """For "After suggesting a delay, the mayor ...": the subject behind the comma."""
    comma = next((k for k in range(i, min(len(tokens), i + SHARED_REACH)) if tokens[k].text == ","), None)
    source = None if comma is None else source_after(tokens, comma + 1)
    return source if source is not None and can_speak(tokens, source) else None


def nearest(tokens: Sequence[Token], i: int) -> Source | None:
    """Give the subject of the finite verb that stands nearest before `i`; None where it cannot speak."""
    for k in range(i - 1, max(0, i - SHARED_REACH), -1):
        if tokens[k].tag in FINITE:
            source = source_before(tokens, verb_group(tokens, k).first)
            if source is None or not can_speak(tokens, source):
                return None
            if not _is_subordinate(tokens, source):
                return source
    return None


def _is_subordinate(tokens: Sequence[Token], source: Source) -> bool:
    """Whether a clause whose subject is `source` hangs on another: "when the mayor came"."""
    return source.start > 0 and tokens[source.start - 1].lower in SUBORDINATORS


def _opening(tokens: Sequence[Token], end: int) -> Source | None:
    """The noun phrase that opens the sentence, where it can speak."""
    start = 0
    while start < end and tokens[start].tag in ("CC", '"', "``"):
        start += 1
    source = source_after(tokens, start)
    if source is None or source.end > end or not can_speak(tokens, source):
        return None
    return source
