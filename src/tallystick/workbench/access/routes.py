"""All routes of this package, with what they share."""

from litestar import Router
from litestar.di import Provide

from tallystick.workbench.access import accounts, door, log, programs
from tallystick.workbench.access.granting import Access

__all__ = ["routes"]

# Names and passwords: whatever is larger is no form of these pages.
MOST_BYTES = 64 * 1024


def routes(access: Access) -> Router:
    """Give the routes of doors, accounts, tokens and audit log."""
    return Router(
        path="/",
        route_handlers=[*door.ROUTES, *accounts.ROUTES, *log.ROUTES, *programs.ROUTES],
        dependencies={"access": Provide(lambda: access, sync_to_thread=False)},
        request_max_body_size=MOST_BYTES,
    )
