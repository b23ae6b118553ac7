"""How far reviewers agree, on worked examples and whatever they say."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.inquiry.agreement import Agreement, Field, agreement, alpha, opinions
from tallystick.model.claim import Claim, Status
from tallystick.model.quantity import Bound
from tallystick.model.review import Review, ReviewVerdict

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: four observers of twelve units.
OBSERVED = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
UNITS = st.lists(st.lists(st.sampled_from("abc"), max_size=5), max_size=12)


def claim(name: str = "c-1", **fields: object) -> Claim:
    """A claim of which only what matters here is set."""
    made = Claim(
        id=name, document="d-1", start=0, end=1, figure="5", low=5, high=5, bound=Bound.EXACT, unit="person",
        counted=None, category="killed", origin=None, place=None, status=Status.ACTUAL, aspect=None, measure=None,
        speaker=None, via=None, when=None, stated=None, quote="5", prefix="", suffix="", grounds=(),
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def review(
    number: int, by: str, verdict: ReviewVerdict, before: tuple[Claim, ...], after: tuple[Claim, ...],
    of: int | None = None,
) -> Review:  # fmt: skip
    """A review."""
    return Review(number, "2025-06-17T12:00:00Z", by, verdict, "d-1", before, after, "", of)


def accepted(number: int, by: str, one: Claim | None = None) -> Review:
    """An acceptance."""
    held = one or claim()
    return review(number, by, ReviewVerdict.ACCEPTED, (held,), (held,))


def rejected(number: int, by: str, one: Claim | None = None) -> Review:
    """A rejection."""
    return review(number, by, ReviewVerdict.REJECTED, (one or claim(),), ())


def of(found: Agreement, name: str) -> Field:
    """What people agree on in one field."""
    return next(one for one in found.fields if one.name == name)


def test_alpha_of_the_worked_example() -> None:
    """0.743, as the paper has it."""
    columns = zip(*(row.split() for row in OBSERVED), strict=True)
    assert alpha([[one for one in column if one != "."] for column in columns]) == pytest.approx(0.743, abs=5e-4)


def test_alpha_of_two_who_never_agree_is_below_chance() -> None:
    """Two things, two values each way: (n - 1) * 4 of 8 pairs of four values."""
    assert alpha([["a", "b"], ["b", "a"]]) == pytest.approx(-0.5)


@pytest.mark.parametrize("units", [[], [[]], [["a"]], [["a"], ["b"]], [["a", "a"], ["a", "a"]]])
def test_alpha_of_what_tells_nothing_is_none(units: list[list[str]]) -> None:
    """Nothing to pair, or one value alone."""
    assert alpha(units) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(2, 5)), min_size=2))
def test_alpha_of_perfect_agreement_is_1(told: list[tuple[str, int]]) -> None:
    """Where there are two values at all."""
    found = alpha([[value] * times for value, times in told])
    assert found == (1 if len({value for value, _ in told}) > 1 else None)


@given(UNITS, st.randoms())
def test_alpha_does_not_depend_on_order(units: list[list[str]], chance: Random) -> None:
    """Neither of things nor of people, to the last bit; nor on what the values are called."""
    mixed = [chance.sample(unit, len(unit)) for unit in units]
    chance.shuffle(mixed)
    names = {"a": "z", "b": "y", "c": "x"}
    assert alpha(units) == alpha(mixed) == alpha([[names[value] for value in unit] for unit in units])


@given(UNITS)
def test_alpha_is_at_most_1(units: list[list[str]]) -> None:
    """And 1 only where nobody differs."""
    found = alpha(units)
    differ = any(len(set(unit)) > 1 for unit in units)
    assert found is None or (found < 1 if differ else found == 1)


def test_the_first_judgement_of_each_person_counts() -> None:
    """Also where it was taken back, and whatever the person said later."""
    found = opinions([
        rejected(1, "ana"), review(2, "ana", ReviewVerdict.WITHDRAWN, (), (claim(),), 1), accepted(3, "ana"),
        accepted(4, "bo"),
    ])["c-1"]  # fmt: skip
    assert [(one.by, one.review, one.accepted) for one in found] == [("ana", 1, False), ("bo", 4, True)]


def test_what_one_person_alone_has_judged_tells_nothing() -> None:
    """However often."""
    found = agreement([accepted(1, "ana"), rejected(2, "ana")])
    assert (found.claims, found.people, found.disagreements) == (0, (), ())
    assert all((one.pairs, one.alpha) == (0, None) for one in found.fields)


def test_verdicts_are_compared_in_pairs() -> None:
    """Three people make three pairs."""
    found = agreement([accepted(1, "ana"), accepted(2, "bo"), rejected(3, "cy"), accepted(4, "ana", claim("c-2")),
                       accepted(5, "bo", claim("c-2"))])  # fmt: skip
    assert found.fields[0] == Field("verdict", 4, 2, 2, found.fields[0].alpha)
    assert found.people == ("ana", "bo", "cy")


def test_fields_are_compared_where_both_read_a_claim() -> None:
    """Whoever says that it is none says nothing of its place."""
    moved = claim(place="Kursk")
    found = agreement([
        accepted(1, "ana"), review(2, "bo", ReviewVerdict.EDITED, (claim(),), (moved,)), rejected(3, "cy", moved),
    ])  # fmt: skip
    place, low = of(found, "place"), of(found, "low")
    assert (place.pairs, place.agreed, place.claims) == (1, 0, 1)
    assert (low.pairs, low.agreed, low.claims) == (1, 1, 1)
    assert found.fields[1] == place


def test_disagreements_say_who_has_what() -> None:
    """By claim, the verdict first."""
    moved = claim(place="Kursk")
    found = agreement([
        accepted(1, "ana"), review(2, "bo", ReviewVerdict.EDITED, (claim(),), (moved,)), rejected(3, "cy", moved),
    ])  # fmt: skip
    assert [(one.claim, one.figure, one.field, one.said) for one in found.disagreements] == [
        ("c-1", "5", "verdict", (("ana", "a claim"), ("bo", "a claim"), ("cy", "no claim"))),
        ("c-1", "5", "place", (("ana", ""), ("bo", "Kursk"))),
    ]


def test_whoever_splits_a_claim_finds_one_there() -> None:
    """But no one reading of it."""
    parts = (claim(), claim("c-2"))
    found = opinions([review(1, "ana", ReviewVerdict.SPLIT, (claim(),), parts), accepted(2, "bo")])
    assert [(one.accepted, one.claim is None) for one in found["c-1"]] == [(True, True), (True, False)]
    assert "c-2" not in found
