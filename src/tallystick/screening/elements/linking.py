"""Which facts of a report belong to which of its populations: a report comes in, facts with their claims go out.

A fact names no population. It belongs to those of the claims in its sentence; else to that whose counted noun or unit
its sentence names ("the brigade"); else to that of the nearest claim in its paragraph; else to the one that the report
leads with. What stands in comments or furniture belongs to nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.document import READABLE, Document, Passage, PassageKind
from tallystick.model.fact import Fact

__all__ = ["Link", "links"]

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
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


def links(document: Document, claims: Sequence[Claim], facts: Sequence[Fact]) -> list[Link]:
    """Give for every fact of a report the claims that it hangs on.

    Args:
        document: The report.
        claims: Those of its claims that concern the law at all, in order of their place.
        facts: Its facts.
    """
    readable = [passage for passage in document.passages if passage.kind in READABLE]
    held = [claim for claim in claims if _within(readable, claim.start) is not None]
    if not held or not facts:
        return []
    sentences = [_sentence(document, claim) for claim in held]
    nouns = [_names(claim) for claim in held]
    lead = _lead(readable, held)
    for fact in facts:
        passage = _within(readable, fact.start) if fact.slot == UNIT else None
        if passage is not None:
            # "1,000 soldiers arrived. This unit, the 2215th Brigade, ...": the name is that of the claim before it.
            for at in _in_sentence(sentences, fact) or _nearest(held, fact, passage):
                nouns[at] = nouns[at] | _head(fact.value)
    found: list[Link] = []
    for fact in facts:
        passage = _within(readable, fact.start)
        if passage is not None:
            hangs = _in_sentence(sentences, fact) or _near(held, nouns, fact, passage, lead)
            found.extend(Link(fact, held[at]) for at in hangs)
    return found


def _in_sentence(sentences: list[tuple[int, int]], fact: Fact) -> list[int]:
    """The claims in the sentence of a fact."""
    return [at for at, (start, end) in enumerate(sentences) if start <= fact.start < end][:MOST]


def _near(held: list[Claim], nouns: list[frozenset[str]], fact: Fact, passage: Passage, lead: int | None) -> list[int]:
    """The claim that a fact without one in its sentence hangs on; none where nothing tells."""
    words = frozenset(_plain(word) for word in WORD.findall(fact.quote.lower()))
    named = [at for at, names in enumerate(nouns) if not names.isdisjoint(words)]
    if named:
        # Of several that bear the same name, the one told last before the fact.
        before = [at for at in named if held[at].start <= fact.start]
        return [before[-1] if before else named[0]]
    return _nearest(held, fact, passage) or ([] if lead is None else [lead])


def _nearest(held: list[Claim], fact: Fact, passage: Passage) -> list[int]:
    """The claim of a paragraph that is nearest to a fact in it; none where it has none."""
    inside = [at for at, claim in enumerate(held) if passage.start <= claim.start < passage.end]
    return [min(inside, key=lambda at: (abs(held[at].start - fact.start), at))] if inside else []


def _lead(readable: list[Passage], held: list[Claim]) -> int | None:
    """The claim that a report leads with: of its title, else of its first paragraphs, else its only population."""
    titles = [passage for passage in readable if passage.kind is PassageKind.HEADLINE]
    first = [passage for passage in readable if passage.kind is not PassageKind.HEADLINE][:LEAD]
    for group in (titles, first):
        for at, claim in enumerate(held):
            if any(passage.start <= claim.start < passage.end for passage in group):
                return at
    kinds = {(claim.category, claim.origin) for claim in held}
    return 0 if len(kinds) == 1 else None


def _within(readable: list[Passage], start: int) -> Passage | None:
    """The passage that holds a place in the text; None where it is no word of the report's own."""
    at = bisect_right(readable, start, key=lambda passage: passage.start) - 1
    return readable[at] if at >= 0 and start < readable[at].end else None


def _sentence(document: Document, claim: Claim) -> tuple[int, int]:
    """Where the sentence of a claim stands."""
    length = len(claim.quote)
    start = document.text.find(claim.quote, max(0, claim.end - length), claim.start + length) if length else -1
    return (start, start + length) if start >= 0 else (claim.start, claim.end)


def _names(claim: Claim) -> frozenset[str]:
    """The head noun of what a claim counts."""
    return _head(claim.counted or "")


def _head(phrase: str) -> frozenset[str]:
    """The last word of the head of a noun phrase, without the ending of its plural."""
    head = ""
    for word in WORD.findall(phrase.lower()):
        if word in HEADS_END and head:
            break
        head = word
    plain = _plain(head)
    return frozenset((plain,)) if len(plain) >= SHORTEST else frozenset()


def _plain(word: str) -> str:
    """A noun without the ending of its plural or its possessive, so that both compare equal."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
