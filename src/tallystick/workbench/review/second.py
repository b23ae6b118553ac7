"""What a second reader proposes and the rules do not have: each is looked at, and taken as a claim or refused."""

from collections.abc import Callable
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from tallystick.errors import ReviewError
from tallystick.llm import deciding
from tallystick.storage.case import Case
from tallystick.storage.views import reviews, second_reader
from tallystick.workbench.access.visitors import Role, TheVisitor, Visitor, needs
from tallystick.workbench.bench import Bench, TheBench
from tallystick.workbench.pages import query_of, whole_number
from tallystick.workbench.review.asking import Asked, Form
from tallystick.workbench.review.desk import done_of, fields_shown, paragraph_of
from tallystick.workbench.review.judging import SEE_OTHER, Sent, kept
from tallystick.workbench.review.pages import Asker

__all__ = ["ROUTES"]

ANALYST = needs(Role.ANALYST)
READER = needs(Role.READER)
BAD = 400


@get("/review/proposals", opt=READER, sync_to_thread=True)
def listed(bench: TheBench, visitor: TheVisitor, request: Asker) -> Response[Any]:
    """Show who was asked, and every proposal that waits."""
    form = Form(dict(request.query_params.items()))
    with bench.views.moment() as view:
        found = second_reader.page(view, form.number("page") or 1)
        asked, refused = second_reader.askings(view), second_reader.refused(view)
    return bench.pages.answer(request, "review/proposals.html", visitor, found=found, asked=asked, refused=refused)


@get("/review/proposals/{number:int}", opt=ANALYST, sync_to_thread=True)
def one(bench: TheBench, visitor: TheVisitor, request: Asker, number: FromPath[int]) -> Response[Any]:
    """Show a proposal with what can be decided about it."""
    return _draw(bench, visitor, request, number, Form(dict(request.query_params.items())))


@get("/review/proposals/{number:int}/next", opt=ANALYST, sync_to_thread=True)
def onward(bench: TheBench, number: FromPath[int]) -> Redirect:
    """Lead to the proposal behind this one; behind the last come the claims."""
    return Redirect(_onward(bench, number))


@post("/review/proposals/{number:int}/accept", opt=ANALYST, sync_to_thread=True, status_code=200)
def accept(
    bench: TheBench, visitor: TheVisitor, request: Asker, number: FromPath[int], data: Sent
) -> Response[Any]:  # fmt: skip
    """Take a proposal as a claim."""
    form = Form(data)
    try:
        made = kept(bench, visitor, lambda case: deciding.accept(
            case, _known(number), seen=form.number("seen"), why=form.text("why"),
        ))  # fmt: skip
    except ReviewError as error:
        return _draw(bench, visitor, request, number, form, error)
    return Redirect(_onward(bench, number, did=made.number), status_code=SEE_OTHER)


@post("/review/proposals/{number:int}/refuse", opt=ANALYST, sync_to_thread=True, status_code=200)
def refuse(
    bench: TheBench, visitor: TheVisitor, request: Asker, number: FromPath[int], data: Sent
) -> Response[Any]:  # fmt: skip
    """Refuse a proposal."""
    form = Form(data)
    try:
        _decide(
            bench, visitor, number, "refused", lambda case: deciding.refuse(case, _known(number), why=form.text("why"))
        )
    except ReviewError as error:
        return _draw(bench, visitor, request, number, form, error)
    return Redirect(_onward(bench, number, refused=number), status_code=SEE_OTHER)


@post("/review/proposals/{number:int}/again", opt=ANALYST, sync_to_thread=True, status_code=200)
def again(
    bench: TheBench, visitor: TheVisitor, request: Asker, number: FromPath[int], data: Sent
) -> Response[Any]:  # fmt: skip
    """Take a refusal back."""
    form = Form(data)
    try:
        _decide(
            bench, visitor, number, "waits", lambda case: deciding.take_back(case, _known(number), why=form.text("why"))
        )
    except ReviewError as error:
        return _draw(bench, visitor, request, number, form, error)
    return Redirect(f"/review/proposals/{number}", status_code=SEE_OTHER)


def _decide(bench: Bench, visitor: Visitor, number: int, told: str, act: Callable[[Case], None]) -> None:
    """Keep what was decided, and note it; nothing follows from it."""
    with Case.open(bench.address, keeper=bench.keeper(visitor.name), migrate=False) as case:
        act(case)
    bench.audit.note(visitor.name, "review", f"proposal {number}", told)


def _known(number: int) -> int:
    """The number of a proposal, where there can be such a one: SQLite has no larger."""
    return whole_number(str(number))


def _onward(bench: Bench, number: int, **more: object) -> str:
    """The address of the next proposal that waits; else of the first claim."""
    with bench.views.moment() as view:
        then = second_reader.next_waiting(view, _known(number))
    return (
        f"/review/proposals/{then}{query_of(more)}" if then is not None else f"/review{query_of({'claims': 1}, **more)}"
    )


def _draw(
    bench: Bench, visitor: Visitor, request: Asker, number: int, form: Form, error: ReviewError | None = None
) -> Response[Any]:  # fmt: skip
    did = form.number("did")
    with bench.views.moment() as view:
        found = second_reader.proposed(view, _known(number))
        if found is None:
            raise NotFoundException("there is no such proposal")
        shown: dict[str, Any] = {
            "paragraph": paragraph_of(view, found.claim), "left": second_reader.waiting(view),
            "done": done_of(view, did, blind=False) if did else None, "seen": reviews.last_review(view),
            "before": second_reader.next_waiting(view, number, back=True),
        }  # fmt: skip
    trouble = "" if error is None else f"{error.reason[:1].upper()}{error.reason[1:]}."
    return bench.pages.answer(
        request, "review/proposal.html", visitor, status=BAD if error else 200, found=found, asked=Asked(),
        fields=fields_shown(found.claim, bench.dossier), trouble=trouble, why=form.text("why"),
        refused=form.number("refused"), **shown,
    )  # fmt: skip


ROUTES = (listed, one, onward, accept, refuse, again)
