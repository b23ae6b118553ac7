"""Cursors: where a page ended comes in, a text that says nothing to anybody goes out, and back again.

A cursor is signed together with the query that it belongs to: one that was made up, or is sent with other filters, is
refused instead of giving a page of something else.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from hashlib import sha256

from tallystick.storage.views.paging import End
from tallystick.workbench.api.problems import Fault, RefusedError

__all__ = ["Cursors"]

# Bytes of a signature: a cursor is no secret, only one that was made up must not be taken.
SIGNED = 12


class Cursors:
    """The cursors of one server."""

    def __init__(self, secret: str) -> None:
        """Take what they are signed with."""
        self._secret = secret.encode()

    def made(self, end: End, path: str, values: Mapping[str, str]) -> str:
        """Give the cursor of the page behind `end`, for this path and these parameters."""
        told = json.dumps([end.key, end.name], separators=(",", ":")).encode()
        return urlsafe_b64encode(self._sign(told, path, values) + told).rstrip(b"=").decode()

    def read(self, cursor: str, path: str, values: Mapping[str, str]) -> End:
        """Give where the page before ended.

        Raises:
            RefusedError: 400, where it is no cursor of ours, or one of another query.
        """
        try:
            held = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except (Error, ValueError) as error:
            raise _refused() from error
        if not hmac.compare_digest(held[:SIGNED], self._sign(held[SIGNED:], path, values)):
            raise _refused()
        return End(*json.loads(held[SIGNED:]))

    def _sign(self, told: bytes, path: str, values: Mapping[str, str]) -> bytes:
        asked = json.dumps([path, sorted(values.items())]).encode()
        return hmac.digest(self._secret, asked + b"\n" + told, sha256)[:SIGNED]


def _refused() -> RefusedError:
    reason = "is none of this query; begin without it, or follow `next` as it is given"
    return RefusedError(400, f"cursor: {reason}", (Fault("cursor", "query", reason),))
