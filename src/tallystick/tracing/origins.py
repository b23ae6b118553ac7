"""From steps back to origins: tellings and links come in, one `Origin` for each group of joined claims goes out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from tallystick.model.lineage import Independent, Mechanism, Origin
from tallystick.model.quantity import Bound
from tallystick.tracing.likeness import (
    CLOSE,
    FREQUENT_DAYS,
    Likeness,
    counted_alike,
    is_frequent,
    lifetime,
    same_figure,
    same_status,
)
from tallystick.tracing.links import UNNAMED, Link, claim_link
from tallystick.tracing.lookup import Index, published
from tallystick.tracing.naming import what, when_and_who
from tallystick.tracing.seats import Nearness, nearness
from tallystick.tracing.sharing import Sharing
from tallystick.tracing.tellings import Casebook, Telling
from tallystick.tracing.voices import VoiceKind
from tallystick.values.joined import Joined
from tallystick.values.periods import gap
from tallystick.values.romanization import is_latin

__all__ = ["Group", "alike", "are_one_count", "groups", "origins", "unattributed"]

Group = tuple[Telling, ...]
ALONE = Independent(1, 1)
PERHAPS = Independent(0, 1)
# A speaker named at greater length than this is a clause, not a clearer name.
LONGEST_NAME = 80
ANYBODY = ""
# Marks that must agree; on the gold sets en-train and en-dev one alone gives mostly figures of other events.
AGREEING = 2
WORDS = {
    Mechanism.REPEATED_PASSAGE: "a repeated paragraph",
    Mechanism.IDENTICAL_TEXT: "the same text",
    Mechanism.NEAR_IDENTICAL_TEXT: "nearly the same text",
    Mechanism.PARTIAL_TEXT: "a passage taken over",
    Mechanism.REWORDED_TEXT: "the same quotations and figures",
    Mechanism.QUOTATION: "the same words quoted",
    Mechanism.CREDIT: "a credit line",
    Mechanism.ATTRIBUTION: "a named source",
    Mechanism.SAME_ANNOUNCEMENT: "one announcement",
    Mechanism.SAME_STATEMENT: "a statement given again",
    Mechanism.NAMED_EVENT: "one named event",
    Mechanism.UNATTRIBUTED_REPEAT: "a repeat that a reviewer confirmed",
    Mechanism.FAMILY: "one newsroom",
    Mechanism.ANALYST: "a reviewer's decision",
}


def groups(casebook: Casebook, links: Iterable[Link]) -> tuple[Group, ...]:
    """Give the claims that go back to one origin together, each group in order, groups by their first claim."""
    joined = Joined(range(len(casebook.tellings)))
    for link in links:
        if link.joins:
            joined.join(link.later, link.earlier)
    return tuple(tuple(casebook.tellings[turn] for turn in turns) for _, turns in sorted(joined.sets().items()))


def unattributed(found: Sequence[Group], likeness: Likeness) -> Iterator[Link]:
    """Yield the step from each group that names no speaker back to the first equal figure of another, earlier group.

    Such a figure may only repeat the earlier one, so it keeps an origin of its own that counts for none or one.
    """
    named, nameless = _index(likeness), _index(likeness)
    home = {telling.order: number for number, group in enumerate(found) for telling in group}
    for telling in _in_order(found):
        for spot in _spots(telling):
            (named if _speaks(telling) else nameless).add(telling, spot)
    waiting = [group[0] for group in found if not any(_speaks(telling) for telling in group)]
    for telling in waiting:
        for index in (named, nameless):
            earlier = _equal(telling, index, home, likeness)
            if earlier is not None:
                reason = (
                    f"{when_and_who(telling)} gives {what(telling)} without a speaker after {when_and_who(earlier)}: "
                    "it may only repeat it."
                )
                yield claim_link(telling, earlier, Mechanism.UNATTRIBUTED_REPEAT, reason, UNNAMED, joins=False)
                break


def _index(likeness: Likeness) -> Index:
    """An index of equal figures whoever gives them, near in time."""
    return Index(likeness, published, small=FREQUENT_DAYS)


def _spots(telling: Telling) -> tuple[str, ...]:
    """The keys under which equal figures of anybody are found; frequent figures must agree in their place."""
    if not is_frequent(telling.claim):
        return (ANYBODY,)
    return tuple(dict.fromkeys((*telling.seat.chain, *telling.seat.words)))


def _equal(telling: Telling, index: Index, home: dict[int, int], likeness: Likeness) -> Telling | None:
    """The first telling of another group that came earlier, or on that day with a speaker, with the same figure."""
    fitting = (
        other
        for other in _equals(telling, index, home, likeness)
        if other.order < telling.order or (_is_of_day(other, telling) and _speaks(other))
    )
    return min(fitting, key=lambda other: other.order, default=None)


def _is_of_day(one: Telling, other: Telling) -> bool:
    return one.report.day is not None and one.report.day == other.report.day


def _equals(telling: Telling, index: Index, home: dict[int, int], likeness: Likeness) -> Iterator[Telling]:
    """Tellings of other groups and other reports with the same figure, population and status."""
    for other in (found for spot in _spots(telling) for found in index.like(telling, spot)):
        elsewhere = home[other.order] != home[telling.order] and other.report is not telling.report
        if elsewhere and alike(telling, other, likeness) and are_one_count(telling, other, likeness):
            yield other


def are_one_count(one: Telling, other: Telling, likeness: Likeness) -> bool:
    """Tell whether enough agrees, besides number and kind, to take two figures without a common speaker for one count.

    Place, origin, words and time each may agree or be unknown. A distinctive figure needs two that agree, a frequent
    one needs place and time, one of a catch-all category its words and place or event.
    """
    first, second = one.claim, other.claim
    if first.bound is Bound.VAGUE or not _of_one_time(one, other):
        return False
    place = bool(one.seat.words and other.seat.words) and nearness(one.seat, other.seat) is Nearness.SAME
    event = one.happened is not None and other.happened is not None and gap(one.happened, other.happened) <= CLOSE
    time = event or None not in (one.report.day, other.report.day)
    if is_frequent(first):
        return place and time
    origin = first.origin is not None and first.origin == second.origin
    words = bool(first.counted and second.counted) and counted_alike(first.counted, second.counted)
    if likeness.is_catch_all(first.category):
        return words and (place or event)
    return sum((place, time, origin, words)) >= AGREEING


def _of_one_time(one: Telling, other: Telling) -> bool:
    """Whether two reports are not too far apart to give the same figure for the same reason."""
    if one.report.day is None or other.report.day is None:
        return True
    return abs(one.report.day - other.report.day) <= lifetime(one.claim, other.claim)


def _in_order(found: Sequence[Group]) -> list[Telling]:
    return sorted((telling for group in found for telling in group), key=lambda telling: telling.order)


def alike(one: Telling, other: Telling, likeness: Likeness) -> bool:
    """Tell whether two tellings give one figure of one population with one status."""
    first, second = one.claim, other.claim
    return same_figure(first, second) and same_status(first, second) and likeness.population(one, other)


def _speaks(telling: Telling) -> bool:
    return telling.voice is not None and telling.voice.kind is not VoiceKind.MEDIA


def origins(found: Sequence[Group], links: Iterable[Link], likeness: Likeness, shared: Sharing) -> tuple[Origin, ...]:
    """Give the origin of every group.

    Args:
        found: The groups.
        links: All steps of the case.
        likeness: Compares populations.
        shared: Which groups may share knowledge.
    """
    home = {telling.order: number for number, group in enumerate(found) for telling in group}
    joined: defaultdict[int, Counter[Mechanism]] = defaultdict(Counter)
    repeats: dict[int, Link] = {}
    for link in links:
        if link.joins:
            joined[home[link.later]][link.edge.mechanism] += 1
        elif link.edge.mechanism is Mechanism.UNATTRIBUTED_REPEAT:
            repeats[home[link.later]] = link
    doubts = _named_later(found, home, likeness) | shared.doubts
    doubts.update((number, link.edge.reason) for number, link in repeats.items())
    names = [_name(group) for group in found]
    return tuple(
        _origin(
            group, joined[number], doubts.get(number), tuple(names[other] for other in shared.linked.get(number, ()))
        )
        for number, group in enumerate(found)
    )


def _name(group: Group) -> str:
    return "o-" + sha256(group[0].claim.id.encode()).hexdigest()[:16]


def _origin(group: Group, joined: Counter[Mechanism], doubt: str | None, linked: tuple[str, ...]) -> Origin:
    speaker = _clearest(group)
    reports = tuple(dict.fromkeys(telling.report.document.id for telling in group))
    if doubt is None and any(telling.voice for telling in group) and not any(_speaks(telling) for telling in group):
        doubt = "Only nameless reports are cited for it."
    reason = _reason(group, speaker, len(reports), joined)
    return Origin(
        id=_name(group),
        speaker=speaker,
        date=_date(group),
        documents=reports,
        claims=tuple(telling.claim.id for telling in group),
        independent=ALONE if doubt is None else PERHAPS,
        reason=reason if doubt is None else f"{reason} {doubt[:1].upper()}{doubt[1:]}",
        linked=linked,
        known=min((telling.report.published for telling in group if telling.report.published), default=None),
    )


def _reason(group: Group, speaker: str | None, reports: int, joined: Counter[Mechanism]) -> str:
    whose = speaker if speaker is not None else f"{group[0].report.name} in its own voice"
    if len(group) == 1:
        return f"Only one claim goes back to {whose}."
    ways = [WORDS[mechanism] for mechanism in Mechanism if mechanism in joined]
    listed = ", ".join(ways[:-1]) + " and " + ways[-1] if len(ways) > 1 else "".join(ways)
    where = "one report" if reports == 1 else f"{reports} reports"
    return f"{len(group)} claims in {where} go back to {whose}, by {listed}."


def _clearest(group: Group) -> str | None:
    """The speaker of a group, as the clearest of its claims writes the name.

    Persons come before bodies, those who speak for others before those others, names in Latin letters, as the dossier
    writes its own, before other scripts, long names before short ones, and of equal names that of the earliest claim.
    """
    spoken = {telling.voice.key for telling in group if telling.voice is not None}
    best: tuple[tuple[int, int, bool, int, int], str] | None = None
    for telling in group:
        voice, name = telling.voice, telling.naming
        if voice is None or name is None:
            continue
        rank = (
            int(voice.kind is not VoiceKind.MEDIA) + int(voice.kind is VoiceKind.ACTOR) + int(voice.person),
            len(spoken.intersection(voice.speaks_for)),
            is_latin(name),
            len(name) if len(name) <= LONGEST_NAME else 0,
            -telling.order,
        )
        if best is None or rank > best[0]:
            best = rank, " ".join(name.split())
    return None if best is None else best[1]


def _date(group: Group) -> str | None:
    """When it was said: as a text dates it, to the day before to the month, else the first publication."""
    dated = [
        (telling.said.last - telling.said.first, telling.said.first, telling.order, telling.claim.stated)
        for telling in group
        if telling.dated and telling.said is not None
    ]
    if dated:
        return min(dated)[3]
    days = [telling.report for telling in group if telling.report.day is not None]
    first = min(days, key=lambda report: report.rank, default=None)
    return (first.document.published or "")[:10] if first is not None else None


def _named_later(found: Sequence[Group], home: dict[int, int], likeness: Likeness) -> dict[int, str]:
    """Doubts about groups without a speaker whose figure a later report gives with one (rule R6: dependent)."""
    named = _index(likeness)
    for telling in _in_order(found):
        for spot in _spots(telling) if _speaks(telling) else ():
            named.add(telling, spot)
    doubts = {}
    for number, group in enumerate(found):
        if any(_speaks(telling) for telling in group):
            continue
        # What was given before is a step back, which a reviewer may have cut.
        equal = (other for other in _equals(group[0], named, home, likeness) if other.order > group[0].order)
        other = min(equal, key=lambda one: one.order, default=None)
        if other is not None:
            doubts[number] = f"{when_and_who(other)} gives {what(other)} later and names who counted."
    return doubts
