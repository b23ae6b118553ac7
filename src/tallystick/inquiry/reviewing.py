"""A reviewer's decisions about claims: what is wanted comes in, is held against the report, and is kept.

Every function takes an open case and gives the review that it made; what follows from it is derived by the next
`bring_up_to_date`. `seen` is the number of the last review that the reviewer knew of, of the claim or of the whole
case: where somebody has reviewed the claim since, `ReviewConflictError` says so and nothing is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tallystick.errors import ReviewConflictError, ReviewError
from tallystick.extraction.extraction import claim_id
from tallystick.inquiry.fields import Fields, applied, differing, shown, span_of
from tallystick.model.claim import Claim, Ground
from tallystick.model.document import Document
from tallystick.model.review import Held, Review, ReviewVerdict, Standing
from tallystick.storage.case import Case, Proposal

__all__ = ["accept", "add", "edit", "first_seen", "merge", "reject", "require_fresh", "split", "withdraw"]

# Most claims into which one is split, or that are merged into one: a sentence with more is read anew by its parts.
MOST_PARTS = 20
# Longest reason that is kept, in characters: a page of text.
LONGEST_REASON = 4_000


def accept(case: Case, claim: str, *, seen: int, why: str = "") -> Review:
    """Say that a claim is right as it stands; one that was rejected comes back by it.

    Args:
        case: Open for writing; its keeper names the reviewer.
        claim: Id of the claim.
        seen: Number of the last review that the reviewer knew of.
        why: The reason; may be empty.

    Raises:
        UnknownNameError: Where there is no such claim.
        ReviewConflictError: Where somebody has reviewed it since.
        ReviewError: Where the decision cannot be taken.
        CaseReadOnlyError: Where the case cannot be written.
    """
    require_fresh(case, (claim,), seen)
    held = case.claim(claim)
    _require_whole(held)
    return _keep(case, ReviewVerdict.ACCEPTED, (held.claim,), (held.claim,), _short(claim, why), seen)


def reject(case: Case, claim: str, *, seen: int, why: str) -> Review:
    """Say that a claim is none; arguments and errors as of `accept`, but that a reason is needed."""
    require_fresh(case, (claim,), seen)
    held = case.claim(claim)
    _require_counting(held)
    return _keep(case, ReviewVerdict.REJECTED, (held.claim,), (), _reason(claim, why), seen)


def edit(case: Case, claim: str, fields: Fields, *, seen: int, why: str) -> Review:
    """Say what the fields of a claim are; the claim keeps its id, also where another span is marked.

    Args:
        case: Open for writing.
        claim: Id of the claim.
        fields: All of them, as `fields.typed` gives them, the same ones too.
        seen: Number of the last review that the reviewer knew of.
        why: The reason.

    Raises:
        UnknownNameError: Where there is no such claim.
        ReviewConflictError: Where somebody has reviewed it since.
        ReviewError: Where nothing is different, or there is no reason.
        CaseReadOnlyError: Where the case cannot be written.
    """
    require_fresh(case, (claim,), seen)
    held = case.claim(claim)
    _require_whole(held)
    reason = _reason(claim, why)
    if not differing(held.claim, fields):
        raise ReviewError(claim, "nothing was changed; accept it where it is right")
    made = applied(held.claim, fields, case.document(held.claim.document), case.operator)
    return _keep(case, ReviewVerdict.EDITED, (held.claim,), (made,), reason, seen)


def split(case: Case, claim: str, parts: Sequence[Fields], *, seen: int, why: str) -> Review:
    """Put several claims in the place of one; the part that marks its span keeps its id.

    Args:
        case: Open for writing.
        claim: Id of the claim.
        parts: The fields of each, at least two, no two alike.
        seen: Number of the last review that the reviewer knew of.
        why: The reason.

    Raises:
        UnknownNameError: Where there is no such claim.
        ReviewConflictError: Where somebody has reviewed it since.
        ReviewError: Where the parts are too few, too many or alike, or there is no reason.
        CaseReadOnlyError: Where the case cannot be written.
    """
    require_fresh(case, (claim,), seen)
    held = case.claim(claim)
    _require_counting(held)
    reason = _reason(claim, why)
    if not 1 < len(parts) <= MOST_PARTS:
        raise ReviewError(claim, f"split it into 2 to {MOST_PARTS} claims, not {len(parts)}")
    if len(set(parts)) < len(parts):
        raise ReviewError(claim, "two of the parts are the same; they must differ in a field")
    document = case.document(held.claim.document)
    taken = {one.claim.id for one in case.held(document.id)} - {claim}
    made: list[Claim] = []
    for fields in parts:
        own = claim if (fields.start, fields.end) == (held.claim.start, held.claim.end) else None
        named = own if own is not None and own not in taken else _name(document.id, fields, taken)
        taken.add(named)
        made.append(applied(replace(held.claim, id=named), fields, document, case.operator))
    return _keep(case, ReviewVerdict.SPLIT, (held.claim,), tuple(made), reason, seen)


def merge(case: Case, claims: Sequence[str], fields: Fields, *, seen: int, why: str) -> Review:
    """Put one claim in the place of several of one report; it takes the id of the first of them in the text.

    Args:
        case: Open for writing.
        claims: Ids of the claims, at least two.
        fields: Of the one that stands for them.
        seen: Number of the last review that the reviewer knew of.
        why: The reason.

    Raises:
        UnknownNameError: Where one of the claims is not there.
        ReviewConflictError: Where somebody has reviewed one of them since.
        ReviewError: Where they are too few, too many or of several reports, or there is no reason.
        CaseReadOnlyError: Where the case cannot be written.
    """
    names = tuple(dict.fromkeys(claims))
    if not 1 < len(names) <= MOST_PARTS:
        raise ReviewError(names[0] if names else "merge", f"give 2 to {MOST_PARTS} claims to merge, not {len(names)}")
    require_fresh(case, names, seen)
    held = [case.claim(name) for name in names]
    for one in held:
        _require_counting(one)
    if len({one.claim.document for one in held}) > 1:
        raise ReviewError(names[0], "claims of two reports are not one; join their reports by their origin instead")
    reason = _reason(names[0], why)
    before = tuple(sorted((one.claim for one in held), key=lambda claim: (claim.start, claim.end, claim.id)))
    made = applied(before[0], fields, case.document(before[0].document), case.operator)
    return _keep(case, ReviewVerdict.MERGED, before, (made,), reason, seen)


def add(case: Case, document: str, fields: Fields, *, seen: int, why: str) -> Review:
    """Say that a report makes a claim that was missed.

    Args:
        case: Open for writing.
        document: Id of the report.
        fields: Of the claim.
        seen: Number of the last review that the reviewer knew of.
        why: The reason.

    Raises:
        UnknownDocumentError: Where there is no such report.
        ReviewError: Where a claim like it is there, or there is no reason.
        CaseReadOnlyError: Where the case cannot be written.
    """
    report = case.document(document)
    reason = _reason(document, why)
    held = case.held(document)
    for one in held:
        if one.standing.counts and (one.claim.start, one.claim.end) == (fields.start, fields.end):
            raise ReviewError(one.claim.id, "marks these words already; edit it, or split it")
    named = _name(document, fields, {one.claim.id for one in held})
    return _keep(case, ReviewVerdict.ADDED, (), (_new(named, report, fields, case.operator),), reason, seen)


def withdraw(case: Case, review: int, *, seen: int, why: str) -> Review:
    """Take back a review, which is kept with the withdrawal; the claims are then as they were before it.

    Args:
        case: Open for writing.
        review: Its number.
        seen: Number of the last review that the reviewer knew of.
        why: The reason.

    Raises:
        ReviewConflictError: Where somebody has reviewed its claims since.
        ReviewError: Where there is no such review, it is withdrawn already, a later one rests on it, or there is no
            reason.
        CaseReadOnlyError: Where the case cannot be written.
    """
    reason = _reason(f"review {review}", why)
    document = case.review_home(review)
    if document is None:
        raise ReviewError(f"review {review}", "there is no such review")
    proposal = Proposal(ReviewVerdict.WITHDRAWN, document, (), (), reason, review)
    return case.review(proposal, seen=seen)


def require_fresh(case: Case, claims: Iterable[str], seen: int) -> None:
    """Raise where somebody has reviewed one of these claims since review `seen`.

    Raises:
        ReviewConflictError: Where it is so.
    """
    names = tuple(claims)
    last = case.last_review_of(names)
    if last > seen:
        raise ReviewConflictError(names[0], last)


def first_seen(claim: Claim, reviews: Iterable[Review]) -> Claim | None:
    """Give a claim as it was before anybody reviewed it; None where a reviewer made it.

    Args:
        claim: As it stands.
        reviews: Those about it, in order.
    """
    for review in reviews:
        if review.verdict is not ReviewVerdict.WITHDRAWN and claim.id in review.touched:
            return next((one for one in review.before if one.id == claim.id), None)
    return claim


def _keep(
    case: Case, verdict: ReviewVerdict, before: tuple[Claim, ...], after: tuple[Claim, ...], why: str, seen: int
) -> Review:  # fmt: skip
    document = (before or after)[0].document
    return case.review(Proposal(verdict, document, before, after, why), seen=seen)


def _require_counting(held: Held) -> None:
    """Raise where a claim was taken away already."""
    if not held.standing.counts:
        raise ReviewError(held.claim.id, f"was {held.standing} already; accept it, or undo that, to have it back")


def _require_whole(held: Held) -> None:
    """Raise where others stand in the place of a claim: with it they would count twice."""
    if held.standing is Standing.REPLACED:
        raise ReviewError(held.claim.id, "others stand in its place since it was split or merged; undo that first")


def _reason(subject: str, why: str) -> str:
    """The reason, which may not be empty."""
    given = _short(subject, why)
    if not given:
        raise ReviewError(subject, "say why: a decision without its reason is none")
    return given


def _short(subject: str, why: str) -> str:
    given = why.strip()
    if len(given) > LONGEST_REASON:
        raise ReviewError(subject, f"the reason is longer than {LONGEST_REASON:,} characters")
    return given


def _name(document: str, fields: Fields, taken: Iterable[str]) -> str:
    """An id for a claim at a span: that of the span, or where another has it, that of its turn there."""
    held = set(taken)
    named, turn = claim_id(document, fields.start, fields.end), 1
    while named in held:
        turn += 1
        named = claim_id(f"{document}\0{turn}", fields.start, fields.end)
    return named


def _new(named: str, report: Document, fields: Fields, by: str) -> Claim:
    """A claim of which every field is by the reviewer's word."""
    cue = f"reviewer {by}".strip()
    told = ((name, getattr(fields, name)) for name in Fields.__slots__ if name not in ("start", "end"))
    place = span_of(report, fields.start, fields.end)
    return Claim(
        id=named, document=report.id, start=fields.start, end=fields.end, figure=place.figure, low=fields.low,
        high=fields.high, bound=fields.bound, unit=fields.unit, counted=fields.counted, category=fields.category,
        origin=fields.origin, place=fields.place, status=fields.status, aspect=fields.aspect, measure=fields.measure,
        speaker=fields.speaker, via=fields.via, when=fields.when, stated=fields.stated, quote=place.quote,
        prefix=place.prefix, suffix=place.suffix,
        grounds=tuple(Ground(name, shown(value), cue) for name, value in told if value is not None),
    )  # fmt: skip
