"""Reports that have just come in, as a list shows them."""

from pathlib import Path

from bench_case import a_case
from copied import Kept
from tallystick.storage.views.additions import new_reports
from tallystick.storage.views.view import Views


def test_new_reports_come_in_the_order_asked_for(tmp_path: Path, kept: Kept) -> None:
    """Each with what it tells of itself and the number of its claims; one that is not there is left out."""
    views = Views(kept(a_case(tmp_path / "case")))
    with views.moment() as view:
        found = new_reports(view, ("gazette-1", "not there", "wire-1"))
    views.close()
    assert [one.id for one in found] == ["gazette-1", "wire-1"]
    assert (found[1].outlet, found[1].published, found[1].language) == ("Northern Wire", "2025-06-17", "en")
    assert found[1].name.endswith(".jsonl:1")
    assert found[1].claims == 2


def test_no_report_is_none(tmp_path: Path, kept: Kept) -> None:
    """Nothing is asked for and nothing found."""
    views = Views(kept(a_case(tmp_path / "case")))
    with views.moment() as view:
        assert new_reports(view, ()) == ()
    views.close()
