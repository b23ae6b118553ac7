"""The operation that readers of feeds ask: what changed, as Atom."""

from typing import Any

from litestar import Response, get

from tallystick.exporting.atom import MEDIA_TYPE, feed
from tallystick.exporting.recording import change_record
from tallystick.storage.views import changes as moves
from tallystick.storage.views.view import View
from tallystick.storage.views.whole import first_entry
from tallystick.workbench.api.answering import Asker, TheApi, reads, sent
from tallystick.workbench.api.decisions import SINCE
from tallystick.workbench.api.keys import FEED
from tallystick.workbench.api.parameters import chosen

__all__ = ["ROUTES"]

# Entries of the feed: readers ask several times a day, and a day that brings more is read in the workbench.
MOST = 100


@get(
    FEED, opt=reads(SINCE, chosen("kind", "Only those of this kind.", moves.KINDS)), media_type=MEDIA_TYPE,
    sync_to_thread=True,
)  # fmt: skip
def changes_feed(api: TheApi, request: Asker) -> Response[bytes]:
    """The latest changes as an Atom feed, at most 100; readers of feeds may send the token as the password of Basic."""

    def make(view: View, values: dict[str, str]) -> Response[Any]:
        found = moves.moves(view, since=values.get("since", ""), kind=values.get("kind", ""), most=MOST).moved
        told = sorted(found, key=lambda one: -one.number)
        records = [change_record(one.number, one.made, one.change, one.about and one.about.estimate) for one in told]
        case, made = first_entry(view)
        home = f"{request.url.scheme}://{request.url.netloc}"
        updated = records[0].made if records else made
        content = feed(records, case=case, title=api.bench.dossier.title, home=home, updated=updated)
        return Response(content, media_type=MEDIA_TYPE)

    return sent(api, request, make)


ROUTES = (changes_feed,)
