"""Estimates as tools answer them: words or an id come in, figures with what each origin says go out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tallystick.errors import AskingError
from tallystick.exporting.records import IndependentRecord
from tallystick.inquiry.naming import near
from tallystick.mcp_server.answers import Cited, Related
from tallystick.mcp_server.citing import cited_all, written
from tallystick.mcp_server.derived_answers import (
    ConflictLine,
    EstimateAnswer,
    EstimateLine,
    Estimates,
    Explanation,
    ReadingLine,
)
from tallystick.mcp_server.desk import BEHIND, Desk, echo, known, notes_of, require_some, unknown_id
from tallystick.mcp_server.portions import LARGEST, MOST, fitting, portion, turn_of
from tallystick.model.claim import Measure
from tallystick.model.estimate import Conflict, Estimate, Reading
from tallystick.reporting.derivation import Derivations
from tallystick.reporting.explaining import explanation
from tallystick.reporting.wording import credibility, credibility_reason, span, unsettled
from tallystick.storage.views import lookup, populations
from tallystick.storage.views.lookup import Named
from tallystick.storage.views.populations import Told
from tallystick.storage.views.view import View

__all__ = ["Sought", "explain", "find_estimates", "get_estimate", "label_of"]

# Sentences that are quoted for a line of a list, and for a reading.
MOST_IN_LINE, MOST_IN_READING = 2, 2
# Steps of the arithmetic, conflicts and other estimates that an answer holds; `explain` tells all steps.
MOST_STEPS, MOST_CONFLICTS, MOST_RELATED = 16, 4, 6
# Bytes that everything beside the readings takes of an answer at most.
BESIDE = 2_500
# Characters of words that an error takes for like another one: of shorter ones nearly all are like some word.
SHORTEST = 4
# Estimates that an error lists where words fit several.
MOST_CANDIDATES = 8
# Code points of an explanation in one answer.
LONGEST_TEXT = 5_000
LETTERS = (
    "`reliability` A-F is that of a source and `credibility` 1-6 that of the estimate: name both, never merge them, and"
    " never put a confidence and a likelihood into one sentence."
)


class Sought(NamedTuple):
    """What estimates are asked for by; "" asks nothing."""

    words: str = ""
    category: str = ""
    status: str = ""
    country: str = ""
    place: str = ""


def find_estimates(desk: Desk, asked: Sought, limit: int, cursor: str) -> Estimates:
    """Give the estimates that are asked for, the most reported first.

    Raises:
        AskingError: Where a value is not known to the case, or nothing is found.
    """
    with desk.moment() as view:
        require_some(view)
        every = lookup.named(view)
        wanted = _wanted(asked, every)
        turn = turn_of(cursor, view.mark, "find_estimates", wanted)
        names = [one.id for one in every if _fits(one, wanted)]
        if not names:
            raise AskingError(_why_none(view, wanted, every))
        shown = portion(
            lambda page: names[(page - 1) * MOST : page * MOST], MOST, len(names), turn, min(limit, MOST),
            lambda some: _lines(view, some),
        )  # fmt: skip
        return Estimates(shown.shown, len(names), shown.more, shown.cursor, notes_of(view, LETTERS, *shown.notes))


def _wanted(asked: Sought, every: Sequence[Named]) -> Sought:
    """What is asked for in values that estimates have."""

    def held(name: str) -> Callable[[], tuple[str, ...]]:
        return lambda: tuple(sorted({value for one in every if (value := getattr(one, name))}))

    fields = {name: known(name, getattr(asked, name), held(name)) for name in ("category", "status", "place")}
    country = known("country", asked.country.upper(), held("country"))
    return Sought(" ".join(_parts(asked.words)), country=country, **fields)


def _parts(words: str) -> list[str]:
    return words.casefold().replace(",", " ").replace("(", " ").replace(")", " ").split()


def _told(one: Named) -> str:
    """The words by which an estimate is found."""
    return " ".join(_parts(" ".join((one.label, one.status, one.measure or "", one.when or "", one.category))))


def _fits(one: Named, wanted: Sought) -> bool:
    same = all(
        not value or value == held
        for value, held in zip(wanted[1:], (one.category, one.status, one.country, one.place), strict=True)
    )
    return same and all(word in _told(one) for word in wanted.words.split())


def _why_none(view: View, wanted: Sought, every: Sequence[Named]) -> str:
    behind = f" {BEHIND}" if view.behind else ""
    if not every:
        return f"the case holds no estimates yet.{behind}"
    given = [name for name in Sought._fields if getattr(wanted, name)]
    without = {name: sum(_fits(one, wanted._replace(**{name: ""})) for one in every) for name in given}
    empties = [f"without `{name}` there are {number:,}" for name, number in without.items() if number]
    if len(given) > 1 and empties:
        return f"no estimate is all of what was asked for; {'; '.join(empties)}. Leave one of these out.{behind}"
    words = {word for one in every for word in _told(one).split() if len(word) >= SHORTEST}
    likely = [other for word in wanted.words.split() if word not in words for other in near(word, words)]
    meant = f" Words that are like it: {', '.join(map(echo, dict.fromkeys(likely)))}." if likely else ""
    return (
        f"no estimate has all of these words in its label, status, measure or date.{meant} search_claims looks in the"
        f" sentences of reports; that no estimate is of it tells nothing of the world.{behind}"
    )


def _lines(view: View, names: Sequence[str]) -> list[EstimateLine]:
    lines = lookup.lines(view, names)
    told = populations.told(view, (claim for line in lines for claim in line.quoted))
    return [
        EstimateLine(
            line.id, line.label, line.status, line.unit, line.best, line.low, line.high, line.credibility,
            IndependentRecord(*line.independent), line.reports, cited_all(told, line.quoted, MOST_IN_LINE),
            line.measure, line.when, line.conflicts, line.stale, line.known,
        )
        for line in lines
    ]  # fmt: skip


def label_of(one: Named) -> str:
    """Give an estimate in words."""
    measure = None if one.measure == Measure.PLAN.value else one.measure
    return ", ".join(part for part in (one.label, one.status, measure, one.when) if part)


def _one(view: View, asked: str) -> str:
    """The id of the one estimate that is meant.

    Raises:
        AskingError: Where none or several are.
    """
    name = asked.strip()
    if "estimate" in lookup.kinds_of(view, name):
        return name
    every = lookup.named(view)
    words = _parts(name)
    for fits in (
        lambda one: one.label.casefold() == name.casefold(),
        lambda one: bool(words) and set(words) <= set(_told(one).split()),
        lambda one: bool(words) and all(word in _told(one) for word in words),
    ):
        found = [one for one in every if fits(one)]
        if len(found) == 1:
            return found[0].id
        if found:
            listed = "; ".join(f"{one.id} {label_of(one)}" for one in found[:MOST_CANDIDATES])
            rest = f"; and {len(found) - MOST_CANDIDATES:,} more" if len(found) > MOST_CANDIDATES else ""
            raise AskingError(f"{echo(name)} fits several estimates; give the id of one: {listed}{rest}")
    if len(words) > 1:
        raise AskingError(_why_none(view, Sought(" ".join(words)), every))
    raise unknown_id(view, name, "estimate")


def get_estimate(desk: Desk, asked: str, cursor: str) -> EstimateAnswer:
    """Give one estimate with what each origin says of it.

    Raises:
        AskingError: Where no estimate or several are meant.
    """
    with desk.moment() as view:
        name = _one(view, asked)
        turn = turn_of(cursor, view.mark, "get_estimate", name)
        whole = populations.whole(view, name)
        estimate = whole.estimates[0]
        if turn.first and turn.first >= len(estimate.readings):
            raise AskingError("cursor: leads behind the last reading; leave it out")
        made = _answer(estimate, whole.told)
        lines = [_reading(one, whole.told) for one in estimate.readings[turn.first :]]
        shown = fitting(lines, LARGEST - len(written((made.conflicts, made.steps)).encode("utf-8")))
        last = turn.first + len(shown)
        held = whole.readings.get(name, len(estimate.readings))
        labels = {one.id: label_of(one) for one in lookup.named(view)}
        return replace(
            made, readings=shown, parts=_related(estimate.parts, labels),
            whole=next(iter(_related((estimate.whole,), labels)), None),
            others=_related([one.id for one in whole.estimates[1:]], labels), hits_held=whole.hits_held,
            more=max(0, held - last), cursor=turn.cursor(last) if last < len(estimate.readings) else None,
            notes=notes_of(view, LETTERS, *_beyond(estimate, made, held)),
        )  # fmt: skip


def _answer(estimate: Estimate, told: Mapping[str, Told]) -> EstimateAnswer:
    """What an estimate says of itself, with its first conflicts and steps and without its readings."""
    population, independent = estimate.population, estimate.independent
    conflicts = [_conflict(one, told) for one in estimate.conflicts[:MOST_CONFLICTS]]
    return EstimateAnswer(
        id=estimate.id, label=population.label, status=estimate.status.value, unit=population.unit,
        best=estimate.best, low=estimate.low, high=estimate.high, credibility=estimate.credibility,
        credibility_means=credibility(estimate.credibility), why_credibility=credibility_reason(estimate),
        independent=IndependentRecord(independent.low, independent.high), reports=estimate.reports, readings=(),
        steps=fitting(estimate.steps[:MOST_STEPS], BESIDE // 2), category=population.category,
        why_no_best=unsettled(estimate) or None, country=population.origin, place=population.place,
        measure=estimate.measure.value if estimate.measure else None, when=estimate.when, stale=estimate.stale,
        known=estimate.known, conflicts=fitting(conflicts, BESIDE // 2),
    )  # fmt: skip


def _beyond(estimate: Estimate, made: EstimateAnswer, held: int) -> tuple[str, ...]:
    """What an answer does not hold, and where that is."""
    found = []
    if held > len(estimate.readings):
        found.append(f"{held:,} readings in all: search_claims(estimate='{estimate.id}') lists every claim of them.")
    if len(made.steps) < len(estimate.steps):
        found.append(f"{len(estimate.steps):,} steps in all: explain tells them.")
    if len(made.conflicts) < len(estimate.conflicts):
        found.append(f"{len(estimate.conflicts):,} conflicts in all: explain tells them.")
    if estimate.stale:
        found.append("Stale: nobody has refreshed this count, it is only the last known one.")
    return tuple(found)


def _related(names: Sequence[str | None], labels: Mapping[str, str]) -> tuple[Related, ...]:
    return tuple(Related(name, labels[name]) for name in names if name is not None and name in labels)[:MOST_RELATED]


def _reading(reading: Reading, told: Mapping[str, Told]) -> ReadingLine:
    return ReadingLine(
        reading.origin, reading.speaker, reading.low, reading.high, reading.bound.value, reading.reliability,
        reading.reports, cited_all(told, reading.claims, MOST_IN_READING), reading.date, reading.superseded,
        reading.known,
    )  # fmt: skip


def _conflict(conflict: Conflict, told: Mapping[str, Told]) -> ConflictLine:
    quotations: tuple[Cited, ...] = cited_all(told, conflict.claims, MOST_IN_READING)
    return ConflictLine(conflict.kind.value, conflict.reason, quotations, conflict.arithmetic, conflict.origins)


def explain(desk: Desk, asked: str, offset: int) -> Explanation:
    """Give a portion of how an estimate came about, as text.

    Raises:
        AskingError: Where no estimate or several are meant, or it was derived from too many reports to be told whole.
    """
    with desk.moment() as view:
        name = _one(view, asked)
        ledger = populations.ledger_around(view, name)
        if ledger is None:
            raise AskingError(
                f"{name}: was derived from more than {populations.MOST_AROUND:,} reports that hang together, which is"
                " too much to be told whole; get_estimate gives its steps and readings, get_origin each origin"
            )
        estimate = next(one for one in ledger.estimates if one.id == name)
        text = explanation(Derivations(ledger).of(estimate))
        if not 0 <= offset < len(text):
            raise AskingError(f"offset: {offset} is not within the explanation, 0 to {len(text) - 1}")
        end = min(len(text), offset + LONGEST_TEXT)
        carrying = lookup.carrying(view, (name,)).get(name, ())
        quotations = cited_all(populations.told(view, carrying), carrying, MOST_IN_LINE)
        following = end if end < len(text) else None
        figures = f"{span(estimate.low, estimate.high)}: every figure stands in its words at the end of the text."
        return Explanation(name, text[offset:end], len(text), quotations, following, notes_of(view, LETTERS, figures))
