"""Errors as programs read them (RFC 9457): what went wrong comes in, `application/problem+json` goes out."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from tallystick.errors import (
    AccountError,
    CaseError,
    CaseReadOnlyError,
    JudgementError,
    ReviewConflictError,
    ReviewError,
    TallystickError,
    UnknownDocumentError,
    UnknownEstimateError,
    UnknownNameError,
)
from tallystick.exporting.kinds import as_fields
from tallystick.inquiry.fields import FieldsError

__all__ = ["DOCS", "MEDIA_TYPE", "TYPES", "Fault", "Kind", "Problem", "RefusedError", "answer_to"]

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
DOCS = "/api/v1/docs"
DEFECT = "something is wrong in Tallystick itself; the log of the server says what"

UNREADABLE = "the case cannot be read; the log of the server says why"
NOWHERE = f"no address of the API; {DOCS} lists them"


class Kind(NamedTuple):
    """What an error of one status is: the anchor of its description, its title, and when it comes."""

    slug: str
    title: str
    told: str


TYPES: Mapping[int, Kind] = {
    400: Kind("invalid", "The request is not valid", "A parameter or the body is not as described; `errors` names"
              " each."),
    401: Kind("unauthorized", "A token is needed", "There is no token, or it is unknown, revoked or has run out."),
    403: Kind("forbidden", "The token may not do this", "The scopes of the token, or the role of its owner, do not"
              " cover it."),
    404: Kind("unknown", "There is no such thing", "No address of the API, or nothing of that id in the case."),
    405: Kind("method", "This address does not take that method", "The header `Allow` names those that it takes."),
    409: Kind("conflict", "It does not go with what is there", "The claim was reviewed since it was looked at, the"
              " decision holds already, or there is nothing that it could be about; look again, and decide again."),
    413: Kind("too-large", "More came than is taken", "The body is larger than the limit that the problem names."),
    415: Kind("media-type", "The body has another media type", "The operation names the media types that it takes."),
    422: Kind("impossible", "This cannot be done", "The request is well formed, and what it asks for cannot be."),
    429: Kind("too-many", "Too many requests", "Wait as many seconds as `Retry-After` says."),
    500: Kind("defect", "A defect of the server", "Nothing that the request could do better."),
    503: Kind("unavailable", "The case cannot be used now", "It is busy or cannot be written; try again later."),
}  # fmt: skip
OTHER = Kind("error", "The request failed", "")
# What each of our errors is, the first that fits; any other of ours cannot be done.
STATUSES: tuple[tuple[type[TallystickError], int], ...] = (
    (UnknownDocumentError, 404), (UnknownEstimateError, 404), (UnknownNameError, 404), (ReviewConflictError, 409),
    (JudgementError, 409), (ReviewError, 409), (CaseReadOnlyError, 503), (CaseError, 500), (AccountError, 422),
)  # fmt: skip
# Lines of an error that are for people at a command line.
ONLY_FIRST = "\n"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one parameter: its name, where it stands ("query", "body", "path", "header"), and why."""

    parameter: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An error (RFC 9457); `instance` is the address that was asked for, `errors` names each wrong parameter."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: tuple[Fault, ...] = ()


class RefusedError(HTTPException):
    """A request that is refused, with what is wrong in which parameter."""

    def __init__(
        self, status: int, detail: str, faults: tuple[Fault, ...] = (), headers: Mapping[str, str] | None = None
    ) -> None:  # fmt: skip
        super().__init__(status_code=status, detail=detail, headers=dict(headers or {}))
        self.faults = faults


def answer_to(request: Request[Any, Any, Any], error: Exception, address: str) -> Response[bytes]:
    """Give the answer to a request that failed; what is no error of ours is logged, and told nobody.

    Args:
        request: What was asked.
        error: What went wrong.
        address: The address that was asked for, without its query.
    """
    status, detail, faults, headers = _told(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, RefusedError):
        log.error("api error path=%s", request.url.path, exc_info=error)
    kind = TYPES.get(status, OTHER)
    slug = f"{DOCS}#{kind.slug}" if kind is not OTHER else "about:blank"
    problem = Problem(slug, kind.title, status, detail, address, faults)
    content = json.dumps(problem, default=as_fields, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(content + b"\n", status_code=status, media_type=MEDIA_TYPE, headers=headers)


def _told(error: Exception) -> tuple[int, str, tuple[Fault, ...], dict[str, str]]:
    """The status of an error, what it says, in which parameters, and headers."""
    headers = dict(getattr(error, "headers", None) or {})
    if isinstance(error, RefusedError):
        return error.status_code, error.detail, error.faults, headers
    if isinstance(error, ValidationException):
        return 400, "the request is not as described", _faults(error), headers
    if isinstance(error, HTTPException):
        if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return 500, DEFECT, (), headers
        return error.status_code, _plain(error), (), headers
    if isinstance(error, FieldsError):
        faults = tuple(Fault(one.field, "body", one.reason) for one in error.problems)
        return 422, f"{error.claim}: {len(faults)} of the fields will not do", faults, headers
    if isinstance(error, TallystickError):
        status = next((code for kind, code in STATUSES if isinstance(error, kind)), 422)
        if isinstance(error, CaseError):
            # Where the case lies is nobody's business but the operator's.
            return status, UNREADABLE if status == HTTPStatus.INTERNAL_SERVER_ERROR else error.reason, (), headers
        return status, str(error).partition(ONLY_FIRST)[0], (), headers
    return 500, DEFECT, (), headers


def _plain(error: HTTPException) -> str:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return NOWHERE
    return str(error.detail) or TYPES.get(error.status_code, OTHER).title


def _faults(error: ValidationException) -> tuple[Fault, ...]:
    """The parameters that Litestar found wrong."""
    told = error.extra if isinstance(error.extra, list) else []
    return tuple(
        Fault(str(one.get("key", "")), str(getattr(one.get("source"), "value", one.get("source", "body"))),
              str(one.get("message", "")))
        for one in told
        if isinstance(one, dict)
    )  # fmt: skip
