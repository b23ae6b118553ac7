"""What the browser asks of the room of the map: a request comes in, the map, its list or the outlines go out."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import QueryParameter

from tallystick.reporting.maps.outlines import outlines
from tallystick.workbench.access.visitors import Role, TheVisitor, needs
from tallystick.workbench.bench import TheBench
from tallystick.workbench.map.charting import chart
from tallystick.workbench.map.drawing import WORLD, around, box_of, href, picture, region
from tallystick.workbench.pages import query_of

__all__ = ["ROUTES"]

# The address changes with the outlines, so that a browser may keep them.
CACHED = {"Cache-Control": "private, max-age=86400", "Content-Type": "image/svg+xml"}


@get("/map", opt=needs(Role.READER), sync_to_thread=True)
def shown(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any],
    box: Annotated[str, QueryParameter(max_length=60)] = "",
) -> Response[str]:  # fmt: skip
    """The map of all places, or the part of it that the address asks for, with a list of the same."""
    with bench.views.moment() as view:
        held = chart(view)
    drawn_on = outlines(bench.folder)
    asked = box_of(box)
    where = region(held)
    return bench.pages.answer(
        request, "map/map.html", visitor, chart=held, outlines=drawn_on, around=around, href=href,
        picture=picture(held, asked or WORLD, "/map/outlines.svg" + query_of({"mark": drawn_on.mark})),
        region=None if where is None else str(where), asked=None if asked is None else str(asked),
    )  # fmt: skip


@get("/map/outlines.svg", opt=needs(Role.READER), sync_to_thread=True)
def drawn(bench: TheBench) -> Response[bytes]:
    """The outlines, which the map refers to."""
    return Response(outlines(bench.folder).picture.encode(), media_type="image/svg+xml", headers=CACHED)


ROUTES = (shown, drawn)
