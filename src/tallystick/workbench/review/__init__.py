"""The room where claims are reviewed: one claim after another, what was decided, and how far reviewers agree."""

from tallystick.workbench.review import adding, judging, looking

__all__ = ["ROUTES"]

ROUTES = (*looking.ROUTES, *judging.ROUTES, *adding.ROUTES)
