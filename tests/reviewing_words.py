"""What tests of the review room read off its pages and send to it."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any, TypeAlias

from httpx import Response
from litestar.testing import TestClient

from tallystick.inquiry.fields import entry_of, fields_of
from tallystick.model.claim import Claim
from tallystick.storage.case import Case

__all__ = ["Enter", "claims_of", "fields", "shown", "text", "token"]

Enter: TypeAlias = Callable[..., TestClient[Any]]


def token(client: TestClient[Any]) -> dict[str, str]:
    """The token that a form of the client must hold."""
    found = re.search(r'name="_csrf_token" value="([^"]+)"', client.get("/review/history").text)
    assert found is not None
    return {"_csrf_token": found[1]}


def claims_of(folder: Path, document: str | None = None) -> list[Claim]:
    """The claims of a case, or of one of its reports, that count."""
    with Case.open(folder, read_only=True) as case:
        return [one for one in case.claims() if document in (None, one.document)]


def fields(claim: Claim) -> dict[str, str]:
    """The form of a claim as it stands."""
    return entry_of(fields_of(claim))._asdict()


def shown(page: Response) -> str:
    """The id of the claim whose page this is."""
    assert page.status_code == 200, page.text
    return str(page.url.path).removeprefix("/review/")


def text(page: Response) -> str:
    """The words of a page, with single blanks between them and quotation marks as a browser sets them."""
    body = re.sub(r"<q[^>]*>|</q>", lambda found: "”" if found[0] == "</q>" else "“", page.text)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).replace("“ ", "“").replace(" ”", "”")
