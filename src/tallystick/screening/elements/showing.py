"""What each report shows: one report with its claims and facts comes in, marks with the signs that hold go out.

A mark depends on nothing but its report and the populations of its claims, so that a case that grows by one report
tests the claims and facts of that report alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tallystick.model.claim import Claim, Status
from tallystick.model.document import READABLE, Document
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Population
from tallystick.model.fact import Fact
from tallystick.screening.elements.jurisdictions import Grounds
from tallystick.screening.elements.kinds import Kinds
from tallystick.screening.elements.linking import Link, links
from tallystick.screening.elements.signs import Bearing, Signs
from tallystick.screening.elements.subjects import Subjects
from tallystick.screening.offices import told_months
from tallystick.values.dates import published_date
from tallystick.values.periods import Period, period

__all__ = ["Key", "Mark", "Screen", "key"]

# The last day of the calendar, for what has no known end.
LAST_DAY = date.max.toordinal()


class Key(NamedTuple):
    """What makes a population one: all estimates of it together, whatever their status and measure."""

    category: str
    origin: str
    place: str


class Mark(NamedTuple):
    """One claim, or one fact and the claim it hangs on, with what it shows.

    Attributes:
        key: The population.
        claim: Id of the claim.
        fact: Id of the fact, or None where the claim itself shows it.
        document: Id of the report.
        start: First code point of the figure or the value.
        end: One past its last.
        status: Of the claim or fact.
        signs: Numbers of the signs that hold, ascending.
        act: The days of what is told, or None where nothing dates it.
        when: The EDTF date of it, or None.
        speaker: Who says so, where it is not said by whom the claim is; else None.
    """

    key: Key
    claim: str
    fact: str | None
    document: str
    start: int
    end: int
    status: Status
    signs: tuple[int, ...]
    act: Period | None
    when: str | None
    speaker: str | None


def key(population: Population) -> Key:
    """Give what makes a population one."""
    return Key(population.category, population.origin or "", population.place or "")


class Screen:
    """The signs of the packs of a dossier, ready to be tested on one report after another."""

    def __init__(self, dossier: Dossier) -> None:
        """Prepare the signs and the places."""
        self.subjects = Subjects(dossier.packs)
        self.grounds = Grounds(dossier)
        self._kinds = Kinds(dossier)
        self._signs = Signs(self.subjects.signs)

    def marks(
        self,
        document: Document,
        claims: Sequence[Claim],
        facts: Iterable[Fact],
        populations: Mapping[str, Population],
    ) -> tuple[Mark, ...]:
        """Give what a report shows.

        Args:
            document: The report.
            claims: Its claims, in order of their place.
            facts: Its facts.
            populations: The population of each claim, by its id; a claim that is in no estimate has none.

        Returns:
            The marks of its claims, then those of its facts, in order of their place; those that concern no pack and
            those that show nothing are left out, but for claims within the scope of a pack.
        """
        found: list[Mark] = []
        concerned: list[Claim] = []
        appeared = _not_before(document, claims)
        for claim in claims:
            population = populations.get(claim.id)
            if population is None:
                continue
            mark = self._claim(document, claim, population, appeared)
            if mark.signs:
                found.append(mark)
            if not self.subjects.scopes.isdisjoint(mark.signs):
                concerned.append(claim)
        # Facts that no sign looks at still tell how a population is called.
        for link in links(
            document, concerned, sorted(facts, key=lambda fact: (fact.start, fact.slot, fact.id)), self._kinds
        ):
            if not self._signs.looks_at(link.fact.slot):
                continue
            mark = self._fact(document, link, populations[link.claim.id], appeared)
            if mark.signs:
                found.append(mark)
        return tuple(found)

    def _claim(self, document: Document, claim: Claim, population: Population, appeared: Period | None) -> Mark:
        """What a claim shows."""
        when, act = _act(document, claim, appeared)
        ground = self.grounds.ground(population.place, act)
        bearing = Bearing(
            None, document.language, claim.category, claim.origin or population.origin, ground.country,
            ground.jurisdiction, claim.status, claim.aspect, claim.measure, claim.unit,
        )  # fmt: skip
        signs = self._signs.holding(bearing, None, claim.quote, act)
        return Mark(
            key(population), claim.id, None, claim.document, claim.start, claim.end, claim.status, signs, act, when,
            None,
        )  # fmt: skip

    def _fact(self, document: Document, link: Link, population: Population, appeared: Period | None) -> Mark:
        """What a fact shows of the population of the claim that it hangs on."""
        fact, claim = link
        when, act = _act(document, claim, appeared)
        ground = self.grounds.ground(population.place, act)
        bearing = Bearing(
            fact.slot, document.language, claim.category, claim.origin or population.origin, ground.country,
            ground.jurisdiction, fact.status, None, None, None,
        )  # fmt: skip
        signs = self._signs.holding(bearing, fact.value, fact.quote, act)
        other = fact.speaker if fact.speaker != claim.speaker else None
        return Mark(
            key(population), claim.id, fact.id, fact.document, fact.start, fact.end, fact.status, signs, act, when,
            other,
        )  # fmt: skip


def _not_before(document: Document, claims: Iterable[Claim]) -> Period | None:
    """The days on which a report without a date may have appeared: not before the last that it tells of as past."""
    if published_date(document.published) is not None:
        return None
    told = [period(claim.stated) for claim in claims]
    told += [period(claim.when) for claim in claims if claim.status is Status.ACTUAL]
    days = [days.first for days in told if days is not None]
    for passage in document.passages:
        if passage.kind in READABLE:
            days.extend(told_months(document.text, passage.start, passage.end))
    return Period(max(days), LAST_DAY) if days else None


def _act(document: Document, claim: Claim, appeared: Period | None) -> tuple[str | None, Period | None]:
    """When what a claim tells was so: as it dates it, else when it was said, else when its report was published.

    Of a report without a date only the days after the last that it tells of are known; no date is written for them.
    """
    published = published_date(document.published)
    for edtf in (claim.when, claim.stated, None if published is None else published.isoformat()):
        days = period(edtf)
        if days is not None:
            return edtf, days
    return None, appeared
