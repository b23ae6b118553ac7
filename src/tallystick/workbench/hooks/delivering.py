"""Tell webhooks what changed: the changes of a case come in, signed messages go out in order, each until it is taken.

A message that is not taken is tried again, with longer waits; whoever gets one twice sees it by its id and by the
numbers of its changes. Nothing goes to a private network unless its host was allowed by name.
"""

import json
import logging
import ssl
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from urllib.parse import urlsplit

from tallystick.errors import FetchError, ReadingError, StoppedError, TallystickError, WebhookError
from tallystick.exporting.recording import change_record
from tallystick.model.change import ChangeKind
from tallystick.reading.web.exchange import Exchange, Limits
from tallystick.reading.web.fetching import USER_AGENT
from tallystick.reading.web.guard import allowed_hosts, endpoint, resolve
from tallystick.storage.accounts import hooks
from tallystick.storage.accounts.hooks import Hook
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.custody import instant
from tallystick.storage.views import changes, whole
from tallystick.storage.views.view import Views
from tallystick.workbench.hooks.signing import signed

__all__ = ["Messenger", "Post", "Poster", "greet", "require_address"]

log = logging.getLogger(__name__)

# Sends headers and a body to an address and gives the status of the answer.
Post = Callable[[str, Mapping[str, str], bytes], int]
# Changes in one message, some tens of kB.
MOST = 100
# Seconds between two looks for changes; a look at a case that has not changed is one query.
EVERY = 2.0
# Seconds from one try to the next, the last one from then on.
WAITS = (5, 30, 300, 1_800, 7_200, 21_600)
# After so long without success a webhook is given up: whoever runs the other end has had a weekend to see it.
PATIENCE = timedelta(days=3)
# And not before so many tries in a row: a server that did not run over the weekend has tried once.
TRIES = 10
# Webhooks that are told at once, so that one which is slow to answer holds up none of the others.
AT_ONCE = 8
# Digits of the custody log's first hash by which the messages of one case are told from those of another.
DIGITS = 12
# An answer says whether a message was taken; what else it holds is of no account.
LIMITS = Limits(silence=10.0, whole=20.0, size=65_536)
TAKEN, GONE, OTHERWHERE = range(200, 300), 410, range(300, 400)


class Poster:
    """Sends messages to the public internet and to hosts that were allowed by name; never follows a redirect."""

    def __init__(self, allowed: tuple[str, ...] = ()) -> None:
        """Take the hosts that may be in a private network, as `--allow-host` gives them."""
        self._allowed = allowed_hosts(allowed)
        self._tls = ssl.create_default_context()
        self._lock = Lock()
        self._open: set[Exchange] = set()
        self._stopped = False

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Send a message and give the status of the answer.

        Raises:
            ReadingError, FetchError: Where the address is not allowed, or gave no answer.
            StoppedError: Where a stop was asked for.
        """
        where = endpoint(url, self._allowed, resolve)
        asked = {"User-Agent": USER_AGENT, "Content-Type": "application/json", **headers}
        exchange = Exchange(LIMITS, self._tls)
        with self._lock:
            if self._stopped:
                raise StoppedError("stopped")
            self._open.add(exchange)
        try:
            return exchange.ask(where, asked, cut=LIMITS.size, body=body).status
        finally:
            with self._lock:
                self._open.discard(exchange)

    def stop(self) -> None:
        """Break off what is being sent, and refuse every later message."""
        with self._lock:
            self._stopped = True
            for exchange in self._open:
                exchange.stop()


class Messenger:
    """Looks for changes and tells the webhooks of a case, in threads of its own."""

    def __init__(self, views: Views, file: Accounts, clock: Callable[[], datetime], poster: Poster) -> None:
        """Take the readers of the case, the file of its webhooks, the clock, and who sends."""
        self._views = views
        self._file = file
        self._clock = clock
        self._poster = poster
        self._ended = Event()
        self._thread = Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End; a message that is under way is broken off and sent again at the next start."""
        self._ended.set()
        self._poster.stop()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> int:
        """Tell every webhook whose turn it is what it has not been told; give how many messages were taken.

        It goes by rounds, of one message to each at once.
        """
        taken = 0
        while not self._ended.is_set() and (turn := self._turn()):
            with ThreadPoolExecutor(AT_ONCE) as pool:
                took = sum(pool.map(self._one, turn))
            if not took:
                break
            taken += took
        return taken

    def _run(self) -> None:
        while not self._ended.wait(EVERY):
            try:
                self.look()
            except TallystickError as error:
                log.warning("webhooks error=%s", error)
            except Exception:
                # A defect is told, and tried again: a thread that ends would tell nobody any more, without a word.
                log.exception("webhooks")

    def _turn(self) -> list[Hook]:
        """The webhooks that are to be told something now."""
        now = self._clock()
        # A clock that was put back leaves times to come that nobody meant.
        latest = instant(now + timedelta(seconds=WAITS[-1]))
        waiting = [
            hook
            for hook in hooks.hooks(self._file)
            if hook.stopped is None and (hook.due is None or hook.due <= instant(now) or hook.due > latest)
        ]
        if not waiting:
            return []
        with self._views.moment() as view:
            last = changes.last(view)
        for hook in waiting:
            if hook.last > last:
                log.warning("webhook number=%d case was replaced; told from change=%d on", hook.number, last)
                hooks.told(self._file, hook.number, last)
        return [hook for hook in waiting if hook.last < last]

    def _one(self, hook: Hook) -> bool:
        """Tell one webhook; what goes wrong here is no concern of the others."""
        try:
            return self._tell(hook)
        except StoppedError:
            return False
        except TallystickError as error:
            log.warning("webhook number=%d error=%s", hook.number, error)
            return False

    def _tell(self, hook: Hook) -> bool:
        """Tell one webhook the next of what it wants to know; whether it took it."""
        last = hook.last
        while not self._ended.is_set():
            with self._views.moment() as view:
                found = changes.after(view, last, MOST)
                case = whole.first_entry(view)[0][:DIGITS]
            if not found:
                break
            wanted = [one for one in found if not hook.kinds or one.change.kind.value in hook.kinds]
            last = found[-1].number
            if wanted and not self._sent(
                hook, _message(self._views.address.name, wanted), f"changes-{case}-{found[0].number}-{last}"
            ):
                break
            hooks.told(self._file, hook.number, last)
            if wanted:
                return True
        return False

    def _sent(self, hook: Hook, body: bytes, name: str) -> bool:
        """Whether a message was taken; if not, when to try again is kept."""
        now = self._clock()
        try:
            status = self._poster(hook.url, signed(hook.secret, name, now, body), body)
        except (ReadingError, FetchError) as error:
            self._failed(hook, str(error), now, gone=False)
            return False
        if status in TAKEN:
            return True
        said = "its answer leads elsewhere, which is not followed" if status in OTHERWHERE else f"it answered {status}"
        self._failed(hook, said, now, gone=status == GONE)
        return False

    def _failed(self, hook: Hook, said: str, now: datetime, *, gone: bool) -> None:
        tired = hook.failures + 1 >= TRIES and hook.since is not None and instant(now - PATIENCE) > hook.since
        wait = WAITS[min(hook.failures, len(WAITS) - 1)]
        due = None if gone or tired else now + timedelta(seconds=wait)
        log.warning("webhook number=%d said=%s again=%s", hook.number, said, due)
        hooks.failed(self._file, hook, said, now, due)


def require_address(url: str, kinds: tuple[str, ...], allowed: tuple[str, ...] = ()) -> None:
    """Raise where a webhook cannot be of this address or these kinds of changes.

    Raises:
        WebhookError: Where the address is none, or would carry what changed in the clear over a public network.
    """
    try:
        parts = urlsplit(url)
        named = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError as error:
        raise WebhookError(url, f"is no web address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise WebhookError(url, "is no web address; give one that begins with https:// and holds no password")
    if parts.scheme == "http" and not {named, parts.hostname} & allowed_hosts(allowed):
        raise WebhookError(url, f"would be told in the clear; take https, or give '--allow-host {named}'")
    for kind in kinds:
        if kind not in {one.value for one in ChangeKind}:
            raise WebhookError(url, f"there is no change of kind '{kind}'; there are {', '.join(ChangeKind)}")


def greet(hook: Hook, post: Post, case: str, now: datetime) -> int:
    """Send a webhook a message without changes, to see that it arrives, and give the status of the answer.

    Raises:
        ReadingError, FetchError: Where the address is not allowed, or gave no answer.
    """
    body = _message(case, ())
    return post(hook.url, signed(hook.secret, f"greeting-{int(now.timestamp())}", now, body), body)


def _message(case: str, found: Sequence[changes.Moved]) -> bytes:
    """What is sent: the changes as records, with their time."""
    told = [asdict(change_record(one.number, one.made, one.change, one.about and one.about.estimate)) for one in found]
    content = {
        "type": "case.changed" if told else "case.greeting",
        "timestamp": told[-1]["made"] if told else None,
        "data": {"case": case, "changes": told},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
