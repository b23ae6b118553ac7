"""Weigh comparable claims across origins: the fourth stage of the journey.

Takes the claims of a case with their lineage; gives one estimate for every population, status, measure and time, each
with its readings, range, grade and every step of the arithmetic.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.document import Document, by_publication
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Estimate
from tallystick.model.lineage import Lineage
from tallystick.reconciliation.accounting.accounting import account, posted
from tallystick.reconciliation.combining import Combined, Setting, combine
from tallystick.reconciliation.comparing import Line, lines
from tallystick.reconciliation.decay import age
from tallystick.reconciliation.entries import entries
from tallystick.reconciliation.grading import credibility
from tallystick.reconciliation.intervals import Interval, number
from tallystick.reconciliation.naming import Names
from tallystick.reconciliation.parts import Share, parted
from tallystick.reconciliation.periods import runs
from tallystick.reconciliation.readings import Grades, readings
from tallystick.reconciliation.subjects import Subjects
from tallystick.reconciliation.superseding import superseded
from tallystick.reconciliation.weighing import records
from tallystick.values.dates import published_date
from tallystick.values.periods import period

__all__ = ["reconcile"]


def reconcile(
    documents: tuple[Document, ...],
    claims: tuple[Claim, ...],
    lineage: Lineage,
    dossier: Dossier,
    *,
    as_of: date | None = None,
) -> tuple[Estimate, ...]:
    """Give one estimate for every population, status, measure and time that the claims count.

    Args:
        documents: The reports of the case.
        claims: Their claims, in any order.
        lineage: Which claims go back to one origin, and which correct others.
        dossier: Its categories with their parts, its places, actors and sources.
        as_of: The day of which the estimates are; None takes that on which the latest of `documents` was published.

    Returns:
        Estimates, the most reported first, then by label. Every claim is in exactly one. The same input gives the
        same estimates, whatever the order of `documents` and `claims`.
    """
    documents = tuple(sorted(documents, key=by_publication))
    found = lines(entries(documents, claims, lineage, dossier), watched=bool(dossier.places))
    workshop = _Workshop(found, documents, dossier, as_of)
    estimates = {line.key: workshop.estimate(line) for line in found}
    shares: defaultdict[bool, list[Share]] = defaultdict(list)
    for line in found:
        # What is only the last known count stands in no sum with what was counted anew.
        shares[estimates[line.key].stale].append(Share(estimates[line.key].id, line.entries))
    held = {estimate.id: estimate for estimate in estimates.values()}
    for sums in (*parted(shares[False], dossier), *parted(shares[True], dossier)):
        whole = held[sums.whole]
        held[sums.whole] = replace(whole, parts=sums.parts, steps=(*whole.steps, sums.step))
        for part in sums.parts:
            held[part] = replace(held[part], whole=sums.whole, steps=(*held[part].steps, sums.step))
    for remark in account((*shares[False], *shares[True]), held.values(), dossier):
        held[remark.estimate] = posted(held[remark.estimate], remark)
    return tuple(sorted(held.values(), key=_order))


class _Workshop:
    """Makes estimates of lines."""

    def __init__(
        self, found: Sequence[Line], documents: Sequence[Document], dossier: Dossier, as_of: date | None
    ) -> None:
        self._names = Names(dossier)
        self._subjects = Subjects(dossier)
        self._grades = Grades(documents, dossier)
        self._voiced = {line.key: superseded(readings(line.entries, self._grades, self._subjects)) for line in found}
        self._records = records(self._voiced.values(), self._subjects)
        self._denials = _denials(found)
        days = (day for document in documents if (day := published_date(document.published)) is not None)
        self._as_of = as_of or max(days, default=None)
        # Under a dossier without places a population is told apart by the story that counts it.
        self._anchor = "" if dossier.places or not documents else documents[0].id

    def estimate(self, line: Line) -> Estimate:
        """The estimate of one line."""
        voiced = self._voiced[line.key]
        first = line.entries[0].claim
        measure = _measure(line)
        own = next((entry.country for entry in line.entries if entry.country is not None), None)
        setting = Setting(measure, own, age(voiced, measure, self._as_of), self._records)
        combined = combine(voiced, self._subjects, setting)
        grade, why = credibility(
            voiced, first.status, self._subjects, conflict=combined.contradicted, denied=self._denied(line, combined)
        )
        known = self._grades.known(line.entries)
        return Estimate(
            id="e-" + sha256("\0".join((*line.key, self._anchor)).encode()).hexdigest()[:16],
            population=self._names.population(line),
            status=first.status,
            measure=measure,
            when=_when(line),
            best=None if combined.best is None else number(combined.best),
            low=number(combined.span.low),
            high=number(combined.span.high),
            credibility=grade,
            readings=tuple(one.reading for one in combined.found),
            claims=tuple(entry.claim.id for entry in line.entries),
            independent=combined.independent,
            reports=len({entry.claim.document for entry in line.entries}),
            parts=(),
            whole=None,
            conflicts=combined.conflicts,
            steps=(*combined.steps, *_undetermined(line), why),
            widenings=combined.widenings,
            stale=setting.age.stale,
            known=None if known is None else known[1],
        )

    def _denied(self, line: Line, combined: Combined) -> int:
        """How many speakers deny what the line reports."""
        if line.entries[0].claim.status is Status.DENIED:
            return 0
        denials = self._denials.get(_subject(line), {})
        return len({voice for span, voice in denials if span.meets(combined.reported)})


def _denials(found: Sequence[Line]) -> dict[tuple[str, str, str], dict[tuple[Interval, str], None]]:
    """What is denied of each category, country and place, and by whom."""
    denials: defaultdict[tuple[str, str, str], dict[tuple[Interval, str], None]] = defaultdict(dict)
    for line in found:
        if line.entries[0].claim.status is Status.DENIED:
            denials[_subject(line)].update(dict.fromkeys((entry.stated, entry.voice) for entry in line.entries))
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


def _undetermined(line: Line) -> tuple[str, ...]:
    """The step that says that the words tell a distance and not a place."""
    words = min((entry.site.name for entry in line.entries if entry.site is not None and entry.site.ring), default=None)
    if words is None:
        return ()
    return (f"Place undetermined: “{words}” may lie on either side of a border, so it is in no country.",)


def _when(line: Line) -> str | None:
    """The narrowest time that the claims of a line give."""
    dated = [
        (entry.when.last - entry.when.first, entry.claim.when)
        for entry in line.entries
        if entry.when and period(entry.claim.when) == entry.when and not runs(entry)
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
