"""What the browser asks of the room of origins: a request comes in, a page, a part of one, or a decision goes out."""

from importlib.resources import files
from typing import Annotated, Any, NamedTuple

from litestar import MediaType, Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromQuery, PathParameter, QueryParameter
from litestar.response import Redirect

from tallystick.errors import JudgementError, UnknownNameError
from tallystick.inquiry.deciding import decide
from tallystick.model.judgement import Verdict
from tallystick.storage.case import Case
from tallystick.storage.views import origins, steps
from tallystick.workbench.access.visitors import Role, TheVisitor, Visitor, needs
from tallystick.workbench.bench import Bench, TheBench
from tallystick.workbench.origins.drawing import drawn
from tallystick.workbench.pages import is_part, query_of

__all__ = ["ROUTES"]

# Letters of what is searched for, and of a reason; more is nothing that a person writes.
LONGEST_ASKED = 300
LONGEST_WHY = 4_000
NO_REASON = "Say why: a judgement without its reason is none."
CACHED = {"Cache-Control": "private, max-age=3600"}
Name = Annotated[str, QueryParameter(max_length=4_000)]
Words = Annotated[str, QueryParameter(max_length=LONGEST_ASKED)]
Origin = Annotated[str, PathParameter(max_length=100)]


class Decided(NamedTuple):
    """What the form of a step sends."""

    verdict: str
    later: str
    earlier: str
    why: str


@get("/origins", opt=needs(Role.READER), sync_to_thread=True)
def listing(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], speaker: Words = "", text: Words = "",
    page: FromQuery[int] = 1, estimate: Name = "",
) -> Response[str]:  # fmt: skip
    """All origins, page by page, or those of one estimate as a tree."""
    with bench.views.moment() as view:
        if estimate:
            tree = drawn(view, estimate, origins.of_estimate)
            if tree is None:
                raise NotFoundException("there is no estimate of that id; it may have changed since")
            return bench.pages.answer(request, "origins/tree.html", visitor, tree=tree, origin=None)
        asked = origins.Asked(speaker.strip(), text.strip(), page)
        found = origins.listed(view, asked)
    name = "origins/list_part.html" if is_part(request) else "origins/list.html"
    return bench.pages.answer(request, name, visitor, found=found, asked=asked)


@get("/origins/graph.css", opt=needs(Role.READER), media_type=MediaType.CSS, sync_to_thread=True)
def style() -> Response[str]:
    """The style of the picture, which the report has too."""
    found = files("tallystick.reporting").joinpath("templates", "graph.css").read_text(encoding="utf-8")
    return Response(found, media_type=MediaType.CSS, headers=CACHED)


@get("/origins/{name:str}", opt=needs(Role.READER), sync_to_thread=True)
def one(bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], name: Origin) -> Response[str]:
    """One origin as a tree."""
    with bench.views.moment() as view:
        tree = drawn(view, name, origins.of_origin)
    if tree is None:
        raise NotFoundException("there is no origin of that id; it may have changed since")
    origin = tree.stems[0].origin if tree.stems else None
    return bench.pages.answer(request, "origins/tree.html", visitor, tree=tree, origin=origin)


@get("/origins/step", opt=needs(Role.READER), sync_to_thread=True)
def step(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], later: Name, earlier: Name,
    after: FromQuery[int | None] = None,
) -> Response[str]:  # fmt: skip
    """Both ends of a step, what joins them, what was decided, and a form to decide."""
    return _step(bench, visitor, request, Decided("", later, earlier, ""), after=after)


@get("/origins/step/new", opt=needs(Role.ANALYST), sync_to_thread=True)
def search(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], later: Name, q: Words = ""
) -> Response[str]:  # fmt: skip
    """What a claim or report may go back to, by words or id."""
    with bench.views.moment() as view:
        end = steps.end(view, later)
        if end is None:
            raise NotFoundException("there is no claim or report of that id")
        found = steps.candidates(view, q, end) if q.strip() else ()
    return bench.pages.answer(request, "origins/search.html", visitor, end=end, found=found, asked=q)


@get("/origins/moved", opt=needs(Role.READER), sync_to_thread=True)
def moved(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], after: FromQuery[int]
) -> Response[str]:
    """What a decision moved, as far as it is derived."""
    with bench.views.moment() as view:
        found = steps.moved(view, after)
    name = "origins/moved_part.html" if is_part(request) else "origins/moved.html"
    return bench.pages.answer(request, name, visitor, moved=found, after=after)


@post("/origins/judge", opt=needs(Role.ANALYST), sync_to_thread=True)
def judge(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any],
    data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:  # fmt: skip
    """Keep a decision, have what follows derived, and show the step again."""
    sent = Decided(*(data.get(name, "") for name in Decided._fields))
    verdict = next((one for one in Verdict if one == sent.verdict and one is not Verdict.DETERMINED), None)
    why = sent.why.strip()[:LONGEST_WHY]
    if verdict is None or not why:
        return _step(bench, visitor, request, sent, trouble=NO_REASON if verdict else "Say what you decide.")
    with bench.views.moment() as view:
        before = steps.last_change(view)
    try:
        with Case.open(bench.address, keeper=bench.keeper(visitor.name), migrate=False) as case:
            made = decide(case, verdict, sent.later, sent.earlier, why)
    except (JudgementError, UnknownNameError) as error:
        return _step(bench, visitor, request, sent, trouble=str(error))
    bench.audit.note(visitor.name, "judge", f"{made.later} -> {made.earlier}", f"{made.verdict}: {made.why}")
    bench.follower.follow(visitor.name)
    return Redirect("/origins/step" + query_of({"later": made.later, "earlier": made.earlier, "after": before}),
                    status_code=303)  # fmt: skip


def _step(
    bench: Bench, visitor: Visitor, request: Request[Any, Any, Any], sent: Decided, *, after: int | None = None,
    trouble: str = "",
) -> Response[str]:  # fmt: skip
    """The page of a step; with trouble, what was sent stands in its form again."""
    with bench.views.moment() as view:
        found = steps.step(view, sent.later, sent.earlier)
        told = None if after is None else steps.moved(view, after)
    if found is None:
        raise NotFoundException("there is no such pair of claims or of reports")
    last = found.judgements[-1] if found.judgements else None
    standing = None if last is None or last.verdict is Verdict.WITHDRAWN else last
    return bench.pages.answer(
        request, "origins/step.html", visitor, status=400 if trouble else 200, step=found, standing=standing,
        moved=told, after=after, trouble=trouble, why=sent.why,
    )  # fmt: skip


ROUTES = (listing, style, step, search, moved, judge, one)
