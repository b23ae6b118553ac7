"""Who stands behind a figure: claims, origins and estimates come in, flags on what a reader must know go out."""

from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from tallystick.model.claim import Claim, Status
from tallystick.model.estimate import ConflictKind, Estimate, Reading
from tallystick.model.flag import Flag
from tallystick.screening.findings import NOTE, WARNING, Holdings, cut, flag, named, spans
from tallystick.screening.names import words_of
from tallystick.values.periods import period
from tallystick.values.terms import Terms

__all__ = ["conflicts", "future_dates", "single_origins", "stale_figures", "unattributed_figures"]

# Reports from which on "everybody writes it" is worth a note that one origin stands behind them.
MANY_REPORTS = 3
# A count that nobody has refreshed for this long is not news: rule R14 of the domain notes.
STALE_DAYS = 180
# Words for speakers whom nobody can ask; without a name beside them.
ANONYMOUS = frozenset(("anonymous", "unnamed", "unidentified", "source", "sources", "insider", "insiders"))
# What a reporter can count alone needs no source.
COUNTED_AT_SIGHT = 100
# What each kind of conflict is called among the flags; sums of parts have a rule of their own.
CODES = {
    ConflictKind.DISAGREEMENT: "conflict",
    ConflictKind.RATIO: "ratio_mismatch",
    ConflictKind.RATE: "rate_mismatch",
    ConflictKind.CASUALTIES: "casualty_mismatch",
    ConflictKind.BALANCE: "balance_mismatch",
    ConflictKind.DECREASE: "running_total_decreased",
}
# A year alone is of a plan or a budget more often than of a statement: 1 of 1 in our development texts.
YEAR_ALONE = len("2025")
# Words of what is still to come, anywhere in a sentence, and of a term, directly before its date; of 10 facts dated
# ahead in our development texts all had one of them, or a weekday.
AHEAD = frozenset(
    "will would shall due expire expires expected scheduled prepared planned plans upcoming next fiscal".split()
)
TERMS = frozenset(("from", "by", "until", "till", "before", "through", "fiscal", "starting", "beginning"))
# A report may be dated by another time zone than what it tells.
DAY = 1


@lru_cache(maxsize=4)
def _terms(groups: tuple[tuple[str, ...], ...]) -> Terms:
    """The search for the terms of a dossier: prepared once, not once a block."""
    return Terms(groups)


def conflicts(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each conflict of origins or of arithmetic, with a code for each kind; sums have a rule.

    Of those whom no report places, two origins may count different ones, so that both can be right: a dossier without
    places holds unrelated events. Where a dossier names its places, category and nationality tell who is meant, but
    only in reports that bear on its subject (`watch.terms`): 14 of 15 conflicts in 310 articles on others were none.
    """
    watched = bool(holdings.dossier.places)
    terms = _terms(holdings.dossier.watch.terms)

    @cache
    def bears(document: str) -> bool:
        return terms.in_text(holdings.text(document))

    for estimate in holdings.estimates:
        readings = {reading.origin: reading for reading in estimate.readings}
        for conflict in estimate.conflicts:
            population = estimate.population
            known = population.place or (watched and population.origin)
            if conflict.kind not in CODES or (conflict.kind is ConflictKind.DISAGREEMENT and not known):
                continue
            held = [readings[origin] for origin in conflict.origins if origin in readings]
            claims = [claim for reading in held for claim in holdings.known(reading.claims)[:1]]
            if conflict.kind is not ConflictKind.DISAGREEMENT:
                claims = holdings.known(conflict.claims)
            if conflict.kind is ConflictKind.DISAGREEMENT and watched:
                claims = claims if all(bears(claim.document) for claim in claims) else []
            if claims:
                reason = f"{cut(estimate.population.label)}: {conflict.reason}"
                if conflict.arithmetic and conflict.arithmetic not in reason:
                    reason = f"{reason.rstrip('.')} ({conflict.arithmetic})."
                yield flag(CODES[conflict.kind], WARNING, reason, spans(claims), claims)


def single_origins(holdings: Holdings) -> Iterator[Flag]:
    """Yield a note for each figure that many reports carry and one origin made, and another where it names nobody."""
    for estimate in holdings.estimates:
        standing = [reading for reading in estimate.readings if not reading.superseded]
        if len(standing) != 1 or standing[0].reports < MANY_REPORTS:
            continue
        (reading,) = standing
        claims = holdings.known(reading.claims)
        if not claims:
            continue
        carried = f"{cut(estimate.population.label)}: {reading.reports:,} reports carry the figure, and all of them go"
        if _is_anonymous(holdings, reading.speaker, claims):
            whom = "one report that names nobody" if reading.speaker is None else f'"{cut(reading.speaker)}"'
            reason = f"{carried} back to {whom}: nobody whom a reader can name stands behind it."
            yield flag("anonymous_origin", NOTE, reason, spans(claims), claims)
        else:
            reason = f"{carried} back to {cut(reading.speaker or 'one report')}."
            yield flag("single_origin", NOTE, reason, spans(claims), claims)


def _is_anonymous(holdings: Holdings, speaker: str | None, claims: list[Claim]) -> bool:
    """Whether an origin names neither a speaker, nor the agency or outlet that relays it."""
    if any(claim.via is not None for claim in claims):
        return False
    if speaker is None:
        return True
    voice = holdings.names.voice(speaker) or ""
    words = speaker.split()
    return (
        voice.startswith("name:")
        and not any(word[:1].isupper() for word in words[1:])
        and not ANONYMOUS.isdisjoint(word.casefold() for word in words)
    )


def unattributed_figures(holdings: Holdings) -> Iterator[Flag]:
    """Yield a note for each report that gives figures as facts or plans and names nobody for them.

    What another telling of the same origin attributes is in order.
    """
    for document in holdings.documents:
        claims = [claim for claim in holdings.claims_of(document.id) if _nameless(holdings, claim)]
        if not claims:
            continue
        count = "a figure" if len(claims) == 1 else f"{len(claims):,} figures"
        listed = ", ".join(dict.fromkeys(named(claim) for claim in claims[:MANY_REPORTS]))
        more = ", ..." if len(claims) > MANY_REPORTS else ""
        reason = f"{holdings.outlet(document.id)} gives {count} without saying who counted: {listed}{more}."
        yield flag("unattributed_figure", NOTE, reason, spans(claims), claims)


def _nameless(holdings: Holdings, claim: Claim) -> bool:
    if claim.speaker is not None or claim.via is not None or claim.status not in (Status.ACTUAL, Status.PLANNED):
        return False
    largest = max(claim.low or 0, claim.high or 0)
    origin = holdings.origin(claim)
    return largest > COUNTED_AT_SIGHT and (origin is None or origin.speaker is None)


def stale_figures(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each report that gives as new what the speaker has replaced, or what was said long before."""
    for estimate in holdings.estimates:
        latest = _latest(holdings, estimate)
        for reading in estimate.readings:
            newer = latest.get(holdings.names.voice(reading.speaker)) if reading.superseded else None
            for claim in holdings.known(reading.claims):
                published = holdings.published(claim)
                reason = None
                if published is not None and newer is not None:
                    reason = _replaced(holdings, claim, newer, published)
                elif published is not None and not reading.superseded:
                    reason = _aged(holdings, claim, reading, published)
                if reason is not None:
                    yield flag("stale_figure", WARNING, reason, spans((claim,)), (claim,))


def _replaced(holdings: Holdings, claim: Claim, newer: Reading, published: date) -> str | None:
    """Why a claim was out of date when it was published: its speaker had given another figure before."""
    since = period(newer.date)
    if since is None or published.toordinal() <= since[1] + DAY:
        return None
    if any(other.document == claim.document for other in holdings.known(newer.claims)):
        return None
    return (
        f"{holdings.outlet(claim.document)} ({published.isoformat()}) gives {named(claim)}, though "
        f"{cut(newer.speaker or 'the same speaker')} gave {_figure(newer)} on {newer.date}."
    )


def _aged(holdings: Holdings, claim: Claim, reading: Reading, published: date) -> str | None:
    """Why a claim is older than it looks: it goes back to a statement of long before, and nothing in it says so."""
    said, day = period(reading.date), published.toordinal()
    if said is None or day - said[1] <= STALE_DAYS or not _as_new(claim, day):
        return None
    return (
        f"{holdings.outlet(claim.document)} ({published.isoformat()}) gives {named(claim)} without saying that the "
        f"figure is of {reading.date}, {day - said[1]:,} days before."
    )


def _latest(holdings: Holdings, estimate: Estimate) -> dict[str | None, Reading]:
    """The latest reading of each speaker that has not been superseded."""
    voiced = (
        (holdings.names.voice(reading.speaker), reading) for reading in estimate.readings if not reading.superseded
    )
    return {voice: reading for voice, reading in voiced if voice is not None}


def _figure(reading: Reading) -> str:
    if reading.low is not None and reading.low == reading.high:
        return f"{reading.low:,}"
    if reading.low is None:
        return "another figure" if reading.high is None else f"at most {reading.high:,}"
    return f"at least {reading.low:,}" if reading.high is None else f"{reading.low:,} to {reading.high:,}"


def _as_new(claim: Claim, day: int) -> bool:
    """Whether nothing in the report dates the figure back: neither the statement nor the event."""
    dates = [found for found in (period(claim.stated), period(claim.when)) if found is not None]
    return all(day - last <= STALE_DAYS for _, last in dates)


def _is_told(claim: Claim) -> bool:
    """Whether the sentence gives the date as that of the event: no term ahead, no weekday, nothing still to come."""
    if not AHEAD.isdisjoint(word.folded for word in words_of(claim.quote)):
        return False
    ground = next((one for one in claim.grounds if one.field == "when" and one.start is not None), None)
    if ground is None:
        return True
    # A weekday without a date may be of the week before: only digits say surely which day is meant.
    if not any(mark.isdecimal() for mark in ground.cue):
        return False
    at = claim.quote.find(ground.cue)
    before = words_of(claim.quote[: max(at, 0)])[-2:]
    return TERMS.isdisjoint(word.folded for word in (*before, *words_of(ground.cue)))


def future_dates(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each figure that is told as a fact of a day after the report, or was said after it."""
    for claim in holdings.claims:
        published = holdings.published(claim)
        if published is None:
            continue
        day = published.toordinal() + DAY
        said, happened = period(claim.stated), period(claim.when)
        if said is not None and said[0] > day and len(claim.stated or "") > YEAR_ALONE:
            what = f"quotes a statement of {claim.stated}"
        elif happened is not None and happened[0] > day and claim.status is Status.ACTUAL and _is_told(claim):
            what = f"tells as a fact what is dated {claim.when}"
        else:
            continue
        reason = f"{holdings.outlet(claim.document)}, published {published.isoformat()}, {what}: {named(claim)}."
        yield flag("date_in_future", WARNING, reason, spans((claim,)), (claim,))
