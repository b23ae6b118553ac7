"""Decide whether an address may be asked, and connect to no other machine than the one that was decided on.

An address out of a user's list, a feed or a redirect comes in; an endpoint with the checked network addresses goes
out, or a `ReadingError` that names the reason. Connections are made to those addresses, never to a second DNS answer.
"""

import re
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Thread
from urllib.parse import SplitResult, quote, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection

from tallystick.errors import ReadingError

__all__ = ["Endpoint", "Resolver", "allowed_hosts", "connection_to", "endpoint", "resolve"]

# Gives the network addresses of a host name, in the order in which they are to be tried.
Resolver = Callable[[str], tuple[str, ...]]
# Where news is served. Another port is that of a service which was not meant for us (25 mail, 6379 Redis).
PORTS = frozenset((80, 443, 8080, 8443))
DEFAULT_PORTS = {"http": 80, "https": 443}
# Longest address asked; browsers and servers agree on about 2,000, campaign links reach some hundreds.
LONGEST = 4_096
# Seconds for one look-up of a name; resolvers ask a second server after five.
LOOKUP = 20.0
# Network addresses of one host that are tried; large sites give two to eight, and the first ones are as good.
MOST_ADDRESSES = 4
# Longest host name that DNS can hold.
LONGEST_HOST = 253
HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,126}")
# A last label of this form makes the whole name a number to some resolvers: 127.1, 0x7f000001, 017700000001.
NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)")
# Already escaped text stays as it is; what has no place in a request line is escaped.
SAFE = "%/:=&?~#+!$,;'@()*[]|"
# IPv6 networks that carry an IPv4 address, and how many bits stand behind it.
CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
# Tunnels and translations whose other end nobody can check: Teredo, local NAT64, the retired site-local and
# IPv4-compatible ranges.
CLOSED = tuple(map(IPv6Network, ("2001::/32", "64:ff9b:1::/48", "fec0::/10", "::/96")))
# ISATAP: an interface identifier of this form carries the IPv4 address behind it.
ISATAP = (0x00005EFE, 0x02005EFE)
LAST_32 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where one request goes.

    Attributes:
        url: The address without its fragment, as it is asked.
        scheme: "http" or "https".
        host: Host name or network address, lower case, without brackets.
        port: Its port.
        target: Path and query.
        addresses: The checked network addresses, in the order in which they are tried.
    """

    url: str
    scheme: str
    host: str
    port: int
    target: str
    addresses: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt is about."""
        return f"{self.scheme}://{_authority(self.scheme, self.host, self.port)}"


def resolve(host: str) -> tuple[str, ...]:
    """Ask the system for the network addresses of `host`.

    Raises:
        OSError: Where there are none, or the name servers of the host keep silent for `LOOKUP` seconds.
    """
    found: list[str] = []
    refused: list[OSError] = []

    def look_up() -> None:
        try:
            found.extend(str(entry[4][0]) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
        except OSError as error:
            refused.append(error)

    # The system's own limit depends on its configuration and can reach minutes; a thread can be left behind.
    thread = Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(LOOKUP)
    if thread.is_alive():
        raise TimeoutError(host)
    if refused:
        raise refused[0]
    return tuple(dict.fromkeys(found))


def allowed_hosts(given: tuple[str, ...]) -> frozenset[str]:
    """Give what a user allowed by name in the form in which `endpoint` looks it up.

    Args:
        given: "HOST" or "HOST:PORT" each; an IPv6 address with a port stands in brackets.
    """
    return frozenset(one.strip().casefold().rstrip(".") for one in given if one.strip())


def endpoint(url: str, allowed: frozenset[str], resolver: Resolver) -> Endpoint:
    """Check an address and resolve its host, once.

    Args:
        url: The address.
        allowed: What a user allowed by name, from `allowed_hosts`: such a host may be in a private network.
        resolver: Gives the network addresses of a host.

    Raises:
        ReadingError: Where it is no web address, or is not allowed, or its host is not found.
    """
    parts, port = _split(url)
    scheme = parts.scheme.lower()
    host = _host(url, parts.hostname or "")
    authority = _authority(scheme, host, port)
    bracketed = f"[{host}]" if ":" in host else host
    named = f"{bracketed}:{port}" in allowed or (host in allowed and port in PORTS)
    if port not in PORTS and not named:
        reason = f"port {port} is none on which news is served; '--allow-host {bracketed}:{port}' allows it"
        raise ReadingError(url, reason)
    addresses = _addresses(url, host, resolver)
    if not named:
        for address in addresses:
            if why := _closed(address):
                reason = f"{host} is {address}, {why}; '--allow-host {bracketed}:{port}' allows it"
                raise ReadingError(url, reason)
    path = quote(parts.path or "/", SAFE.replace("?", "").replace("#", ""))
    target = path + (f"?{quote(parts.query, SAFE.replace('#', ''))}" if parts.query else "")
    return Endpoint(f"{scheme}://{authority}{target}", scheme, host, port, target, addresses)


def connection_to(where: Endpoint, timeout: float, tls: ssl.SSLContext) -> HTTPConnection:
    """Give a connection, not yet open, to the checked addresses of `where` and to nothing else.

    Proxies of the environment are not used: behind one, nothing could be checked.

    Args:
        where: The endpoint; its name is what the certificate is checked against.
        timeout: Seconds to wait for one answer of the network.
        tls: How certificates are checked.
    """
    if where.scheme == "https":
        return _PinnedTLS(where, timeout, tls)
    return _Pinned(where, timeout)


class _Pinned(HTTPConnection):
    """A connection whose host name is resolved already."""

    def __init__(self, where: Endpoint, timeout: float) -> None:
        super().__init__(where.host, where.port, timeout=timeout)
        self._pinned = where.addresses
        self._seconds = timeout

    def _new_conn(self) -> socket.socket:
        """Connect; urllib3 would resolve the name here a second time."""
        return _connected(self._pinned, self.port, self._seconds)


class _PinnedTLS(HTTPSConnection):
    """The same with a certificate, which is checked against the host name."""

    def __init__(self, where: Endpoint, timeout: float, tls: ssl.SSLContext) -> None:
        super().__init__(where.host, where.port, timeout=timeout, ssl_context=tls)
        self._pinned = where.addresses
        self._seconds = timeout

    def _new_conn(self) -> socket.socket:
        """Connect; urllib3 would resolve the name here a second time."""
        return _connected(self._pinned, self.port, self._seconds)


def _connected(addresses: tuple[str, ...], port: int, timeout: float) -> socket.socket:
    """A socket to the first address that answers; all of them together have the time of one."""
    refused: OSError | None = None
    tried = addresses[:MOST_ADDRESSES]
    for address in tried:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        opened = socket.socket(family, socket.SOCK_STREAM)
        try:
            opened.settimeout(timeout / len(tried))
            opened.connect((address, port))
            opened.settimeout(timeout)
        except OSError as error:
            opened.close()
            refused = error
        else:
            return opened
    raise refused or OSError("no address to connect to")


def _split(url: str) -> tuple[SplitResult, int]:
    """The parts of an address and its port; every oddity in which two parsers could differ is refused."""
    if len(url) > LONGEST:
        raise ReadingError(f"{url[:80]!r}...", f"an address of {len(url):,} characters; {LONGEST:,} are the most")
    if any(mark.isspace() or not mark.isprintable() or mark == "\\" for mark in url):
        raise ReadingError(repr(url), "an address holds no space, no control character and no backslash")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ReadingError(url, f"is no web address: {error}") from error
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise ReadingError(url, f"{scheme or 'no'} scheme: only http and https addresses are fetched")
    if "@" in parts.netloc:
        raise ReadingError(url, "holds a user name or a password; give the address without it")
    return parts, DEFAULT_PORTS[scheme] if port is None else port


def _host(url: str, given: str) -> str:
    """The host in ASCII, a network address in its one canonical form."""
    host = given.lower()
    if ":" in host:
        try:
            return str(IPv6Address(host)) if "%" not in host else _no_host(url, given)
        except ValueError:
            return _no_host(url, given)
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return _no_host(url, given)
    host = host.removesuffix(".")
    if len(host) > LONGEST_HOST or not HOST.fullmatch(host):
        return _no_host(url, given)
    if NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            return str(IPv4Address(host))
        except ValueError:
            return _no_host(url, given)
    return host


def _no_host(url: str, given: str) -> str:
    raise ReadingError(url, f"{given!r} is no host name and no network address in its plain form")


def _addresses(url: str, host: str, resolver: Resolver) -> tuple[str, ...]:
    """The network addresses of a host; a network address is its own."""
    with suppress(ValueError):
        return (str(ip_address(host)),)
    try:
        found = resolver(host)
    except (OSError, UnicodeError) as error:
        raise ReadingError(url, f"{host} is not found; check the spelling and the network") from error
    if not found:
        raise ReadingError(url, f"{host} has no network address")
    return found


def _closed(address: str) -> str | None:
    """Why a network address is none of the public internet, or None where it is."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return "which is no network address"
    for inner in _carried(found):
        if inner.is_loopback:
            return "this machine itself"
        if inner.is_link_local:
            return "link-local, where clouds keep their metadata"
        if inner.is_multicast or inner.is_unspecified or inner.is_reserved or not inner.is_global:
            return "an address of a private or reserved network"
    if isinstance(found, IPv6Address) and any(found in network for network in CLOSED):
        return "an address of a private or reserved network"
    return None


def _carried(address: IPv4Address | IPv6Address) -> tuple[IPv4Address | IPv6Address, ...]:
    """The address that decides: the IPv4 one that an IPv6 one stands for, or itself; of ISATAP both."""
    if isinstance(address, IPv4Address):
        return (address,)
    for network, behind in CARRIERS:
        if address in network:
            return (IPv4Address(int(address) >> behind & LAST_32),)
    if int(address) >> 32 & LAST_32 in ISATAP:
        return address, IPv4Address(int(address) & LAST_32)
    return (address,)


def _authority(scheme: str, host: str, port: int) -> str:
    """Host and port as they stand in an address; the scheme's own port is left out."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port == DEFAULT_PORTS[scheme] else f"{shown}:{port}"
