"""Tell whether a figure is planned, actual, possible or denied, and how far the counted thing got.

Takes a figure with its sentence and what it counts; gives a `StatusReading` with the words that decided it. Only a
cue that governs the figure counts: one in the chain of verbs, adjectives and nouns above it, never one elsewhere.
"""

from itertools import pairwise
from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.status.measures import part_of, standing_number, summed_up
from tallystick.languages.english.status.status_chain import Cue, governing_cue
from tallystick.languages.language import Counted, Parse, Sentence, StatusReading, Token
from tallystick.model.claim import Aspect, Ground, Measure, Status
from tallystick.model.quantity import Quantity

__all__ = ["status"]

# How far around a figure the words of measure are looked for, in tokens.
MEASURE_REACH = 6
OUTCOMES = (
    ("killed", Aspect.KILLED),
    ("wounded", Aspect.WOUNDED),
    ("captured", Aspect.CAPTURED),
    ("returned", Aspect.RETURNED),
    ("arrived", Aspect.ARRIVED),
)


class _Found(NamedTuple):
    """A value with the tokens [first, last) that decided it."""

    value: str
    first: int
    last: int


def status(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> StatusReading:
    """Tell whether a figure is planned, actual, possible or denied in its own sentence.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts, with its predicate.

    Returns:
        The status, aspect and measure, each with its ground; aspect and measure are None where the text does not
        decide them.
    """
    tokens = sentence.tokens
    text = parse.document.text
    cue = governing_cue(sentence, quantity, counted)
    found = Status.ACTUAL if cue is None else cue.status
    grounds = [_status_ground(text, tokens, found, cue)]
    first = sentence.position(quantity.start if quantity.hedge is None else min(quantity.hedge[0], quantity.start))
    last = sentence.position(quantity.end - 1)
    aspect = _aspect(sentence, counted, found, cue)
    if aspect is not None:
        grounds.append(_ground(text, tokens, "aspect", aspect))
    measure = _measure(sentence, counted, first, last, found, cue)
    if measure is not None:
        grounds.append(_ground(text, tokens, "measure", measure))
    return StatusReading(
        found,
        None if aspect is None else Aspect(aspect.value),
        None if measure is None else Measure(measure.value),
        tuple(grounds),
    )


def _status_ground(text: str, tokens: tuple[Token, ...], found: Status, cue: Cue | None) -> Ground:
    if cue is None:
        return Ground("status", found.value, "no cue of plan, possibility or denial governs the figure")
    return _ground(text, tokens, "status", _Found(found.value, cue.first, cue.last))


def _ground(text: str, tokens: tuple[Token, ...], field: str, found: _Found) -> Ground:
    start, end = tokens[found.first].start, tokens[found.last - 1].end
    return Ground(field, found.value, text[start:end], start, end)


def _aspect(sentence: Sentence, counted: Counted, found: Status, cue: Cue | None) -> _Found | None:
    """The step that the predicate tells; for plans, the step that the cue tells."""
    words = word_lists("status/status.yaml")
    tokens = sentence.tokens
    if found is Status.PLANNED and cue is not None:
        step = _planned_step(tokens, cue)
        return None if step is None else _Found(step, cue.first, cue.last)
    if found is not Status.ACTUAL or counted.predicate_span is None:
        return None
    first = sentence.position(counted.predicate_span[0])
    last = sentence.position(counted.predicate_span[1] - 1) + 1
    if last > len(tokens) or first >= last:
        return None
    predicate = counted.predicate
    if counted.passive:
        for name, aspect in OUTCOMES:
            if predicate in words[name]:
                return _Found(aspect.value, first, last)
    if predicate in words["deployed"] and tokens[first].tag in ("VBN", "VBD"):
        return _Found(Aspect.ARRIVED.value, first, last)
    if (
        tokens[first].tag == "VBG"
        and first > 0
        and tokens[first - 1].lower in ("are", "is", "were", "being", "currently")
    ):
        if predicate in words["working"]:
            return _Found(Aspect.WORKING.value, first, last)
        if predicate in words["deployed"] or predicate in words["work_progress"]:
            return _Found(Aspect.IN_PROGRESS.value, first, last)
    if predicate == "employ" and counted.passive:
        return _Found(Aspect.WORKING.value, first, last)
    return None


def _planned_step(tokens: tuple[Token, ...], cue: Cue) -> str | None:
    """Whether a plan is decided or offered, by the words that make it one."""
    bases = {verb_base(token.lower) for token in tokens[cue.first : cue.last]}
    nouns = {singular(token.lower) for token in tokens[cue.first : cue.last]}
    if bases & {"decide", "agree", "approve", "authorize", "authorise"} or "decision" in nouns:
        return Aspect.DECIDED.value
    if bases & {"pledge", "promise", "offer"}:
        return Aspect.OFFERED.value
    return None


def _measure(
    sentence: Sentence, counted: Counted, first: int, last: int, found: Status, cue: Cue | None
) -> _Found | None:
    """How the figure relates to time and to its whole, where words decide it."""
    tokens = sentence.tokens
    if cue is not None and cue.measure is not None:
        return _Found(cue.measure.value, cue.first, cue.last)
    for i in range(max(0, first - MEASURE_REACH), first):
        if tokens[i].lower == "maximum" or (tokens[i].lower == "peak" and tokens[i].tag == "NN"):
            peak = Measure.CAPACITY if found is Status.POSSIBLE else Measure.PEAK
            return _Found(peak.value, i, i + 1)
    part = part_of(tokens, first, last)
    if part is not None:
        return _Found(Measure.PART.value, *part)
    if found is Status.PLANNED and cue is not None:
        return _target(tokens, cue)
    if found is not Status.ACTUAL:
        return None
    summed = summed_up(tokens, first, last)
    if summed is not None:
        return _Found(Measure.CUMULATIVE.value, *summed)
    standing = standing_number(sentence, counted, first, last)
    if standing is not None:
        return _Found(Measure.STOCK.value, *standing)
    return _flow(sentence, counted)


def _target(tokens: tuple[Token, ...], cue: Cue) -> _Found | None:
    """A noun of plan that the figure is the size of: "a target of 500"."""
    words = word_lists("status/status.yaml")
    for i in range(cue.first, cue.last):
        if tokens[i].tag in ("NN", "NNS") and singular(tokens[i].lower) in words["targets"]:
            return _Found(Measure.PLAN.value, i, i + 1)
    return None


def _flow(sentence: Sentence, counted: Counted) -> _Found | None:
    """A movement told of a bounded period."""
    words = word_lists("status/status.yaml")
    tokens = sentence.tokens
    if counted.predicate_span is None:
        return None
    at = sentence.position(counted.predicate_span[0])
    if at >= len(tokens):
        return None
    if counted.predicate in words["movement"] and tokens[at].tag == "VBD" and _bounded(tokens, at):
        return _Found(Measure.FLOW.value, at, at + 1)
    return None


def _bounded(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a period follows the verb: "in the first half of 2024", "last year", "during May"."""
    words = [token.lower for token in tokens[at + 1 : at + 2 * MEASURE_REACH]]
    return any(word in ("half", "quarter", "during") for word in words) or any(
        one == "last" and two in ("year", "month", "week") for one, two in pairwise(words)
    )
