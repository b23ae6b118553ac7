"""Reports that name where they have a figure from: an agency, another outlet, a credit line, a briefing.

Takes a casebook; gives the steps from the relay back to the report or the speaker it names.
"""

from collections.abc import Iterable, Iterator

from tallystick.model.claim import Status
from tallystick.model.lineage import EdgeLevel, Mechanism
from tallystick.tracing.likeness import FREQUENT_DAYS, Likeness, is_precise, same_figure, same_status
from tallystick.tracing.links import (
    ANNOUNCED_BY_BODY,
    ATTRIBUTED,
    CREDITED,
    DRIFTED,
    UNDATED,
    Link,
    claim_link,
    report_link,
)
from tallystick.tracing.lookup import Index, published
from tallystick.tracing.naming import said_by, what, when_and_who
from tallystick.tracing.tellings import Casebook, Report, Telling
from tallystick.tracing.voices import Kinship, VoiceKind, kinship

__all__ = ["credit_lines", "relays"]

# A relay may bear an earlier date than the report it names: time zones, and days that pages change.
DAYS_BEFORE = 1
# Bodies that one report credits; more are a list.
CREDITED_BODIES = 4
# The figure of a relayed briefing is given within two days (rule R15).
BRIEFING = 2


def relays(casebook: Casebook, likeness: Likeness, repeated: frozenset[int]) -> Iterator[Link]:
    """Yield the steps back from claims that name an outlet or repeat their own report.

    Args:
        casebook: The case.
        likeness: Compares populations.
        repeated: Turns of claims in copied paragraphs, which need no other step.
    """
    by_outlet = Index(likeness, published, small=FREQUENT_DAYS)
    by_report, by_voice = Index(likeness, None), Index(likeness, None)
    tellings = [telling for telling in casebook.tellings if telling.order not in repeated]
    for telling in tellings:
        by_report.add(telling, str(telling.report.rank))
        if telling.report.outlet is not None:
            by_outlet.add(telling, telling.report.outlet)
        if telling.voice is not None and telling.voice.kind is VoiceKind.ACTOR and telling.said is not None:
            by_voice.add(telling, f"{telling.voice.key} {telling.said.first}")
    bodies = [_credited_bodies(of_report) for of_report in casebook.by_report]
    for telling in tellings:
        yield from _to_outlets(telling, by_outlet, casebook, likeness)
        yield from _to_own_report(telling, by_report, likeness)
        yield from _to_briefing(telling, by_voice, bodies[telling.report.rank], likeness)


def _to_outlets(telling: Telling, by_outlet: Index, casebook: Casebook, likeness: Likeness) -> Iterator[Link]:
    """The step back to the report of the outlet that the claim or its report names."""
    speaker = telling.claim.speaker
    named = [(telling.via, telling.claim.via), (casebook.outlets.key(speaker) if speaker else None, speaker)]
    for outlet, name in named:
        if outlet is None or outlet == telling.report.outlet:
            continue
        source = _first(telling, by_outlet.like(telling, outlet), likeness, outlet_speaks=name is speaker)
        if source is not None:
            reason = f"{telling.report.name} takes {what(telling)} from {name}; {when_and_who(source)} gives it."
            certain = ATTRIBUTED if same_status(telling.claim, source.claim) else DRIFTED
            yield claim_link(telling, source, Mechanism.ATTRIBUTION, reason, certain)
            return
    if telling.report.credit is not None:
        source = _first(telling, by_outlet.like(telling, telling.report.credit), likeness)
        if source is not None and source.order < telling.order:
            reason = f"{telling.report.name} credits {source.report.name}, which gives {what(source)}."
            yield claim_link(telling, source, Mechanism.CREDIT, reason, CREDITED)


def _first(
    telling: Telling, candidates: Iterable[Telling], likeness: Likeness, *, outlet_speaks: bool = False
) -> Telling | None:
    """The first telling of a named outlet that can be the source; of an outlet cited as the speaker, by anybody."""
    for candidate in candidates:
        if candidate.report is telling.report or not _published_before(candidate.report, telling.report):
            continue
        strangers = (
            not outlet_speaks
            and telling.voice is not None
            and candidate.voice is not None
            and kinship(telling.voice, candidate.voice) is Kinship.STRANGERS
        )
        denied = (telling.claim.status is Status.DENIED) != (candidate.claim.status is Status.DENIED)
        if strangers or denied or not same_figure(telling.claim, candidate.claim):
            continue
        if likeness.population(telling, candidate):
            return candidate
    return None


def _published_before(one: Report, other: Report) -> bool:
    """Whether `one` can be the source of `other`."""
    return one.day is None or other.day is None or one.day <= other.day + DAYS_BEFORE


def _to_own_report(telling: Telling, by_report: Index, likeness: Likeness) -> Iterator[Link]:
    """From a figure in the outlet's own voice (a headline, a summary) to the one its report attributes to somebody.

    A precise figure ("13,221") is one count within a report, whoever it is credited to.
    """
    if telling.voice is not None and not is_precise(telling.claim):
        return
    best: Telling | None = None
    for candidate in by_report.like(telling, str(telling.report.rank)):
        if candidate.order == telling.order or not same_status(telling.claim, candidate.claim):
            continue
        if not same_figure(telling.claim, candidate.claim) or not likeness.population(telling, candidate):
            continue
        if telling.voice is not None and candidate.order > telling.order:
            continue
        if candidate.voice is not None:
            best = candidate
            break
        if best is None and candidate.order < telling.order:
            best = candidate
    if best is None:
        return
    if best.voice is None:
        reason = f"{telling.report.name} gives its {what(best)} twice."
        yield claim_link(telling, best, Mechanism.SAME_STATEMENT, reason, ANNOUNCED_BY_BODY)
    else:
        reason = f"{telling.report.name} attributes {what(best)} to {said_by(best)}."
        yield claim_link(telling, best, Mechanism.ATTRIBUTION, reason, ANNOUNCED_BY_BODY)


def _credited_bodies(tellings: Iterable[Telling]) -> list[str]:
    """Keys of the first actors that a report credits."""
    voices = (telling.voice for telling in tellings)
    keys = dict.fromkeys(voice.key for voice in voices if voice is not None and voice.kind is VoiceKind.ACTOR)
    return list(keys)[:CREDITED_BODIES]


def _to_briefing(telling: Telling, by_voice: Index, bodies: list[str], likeness: Likeness) -> Iterator[Link]:
    """From nameless speakers ("two lawmakers") to the body that their report credits and that gave the figure then."""
    if telling.voice is None or telling.voice.kind is not VoiceKind.ROLE or telling.said is None:
        return
    days = range(telling.said.first - BRIEFING, telling.said.first + BRIEFING + 1)
    for key in (f"{body} {day}" for body in bodies for day in days):
        for source in by_voice.like(telling, key):
            alike = same_figure(telling.claim, source.claim) and same_status(telling.claim, source.claim)
            if alike and likeness.population(telling, source):
                reason = (
                    f"{telling.report.name} credits {said_by(source)}, which gave {what(source)} within two days; "
                    f"{said_by(telling)} may only pass it on."
                )
                earlier, later = sorted((telling, source), key=_turn)
                yield claim_link(later, earlier, Mechanism.ATTRIBUTION, reason, UNDATED)
                return


def _turn(telling: Telling) -> int:
    return telling.order


def credit_lines(casebook: Casebook, links: Iterable[Link]) -> Iterator[Link]:
    """Yield the step from each report with a credit line back to a report of that outlet that it shares figures with.

    Args:
        casebook: The case.
        links: All steps found so far.
    """
    shared: dict[int, set[int]] = {}
    for link in links:
        if link.edge.level is EdgeLevel.DOCUMENT:
            shared.setdefault(link.later, set()).add(link.earlier)
        elif link.joins:
            one, other = (casebook.tellings[turn].report.rank for turn in (link.later, link.earlier))
            shared.setdefault(one, set()).add(other)
    for report in casebook.reports:
        ranks = sorted(shared.get(report.rank, ()))
        source = next((rank for rank in ranks if casebook.reports[rank].outlet == report.credit), None)
        if report.credit is not None and source is not None and source != report.rank:
            earlier = casebook.reports[source]
            reason = f"The credit line of {report.name} names {earlier.name}, whose report it follows."
            yield report_link(report, earlier, Mechanism.CREDIT, reason, CREDITED)
