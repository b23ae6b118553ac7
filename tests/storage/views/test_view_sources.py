"""Outlets and speakers of a case as reports write them, counted by the database as by hand."""

from collections import Counter
from pathlib import Path

from copied import Kept
from flagged_case import a_flagged_case
from tallystick.storage.case import Case
from tallystick.storage.views.sources import outlets, speakers
from tallystick.storage.views.view import Views


def test_counts_are_those_of_the_ledger(tmp_path: Path, kept: Kept) -> None:
    """Reports, figures, which were the first of their origin; figures, origins and days of each speaker."""
    folder = a_flagged_case(tmp_path / "case")
    with Case.open(folder, read_only=True) as case:
        ledger = case.ledger()
    reports = {document.id: document for document in ledger.documents}
    homes = {claim.id: reports[claim.document].outlet for claim in ledger.claims}
    views = Views(kept(folder))
    with views.moment() as view:
        found, spoken = outlets(view), speakers(view)
    views.close()
    assert {one.name: one.reports for one in found} == Counter(one.outlet for one in ledger.documents)
    assert {one.name: one.claims for one in found} == Counter(homes.values())
    first = Counter(homes[origin.claims[0]] for origin in ledger.lineage.origins)
    assert {one.name: one.first for one in found if one.first} == first
    assert {one.name: one.claims for one in spoken} == Counter(one.speaker for one in ledger.claims if one.speaker)
    said = Counter(origin.speaker for origin in ledger.lineage.origins if origin.speaker)
    assert {one.name: one.origins for one in spoken if one.origins} == said
    for one in spoken:
        days = [reports[claim.document].published for claim in ledger.claims if claim.speaker == one.name]
        assert (one.begin, one.end) == (min(filter(None, days)), max(filter(None, days)))
