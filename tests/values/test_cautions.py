"""What a report must not say: findings of law outside quotations, and sureness beside likelihood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.values.cautions import objections


def words(text: str, quoted: tuple[tuple[int, int], ...] = ()) -> list[str]:
    """The words that are objected to."""
    return [one.word for one in objections(text, quoted=quoted)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The deployment violates paragraph 8.", ["violates"]),
        ("It is a clear breach, and illegal.", ["breach", "illegal"]),
        ("This would be incompatible with paragraph 8 if they earn income.", []),
        ("The ministry called it “a clear violation of the sanctions”.", []),
        ('The ministry called it "unlawful" and left.', []),
        ("They say « violation » often; the violation is not shown.", ["violation"]),
        ("The breach in the dike was closed.", ["breach"]),
        ("The unviolated text stands.", []),
    ],
)
def test_findings_are_refused_outside_quotations(text: str, found: list[str]) -> None:
    """A quoted speaker may say what he likes."""
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We judge with high confidence that arrival is very likely.", ["high confidence"]),
        ("Arrival is very likely. We have high confidence in the sources.", []),
        ("Arrival is likely, return is improbable.", ["improbable"]),
        ("Arrival is very unlikely; return is unlikely.", []),
        ("He said: “We are confident that it is likely.”", []),
    ],
)
def test_how_sure_and_how_likely_are_two_sentences(text: str, found: list[str]) -> None:
    """ICD 203: a confidence and a likelihood never stand together, nor the two rows of words."""
    assert words(text) == found


def test_a_given_quotation_counts_as_one() -> None:
    """Spans of claims are quotations, with or without marks."""
    text = "Seoul: a clear violation"
    assert words(text) == ["violation"]
    assert words(text, ((7, len(text)),)) == []


@pytest.mark.parametrize("marks", ["." * 300_000, "." * 150_000 + ")" * 150_000], ids=["stops", "closed"])
def test_a_long_run_of_marks_takes_linear_time(marks: str) -> None:
    """Leaders of a table of contents, or worse; in quadratic time this would take half an hour."""
    assert words(f"It is likely{marks} With high confidence, a breach.") == ["breach"]


@given(st.text(max_size=400))
def test_every_objection_holds_its_word(text: str) -> None:
    """Whatever comes in: spans hold the words, in order, and none stands inside the quoted whole."""
    found = objections(text)
    assert [text[one.start : one.end] for one in found] == [one.word for one in found]
    assert list(found) == sorted(found)
    assert objections(text, quoted=((0, len(text)),)) == ()


@given(st.lists(st.sampled_from(["breach", "likely", "high confidence", "“", "”", '"', ". ", "\n", " probable "])))
def test_marks_and_words_in_any_order_end(pieces: list[str]) -> None:
    """No mixture of marks makes it fail."""
    assert all(one.reason for one in objections(" ".join(pieces)))
