"""What the words at a marked span tell of a claim: nothing is invented."""

from dataclasses import replace

import pytest

from factory import document
from tallystick.dossiers.loading import load
from tallystick.errors import ReviewError
from tallystick.inquiry.fields import Entry
from tallystick.inquiry.proposing import propose
from tallystick.model.dossier import Dossier

TEXT = (
    "North Korea will send 5,000 construction workers to Kursk, Sergei Shoigu said on Tuesday.\n"
    "More than 300 cows were sold in Kursk in May 2025, Roman Starovoit said. Nobody counted them."
)


def at(words: str) -> tuple[int, int]:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    """A dossier that counts no cows."""
    return load("dprk-russia")


def test_where_the_rules_read_a_claim_it_is_that(dossier: Dossier) -> None:
    """Also where only a part of its figure is marked, or more than it."""
    for words in ("5,000", ",0", "send 5,000 construction"):
        found = propose(document(TEXT, published="2025-06-17"), dossier, *at(words))
        assert (found.entry.low, found.entry.category, found.entry.speaker) == (
            "5000", "construction_worker", "Sergei Shoigu",
        )  # fmt: skip
        assert (int(found.entry.start), int(found.entry.end)) == at("5,000")


def test_where_no_claim_is_read_the_sentence_tells_the_fields(dossier: Dossier) -> None:
    """The figure with its bound, what is counted, place, time and speaker; no category, and no unit with it."""
    entry = propose(document(TEXT, published="2025-06-17"), dossier, *at("300")).entry
    assert (entry.low, entry.high, entry.bound) == ("300", "", "at_least")
    assert (entry.counted, entry.place, entry.when) == ("cows", "Kursk", "2025-05")
    assert (entry.category, entry.unit) == ("", "")
    assert entry.status == "actual"
    assert entry.speaker == "Roman Starovoit"


def test_words_without_a_number_tell_only_where_they_stand(dossier: Dossier) -> None:
    """Blanks at both ends are no part of the span."""
    start, end = at(" Nobody ")
    found = propose(document(TEXT, published="2025-06-17"), dossier, start, end)
    assert found.entry == Entry(start=str(start + 1), end=str(end - 1))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (4, 2), (-1, 3), (0, 10_000), (11, 12)])
def test_where_no_words_stand_nothing_is_told(dossier: Dossier, start: int, end: int) -> None:
    """An empty span, a turned one, one beyond the text, a blank."""
    with pytest.raises(ReviewError, match="there are no words"):
        propose(document(TEXT, published="2025-06-17"), dossier, start, end)


def test_of_a_language_that_is_not_read_every_field_is_left(dossier: Dossier) -> None:
    """And the reviewer is told."""
    found = propose(replace(document(TEXT), language="ja"), dossier, *at("300"))
    assert found.entry == Entry(*map(str, at("300")))
    assert "cannot be read" in found.how
