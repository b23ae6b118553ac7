"""Ratio words, the figures that they compare and whether they fit."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import claim, document
from tallystick.values.ratios import Comparison, Verdict, comparisons, quotient, verdict
from tallystick.values.sums import Term, sentences, term


def compared(text: str, *figures: str) -> list[Comparison]:
    """The comparisons of a sentence with claims on these figures."""
    report = document(text)
    (sentence,) = sentences(sorted((claim(report, figure) for figure in figures), key=lambda one: one.start))
    return list(comparisons(sentence))


@pytest.mark.parametrize(
    ("text", "figure", "start", "low", "high"),
    [
        ("33 came, triple the 11 of last year", "33", "11", 2.85, 3.15),
        ("33 came, nearly triple the 11 of last year", "33", "11", 2.7, 3.0),
        ("33 came, about triple the 11 of last year", "33", "11", 2.7, 3.3),
        ("33 came, more than double the 11 of last year", "33", "11", 2.0, inf),
        ("33 came, less than half of the 80 of last year", "33", "80", 0.0, 0.5),
        ("33 came, 12 times the previous 11", "33", "11", 11.4, 12.6),
        ("33 came, three times more than the 11 of May", "33", "11", 2.85, 4.15),
        ("The number doubled to 44 from 22", "44", "22", 1.9, 2.1),
        ("The number tripled from 22 in May to 66", "66", "22", 2.85, 3.15),
        ("33 is a third of the 99", "33", "99", 0.95 / 3, 1.05 / 3),
    ],
)
def test_ratio_words_are_read_with_their_hedges(text: str, figure: str, start: str, low: float, high: float) -> None:
    """What is compared with what, and for which multiples the words are right."""
    (found,) = compared(text, figure, start)
    assert (found.figure.figure, found.start.figure) == (figure, start)
    assert (found.ratio.low, found.ratio.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("33 came, and half of the 80 died", ("33", "80")),
        ("33 came in a double attack that killed 80", ("33", "80")),
        ("33 came; double the 80 had been there", ("33", "80")),
        ("33 were shot three times, 80 fled", ("33", "80")),
        ("33 came, who were half of the 80 that left", ("33", "80")),
        ("Output doubled in 33 towns, while 80 closed", ("33", "80")),
        ("33 came, double", ("33",)),
    ],
)
def test_other_uses_of_the_words_compare_nothing(text: str, figures: tuple[str, ...]) -> None:
    """Only a word right behind one figure and right before another ties them."""
    assert compared(text, *figures) == []


def test_figures_of_different_units_are_not_compared() -> None:
    """Tonnes are no multiple of people."""
    report = document("33 came, triple the 11 of last year")
    (sentence,) = sentences([claim(report, "33"), claim(report, "11", unit="tonne")])
    assert list(comparisons(sentence)) == []


@pytest.mark.parametrize(
    ("text", "figures", "expected"),
    [
        ("33 came, triple the 11", ("33", "11"), Verdict.RIGHT),
        ("27 came, triple the 11", ("27", "11"), Verdict.WRONG),
        ("30,000 came, triple the 11,000", ("30,000", "11,000"), Verdict.RIGHT),
        ("25,000 came, triple the 11,000", ("25,000", "11,000"), Verdict.WRONG),
        ("30,001 came, triple the 11,001", ("30,001", "11,001"), Verdict.WRONG),
        ("27 came, more than double the 11", ("27", "11"), Verdict.RIGHT),
        ("36 came, more than double the 11", ("36", "11"), Verdict.UNDERSTATED),
        ("40 came, almost triple the 11", ("40", "11"), Verdict.WRONG),
    ],
)
def test_a_ratio_is_wrong_only_where_no_reading_fits(text: str, figures: tuple[str, str], expected: Verdict) -> None:
    """True but too little is a verdict of its own."""
    (found,) = compared(text, *figures)
    assert verdict(found.ratio, term(found.figure), term(found.start)) is expected


def test_an_open_bound_leaves_its_quotient_open() -> None:
    """At least 33 of 11 are three times or more."""
    assert quotient(Term(33, inf, 33, inf), Term(11, 11, 11, 11)) == (3.0, inf)
    assert quotient(Term(33, 33, 33, 33), Term(0, 0, 0, 0)) == (0.0, inf)


@given(st.text("double triple times 12 the, from to half of a ", max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Whatever stands around a figure, nothing breaks."""
    report = document(f"7 {text} 9")
    first, last = claim(report, "7"), claim(report, "9")
    for sentence in sentences([first, last]):
        assert all(found.figure is not found.start for found in comparisons(sentence))
