"""Every room of the workbench with its routes."""

from collections.abc import Sequence

from litestar.types import ControllerRouterHandler

__all__ = ["ROOMS"]

ROOMS: tuple[Sequence[ControllerRouterHandler], ...] = ()
