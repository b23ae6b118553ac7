"""The steps back of a report depend on it and on reports that share its marks alone, in any order of input."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from stories import story
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.lineage import Edge
from tallystick.tracing.copies.copies import copies
from tallystick.tracing.copies.texts import marks
from tallystick.tracing.tellings import Casebook

DOSSIER = load("general")
PIECES = [f"{story(turn, 26)} {turn + 11} people {story(turn + 50, 9)}." for turn in range(6)]
PIECES.append(f"“{story(7, 12)}.” So it was said to {17} people.")
PIECES.append(f"{story(8, 5)} {18} people left.")


def sources(plan: list[tuple[list[int], int]]) -> list[Document]:
    """Reports put together from the same pieces, by their numbers and the day of publication."""
    return [
        document("\n".join(PIECES[piece] for piece in pieces), id=f"doc-{turn}", outlet=f"Outlet {turn}",
                 published=f"2024-03-{day:02d}")
        for turn, (pieces, day) in enumerate(plan)
    ]  # fmt: skip


def figures(found: list[Document]) -> tuple[Claim, ...]:
    """The number of people of each piece."""
    return tuple(
        claim(source, str(turn + 11)) for source in found for turn in range(len(PIECES)) if PIECES[turn] in source.text
    )


def steps(found: list[Document], later: str) -> list[Edge]:
    """The steps back of one report and its figures."""
    casebook = Casebook(tuple(found), figures(found), DOSSIER)
    own = {later} | {telling.claim.id for telling in casebook.tellings if telling.report.document.id == later}
    return [link.edge for link in copies(casebook) if link.edge.later in own]


PLAN = st.lists(
    st.tuples(st.lists(st.integers(0, len(PIECES) - 1), min_size=1, max_size=4, unique=True), st.integers(1, 9)),
    min_size=2, max_size=24,
)  # fmt: skip


@settings(deadline=None)
@given(PLAN)
def test_reports_without_a_common_mark_change_nothing(plan: list[tuple[list[int], int]]) -> None:
    """A new report traced with the holders of its marks alone has the steps that it has in the whole case."""
    *earlier, last = sources(plan)
    last = replace(last, published="2024-03-20")
    own = set(marks(last))
    holders = [source for source in earlier if own & set(marks(source))]
    assert steps([*earlier, last], last.id) == steps([*holders, last], last.id)


@settings(deadline=None)
@given(PLAN.flatmap(lambda plan: st.permutations(sources(plan))))
def test_the_order_of_input_changes_nothing(found: list[Document]) -> None:
    """The same links, in the same order."""
    ordered = sorted(found, key=lambda source: source.id)
    links = [list(copies(Casebook(tuple(order), figures(order), DOSSIER))) for order in (found, ordered)]
    assert links[0] == links[1]


HOSTILE = {
    "one word": ["spam " * 100_000, "spam " * 90_000],
    "no words": ["!? " * 50_000, " \n\n"],
    "one paragraph": [story(1, 300_000), story(1, 300_000)],
    "nothing and NULs": ["", "\0" * 10_000, "\0a\0b" * 10_000],
    "quotation marks": ["“" * 100_000, "“a " * 100_000, "‘x" * 100_000],
    "formula": [f"{story(0, 60)}\n{story(turn, 40)}" for turn in range(1, 1000)],
    "two words in turn": ["a b " * 50_000 + "c", "b a " * 50_000 + "d"],
    "short paragraphs": ["\n".join(["a b c d e f g h i"] * 20_000)] * 2,
}


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_traced_in_bounded_time(texts: list[str]) -> None:
    """They are read, compared, and every edge has a bounded number of passages."""
    found = [document(text, id=f"doc-{turn}", published="2024-03-01") for turn, text in enumerate(texts)]
    for link in copies(Casebook(tuple(found), (), DOSSIER)):
        assert len(link.edge.shared) <= 100
