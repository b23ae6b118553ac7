"""Claims made ready for comparison: claims and origins come in, one `Entry` for each claim goes out.

What one telling of an origin leaves out, another telling of the same origin may say: country, place and time are
filled in from there, and from nowhere else.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.document import Document
from tallystick.model.dossier import Category, Dossier
from tallystick.model.lineage import EdgeKind, EdgeLevel, Independent, Lineage, Origin
from tallystick.reconciliation.intervals import Days, Interval, days_of, stated, tolerant
from tallystick.reconciliation.subjects import Site, Subjects, folded

__all__ = ["Entry", "entries"]

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
        head: What sets an unlisted category apart: the counted noun phrase, folded; else "".
        country: Where the counted come from, or None.
        site: Where to or where, or None.
        measure: The measure that sets it apart from others, or None.
        when: Days of the counted event, or None.
        said: Days of the statement, or None.
        voice: Key of the speaker; that of the document where nobody is named.
        stated: Bounds as written.
        tolerant: Bounds with rounding and "about" allowed for.
        revised: Whether a later report corrects this claim.
    """

    claim: Claim
    origin: Origin
    rank: int
    kind: str
    head: str
    country: str | None
    site: Site | None
    measure: Measure | None
    when: Days | None
    said: Days | None
    voice: str
    stated: Interval
    tolerant: Interval
    revised: bool


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
    found = []
    for claim in ordered:
        origin, rank = homes.get(claim.id) or (_alone(claim), 0)
        found.append(_entry(claim, origin, rank, subjects, categories, claim.id in revised))
    return _filled(found)


def _alone(claim: Claim) -> Origin:
    """The origin of a claim that the lineage does not hold."""
    name = "o-" + sha256(claim.id.encode()).hexdigest()[:16]
    return Origin(
        name, claim.speaker, claim.stated, (claim.document,), (claim.id,), Independent(1, 1), "The lineage lacks it."
    )


def _entry(
    claim: Claim, origin: Origin, rank: int, subjects: Subjects, categories: dict[str, Category], revised: bool
) -> Entry:
    category = categories.get(claim.category)
    kind = OTHER if category is None else category.kind
    unlisted = category is None or category.id == OTHER
    return Entry(
        claim=claim,
        origin=origin,
        rank=rank,
        kind=kind,
        head=" ".join(folded(claim.counted or "")) if unlisted else "",
        country=claim.origin,
        site=subjects.site(claim.place),
        measure=_measure(claim, kind),
        when=days_of(claim.when),
        said=days_of(claim.stated or origin.date),
        voice=subjects.voice(claim.speaker) or subjects.voice(origin.speaker) or f"document:{claim.document}",
        stated=stated(claim),
        tolerant=tolerant(claim),
        revised=revised,
    )


def _measure(claim: Claim, kind: str) -> Measure | None:
    """The measure that sets a claim apart: every plan is a plan, every toll a toll, and a part is of no own kind."""
    if claim.status is Status.PLANNED and claim.measure in PLAN_MEASURES:
        return Measure.PLAN
    if kind == CASUALTY and claim.measure in TOLL_MEASURES:
        return None
    return None if claim.measure is Measure.PART else claim.measure


def _filled(found: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries with what other tellings of their origin say of the same population."""
    tellings: defaultdict[tuple[str, str, str, Status], list[Entry]] = defaultdict(list)
    for entry in found:
        tellings[_telling(entry)].append(entry)
    known = {key: _known(group) for key, group in tellings.items()}
    filled = []
    for entry in found:
        country, site, when, measure = known[_telling(entry)]
        filled.append(
            replace(
                entry,
                country=entry.country or country,
                site=_narrower(entry.site, site),
                when=entry.when or when,
                measure=entry.measure or measure,
            )
        )
    return tuple(filled)


def _telling(entry: Entry) -> tuple[str, str, str, Status]:
    return entry.origin.id, entry.claim.category, entry.head, entry.claim.status


def _known(group: Sequence[Entry]) -> tuple[str | None, Site | None, Days | None, Measure | None]:
    """What the tellings of a group agree on: None where they differ or say nothing."""
    countries = {entry.country for entry in group if entry.country is not None}
    whens = {entry.when for entry in group if entry.when is not None}
    measures = {entry.measure for entry in group if entry.measure is not None}
    sites = {entry.site.key: entry.site for entry in group if entry.site is not None}
    narrowest = [site for site in sites.values() if all(key == site.key or key in site.above for key in sites)]
    return (
        countries.pop() if len(countries) == 1 else None,
        narrowest[0] if len(narrowest) == 1 else None,
        whens.pop() if len(whens) == 1 else None,
        measures.pop() if len(measures) == 1 else None,
    )


def _narrower(own: Site | None, known: Site | None) -> Site | None:
    """The place of a telling, or the one inside it that other tellings name."""
    if own is None or (known is not None and own.key in known.above):
        return known
    return own
