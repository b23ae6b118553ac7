"""The list of reports as an address asks for it: its words come in, a page of reports goes out."""

from typing import NamedTuple, get_args

from tallystick.storage.views import documents
from tallystick.storage.views.documents import Asked, Sheet, Sort
from tallystick.storage.views.view import View

__all__ = ["Found", "Wanted", "reports"]

SORTS: tuple[Sort, ...] = get_args(Sort)
# The greatest first, where nothing else is asked for; outlets go by the alphabet.
FALLING: frozenset[Sort] = frozenset(("day", "claims"))


class Wanted(NamedTuple):
    """What an address asks for.

    Attributes:
        q: Words to look for; "" for all reports.
        outlet: Only of this outlet; "" for every one.
        language: Only in this language; "" for every one.
        sort: "day", "outlet" or "claims"; anything else is taken for "day".
        order: "up" or "down"; anything else is taken for what suits `sort`.
        page: From 1.
    """

    q: str = ""
    outlet: str = ""
    language: str = ""
    sort: str = "day"
    order: str = ""
    page: int = 1


class Found(NamedTuple):
    """A page of reports, what was asked for as it was taken, and what else its addresses hold."""

    sheet: Sheet
    wanted: Wanted
    query: dict[str, object]


def reports(view: View, wanted: Wanted) -> Found:
    """Give the page that is asked for; what an address has wrong is taken for what it has not said."""
    sort = next((one for one in SORTS if one == wanted.sort), SORTS[0])
    order = wanted.order if wanted.order in ("up", "down") else "down" if sort in FALLING else "up"
    taken = wanted._replace(sort=sort, order=order)
    asked = Asked(wanted.q, wanted.outlet, wanted.language, sort, order == "down", wanted.page)
    sheet = documents.listed(view, asked)
    query: dict[str, object] = {"q": wanted.q, "outlet": wanted.outlet, "language": wanted.language}
    return Found(sheet, taken, query | {"sort": sort, "order": order})
