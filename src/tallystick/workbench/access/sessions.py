"""Sessions in a cookie: a request comes in, who asks goes out; signing in and out changes the cookie."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any, TypeAlias

from litestar import Request
from litestar.datastructures import Cookie

from tallystick.storage.accounts import deeds, people, sessions
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.custody import instant
from tallystick.workbench.access.visitors import Role, Visitor

__all__ = ["ADDRESS", "CHANCE", "PREFIX", "Clock", "Log", "Sessions", "now"]

Clock: TypeAlias = Callable[[], datetime]
# From which address the request comes that is being answered; set at the front for everything behind it.
ADDRESS: ContextVar[str] = ContextVar("address", default="")
# A session that nobody used during a working day is left behind on some screen.
IDLE = timedelta(hours=8)
# Even one in use ends: whoever has stolen a cookie cannot keep it.
LASTS = timedelta(days=7)
# How often it is kept that a session was used: a write for every request would be dear.
TOUCHED = timedelta(minutes=1)
# Bytes of chance in a token.
CHANCE = 32
COOKIE = "tallystick-session"
# A browser takes a cookie of this name only over TLS, for this host alone and all of it.
PREFIX = "__Host-"


def now() -> datetime:
    """Give the time in UTC."""
    return datetime.now(UTC)


class Log:
    """The audit log, as the pages of the workbench write to it."""

    def __init__(self, file: Accounts, clock: Clock = now) -> None:
        self._file = file
        self._clock = clock

    def note(self, who: str, action: str, subject: str, told: str = "") -> None:
        """Keep that `who` did `action` to `subject`, and from which address."""
        deeds.note(self._file, self._clock(), who, action, subject, told, ADDRESS.get())


class Sessions:
    """Who a request comes from, by the token in its cookie."""

    def __init__(self, file: Accounts, *, secure: bool = False, clock: Clock = now) -> None:
        """Take the accounts.

        Args:
            file: Where sessions are kept.
            secure: Whether the cookie goes over TLS only.
            clock: What time it is.
        """
        self._file = file
        self._secure = secure
        self._clock = clock
        self.cookie = f"{PREFIX if secure else ''}{COOKIE}"

    def visitor(self, request: Request[Any, Any, Any]) -> Visitor | None:
        """Give who asks, or None where nobody is signed in."""
        found = self.session(request)
        return None if found is None else Visitor(found.name, Role(found.role))

    def session(self, request: Request[Any, Any, Any]) -> sessions.Session | None:
        """Give the session of a request, where it has not run out, and keep that it was used."""
        token = self.token(request)
        found = sessions.find(self._file, token) if token else None
        if found is None:
            return None
        moment = self._clock()
        if found.expires <= instant(moment) or found.used <= instant(moment - IDLE):
            return None
        if found.used <= instant(moment - TOUCHED):
            sessions.touch(self._file, token, moment)
        return found

    def token(self, request: Request[Any, Any, Any]) -> str:
        """Give what the cookie of a request holds; "" where it has none."""
        return request.cookies.get(self.cookie, "")

    def begin(self, request: Request[Any, Any, Any], account: int) -> Cookie:
        """Begin a session and give its cookie; what the browser held before is worth nothing any longer."""
        moment = self._clock()
        sessions.end(self._file, self.token(request))
        sessions.sweep(self._file, moment, moment - IDLE)
        token = token_urlsafe(CHANCE)
        sessions.begin(self._file, token, account, moment, moment + LASTS, ADDRESS.get())
        people.seen(self._file, account, moment)
        return self._made(token, int(LASTS.total_seconds()))

    def end(self, request: Request[Any, Any, Any]) -> Cookie:
        """End the session of a request, and give the cookie that takes its own away."""
        sessions.end(self._file, self.token(request))
        return self._made("", 0)

    def counted(self) -> dict[int, int]:
        """Give how many sessions each account has that has any."""
        moment = self._clock()
        return sessions.counted(self._file, moment, moment - IDLE)

    def _made(self, value: str, seconds: int) -> Cookie:
        # Lax: a link from a mail opens a page as whoever is signed in, while no other site can send a form.
        return Cookie(
            key=self.cookie, value=value, max_age=seconds, path="/", secure=self._secure, httponly=True, samesite="lax"
        )
