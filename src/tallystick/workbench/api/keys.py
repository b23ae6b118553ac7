"""Who asks the API: the token of a request comes in, whose it is and what it may do goes out."""

import base64
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

from litestar import Request
from litestar.di import NamedDependency

from tallystick.storage.accounts import tokens
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.accounts.tokens import Token
from tallystick.storage.custody import instant
from tallystick.workbench.access.sessions import Clock, now
from tallystick.workbench.access.visitors import Admission, Role, Visitor

__all__ = ["FEED", "PATH", "Doors", "Keys", "Scope", "TheToken", "Token"]

PATH = "/api/v1"
FEED = "/changes.atom"
SCHEME, BASIC = "bearer", "basic"
# How often it is kept that a token was used: a write for every request would be dear.
TOUCHED = timedelta(minutes=1)


class Scope(StrEnum):
    """What an operation takes of a token."""

    READ = tokens.READ
    INGEST = tokens.INGEST
    REVIEW = tokens.REVIEW


# How an operation asks for the token that it is asked with.
TheToken: TypeAlias = NamedDependency[Token]


class Keys:
    """The tokens of a case."""

    def __init__(self, file: Accounts, clock: Clock = now) -> None:
        """Take where tokens are kept, and what time it is."""
        self._file = file
        self._clock = clock

    def token(self, request: Request[Any, Any, Any]) -> Token | None:
        """Give the token of a request, where it holds now, and keep that it was used."""
        scheme, _, sent = request.headers.get("authorization", "").partition(" ")
        moment = self._clock()
        secret = sent.strip() if scheme.casefold() == SCHEME else _password(request, scheme, sent)
        found = tokens.find(self._file, secret, moment) if secret else None
        if found is not None and self._long_ago(found, moment):
            tokens.touch(self._file, found.number, moment)
        return found

    def visitor(self, request: Request[Any, Any, Any]) -> Visitor | None:
        """Give the owner of the token of a request, or None."""
        found = self.token(request)
        return None if found is None else Visitor(found.owner, Role(found.role))

    @staticmethod
    def _long_ago(token: Token, moment: datetime) -> bool:
        return token.used is None or token.used <= instant(moment - TOUCHED)


def _password(request: Request[Any, Any, Any], scheme: str, sent: str) -> str:
    """The token where a reader of feeds sends it as a password; a browser keeps one, so it opens nothing else."""
    if scheme.casefold() != BASIC or request.url.path != FEED or request.method not in ("GET", "HEAD"):
        return ""
    try:
        return base64.b64decode(sent.strip(), validate=True).decode("utf-8").partition(":")[2]
    except ValueError:
        return ""


class Doors:
    """Who a request comes from: by its token under /api/v1, by its session everywhere else."""

    def __init__(self, keys: Admission, sessions: Admission) -> None:
        self._keys = keys
        self._sessions = sessions

    def visitor(self, request: Request[Any, Any, Any]) -> Visitor | None:
        """Give who asks, or None."""
        path = request.url.path
        mine = path == PATH or path.startswith(f"{PATH}/")
        return (self._keys if mine else self._sessions).visitor(request)
