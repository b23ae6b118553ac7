"""Templates to answers: a name and what it shows come in, HTML goes out, with everything from reports escaped.

Pages are drawn in the thread of their request, so that one that is dear holds up no other.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.template.base import csrf_token

from tallystick.model.quantity import Number
from tallystick.reporting.wording import count, figure, legible, mechanism, span
from tallystick.workbench.access.visitors import Visitor
from tallystick.workbench.documents.addresses import document_href, page_href

__all__ = ["CSRF_FIELD", "Pages", "is_part", "page_of", "place_in", "query_of", "whole_number"]

CSRF_FIELD = "_csrf_token"
# SQLite's largest integer.
LARGEST = 2**63 - 1
# Digits of the number of a page; no case has more.
LONGEST_PAGE = 7
# What a person may open without a name in the menu: path, words, and the role it takes.
MENU = (
    ("/", "Overview", "reader"), ("/claims", "Claims", "reader"), ("/review", "Review", "analyst"),
    ("/documents", "Reports", "reader"), ("/origins", "Origins", "reader"), ("/timeline", "Timeline", "reader"),
    ("/map", "Map", "reader"), ("/provisions", "Provisions", "reader"), ("/flags", "Flags", "reader"),
    ("/sources", "Sources", "reader"), ("/add", "Add", "analyst"), ("/accounts", "Accounts", "administrator"),
)  # fmt: skip


def is_part(request: Request[Any, Any, Any]) -> bool:
    """Whether HTMX asks for a part of a page, and not the browser for all of it."""
    whole = ("HX-Boosted", "HX-History-Restore-Request")
    return "HX-Request" in request.headers and not any(name in request.headers for name in whole)


def page_of(request: Request[Any, Any, Any]) -> int:
    """Give the number of the page that an address asks for, from 1; 1 where it says none or no number."""
    asked = request.query_params.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) <= LONGEST_PAGE else 1


def whole_number(text: str) -> int:
    """Give the whole number from 0 that a form or an address holds; 0 where it holds none, or more than SQLite can."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(LARGEST)) else 0


def query_of(values: Mapping[str, object], **changed: object) -> str:
    """Give the query part of an address, with "?", of the values that are not empty; "" where none is."""
    held = {name: value for name, value in {**values, **changed}.items() if value not in (None, "", (), [])}
    return f"?{urlencode(held, doseq=True)}" if held else ""


def place_in(quote: str, figure: str, prefix: str) -> int:
    """Give where the figure of a claim stands in its sentence: behind as much of `prefix` as the sentence has."""
    at = quote.find(figure)
    first = at
    while at >= 0:
        before = min(at, len(prefix))
        if quote[at - before : at] == prefix[len(prefix) - before :]:
            return at
        at = quote.find(figure, at + 1)
    return max(first, 0)


class Pages:
    """The templates of the workbench."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("tallystick.workbench", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"legible": legible, "figure": _figure, "day": _day}
        self._environment.globals |= {"count": count, "span": span, "mechanism": mechanism, "query_of": query_of,
                                      "place_in": place_in, "document_href": document_href,
                                      "document_page": page_href,
                                      "CSRF_FIELD": CSRF_FIELD}  # fmt: skip

    def answer(
        self, request: Request[Any, Any, Any], template: str, visitor: Visitor | None, *, status: int = 200,
        headers: Mapping[str, str] | None = None, **shown: object,
    ) -> Response[str]:  # fmt: skip
        """Draw a template.

        Args:
            request: What is answered; the template sees its path and its CSRF token.
            template: Its name, from the folder of templates.
            visitor: Who asks; the menu depends on it.
            status: HTTP status.
            headers: Further headers.
            shown: What the template shows.
        """
        menu = [(path, words) for path, words, role in MENU if visitor is not None and visitor.may(role)]
        made = self.draw(
            template, visitor=visitor, path=request.url.path, menu=menu, csrf=csrf_token({"request": request}), **shown
        )
        return Response(made, status_code=status, media_type=MediaType.HTML, headers=dict(headers or {}))

    def draw(self, template: str, **shown: object) -> str:
        """Draw a template, or a part of a page that needs nothing of the request."""
        return self._environment.get_template(template).render(**shown)


def _figure(value: Number | None) -> str:
    """A number as a reader writes it; a dash where there is none."""
    return "–" if value is None else figure(value)


def _day(value: str | date | None) -> str:
    """The day of an ISO date or time; a dash where there is none."""
    return "–" if value is None else str(value)[:10]
