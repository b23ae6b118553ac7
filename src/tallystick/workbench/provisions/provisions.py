"""The page of provisions: a filter comes in by its address, panels go out; an analyst notes what a body determined."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from tallystick.errors import JudgementError
from tallystick.inquiry.determining import decide_hit
from tallystick.storage.case import Case
from tallystick.storage.views.hits import HitFilter, hit_groups, hit_page
from tallystick.workbench.access.visitors import Role, TheVisitor, Visitor, needs
from tallystick.workbench.bench import Bench, TheBench
from tallystick.workbench.pages import is_part, page_of, query_of
from tallystick.workbench.provisions.showing import TIER_MEANINGS, groups, summaries, tier_of

__all__ = ["ROUTES"]

# Code points of a reason; what is longer is no reason but a document.
LONGEST_REASON = 2_000


@get("/provisions", opt=needs(Role.READER), sync_to_thread=True)
def provisions(bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any]) -> Response[str]:
    """Show the provisions that may apply by the query of the address: fields of `HitFilter`, and a page."""
    wanted = HitFilter(*(request.query_params.get(name, "") for name in HitFilter._fields))
    with bench.views.moment() as view:
        found = hit_page(view, wanted, page_of(request))
        everything = hit_groups(view)
        behind = view.behind
    dossier = bench.dossier
    query = {name: value for name, value in wanted._asdict().items() if value}
    return bench.pages.answer(
        request, "provisions/list.html" if is_part(request) else "provisions/page.html", visitor,
        found=found, groups=groups(found.hits, dossier), wanted=wanted, query=query, behind=behind,
        lines=summaries([one for one in found.groups if wanted.tier in ("", one.tier.value)], dossier),
        choices=summaries(everything, dossier), packs=dossier.packs, categories=dossier.categories,
        tiers=TIER_MEANINGS, tier_of=tier_of,
    )  # fmt: skip


@post("/provisions/{hit:str}/determine", opt=needs(Role.ANALYST), sync_to_thread=True)
def determine(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], hit: FromPath[str],
    data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:  # fmt: skip
    """Note that a competent body has determined the provision of a hit to apply."""
    return _decide(bench, visitor, request, hit, data, withdraw=False)


@post("/provisions/{hit:str}/withdraw", opt=needs(Role.ANALYST), sync_to_thread=True)
def withdraw(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], hit: FromPath[str],
    data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:  # fmt: skip
    """Take back that a body has determined the provision of a hit to apply."""
    return _decide(bench, visitor, request, hit, data, withdraw=True)


def _decide(
    bench: Bench, visitor: Visitor, request: Request[Any, Any, Any], hit: str, data: dict[str, str], *, withdraw: bool
) -> Redirect:  # fmt: skip
    """Decide, note it, and lead back to where the hit stood."""
    why = data.get("why", "").strip()
    if not why or len(why) > LONGEST_REASON:
        raise JudgementError(hit, "the provision", "say who determined it, when, and where that can be read")
    with Case.open(bench.address, keeper=bench.keeper(visitor.name), migrate=False) as case:
        made = decide_hit(case, hit, why, withdraw=withdraw)
    bench.audit.note(visitor.name, "review", made.later, f"{made.verdict}: {made.earlier}; {why}")
    bench.follower.follow(visitor.name)
    asked = {name: request.query_params.get(name, "") for name in (*HitFilter._fields, "page")}
    return Redirect(f"/provisions{query_of(asked)}#{made.later}", status_code=303)


ROUTES: tuple[ControllerRouterHandler, ...] = (provisions, determine, withdraw)
