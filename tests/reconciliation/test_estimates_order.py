"""Any order of the same reports, claims and origins gives the same estimates."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from factory import document
from reconciled import DOSSIER, claim, origin
from tallystick.model.claim import Claim, Measure
from tallystick.model.document import Document
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Lineage, Mechanism, Origin
from tallystick.model.quantity import Bound
from tallystick.reconciliation.reconciliation import reconcile

DAYS = ("2024-10-11", "2025-01-10", "2025-04-30", "2025-06-17", "2025-09-02", "2025-12-24")


SPEAKERS = ("Spy Agency", "War Bureau", "Ann Minister", "Cho Clerk", None, "Joe Witness")
FIGURES = ((100, 3121), (300, 3121), (600, 12000), (100, 15000), (615, 12000), (2000, 15000))
REPORTS = tuple(
    document(f"Report {turn}: {killed} killed, {present} there.", id=f"d{turn}", published=day)
    for turn, ((killed, present), day) in enumerate(zip(FIGURES, DAYS, strict=True))
)
TOLLS = tuple(
    claim(report, str(figures[0]), category="killed", speaker=speaker, stated=report.published, place="Kursk")
    for report, speaker, figures in zip(REPORTS, SPEAKERS, FIGURES, strict=True)
)
STOCKS = tuple(
    claim(
        report, str(figures[1]), measure=Measure.STOCK, speaker=speaker, stated=report.published,
        bound=Bound.APPROX if figures[1] > 12000 else Bound.EXACT,
    )
    for report, speaker, figures in zip(REPORTS, SPEAKERS, FIGURES, strict=True)
)  # fmt: skip
ORIGINS = (
    origin(TOLLS[0], TOLLS[3], date="2024-10-11"),
    *(origin(one, date=one.stated) for one in (*TOLLS[1:3], *TOLLS[4:])),
    origin(STOCKS[2], STOCKS[4], date="2025-04-30"),
    *(origin(one, date=one.stated) for one in (*STOCKS[:2], STOCKS[3], STOCKS[5])),
)
EDGES = (
    Edge(TOLLS[4].id, TOLLS[2].id, EdgeLevel.CLAIM, EdgeKind.REVISED, Mechanism.CORRECTION, "It says so.", 0.9),
    Edge("d3", "d0", EdgeLevel.DOCUMENT, EdgeKind.DERIVED, Mechanism.CREDIT, "It says so.", 0.9),
)


@given(
    st.permutations(REPORTS), st.permutations((*TOLLS, *STOCKS)), st.permutations(ORIGINS), st.permutations(EDGES)
)  # fmt: skip
def test_any_order_gives_the_same_bytes(
    reports: list[Document], claims: list[Claim], origins: list[Origin], edges: list[Edge]
) -> None:
    """R24: an estimate is a fold over claims that does not depend on the order in which they came."""
    shuffled = reconcile(tuple(reports), tuple(claims), Lineage(tuple(edges), tuple(origins)), DOSSIER)
    ordered = reconcile(REPORTS, (*TOLLS, *STOCKS), Lineage(EDGES, ORIGINS), DOSSIER)
    assert repr(shuffled) == repr(ordered)


def test_the_day_of_the_estimate_decides_what_is_stale() -> None:
    """R14: the same reports, seen from two days, differ in age alone."""
    lineage = Lineage(EDGES, ORIGINS)
    now = reconcile(REPORTS, (*TOLLS, *STOCKS), lineage, DOSSIER)
    later = reconcile(REPORTS, (*TOLLS, *STOCKS), lineage, DOSSIER, as_of=date(2027, 1, 1))
    assert [one.id for one in now] == [one.id for one in later]
    assert any(not one.stale and other.stale for one, other in zip(now, later, strict=True))
    assert [one.best for one in now] == [one.best for one in later]
