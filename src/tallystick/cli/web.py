"""The web as the commands meet it: the wording of its options, and its clock, sleep and chance."""

import time
from datetime import UTC, datetime
from random import SystemRandom
from typing import Annotated

import typer

from tallystick.cli.stopping import Stop
from tallystick.reading.web.fetching import Means, Web
from tallystick.reading.web.guard import allowed_hosts

__all__ = ["AllowHostOption", "web_of"]

AllowHostOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host",
        metavar="HOST[:PORT]",
        help="A host that may be in a private network, or on an odd port; may be given again.",
    ),
]


def web_of(stop: Stop, allowed: list[str] | None) -> Web:
    """Give the web of one run, which ends when `stop` is asked for."""
    means = Means(lambda: datetime.now(UTC), time.monotonic, stop.sleep, SystemRandom())
    names = tuple(name for given in allowed or () for name in given.split(","))
    web = Web(means, allowed_hosts(names))
    stop.calls.append(web.stop)
    return web
