"""Populations, a case at a glance and what moved, as the workbench asks a case for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench_case import AtOnce, a_bench, a_case
from copied import Kept
from tallystick.errors import UnknownEstimateError
from tallystick.model.claim import Status
from tallystick.model.review import ReviewVerdict
from tallystick.pipeline import keeper
from tallystick.storage.case import Case
from tallystick.storage.reviewing import Proposal
from tallystick.storage.views.changes import moves
from tallystick.storage.views.glance import glance
from tallystick.storage.views.populations import Sought, categories, groups, ledger_around, told, whole
from tallystick.storage.views.view import View, Views


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case of three reports."""
    return a_case(tmp_path / "case")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same one, which no test changes."""
    return a_case(tmp_path_factory.mktemp("populations") / "case")


@pytest.fixture
def view(made: Path, kept: Kept) -> Iterator[View]:
    """A view of it."""
    views = Views(kept(made))
    with views.moment() as opened:
        yield opened
    views.close()


def test_every_estimate_stands_under_its_population(made: Path, view: View) -> None:
    """A page of populations holds the estimates that the case has, each once."""
    with Case.open(made, read_only=True) as case:
        known = {one.id for one in case.estimates()}
    found = groups(view, Sought(), 1)
    assert {line.id for group in found.groups for line in group.lines} == known
    assert found.total == len({group.population for group in found.groups})


def test_populations_are_narrowed_by_status_category_and_words(view: View) -> None:
    """What does not fit is left out, estimates of a population among them."""
    denied = groups(view, Sought(status="denied"), 1)
    assert {line.status for group in denied.groups for line in group.lines} == {Status.DENIED}
    category = categories(view)[0]
    assert {group.population.category for group in groups(view, Sought(category=category), 1).groups} == {category}
    assert not groups(view, Sought(text="100% of_no%one"), 1).groups


def test_a_page_behind_the_last_is_the_last(view: View) -> None:
    """Somebody who keeps an address from before sees populations, not an empty page."""
    assert groups(view, Sought(), 999) == groups(view, Sought(), 1)


def test_the_most_reported_population_comes_first(view: View) -> None:
    """The order is that of reports."""
    reported = [sum(line.reports for line in group.lines) for group in groups(view, Sought(), 1).groups]
    assert reported == sorted(reported, reverse=True)


def test_a_whole_population_quotes_each_reading(made: Path, view: View) -> None:
    """Every reading of an estimate leads to a sentence that holds its figure, at its place in the report."""
    with Case.open(made, read_only=True) as case:
        texts = {one.id: one.text for one in case.documents()}
        asked = case.estimates()[0]
    found = whole(view, asked.id)
    assert found.estimates[0].id == asked.id
    assert [one.origin for one in found.estimates[0].readings] == [one.origin for one in asked.readings]
    for reading in found.estimates[0].readings:
        claim = found.told[reading.claims[0]]
        assert texts[claim.document][claim.start : claim.end] == claim.figure
        assert claim.figure in claim.quote


def test_an_unknown_estimate_is_told(view: View) -> None:
    """Neither its page nor its words are made up."""
    for ask in (whole, ledger_around):
        with pytest.raises(UnknownEstimateError):
            ask(view, "e-none")


def test_a_claim_that_is_not_there_is_left_out(view: View) -> None:
    """Sentences are given of claims that the case has."""
    assert told(view, ["c-none"]) == {}


def test_a_glance_counts_what_the_case_holds(made: Path, view: View) -> None:
    """The counts are those of the case itself."""
    with Case.open(made, read_only=True) as case:
        ledger = case.ledger()
    found = glance(view)
    assert (found.reports, found.claims, found.estimates) == (
        len(ledger.documents), len(ledger.claims), len(ledger.estimates),
    )  # fmt: skip
    assert (found.flagged, found.hits_held) == (len(ledger.flags), len(ledger.hits))
    assert (found.reviewed, found.to_review) == (0, len(ledger.claims))


def test_a_rejected_claim_is_reviewed_and_counts_no_more(folder: Path) -> None:
    """Somebody who takes a claim away has reviewed it."""
    with Case.open(folder, keeper=keeper("ana")) as case:
        claim = case.claims()[0]
        before = len(case.claims())
        case.review(Proposal(ReviewVerdict.REJECTED, claim.document, (claim,), (), "no figure"), seen=0)
    views = Views(folder)
    with views.moment() as view:
        found = glance(view)
    views.close()
    assert (found.claims, found.reviewed, found.to_review) == (before - 1, 1, before - 1)


def test_what_a_review_moved_is_told_of_its_population(folder: Path) -> None:
    """A change stands with the population that it is about, and can be asked for by kind and time."""
    with Case.open(folder, keeper=keeper("ana")) as case:
        claim = case.claims()[0]
        review = case.review(Proposal(ReviewVerdict.REJECTED, claim.document, (claim,), (), "no figure"), seen=0)
    AtOnce(folder).follow("ana")
    with Case.open(folder, keeper=keeper("ana")) as case:
        taken_back = Proposal(ReviewVerdict.WITHDRAWN, claim.document, (), (), "a figure", of=review.number)
        case.review(taken_back, seen=review.number)
    AtOnce(folder).follow("ana")
    views = Views(folder)
    with views.moment() as view:
        found = moves(view)
        assert found.total == len(found.moved) > 0
        assert any(one.about is not None for one in moves(view, kind="estimates").moved)
        assert not moves(view, since="2999-01-01").moved
    views.close()


def test_before_anything_moved_there_is_nothing_to_tell(view: View) -> None:
    """A case that was only filled has no changes."""
    assert moves(view).total == 0


def test_a_bench_can_be_made_on_the_case(folder: Path) -> None:
    """The tests of the rooms stand on the same case."""
    bench = a_bench(folder)
    assert bench.folder == folder
    bench.views.close()
