"""The room where claims are reviewed: one claim after another, what was decided, and how far reviewers agree."""

from litestar import Router

from tallystick.workbench.review import adding, judging, looking, second

__all__ = ["ROUTES"]

# In a router, since an application that is given two methods of one path one after the other spoils the first.
ROUTES = (Router("/", route_handlers=[*looking.ROUTES, *judging.ROUTES, *adding.ROUTES, *second.ROUTES]),)
