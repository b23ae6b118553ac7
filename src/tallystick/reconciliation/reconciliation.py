"""Weigh comparable claims across origins: the fourth stage of the journey.

Takes the claims of a case with their lineage; gives one estimate for every population, status, measure and time, each
with its readings, range, grade and every step of the arithmetic.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.document import Document, by_publication
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Estimate
from tallystick.model.lineage import Lineage
from tallystick.reconciliation.combining import combine
from tallystick.reconciliation.comparing import Line, lines
from tallystick.reconciliation.entries import entries
from tallystick.reconciliation.grading import credibility, independent
from tallystick.reconciliation.intervals import Interval, number
from tallystick.reconciliation.naming import Names
from tallystick.reconciliation.parts import Share, parted
from tallystick.reconciliation.readings import Grades, readings
from tallystick.reconciliation.subjects import Subjects
from tallystick.values.periods import period

__all__ = ["reconcile"]


def reconcile(
    documents: tuple[Document, ...], claims: tuple[Claim, ...], lineage: Lineage, dossier: Dossier
) -> tuple[Estimate, ...]:
    """Give one estimate for every population, status, measure and time that the claims count.

    Args:
        documents: The reports of the case.
        claims: Their claims, in any order.
        lineage: Which claims go back to one origin, and which correct others.
        dossier: Its categories with their parts, its places, actors and sources.

    Returns:
        Estimates, the most reported first, then by label. Every claim is in exactly one. The same input gives the
        same estimates, whatever the order of `documents` and `claims`.
    """
    documents = tuple(sorted(documents, key=by_publication))
    found = lines(entries(documents, claims, lineage, dossier), watched=bool(dossier.places))
    workshop = _Workshop(documents, dossier)
    denials = _denials(found)
    estimates = {line.key: workshop.estimate(line, denials) for line in found}
    shares = [Share(estimates[line.key].id, line.entries) for line in found]
    held = {estimate.id: estimate for estimate in estimates.values()}
    for sums in parted(shares, dossier):
        whole = held[sums.whole]
        held[sums.whole] = replace(whole, parts=sums.parts, steps=(*whole.steps, sums.step))
        for part in sums.parts:
            held[part] = replace(held[part], whole=sums.whole, steps=(*held[part].steps, sums.step))
    return tuple(sorted(held.values(), key=_order))


class _Workshop:
    """Makes estimates of lines."""

    def __init__(self, documents: Sequence[Document], dossier: Dossier) -> None:
        self._grades = Grades(documents, dossier)
        self._names = Names(dossier)
        self._subjects = Subjects(dossier)

    def estimate(self, line: Line, denials: dict[tuple[str, str, str], list[Interval]]) -> Estimate:
        """The estimate of one line."""
        voiced = readings(line.entries, self._grades)
        combined = combine(voiced)
        first = line.entries[0].claim
        count = independent(voiced, self._subjects)
        denied = first.status is not Status.DENIED and any(
            interval.meets(combined.span) for interval in denials.get(_subject(line), ())
        )
        grade, why = credibility(voiced, first.status, self._subjects, conflict=bool(combined.conflicts), denied=denied)
        return Estimate(
            id="e-" + sha256("\0".join(map(str, line.key)).encode()).hexdigest()[:16],
            population=self._names.population(line),
            status=first.status,
            measure=_measure(line),
            when=_when(line),
            best=None if combined.best is None else number(combined.best),
            low=number(combined.span.low),
            high=number(combined.span.high),
            credibility=grade,
            readings=tuple(one.reading for one in voiced),
            claims=tuple(entry.claim.id for entry in line.entries),
            independent=count,
            reports=len({entry.claim.document for entry in line.entries}),
            parts=(),
            whole=None,
            conflicts=combined.conflicts,
            steps=(*combined.steps, why),
        )


def _denials(found: Sequence[Line]) -> dict[tuple[str, str, str], list[Interval]]:
    """What is denied of each category, country and place."""
    denials: defaultdict[tuple[str, str, str], list[Interval]] = defaultdict(list)
    for line in found:
        if line.entries[0].claim.status is Status.DENIED:
            denials[_subject(line)].extend(dict.fromkeys(entry.stated for entry in line.entries))
    return denials


def _subject(line: Line) -> tuple[str, str, str]:
    """Category, country and place of a line."""
    first = line.entries[0]
    site = next((entry.site.key for entry in line.entries if entry.site is not None), "")
    return first.claim.category + first.head, first.country or "", site


def _measure(line: Line) -> Measure | None:
    """The measure of a line as its claims decide it; None where none does or they differ."""
    found = {entry.measure for entry in line.entries if entry.measure is not None}
    return found.pop() if len(found) == 1 else None


def _when(line: Line) -> str | None:
    """The narrowest time that the claims of a line give."""
    dated = [
        (entry.when.last - entry.when.first, entry.claim.when)
        for entry in line.entries
        if entry.when and period(entry.claim.when) == entry.when
    ]
    named = [(length, when) for length, when in dated if when is not None]
    return min(named)[1] if named else None


def _order(estimate: Estimate) -> tuple[int, int, str, str, str]:
    when = estimate.when or ""
    return (
        -estimate.reports,
        -estimate.independent.high,
        estimate.population.label,
        f"{estimate.status} {when}",
        estimate.id,
    )
