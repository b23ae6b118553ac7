"""Which figures of a sentence are parts of which, and whether they add up."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import claim, document
from tallystick.model.claim import Claim
from tallystick.model.dossier import Category
from tallystick.model.quantity import Bound
from tallystick.values.sums import (
    Fit,
    Sentence,
    Term,
    enumeration,
    fit,
    is_summable,
    is_toll,
    loose,
    rounded_by,
    sentences,
    term,
)


def only(text: str, *figures: str) -> Sentence:
    """The one sentence of a text with claims on these figures."""
    report = document(text)
    (sentence,) = sentences(claim(report, figure) for figure in figures)
    return sentence


def parts_of(text: str, *figures: str) -> tuple[str, list[str], bool] | None:
    """Whole and parts of a sentence, as figures."""
    found = enumeration(only(text, *figures), lambda _whole, _part: True)
    return None if found is None else (found.whole.figure, [part.figure for part in found.parts], found.complete)


@pytest.mark.parametrize(
    ("text", "figures", "expected"),
    [
        ("60 men, including 50 cooks and 12 maids", ("60", "50", "12"), ("60", ["50", "12"], False)),
        ("60 men, made up of 50 cooks, 4 maids", ("60", "50", "4"), ("60", ["50", "4"], True)),
        ("50 cooks and 4 maids, a total of 60 men", ("50", "4", "60"), ("60", ["50", "4"], True)),
        ("60 men, of whom 50 cook along with an additional 12", ("60", "50", "12"), ("60", ["50", "12"], False)),
        ("60 men, including 50, among them 12 maids", ("60", "50", "12"), ("60", ["50"], False)),
        ("60 men, including 80 cooks", ("60", "80"), ("60", ["80"], False)),
        ("60 men went. Others include 50 cooks", ("60", "50"), None),
        ("56 guests and 10 crew, among them 30 women", ("56", "10", "30"), None),
        ("10 dead, including 2 boys - 10 people died", ("10", "2"), ("10", ["2"], False)),
        ("450 cars, including 250 to Japan, after a record last year of 300", ("450", "250", "300"),
         ("450", ["250"], False)),
        ("60 men: 50 cooks and 12 maids", ("60", "50", "12"), ("60", ["50", "12"], False)),
        ("60 men went: then 50 cooks", ("60", "50"), None),
        ("60 men, made up of 50 cooks, 4 maids and a driver", ("60", "50", "4"), ("60", ["50", "4"], False)),
        ("60 men, made up of 50 cooks, 3 more, and 4 maids", ("60", "50", "4"), ("60", ["50", "4"], False)),
        ("60 men, made up of 50 cooks, 4 maids. And a dog.", ("60", "50", "4"), ("60", ["50", "4"], True)),
        ("60 men and 50 cooks", ("60", "50"), None),
        ("60 men", ("60",), None),
    ],
)  # fmt: skip
def test_only_what_the_words_list_is_a_part(
    text: str, figures: tuple[str, ...], expected: tuple[str, list[str], bool] | None
) -> None:
    """Lists, totals and parts of parts are told apart; other statements of the sentence stay out."""
    assert parts_of(text, *figures) == expected


def test_the_whole_told_again_is_no_part() -> None:
    """A headline and its first sentence may stand together: forty dead, and forty people are dead."""
    report = document("40 dead, including 20 boys, and 40 people are dead")
    claims = [claim(report, "40"), claim(report, "20"), claim(report, "40", nth=1)]
    (sentence,) = sentences(claims)
    found = enumeration(sentence, lambda _whole, _part: True)
    assert found is not None
    assert [part.figure for part in found.parts] == ["20"]


def test_what_is_no_kin_is_no_part() -> None:
    """Whoever asks decides of what a whole may be made."""
    assert enumeration(only("60 men, including 50 cooks", "60", "50"), lambda _whole, _part: False) is None


def test_parts_under_another_name_are_read_where_they_cannot_overlap() -> None:
    """Complete lists and single parts; "including 50 women and 40 cooks" may count cooks among the women."""

    def strict(_whole: Claim, part: Claim) -> bool:
        return part.figure not in ("50", "40", "80")

    def found(text: str, *figures: str) -> int:
        read = enumeration(only(text, *figures), strict, lambda _whole, _part: True)
        return 0 if read is None else len(read.parts)

    assert found("60 men, made up of 50 women and 40 cooks", "60", "50", "40") == 2
    assert found("60 men, including 50 women and 40 cooks", "60", "50", "40") == 0
    assert found("60 men, including 80 women", "60", "80") == 1


def test_a_sentence_that_stands_twice_is_two_sentences() -> None:
    """The parts of the first are not those of the second."""
    line = "60 men, including 50 cooks"
    report = document(f"{line}\n{line}")
    claims = [claim(report, figure, nth=nth) for nth in (0, 1) for figure in ("60", "50")]
    assert [len(sentence.claims) for sentence in sentences(claims)] == [2, 2]


def test_the_place_of_a_figure_in_its_sentence_is_that_with_its_surroundings() -> None:
    """A figure that stands three times is found by what goes before it."""
    report = document("Before.\nOf 20 and 20 there were 20 left")
    (sentence,) = sentences([claim(report, "20", nth=2)])
    assert sentence.text(sentence.start, sentence.claims[0].start) == "Of 20 and 20 there were "


def exact(value: float) -> Term:
    """A bare figure."""
    return Term(value, value, value, value)


@pytest.mark.parametrize(
    ("whole", "parts", "complete", "expected"),
    [
        (6000, (5000, 1000), True, Fit.EXACT),
        (13000, (7887, 5334), True, Fit.ROUNDED),
        (6000, (5000, 2000), False, Fit.TOO_MUCH),
        (6000, (3000, 1000), True, Fit.TOO_LITTLE),
        (6000, (3000, 1000), False, Fit.ROUNDED),
        (7300, (2400, 2500, 2500), True, Fit.ROUNDED),
        (134, (34, 101), False, Fit.TOO_MUCH),
        (18, (12, 5), True, Fit.TOO_LITTLE),
    ],
)
def test_rounding_excuses_half_a_unit_of_each_figure_and_a_tenth_of_the_whole(
    whole: float, parts: tuple[float, ...], expected: Fit, *, complete: bool
) -> None:
    """Small figures were counted and must fit to the one."""
    assert fit(exact(whole), [exact(part) for part in parts], complete=complete) is expected


def test_open_bounds_excuse_what_they_leave_open() -> None:
    """More than 6,000 may be 7,000, and at most 5,000 may be less."""
    assert fit(Term(6000, inf, 6000, inf), [exact(7000)], complete=True) is Fit.ROUNDED
    assert fit(exact(6000), [exact(4000), Term(-inf, 5000, -inf, 5000)], complete=True) is Fit.ROUNDED


def hedged(text: str, bound: Bound) -> Claim:
    """A claim on 1,000."""
    return claim(document(text), "1,000", bound=bound)


def test_about_allows_a_tenth_and_nearly_nothing_above() -> None:
    """The words before the figure tell them apart."""
    assert term(hedged("About 1,000 came", Bound.APPROX)) == Term(1000, 1000, 900, 1100)
    assert term(hedged("Nearly 1,000 came", Bound.APPROX)) == Term(1000, 1000, 900, 1000)
    assert term(hedged("Just 1,000 came", Bound.EXACT)) == Term(1000, 1000, 1000, 1000)


@given(st.integers(1, 10**12))
def test_a_lone_figure_is_rounded_by_a_tenth_at_most(value: int) -> None:
    """Half a unit of the last digit, or a tenth where that is less."""
    low, high = loose(exact(value))
    assert value * 0.9 - 1e-3 <= low <= value <= high <= value * 1.1 + 1e-3
    assert rounded_by(value) <= value / 2


def test_losses_are_casualties_and_pretax_loss_is_none() -> None:
    """The noun decides; of money no part is bounded by its whole."""
    tolls = Category("casualty", "Casualties", "casualty", "person", parts=("killed",))
    report = document("55")
    counted = {noun: claim(report, "55", counted=noun) for noun in ("losses", "pretax loss", "people")}
    assert [noun for noun, one in counted.items() if is_toll(one, tolls)] == ["losses"]
    assert [noun for noun, one in counted.items() if is_summable(one, tolls)] == ["losses"]
    assert not is_summable(counted["people"], Category("money", "Money", "money", "money"))
    assert is_summable(counted["people"], None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("55 soldiers were killed or wounded", True),
        ("55 people dead and wounded two others", False),
        ("55 people were killed", False),
    ],
)
def test_killed_or_wounded_are_a_toll_and_dead_and_wounded_two_are_none(text: str, *, expected: bool) -> None:
    """The words behind the figure tell as well."""
    tolls = Category("casualty", "Casualties", "casualty", "person", parts=("killed",))
    assert is_toll(claim(document(text), "55", counted="people"), tolls) is expected
