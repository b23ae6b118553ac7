"""What reviewers look at and have decided: a view comes in, a claim in its paragraph, reviews and what moved go out."""

from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.change import Change, Range
from tallystick.model.claim import Claim
from tallystick.model.estimate import Reading
from tallystick.model.quantity import Bound
from tallystick.model.review import Review, ReviewVerdict, Standing
from tallystick.storage import reviewing, rows, tables
from tallystick.storage.custody import Action
from tallystick.storage.dialects import piece, texts
from tallystick.storage.views.view import View

__all__ = [
    "Beside",
    "History",
    "Line",
    "Paragraph",
    "Share",
    "Turned",
    "beside",
    "block_size",
    "history",
    "judged_twice",
    "label_of",
    "last_review",
    "line_of",
    "moved_since",
    "paragraph",
    "review",
    "reviewers",
    "share_of",
    "state_of",
]

# Code points of a paragraph shown either side of a sentence: a long paragraph has 800, a text without paragraphs all.
AROUND = 900
# Claims of one report that are offered for merging, those nearest in the text.
MOST_BESIDE = 60
# Changes that are told after one review; a page of all of them is elsewhere.
MOST_MOVED = 40
# Reviews on a page of the history.
PAGE = 25
# Claims of which agreement is told: two people who read so many have read for weeks, and the page stays quick.
MOST_TWICE = 5_000


class Paragraph(NamedTuple):
    """A figure in its sentence and paragraph, and the report that holds it.

    Attributes:
        before: What stands before the sentence.
        lead: The sentence as far as the figure.
        figure: The figure.
        rest: The sentence behind it.
        after: What stands behind the sentence.
        start: Where `before` begins in the text.
        title: Of the report, or None.
        outlet: Who published it, or None.
        published: When, or None.
        language: Its BCP 47 code.
    """

    before: str
    lead: str
    figure: str
    rest: str
    after: str
    start: int
    title: str | None
    outlet: str | None
    published: str | None
    language: str


class Beside(NamedTuple):
    """Another claim of the same report."""

    id: str
    start: int
    figure: str
    counted: str | None
    category: str
    standing: Standing
    quote: str


class Share(NamedTuple):
    """What an estimate makes of a claim: the reading that it carries, the figure, and how many readings stand."""

    estimate: str
    reading: Reading
    figure: Range
    standing: int


class Line(NamedTuple):
    """A review in the history, and whether it holds, and may be withdrawn."""

    review: Review
    holds: bool
    open: bool


class History(NamedTuple):
    """A page of reviews, the latest first."""

    lines: tuple[Line, ...]
    number: int
    pages: int
    total: int


class Turned(NamedTuple):
    """What moved since a review: the changes, how many more there are, and whether more may come."""

    changes: tuple[Change, ...]
    more: int
    behind: bool


def paragraph(view: View, claim: Claim, quote_start: int) -> Paragraph:
    """Give a figure in its sentence and paragraph.

    Args:
        view: The case.
        claim: The claim.
        quote_start: Where its sentence begins in the text.
    """
    end = quote_start + len(claim.quote)
    spans = tables.passages.c
    held = view.first(
        sa.select(spans.start, spans.end)
        .where(spans.document == claim.document, spans.start <= claim.start, spans.end > claim.start)
        .order_by(spans.position)
        .limit(1)
    )
    first = quote_start if held is None else min(quote_start, max(held["start"], quote_start - AROUND))
    last = end if held is None else max(end, min(held["end"], end + AROUND))
    columns = tables.documents.c
    row = view.first(
        sa.select(
            columns.title, columns.outlet, columns.published, columns.language,
            piece(columns.text, first + 1, last - first).label("words"),
        ).where(columns.id == claim.document)
    )  # fmt: skip
    words: str = "" if row is None else row["words"]
    told = (None, None, None, "") if row is None else (row["title"], row["outlet"], row["published"], row["language"])
    cuts = (0, quote_start - first, claim.start - first, claim.end - first, end - first, len(words))
    parts = [words[cuts[turn] : cuts[turn + 1]] for turn in range(5)]
    return Paragraph(parts[0], parts[1], parts[2], parts[3], parts[4], first, *told)


def beside(view: View, claim: Claim) -> tuple[Beside, ...]:
    """Give the other claims of a report that count, those nearest to one, in the order of the text."""
    held = tables.claims.c
    counting = held.standing.not_in([one.value for one in Standing if not one.counts])
    query = (
        sa.select(*(held[name] for name in Beside._fields))
        .where(held.document == claim.document, held.id != claim.id, counting)
        .order_by(sa.func.abs(held.start - claim.start), held.id)
        .limit(MOST_BESIDE)
    )
    found = [Beside(**{**row, "standing": Standing(row["standing"])}) for row in view.rows(query)]
    return tuple(sorted(found, key=lambda one: (one.start, one.id)))


def share_of(view: View, claim: str) -> tuple[Share, ...]:
    """Give what the estimates make of a claim, by the reading in each that carries it."""
    of, held, told = tables.estimate_claims.c, tables.estimates.c, tables.readings.c
    found: list[Share] = []
    names = sa.select(held.id, held.best, held.low, held.high).where(
        held.id.in_(sa.select(of.estimate).where(of.claim == claim))
    )
    for row in view.rows(names.order_by(held.position)):
        standing = view.scalar(sa.select(sa.func.count()).where(told.estimate == row["id"], ~told.superseded)) or 0
        each = texts(told.claims)
        carries = sa.select(sa.literal(1)).select_from(each).where(each.c.value == claim).exists()
        carrying = sa.select(tables.readings).where(told.estimate == row["id"], carries).order_by(told.position)
        for one in view.rows(carrying.limit(1)):
            reading = Reading(
                one["origin"], one["speaker"], one["date"], one["low"], one["high"], Bound(one["bound"]),
                tuple(one["claims"]), one["reports"], bool(one["superseded"]), one["reliability"], one["weight"],
                one["known"],
            )  # fmt: skip
            found.append(Share(row["id"], reading, Range(row["best"], row["low"], row["high"]), standing))
    return tuple(found)


def last_review(view: View) -> int:
    """Give the number of the last review of the case; 0 where there is none. It may stand for `seen` of any claim."""
    return view.scalar(sa.select(sa.func.max(tables.reviews.c.number))) or 0


def review(view: View, number: int) -> Review | None:
    """Give the review of this number, or None."""
    row = view.first(sa.select(tables.reviews).where(tables.reviews.c.number == number))
    return None if row is None else rows.review_of(row)


def state_of(view: View, number: int) -> int:
    """Give the number of the entry of the custody log that tells of a review; 0 where there is none."""
    log = tables.custody.c
    query = sa.select(log.number).where(log.subject == str(number), log.action == Action.REVIEWED.value)
    return view.scalar(query) or 0


def moved_since(view: View, state: int) -> Turned:
    """Give what moved since an entry of the custody log, in order.

    Args:
        view: The case.
        state: Number of the entry, as `state_of` gives it; 0 is none, since which nothing moved.
    """
    held = tables.changes.c
    if not state:
        return Turned((), 0, view.behind)
    total = view.scalar(sa.select(sa.func.count()).where(held.state >= state)) or 0
    found = view.rows(sa.select(tables.changes).where(held.state >= state).order_by(held.number).limit(MOST_MOVED))
    return Turned(tuple(map(rows.change_of, found)), total - len(found), view.behind)


def label_of(view: View, estimate: str) -> str:
    """Give the line of an estimate for a reader; "" where there is none of that id."""
    held = tables.estimates.c
    found: str | None = view.scalar(sa.select(held.label).where(held.id == estimate))
    return found or ""


def block_size(view: View, estimate: str) -> int:
    """Give from how many reports the block of an estimate was derived."""
    members, held = tables.blocks.c, tables.estimates.c
    own = sa.select(held.block).where(held.id == estimate).scalar_subquery()
    return view.scalar(sa.select(sa.func.count()).select_from(tables.blocks).where(members.block == own)) or 0


def reviewers(view: View) -> tuple[str, ...]:
    """Give everybody who has reviewed, by name."""
    column = tables.reviews.c.by
    return tuple(view.connection.scalars(sa.select(column).distinct().order_by(column)))


def history(view: View, *, by: str = "", claim: str = "", number: int = 1) -> History:
    """Give a page of the reviews, the latest first.

    Args:
        view: The case.
        by: Only those of this reviewer; empty for all.
        claim: Only those about this claim; empty for all.
        number: Which page, from 1; one behind the last gives the last.
    """
    held, about = tables.reviews.c, tables.reviewed.c
    wanted = [held.by == by] if by else []
    wanted += [held.number.in_(sa.select(about.review).where(about.claim == claim))] if claim else []
    total = view.scalar(sa.select(sa.func.count()).select_from(tables.reviews).where(*wanted)) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    query = sa.select(tables.reviews).where(*wanted).order_by(held.number.desc())
    found = [rows.review_of(row) for row in view.rows(query.limit(PAGE).offset((number - 1) * PAGE))]
    return History(tuple(line_of(view, one) for one in found), number, pages, total)


def line_of(view: View, one: Review) -> Line:
    """Give a review with what became of it: whether it holds, and may be withdrawn."""
    if one.verdict is ReviewVerdict.WITHDRAWN:
        return Line(one, holds=False, open=False)
    standing = {each.number: each for each in reviewing.holding_of(view.connection, one)}
    holds = one.number in standing
    later = any(each.number > one.number and each.touched & one.touched for each in standing.values())
    return Line(one, holds, holds and not later)


def judged_twice(view: View) -> tuple[Review, ...]:
    """Give the reviews of the claims that two or more people have judged, in order; of those claims the latest."""
    about, held = tables.reviewed.c, tables.reviews.c
    twice = (
        sa.select(about.claim)
        .join_from(tables.reviewed, tables.reviews, held.number == about.review)
        .group_by(about.claim)
        .having(sa.func.count(sa.distinct(held.by)) > 1)
        .order_by(sa.func.max(about.review).desc(), about.claim)
        .limit(MOST_TWICE)
    )
    numbers = sa.select(about.review).where(about.claim.in_(twice)).distinct()
    found = view.rows(sa.select(tables.reviews).where(held.number.in_(numbers)).order_by(held.number))
    return tuple(map(rows.review_of, found))
