"""Claims made ready for comparison: claims and origins come in, one `Entry` for each claim goes out.

What one telling of an origin leaves out, another telling of the same origin may say: country, place and time are
filled in from there, and from nowhere else.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import NamedTuple

from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.document import Document
from tallystick.model.dossier import Category, Dossier
from tallystick.model.lineage import EdgeKind, EdgeLevel, Independent, Lineage, Origin
from tallystick.reconciliation.distances import ring
from tallystick.reconciliation.intervals import Interval, merged, stated, tolerant
from tallystick.reconciliation.stories import stories
from tallystick.reconciliation.subjects import Site, Subjects
from tallystick.values.names import fold
from tallystick.values.periods import Period, gap, period

__all__ = ["CASUALTY", "Entry", "entries"]

CASUALTY = "casualty"
OTHER = "other"
# A measure that a plan or a toll has anyway: it does not set two figures apart.
PLAN_MEASURES = frozenset((None, Measure.PLAN, Measure.FLOW, Measure.PART))
TOLL_MEASURES = frozenset((None, Measure.FLOW, Measure.CUMULATIVE, Measure.PART))


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim, ready for comparison.

    Attributes:
        claim: The claim.
        origin: Where it goes back to.
        rank: Its turn among the claims of that origin; 0 is the earliest telling.
        kind: Kind of its category.
        head: What sets an unlisted category apart: the counted noun phrase, folded; "per tonne" of a rate; else "".
        country: Where the counted come from, or None.
        site: Where to or where, or None.
        measure: The measure that sets it apart from others, or None.
        when: Days of the counted event, or None.
        said: Days of the statement, or None.
        voice: Key of the speaker; that of the document where nobody is named.
        stated: Bounds as written.
        tolerant: Bounds with rounding and "about" allowed for.
        revised: Whether a later report corrects this claim.
        story: The first of the documents that lineage connects with this one.
        per: By what a sum of money is told ("tonne" of "$80 per tonne"), or None where it is a total.
    """

    claim: Claim
    origin: Origin
    rank: int
    kind: str
    head: str
    country: str | None
    site: Site | None
    measure: Measure | None
    when: Period | None
    said: Period | None
    voice: str
    stated: Interval
    tolerant: Interval
    revised: bool
    story: str
    per: str | None


class _Setting(NamedTuple):
    """What sets a population apart besides its category."""

    country: str | None
    site: Site | None
    when: Period | None
    measure: Measure | None


def entries(
    documents: Sequence[Document], claims: Iterable[Claim], lineage: Lineage, dossier: Dossier
) -> tuple[Entry, ...]:
    """Give an entry for every claim, in an order that does not depend on that of `claims`."""
    turns = {document.id: turn for turn, document in enumerate(documents)}
    last = len(turns)
    ordered = sorted(claims, key=lambda claim: (turns.get(claim.document, last), claim.document, claim.start, claim.id))
    subjects = Subjects(dossier)
    categories = {category.id: category for category in dossier.categories}
    homes = {name: (origin, rank) for origin in lineage.origins for rank, name in enumerate(origin.claims)}
    revised = frozenset(
        edge.earlier for edge in lineage.edges if edge.kind is EdgeKind.REVISED and edge.level is EdgeLevel.CLAIM
    )
    told = stories(documents, lineage)
    texts = {document.id: document.text for document in documents}
    found = []
    for claim in ordered:
        origin, rank = homes.get(claim.id) or (_alone(claim), 0)
        story = told.get(claim.document, claim.document)
        around = ring(claim, texts.get(claim.document, ""))
        site = subjects.site(claim.place, story) if around is None else subjects.ring(around, story)
        found.append(_entry(claim, origin, rank, subjects, categories, claim.id in revised, story, site))
    return _filled(found)


def _alone(claim: Claim) -> Origin:
    """The origin of a claim that the lineage does not hold."""
    name = "o-" + sha256(claim.id.encode()).hexdigest()[:16]
    return Origin(
        name, claim.speaker, claim.stated, (claim.document,), (claim.id,), Independent(1, 1), "The lineage lacks it."
    )


def _entry(
    claim: Claim,
    origin: Origin,
    rank: int,
    subjects: Subjects,
    categories: dict[str, Category],
    revised: bool,
    story: str,
    site: Site | None,
) -> Entry:
    category = categories.get(claim.category)
    kind = OTHER if category is None else category.kind
    unlisted = category is None or category.id == OTHER
    per = next((ground.value for ground in claim.grounds if ground.field == "per"), None)
    return Entry(
        claim=claim,
        origin=origin,
        rank=rank,
        kind=kind,
        head=" ".join(fold(claim.counted or "")) if unlisted else f"per {per}" if per else "",
        country=claim.origin,
        site=site,
        measure=None if per else _measure(claim, kind),
        when=period(claim.when),
        said=period(claim.stated or origin.date),
        voice=_voice(claim, origin, subjects),
        stated=stated(claim),
        tolerant=tolerant(claim),
        revised=revised,
        story=story,
        per=per,
    )


def _voice(claim: Claim, origin: Origin, subjects: Subjects) -> str:
    """The key of the speaker: an actor of the dossier before a mere name, which may be "the agency"."""
    own, shared = subjects.voice(claim.speaker), subjects.voice(origin.speaker)
    if own is not None and (subjects.knows(own) or shared is None or not subjects.knows(shared)):
        return own
    return shared or f"document:{claim.document}"


def _measure(claim: Claim, kind: str) -> Measure | None:
    """The measure that sets a claim apart: every plan is a plan, every toll a toll, and a part is of no own kind."""
    if claim.status is Status.PLANNED and claim.measure in PLAN_MEASURES:
        return Measure.PLAN
    if kind == CASUALTY and claim.measure in TOLL_MEASURES:
        return None
    return None if claim.measure is Measure.PART else claim.measure


def _filled(found: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries with what the tellings of their origin settle: one statement gives a figure of one population."""
    tellings: defaultdict[tuple[str, str, str, Status], list[Entry]] = defaultdict(list)
    for entry in found:
        tellings[entry.origin.id, entry.claim.category, entry.head, entry.claim.status].append(entry)
    settled: dict[str, Entry] = {}
    for told in tellings.values():
        members = _dated(told)
        whole = _agreed(members)
        spans = merged(entry.tolerant for entry in members)
        at = 0
        same: defaultdict[int, list[Entry]] = defaultdict(list)
        for entry in sorted(members, key=lambda entry: entry.tolerant):
            while entry.tolerant.low > spans[at].high:
                at += 1
            same[at].append(entry)
        for cluster in same.values():
            setting = _setting(cluster, whole)
            settled.update({entry.claim.id: _placed(entry, setting) for entry in cluster})
    return tuple(settled[entry.claim.id] for entry in found)


def _dated(members: Sequence[Entry]) -> list[Entry]:
    """Tellings of one origin without the time of the statement where a later one takes that for the time of the event.

    "Up from 600 in April" tells when 600 was said, if it was said in April and nobody then dated what it counts.
    """
    first = min(members, key=lambda entry: entry.rank)
    said = period(first.origin.date)
    if first.when is not None or said is None:
        return list(members)
    return [
        replace(entry, when=None) if entry.when is not None and gap(entry.when, said) == 0 else entry
        for entry in members
    ]


def _placed(entry: Entry, setting: _Setting) -> Entry:
    return replace(
        entry, country=setting.country, site=setting.site, when=setting.when, measure=setting.measure or entry.measure
    )


def _agreed(members: Sequence[Entry]) -> _Setting:
    """What the tellings agree on, whatever their figures: None where they differ or say nothing."""
    countries = {entry.country for entry in members if entry.country is not None}
    whens = {entry.when for entry in members if entry.when is not None}
    measures = {entry.measure for entry in members if entry.measure is not None}
    sites = {entry.site.key: entry.site for entry in members if entry.site is not None}
    narrowest = [site for site in sites.values() if all(key == site.key or key in site.above for key in sites)]
    return _Setting(
        countries.pop() if len(countries) == 1 else None,
        narrowest[0] if narrowest else None,
        whens.pop() if len(whens) == 1 else None,
        measures.pop() if len(measures) == 1 else None,
    )


def _setting(cluster: Sequence[Entry], whole: _Setting) -> _Setting:
    """Country, place, time and measure of one figure of an origin: as its earliest telling that gives them says.

    A place that the dossier knows, or one told by a distance, comes before one that it does not, and the home of the
    counted last; a narrower place inside the chosen one replaces it.
    """
    ordered = sorted(cluster, key=lambda entry: (entry.rank, entry.claim.document, entry.claim.start, entry.claim.id))
    country = next((entry.country for entry in ordered if entry.country is not None), whole.country)
    sites = [entry.site for entry in ordered if entry.site is not None]
    sites.sort(key=lambda site: (country is not None and site.country == country, not (site.known or site.ring)))
    site = sites[0] if sites else whole.site
    for other in sites:
        if site is not None and site.key in other.above:
            site = other
    return _Setting(
        country,
        site,
        next((entry.when for entry in ordered if entry.when is not None), whole.when),
        next((entry.measure for entry in ordered if entry.measure is not None), whole.measure),
    )
