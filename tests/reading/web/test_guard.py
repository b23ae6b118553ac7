"""Which addresses may be asked: attacks by spelling, by DNS and by IPv6, and what is allowed by name."""

import socket
import ssl
from contextlib import closing
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.errors import ReadingError
from tallystick.reading.web import guard
from tallystick.reading.web.guard import Endpoint, allowed_hosts, connection_to, endpoint, resolve

PUBLIC = "93.184.215.14"
NOBODY: frozenset[str] = frozenset()


def public(host: str) -> tuple[str, ...]:
    """A resolver for which every host is on the public internet."""
    assert host
    return (PUBLIC,)


def checked(url: str, *addresses: str, allowed: tuple[str, ...] = ()) -> Endpoint:
    """The endpoint of `url` whose host has these addresses."""
    return endpoint(url, allowed_hosts(allowed), (lambda _: addresses) if addresses else public)


def refusal(url: str, *addresses: str) -> str:
    """Why `url` is refused."""
    with pytest.raises(ReadingError) as caught:
        checked(url, *addresses)
    return caught.value.reason


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "gopher://example.org/1", "ftp://example.org/a", "data:text/html,a",
        "javascript:alert(1)", "example.org/a", "//example.org/a", "",
    ],
)  # fmt: skip
def test_only_http_addresses_are_asked(url: str) -> None:
    """Every other scheme is refused, also none."""
    assert "only http and https" in refusal(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - refused
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "[::1]", "[::]", "[fe80::1]",
        "[fd00::1]", "[fec0::1]", "[ff02::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::127.0.0.1]",
        "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]",
        "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[2606:4700::5efe:7f00:1]", "[2001:db8::1]",
    ],
)  # fmt: skip
def test_no_address_of_a_private_network_is_asked(host: str) -> None:
    """Loopback, private, link-local, shared, multicast, reserved, and IPv6 that carries such an address."""
    assert "--allow-host" in refusal(f"http://{host}/")


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])
def test_a_public_address_is_asked(address: str) -> None:
    """Also in the forms in which a network of IPv6 alone gives it."""
    assert checked("http://example.org/", address).addresses == (address,)


@pytest.mark.parametrize(
    "host",
    ["0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "127.1", "127.0.0.1.1", "1.2.3.999", "017700000001"],
)
def test_a_number_that_some_take_for_an_address_is_refused(host: str) -> None:
    """Octal, hexadecimal, short and whole-number spellings reach no resolver."""
    assert "plain form" in refusal(f"http://{host}/", PUBLIC)


@pytest.mark.parametrize("host", ["①②⑦.⓪.⓪.①", "127。0。0。1", "127.0.0.1."])
def test_a_loopback_address_in_odd_letters_is_still_loopback(host: str) -> None:
    """Circled and full-width digits are what they stand for."""
    assert "this machine itself" in refusal(f"http://{host}/", PUBLIC)


def test_one_private_address_among_public_ones_is_enough() -> None:
    """Whoever controls the name must not choose by which of its addresses we come."""
    assert "link-local" in refusal("http://example.org/", PUBLIC, "169.254.169.254")


@pytest.mark.parametrize(
    "url",
    [
        "http://user@example.org/", "http://user:word@example.org/", "http://example.org@127.0.0.1/",
        "http://example.org\\@127.0.0.1/", "http://example.org/a b", "http://example.org/\r\nHost: b",
        "http://example.org:99999/", "http://exa mple.org/", "http://[::1/", "http:///path", "http://-%41/",
        "http://[fe80::1%25eth0]/", "http://" + "a." * 150 + "org/", "http://example.org/" + "a" * 5_000,
    ],
)  # fmt: skip
def test_what_two_parsers_could_read_differently_is_refused(url: str) -> None:
    """User names, backslashes, white space, zones, bad ports, endless names."""
    assert refusal(url, PUBLIC)


def test_a_port_on_which_no_news_is_served_is_refused() -> None:
    """A mail server is none of ours; the usual ports are."""
    assert "port 25" in refusal("http://example.org:25/")
    assert [checked(f"http://example.org:{port}/").port for port in (80, 443, 8080, 8443)] == [80, 443, 8080, 8443]
    assert checked("https://example.org/").port == 443


def test_a_host_allowed_by_name_may_be_private() -> None:
    """With its port where one is given, and then with no other; without one, with the usual ports."""
    assert checked("http://wiki.lan:9000/", "10.0.0.5", allowed=("WIKI.lan:9000",)).addresses == ("10.0.0.5",)
    assert checked("http://wiki.lan:8080/", "10.0.0.5", allowed=("wiki.lan",)).port == 8080
    assert checked("http://[::1]:9000/", allowed=("[::1]:9000",)).host == "::1"
    for url in ("http://wiki.lan/", "http://wiki.lan:9001/", "http://a.wiki.lan:9000/"):
        with pytest.raises(ReadingError):
            checked(url, "10.0.0.5", allowed=("wiki.lan:9000",))
    with pytest.raises(ReadingError):
        checked("http://wiki.lan:9000/", "10.0.0.5", allowed=("wiki.lan",))


def test_what_is_asked_is_written_in_ascii() -> None:
    """The host as DNS has it, the path escaped, the fragment gone, an own port left out."""
    where = checked("HTTPS://Bücher.Example:443/größe?q=ü&x=%20#teil")
    assert where.url == "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?q=%C3%BC&x=%20"
    assert where.origin == "https://xn--bcher-kva.example"
    assert checked("http://example.org").target == "/"


def test_a_host_that_is_not_found_is_named() -> None:
    """The error says what to check."""

    def unknown(host: str) -> tuple[str, ...]:
        raise socket.gaierror(host)

    with pytest.raises(ReadingError, match="is not found"):
        endpoint("http://nowhere.example/", NOBODY, unknown)
    with pytest.raises(ReadingError, match="no network address"):
        endpoint("http://nowhere.example/", NOBODY, lambda _: ())


def test_name_servers_that_keep_silent_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look-up that hangs is left behind; a name of this machine is found."""
    assert resolve("localhost")
    ended = Event()
    monkeypatch.setattr(guard, "LOOKUP", 0.01)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: ended.wait(60) and [])
    with pytest.raises(ReadingError, match="is not found"):
        endpoint("http://slow.example/", NOBODY, resolve)
    ended.set()


def test_the_connection_goes_to_the_checked_address_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second look-up, which could give another answer, is never made; proxies of the environment are not used."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]

        def resolver(host: str) -> tuple[str, ...]:
            assert host == "paper.example"
            return ("127.0.0.1",)

        where = endpoint(f"http://paper.example:{port}/", allowed_hosts((f"paper.example:{port}",)), resolver)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("looked up again"))
        with closing(connection_to(where, 5, ssl.create_default_context())) as connection:
            connection.connect()
            assert connection.sock is not None
            assert connection.sock.getpeername() == ("127.0.0.1", port)


@settings(max_examples=200)
@given(st.text(max_size=60) | st.from_regex(r"(https?|file)://[\w.\[\]:@%\\-]{0,30}(/\w{0,9})?", fullmatch=True))
def test_no_text_makes_the_guard_raise_anything_else(url: str) -> None:
    """It is an endpoint, or it is named why not."""
    try:
        where = endpoint(url, NOBODY, public)
    except ReadingError:
        return
    assert where.url.isascii()
    assert where.scheme in ("http", "https")


@settings(max_examples=200)
@given(st.ip_addresses())
def test_whatever_is_not_global_is_refused(address: object) -> None:
    """No address that the library calls private comes through, of either family."""
    shown = str(address)
    host = f"[{shown}]" if ":" in shown else shown
    try:
        endpoint(f"http://{host}/", NOBODY, public)
    except ReadingError:
        return
    assert getattr(address, "is_global", False) or "64:ff9b::" in shown or "::ffff:" in shown
