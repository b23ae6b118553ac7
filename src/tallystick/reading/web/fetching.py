"""Get one address after another: guarded, paced, bounded in bytes and time, as each site's robots.txt allows.

An `Address` comes in; what it answered goes out as `Received` with how it was received, or a named `Failure`. Nothing
is kept here; clock, sleep, chance, name resolution and certificates are passed in.
"""

import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from io import BytesIO
from random import Random
from urllib.parse import urldefrag, urljoin, urlsplit

from tallystick.errors import FetchError, ReadingError
from tallystick.model.document import Detail, Failure, Retrieval, Sureness
from tallystick.reading.received import Address, Received
from tallystick.reading.web.exchange import Exchange, Limits, Reply
from tallystick.reading.web.guard import Endpoint, Resolver, endpoint, resolve
from tallystick.reading.web.pacing import INTERVAL, MOST_FAILURES, Pace, Trouble, backoff, retry_after
from tallystick.reading.web.robots import AGENT, ALLOWED, LARGEST_RULES, Robots, Rules, rules_of

__all__ = ["USER_AGENT", "Answer", "Means", "Validators", "Web", "failure_of"]

USER_AGENT = (
    f"{AGENT}/{version('tallystick')} (reads news reports for their figures;"
    f" to stop it, 'User-agent: {AGENT}' and 'Disallow: /' in robots.txt)"
)
# What is asked for, in order of liking; no encoding, since the bytes are evidence as they come.
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "identity",
}
MOST_REDIRECTS = 5
REDIRECTS = frozenset((301, 302, 303, 307, 308))
# Answers after which a later try may go better.
PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
# Tries of one address in one run, and the longest wait between two of them that a site may ask for, in seconds.
TRIES = 3
# Longest ETag or Last-Modified that is sent back; real ones have up to about 80 characters.
LONGEST_VALIDATOR = 256
LONGEST_RETRY = 60.0


@dataclass(frozen=True, slots=True)
class Means:
    """What getting needs of the world outside.

    Attributes:
        clock: Gives the time in UTC.
        monotonic: Gives seconds that never go back.
        sleep: Waits so many seconds, or less where a stop is asked for.
        chance: Spreads the waits after failures.
        resolver: Gives the network addresses of a host.
        tls: How certificates are checked.
        interval: Seconds between two requests to one host.
        limits: How long and how large an answer may be.
    """

    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    chance: Random
    resolver: Resolver = resolve
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    interval: float = INTERVAL
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Validators:
    """What an earlier answer said of its version: sent back, an unchanged one is not sent again.

    Attributes:
        etag: Its ETag, or None.
        modified: Its Last-Modified, or None.
    """

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered.

    Attributes:
        retrieval: How.
        content: The bytes, decoded where they came encoded; empty where nothing changed (304).
    """

    retrieval: Retrieval
    content: bytes

    @property
    def changed(self) -> bool:
        """Whether it is another version than that of the validators sent."""
        return self.retrieval.status != HTTPStatus.NOT_MODIFIED

    @property
    def validators(self) -> Validators:
        """What to send next time."""
        return Validators(_mark(self.retrieval.headers, "etag"), _mark(self.retrieval.headers, "last-modified"))

    def received(self, address: Address) -> Received:
        """Give it as what the stage of reading takes, with what was said of it where it was named."""
        final = self.retrieval.redirects[-1] if self.retrieval.redirects else self.retrieval.url
        here = Detail("url", final, "the address it was fetched from", Sureness.STATED)
        # What named it may have been fetched too, and hands on its own address.
        details = (here, *(one for one in address.details if one.field != "url"))
        return Received(address.url, BytesIO(self.content), details=details, retrieval=self.retrieval)


class Web:
    """The web as one run meets it."""

    def __init__(self, means: Means, allowed: frozenset[str] = frozenset()) -> None:
        """Take the means, and the hosts that may be in a private network, from `guard.allowed_hosts`."""
        self.means = means
        self._allowed = allowed
        self._exchange = Exchange(means.limits, means.tls)
        self._pace = Pace(self._sleep, means.monotonic, means.interval)
        self._trouble = Trouble(means.monotonic)
        self._robots = Robots(self._rules, means.monotonic)

    @property
    def stopped(self) -> bool:
        """Whether a stop was asked for."""
        return self._exchange.stopped

    def stop(self) -> None:
        """Abandon the request at hand; this and every later one raises `StoppedError`. Safe in a signal handler."""
        self._exchange.stop()

    def fetch(self, address: Address) -> Iterator[Received | Failure]:
        """Give what `address` answers: the `Fetch` of the stage of reading.

        Raises:
            StoppedError: Where a stop was asked for.
        """
        try:
            answer = self.get(address.url)
        except ReadingError as error:
            yield failure_of(address, error)
        else:
            yield answer.received(address)

    def get(self, url: str, validators: Validators | None = None) -> Answer:
        """Ask for `url`, again where that may help, and give what it answers: status 200, or 304 to validators.

        Args:
            url: The address.
            validators: Of an earlier answer; None asks without condition.

        Raises:
            FetchError, ReadingError: Where it gave nothing, or may not be asked.
            StoppedError: Where a stop was asked for.
        """
        headers = dict(HEADERS)
        if validators is not None and validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators is not None and validators.modified:
            headers["If-Modified-Since"] = validators.modified
        host = _host_of(url)
        if self._trouble.of(host):
            reason = f"{host} has failed {MOST_FAILURES} times in a row and is left alone for a while"
            raise FetchError(url, reason, again=True, asked=False)
        for tried in range(1, TRIES + 1):
            try:
                answer = self._followed(url, headers)
                self._require(url, answer, conditional=len(headers) > len(HEADERS))
            except FetchError as error:
                last = tried == TRIES or (error.after or 0.0) > LONGEST_RETRY
                if last or not error.again or not error.asked:
                    self._trouble.note(host, failed=error.again)
                    raise
                self._sleep(backoff(tried, self.means.chance) if error.after is None else error.after)
            else:
                break
        self._trouble.note(host, failed=False)
        return answer

    def _require(self, url: str, answer: Answer, *, conditional: bool) -> None:
        """Raise where the answer is neither a page nor, to a conditional request, "not modified"."""
        status = answer.retrieval.status
        if status == HTTPStatus.OK or (conditional and status == HTTPStatus.NOT_MODIFIED):
            return
        known = {one.value: one.phrase for one in HTTPStatus}
        reason = f"answered {status} {known.get(status, '')}".rstrip()
        after = retry_after(_header(answer.retrieval.headers, "retry-after"), self.means.clock())
        if after is not None and status in PASSING:
            reason += f" and asks to come back in {after:,.0f} s"
        raise FetchError(url, reason, again=status in PASSING, after=after)

    def _followed(self, url: str, headers: dict[str, str]) -> Answer:
        """What an address answers at the end of its redirects, each of which is checked as the first one is."""
        here = endpoint(url, self._allowed, self.means.resolver)
        met = [here.url]
        while True:
            retrieved = _utc(self.means.clock())
            try:
                reply = self._asked(here, headers)
                location = _header(reply.headers, "location") if reply.status in REDIRECTS else None
                if location is None:
                    retrieval = Retrieval(url, retrieved, reply.status, reply.headers, tuple(met[1:]))
                    return Answer(retrieval, reply.content)
                here = endpoint(_led_to(here, location), self._allowed, self.means.resolver)
            except FetchError as error:
                raise _named(url, met, error) from error
            except ReadingError as error:
                raise FetchError(url, f"leads to {error.document}: {error.reason}") from error
            if here.url in met:
                raise FetchError(url, f"leads in a circle, back to {here.url}")
            if len(met) > MOST_REDIRECTS:
                raise FetchError(url, f"leads on more than {MOST_REDIRECTS} times")
            met.append(here.url)

    def _asked(self, where: Endpoint, headers: dict[str, str]) -> Reply:
        """The reply of one machine, where its robots.txt allows to ask and once it is time."""
        rules = self._robots.rules(where.origin)
        if reason := rules.refusal(where.url):
            later = rules.reason is not None
            raise FetchError(where.url, reason, again=later, asked=not later)
        self._pace.wait(where.host, rules.delay)
        return self._exchange.ask(where, headers)

    def _rules(self, origin: str) -> Rules:
        """The rules of a site; none for now where it cannot say them."""
        url = f"{origin}/robots.txt"
        try:
            here = endpoint(url, self._allowed, self.means.resolver)
            for _ in range(MOST_REDIRECTS + 1):
                reply = self._exchange.ask(here, HEADERS, cut=LARGEST_RULES)
                location = _header(reply.headers, "location") if reply.status in REDIRECTS else None
                if location is None:
                    break
                here = endpoint(_led_to(here, location), self._allowed, self.means.resolver)
        except ReadingError as error:
            return Rules(reason=f"its robots.txt cannot be read, so nothing is fetched for now: {error.reason}")
        if reply.status == HTTPStatus.OK:
            return rules_of(reply.content)
        if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR or reply.status == HTTPStatus.TOO_MANY_REQUESTS:
            return Rules(reason=f"its robots.txt answered {reply.status}, so nothing is fetched for now")
        return ALLOWED

    def _sleep(self, seconds: float) -> None:
        """Wait; a stop that was asked for meanwhile ends it."""
        self.means.sleep(seconds)
        self._exchange.check()


def failure_of(address: Address, error: ReadingError) -> Failure:
    """Give what stands in the place of the report that `address` did not give."""
    return Failure(address.url if address.url.isprintable() else repr(address.url), "read", error.reason)


def _host_of(url: str) -> str:
    """The host as the address has it: all addresses of one site write it alike."""
    with suppress(ValueError):
        return (urlsplit(url).hostname or "").lower()
    return ""


def _header(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name), None)


def _mark(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    """A validator, where it is one that can be sent back."""
    value = _header(headers, name) or ""
    return value if 0 < len(value) <= LONGEST_VALIDATOR and value.isascii() and value.isprintable() else None


def _led_to(here: Endpoint, location: str) -> str:
    """The address that a Location header names; its bytes are UTF-8 where they are not ASCII."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urldefrag(urljoin(here.url, location.strip().replace(" ", "%20"))).url
    except ValueError as error:
        raise ReadingError(repr(location), f"is no web address: {error}") from error


def _named(url: str, met: list[str], error: FetchError) -> FetchError:
    """The same error in the name of the address that was asked for first."""
    reason = error.reason if len(met) == 1 else f"leads to {met[-1]}: {error.reason}"
    return FetchError(url, reason, again=error.again, after=error.after, asked=error.asked)


def _utc(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
