"""The part of a large case that a report shows: above the caps the same estimates as the whole ledger gives."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copied import Kept
from tallystick.model.ledger import Ledger
from tallystick.pipeline import run
from tallystick.reporting.selection import first, ranking, select
from tallystick.sample import reports
from tallystick.storage.case import Case
from tallystick.storage.views import foremost as part
from tallystick.storage.views.view import View, Views


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of the sample."""
    folder = tmp_path_factory.mktemp("foremost") / "case"
    with reports() as sample:
        run([sample], folder, "dprk-russia")
    return folder


@pytest.fixture(scope="module")
def whole(case: Path) -> Ledger:
    """Its whole ledger."""
    with Case.open(case, read_only=True) as held:
        return held.ledger()


@pytest.fixture
def view(case: Path, kept: Kept) -> Iterator[View]:
    """A look at it."""
    views = Views(kept(case))
    with views.moment() as moment:
        yield moment
    views.close()


@pytest.mark.parametrize("most", [1, 2, 3, 5, 8, 13])
def test_above_the_cap_the_same_estimates_are_chosen(
    most: int, whole: Ledger, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that the whole ledger puts first, in its order, with the same reasons to come first."""
    assert len(whole.estimates) > most
    monkeypatch.setattr(part, "ESTIMATES", most)
    found = part.foremost(view)
    assert found.estimates == first(whole.estimates, most, ranking(whole))
    ours, theirs = ranking(found), ranking(whole)
    assert [ours(one) for one in found.estimates] == [theirs(one) for one in found.estimates]


def test_what_is_chosen_comes_with_all_that_it_rests_on(
    whole: Ledger, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Claims, reports, origins and facts of an estimate are those of the whole ledger, in its order."""
    monkeypatch.setattr(part, "ESTIMATES", 3)
    found = part.foremost(view)
    wanted = {name for one in found.estimates for name in one.claims}
    assert wanted <= {claim.id for claim in found.claims}
    names = {document.id for document in found.documents}
    assert found.documents == tuple(one for one in whole.documents if one.id in names)
    held = {claim.id for claim in found.claims}
    assert found.claims == tuple(one for one in whole.claims if one.id in held)
    assert found.facts == tuple(one for one in whole.facts if one.document in names)
    origins = tuple(one for one in whole.lineage.origins if not held.isdisjoint(one.claims))
    assert found.lineage.origins == origins


def test_facts_are_in_order_across_portions(whole: Ledger, view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few reports are asked for at once."""
    monkeypatch.setattr(part, "PORTION", 2)
    assert part.foremost(view).facts == whole.facts


def test_a_case_within_the_caps_is_shown_whole(whole: Ledger, view: View) -> None:
    """The selection of the part is that of the ledger."""
    assert select(part.foremost(view)) == select(whole)
