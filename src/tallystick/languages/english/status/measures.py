"""Tell how a figure relates to time and to its whole, where words decide it.

Takes a figure as `Measured` with its status and the cue of that; gives the measure and the tokens that decide it, or
None: a measure is never guessed, since a wrong one sets a figure beside others that it cannot be compared with.
"""

from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular
from tallystick.languages.english.grammar.tagging import is_verb
from tallystick.languages.english.status.flows import flow
from tallystick.languages.english.status.measured import Measured, Span
from tallystick.languages.english.status.parts import part_of
from tallystick.languages.english.status.status_neighbors import Cue
from tallystick.languages.english.status.stocks import standing_number, strength
from tallystick.languages.english.status.totals import brought_to, summed_up
from tallystick.model.claim import Measure, Status

__all__ = ["MeasureReading", "measure_of"]


class MeasureReading(NamedTuple):
    """A measure with the tokens [first, last) that decided it."""

    measure: Measure
    span: Span


def measure_of(figure: Measured, status: Status, cue: Cue | None) -> MeasureReading | None:
    """Give the measure of `figure`, or None where its text does not decide one.

    Args:
        figure: The figure among its tokens.
        status: Its status.
        cue: What made it a plan or a possibility, or None.
    """
    if cue is not None and cue.measure is not None:
        return MeasureReading(cue.measure, (cue.first, cue.last))
    readers = (
        (Measure.PEAK, _peak),
        (Measure.CAPACITY, _capacity),
        (Measure.PART, part_of),
        (Measure.PLAN, _target),
        *(ACTUAL if status is Status.ACTUAL else PLANNED if status is Status.PLANNED else ()),
    )
    for measure, reader in readers:
        span = reader(figure)
        if span is not None:
            return MeasureReading(measure, span)
    return None


def _peak(figure: Measured) -> Span | None:
    """The highest that it was: "peaked at 900", "a peak of 900", "a record 900 migrants"."""
    i = figure.first - 1
    if figure.money or i < 1:
        return None
    link = figure.lower(i)
    if figure.lower(i) == "record" and figure.lower(i - 1) in ("a", "the"):
        return i, i + 1
    if link == "of" and figure.lower(i - 1) in ("peak", "high", "record"):
        return i - 1, i
    if link == "at" and singular(figure.lower(i - 1)) in ("peak", "peaked"):
        return i - 1, i
    return None


def _capacity(figure: Measured) -> Span | None:
    """How many there is room for: "can house 400", "designed to hold 900", "a capacity of 900"."""
    at = figure.first - 1
    if at < 1 or figure.money:
        return None
    if not figure.is_any(at, "holding_verbs", verb=True):
        return None
    if figure.lower(at - 1) in ("can", "could"):
        return at - 1, at + 1
    made = figure.lower(at - 1) == "to" and figure.is_any(at - 2, "made", verb=True)
    return (at - 2, at + 1) if made and is_verb(figure.tokens[at - 2].tag) else None


def _target(figure: Measured) -> Span | None:
    """A noun of plan that the figure is the size of: "a target of 500", "an export quota of 500"."""
    i = figure.first - 1
    if figure.money or figure.lower(i) not in ("of", "at") or not figure.is_any(i - 1, "targets"):
        return None
    return i - 1, i


ACTUAL = (
    (Measure.CUMULATIVE, summed_up),
    (Measure.FLOW, flow),
    (Measure.STOCK, standing_number),
)
PLANNED = ((Measure.CUMULATIVE, brought_to), (Measure.STOCK, strength))
