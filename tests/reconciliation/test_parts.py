"""Which lines add up to which."""

from functools import partial

from factory import claim as bare_claim
from factory import document
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.model.dossier import Category, Dossier
from tallystick.model.lineage import Independent, Lineage, Origin
from tallystick.reconciliation.comparing import lines
from tallystick.reconciliation.entries import entries
from tallystick.reconciliation.parts import Parted, Share, parted

claim = partial(bare_claim, origin="KP", speaker="the agency")
DOSSIER = Dossier(
    name="test",
    title="Test",
    about="For tests.",
    categories=(
        Category("builder", "Builders", "people", "person"),
        Category("student", "Students", "people", "person"),
        Category("money", "Money", "money", "money"),
        Category("worker", "Workers", "people", "person", parts=("builder", "student")),
    ),
)


def sums(report: Document, claims: list[Claim], *, joined: bool = False) -> tuple[Parted, ...]:
    """The wholes of one report, each line called by the figure that it holds; all of one origin or each its own."""
    origin = Origin(
        "o-1", "the agency", None, (report.id,), tuple(one.id for one in claims), Independent(1, 1), "Test."
    )
    lineage = Lineage((), (origin,) if joined else ())
    found = lines(entries([report], claims, lineage, DOSSIER), watched=True)
    return parted([Share(line.entries[0].claim.figure, line.entries) for line in found], DOSSIER)


def test_rounded_parts_of_a_listed_whole_are_its_parts() -> None:
    """The words say that these are all, and 13,221 is about the 13,000 of them."""
    report = document("13,000 workers, made up of 7,887 students and 5,334 builders, came.")
    claims = [
        claim(report, "13,000", category="worker"),
        claim(report, "7,887", category="student"),
        claim(report, "5,334", category="builder"),
    ]
    (found,) = sums(report, claims)
    assert (found.whole, found.parts) == ("13,000", ("7,887", "5,334"))
    assert "= 13,221, but for rounding; the parts are not added again" in found.step


def test_some_parts_that_do_not_reach_the_whole_are_no_sum() -> None:
    """Whoever includes some leaves others out."""
    report = document("13,000 workers, including 7,000 students and 5,334 builders, came.")
    claims = [
        claim(report, "13,000", category="worker"),
        claim(report, "7,000", category="student"),
        claim(report, "5,334", category="builder"),
    ]
    assert sums(report, claims) == ()


def test_exact_parts_of_a_listed_whole_need_no_common_origin() -> None:
    """One sentence of one voice is enough."""
    report = document("6,000 workers, including 5,000 builders and 1,000 students, came.")
    claims = [
        claim(report, "6,000", category="worker"),
        claim(report, "5,000", category="builder"),
        claim(report, "1,000", category="student"),
    ]
    (found,) = sums(report, claims)
    assert (found.whole, found.parts) == ("6,000", ("5,000", "1,000"))


def test_parts_of_another_status_or_voice_are_no_parts() -> None:
    """A plan is no part of a fact, and what another says no part of what this one says."""
    report = document("6,000 workers, including 5,000 builders and 1,000 students, came.")
    whole, builders = claim(report, "6,000", category="worker"), claim(report, "5,000", category="builder")
    planned = claim(report, "1,000", category="student", status=Status.PLANNED)
    other = claim(report, "1,000", category="student", speaker="the bureau")
    assert sums(report, [whole, builders, planned]) == ()
    assert sums(report, [whole, builders, other]) == ()


def test_a_line_is_part_of_one_whole() -> None:
    """1,000 students are told as parts of two wholes and stay with the first."""
    text = "6,000 workers, including 5,000 builders and 1,000 students, came."
    report = document(f"{text}\n{text.replace('6,000', '8,000').replace('5,000', '7,000')}")
    claims = [
        claim(report, "6,000", category="worker"),
        claim(report, "5,000", category="builder"),
        claim(report, "1,000", category="student"),
        claim(report, "8,000", category="worker"),
        claim(report, "7,000", category="builder"),
        claim(report, "1,000", category="student", nth=1),
    ]
    found = sums(report, claims)
    assert [one.whole for one in found] == ["6,000"]


def test_money_is_added_only_where_a_sentence_lists_it() -> None:
    """Imports are not made of exports and a deficit."""
    dollars = partial(claim, category="money", unit="USD")
    report = document("Imports were 900 million, exports 700 million, the deficit 200 million.")
    figures = {"900 million": 9, "700 million": 7, "200 million": 2}
    told = [dollars(report, figure, low=size, high=size) for figure, size in figures.items()]
    assert sums(report, told, joined=True) == ()
    report = document("The loan is 900 million, made up of 700 million in cash and 200 million in goods.")
    told = [dollars(report, figure, low=size, high=size) for figure, size in figures.items()]
    assert [found.whole for found in sums(report, told)] == ["900 million"]
