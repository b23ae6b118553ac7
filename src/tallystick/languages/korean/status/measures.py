"""Tell the step on the ladder from thought to outcome, and how a figure relates to time, in Korean text."""

from functools import cache

from tallystick.languages.korean.grammar.eojeols import PACKAGE, Eojeol
from tallystick.languages.writing.words import lists
from tallystick.model.claim import Aspect, Measure, Status

__all__ = ["aspect_of", "measure_of"]

FILE = "status/status.yaml"
# Outcomes, which only facts have, and steps of a plan; the first that matches is told.
OUTCOMES = (Aspect.KILLED, Aspect.WOUNDED, Aspect.CAPTURED, Aspect.RETURNED, Aspect.ARRIVED, Aspect.WORKING)
STEPS = (Aspect.CONSIDERED, Aspect.OFFERED, Aspect.DECIDED, Aspect.ANNOUNCED)
# How far before its figure a word tells its measure, in eojeols.
BEFORE = 12
# "사상자" and "죽거나 다쳤다": killed or wounded is neither.
EITHER = ("거나", "또는", "나")


@cache
def _words(name: str) -> tuple[str, ...]:
    return lists(PACKAGE, FILE)[name]


@cache
def _held(name: str) -> frozenset[str]:
    return frozenset(_words(name))


def aspect_of(words: tuple[Eojeol, ...], at: int, last: int, status: Status) -> tuple[Aspect | None, Eojeol | None]:
    """Give the step that the words from the figure at `at` to its predicate at `last` tell, with the word that does."""
    if status is Status.DENIED:
        return None, None
    behind = words[at + 1 : last + 1]
    if status is Status.PLANNED:
        for word in behind:
            if word.text.endswith("기로"):
                return Aspect.DECIDED, word
    kinds = OUTCOMES if status is Status.ACTUAL else (*STEPS, Aspect.RETURNED)
    for word in behind:
        for aspect in kinds:
            if word.text.startswith(_words(aspect.value)):
                if aspect in (Aspect.KILLED, Aspect.WOUNDED) and word.text.endswith(EITHER):
                    return None, None
                return aspect, word
    if status is Status.ACTUAL and any(word.text in ("중이다", "중인", "중이라고", "중") for word in behind):
        progress = next((word for word in behind if word.text.startswith(_words("in_progress"))), None)
        if progress is not None:
            return Aspect.IN_PROGRESS, progress
    return None, None


def measure_of(words: tuple[Eojeol, ...], at: int, last: int, status: Status, *, is_capacity: bool) -> Measure | None:
    """Give how the figure at `at` relates to time, where the words beside it decide it."""
    if is_capacity:
        return Measure.CAPACITY
    near = words[max(0, at - 3) : at]
    if any(word.text in _held("part") for word in near) or any(
        word.text in _held("part") for word in words[at + 1 : at + 3] if word.text not in ("가운데", "중")
    ):
        return Measure.PART
    if status is Status.PLANNED:
        return Measure.PLAN
    if status is not Status.ACTUAL:
        return None
    before = words[max(0, at - BEFORE) : at]
    if any(word.text in _held("flow") for word in before[-3:]):
        return Measure.FLOW
    if any(word.stem in _held("cumulative") for word in before):
        return Measure.CUMULATIVE
    behind = words[at : last + 1]
    if any(word.text.startswith(_words("rising")) for word in behind):
        return Measure.CUMULATIVE
    if any(word.text == "현재" for word in before) or any(
        word.text.startswith(("있다", "있는", "있으")) for word in behind
    ):
        return Measure.STOCK
    return None
