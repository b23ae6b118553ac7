"""Casualties are the killed, the wounded and the captured: books come in, what cannot be so goes out.

Of one voice the outcomes must add up. Of different voices they only bound one another: nobody counts more dead than
another one counts casualties, at least not earlier, and a number of dead that is another's number of casualties was
most likely read wrong.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from re import IGNORECASE
from re import compile as pattern

from tallystick.model.claim import Aspect, Claim, Measure
from tallystick.model.estimate import ConflictKind
from tallystick.reconciliation.accounting.books import (
    Books,
    Remark,
    contradiction,
    figure,
    meet,
    population,
    source,
)
from tallystick.reconciliation.accounting.wholes import addition
from tallystick.reconciliation.entries import CASUALTY, Entry
from tallystick.reconciliation.intervals import written
from tallystick.values.sums import Fit, fit, term

__all__ = ["casualties"]

KILLED = "killed"
OUTCOMES = frozenset((Aspect.KILLED, Aspect.WOUNDED, Aspect.CAPTURED))
# Words of outcomes that no figure of the sentence counts: then the named ones need not be all.
ELSE = pattern(r"\b(?:missing|captured|prisoners?|surrender\w*|desert\w*|unaccounted|frostbit\w*)\b", IGNORECASE)
# Figures up to this number agree by chance too often: 0.4 % of all pairs up to 100 (3,221 claims of the gold sets).
COMMON = 100
# Counts of one thing by several parties seldom differ by more than this (troops sent to Russia, October 2024 to April
# 2025: 3,000 to 15,000); beyond it one counts a battle, the other a war.
SCOPE_FACTOR = 5.0
# The killed and the wounded.
FEWEST = 2


def casualties(books: Books) -> Iterator[Remark]:
    """Yield casualties that their outcomes do not add up to, and the killed that exceed them or are taken for them."""
    yield from _sums(books)
    yield from _bounds(books)


def _sums(books: Books) -> Iterator[Remark]:
    """Casualties and their outcomes in one sentence, each named once by one voice."""
    for sentence in books.sentences:
        unions = [claim for claim in sentence.claims if books.is_toll(claim)]
        if len(unions) != 1:
            continue
        (whole,) = unions
        parts = [claim for claim in sentence.claims if claim is not whole and _shares(books, whole, claim)]
        named = {_outcome(claim) for claim in parts}
        if len(parts) < FEWEST or len(named) != len(parts) or KILLED not in named:
            continue
        every = named >= books.sorts(whole.category) - {whole.category} and not ELSE.search(whole.quote)
        if fit(term(whole), [term(part) for part in parts], complete=every) in (Fit.TOO_MUCH, Fit.TOO_LITTLE):
            yield from _contradicted(books, whole, parts)


def _outcome(claim: Claim) -> str:
    """What became of the counted: the verb at the figure tells it more surely than the noun that counts them."""
    return claim.category if claim.aspect not in OUTCOMES else str(claim.aspect)


def _shares(books: Books, whole: Claim, part: Claim) -> bool:
    """Whether `part` counts one outcome of the same people."""
    one, other = books.entry(whole), books.entry(part)
    if _outcome(part) == whole.category or not books.kin(whole, part):
        return False
    homes = {entry.country for entry in (one, other) if entry.country is not None}
    sites = {entry.site.key for entry in (one, other) if entry.site is not None}
    return len(homes) < FEWEST and len(sites) < FEWEST and meet(one.when, other.when)


def _contradicted(books: Books, whole: Claim, parts: Sequence[Claim]) -> Iterator[Remark]:
    entries = [books.entry(claim) for claim in (whole, *parts)]
    reason = f"{source(entries[0])} gives {figure(whole)} and outcomes that do not add up to that"
    conflict = contradiction(ConflictKind.CASUALTIES, reason, _addition(parts, whole), entries)
    yield Remark(books.line(whole), conflict.reason, conflict)
    for line in dict.fromkeys(books.line(part) for part in parts):
        yield Remark(line, conflict.reason)


def _addition(parts: Sequence[Claim], whole: Claim) -> str:
    """Give the sum of outcomes: "600 killed + 2,700 wounded = 3,300, not 4,700"."""
    return addition(parts, whole, [f"{figure(part, counted=False)} {_outcome(part)}" for part in parts])


def _bounds(books: Books) -> Iterator[Remark]:
    """The killed and the casualties of one population, whoever counts them."""
    peers: defaultdict[tuple[str, ...], tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
    for entry in books.entries:
        claim = entry.claim
        killed, union = _outcome(claim) == KILLED, books.is_toll(claim)
        if entry.kind != CASUALTY or not (killed or union) or claim.measure is Measure.PART or books.stale(entry):
            continue
        if entry.stated.high <= COMMON:
            continue
        peers[population(entry)][union].append(entry)
    for _, (killed_ones, all_of_them) in sorted(peers.items(), key=lambda entry: entry[0]):
        yield from _exceeding(books, killed_ones, all_of_them)
        yield from _mistaken(books, killed_ones, all_of_them)


def _exceeding(books: Books, killed: Sequence[Entry], union: Sequence[Entry]) -> Iterator[Remark]:
    """More killed than somebody else gives casualties on that day or later."""
    waiting = sorted((entry for entry in killed if entry.said is not None), key=_said, reverse=True)
    most: Entry | None = None
    for entry in sorted((entry for entry in union if entry.said is not None), key=_said):
        while waiting and _said(waiting[-1]) <= _said(entry):
            other = waiting.pop()
            if most is None or other.tolerant.low > most.tolerant.low:
                most = other
        if most is None or most.tolerant.low <= entry.tolerant.high or not _of_one_event(books, most, entry):
            continue
        if most.stated.low > SCOPE_FACTOR * entry.stated.high:
            continue
        arithmetic = f"{written(most.stated)} killed, more than {written(entry.stated)} casualties"
        reason = (
            f"{source(most)} gives {figure(most.claim)}, {source(entry)}, not earlier, {figure(entry.claim)}: the "
            "killed are some of the casualties"
        )
        yield from _both(books, most, entry, reason, arithmetic)


def _mistaken(books: Books, killed: Sequence[Entry], union: Sequence[Entry]) -> Iterator[Remark]:
    """A number of killed that another report gives as the number of casualties."""
    totals: dict[tuple[float, float], Entry] = {}
    for entry in union:
        if entry.claim.low is not None:
            totals.setdefault(entry.stated, entry)
    for entry in killed:
        total = totals.get(entry.stated)
        if total is None or total.claim.document == entry.claim.document or not _of_one_event(books, entry, total):
            continue
        arithmetic = f"{written(entry.stated)} killed = {written(total.stated)} casualties, which leaves no wounded"
        reason = (
            f"{source(entry)} gives as killed what {source(total)} gives as casualties, the wounded included: most "
            "likely the one was read for the other"
        )
        yield from _both(books, entry, total, reason, arithmetic)


def _both(books: Books, killed: Entry, total: Entry, reason: str, arithmetic: str) -> Iterator[Remark]:
    conflict = contradiction(ConflictKind.CASUALTIES, reason, arithmetic, (killed, total))
    yield Remark(books.line(killed.claim), conflict.reason, conflict)
    yield Remark(books.line(total.claim), conflict.reason)


def _of_one_event(books: Books, one: Entry, other: Entry) -> bool:
    """Whether two tolls are of one time: both of one that their texts tell, or neither, and then of one subject."""
    if one.when is None and other.when is None:
        return books.watched or one.story == other.story
    return one.when is not None and other.when is not None and meet(one.when, other.when)


def _said(entry: Entry) -> int:
    return 0 if entry.said is None else entry.said.first
