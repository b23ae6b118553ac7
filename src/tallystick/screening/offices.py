"""Offices that a person did not hold: texts and the tenures of the dossier come in, flags go out.

A text that calls somebody by an office says that he holds it; where the dossier knows that he had left it, or not taken
it yet, when the report was published, the quotation is old, wrong or made up.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from re import compile as pattern
from typing import NamedTuple

from yaml import CSafeLoader, load

from tallystick.model.claim import Status
from tallystick.model.document import READABLE, Document
from tallystick.model.dossier import Tenure
from tallystick.model.flag import Evidence, Flag
from tallystick.screening.findings import ERROR, WARNING, Holdings, flag
from tallystick.screening.names import Names, Phrases, Word, words_of
from tallystick.values.dates import published_date
from tallystick.values.names import Match
from tallystick.values.periods import period

__all__ = ["office_anachronisms", "told_months"]

# "2024-05~" may be off by about a month.
APPROXIMATE_DAYS = 31
# Reports print what was said in the weeks before; a tenure is not taken to the day.
GRACE_DAYS = 14
# Words between an office and the name that it belongs to: "Pentagon press secretary, Air Force Maj. Gen. Pat Ryder".
BETWEEN = 6
# Words before an office, and after the pair, in which a text may say that the office is past.
AROUND = 4
# Code points of a sentence that are searched for a year; longer ones are lists.
SENTENCE = 600
YEAR = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
STOP = pattern(r"[.!?](?=\s+[A-Z\"“‘'(])|\n")


class _Cues(NamedTuple):
    """The words of offices.yaml."""

    no_longer: frozenset[str]
    at_the_time: frozenset[str]
    lesser: frozenset[str]
    ranks: frozenset[str]
    told: frozenset[str]
    ahead: frozenset[str]
    months: tuple[str, ...]


class _Pair(NamedTuple):
    """A person and an office side by side: numbers of the first word and one past the last, the actor, the office."""

    first: int
    last: int
    actor: str
    office: str


@cache
def _cues() -> _Cues:
    text = (files("tallystick.screening") / "offices.yaml").read_text(encoding="utf-8")
    # CSafeLoader builds plain values only; nothing in the file can run.
    found: dict[str, list[str]] = load(text, CSafeLoader)
    words = {name: frozenset(listed) for name, listed in found.items()}
    return _Cues(
        words["no_longer"],
        words["at_the_time"],
        words["lesser"],
        words["ranks"],
        words["told"],
        words["ahead"],
        tuple(found["months"]),
    )


class _Tenures:
    """Who held which office when, and the words that name the offices."""

    def __init__(self, tenures: Sequence[Tenure]) -> None:
        """Index `tenures` by actor and office."""
        self.held: defaultdict[tuple[str, str], list[Tenure]] = defaultdict(list)
        self._titles: list[tuple[str, str]] = []
        for tenure in tenures:
            self.held[tenure.actor, tenure.office.name].append(tenure)
            self._titles.extend((title, tenure.office.name) for title in (tenure.office.name, *tenure.office.aliases))
        self._titles = list(dict.fromkeys(self._titles))
        self._phrases = Phrases(title for title, _ in self._titles)

    def may_stand(self, text: str, start: int, end: int) -> bool:
        """Whether any office may be named in `text[start:end]`."""
        return self._phrases.may_stand(text, start, end)

    def offices(self, words: list[Word]) -> Iterator[tuple[Match[int], str]]:
        """Yield the offices named in `words`."""
        for mention in self._phrases.mentions(words):
            yield mention, self._titles[mention.what][1]


def office_anachronisms(holdings: Holdings) -> Iterator[Flag]:
    """Yield an error for each person whom a report calls by an office that he did not hold when it was published.

    For a report without a date it is a warning, and the day is the last one of which it tells.

    Offices that the text itself calls past ("former"), and sentences that name a year of the tenure, are in order.
    """
    tenures = _Tenures(holdings.dossier.tenures)
    if not tenures.held:
        return
    for document in holdings.documents:
        published = published_date(document.published)
        latest = published.toordinal() if published is not None else _latest(holdings, document)
        if latest is None:
            continue
        seen: set[tuple[str, str]] = set()
        for passage in document.passages:
            if passage.kind not in READABLE or passage.repeats is not None:
                continue
            if not tenures.may_stand(document.text, passage.start, passage.end):
                continue
            words = words_of(document.text, passage.start, passage.end)
            for pair in _pairs(words, holdings.names, tenures):
                if (pair.actor, pair.office) in seen or _past(words, pair):
                    continue
                held = tenures.held[pair.actor, pair.office]
                fault = _fault(held, latest, surely=published is not None)
                start, end = words[pair.first].start, words[pair.last - 1].end
                if fault is None or _dated(document.text, start, end, held):
                    continue
                seen.add((pair.actor, pair.office))
                known = {actor.id: actor.name for actor in holdings.dossier.actors}
                when = "published" if published is not None else "not published before"
                reason = (
                    f"{holdings.outlet(document.id)}, {when} {date.fromordinal(latest).isoformat()}, calls "
                    f'{known.get(pair.actor, pair.actor)} "{" ".join(document.text[start:end].split())}": {fault}.'
                )
                severity = ERROR if published is not None else WARNING
                yield flag("office_anachronism", severity, reason, (Evidence(document.id, start, end),))


def _pairs(words: list[Word], names: Names, tenures: _Tenures) -> Iterator[_Pair]:
    """Persons beside an office that the dossier says they have held at some time."""
    offices = list(tenures.offices(words))
    if not offices:
        return
    people = list(names.mentions(words))
    by_first: defaultdict[int, list[tuple[Match[int], str]]] = defaultdict(list)
    by_last: defaultdict[int, list[tuple[Match[int], str]]] = defaultdict(list)
    for mention, actor in people:
        by_first[mention.first].append((mention, actor.id))
        by_last[mention.last].append((mention, actor.id))
    ranks = _cues().ranks
    for title, office in offices:
        if title.first and words[title.first - 1].folded in _cues().lesser:
            continue
        at = title.last
        while at - title.last <= BETWEEN and at < len(words):
            for person, name in by_first.get(at, ()):
                if (name, office) in tenures.held:
                    yield _Pair(title.first, person.last, name, office)
            if words[at].folded not in ranks:
                break
            at += 1
        at = title.first
        while title.first - at <= AROUND and at >= 0:
            for person, name in by_last.get(at, ()):
                if (name, office) in tenures.held:
                    yield _Pair(person.first, title.last, name, office)
            if at == 0 or words[at - 1].folded not in ranks:
                break
            at -= 1


def _past(words: list[Word], pair: _Pair) -> bool:
    """Whether the text itself says that the office is not held now."""
    cues = _cues()
    before = words[max(0, pair.first - AROUND) : pair.last]
    after = words[pair.last : pair.last + AROUND]
    return any(word.folded in cues.no_longer for word in before) or any(
        word.folded in cues.at_the_time for word in after
    )


def _fault(held: Sequence[Tenure], day: int, *, surely: bool) -> str | None:
    """What is wrong with the office on a day; None where some tenure may hold it then.

    Where `surely` is False the day is only the earliest on which the report can have appeared, so that an office may
    have been taken up since, but not have been left later.
    """
    faults = []
    for tenure in held:
        start, end = period(tenure.start, slack=APPROXIMATE_DAYS), period(tenure.end, slack=APPROXIMATE_DAYS)
        if end is not None and day > end[1] + GRACE_DAYS:
            faults.append(f"the office of {tenure.office.name} was held until {tenure.end} ({tenure.citation})")
        elif surely and start is not None and day < start[0]:
            faults.append(f"the office of {tenure.office.name} was taken up in {tenure.start} ({tenure.citation})")
        else:
            return None
    return "; ".join(faults)


def _dated(text: str, start: int, end: int, held: Sequence[Tenure]) -> bool:
    """Whether the sentence names a year in which the person held the office: then it tells of that time."""
    left = max(0, start - SENTENCE)
    breaks = [found.end() for found in STOP.finditer(text, left, start)]
    first = breaks[-1] if breaks else left
    stop = STOP.search(text, end, min(len(text), end + SENTENCE))
    last = stop.start() if stop is not None else min(len(text), end + SENTENCE)
    for found in YEAR.finditer(text, first, last):
        year = int(found.group())
        for tenure in held:
            begun, over = period(tenure.start, slack=APPROXIMATE_DAYS), period(tenure.end, slack=APPROXIMATE_DAYS)
            if (begun is None or date.fromordinal(begun[0]).year <= year) and (
                over is None or year <= date.fromordinal(over[1]).year
            ):
                return True
    return False


def _latest(holdings: Holdings, document: Document) -> int | None:
    """The last day that an undated report speaks of as past, or whose statement it repeats: it appeared after that."""
    days: list[int] = []
    for claim in holdings.claims_of(document.id):
        origin = holdings.origin(claim)
        said = period(origin.date if origin is not None else claim.stated)
        happened = period(claim.when) if claim.status is Status.ACTUAL else None
        days.extend(found[0] for found in (said, happened) if found is not None)
    for passage in document.passages:
        if passage.kind in READABLE:
            days.extend(told_months(document.text, passage.start, passage.end))
    return max(days, default=None)


def told_months(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the first days, as ordinals, of the months ("June 2025") that a passage tells of as past."""
    cues = _cues()
    at = start
    while at < end:
        stop = STOP.search(text, at, end)
        after = end if stop is None else stop.end()
        words = [word.folded for word in words_of(text, at, after)]
        if cues.told.intersection(words) and not cues.ahead.intersection(words):
            for month, year in pairwise(words):
                if month in cues.months and YEAR.fullmatch(year):
                    yield date(int(year), cues.months.index(month) + 1, 1).toordinal()
        at = after
