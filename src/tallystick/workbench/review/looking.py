"""What a reviewer looks at: the queue and its claims, what moved, what was decided, and how far people agree."""

from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from tallystick.inquiry.agreement import Agreement, agreement
from tallystick.inquiry.leaving_out import left_out
from tallystick.storage.views import opened, populations, reviews
from tallystick.storage.views.changes import Moved
from tallystick.storage.views.kept import Kept
from tallystick.workbench.access.visitors import Role, TheVisitor, needs
from tallystick.workbench.bench import TheBench
from tallystick.workbench.overview.moving import step
from tallystick.workbench.pages import is_part
from tallystick.workbench.review.asking import Form
from tallystick.workbench.review.desk import WORDS, changed_by, done_of, field_words
from tallystick.workbench.review.pages import Asker, address, draw, following, home

__all__ = ["ROUTES"]

ANALYST = needs(Role.ANALYST)
READER = needs(Role.READER)
# Disagreements on the page; whoever settles these finds the next ones there.
MOST_SHOWN = 200
AGREED: Kept[Agreement] = Kept()


def _form(request: Asker) -> Form:
    """The words of an address."""
    return Form({name: request.query_params.getall(name) for name in request.query_params})


@get("/review", opt=ANALYST, sync_to_thread=True)
def begin(bench: TheBench, visitor: TheVisitor, request: Asker) -> Response[Any]:
    """Lead to the claim that wants a look most."""
    return home(bench, visitor, request, _form(request))


@get("/review/{claim:str}", opt=ANALYST, sync_to_thread=True)
def one(bench: TheBench, visitor: TheVisitor, request: Asker, claim: FromPath[str]) -> Response[Any]:
    """Show a claim with what can be decided about it."""
    return draw(bench, visitor, request, claim, _form(request))


@get("/review/{claim:str}/next", opt=ANALYST, sync_to_thread=True)
def onward(bench: TheBench, visitor: TheVisitor, request: Asker, claim: FromPath[str]) -> Redirect:
    """Lead to the claim behind this one in the queue."""
    asked = _form(request).asked()
    with bench.views.moment() as view:
        then = following(view, asked, visitor.name, claim)
    return Redirect(address(asked, then or ""))


@get("/review/{claim:str}/previous", opt=ANALYST, sync_to_thread=True)
def backward(bench: TheBench, visitor: TheVisitor, request: Asker, claim: FromPath[str]) -> Redirect:
    """Lead to the claim before this one in the queue; the first one leads to itself."""
    asked = _form(request).asked()
    with bench.views.moment() as view:
        then = following(view, asked, visitor.name, claim, back=True)
    return Redirect(address(asked, then or claim))


@get("/review/{claim:str}/without", opt=ANALYST, sync_to_thread=True)
def without(bench: TheBench, visitor: TheVisitor, request: Asker, claim: FromPath[str]) -> Response[Any]:
    """Show what the estimates would be without a claim."""
    with bench.views.moment() as view:
        chosen = opened.chosen(view, claim)
        weighed = chosen.estimates
        around = populations.ledger_around(view, weighed[0].id) if weighed else None
    steps = () if around is None else tuple(
        step(Moved(0, "", change, None)) for change in left_out(around, bench.dossier, claim)
    )  # fmt: skip
    name = "review/without_part.html" if is_part(request) else "review/without.html"
    return bench.pages.answer(
        request, name, visitor, steps=steps, counted=around is not None, claim=chosen.held.claim,
        asked=_form(request).asked(),
    )  # fmt: skip


@get("/review/moved", opt=ANALYST, sync_to_thread=True)
def moved(bench: TheBench, visitor: TheVisitor, request: Asker) -> Response[Any]:
    """Show what moved since a review."""
    form = _form(request)
    with bench.views.moment() as view:
        done = done_of(view, form.number("did"), blind=False)
    if done is None:
        raise NotFoundException("there is no such review")
    name = "review/moved_part.html" if is_part(request) else "review/moved.html"
    return bench.pages.answer(request, name, visitor, done=done, asked=form.asked())


@get("/review/history", opt=READER, sync_to_thread=True)
def history(bench: TheBench, visitor: TheVisitor, request: Asker) -> Response[Any]:
    """Show every review, the latest first."""
    form = _form(request)
    by, claim = form.text("by"), form.text("claim")
    with bench.views.moment() as view:
        found = reviews.history(view, by=by, claim=claim, number=form.number("page") or 1)
        people, seen = reviews.reviewers(view), reviews.last_review(view)
    return bench.pages.answer(
        request, "review/history.html", visitor, found=found, people=people, seen=seen, by=by, claim=claim,
        changed=[changed_by(line.review) for line in found.lines],
    )  # fmt: skip


@get("/review/agreement", opt=READER, sync_to_thread=True)
def agreed(bench: TheBench, visitor: TheVisitor, request: Asker) -> Response[Any]:
    """Show how far reviewers agree."""
    with bench.views.moment() as view:
        found = AGREED.of(view, "agreement", lambda moment: agreement(reviews.judged_twice(moment)))
        people = reviews.reviewers(view)
    return bench.pages.answer(
        request, "review/agreement.html", visitor, found=found, people=people, words=WORDS, field_words=field_words,
        shown=found.disagreements[:MOST_SHOWN],
    )  # fmt: skip


ROUTES = (begin, one, onward, backward, without, moved, history, agreed)
