"""Every room of the workbench with its routes."""

from collections.abc import Sequence

from litestar.types import ControllerRouterHandler

from tallystick.workbench.documents.routes import ROUTES as DOCUMENTS
from tallystick.workbench.flags.flags import ROUTES as FLAGS

__all__ = ["ROOMS"]

ROOMS: tuple[Sequence[ControllerRouterHandler], ...] = (DOCUMENTS, FLAGS)
