"""Writes down whom a process asks over the network, for tests: every connection that leaves this machine, each name."""

import os
import socket
import sys
from ipaddress import ip_address
from pathlib import Path

HEARD = os.environ.get("TALLYSTICK_TEST_HEARD", "")


def _is_here(host: object) -> bool:
    if not host or host in ("localhost", socket.gethostname(), "0.0.0.0", "::"):  # noqa: S104 - nobody is bound to it
        return True
    try:
        return ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    asked: object = None
    if event == "socket.connect":
        stream, address = arguments
        # To connect a datagram socket sends nothing: it is how a machine learns its own address.
        if isinstance(stream, socket.socket) and stream.type == socket.SOCK_STREAM and isinstance(address, tuple):
            asked = address[0]
    elif event == "socket.getaddrinfo":
        asked = arguments[0]
    elif event == "urllib.Request":
        asked = str(arguments[0]).partition("://")[2].partition("/")[0].partition(":")[0]
    if asked is not None and not _is_here(asked):
        with Path(HEARD).open("a") as stream:
            stream.write(f"{os.getpid()} {' '.join(sys.orig_argv)[:200]} {event} {asked}\n")


if HEARD:
    sys.addaudithook(_listen)
