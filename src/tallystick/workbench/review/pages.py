"""The pages of a claim under review: an address comes in, the claim with what can be decided about it goes out."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from litestar import Request, Response
from litestar.response import Redirect

from tallystick.inquiry.fields import Entry, Problem
from tallystick.model.claim import Aspect, Measure, Status
from tallystick.model.quantity import Bound
from tallystick.storage.views import queue, reviews, second_reader
from tallystick.storage.views.view import View
from tallystick.workbench.access.visitors import Visitor
from tallystick.workbench.bench import Bench
from tallystick.workbench.pages import query_of
from tallystick.workbench.review.asking import Asked, Form
from tallystick.workbench.review.desk import WORDS, desk_of, done_of, taken_from

__all__ = ["CHOICES", "Draft", "address", "draw", "following", "home"]

# Fields of a form that are chosen from a list.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "bound": tuple(one.value for one in Bound), "status": tuple(one.value for one in Status),
    "aspect": ("", *(one.value for one in Aspect)), "measure": ("", *(one.value for one in Measure)),
}  # fmt: skip
# What may be done on the page of a claim; anything else is to look at it.
DOING = ("edit", "split", "merge")
# Parts that a claim is split into where nothing else is asked for, and at most.
PARTS, MOST_PARTS = 2, 6

Asker = Request[Any, Any, Any]


class Draft(NamedTuple):
    """What a reviewer had typed when it could not be kept.

    Attributes:
        do: What was to be done: "edit", "split", "merge", "reject", "accept"; "" for nothing.
        entries: The fields of the claim, or of each part; none where they are as they stand.
        why: The reason.
        chosen: Ids of the claims that were to be merged with it.
        problems: The fields that would not do, by part.
        trouble: What was wrong, as a sentence; "" where nothing was.
        seen: Number of the last review that the reviewer knew of; 0 for that of the page.
    """

    do: str = ""
    entries: tuple[Entry, ...] = ()
    why: str = ""
    chosen: tuple[str, ...] = ()
    problems: tuple[tuple[Problem, ...], ...] = ()
    trouble: str = ""
    seen: int = 0


def address(asked: Asked, claim: str = "", **more: object) -> str:
    """Give the address of the page of a claim, or of the queue."""
    path = f"/review/{claim}" if claim else "/review"
    return path + query_of(asked.query, **more)


def following(view: View, asked: Asked, me: str, claim: str, *, back: bool = False) -> str | None:
    """Give the id of the claim behind another in the queue, from the first again behind the last; None without any."""
    place = queue.place_of(view, claim)
    found = None if place is None else queue.next_claim(view, asked.sought, me, place, back=back)
    if found is None and not back:
        found = queue.next_claim(view, asked.sought, me)
    return None if found == claim else found


def home(bench: Bench, visitor: Visitor, request: Asker, form: Form) -> Response[Any]:
    """Lead to the first claim of the queue, or say that there is none."""
    asked, did = form.asked(), form.number("did")
    with bench.views.moment() as view:
        # What the second reader has and the rules have not comes first, unless somebody wants certain claims.
        proposal = None if asked != Asked() or form.text("claims") else second_reader.next_waiting(view)
        if proposal is not None:
            return Redirect(f"/review/proposals/{proposal}{query_of({'did': did or None})}")
        first = queue.next_claim(view, asked.sought, visitor.name)
        if first is not None:
            return Redirect(address(asked, first, did=did or None))
        progress = queue.progress(view, asked.sought)
        done = done_of(view, did, blind=bool(asked.blind)) if did else None
        label = reviews.label_of(view, asked.population) if asked.population else ""
    return bench.pages.answer(
        request, "review/empty.html", visitor, asked=asked, progress=progress, done=done, dossier=bench.dossier,
        label=label, words=WORDS,
    )  # fmt: skip


def draw(
    bench: Bench, visitor: Visitor, request: Asker, claim: str, form: Form, draft: Draft | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    """Draw the page of a claim.

    Args:
        bench: The case.
        visitor: Who reviews.
        request: What is answered.
        claim: Id of the claim.
        form: What the address or the form asks for.
        draft: What could not be kept, to be shown once more.
        status: HTTP status.
    """
    asked, did = form.asked(), form.number("did")
    held = draft or Draft(form.text("do") if form.text("do") in DOING else "")
    with bench.views.moment() as view:
        desk = desk_of(view, bench.dossier, asked, claim, visitor.name)
        done = done_of(view, did, blind=bool(asked.blind)) if did else None
        beside = reviews.beside(view, desk.claim) if held.do == "merge" else ()
        label = reviews.label_of(view, asked.population) if asked.population else ""
        weighed = desk.chosen.estimates
        size = reviews.block_size(view, weighed[0].id) if weighed else 0
    count = min(MOST_PARTS, max(PARTS, form.number("parts"), len(held.entries))) if held.do == "split" else 1
    theirs = desk.disputed.proposal if desk.disputed is not None else None
    if held.do == "edit" and not held.entries and form.text("take") and theirs is not None:
        held = held._replace(entries=(taken_from(desk.claim, theirs),))
    entries = (*held.entries, *(desk.entry for _ in range(count - len(held.entries))))
    return bench.pages.answer(
        request, "review/claim.html", visitor, status=status, desk=desk, asked=asked, draft=held, entries=entries,
        done=done, beside=beside, dossier=bench.dossier, label=label, choices=CHOICES, words=WORDS, size=size,
        most_parts=MOST_PARTS, seen=held.seen or desk.seen, stands=desk.chosen.held.standing.value,
    )  # fmt: skip
