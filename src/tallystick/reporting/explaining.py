"""Tell how an estimate came about: a derivation comes in, plain text for a terminal goes out.

The answer stands first, then what each origin says, what widened the range, what does not agree, where the figure comes
from step by step, and every figure in the words of its report.
"""

from collections import defaultdict
from collections.abc import Iterator

from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate, Reading
from tallystick.model.lineage import EdgeLevel
from tallystick.reporting.derivation import Carrier, Derivation, Line, Step
from tallystick.reporting.wording import (
    bounded,
    conflict_kind,
    count,
    credibility,
    credibility_reason,
    figure,
    independent,
    legible,
    mechanism,
    span,
    unsettled,
    widening,
)

__all__ = ["explanation"]

# Deeper chains stay at this depth: a line that starts beyond the middle of a terminal cannot be read.
DEEPEST = 6
# Origins named in one line.
MOST_LINKED = 8


def explanation(derivation: Derivation) -> str:
    """Give the derivation as text: one block a question, none where there is nothing to say."""
    blocks = (
        ("", _answer(derivation)),
        ("What each origin says", _readings(derivation)),
        ("What widened the range", _widenings(derivation.estimate)),
        ("What does not agree", _conflicts(derivation)),
        ("Parts and whole", _parts(derivation)),
        ("Step by step", (f"{at}. {step}" for at, step in enumerate(derivation.estimate.steps, 1))),
        ("Where it comes from", _lines(derivation)),
        ("What reviewers decided", _judgements(derivation)),
        ("Every figure in its words", _claims(derivation)),
    )
    pieces = []
    for title, lines in blocks:
        # A line of ours stays one line, whatever an id or a reason from a report holds.
        told = [legible(line).replace("\n", " ") for line in lines]
        if told:
            pieces.append("\n".join([title, *(f"  {line}" for line in told)] if title else told))
    return "\n\n".join(pieces) + "\n"


def _answer(derivation: Derivation) -> Iterator[str]:
    estimate = derivation.estimate
    about = [estimate.status.value]
    if estimate.measure is not None and estimate.measure.value != "plan":
        about.append(estimate.measure.value)
    if estimate.when:
        about.append(estimate.when)
    yield f"{_flat(estimate.population.label)} ({', '.join(about)})"
    stale = ", the last known count: nobody has refreshed it since" if estimate.stale else ""
    if estimate.best is None:
        yield f"  best         none: {unsettled(estimate)}"
    else:
        yield f"  best         {figure(estimate.best)}{stale}"
    yield f"  range        {span(estimate.low, estimate.high)}{stale if estimate.best is None else ''}"
    yield f"  credibility  {estimate.credibility}, {credibility(estimate.credibility)}: {credibility_reason(estimate)}"
    known = f", the latest of {estimate.known}" if estimate.known else ""
    origins = f"{independent(estimate.independent)} independent, in {count(estimate.reports, 'report')}"
    yield f"  origins      {origins}{known}"
    yield f"  id           {estimate.id}"


def _readings(derivation: Derivation) -> Iterator[str]:
    linked: dict[str, list[str]] = defaultdict(list)
    for one, other in derivation.linked:
        linked[one].append(other)
        linked[other].append(one)
    for at, reading in enumerate(derivation.estimate.readings, 1):
        when = f", {reading.date}" if reading.date else ""
        yield f"{at}. {_speaker(reading)}{when}: {bounded(reading.low, reading.high, reading.bound)}"
        known = f", known since {reading.known}" if reading.known else ""
        yield f"   weight {reading.weight:.2f}, source {reading.reliability}, {count(reading.reports, 'report')}{known}"
        if reading.superseded:
            yield "   superseded: the same speaker gave a later figure"
        others = sorted(linked[reading.origin])
        if others:
            rest = f" and {len(others) - MOST_LINKED} more" if len(others) > MOST_LINKED else ""
            yield f"   may share what it knows with origin {', '.join(others[:MOST_LINKED])}{rest}"
        yield f"   origin {reading.origin}"


def _widenings(estimate: Estimate) -> Iterator[str]:
    for at, one in enumerate(estimate.widenings, 1):
        # Most reasons end with the range; it is not said twice.
        after = span(one.low, one.high)
        yield f"{at}. {widening(one)}: {one.reason}" + ("" if after in one.reason else f" {after.capitalize()}.")


def _conflicts(derivation: Derivation) -> Iterator[str]:
    place = {claim.id: (carrier, claim) for _, carrier, claim in derivation.claims()}
    for at, conflict in enumerate(derivation.estimate.conflicts, 1):
        yield f"{at}. {conflict_kind(conflict)}: {conflict.reason}"
        if conflict.arithmetic:
            yield f"   {conflict.arithmetic}"
        for name in conflict.claims:
            if name in place:
                carrier, claim = place[name]
                yield f"   {_flat(claim.figure)} in {_report(carrier.document)}"
            else:
                yield f"   claim {name}"


def _parts(derivation: Derivation) -> Iterator[str]:
    for part in derivation.parts:
        yield f"holds {_brief(part)}"
    if derivation.whole is not None:
        yield f"is a part of {_brief(derivation.whole)}, and never added to it"


def _brief(estimate: Estimate) -> str:
    """Another estimate in one line."""
    told = figure(estimate.best) if estimate.best is not None else span(estimate.low, estimate.high)
    return f"{told} {_flat(estimate.population.label)} ({estimate.status.value}; {estimate.id})"


def _lines(derivation: Derivation) -> Iterator[str]:
    for line in derivation.lines:
        origin = line.origin
        when = f", {origin.date}" if origin.date else ""
        counted = f"(origin {origin.id}, counts as {independent(origin.independent)})"
        yield f"{_flat(origin.speaker or 'No speaker named')}{when} {counted}"
        yield f"  {_flat(origin.reason)}"
        yield from _carriers(line)


def _carriers(line: Line) -> Iterator[str]:
    """The reports of a statement, each below the one that it goes back to."""
    steps = line.above()
    below: dict[str | None, list[Carrier]] = defaultdict(list)
    for carrier in line.carriers:
        name = carrier.document.id
        below[steps[name].earlier if line.depth[name] > 1 else None].append(carrier)
    all_steps: dict[str, list[Step]] = defaultdict(list)
    for step in line.steps:
        all_steps[step.later].append(step)
    documents = {carrier.document.id: carrier.document for carrier in line.carriers}
    waiting = list(reversed(below[None]))
    while waiting:
        carrier = waiting.pop()
        name = carrier.document.id
        indent = "  " * min(line.depth[name], DEEPEST)
        figures = ", ".join(dict.fromkeys(_flat(claim.figure) for claim in carrier.claims))
        passed = "" if carrier.folded else " (on the way back, not in this estimate)"
        yield f"{indent}{_report(carrier.document)}: {figures}{passed}"
        if line.depth[name] == 1:
            yield f"{indent}  first telling"
        for step in all_steps[name]:
            yield from (f"{indent}  {told}" for told in _step(step, documents[step.earlier]))
        waiting += reversed(below[name])


def _step(step: Step, earlier: Document) -> Iterator[str]:
    """What shows a step back to `earlier`, each reason once."""
    told: set[str] = set()
    for edge in step.edges:
        if edge.reason not in told:
            told.add(edge.reason)
            shared = f", {count(len(edge.shared), 'shared passage')}" if edge.shared else ""
            level = "the report" if edge.level is EdgeLevel.DOCUMENT else "the figure"
            yield f"goes back to {_report(earlier)}: {mechanism(edge.mechanism)}, {edge.kind.value} of {level}{shared}"
            yield f"  confidence {edge.confidence:.2f}"
            yield f"  {_flat(edge.reason)}"


def _judgements(derivation: Derivation) -> Iterator[str]:
    for one in derivation.judgements:
        yield f"{one.number}. {one.made}, {_flat(one.by)}: step {one.verdict.value}, from {one.later} to {one.earlier}"
        yield f"   {_flat(one.why)}"


def _claims(derivation: Derivation) -> Iterator[str]:
    for _, carrier, claim in derivation.claims():
        yield f"{_flat(claim.figure)}: {_report(carrier.document)}, {claim.document} [{claim.start}:{claim.end}]"
        yield f"  {_said(claim)}"
        yield f"  “{_flat(claim.quote)}”"


def _said(claim: Claim) -> str:
    """Who says a claim."""
    via = f" through {_flat(claim.via)}" if claim.via else ""
    return f"said by {_flat(claim.speaker)}{via}" if claim.speaker else f"in the outlet's own voice{via}"


def _speaker(reading: Reading) -> str:
    return _flat(reading.speaker or "No speaker named")


def _report(document: Document) -> str:
    """A report with its day of publication, by which it became known."""
    day = document.published[:10] if document.published else "undated"
    return f"{_flat(document.outlet or document.title or document.id)}, {day}"


def _flat(text: str) -> str:
    """One line, whatever the report holds."""
    return " ".join(text.split())
