"""What is told of places: each origin and report counted once, whatever a place is called."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench_case import a_case
from copied import Kept
from tallystick.model.lineage import Independent
from tallystick.storage.views.places import Told, names, told
from tallystick.storage.views.view import View, Views


@pytest.fixture
def view(tmp_path: Path, kept: Kept) -> Iterator[View]:
    """A view of a case with two spellings of one place."""
    views = Views(kept(a_case(tmp_path / "case")))
    with views.moment() as held:
        yield held
    views.close()


def test_every_spelling_is_named(view: View) -> None:
    """With how many claims write it."""
    assert names(view) == {"Kursk": 3, "Russia's Kursk region": 2}


def test_an_origin_that_names_a_place_twice_counts_once(view: View) -> None:
    """The announcement writes the place in both ways."""
    one, other = told(view, {"Kursk": "k", "Russia's Kursk region": "r"})["k"], "r"
    assert one == Told(3, 2, Independent(3, 3))
    assert told(view, {"Russia's Kursk region": other}) == {other: Told(2, 1, Independent(1, 1))}
    both = told(view, {"Kursk": "k", "Russia's Kursk region": "k"})
    assert both == {"k": Told(5, 3, Independent(3, 3))}


def test_a_place_that_nobody_writes_has_nothing(view: View) -> None:
    """And what is no place asks nothing."""
    assert told(view, {"Nowhere'; --": "x"}) == {}
    assert told(view, {}) == {}
