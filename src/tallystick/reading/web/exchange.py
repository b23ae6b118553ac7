"""One request to one machine and its reply, bounded in bytes and time whatever the machine does.

A checked endpoint and headers come in; status, headers and content go out, or a `FetchError` with the reason.
"""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from threading import Timer

from urllib3.exceptions import DecodeError, HTTPError, IncompleteRead
from urllib3.exceptions import TimeoutError as NoAnswerError
from urllib3.response import HTTPResponse

from tallystick.errors import FetchError, StoppedError
from tallystick.reading.received import LARGEST
from tallystick.reading.web.guard import Endpoint, connection_to

__all__ = ["Exchange", "Limits", "Reply"]

# Bytes read at once.
PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how large an answer may be.

    Attributes:
        silence: Seconds without a byte after which a machine is given up; slow news sites answer within 10.
        whole: Seconds for the whole answer, so that a drip of bytes ends too; 20 MB at 3 Mbit/s.
        size: Bytes of an answer, decoded.
    """

    silence: float = 20.0
    whole: float = 60.0
    size: int = LARGEST


@dataclass(frozen=True, slots=True)
class Reply:
    """What one machine replied: status, headers in order, and content, decoded."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes


class Exchange:
    """Sends requests, one at a time, and can be stopped from a signal handler."""

    def __init__(self, limits: Limits, tls: ssl.SSLContext) -> None:
        """Take the limits of a reply and how certificates are checked."""
        self._limits = limits
        self._tls = tls
        self.stopped = False
        self._open: socket.socket | None = None

    def stop(self) -> None:
        """Break off the request at hand and refuse every later one."""
        self.stopped = True
        if self._open is not None:
            _shut(self._open)

    def check(self) -> None:
        """Raise `StoppedError` where a stop was asked for."""
        if self.stopped:
            raise StoppedError("stopped")

    def ask(
        self, where: Endpoint, headers: Mapping[str, str], *, cut: int | None = None, body: bytes | None = None
    ) -> Reply:  # fmt: skip
        """Send one GET request, or a POST request where there is a body, and give the reply.

        Args:
            where: Whom to ask for what.
            headers: The request's headers.
            body: What to send, or None.
            cut: Bytes after which the reply is cut off; None makes a reply larger than the limit an error.

        Raises:
            FetchError: Where no whole reply came.
            StoppedError: Where a stop was asked for.
        """
        self.check()
        connection = connection_to(where, self._limits.silence, self._tls)
        late = _Late(self._limits.whole)
        response: HTTPResponse | None = None
        try:
            late.start()
            connection.connect()
            # The library lets go of the socket once it knows that it is the last answer on it; we do not.
            self._open = late.opened = connection.sock
            self._require_time(where, late)
            connection.request(
                "GET" if body is None else "POST", where.target, body=body, headers=headers, preload_content=False,
                decode_content=True,
            )  # fmt: skip
            response = connection.getresponse()
            reply = self._reply(where, response, cut)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            self._require_time(where, late)
            raise self._said(where, error) from error
        finally:
            self._open = None
            late.cancel()
            if response is not None:
                response.close()
            connection.close()
        self._require_time(where, late)
        return reply

    def _reply(self, where: Endpoint, response: HTTPResponse, cut: int | None) -> Reply:
        """The reply with as much of its content as it may have."""
        most = self._limits.size if cut is None else cut
        encodings = [one.strip() for one in response.headers.get("content-encoding", "").lower().split(",")]
        for encoding in encodings:
            if encoding not in ("", "identity", *response.CONTENT_DECODERS):
                raise FetchError(where.url, f"came in the encoding {encoding[:40]!r}, which is not read")
        content = bytearray()
        while len(content) <= most and (piece := response.read(PIECE)):
            content += piece
            self.check()
        if len(content) > most and cut is None:
            reason = f"larger than {most // 1_000_000} MB" if most >= 1_000_000 else f"larger than {most:,} bytes"
            raise FetchError(where.url, reason + ", of which no report has need")
        return Reply(response.status, tuple(response.headers.iteritems()), bytes(content[:most]))

    def _require_time(self, where: Endpoint, late: "_Late") -> None:
        """Raise where the request was stopped or took too long."""
        self.check()
        if late.over:
            raise FetchError(where.url, f"took longer than {self._limits.whole:g} s", again=True)

    def _said(self, where: Endpoint, error: Exception) -> Exception:
        """What went wrong, for the user."""
        if isinstance(error, FetchError):
            return error
        causes = (error, error.__cause__, *(one for one in error.args if isinstance(one, Exception)))
        for cause in causes:
            if isinstance(cause, ssl.SSLCertVerificationError):
                return FetchError(where.url, f"its certificate is not valid: {cause.verify_message}")
            if isinstance(cause, ssl.SSLError):
                return FetchError(where.url, f"its TLS connection fails: {cause.reason or cause}")
            if isinstance(cause, TimeoutError | NoAnswerError):
                return FetchError(where.url, f"no answer within {self._limits.silence:g} s", again=True)
            if isinstance(cause, IncompleteRead):
                return FetchError(where.url, "the answer broke off before its end", again=True)
            if isinstance(cause, DecodeError):
                return FetchError(where.url, "the answer is not encoded as its header says")
        if isinstance(error, OSError):
            return FetchError(where.url, f"cannot be reached: {error.strerror or error}", again=True)
        return FetchError(where.url, f"its answer is no HTTP that can be read: {str(error)[:120]!r}")


class _Late(Timer):
    """Ends the connection `opened` once its time is over; a socket's own timeout begins anew with every byte."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds, self._end)
        self.daemon = True
        self.over = False
        self.opened: socket.socket | None = None

    def _end(self) -> None:
        self.over = True
        if self.opened is not None:
            _shut(self.opened)


def _shut(opened: socket.socket) -> None:
    """End both directions of a socket, below its TLS layer: whoever waits for it goes on at once."""
    with suppress(OSError):
        socket.socket.shutdown(opened, socket.SHUT_RDWR)
