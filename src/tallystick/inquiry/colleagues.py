"""What other people decided, taken into a case: their judgements and reviews come in, what came of each goes out.

Who decided, when and why stays as it is; the same decision is kept once, however often it comes. What does not fit is
named and left out: a decision about what the case does not hold, or one that somebody here has decided otherwise since.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from tallystick.errors import ReviewError, UnknownDocumentError, UnknownNameError
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import EdgeLevel
from tallystick.model.review import Review, ReviewVerdict
from tallystick.storage.case import Author, Case, Proposal

__all__ = ["Taken", "judge", "review", "stands", "unfounded"]


class Taken(NamedTuple):
    """What came of some decisions.

    Attributes:
        added: How many the case has now and did not have.
        known: How many it had already.
        unknown: About what it does not hold, one sentence each.
        conflicts: Those that do not go with what was decided here, one sentence each.
    """

    added: int = 0
    known: int = 0
    unknown: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


class _Count:
    """What comes of decisions, as they are taken in."""

    def __init__(self) -> None:
        self.added = self.known = 0
        self.unknown: list[str] = []
        self.conflicts: list[str] = []

    def taken(self) -> Taken:
        """Give it."""
        return Taken(self.added, self.known, tuple(self.unknown), tuple(self.conflicts))


def review(case: Case, reviews: Iterable[Review]) -> Taken:
    """Take reviews of claims into a case, in their order; their claims are held against the reports.

    Args:
        case: Open to be written; what follows from them is for others to derive.
        reviews: As their own case has them.

    Raises:
        CaseReadOnlyError: Where the case cannot be written.
    """
    count = _Count()
    # By the numbers that they have there, those that they have here.
    numbers: dict[int, int] = {}
    for made in reviews:
        try:
            _review(case, made, numbers, count)
        except (UnknownDocumentError, UnknownNameError) as error:
            count.unknown.append(f"review {made.number}: {error}")
        except ReviewError as error:
            count.conflicts.append(f"review {made.number}: {error}")
    return count.taken()


def _review(case: Case, made: Review, numbers: dict[int, int], count: _Count) -> None:
    document = case.document(made.document)
    same = next((one for one in case.reviews(document.id) if _mark(one) == _mark(made)), None)
    if same is not None:
        numbers[made.number] = same.number
        count.known += 1
        return
    held = {one.claim.id for one in case.held(document.id)}
    withdrawn = made.verdict is ReviewVerdict.WITHDRAWN
    missing = [claim.id for claim in made.before if claim.id not in held]
    if missing and not withdrawn:
        raise UnknownNameError(missing[0], "no claim of that id is in the case")
    if withdrawn and made.of not in numbers:
        raise UnknownNameError(f"review {made.of}", "which it withdraws, is not in the case")
    wrong = unfounded(document, made.after)
    if wrong is not None:
        raise ReviewError(wrong, "its figure does not stand where it says")
    about = made.touched if withdrawn else frozenset(claim.id for claim in made.before)
    last = case.last_review_of(about)
    if last and last not in numbers.values():
        raise ReviewError(min(about), f"was reviewed here since, by review {last}; that stays")
    if case.claimed(claim.id for claim in made.after if claim.id not in held):
        raise ReviewError(min(made.touched), "another report has a claim of that id")
    of = numbers.get(made.of or 0)
    proposal = Proposal(made.verdict, document.id, made.before, made.after, made.why, of)
    numbers[made.number] = case.review(proposal, seen=last, author=Author(made.by, made.made)).number
    count.added += 1


def unfounded(document: Document, claims: Iterable[Claim]) -> str | None:
    """Give the id of the first of some claims whose figure does not stand in a report where it says, or None.

    Its sentence and the words beside it are held against the report as well: they are shown as quotations.
    """
    for claim in claims:
        if claim.document != document.id or not stands(document.text, claim, claim.figure):
            return claim.id
    return None


class Quoted(Protocol):
    """A claim or a fact, by the words that it cites; the fields are those of `Claim`."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """One past the last."""

    @property
    def quote(self) -> str:
        """The sentence."""

    @property
    def prefix(self) -> str:
        """What comes before."""

    @property
    def suffix(self) -> str:
        """What comes after."""


def stands(text: str, cited: Quoted, words: str) -> bool:
    """Whether some words stand in a text where a claim or fact says, within its sentence and beside what it says."""
    start, end, quote = cited.start, cited.end, cited.quote
    return (
        0 <= start < end <= len(text)
        and text[start:end] == words
        and text.endswith(cited.prefix, 0, start)
        and text.startswith(cited.suffix, end)
        and text.find(quote, max(0, end - len(quote)), start + len(quote)) >= 0
    )


def judge(case: Case, judgements: Iterable[Judgement], *, checked: bool = True) -> Taken:
    """Take judgements into a case, in their order.

    Args:
        case: Open to be written, and derived; what follows from them is for others to derive.
        judgements: As their own case has them.
        checked: Whether those about what the case does not hold are left out; not where the whole case comes with them.

    Raises:
        CaseReadOnlyError: Where the case cannot be written.
    """
    count, theirs = _Count(), tuple(judgements)
    marks = {_turn(one) for one in theirs}
    known: set[tuple[object, ...]] = set()
    last_of: dict[frozenset[str], Judgement] = {}
    for one in case.judgements():
        known.add(_turn(one))
        last_of[_pair(one)] = one
    for made in theirs:
        name = f"judgement {made.number}: {made.later} -> {made.earlier}"
        if _turn(made) in known:
            count.known += 1
            continue
        last = last_of.get(_pair(made))
        missing = _missing(case, made) if checked else None
        if not made.why.strip():
            count.conflicts.append(f"{name}: a judgement needs its reason")
        elif missing is not None:
            count.unknown.append(f"{name}: {missing} is not in the case")
        elif last is not None and _turn(last) not in marks and last.made > made.made and last.verdict != made.verdict:
            count.conflicts.append(f"{name}: was {last.verdict} here since, by judgement {last.number}; that stays")
        else:
            last_of[_pair(made)] = _kept(case, made)
            known.add(_turn(made))
            count.added += 1
    return count.taken()


def _kept(case: Case, made: Judgement) -> Judgement:
    """Keep a judgement under its author."""
    return case.judge(
        made.verdict, made.later, made.earlier, made.level, made.why, before=made.before, after=made.after,
        author=Author(made.by, made.made),
    )  # fmt: skip


def _pair(made: Judgement) -> frozenset[str]:
    """What a judgement is about."""
    return frozenset((made.later, made.earlier))


def _missing(case: Case, made: Judgement) -> str | None:
    """What a judgement is about and the case does not hold, or None."""
    if made.level is EdgeLevel.HIT:
        return made.later if case.hit(made.later) is None else None
    find: Callable[[str], object] = case.claim if made.level is EdgeLevel.CLAIM else case.document
    for name in (made.later, made.earlier):
        try:
            find(name)
        except (UnknownNameError, UnknownDocumentError):
            return name
    return None


def _mark(made: Review) -> tuple[object, ...]:
    """By what a review is known again in another case, where it has another number."""
    before, after = ([claim.id for claim in some] for some in (made.before, made.after))
    return made.made, made.by, made.verdict, made.document, before, after, made.why


def _turn(made: Judgement) -> tuple[object, ...]:
    """By what a judgement is known again in another case."""
    return made.made, made.by, made.verdict, made.later, made.earlier, made.level, made.why
