"""Getting pages from a site on this machine: what comes back, and what a hostile site can do."""

import gzip
import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.errors import FetchError, ReadingError, StoppedError
from tallystick.model.document import Detail, Failure, Sureness
from tallystick.reading.received import Address, Received
from tallystick.reading.web.exchange import Exchange, Limits
from tallystick.reading.web.fetching import USER_AGENT, Validators
from tallystick.reading.web.guard import Resolver, allowed_hosts, endpoint, resolve
from website import Asked, Page, Site, Time, site, web

TLS = ssl.create_default_context()
# Each of them alone can end an answer in its test, however busy the machine is.
IN_A_HURRY = Limits(silence=60, whole=0.5)
NO_PATIENCE = Limits(silence=0.5, whole=60)


@pytest.fixture
def paper() -> Iterator[Site]:
    """A site with one page."""
    with site() as running:
        running.pages["/a"] = Page(b"<p>12 dead</p>", headers=(("ETag", '"1"'), ("X-A", "1"), ("X-A", "2")))
        yield running


def reason(paper: Site, path: str, limits: Limits | None = None) -> str:
    """Why a path gives nothing."""
    with pytest.raises(ReadingError) as caught:
        web(paper.host, limits=limits or Limits()).get(paper.url(path))
    assert caught.value.document == paper.url(path)
    return caught.value.reason


def test_a_page_comes_with_how_it_was_received(paper: Site) -> None:
    """Bytes, address, time in UTC, status and every header in order; what was said of it is kept."""
    said = Detail("title", "A", "feed title", Sureness.STATED)
    of_the_feed = Detail("url", paper.url("/feed"), "the address it was fetched from", Sureness.STATED)
    (found,) = web(paper.host).fetch(Address(paper.url("/a"), "feed.xml", (said, of_the_feed)))
    assert isinstance(found, Received)
    assert found.stream.read() == b"<p>12 dead</p>"
    assert found.name == paper.url("/a")
    assert said in found.details
    assert [one.value for one in found.details if one.field == "url"] == [paper.url("/a")]
    retrieval = found.retrieval
    assert retrieval is not None
    assert (retrieval.url, retrieval.retrieved, retrieval.status) == (paper.url("/a"), "2025-06-17T08:00:00Z", 200)
    assert [value for name, value in retrieval.headers if name == "X-A"] == ["1", "2"]
    assert retrieval.redirects == ()


def test_who_asks_says_so_and_how_to_stop_it(paper: Site) -> None:
    """The agent, no encoding asked for, and the host by its name."""
    web(paper.host).get(paper.url("/a"))
    headers = paper.asked[-1].headers
    assert headers["User-Agent"] == USER_AGENT
    assert "robots.txt" in USER_AGENT
    assert headers["Accept-Encoding"] == "identity"
    assert headers["Host"] == paper.host


def test_a_failure_is_named_in_place_of_the_page(paper: Site) -> None:
    """A page that is not there is a failure of its address; an address that is none as well."""
    (found,) = web(paper.host).fetch(Address(paper.url("/none"), "list.txt"))
    assert found == Failure(paper.url("/none"), "read", "answered 404 Not Found")
    (found,) = web().fetch(Address("file:///etc/passwd", "list.txt"))
    assert isinstance(found, Failure)
    assert "only http and https" in found.reason


def test_nothing_private_is_asked_without_leave(paper: Site) -> None:
    """The site on this machine hears nothing."""
    with pytest.raises(ReadingError, match="port"):
        web().get(paper.url("/a"))
    assert paper.asked == []


def test_redirects_are_followed_and_kept(paper: Site) -> None:
    """Relative ones too, with the spaces and letters that servers leave in them."""
    paper.pages["/old"] = Page(status=301, headers=(("Location", "/new way?q=ü".encode().decode("latin-1")),))
    paper.pages["/new%20way?q=%C3%BC"] = Page(status=302, headers=(("Location", paper.url("/a#part")),))
    answer = web(paper.host).get(paper.url("/old"))
    assert answer.content == b"<p>12 dead</p>"
    assert answer.retrieval.url == paper.url("/old")
    assert answer.retrieval.redirects == (paper.url("/new%20way?q=%C3%BC"), paper.url("/a"))
    assert answer.received(Address(paper.url("/old"), "x")).details[0].value == paper.url("/a")


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/", "http://127.0.0.1/", "http://localhost:8080/", "http://[::1]/",
        "http://2130706433/", "file:///etc/passwd", "gopher://example.org/", "http://10.0.0.1/", "http://a@127.0.0.1/",
        "//169.254.169.254/", "http://[::ffff:169.254.169.254]/", "http://[bad/", "\\\\127.0.0.1\\a",
    ],
)  # fmt: skip
def test_a_redirect_leads_nowhere_that_could_not_be_asked_at_once(paper: Site, target: str) -> None:
    """Metadata, loopback, another scheme: the first address is named, and where it led."""
    paper.pages["/trap"] = Page(status=302, headers=(("Location", target),))
    found = reason(paper, "/trap")
    assert found.startswith(("leads to", "answered 404"))


def test_a_redirect_to_another_port_of_an_allowed_host_is_refused(paper: Site) -> None:
    """Leave for one port is leave for no other."""
    with site() as inner:
        inner.pages["/secret"] = Page(b"secret")
        paper.pages["/trap"] = Page(status=302, headers=(("Location", inner.url("/secret")),))
        assert "leads to" in reason(paper, "/trap")
        assert inner.asked == []


def turning(*answers: tuple[str, ...]) -> Resolver:
    """A resolver that answers otherwise each time."""
    left = list(answers)
    return lambda _: left.pop(0)


def test_a_name_that_turns_to_this_machine_later_is_not_followed_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a request resolves once, is checked, and connects to what was checked."""
    connected: list[object] = []

    def connect(opened: socket.socket, address: object) -> None:
        assert opened.fileno() >= 0
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    resolver = turning(("93.184.215.14",), ("127.0.0.1",))
    where = endpoint("http://rebind.example:8080/a", frozenset(), resolver)
    with pytest.raises(FetchError, match="cannot be reached"):
        Exchange(Limits(), TLS).ask(where, {})
    assert connected == [("93.184.215.14", 8080)]
    with pytest.raises(ReadingError, match="this machine itself"):
        endpoint("http://rebind.example:8080/a", frozenset(), resolver)


def test_a_page_on_a_name_that_turns_to_this_machine_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first answer is for the page, the second for its robots.txt: whichever is private ends it."""
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("connected"))
    for answers in ([("93.184.215.14",), ("127.0.0.1",)], [("127.0.0.1",)], [("93.184.215.14", "127.0.0.1")]):
        with pytest.raises(ReadingError, match="this machine itself"):
            web(resolver=turning(*answers)).get("http://rebind.example/a")


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_circle_of_redirects_ends(paper: Site, status: int) -> None:
    """It is named after one turn."""
    paper.pages["/x"] = Page(status=status, headers=(("Location", "/y"),))
    paper.pages["/y"] = Page(status=status, headers=(("Location", "/x"),))
    assert "circle" in reason(paper, "/x")
    assert paper.paths() == ["/x", "/y"]


def test_an_endless_chain_of_redirects_ends(paper: Site) -> None:
    """Five are followed, the sixth is not."""
    for number in range(20):
        paper.pages[f"/{number}"] = Page(status=302, headers=(("Location", f"/{number + 1}"),))
    assert "more than 5" in reason(paper, "/0")
    assert len(paper.paths()) == 6


def broken_off(paper: Site, path: str, limits: Limits) -> str:
    """Why one request for a path gives nothing within some limits."""
    where = endpoint(paper.url(path), allowed_hosts((paper.host,)), resolve)
    with pytest.raises(FetchError) as caught:
        Exchange(limits, TLS).ask(where, {})
    assert caught.value.again
    return caught.value.reason


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Write a body without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        handler.wfile.write(b"a" * 65_536)


def test_an_endless_body_ends(paper: Site) -> None:
    """After as many bytes as a report may have."""
    paper.pages["/endless"] = Page(raw=endless)
    assert "larger than" in reason(paper, "/endless", Limits(size=200_000))


def test_a_drip_of_bytes_ends(paper: Site) -> None:
    """In the body and in the head, though a byte comes before each silence is over."""
    for path, head in (("/body", b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"), ("/head", b"HTTP/1.1 200 O")):

        def drip(handler: BaseHTTPRequestHandler, head: bytes = head) -> None:
            handler.wfile.write(head)
            while not paper.closing.wait(0.05):
                handler.wfile.write(b"a")

        paper.pages[path] = Page(raw=drip)
        assert broken_off(paper, path, IN_A_HURRY) == "took longer than 0.5 s"


def test_a_silent_server_is_given_up(paper: Site) -> None:
    """It took the request and says nothing."""

    def silent(handler: BaseHTTPRequestHandler) -> None:
        assert handler.path
        paper.closing.wait(20)

    paper.pages["/silent"] = Page(raw=silent)
    assert broken_off(paper, "/silent", NO_PATIENCE) == "no answer within 0.5 s"


def test_an_endless_row_of_interim_answers_ends(paper: Site) -> None:
    """`100 Continue` for ever is cut off in time."""

    def interim(handler: BaseHTTPRequestHandler) -> None:
        while not paper.closing.is_set():
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)

    paper.pages["/interim"] = Page(raw=interim)
    assert broken_off(paper, "/interim", IN_A_HURRY) == "took longer than 0.5 s"


def written(answer: bytes) -> Page:
    """A page that answers just these bytes."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)

    return Page(raw=write)


def headed(*lines: bytes) -> Page:
    """A page with such header lines."""
    return written(b"HTTP/1.1 200 OK\r\n" + b"".join(line + b"\r\n" for line in lines) + b"\r\nabc")


def test_a_flood_of_headers_ends(paper: Site) -> None:
    """Too many of them, or one too long."""
    paper.pages["/many"] = headed(*(b"X-%d: a" % number for number in range(100_000)))
    paper.pages["/long"] = headed(b"X: " + b"a" * 10_000_000)
    assert "no HTTP that can be read" in reason(paper, "/many")
    assert "no HTTP that can be read" in reason(paper, "/long")


def test_a_length_that_lies_is_noticed(paper: Site) -> None:
    """Longer than the body: broken off. Two that differ: no HTTP. Shorter: what was promised is taken."""
    paper.pages["/longer"] = headed(b"Content-Length: 10")
    paper.pages["/two"] = headed(b"Content-Length: 3", b"Content-Length: 5")
    paper.pages["/shorter"] = headed(b"Content-Length: 2")
    assert reason(paper, "/longer") == "the answer broke off before its end"
    assert "no HTTP that can be read" in reason(paper, "/two")
    assert web(paper.host).get(paper.url("/shorter")).content == b"ab"


def test_what_is_no_http_is_named(paper: Site) -> None:
    """An answer of another protocol."""
    paper.pages["/smtp"] = written(b"220 mail ready\r\n")
    assert "no HTTP that can be read" in reason(paper, "/smtp")


@pytest.mark.parametrize(
    ("encoding", "encoded"),
    [("gzip", gzip.compress(b"12 dead", mtime=0)), ("deflate", zlib.compress(b"12 dead")), ("identity", b"12 dead")],
)
def test_an_answer_that_comes_encoded_all_the_same_is_decoded(paper: Site, encoding: str, encoded: bytes) -> None:
    """Some servers compress without being asked."""
    paper.pages["/coded"] = Page(encoded, headers=(("Content-Encoding", encoding),))
    assert web(paper.host).get(paper.url("/coded")).content == b"12 dead"


def test_a_bomb_is_not_blown_up(paper: Site) -> None:
    """A gigabyte of nothing in a megabyte, once and twice packed, ends at the limit of a report."""
    once = gzip.compress(b"\0" * 50_000_000)
    paper.pages["/bomb"] = Page(once, headers=(("Content-Encoding", "gzip"),))
    paper.pages["/twice"] = Page(gzip.compress(once, mtime=0), headers=(("Content-Encoding", "gzip, gzip"),))
    paper.pages["/chain"] = Page(once, headers=(("Content-Encoding", ", ".join(["gzip"] * 50)),))
    limits = Limits(size=200_000)
    assert "larger than" in reason(paper, "/bomb", limits)
    assert "larger than" in reason(paper, "/twice", limits)
    assert "not encoded" in reason(paper, "/chain", limits)


def test_an_encoding_that_is_not_what_it_says_is_named(paper: Site) -> None:
    """Garbage under gzip, and a name that nobody knows."""
    paper.pages["/garbage"] = Page(b"garbage", headers=(("Content-Encoding", "gzip"),))
    paper.pages["/odd"] = Page(b"odd", headers=(("Content-Encoding", "rot13"),))
    assert "not encoded as its header says" in reason(paper, "/garbage")
    assert "rot13" in reason(paper, "/odd")


def test_what_did_not_change_is_not_sent_again(paper: Site) -> None:
    """The validators of one answer go out with the next request; 304 is an answer without content."""

    def conditional(asked: Asked) -> Page:
        known = asked.headers.get("If-None-Match") == '"7"' and asked.headers.get("If-Modified-Since") == "then"
        return Page(b"" if known else b"news", 304 if known else 200, (("ETag", '"7"'), ("Last-Modified", "then")))

    paper.pages["/feed"] = conditional
    getter = web(paper.host)
    first = getter.get(paper.url("/feed"))
    assert (first.changed, first.validators) == (True, Validators('"7"', "then"))
    again = getter.get(paper.url("/feed"), first.validators)
    assert (again.changed, again.content) == (False, b"")


def test_a_validator_that_cannot_be_sent_back_is_none(paper: Site) -> None:
    """Endless or in odd letters: the next request goes out without it, and is not refused for ever."""
    for etag in ('"' + "a" * 60_000 + '"', '"\xe9"', '"a\x1b[31m"'):
        paper.pages["/feed"] = Page(b"news", headers=(("ETag", etag), ("Last-Modified", "then")))
        assert web(paper.host).get(paper.url("/feed")).validators == Validators(None, "then")


def test_an_answer_to_a_condition_that_nobody_made_is_a_failure(paper: Site) -> None:
    """304 to a plain request has no page."""
    paper.pages["/odd"] = Page(status=304)
    assert reason(paper, "/odd") == "answered 304 Not Modified"


def test_no_letter_of_an_answer_steers_the_terminal(paper: Site) -> None:
    """What a failure cites is escaped."""
    paper.pages["/line"] = written(b"\x1b[31mHTTP\r\n\r\n")
    paper.pages["/away"] = Page(status=302, headers=(("Location", "http://[\x1b[31m/"),))
    for path in ("/line", "/away"):
        assert reason(paper, path).isprintable()
    (found,) = web().fetch(Address("http://a.example/\x1b[31m", "list"))
    assert isinstance(found, Failure)
    assert (found.document + found.reason).isprintable()


def after(*statuses: int, headers: tuple[tuple[str, str], ...] = ()) -> "Flaky":
    """A page that answers these statuses first, and then well."""
    return Flaky(list(statuses), headers)


class Flaky:
    """A page that is not always there."""

    def __init__(self, statuses: list[int], headers: tuple[tuple[str, str], ...]) -> None:
        self._statuses = statuses
        self._headers = headers

    def __call__(self, asked: Asked) -> Page:
        """The next answer."""
        assert asked.path
        return Page(status=self._statuses.pop(0), headers=self._headers) if self._statuses else Page(b"well")


def test_a_server_in_trouble_is_asked_again_later(paper: Site) -> None:
    """Each wait is longer than the one before, and spread by chance."""
    paper.pages["/flaky"] = after(503, 502)
    time = Time()
    assert web(paper.host, time=time).get(paper.url("/flaky")).content == b"well"
    assert time.slept[0] <= 2.0
    assert 3.0 <= sum(time.slept) <= 6.0


def test_what_retry_after_asks_for_is_kept(paper: Site) -> None:
    """Seconds or a date; a site that wants to be left alone longer is left alone, and says for how long."""
    paper.pages["/seconds"] = after(429, headers=(("Retry-After", "30"),))
    paper.pages["/date"] = after(503, headers=(("Retry-After", "Tue, 17 Jun 2025 08:00:45 GMT"),))
    paper.pages["/long"] = after(429, 429, 429, headers=(("Retry-After", "7200"),))
    for path, seconds in (("/seconds", 30.0), ("/date", 45.0)):
        time = Time()
        assert web(paper.host, time=time).get(paper.url(path)).content == b"well"
        assert seconds in time.slept
    with pytest.raises(FetchError) as caught:
        web(paper.host).get(paper.url("/long"))
    assert caught.value.after == 7_200.0
    assert "7,200 s" in caught.value.reason
    assert paper.paths().count("/long") == 1


def test_a_site_that_stays_in_trouble_is_given_up(paper: Site) -> None:
    """After three tries; what is gone for good is asked once."""
    paper.pages["/down"] = Page(status=503)
    paper.pages["/gone"] = Page(status=410)
    assert reason(paper, "/down") == "answered 503 Service Unavailable"
    assert reason(paper, "/gone") == "answered 410 Gone"
    assert paper.paths() == ["/down"] * 3 + ["/gone"]


def test_a_site_that_fails_again_and_again_is_left_alone(paper: Site) -> None:
    """Three addresses of it are tried; the others are named at once, and later all may be asked for again."""
    for number in range(9):
        paper.pages[f"/down/{number}"] = Page(status=503)
    time = Time()
    getter = web(paper.host, time=time)
    for number in range(5):
        with pytest.raises(FetchError) as caught:
            getter.get(paper.url(f"/down/{number}"))
        assert caught.value.again
        assert caught.value.asked is (number < 3)
    assert len(paper.paths()) == 9
    time.now += 3_600
    assert getter.get(paper.url("/a")).content == b"<p>12 dead</p>"


def test_a_port_on_which_nobody_answers_is_named() -> None:
    """The site has gone."""
    with site() as running:
        pass
    assert "cannot be reached" in reason(running, "/a")


def test_a_stop_ends_everything(paper: Site) -> None:
    """The request at hand is abandoned, every later one refused."""
    getter = web(paper.host)

    def stop(asked: Asked) -> Page:
        assert asked.path
        getter.stop()
        return Page(b"late")

    paper.pages["/stop"] = stop
    with pytest.raises(StoppedError):
        getter.get(paper.url("/stop"))
    with pytest.raises(StoppedError):
        list(getter.fetch(Address(paper.url("/a"), "x")))
    assert paper.paths() == ["/stop"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.booleans())
def test_no_answer_makes_getting_raise_anything_else(paper: Site, answer: bytes, started: bool) -> None:
    """Whatever bytes a machine writes: an answer, or it is named why not."""
    paper.pages["/fuzz"] = written((b"HTTP/1.1 200 OK\r\n" if started else b"") + answer)
    where = endpoint(paper.url("/fuzz"), allowed_hosts((paper.host,)), resolve)
    with suppress(FetchError):
        assert Exchange(Limits(silence=5, whole=5), TLS).ask(where, {}).status
