"""A small case to reconcile: a dossier that watches one subject, origins, and what becomes of claims on it."""

from datetime import date
from functools import partial

from factory import claim as bare_claim
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Actor, Category, Dossier, Place, Source
from tallystick.model.estimate import Estimate
from tallystick.model.lineage import Independent, Lineage, Origin
from tallystick.model.quantity import Number
from tallystick.reconciliation.reconciliation import reconcile

__all__ = ["DOSSIER", "claim", "line_of", "origin", "span", "weighed"]

# The dossier of these tests watches one subject, in which a country tells who is counted.
claim = partial(bare_claim, origin="KP")
DOSSIER = Dossier(
    name="test",
    title="Test",
    about="For tests.",
    categories=(
        Category("builder", "Builders", "people", "person"),
        Category("deminer", "Deminers", "people", "person"),
        Category("soldier", "Soldiers", "people", "person"),
        Category("laborer", "Laborers", "people", "person"),
        Category("worker", "Workers", "people", "person", parts=("builder", "deminer", "laborer")),
        Category("killed", "Killed", "casualty", "person"),
        Category("household", "Households", "people", "household"),
        Category("money", "Money", "money", "USD"),
        Category("other", "Other", "other", "person"),
    ),
    actors=(
        Actor("agency", "Spy Agency", aliases=("the agency",), kind="organization", linked=("bureau",)),
        Actor("bureau", "War Bureau", kind="organization"),
        Actor("clerk", "Cho Clerk", kind="person", speaks_for=("agency", "state")),
        Actor("minister", "Ann Minister", kind="person"),
        Actor("embassy", "South Embassy", kind="organization", side="KR"),
        Actor("ministry", "South Ministry", kind="organization", side="KR"),
        Actor("army", "North Army", kind="organization", side="KP"),
        Actor("office", "North Office", kind="organization", side="KP"),
    ),
    places=(
        Place("russia", "Russia", country="RU"),
        Place("kursk", "Kursk", aliases=("Kursk region",), country="RU", within="russia"),
        Place("rostov", "Rostov", country="RU", within="russia"),
    ),
    sources=(Source("Good Wire", domains=("goodwire.example",), kind="agency", reliability="B"),),
)


def origin(*claims: Claim, date: str | None = None, low: int = 1, high: int = 1) -> Origin:
    """One origin of these claims."""
    documents = tuple(dict.fromkeys(one.document for one in claims))
    speaker = claims[0].speaker
    name = f"o-{claims[0].id}"
    return Origin(name, speaker, date, documents, tuple(c.id for c in claims), Independent(low, high), "For tests.")


def weighed(
    documents: list[Document],
    claims: list[Claim],
    *origins: Origin,
    as_of: date | None = None,
    dossier: Dossier = DOSSIER,
) -> tuple[Estimate, ...]:
    """The estimates; claims without an origin get one each."""
    held = {name for one in origins for name in one.claims}
    rest = tuple(origin(one, date=one.stated) for one in claims if one.id not in held)
    return reconcile(tuple(documents), tuple(claims), Lineage((), (*origins, *rest)), dossier, as_of=as_of)


def line_of(estimates: tuple[Estimate, ...], one: Claim) -> Estimate:
    """The only estimate that holds a claim."""
    (found,) = (estimate for estimate in estimates if one.id in estimate.claims)
    return found


def span(estimate: Estimate) -> tuple[Number | None, Number | None]:
    """Both ends of its range."""
    return estimate.low, estimate.high
