"""A form with files as it comes over the wire: pieces of its body come in, files of a spool go out.

Nothing is kept in memory but the piece at hand, and limits hold while it comes. The token of the form stands before its
files, so that not a byte of a forged one is kept.
"""

import hmac
import math
from contextlib import ExitStack
from typing import BinaryIO

from litestar.exceptions import ClientException, HTTPException, PermissionDeniedException
from litestar.middleware.csrf import CSRF_SECRET_LENGTH, generate_csrf_hash
from multipart import MultipartError, MultipartSegment, ParserLimitReached, PushMultipartParser  # type: ignore[import-untyped]

from tallystick.workbench.pages import CSRF_FIELD
from tallystick.workbench.spooling import Upload

__all__ = ["MOST_FILES", "MOST_OF_FILE", "MOST_TOGETHER", "Receiver", "TooLargeError", "shown"]

MEGA = 1_000_000
# Bytes of one file. A report is read up to 20 MB; the rest is for archives of them, and a larger archive is better read
# where it lies than sent through a browser, which shows no more than that it is still sending.
MOST_OF_FILE = 100 * MEGA
# Bytes of all files of one form, and how many there may be: a folder of a year's reports.
MOST_TOGETHER = 200 * MEGA
MOST_FILES = 1_000
# Characters of a field that is no file: the token has 128.
LONGEST_FIELD = 1_000
FILES = "reports"


class TooLargeError(HTTPException):
    """More came than is taken."""

    status_code = 413


class Receiver:
    """One form that is coming in."""

    def __init__(self, upload: Upload, boundary: str, cookie: str, secret: str) -> None:
        """Take where to put files, what parts the form, and the token that its sender must know.

        Args:
            upload: Where the files go.
            boundary: Of the form, from its content type.
            cookie: The token that its sender's browser holds.
            secret: What tokens are signed with.

        Raises:
            ClientException: Where there is no boundary.
        """
        self.together = 0
        self._upload = upload
        self._cookie = cookie
        self._secret = secret
        self._trusted = False
        self._file = ExitStack()
        self._stream: BinaryIO | None = None
        self._segment: MultipartSegment | None = None
        self._field = bytearray()
        try:
            # A part of a form has three header lines; the name of a file is at most one line long.
            self._parser = PushMultipartParser(boundary, max_segment_count=MOST_FILES + 2, max_header_size=8_192)
        except MultipartError as error:
            raise ClientException("this is no form with files") from error

    def take(self, piece: bytes) -> None:
        """Take the next piece of the body.

        Raises:
            TooLargeError: Where a limit is passed.
            PermissionDeniedException: Where it is not from a form of ours.
            ClientException: Where it is no form.
        """
        try:
            for found in self._parser.parse(piece):
                if isinstance(found, MultipartSegment):
                    self._begin(found)
                elif found:
                    self._more(bytes(found))
                else:
                    self._end()
        except ParserLimitReached as error:
            raise TooLargeError(f"more than {MOST_FILES:,} files, or a name longer than any; give one ZIP") from error
        except (MultipartError, ValueError) as error:
            raise ClientException("this form is damaged; send it again") from error

    def __enter__(self) -> "Receiver":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def require_whole(self) -> None:
        """Raise where the form was not one of ours, from its beginning to its end.

        Raises:
            ClientException: Where it was cut off.
            PermissionDeniedException: Where it had no token.
        """
        if not self._parser.closed or self._segment is not None:
            raise ClientException("the form was cut off; send it again")
        if not self._trusted:
            raise _forged()

    def _begin(self, segment: MultipartSegment) -> None:
        self._segment = segment
        self._field.clear()
        if segment.name == FILES and segment.filename:
            if not self._trusted:
                raise _forged()
            self._stream = self._file.enter_context(self._upload.file(segment.filename))

    def _more(self, content: bytes) -> None:
        if self._stream is None:
            if len(self._field) + len(content) > LONGEST_FIELD:
                raise ClientException("a field of this form is longer than any of ours")
            self._field += content
            return
        self.together += len(content)
        if self._segment is not None and self._segment.bytes_received > MOST_OF_FILE:
            name = self._segment.filename
            raise TooLargeError(f"{name} is larger than {shown(MOST_OF_FILE)}; 'tallystick run' reads it where it lies")
        if self.together > MOST_TOGETHER:
            raise TooLargeError(f"these files have more than {shown(MOST_TOGETHER)} together; give them in parts")
        self._stream.write(content)

    def _end(self) -> None:
        if self._stream is None and self._segment is not None and self._segment.name == CSRF_FIELD:
            self._trusted = _signed(self._field.decode("utf-8", "replace"), self._cookie, self._secret)
        self._file.close()
        self._stream = self._segment = None


def shown(size: int) -> str:
    """Give a number of bytes for a reader."""
    return f"{size / MEGA:,.0f} MB" if size >= MEGA else f"{math.ceil(size / 1000):,} kB"


def _signed(token: str, cookie: str, secret: str) -> bool:
    """Whether a token is that of the browser, and one of ours."""
    sign = generate_csrf_hash(token[:CSRF_SECRET_LENGTH], secret)
    same = hmac.compare_digest(token.encode(), cookie.encode())
    return same and hmac.compare_digest(token[CSRF_SECRET_LENGTH:].encode(), sign.encode())


def _forged() -> PermissionDeniedException:
    return PermissionDeniedException("this form is not from this page; load the page again and send it once more")
