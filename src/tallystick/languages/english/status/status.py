"""Tell whether a figure is planned, actual, possible or denied, and how far the counted thing got.

Takes a figure with its sentence and what it counts; gives a `StatusReading` with the words that decided it. Only a
cue that governs the figure counts: one in the chain of verbs, adjectives and nouns above it, never one elsewhere.
"""

from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.status.measured import Measured
from tallystick.languages.english.status.measures import measure_of
from tallystick.languages.english.status.status_chain import Cue, governing_cue
from tallystick.languages.language import Counted, Parse, Sentence, StatusReading, Token
from tallystick.model.claim import Aspect, Ground, Status
from tallystick.model.quantity import Quantity

__all__ = ["status"]

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
    aspect = _aspect(sentence, counted, found, cue)
    if aspect is not None:
        grounds.append(_ground(text, tokens, "aspect", aspect))
    measure = measure_of(Measured.of(sentence, quantity, counted), found, cue)
    if measure is not None:
        grounds.append(_ground(text, tokens, "measure", _Found(measure.measure.value, *measure.span)))
    return StatusReading(
        found,
        None if aspect is None else Aspect(aspect.value),
        None if measure is None else measure.measure,
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
