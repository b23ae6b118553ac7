"""What reviewers look at: the queue by its filters, a claim in its paragraph, what holds and may be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from copied import Kept
from reviewing_case import a_case, claim_of, following, said, working
from tallystick.inquiry import reviewing
from tallystick.storage.opening import store_at
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.views import queue, reviews
from tallystick.storage.views.queue import Progress, Round, Sought, next_claim, place_of
from tallystick.storage.views.view import View, Views
from tallystick.workbench.review.desk import paragraph_of

HERALD, WIRE, GAZETTE = "herald-1", "wire-1", "gazette-1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of three reports, which no test touches."""
    return a_case(tmp_path_factory.mktemp("made") / "case")


@pytest.fixture
def folder(made: Path, fresh: Kept) -> CaseAddress:
    """A copy of it."""
    return fresh(made)


@pytest.fixture
def views(folder: CaseAddress) -> Iterator[Views]:
    """Its readers."""
    opened = Views(folder)
    yield opened
    opened.close()


def through(view: View, sought: Sought, me: str = "ana", *, back: bool = False) -> list[str]:
    """The whole queue, one step after another."""
    found: list[str] = []
    place = None
    while (claim := next_claim(view, sought, me, place, back=back)) is not None:
        assert claim not in found
        found.append(claim)
        place = place_of(view, claim)
    return found


def graded(address: CaseAddress) -> None:
    """Give every claim a place of its own in the queue, and two of them the same."""
    told(
        address,
        "UPDATE listing SET sway = 1.0 / position, doubt = 0.1, severity = position % 4",
        "UPDATE listing SET sway = 0.5 WHERE position IN (1, 3)",
    )


def told(address: CaseAddress, *statements: str) -> list[str]:
    """Have the database of a case do something by itself, and give what the last statement finds."""
    store, found = store_at(address), []
    with store.engine(read_only=False).connect() as connection, store.writing(connection):
        for statement in statements:
            done = connection.execute(sa.text(statement))
            found = [str(row[0]) for row in done] if done.returns_rows else []
    return found


def test_the_queue_goes_by_sway_then_doubt_then_the_latest(folder: CaseAddress, views: Views) -> None:
    """Forward and back the same, with nothing twice and nothing left out."""
    graded(folder)
    expected = told(folder, "SELECT claim FROM listing ORDER BY sway DESC, doubt DESC, position DESC")
    with views.moment() as view:
        assert through(view, Sought()) == expected
        assert through(view, Sought(Round.ALL), back=True) == expected[::-1]


@pytest.mark.parametrize("category", [None, "construction_worker", "killed"])
@pytest.mark.parametrize("flagged", [False, True])
def test_filters_leave_what_fits(folder: CaseAddress, views: Views, category: str | None, *, flagged: bool) -> None:
    """By category, by flag, and by both; the progress counts the same."""
    graded(folder)
    of_kind = f" AND category = '{category}'" if category else ""
    fitting = set(told(folder, f"SELECT claim FROM listing WHERE severity > {1 if flagged else -1}{of_kind}"))  # noqa: S608
    with views.moment() as view:
        sought = Sought(category=category, flagged=flagged)
        assert set(through(view, sought)) == fitting
        assert queue.progress(view, sought) == Progress(0, len(fitting))


def test_a_population_is_gone_through_by_itself(folder: CaseAddress, views: Views) -> None:
    """Every claim of its estimate, and no other."""
    with working(folder) as case:
        estimate = case.estimates()[0]
    with views.moment() as view:
        assert set(through(view, Sought(population=estimate.id))) == set(estimate.claims)
        assert reviews.label_of(view, estimate.id) == estimate.population.label
        assert through(view, Sought(population="e-none")) == []


def test_rounds_go_by_who_has_judged(folder: CaseAddress, views: Views) -> None:
    """A judgement counts until it is taken back; what was split or merged is met by what came of it."""
    with working(folder, "ana") as case:
        herald, wire, other = claim_of(case), claim_of(case, WIRE), claim_of(case, WIRE, 1)
        everything = {one.id for one in case.claims()}
        reviewing.accept(case, herald.id, seen=0)
        reviewing.reject(case, claim_of(case, GAZETTE).id, seen=0, why="No.")
        reviewing.merge(case, [wire.id, other.id], said(case, wire), seen=0, why="One.")
        judged = {herald.id, wire.id, claim_of(case, GAZETTE).id}
    with views.moment() as view:
        assert set(through(view, Sought(Round.FIRST))) == everything - judged - {other.id}
        assert set(through(view, Sought(Round.SECOND), "bo")) == judged
        assert through(view, Sought(Round.SECOND), "ana") == []
        assert set(through(view, Sought(Round.MINE), "bo")) == everything - {other.id}
        assert set(through(view, Sought(Round.MINE), "ana")) == everything - judged - {other.id}
        assert set(through(view, Sought(Round.ALL))) == everything - {other.id}
        assert queue.progress(view, Sought()) == Progress(3, 4)
    with working(folder, "ana") as case:
        reviewing.withdraw(case, 1, seen=1, why="Again.")
    with views.moment() as view:
        assert herald.id in through(view, Sought(Round.MINE), "ana")
        assert queue.progress(view, Sought()) == Progress(2, 4)


def test_a_claim_stands_in_its_paragraph(folder: CaseAddress, views: Views) -> None:
    """What stands around it is that of the report, to the code point."""
    with working(folder) as case:
        claims = case.claims()
        texts = {one.id: one.text for one in case.documents()}
    with views.moment() as view:
        for claim in claims:
            found = paragraph_of(view, claim)
            assert found.lead + found.figure + found.rest == claim.quote
            assert found.figure == claim.figure
            whole = found.before + claim.quote + found.after
            assert texts[claim.document][found.start : found.start + len(whole)] == whole


def test_only_the_last_review_of_a_claim_may_be_taken_back(folder: CaseAddress, views: Views) -> None:
    """What was taken back holds no more, and a withdrawal is none that could."""
    with working(folder) as case:
        claim = claim_of(case)
        reviewing.accept(case, claim.id, seen=0)
        reviewing.edit(case, claim.id, said(case, claim, place="Belgorod"), seen=1, why="Read.")
    with views.moment() as view:
        lines = reviews.history(view).lines
        assert [(one.review.number, one.holds, one.open) for one in lines] == [(2, True, True), (1, True, False)]
    with working(folder) as case:
        reviewing.withdraw(case, 2, seen=2, why="No.")
    with views.moment() as view:
        lines = reviews.history(view, claim=claim.id).lines
        assert [(one.review.number, one.holds, one.open) for one in lines] == [
            (3, False, False), (2, False, False), (1, True, True),
        ]  # fmt: skip


def test_the_history_is_cut_into_pages(folder: CaseAddress, views: Views) -> None:
    """The latest first; a page behind the last is the last."""
    with working(folder) as case:
        claim = claim_of(case)
        for number in range(reviews.PAGE + 1):
            reviewing.accept(case, claim.id, seen=number)
    with views.moment() as view:
        first, second = reviews.history(view), reviews.history(view, number=9)
        assert (first.pages, first.total, first.lines[0].review.number) == (2, reviews.PAGE + 1, reviews.PAGE + 1)
        assert [one.review.number for one in second.lines] == [1]
        assert reviews.reviewers(view) == ("ana",)
        assert reviews.last_review(view) == reviews.PAGE + 1


def test_what_moved_since_a_review_is_what_was_derived_after_it(folder: CaseAddress, views: Views) -> None:
    """Nothing of what moved before; and whether more is to come."""
    with working(folder) as case:
        reviewing.reject(case, claim_of(case).id, seen=0, why="No.")
    with views.moment() as view:
        assert reviews.moved_since(view, reviews.state_of(view, 1)) == ((), 0, True)
    with working(folder) as case:
        following(case)
        reviewing.accept(case, claim_of(case, WIRE).id, seen=0)
    with views.moment() as view:
        moved = reviews.moved_since(view, reviews.state_of(view, 1))
        assert "estimate_gone" in [one.kind.value for one in moved.changes]
        assert not moved.behind
        assert reviews.moved_since(view, reviews.state_of(view, 2)) == ((), 0, False)
        assert reviews.moved_since(view, reviews.state_of(view, 99)) == ((), 0, False)


def test_only_what_two_have_judged_is_compared(folder: CaseAddress, views: Views) -> None:
    """With every review of it, and no other."""
    with working(folder, "ana") as case:
        both, one = claim_of(case), claim_of(case, WIRE)
        reviewing.accept(case, both.id, seen=0)
        reviewing.accept(case, one.id, seen=0)
        reviewing.accept(case, one.id, seen=2)
    with working(folder, "bo") as case:
        reviewing.reject(case, both.id, seen=1, why="No.")
    with views.moment() as view:
        assert [found.number for found in reviews.judged_twice(view)] == [1, 4]


def test_the_shares_of_a_claim_are_those_of_its_estimates(folder: CaseAddress, views: Views) -> None:
    """The reading that carries it, and how many stand beside it."""
    with working(folder) as case:
        estimates, claims = case.estimates(), case.claims()
    with views.moment() as view:
        for claim in claims:
            for found in reviews.share_of(view, claim.id):
                estimate = next(one for one in estimates if one.id == found.estimate)
                assert claim.id in found.reading.claims
                assert found.reading in estimate.readings
                assert found.standing == sum(1 for one in estimate.readings if not one.superseded)
