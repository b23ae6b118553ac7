"""How far a line is confirmed: its readings come in, independent origins and the Admiralty grade go out.

The reliability of sources is never looked at here: credibility rests on independent origins alone.
"""

from collections.abc import Iterable, Sequence
from math import inf

from tallystick.model.claim import Status
from tallystick.model.lineage import Independent
from tallystick.reconciliation.readings import Voiced
from tallystick.reconciliation.subjects import Subjects
from tallystick.values.joined import Joined

__all__ = ["alliances", "credibility", "independent"]

# Admiralty credibility of information (AJP-2.1): confirmed by other independent sources, probably true, possibly true,
# doubtful, improbable, cannot be judged. "Confirmed" needs two origins, not two outlets; "improbable" is what other
# reports positively contradict, which takes two of them as well, or the withdrawal of the report itself.
CONFIRMED, PROBABLE, POSSIBLE, DOUBTFUL, IMPROBABLE, UNJUDGED = range(1, 7)
CONFIRMING = 2


def independent(found: Iterable[Voiced], subjects: Subjects) -> Independent:
    """Give how many independent origins stand behind the readings that hold.

    Origins of one speaker count once. Speakers that may share their knowledge, speak for one another, or were first
    heard in the same report count for at least one together and for at most one each.
    """
    standing = [voiced for voiced in found if not voiced.reading.superseded]
    low: dict[str, int] = {}
    high: dict[str, int] = {}
    for voiced in standing:
        counts = voiced.lead.origin.independent
        low[voiced.voice] = max(low.get(voiced.voice, 0), counts.low)
        high[voiced.voice] = max(high.get(voiced.voice, 0), counts.high)
    leaders = alliances(standing, subjects)
    surely: dict[str, int] = {}
    for voice, count in low.items():
        surely[leaders[voice]] = max(surely.get(leaders[voice], 0), count)
    return Independent(sum(surely.values()), sum(high.values()))


def credibility(
    found: Sequence[Voiced], status: Status, subjects: Subjects, *, conflict: bool, denied: int
) -> tuple[int, str]:
    """Give the Admiralty grade 1-6 with one sentence that says why.

    Args:
        found: The readings of the line.
        status: Its status: what is only possible cannot be judged.
        subjects: Tells which speakers may share their knowledge.
        conflict: Whether origins of the line contradict one another.
        denied: How many speakers deny the figure.
    """
    count = independent(found, subjects)
    # "At most 4,700" does not contradict 2,000, but it does not confirm it either.
    firm = independent([voiced for voiced in found if -inf < voiced.stated.low and voiced.stated.high < inf], subjects)
    if status is Status.POSSIBLE:
        return UNJUDGED, "Credibility 6: a possibility is no report of a fact."
    if all(voiced.reading.low is None and voiced.reading.high is None for voiced in found):
        return UNJUDGED, "Credibility 6: no origin gives a bound."
    if all(voiced.revised for voiced in found):
        return IMPROBABLE, "Credibility 5: every report of it has been corrected."
    if denied >= CONFIRMING and denied > count.high:
        return IMPROBABLE, f"Credibility 5: {denied:,} speakers deny it, more than report it."
    if conflict or denied:
        why = "independent origins contradict one another" if conflict else "another origin denies it"
        return DOUBTFUL, f"Credibility 4: {why}."
    if firm.low >= CONFIRMING:
        return CONFIRMED, f"Credibility 1: {_counted(firm)} agree."
    if firm.high >= CONFIRMING and count.low:
        return PROBABLE, f"Credibility 2: {_counted(firm)} agree, which may rest on shared knowledge."
    if count.low >= CONFIRMING:
        return PROBABLE, f"Credibility 2: {_counted(count)} fit together, but only by their bounds."
    if count.low:
        return POSSIBLE, f"Credibility 3: {_counted(count)}, and nobody contradicts it."
    return UNJUDGED, "Credibility 6: no origin that surely stands by itself."


def alliances(found: Sequence[Voiced], subjects: Subjects) -> dict[str, str]:
    """Give for every speaker of `found` the first of those with whom he may share what he knows, himself included."""
    # Two speakers of one report may know it from each other; that report is where their origins begin.
    desks: dict[str, str] = {}
    for voiced in found:
        desks.setdefault(voiced.voice, voiced.desk)
    speakers = {voiced.reading.origin: voiced.voice for voiced in found}
    linked = [
        (voiced.voice, speakers[other]) for voiced in found for other in voiced.lead.origin.linked if other in speakers
    ]
    joined = Joined(desks)
    hosts: dict[str, str] = {}
    for voice, desk in desks.items():
        linked.extend((voice, other) for other in (*subjects.allied(voice), hosts.setdefault(desk, voice)))
    for voice, other in linked:
        if other in joined:
            joined.join(voice, other)
    return {voice: joined.first(voice) for voice in desks}


def _counted(count: Independent) -> str:
    if count.low == count.high:
        return "one independent origin" if count.low == 1 else f"{count.low:,} independent origins"
    return f"{count.low:,} to {count.high:,} independent origins"
