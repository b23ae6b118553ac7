"""Every room of the workbench with its routes."""

from collections.abc import Sequence

from litestar.types import ControllerRouterHandler

from tallystick.workbench.adding.routes import ROUTES as ADDING
from tallystick.workbench.claims.claims import ROUTES as CLAIMS
from tallystick.workbench.documents.routes import ROUTES as DOCUMENTS
from tallystick.workbench.flags.flags import ROUTES as FLAGS
from tallystick.workbench.map.routes import ROUTES as MAP
from tallystick.workbench.origins.routes import ROUTES as ORIGINS
from tallystick.workbench.overview.routes import ROUTES as OVERVIEW
from tallystick.workbench.provisions.provisions import ROUTES as PROVISIONS
from tallystick.workbench.review import ROUTES as REVIEW
from tallystick.workbench.sources.sources import ROUTES as SOURCES
from tallystick.workbench.timeline.routes import ROUTES as TIMELINE

__all__ = ["ROOMS"]

ROOMS: tuple[Sequence[ControllerRouterHandler], ...] = (
    ADDING,
    OVERVIEW,
    CLAIMS,
    MAP,
    ORIGINS,
    DOCUMENTS,
    FLAGS,
    PROVISIONS,
    REVIEW,
    SOURCES,
    TIMELINE,
)
