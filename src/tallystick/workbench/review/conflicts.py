"""Two reviewers at one claim: what the second decided comes in, both decisions side by side go out, nothing is lost."""

from typing import Any, NamedTuple

from litestar import Response

from tallystick.inquiry.fields import ENTRIES, Entry, entry_of, fields_of
from tallystick.model.claim import Claim
from tallystick.model.review import Review, Standing
from tallystick.storage.views import opened, reviews
from tallystick.storage.views.reviews import Paragraph
from tallystick.workbench.access.visitors import Visitor
from tallystick.workbench.bench import Bench
from tallystick.workbench.review.asking import Form
from tallystick.workbench.review.desk import (
    WORDS,
    Difference,
    changed_by,
    field_words,
    merged,
    paragraph_of,
)
from tallystick.workbench.review.pages import Asker, Draft, address, following

__all__ = ["Meeting", "Theirs", "conflict"]

CONFLICT = 409
DONE = {
    "accept": "accept it as it stands", "reject": "reject it", "edit": "change its fields",
    "split": "split it", "merge": "merge it with others",
}  # fmt: skip


class Theirs(NamedTuple):
    """A decision that was made meanwhile, and what it changed."""

    review: Review
    differences: tuple[Difference, ...]


class Turn(NamedTuple):
    """A field that either has changed: as both found it, as the other has it, as one typed it, and with both."""

    words: str
    seen: str
    theirs: str
    mine: str
    both: str


class Meeting(NamedTuple):
    """What stands against each other.

    Attributes:
        claim: The claim as it stands by now.
        paragraph: Its figure in its paragraph.
        standing: By whose word it stands.
        theirs: What was decided meanwhile, in order.
        wanted: What the second reviewer wanted, in words.
        turns: Field by field, where fields were typed.
        again: All fields of the form, to be sent once more.
        last: Number of the last review about it.
    """

    claim: Claim
    paragraph: Paragraph
    standing: Standing
    theirs: tuple[Theirs, ...]
    wanted: str
    turns: tuple[Turn, ...]
    again: tuple[tuple[str, str], ...]
    last: int


def conflict(
    bench: Bench, visitor: Visitor, request: Asker, claim: str, form: Form, draft: Draft, last: int
) -> Response[Any]:  # fmt: skip
    """Show what another decided about a claim beside what one wanted.

    Args:
        bench: The case.
        visitor: Who came second.
        request: What is answered.
        claim: Id of the claim.
        form: What was sent.
        draft: What was wanted.
        last: Number of the last review about the claim, or about those that it was to be merged with.
    """
    asked, seen = form.asked(), form.number("seen")
    with bench.views.moment() as view:
        chosen = opened.chosen(view, claim)
        later = [one for one in chosen.reviews if one.number > seen]
        # Of a merger it may be another of the claims that was reviewed.
        other = None if later else reviews.review(view, last)
        later += [other] if other is not None else []
        found, again = chosen.held.claim, form.typed()
        turns: tuple[Turn, ...] = ()
        if draft.do == "edit" and later:
            first = next((one for one in later[0].before if one.id == claim), found)
            turns, again = _turns(first, found, draft.entries[0], again)
        meeting = Meeting(
            found, paragraph_of(view, found), chosen.held.standing,
            tuple(Theirs(one, changed_by(one)) for one in later), DONE.get(draft.do, draft.do), turns, again, last,
        )  # fmt: skip
        then = following(view, asked, visitor.name, claim)
    return bench.pages.answer(
        request, "review/conflict.html", visitor, status=CONFLICT, meeting=meeting, draft=draft, asked=asked,
        onward=address(asked, then or ""), look=address(asked, claim), words=WORDS,
    )  # fmt: skip


def _turns(
    first: Claim, found: Claim, mine: Entry, sent: tuple[tuple[str, str], ...]
) -> tuple[tuple[Turn, ...], tuple[tuple[str, str], ...]]:  # fmt: skip
    """The fields that either has changed, and the form with both changes, one's own on top."""
    seen, theirs = entry_of(fields_of(first)), entry_of(fields_of(found))
    both = merged(seen, theirs, mine)
    turns = [
        Turn(WORDS[name], *(field_words(name, str(getattr(one, name))) for one in (seen, theirs, mine, both)))
        for name in ENTRIES
        if len({getattr(one, name) for one in (seen, theirs, mine)}) > 1
    ]
    kept = dict(zip(ENTRIES, both, strict=True))
    return tuple(turns), tuple((name, kept.get(name, value)) for name, value in sent)
