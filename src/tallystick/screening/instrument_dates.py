"""Dates of treaties and resolutions that do not fit them: texts and the packs of the dossier come in, flags go out.

A treaty is signed, ratified and in force on three days, and a reader who is told that it was "signed last December",
when it took effect, dates all that is done under it wrong.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from re import compile as pattern
from typing import NamedTuple

from yaml import CSafeLoader, load

from tallystick.model.document import READABLE, Document, Passage
from tallystick.model.flag import Evidence, Flag
from tallystick.model.provision import Instrument
from tallystick.screening.citations import RESOLUTION, Citations, Known, countries_of, speaks_of
from tallystick.screening.findings import WARNING, Holdings, cut, flag
from tallystick.screening.names import Phrases, Word, words_of
from tallystick.screening.telling_dates import Told, told_dates
from tallystick.values.dates import published_date
from tallystick.values.periods import Period, gap, period

__all__ = ["confused_dates", "premature_acts"]

# A report may be dated by another time zone than what it tells.
DAY = 1
# Treaties of one name follow each other, so that a date further than this from each step is of another one (a general
# judgment: between signing and entry into force mostly lies less than a year).
NEAR_DAYS = 366
# Words between the name of an instrument, the verb and the date.
REACH = 12
# Words between a date and what is done by an instrument.
FAR = 15
# Words before a date that may tie it to something else.
BEFORE = 6
# Words that can stand between two instruments of one list, or between a "not" and its verb.
BESIDE = 3
# How a reason tells each step.
WORDS = {
    "signed": "was signed",
    "adopted": "was adopted",
    "ratified": "was last ratified",
    "in_force": "came into force",
}
# Steps told one after the other that are looked at.
STEPS = 4
STOP = pattern(r"[.!?](?=\s+[A-Z\"“‘'(])|\n")
# What ends the clause of an instrument.
BREAK = pattern(r"[;:!?)“”\"]")


class _Cues(NamedTuple):
    """The words of instrument_dates.yaml."""

    verbs: Phrases
    steps: tuple[str, ...]
    bases: Phrases
    auxiliaries: frozenset[str]
    openers: frozenset[str]
    parties: frozenset[str]
    occasions: frozenset[str]
    objects: frozenset[str]
    chain: frozenset[str]
    unreal: frozenset[str]
    terms: frozenset[str]
    ons: frozenset[str]
    apart: frozenset[str]


@cache
def _cues() -> _Cues:
    text = (files("tallystick.screening") / "instrument_dates.yaml").read_text(encoding="utf-8")
    # CSafeLoader builds plain values only; nothing in the file can run.
    found: dict[str, list[str]] = load(text, CSafeLoader)
    verbs = [(verb, step) for step in ("signed", "adopted", "ratified", "in_force") for verb in found[step]]
    sets = (frozenset(found[name]) for name in _Cues._fields[3:])
    return _Cues(Phrases(verb for verb, _ in verbs), tuple(step for _, step in verbs), Phrases(found["bases"]), *sets)


class _Clause(NamedTuple):
    """A sentence with its words and dates, and whether a word is written as a name."""

    document: Document
    start: int
    end: int
    words: list[Word]
    dates: list[Told]

    def is_name(self, at: int) -> bool:
        return self.document.text[self.words[at].start].isupper()

    def breaks(self, first: int, last: int) -> bool:
        """Whether a clause ends between two code points."""
        return BREAK.search(self.document.text, first, last) is not None


def confused_dates(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each step of a known instrument that a report dates by another of its steps, or by none.

    Months without a year and "last" ones are taken for whatever year they may mean. Treaties of other countries and of
    other times are in order.
    """
    for clause, mentions in _clauses(holdings):
        if not _are_joined(mentions):
            seen: set[tuple[int, str]] = set()
            for mention in mentions:
                for step, verb, told in _told_steps(clause, mention):
                    key = told.start, step
                    if key not in seen and _is_of(clause, mention, told):
                        seen.add(key)
                        reason = _confusion(mention[2].instrument, step, told)
                        if reason is not None:
                            yield _flagged(holdings, clause, "instrument_date_confused", (mention, verb, told), reason)


def _clauses(holdings: Holdings) -> Iterator[tuple[_Clause, list[tuple[int, int, Known]]]]:
    """The sentences that name an instrument of the dossier and tell a date."""
    law = Citations(holdings.dossier)
    if not law:
        return
    for document in holdings.documents:
        published = published_date(document.published)
        before: set[Known] = set()
        for passage in document.passages:
            if passage.kind in READABLE and passage.repeats is None:
                yield from _of_passage(law, document, passage, published, before)


def _of_passage(
    law: Citations, document: Document, passage: Passage, published: date | None, before: set[Known]
) -> Iterator[tuple[_Clause, list[tuple[int, int, Known]]]]:
    start = passage.start
    if not before and not law.may_stand(document.text, start, passage.end):
        return
    for end in (*(found.end() for found in STOP.finditer(document.text, start, passage.end)), passage.end):
        words = words_of(document.text, start, end)
        mentions = law.mentions(words)
        recalled = [] if mentions or not before else law.recalls(words, before)
        before.update(known for _, _, known in mentions)
        if mentions or recalled:
            dates = list(told_dates(document.text, start, end, published))
            if dates:
                yield _Clause(document, start, end, words, dates), mentions or recalled
        start = end


def _are_joined(mentions: list[tuple[int, int, Known]]) -> bool:
    """Whether two instruments stand beside each other, so that dates may be told of both in turn."""
    return any(other[0] - one[1] <= BESIDE for one, other in pairwise(mentions))


def _told_steps(clause: _Clause, mention: tuple[int, int, Known]) -> Iterator[tuple[str, tuple[int, int], Told]]:
    """The steps of an instrument that a sentence dates: "the treaty, signed in June and in force since December"."""
    verbs = {one.first: (one.last, _cues().steps[one.what]) for one in _cues().verbs.mentions(clause.words)}
    if not verbs:
        return
    first, last, _ = mention
    yield from _active(clause, (first, last), verbs)
    at, opening = last, _subject
    for _ in range(STEPS):
        verb = opening(clause, at, verbs)
        if verb is None:
            return
        end, step = verbs[verb]
        told = _date_after(clause, end)
        if told is None:
            return
        yield step, (verb, end), told
        at = next((turn for turn in range(end, len(clause.words)) if clause.words[turn].start >= told.end), -1)
        opening = _chained
        if at < 0:
            return


def _subject(clause: _Clause, at: int, verbs: dict[int, tuple[int, str]]) -> int | None:
    """The verb of which the instrument before word `at` is the subject, or the object in a relative clause."""
    cues, text, open_ = _cues(), clause.document.text, False
    for turn in range(at, min(at + REACH, len(clause.words))):
        if turn in verbs:
            return None if clause.breaks(clause.words[at - 1].end, clause.words[turn].start) else turn
        word = clause.words[turn]
        if word.folded in cues.openers:
            open_ = True
        elif word.folded not in cues.auxiliaries:
            comma = "," in text[clause.words[turn - 1].end : word.start]
            if not open_ or comma or not (clause.is_name(turn) or word.folded in cues.parties):
                return None
    return None


def _chained(clause: _Clause, at: int, verbs: dict[int, tuple[int, str]]) -> int | None:
    """The verb of the next step, told behind the date of one."""
    for turn in range(at, min(at + REACH, len(clause.words))):
        if turn in verbs:
            return turn
        if clause.words[turn].folded not in _cues().chain | _cues().auxiliaries:
            return None
    return None


def _date_after(clause: _Clause, at: int) -> Told | None:
    """The date of the verb that ends before word `at`."""
    # "Since" is a word of both.
    behind = clause.words[at - 1].start
    told = next((one for one in clause.dates if one.start >= behind), None)
    if told is None or clause.breaks(behind, told.start):
        return None
    between = [turn for turn in range(at, len(clause.words)) if clause.words[turn].start < told.start]
    fits = all(_is_occasion(clause, turn) for turn in between)
    return told if fits and len(between) <= REACH else None


def _is_occasion(clause: _Clause, turn: int) -> bool:
    cues, word = _cues(), clause.words[turn].folded
    return clause.is_name(turn) or word in cues.occasions or word in cues.parties


def _active(
    clause: _Clause, span: tuple[int, int], verbs: dict[int, tuple[int, str]]
) -> Iterator[tuple[str, tuple[int, int], Told]]:
    """The step whose object the instrument is: "signed the treaty in June", "in June the two signed the treaty"."""
    first, last = span
    verb = next((at for at in range(first - 1, max(first - REACH, -1), -1) if at in verbs), None)
    if verb is None:
        return
    end, step = verbs[verb]
    objects = range(end, first)
    if not all(clause.is_name(turn) or clause.words[turn].folded in _cues().objects for turn in objects):
        return
    if any(clause.words[turn].folded in _cues().unreal for turn in range(max(0, verb - BESIDE), verb)):
        return
    told = _date_after(clause, last) or _date_before(clause, verb)
    if told is not None:
        yield step, (verb, end), told


def _date_before(clause: _Clause, verb: int) -> Told | None:
    """The date before the subject of a verb."""
    start = clause.words[verb].start
    told = next((one for one in reversed(clause.dates) if one.end <= start), None)
    if told is None or clause.breaks(told.end, start):
        return None
    between = [turn for turn in range(verb) if clause.words[turn].start >= told.end]
    cues = _cues()
    fits = all(clause.is_name(turn) or clause.words[turn].folded in cues.parties | cues.auxiliaries for turn in between)
    return told if fits and len(between) <= REACH else None


def _is_of(clause: _Clause, mention: tuple[int, int, Known], told: Told) -> bool:
    """Whether the text speaks of the instrument that the dossier knows, not of another country's of that name."""
    first, last, known = mention
    if not known.countries:
        return True
    text = clause.document.text
    if known.instrument.kind == RESOLUTION:
        return bool(known.countries & countries_of(text[clause.start : clause.end])) or speaks_of(text, known.countries)
    near = min(clause.words[first].start, told.start), max(clause.words[last - 1].end, told.end)
    here, sentence = countries_of(text[near[0] : near[1]]), countries_of(text[clause.start : clause.end])
    before = clause.words[max(0, first - REACH)].start
    around = countries_of(text[before : near[1]]) if sentence >= known.countries else sentence
    return not (here | around) - known.countries and speaks_of(text, known.countries, every=True)


def _dates(instrument: Instrument) -> dict[str, tuple[str, Period]]:
    """The steps of an instrument with their dates, as far as they are known."""
    steps = {"signed": instrument.signed, "adopted": instrument.adopted, "in_force": instrument.in_force}
    found = {step: (edtf, span) for step, edtf in steps.items() if edtf is not None and (span := period(edtf))}
    if instrument.kind == RESOLUTION:
        return {step: one for step, one in found.items() if step == "adopted"}
    if {"signed", "in_force"} <= found.keys():
        # Chambers ratify one after the other; any day from signing to entry into force may be one of theirs.
        first, last = found["signed"], found["in_force"]
        found["ratified"] = (instrument.adopted or f"{first[0]}/{last[0]}", Period(first[1].first, last[1].last))
    found.pop("adopted", None)
    return found


def _confusion(instrument: Instrument, step: str, told: Told) -> str | None:
    """Why a date is not that of a step, as a sentence; None where it may be, or where nothing is known."""
    dates = _dates(instrument)
    if step not in dates:
        return None
    own = dates[step]
    if told.may_be(Period(own[1].first - DAY, own[1].last + DAY)):
        return None
    spans = told.periods()
    if instrument.kind != RESOLUTION and min(gap(one, span) for one in spans for _, span in dates.values()) > NEAR_DAYS:
        return None
    # The narrow steps first: all of them lie within the time of ratification.
    steps = {name: dates[name] for name in ("signed", "in_force", "adopted") if name in dates and name != step}
    meant = [f"it {WORDS[name]} on {edtf}" for name, (edtf, span) in steps.items() if told.may_be(span)]
    if not meant and instrument.adopted is not None and instrument.kind != RESOLUTION:
        last = period(instrument.adopted)
        meant = [f"its last ratification was on {instrument.adopted}"] if last and told.may_be(last) else []
    other = f"that date is of another step, {meant[0]}" if meant else "that date is of none of its known steps"
    return f"it {WORDS[step]} on {own[0]}; {other}"


def _flagged(
    holdings: Holdings,
    clause: _Clause,
    code: str,
    found: tuple[tuple[int, int, Known], tuple[int, int], Told],
    reason: str,
) -> Flag:
    (first, last, known), verb, told = found
    words, document, instrument = clause.words, clause.document, known.instrument
    said = document.text[words[verb[0]].start : words[verb[1] - 1].end]
    sentence = (
        f"{holdings.outlet(document.id)} has “{cut(said)}” of {cut(instrument.title)} with the date "
        f"“{cut(document.text[told.start : told.end])}”, but {reason} "
        f"[{instrument.checked}: {cut(instrument.citation)}]."
    )
    evidence = sorted(
        (
            (words[first].start, words[last - 1].end),
            (words[verb[0]].start, words[verb[1] - 1].end),
            (told.start, told.end),
        )
    )
    return flag(code, WARNING, sentence, (Evidence(document.id, *span) for span in evidence))


def premature_acts(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each thing done under an instrument on a date before it was in force.

    What parties invoke in justification is looked at where provisions are. A date that a sentence ties to something
    else ("after", "which", "adopted") says nothing.
    """
    invoked = {one.instrument for pack in holdings.dossier.packs for one in pack.justifications}
    for clause, mentions in _clauses(holdings):
        for mention in mentions:
            instrument = mention[2].instrument
            held = period(instrument.in_force)
            basis = None if held is None or instrument.id in invoked else _basis(clause, mention[0])
            if held is None or basis is None:
                continue
            for told in clause.dates:
                early = all(span.last < held.first - DAY for span in told.periods())
                if early and _is_when(clause, basis, mention[1], told) and _is_of(clause, mention, told):
                    reason = f"it was not in force before {instrument.in_force}"
                    yield _flagged(holdings, clause, "instrument_not_in_force", (mention, basis, told), reason)
                    break


def _basis(clause: _Clause, first: int) -> tuple[int, int] | None:
    """The words before word `first` that say that something is done by the instrument that it begins."""
    found = [(one.first, one.last) for one in _cues().bases.mentions(clause.words) if one.last <= first]
    if not found:
        return None
    between = clause.words[found[-1][1] : first]
    fits = all(word.folded in _cues().terms or word.folded.isdecimal() for word in between)
    return found[-1] if fits else None


def _is_when(clause: _Clause, basis: tuple[int, int], last: int, told: Told) -> bool:
    """Whether a date is that of what is done by an instrument, named up to word `last`."""
    words, text = clause.words, clause.document.text
    if told.start >= words[last - 1].end:
        between = [word.folded for word in words if words[last - 1].end <= word.start < told.start]
        return len(between) <= BESIDE and all(word in _cues().ons for word in between)
    if told.end > words[basis[0]].start or clause.breaks(told.end, words[basis[0]].start):
        return False
    between = [word.folded for word in words if told.end <= word.start < words[basis[0]].start]
    before = [word.folded for word in words if word.end <= told.start][-BEFORE:]
    opens = text[told.start : told.end].casefold().split()[0]
    return len(between) <= FAR and _cues().apart.isdisjoint((*between, *before, opens))
