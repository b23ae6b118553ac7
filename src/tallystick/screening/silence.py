"""Silence has a date: what reports say that somebody has not confirmed comes in, a note goes out where he did later.

"North Korea has not yet confirmed it" is true of the day of the report alone (rule R21 of the domain notes); a reader
who finds it beside a later confirmation must know which is the newer.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from re import compile as pattern
from typing import NamedTuple

from yaml import CSafeLoader, load

from tallystick.model.claim import Claim, Status
from tallystick.model.document import READABLE, Document, Passage
from tallystick.model.dossier import Actor
from tallystick.model.flag import Evidence, Flag
from tallystick.screening.findings import NOTE, Holdings, cut, flag, named
from tallystick.screening.names import Phrases, words_of
from tallystick.values.dates import published_date
from tallystick.values.periods import period

__all__ = ["silences_ended"]

# Words between a body and "has not": its organs.
BETWEEN = 3
# Later figures of one line that are looked at: the first of them as a rule tells.
MOST = 20
# A new sentence or clause; what stands before it has another subject.
BREAK = pattern(r"[.!?;:,()\n]")


class _Cues(NamedTuple):
    """The words of silence.yaml, made into phrases."""

    phrases: Phrases
    organs: frozenset[str]
    depends: frozenset[str]
    titles: frozenset[str]


class _Silence(NamedTuple):
    """Who had not confirmed when, and where that stands."""

    document: Document
    passage: int
    day: int
    actor: Actor
    start: int
    end: int


@cache
def _cues() -> _Cues:
    text = (files("tallystick.screening") / "silence.yaml").read_text(encoding="utf-8")
    # CSafeLoader builds plain values only; nothing in the file can run.
    found: dict[str, list[str]] = load(text, CSafeLoader)
    phrases = Phrases(f"{head} {verb}" for head in found["heads"] for verb in found["verbs"])
    return _Cues(phrases, *(frozenset(found[name]) for name in ("organs", "depends", "titles")))


def silences_ended(holdings: Holdings) -> Iterator[Flag]:
    """Yield a note for each report by which an actor had not confirmed what he, or who speaks for him, later did.

    He has done so where a later report has a figure from him that goes back to one beside the words on his silence, or
    counts the same in one estimate.
    """
    silences = list(_silences(holdings)) if holdings.dossier.actors else []
    if not silences:
        return
    spoken = _Spoken(holdings)
    for silence in silences:
        claim = spoken.after(silence, _beside(holdings, silence))
        if claim is not None:
            since, said = date.fromordinal(silence.day).isoformat(), holdings.published(claim)
            later = holdings.outlet(claim.document) + ("" if said is None else f" ({said.isoformat()})")
            reason = (
                f"{holdings.outlet(silence.document.id)} ({since}) says that {silence.actor.name} had not confirmed; "
                f"{later} has {named(claim)} from {cut(claim.speaker or silence.actor.name)}."
            )
            evidence = (
                Evidence(silence.document.id, silence.start, silence.end),
                Evidence(claim.document, claim.start, claim.end),
            )
            yield flag("silence_ended", NOTE, reason, evidence, (claim,))


def _silences(holdings: Holdings) -> Iterator[_Silence]:
    """The places where dated reports say that an actor of the dossier has not confirmed something."""
    for document in holdings.documents:
        published = published_date(document.published)
        if published is None:
            continue
        for turn, passage in enumerate(document.passages):
            if passage.kind in READABLE and passage.repeats is None:
                for actor, start, end in _unconfirmed(holdings, document.text, passage):
                    yield _Silence(document, turn, published.toordinal(), actor, start, end)


def _unconfirmed(holdings: Holdings, text: str, passage: Passage) -> Iterator[tuple[Actor, int, int]]:
    """The actors of a passage that have not confirmed, each with the span of his name and of the words that say so."""
    cues = _cues()
    if not cues.phrases.may_stand(text, passage.start, passage.end):
        return
    words = words_of(text, passage.start, passage.end)
    mentions = list(cues.phrases.mentions(words))
    if not mentions:
        return
    named_by_last = {mention.last: (mention.first, actor) for mention, actor in holdings.names.mentions(words)}
    for mention in mentions:
        at = mention.first
        while at not in named_by_last and mention.first - at < BETWEEN and at and words[at - 1].folded in cues.organs:
            at -= 1
        if at in named_by_last:
            first, actor = named_by_last[at]
            end = words[mention.last - 1].end
            before = first - 1
            while before >= 0 and words[before].folded in cues.titles:
                before -= 1
            depends = before >= 0 and words[before].folded in cues.depends
            if not depends and not BREAK.search(text, words[at - 1].end, end):
                yield actor, words[first].start, end


def _beside(holdings: Holdings, silence: _Silence) -> list[Claim]:
    """The figures of the paragraph that tells of a silence; where it has none, those of the one before."""
    passages = silence.document.passages
    claims = holdings.claims_of(silence.document.id)
    for turn in (silence.passage, silence.passage - 1):
        if turn >= 0:
            passage = passages[turn]
            at = bisect_right(claims, passage.start - 1, key=lambda claim: claim.start)
            found = claims[at : bisect_right(claims, passage.end - 1, key=lambda claim: claim.start)]
            if found:
                return found
    return []


class _Spoken:
    """What actors say of each origin and estimate, in order of the day on which it was published."""

    def __init__(self, holdings: Holdings) -> None:
        bodies = {actor.id: actor.speaks_for[:1] for actor in holdings.dossier.actors}
        self._homes: defaultdict[str, list[str]] = defaultdict(list)
        homes = [(origin.id, origin.claims) for origin in holdings.lineage.origins]
        homes.extend((estimate.id, estimate.claims) for estimate in holdings.estimates)
        for home, claims in homes:
            for name in claims:
                self._homes[name].append(home)
        self._said: defaultdict[tuple[str, str], list[tuple[int, Claim]]] = defaultdict(list)
        for claim in holdings.claims:
            voice, day = holdings.names.voice(claim.speaker), holdings.published(claim)
            if voice not in bodies or day is None or claim.status is Status.DENIED:
                continue
            for home in self._homes[claim.id]:
                for body in (voice, *bodies[voice]):
                    self._said[home, body].append((day.toordinal(), claim))
        for found in self._said.values():
            found.sort(key=lambda one: one[0])

    def after(self, silence: _Silence, beside: Sequence[Claim]) -> Claim | None:
        """Give the first figure from the silent actor, published and said since, that counts what one of these does."""
        found: list[tuple[int, Claim]] = []
        for home in sorted({home for claim in beside for home in self._homes[claim.id]}):
            said = self._said.get((home, silence.actor.id), [])
            at = bisect_right(said, silence.day, key=lambda one: one[0])
            found.extend(one for one in said[at : at + MOST] if _is_said_since(one[1], silence.day))
        return min(found, key=lambda one: (one[0], one[1].document, one[1].start), default=(0, None))[1]


def _is_said_since(claim: Claim, day: int) -> bool:
    """Whether a figure was not said before that day, as far as its report tells."""
    said = period(claim.stated)
    return said is None or said[1] >= day
