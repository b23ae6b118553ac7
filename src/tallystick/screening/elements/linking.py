"""Which facts of a report belong to which of its populations: a report comes in, facts with their claims go out.

A fact names no population. It belongs to those of the claims in its sentence; else to that whose counted noun or unit
its sentence names ("the brigade"); else to that of the nearest claim in its paragraph; else to the one that the report
leads with, unless its sentence names people of another kind. What stands in comments or furniture belongs to nothing.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.document import READABLE, Document, Passage, PassageKind
from tallystick.model.fact import Fact
from tallystick.screening.elements.kinds import WORD, Kinds, plain, words

__all__ = ["Link", "links"]

# Slot whose values name a population by what it is called further on: "2215th Brigade", then "the brigade".
UNIT = "unit"
# Letters of the shortest noun that tells a population apart; "men" and "aid" are in too many sentences.
SHORTEST = 5
# What a report is about stands in its first paragraphs, as news is written.
LEAD = 3
# What ends the head of a noun phrase: "soldiers from the 2215th Brigade".
HEADS_END = frozenset("of from in to at for with who that which and on by sent".split())
# Claims of one sentence that a fact hangs on at most; longer ones are tables.
MOST = 8


class Link(NamedTuple):
    """A fact and a claim of the population that it belongs to."""

    fact: Fact
    claim: Claim


def links(document: Document, claims: Sequence[Claim], facts: Sequence[Fact], kinds: Kinds) -> list[Link]:
    """Give for every fact of a report the claims that it hangs on.

    Args:
        document: The report.
        claims: Those of its claims that concern the law at all, in order of their place.
        facts: Its facts.
        kinds: Tells which kinds of people a sentence names.
    """
    if not claims or not facts:
        return []
    readable = [passage for passage in document.passages if passage.kind in READABLE]
    held = [claim for claim in claims if _within(readable, claim.start) is not None]
    sentences = [_sentence(document, claim) for claim in held]
    units: list[frozenset[str]] = [frozenset()] * len(held)
    serving: list[frozenset[str | None]] = [frozenset()] * len(held)
    lead = _lead(readable, held)
    for fact in facts:
        passage = _within(readable, fact.start) if fact.slot == UNIT else None
        if passage is not None:
            # "1,000 soldiers arrived. This unit, the 2215th Brigade, ...": the name is that of the claim before it.
            for at in _in_sentence(sentences, fact) or _nearest(held, fact, passage):
                units[at] = units[at] | _head(fact.value)
                # Soldiers of a construction brigade are "the construction unit" further on.
                serving[at] = serving[at] | {kinds.named(document.language, fact.value, "")}
    nouns = [_head(claim.counted or "") for claim in held]
    found: list[Link] = []
    for fact in facts:
        passage = _within(readable, fact.start)
        if passage is not None:
            hangs = _in_sentence(sentences, fact) or _called(held, units, range(len(held)), fact)
            if not hangs:
                cut = max(0, fact.quote.find(fact.value))
                named = kinds.named(document.language, fact.quote[:cut], fact.quote[cut:])
                fitting = [
                    at for at, claim in enumerate(held) if named in serving[at] or kinds.fits(claim.category, named)
                ]
                near = _called(held, nouns, fitting, fact) or _nearest(held, fact, passage) or lead
                hangs = [at for at in near if at in fitting]
            found.extend(Link(fact, held[at]) for at in hangs)
    return found


def _in_sentence(sentences: list[tuple[int, int]], fact: Fact) -> list[int]:
    """The claims in the sentence of a fact."""
    return [at for at, (start, end) in enumerate(sentences) if start <= fact.start < end][:MOST]


def _called(held: list[Claim], nouns: list[frozenset[str]], among: Iterable[int], fact: Fact) -> list[int]:
    """The claim whose people are called so in the sentence of a fact; of several, the one told last before it."""
    said = frozenset(words(fact.quote))
    called = [at for at in among if not nouns[at].isdisjoint(said)]
    before = [at for at in called if held[at].start <= fact.start]
    return before[-1:] or called[:1]


def _nearest(held: list[Claim], fact: Fact, passage: Passage) -> list[int]:
    """The claim of a paragraph that is nearest to a fact in it; none where it has none."""
    inside = [at for at, claim in enumerate(held) if passage.start <= claim.start < passage.end]
    return [min(inside, key=lambda at: (abs(held[at].start - fact.start), at))] if inside else []


def _lead(readable: list[Passage], held: list[Claim]) -> list[int]:
    """The claim that a report leads with: of its title, else of its first paragraphs, else its only population."""
    titles = [passage for passage in readable if passage.kind is PassageKind.HEADLINE]
    first = [passage for passage in readable if passage.kind is not PassageKind.HEADLINE][:LEAD]
    for group in (titles, first):
        for at, claim in enumerate(held):
            if any(passage.start <= claim.start < passage.end for passage in group):
                return [at]
    kinds = {(claim.category, claim.origin) for claim in held}
    return [0] if len(kinds) == 1 else []


def _within(readable: list[Passage], start: int) -> Passage | None:
    """The passage that holds a place in the text; None where it is no word of the report's own."""
    at = bisect_right(readable, start, key=lambda passage: passage.start) - 1
    return readable[at] if at >= 0 and start < readable[at].end else None


def _sentence(document: Document, claim: Claim) -> tuple[int, int]:
    """Where the sentence of a claim stands."""
    length = len(claim.quote)
    start = document.text.find(claim.quote, max(0, claim.end - length), claim.start + length) if length else -1
    return (start, start + length) if start >= 0 else (claim.start, claim.end)


def _head(phrase: str) -> frozenset[str]:
    """The last word of the head of a noun phrase, without the ending of its plural."""
    head = ""
    for word in WORD.findall(phrase.lower()):
        if word in HEADS_END and head:
            break
        head = word
    noun = plain(head)
    return frozenset((noun,)) if len(noun) >= SHORTEST else frozenset()
