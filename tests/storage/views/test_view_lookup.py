"""What programs ask by: names, narrow lines and ids of a view are those of the ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench_case import a_case
from copied import Kept
from tallystick.model.claim import Claim
from tallystick.model.ledger import Ledger
from tallystick.storage.case import Case
from tallystick.storage.views import lookup
from tallystick.storage.views.view import View, Views


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of a few reports."""
    return a_case(tmp_path_factory.mktemp("lookup") / "case")


@pytest.fixture
def view(folder: Path, kept: Kept) -> Iterator[View]:
    """A view of it."""
    views = Views(kept(folder), exact=True)
    with views.moment() as held:
        yield held
    views.close()


@pytest.fixture(scope="module")
def ledger(folder: Path) -> Ledger:
    """What it holds."""
    with Case.open(folder, read_only=True) as case:
        return case.ledger()


def test_estimates_are_named_the_most_reported_first(view: View, ledger: Ledger) -> None:
    """Every estimate is there, in the order of the ledger's reports."""
    found = lookup.named(view)
    assert {one.id for one in found} == {one.id for one in ledger.estimates}
    reports = {one.id: one.reports for one in ledger.estimates}
    assert [reports[one.id] for one in found] == sorted(reports.values(), reverse=True)
    assert {one.id: (one.label, one.country) for one in found} == {
        one.id: (one.population.label, one.population.origin) for one in ledger.estimates
    }  # fmt: skip


def test_lines_are_those_of_the_estimates_with_claims_that_carry_them(view: View, ledger: Ledger) -> None:
    """In the order asked for, without what is not there; each quotes claims of its own."""
    names = [one.id for one in ledger.estimates]
    lines = lookup.lines(view, [*reversed(names), "e-none"])
    assert [one.id for one in lines] == names[::-1]
    held = {one.id: one for one in ledger.estimates}
    for line in lines:
        estimate = held[line.id]
        assert (line.best, line.low, line.high, line.credibility) == (
            estimate.best, estimate.low, estimate.high, estimate.credibility,
        )  # fmt: skip
        assert line.quoted
        assert set(line.quoted) <= set(estimate.claims)
        assert line.conflicts == len(estimate.conflicts)


@pytest.mark.parametrize("field", lookup.FIELDS)
def test_values_are_all_that_claims_have(view: View, ledger: Ledger, field: str) -> None:
    """Each once, in order, and no empty one."""
    outlets: dict[str, str | None] = {document.id: document.outlet for document in ledger.documents}
    languages: dict[str, str | None] = {document.id: document.language for document in ledger.documents}

    def own(claim: Claim) -> str | None:
        if field in ("outlet", "language"):
            return (outlets if field == "outlet" else languages)[claim.document]
        value = getattr(claim, "origin" if field == "country" else field)
        return None if value is None else str(value)

    assert list(lookup.values(view, field)) == sorted({value for claim in ledger.claims if (value := own(claim))})


def test_an_id_is_of_its_kind(view: View, ledger: Ledger) -> None:
    """Claims, documents, estimates, origins, flags and hits are told apart; others are of none."""
    for kind, records in (
        ("claim", ledger.claims), ("document", ledger.documents), ("estimate", ledger.estimates),
        ("origin", ledger.lineage.origins), ("flag", ledger.flags), ("hit", ledger.hits),
    ):  # fmt: skip
        assert all(lookup.kinds_of(view, one.id) == (kind,) for one in records)
    assert lookup.kinds_of(view, "none") == ()


def test_an_origin_leads_to_the_estimates_that_weigh_it(view: View, ledger: Ledger) -> None:
    """By the readings of the ledger."""
    for origin in ledger.lineage.origins:
        expected = {one.id for one in ledger.estimates if origin.id in {reading.origin for reading in one.readings}}
        assert {name for name, _ in lookup.weighing(view, origin.id, 100)} == expected


def test_the_latest_report_and_the_codes_of_flags(view: View, ledger: Ledger) -> None:
    """The one that was published last, and each code once."""
    latest = lookup.latest(view)
    assert latest is not None
    assert latest.published == max(document.published or "" for document in ledger.documents)
    assert list(lookup.flag_codes(view)) == sorted({flag.code for flag in ledger.flags})
    rules = lookup.rules(view)
    assert rules is not None
    assert rules.dossier == "dprk-russia"
