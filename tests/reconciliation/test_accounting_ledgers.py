"""Made-up ledgers: figures that agree make no conflict, and one that is changed beyond tolerance the fitting one."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from factory import claim, document
from tallystick.model.claim import Aspect, Claim, Measure
from tallystick.model.document import Document
from tallystick.model.dossier import Category, Dossier, Place
from tallystick.model.estimate import ConflictKind
from tallystick.model.lineage import Lineage
from tallystick.reconciliation.reconciliation import reconcile

DOSSIER = Dossier(
    name="test",
    title="Test",
    about="For tests.",
    categories=(
        Category("killed", "Killed", "casualty", "person"),
        Category("wounded", "Wounded", "casualty", "person"),
        Category("casualty", "Casualties", "casualty", "person", parts=("killed", "wounded")),
        Category("worker", "Workers", "people", "person"),
    ),
    places=(Place("russia", "Russia", country="RU"),),
)
COUNTS = st.integers(1, 40_000)


class Text:
    """A report written figure by figure."""

    def __init__(self, name: str = "doc-1") -> None:
        self._name = name
        self._words = ""
        self._figures: list[
            tuple[int, str, str, str | None, Aspect | None, Measure | None, str | None, str | None]
        ] = []

    def write(
        self,
        words: str,
        value: int,
        category: str = "worker",
        counted: str | None = None,
        aspect: Aspect | None = None,
        measure: Measure | None = None,
        when: str | None = None,
        stated: str | None = None,
    ) -> None:
        """Add some words and a figure."""
        self._words += words
        self._figures.append((len(self._words), f"{value:,}", category, counted, aspect, measure, when, stated))
        self._words += f"{value:,}"

    def done(self) -> tuple[Document, list[Claim]]:
        """The report and its claims."""
        report = document(self._words + ".", id=self._name)
        found = []
        for start, figure, category, counted, aspect, measure, when, stated in self._figures:
            nth = sum(report.text.startswith(figure, at) for at in range(start))
            found.append(
                claim(
                    report, figure, nth=nth, category=category, counted=counted, aspect=aspect, measure=measure,
                    when=when, stated=stated, origin="KP", place="Russia", speaker="the agency",
                )
            )  # fmt: skip
        return report, found


def kinds(*texts: Text) -> list[ConflictKind]:
    """The kinds of all conflicts but mere disagreements."""
    written = [text.done() for text in texts]
    documents = tuple(report for report, _ in written)
    claims = tuple(one for _, found in written for one in found)
    return [
        conflict.kind
        for estimate in reconcile(documents, claims, Lineage((), ()), DOSSIER)
        for conflict in estimate.conflicts
        if conflict.kind is not ConflictKind.DISAGREEMENT
    ]


def listed(whole: int, cue: str, parts: list[int]) -> Text:
    """A whole with its parts in one sentence."""
    text = Text()
    text.write("", whole)
    for turn, part in enumerate(parts):
        text.write(f" workers, {cue} " if turn == 0 else " men and ", part)
    return text


@given(st.lists(COUNTS, min_size=2, max_size=6), st.sampled_from(["including", "made up of"]))
def test_parts_that_add_up_never_conflict(parts: list[int], cue: str) -> None:
    """The sum itself is no conflict."""
    assert kinds(listed(sum(parts), cue, parts)) == []


@given(st.lists(st.integers(2_000, 40_000), min_size=2, max_size=6), st.sampled_from([100, 1000]))
def test_rounded_parts_that_add_up_never_conflict(parts: list[int], unit: int) -> None:
    """Each figure rounded by itself may miss the sum by a few units, and that is no conflict."""
    rounded = [round(part / unit) * unit for part in parts]
    whole = round(sum(parts) / unit) * unit
    assume(all(0 < part < whole for part in rounded))
    # A tenth of the whole is what rounding may excuse; beyond it the figures are not called rounded.
    assume(abs(sum(rounded) - whole) <= whole / 10)
    assert kinds(listed(whole, "made up of", rounded)) == []


@given(st.lists(COUNTS, min_size=2, max_size=6))
def test_a_whole_that_all_its_parts_do_not_reach_is_one_conflict(parts: list[int]) -> None:
    """A fifth more than the sum is more than rounding."""
    whole = sum(parts) * 6 // 5 + 100
    assert kinds(listed(whole, "made up of", parts)) == [ConflictKind.SUM]


@given(st.lists(st.integers(500, 1500), min_size=3, max_size=6))
def test_parts_that_exceed_their_whole_are_one_conflict(parts: list[int]) -> None:
    """A fifth less than the sum is more than rounding, also where the parts need not be all."""
    whole = sum(parts) * 4 // 5
    assume(whole > max(parts))
    assert kinds(listed(whole, "including", parts)) == [ConflictKind.SUM]


@given(COUNTS, COUNTS, st.booleans())
def test_casualties_are_their_outcomes(killed: int, wounded: int, broken: bool) -> None:
    """The sum never conflicts; a third more always does, as casualties."""
    text = Text()
    total = killed + wounded
    text.write("They suffered ", total * 4 // 3 + 100 if broken else total, "casualty", "casualties")
    text.write(" casualties, with ", killed, "killed", aspect=Aspect.KILLED)
    text.write(" killed and ", wounded, "wounded", aspect=Aspect.WOUNDED)
    assert kinds(text) == ([ConflictKind.CASUALTIES] if broken else [])


def month(turn: int) -> str:
    """The EDTF month of a turn: stocks at even turns, movements at odd ones."""
    return f"{2020 + turn // 12}-{turn % 12 + 1:02}"


def stocks(first: int, moved: list[tuple[int, int]], factor: int) -> Text:
    """A ledger of stocks with arrivals and departures between them; the last stock multiplied."""
    text = Text()
    text.write("At first ", first, measure=Measure.STOCK, when=month(0))
    there = first
    for turn, (came, left) in enumerate(moved):
        text.write(". There came ", came, aspect=Aspect.ARRIVED, measure=Measure.FLOW, when=month(2 * turn + 1))
        text.write(". There left ", left, aspect=Aspect.RETURNED, measure=Measure.FLOW, when=month(2 * turn + 1))
        there += came - left
        last = turn == len(moved) - 1
        text.write(". There were ", there * factor if last else there, measure=Measure.STOCK, when=month(2 * turn + 2))
    return text


MOVED = st.lists(st.tuples(st.integers(1, 9_000), st.integers(1, 9_000)), min_size=1, max_size=6)


@given(st.integers(60_000, 99_999), MOVED)
def test_stocks_that_balance_never_conflict(first: int, moved: list[tuple[int, int]]) -> None:
    """Who is there is who was there, and came, less who left."""
    assert kinds(stocks(first, moved, 1)) == []


@given(st.integers(60_000, 99_999), MOVED)
def test_a_stock_out_of_balance_is_one_conflict(first: int, moved: list[tuple[int, int]]) -> None:
    """Four times as many are there by no rounding."""
    assert kinds(stocks(first, moved, 4)) == [ConflictKind.BALANCE]


def running(values: list[int]) -> list[Text]:
    """Reports of running totals, one a day."""
    texts = []
    for turn, value in enumerate(values):
        text = Text(f"day-{turn:02}")
        stated = (date(2025, 3, 1) + timedelta(days=turn)).isoformat()
        text.write("So far ", value, measure=Measure.CUMULATIVE, stated=stated)
        texts.append(text)
    return texts


@given(st.lists(COUNTS, min_size=2, max_size=8))
def test_totals_that_rise_never_conflict(values: list[int]) -> None:
    """A sum of more is more."""
    assert kinds(*running(sorted(values))) == []


@given(st.lists(st.integers(1_000, 40_000), min_size=1, max_size=8))
def test_a_total_that_falls_is_one_conflict(values: list[int]) -> None:
    """A quarter of the last total is less by more than rounding."""
    values = sorted(values)
    assert kinds(*running([*values, values[-1] // 4])) == [ConflictKind.DECREASE]
