"""Blocks of reports that can have to do with one another, in the sense of record linkage: none is compared across them.

Takes reports and claims; gives for each report its ties, and the blocks into which ties join all reports. A block can
be derived by itself, so a new report costs what the blocks that it touches cost, however large the case is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.document import Document, by_publication
from tallystick.model.dossier import Dossier
from tallystick.model.judgement import Judgement
from tallystick.model.tie import Tie
from tallystick.tracing.copies.texts import Text, read
from tallystick.tracing.events import Occasions
from tallystick.tracing.likeness import (
    CLOSE,
    EVENTS_APART,
    FREQUENT_DAYS,
    Likeness,
    is_frequent,
    is_precise,
    is_small,
    lifetime,
)
from tallystick.tracing.speech import quotation_marks
from tallystick.tracing.tellings import Casebook, Report, Telling
from tallystick.tracing.voices import VoiceKind
from tallystick.values.joined import Joined
from tallystick.values.meeting import meeting
from tallystick.values.names import bare_place, fold
from tallystick.values.periods import Period

__all__ = ["Block", "blocks", "leading", "ties"]

# Sampled five-word runs in a row that tie two reports: two stand for 29 words in common, three for 37. Shorter formulas
# ("did not immediately respond to a request for comment") would join reports that have nothing to do with each other.
RUN = 3
# Days that are the same for everybody, and for reports without a date.
ALWAYS = Period(0, 10**7)
SUBJECT = "subject"
# Sums are compared where they are the same alone, wherever that is.
MONEY = "money"


class Block(NamedTuple):
    """Reports that ties join, however indirectly, with their claims; both by publication."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]


def ties(documents: Sequence[Document], claims: Iterable[Claim], dossier: Dossier) -> dict[str, tuple[Tie, ...]]:
    """Give the ties of each document by its id; they depend on that document and its claims alone.

    Under a dossier that names its places all reports are about one subject, and one tie joins them all. Under one that
    watches the whole world, reports are tied by a passage in common; by a figure of one kind at one place, of one named
    speaker or through one outlet; by a count to the last digit; and by what is counted at one place about that time.
    """
    if dossier.places:
        return {document.id: (_tie((SUBJECT,), ALWAYS, 0),) for document in documents}
    casebook = Casebook(tuple(documents), tuple(claims), dossier)
    likeness = Likeness(dossier)
    occasions = Occasions(casebook, dossier)
    texts = read([report.document for report in casebook.reports])
    found = {}
    for report, text, tellings in zip(casebook.reports, texts, casebook.by_report, strict=True):
        own = [*_of_text(text)]
        own.extend(_tie(("quote", mark), ALWAYS, 0) for mark in quotation_marks(report.document))
        for telling in tellings:
            own.extend(_of_telling(telling, report, casebook.outlets.family(report.document), likeness))
            own.extend(_tie(("told", *told), telling.said or ALWAYS, CLOSE) for told in occasions.told(telling))
        found[report.document.id] = tuple(dict.fromkeys(own))
    return found


def blocks(
    documents: Sequence[Document], claims: Sequence[Claim], dossier: Dossier, judgements: Iterable[Judgement] = ()
) -> tuple[Block, ...]:
    """Give the blocks of a case, by their first report; every document is in exactly one."""
    ordered = sorted(documents, key=by_publication)
    turns = {document.id: turn for turn, document in enumerate(ordered)}
    homes = {claim.id: claim.document for claim in claims}
    tied = ties(documents, claims, dossier)
    for judgement in judgements:
        for subject in (judgement.later, judgement.earlier):
            name = homes.get(subject, subject)
            if name in tied:
                tied[name] += (_tie(("judgement", judgement.number), ALWAYS, 0),)
    leaders = leading(tied[document.id] for document in ordered)
    held: defaultdict[int, tuple[list[Document], list[Claim]]] = defaultdict(lambda: ([], []))
    for turn, document in enumerate(ordered):
        held[leaders[turn]][0].append(document)
    for claim in claims:
        held[leaders[turns[claim.document]]][1].append(claim)
    return tuple(
        Block(tuple(found), tuple(sorted(counted, key=lambda claim: (turns[claim.document], claim.start, claim.id))))
        for _, (found, counted) in sorted(held.items())
    )


def leading(tied: Iterable[Sequence[Tie]]) -> list[int]:
    """Give for the turn of each report the first turn of its block.

    Args:
        tied: The ties of each report, one report after the other; 24 bytes are kept of each tie.
    """
    joined: Joined[int] = Joined()

    def numbered() -> Iterator[tuple[int, Sequence[Tie]]]:
        for turn, own in enumerate(tied):
            joined.first(turn)
            yield turn, own

    for before, turn in meeting(numbered()):
        joined.join(before, turn)
    return [joined.first(turn) for turn in range(len(joined))]


def _of_text(text: Text) -> Iterator[Tie]:
    """Ties by passages in common."""
    sampled = text.prints.sampled.tolist()
    for at in range(len(sampled) - RUN + 1):
        yield _tie(("text", *sampled[at : at + RUN]), ALWAYS, 0)


def _of_telling(telling: Telling, report: Report, newsroom: str | None, likeness: Likeness) -> Iterator[Tie]:
    """Ties by what is counted, by whom and where; `newsroom` is the family of the report's outlet."""
    claim = telling.claim
    family = likeness.family(claim.category)
    if likeness.is_catch_all(claim.category):
        # Of what fits nowhere else only the same things have to do with one another.
        family = f"{family} {' '.join(fold(claim.counted or '')[-1:])}"
    published = ALWAYS if report.day is None else Period(report.day, report.day)
    place = bare_place(telling.seat.words)
    if place and likeness.kind(claim.category) != MONEY:
        yield _tie(("place", family, place), telling.happened or published, EVENTS_APART)
    reach = lifetime(claim, claim)
    named = telling.voice is not None and telling.voice.kind in (VoiceKind.ACTOR, VoiceKind.NAME)
    for value in telling.values:
        figure = claim.unit, value, family
        if place:
            yield _tie(("figure at", *figure, place), published, reach)
        if is_precise(claim):
            yield _tie(("figure", *figure), published, reach)
        if telling.voice is not None and named and not is_small(claim):
            for voice in (telling.voice.key, *telling.voice.speaks_for, *telling.voice.linked):
                yield _tie(("figure by", *figure, voice), telling.said or published, reach)
        if newsroom is not None and not is_small(claim):
            reach_of_copy = CLOSE if is_frequent(claim) else FREQUENT_DAYS
            yield _tie(("figure in newsroom", *figure, newsroom), published, reach_of_copy)
        for outlet in dict.fromkeys((report.outlet, report.credit, telling.via)):
            if outlet is not None and not is_small(claim):
                yield _tie(("figure in", *figure, outlet), published, CLOSE if is_frequent(claim) else FREQUENT_DAYS)


def _tie(key: tuple[object, ...], days: Period, reach: int) -> Tie:
    digest = blake2b(repr((*key, reach)).encode(), digest_size=8).digest()
    return Tie(int.from_bytes(digest) >> 1, days.first, days.last, reach)
