"""The audit page of the administrator: what everybody did, filtered and by pages."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import FromQuery, QueryParameter
from litestar.types import ControllerRouterHandler

from tallystick.storage.accounts import deeds
from tallystick.workbench.access.granting import TheAccess
from tallystick.workbench.access.visitors import Role, TheVisitor, needs
from tallystick.workbench.bench import TheBench

__all__ = ["ROUTES"]

PAGE = 100
# No log is longer; a greater number is an attack on the arithmetic behind it.
LAST_PAGE = 1_000_000
Page = Annotated[int, QueryParameter(ge=1, le=LAST_PAGE)]


@get("/audit", opt=needs(Role.ADMINISTRATOR), sync_to_thread=True)
def show_audit(
    bench: TheBench, access: TheAccess, visitor: TheVisitor, request: Request[Any, Any, Any], who: FromQuery[str] = "",
    action: FromQuery[str] = "",
    page: Page = 1,
) -> Response[str]:  # fmt: skip
    """Show a page of the audit log, the latest first."""
    found = deeds.page(access.file, page, PAGE, who=who, action=action)
    everybody, actions = deeds.actions(access.file)
    return bench.pages.answer(
        request, "access/audit.html", visitor, found=found, who=who, action=action, everybody=everybody,
        actions=actions, query={"who": who, "action": action},
    )  # fmt: skip


ROUTES: tuple[ControllerRouterHandler, ...] = (show_audit,)
