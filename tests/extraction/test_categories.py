"""Which category of the dossier a counted noun and its predicate fall into."""

import pytest

from tallystick.dossiers.loading import load
from tallystick.extraction.categories import categorize
from tallystick.languages.language import Counted
from tallystick.model.quantity import Bound, Quantity, QuantityKind

GENERAL = load("general")


def read(phrase: str, predicate: str = "", *, passive: bool = False, kind: QuantityKind = QuantityKind.COUNT) -> str:
    """The category of `phrase`, or "none"."""
    words = phrase.split()
    unit = "USD" if kind is QuantityKind.MONEY else None
    quantity = Quantity(0, 3, 500, 500, Bound.EXACT, kind, unit)
    counted = Counted(
        4, 4 + len(phrase), phrase, words[-1].lower() if words else "", tuple(word.lower() for word in words[:-1]),
        predicate=predicate, passive=passive,
    )  # fmt: skip
    found = categorize(counted, quantity, GENERAL, "en")
    return "none" if found is None else found.category


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("construction workers", "construction_worker"),
        ("sappers", "deminer"),
        ("North Korean soldiers", "soldier"),
        ("refugees", "displaced"),
        ("kilometers", "none"),
        ("voyages", "none"),
    ],
)
def test_a_noun_of_the_dossier_decides(phrase: str, expected: str) -> None:
    """The longest phrase that ends at the counted noun; nouns that count nothing are no claims."""
    assert read(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "predicate", "expected"),
    [("people", "kill", "killed"), ("soldiers", "wound", "wounded"), ("workers", "dead", "killed")],
)
def test_casualties_go_by_outcome_whatever_the_rank(phrase: str, predicate: str, expected: str) -> None:
    """Killed soldiers are killed."""
    assert read(phrase, predicate, passive=True) == expected


def test_who_kills_is_no_casualty() -> None:
    """The subject of the verb stays what it is."""
    assert read("soldiers", "kill", passive=False) == "soldier"


def test_money_takes_its_currency_as_unit() -> None:
    """No noun is needed."""
    quantity = Quantity(0, 12, 5e6, 5e6, Bound.EXACT, QuantityKind.MONEY, "USD")
    found = categorize(Counted(None, None, None, ""), quantity, GENERAL, "en")
    assert found is not None
    assert (found.category, found.unit) == ("money", "USD")


def test_the_ground_is_the_word_that_decided() -> None:
    """Its span is that of the counted phrase."""
    quantity = Quantity(0, 3, 500, 500, Bound.EXACT, QuantityKind.COUNT)
    found = categorize(Counted(4, 11, "sappers", "sappers"), quantity, GENERAL, "en")
    assert found is not None
    (ground,) = found.grounds
    assert (ground.field, ground.value, ground.start, ground.end) == ("category", "deminer", 4, 11)
