"""A made-up case of a million claims, made as fast as it can be loaded: numbers come in, reports and blocks go out.

Ten reports tell of each event, five figures each, three of them copies and two with figures of their own. What is
derived of an event is made up with it, in the shape that deriving has: two origins and an estimate of each figure, a
step back of each copy, a flag where they disagree. A number always gives the same report.
"""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from tallystick.model.claim import Claim, Ground, Status
from tallystick.model.document import Document, Original, Passage, PassageKind, Retrieved
from tallystick.model.estimate import Conflict, Estimate, Population, Reading
from tallystick.model.flag import Evidence, Flag
from tallystick.model.ledger import Derived
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Independent, Lineage, Mechanism, Origin
from tallystick.model.priority import Priority
from tallystick.model.quantity import Bound
from tallystick.model.tie import Tie
from tallystick.storage.loading import Report
from tallystick.storage.settling import Settled

__all__ = ["FIGURES", "TELLERS", "reports", "settled"]

FIGURES = 5
TELLERS = 10
COPIES = 3
# Tellers of an event that have the same figures.
AGREEING = 8
OUTLETS = 997
MAYORS = 2_000
DAYS = 28
MONTHS = 12
YEARS = 25
FIRST_YEAR = 2_000
FIRST_DAY = 730_120
# Sentences that say nothing, behind those with figures; each report has some of them.
TALK = 3
SAYINGS = 4_096
WORDS = (
    "harbor valley bridge soldier minister ferry depot border column winter market signal witness convoy river camp "
    "council engine letter morning station village reporter number garden shelter captain crossing road tower agency "
    "budget cement worker farmer doctor driver window school hospital railway tunnel island northern southern empty "
    "sudden quiet broken repaired counted carried reached promised refused described measured"
).split()
LANGUAGES = ("en", "en", "en", "ru", "ko")
SPEAKERS = (None, "officials", "Mayor Anna Pet{}ova", "police", "the ministry of Pet{}ova")
CATEGORIES = ("killed", "wounded", "displaced", "detained", "missing")
VERBS = ("were killed", "were wounded", "were displaced", "were detained", "are missing")
STATUSES = (Status.ACTUAL, Status.ACTUAL, Status.ACTUAL, Status.PLANNED, Status.POSSIBLE, Status.DENIED)
COUNTRIES = ("PL", "JP", "KE", "PE", "SE", "TH")


class Told(NamedTuple):
    """A report and its claims."""

    document: Document
    claims: tuple[Claim, ...]


def reports(first: int, count: int) -> Iterator[Report]:
    """Give `count` reports from number `first` on."""
    for number in range(first, first + count):
        told = _told(number)
        content = told.document.text.encode()
        yield Report(Retrieved(told.document, Original(told.document.sha256, "text/plain", content)), told.claims)


def settled(first: int, count: int) -> Iterator[Settled]:
    """Give what is derived of `count` events from number `first` on."""
    for event in range(first, first + count):
        told = [_told(event * TELLERS + teller) for teller in range(TELLERS)]
        homes = {claim.id: one.document.id for one in told for claim in one.claims}
        urgent = {name: Priority(_share(name, 0), _share(name, 2)) for name in homes}
        day = FIRST_DAY + event
        ties = {one.document.id: (Tie(event, day, day, DAYS),) for one in told}
        yield Settled(ties, homes, _derived(event, told), urgent)


@cache
def _saying(number: int) -> str:
    """A sentence without figures."""
    chosen = (WORDS[number * (step + 3) % 7_919 % len(WORDS)] for step in range(12))
    return " ".join(chosen).capitalize() + "."


def _name(kind: str, *parts: int) -> str:
    """An id as others have it: letters that come in no order."""
    return f"{kind}-{sha256(repr(parts).encode()).hexdigest()[:16]}"


def _share(name: str, place: int) -> float:
    """A number from 0 to 1 that hangs on an id."""
    return int(name[2 + place : 4 + place], 16) / 255


def _value(event: int, teller: int, turn: int) -> int:
    """A figure of an event; the last tellers have one of their own."""
    apart = (teller >= AGREEING) * 37 * (teller - AGREEING + 1)
    return 21 + (event * 7 + turn * 1_009) % 4_000 + apart


def _told(number: int) -> Told:
    """A report with its claims."""
    event, teller = divmod(number, TELLERS)
    town, own = f"Town{chr(97 + event % 26)}{event}", event * TELLERS + (0 if teller < COPIES else teller)
    name, lines, spans, at = f"doc-{number}", [], [], 0
    for turn in range(FIGURES + TALK):
        if turn < FIGURES:
            lead = f"In {town} the {WORDS[own * (turn + 1) % len(WORDS)]} of the {WORDS[own % len(WORDS)]} heard that "
            figure = str(_value(event, teller, turn))
            line = f"{lead}{figure} people {VERBS[turn]} near the {WORDS[(own + turn) % len(WORDS)]}."
            spans.append((at + len(lead), at + len(lead) + len(figure), at, at + len(line)))
        else:
            line = _saying((own * 31 + turn * 101) % SAYINGS)
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines)
    year, rest = FIRST_YEAR + event // (DAYS * MONTHS) % YEARS, event % (DAYS * MONTHS)
    day = f"{year}-{1 + rest // DAYS:02d}-{1 + rest % DAYS:02d}"
    document = Document(
        name, text, sha256(text.encode()).hexdigest(), _passages(lines), f"reports/{number}.txt",
        title=f"{WORDS[own % len(WORDS)].capitalize()} in {town}", outlet=f"Outlet {number % OUTLETS}",
        published=f"{day}T{8 + number % 3:02d}:00:00Z", language=LANGUAGES[event % len(LANGUAGES)],
    )  # fmt: skip
    return Told(document, tuple(_claim(document, number, turn, day, span) for turn, span in enumerate(spans)))


def _passages(lines: list[str]) -> tuple[Passage, ...]:
    found, at = [], 0
    for line in lines:
        found.append(Passage(at, at + len(line), PassageKind.BODY))
        at += len(line) + 1
    return tuple(found)


def _claim(document: Document, number: int, turn: int, day: str, span: tuple[int, int, int, int]) -> Claim:
    """A figure of a report, with a speaker drawn for it."""
    start, end, first, last = span
    event, text = number // TELLERS, document.text
    speaker, figure = SPEAKERS[(number * 7 + turn * 3) % len(SPEAKERS)], text[start:end]
    grounds = (
        Ground("category", CATEGORIES[turn], "people", end + 1, end + 7), Ground("bound", "exact", "rule"),
    )  # fmt: skip
    return Claim(
        _name("c", number, turn), document.id, start, end, figure, int(figure), int(figure), Bound.EXACT, "person",
        "people", CATEGORIES[turn], COUNTRIES[event % len(COUNTRIES)], f"Town{chr(97 + event % 26)}{event}",
        STATUSES[(event + turn) % len(STATUSES)], None, None, speaker and speaker.format(event % MAYORS), None, None,
        day, text[first:last], text[max(0, start - 32) : start], text[end : end + 32], grounds,
    )  # fmt: skip


def _derived(event: int, told: list[Told]) -> Derived:
    """What follows from the reports of an event."""
    first = told[0].document
    edges = tuple(
        Edge(
            one.document.id,
            first.id,
            EdgeLevel.DOCUMENT,
            EdgeKind.QUOTED,
            Mechanism.IDENTICAL_TEXT,
            "the same words",
            0.98,
        )
        for one in told[1:COPIES]
    )
    origins: list[Origin] = []
    estimates, flags = [], []
    for turn in range(FIGURES):
        sides = [_origin(event, turn, side, own) for side, own in enumerate((told[:AGREEING], told[AGREEING:]))]
        origins += sides
        estimates.append(_estimate(event, turn, told, sides))
        if turn < 2:
            spot = told[AGREEING].claims[turn]
            flags.append(Flag(
                _name("f", event, turn), ("conflict", "outlier")[turn], ("warning", "error")[turn], "They differ.",
                tuple(one.claims[turn].id for one in told), (Evidence(spot.document, spot.start, spot.end),),
            ))  # fmt: skip
    return Derived(Lineage(edges, tuple(origins)), tuple(estimates), tuple(flags))


def _origin(event: int, turn: int, side: int, told: list[Told]) -> Origin:
    return Origin(
        _name("o", event, turn, side), told[0].claims[turn].speaker, (told[0].document.published or "")[:10],
        tuple(one.document.id for one in told), tuple(one.claims[turn].id for one in told), Independent(1, len(told)),
        "one statement",
    )  # fmt: skip


def _estimate(event: int, turn: int, told: list[Told], sides: list[Origin]) -> Estimate:
    """An estimate of one figure: two readings that disagree."""
    claim = told[0].claims[turn]
    low, high = _value(event, 0, turn), _value(event, AGREEING, turn)
    readings = tuple(
        Reading(side.id, side.speaker, side.date, value, value, Bound.EXACT, side.claims, len(side.documents))
        for side, value in zip(sides, (low, high), strict=True)
    )
    label = f"{CATEGORIES[turn].capitalize()}, {claim.place}"
    conflict = Conflict(tuple(side.id for side in sides), f"{low} is not {high}")
    return Estimate(
        _name("e", event, turn), Population(claim.category, claim.origin, claim.place, label, "person"), claim.status,
        None, claim.stated, low, low, high, 3, readings, tuple(one.claims[turn].id for one in told), Independent(1, 2),
        len(told), (), None, (conflict,), (f"{low} of {AGREEING} reports", f"{high} of the others"),
    )  # fmt: skip
