"""Flags as a case with many of them gives them: in order, page by page, with the first of their evidence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copied import Kept
from flagged_case import a_flagged_case
from tallystick.model.flag import Evidence, Flag
from tallystick.model.ledger import Derived
from tallystick.storage.case import Case
from tallystick.storage.views.flags import (
    MOST_CLAIMS,
    MOST_SPANS,
    PER_PAGE,
    FlagFilter,
    flag_groups,
    flag_page,
    one_flag,
)
from tallystick.storage.views.view import View, Views

MANY = 2 * PER_PAGE + 5


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with many flags, one of them with much evidence."""
    folder = a_flagged_case(tmp_path_factory.mktemp("flags") / "case")
    with Case.open(folder) as case:
        claims = [claim.id for claim in case.claims()]
        span = Evidence("press-1", 0, 4)
        flags = [
            Flag(f"f-{number:03}", ("stale_figure", "conflict")[number % 2], "warning", "Why.", (claims[0],), (span,))
            for number in range(MANY)
        ]
        spans = tuple(Evidence("press-1", at, at + 1) for at in range(0, 120, 2))
        flags.append(Flag("f-much", "single_origin", "note", "Why.", tuple(claims), spans))
        flags.append(Flag("f-grave", "sum_mismatch", "error", "Why.", (), (Evidence("gone", 0, 1),)))
        held = {number: Derived() for number in case.derived()}
        block = max(held)
        case.replace_derived({**held, block: Derived(flags=tuple(flags))})
    return folder


@pytest.fixture
def view(made: Path, kept: Kept) -> Iterator[View]:
    """A moment of it."""
    views = Views(kept(made))
    with views.moment() as moment:
        yield moment
    views.close()


def test_groups_count_all_of_them_the_gravest_first(view: View) -> None:
    """By severity, then by code."""
    half = MANY // 2
    assert [tuple(one) for one in flag_groups(view)] == [
        ("error", "sum_mismatch", 1), ("warning", "conflict", half), ("warning", "stale_figure", MANY - half),
        ("note", "single_origin", 1),
    ]  # fmt: skip


def test_pages_show_every_flag_once_in_that_order(view: View) -> None:
    """A page may hold the end of one group and the beginning of the next."""
    first = flag_page(view, FlagFilter())
    pages = [first, *(flag_page(view, FlagFilter(), number) for number in range(2, first.pages + 1))]
    names = [flag.id for page in pages for flag in page.flags]
    assert (first.total, first.pages) == (MANY + 2, 3)
    assert len(names) == len(set(names)) == MANY + 2
    codes = [flag.code for page in pages for flag in page.flags]
    assert codes == sorted(codes, key=["sum_mismatch", "conflict", "stale_figure", "single_origin"].index)


@pytest.mark.parametrize(("number", "shown"), [(0, 1), (-3, 1), (2, 2), (99, 3)])
def test_a_page_that_is_not_there_gives_the_nearest(view: View, number: int, shown: int) -> None:
    """Also where flags have gone since the address was made."""
    assert flag_page(view, FlagFilter(), number).number == shown


def test_of_much_evidence_the_first_is_shown_and_the_rest_counted(view: View) -> None:
    """Neither spans nor claims of one flag fill a page."""
    flag = flag_page(view, FlagFilter(code="single_origin")).flags[0]
    assert sum(len(one.spans) for one in flag.spans) == MOST_SPANS
    assert flag.more_spans == 60 - MOST_SPANS
    assert len(flag.claims) == MOST_CLAIMS
    assert flag.more_claims > 0
    days = [claim.published or "" for claim in flag.claims]
    assert days == sorted(days)


def test_one_flag_alone_shows_all_of_it(view: View) -> None:
    """What a list leaves out is there; a flag that is not in the case is none."""
    flag = one_flag(view, "f-much")
    assert flag is not None
    assert (sum(len(one.spans) for one in flag.spans), flag.more_spans, flag.more_claims) == (60, 0, 0)
    assert one_flag(view, "f-none") is None


def test_evidence_in_a_report_that_is_gone_is_left_out(view: View) -> None:
    """The flag is shown with its reason."""
    flag = flag_page(view, FlagFilter(severity="error")).flags[0]
    assert (flag.reason, flag.spans, flag.claims) == ("Why.", (), ())


def test_a_filter_of_claims_gives_pages_as_well(view: View) -> None:
    """In the same order, with counts of what it leaves."""
    with_claim = flag_page(view, FlagFilter(code="single_origin")).flags[0].claims
    wanted = [FlagFilter(claim=claim.id) for claim in with_claim]
    totals = {flag_page(view, one).total for one in wanted}
    assert totals == {1, MANY + 1}
    many = next(one for one in wanted if flag_page(view, one).total > 1)
    names = [flag.id for number in (1, 2, 3) for flag in flag_page(view, many, number).flags]
    assert len(names) == len(set(names)) == MANY + 1
    assert {one.code for one in flag_page(view, many).groups} == {"conflict", "stale_figure", "single_origin"}
    assert flag_page(view, many._replace(code="single_origin")).total == 1
