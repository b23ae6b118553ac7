"""Operations about claims: filters as in the workbench come in; pages of claims, one claim whole, and lines go out."""

from collections.abc import Sequence

from litestar import Response, get
from litestar.params import FromPath

from tallystick.errors import UnknownNameError
from tallystick.exporting.recording import claim_record, edge_record
from tallystick.model.claim import Status
from tallystick.model.flag import SEVERITIES
from tallystick.model.stream import Stated
from tallystick.storage.views import documents as reports
from tallystick.storage.views import paging, search, whole
from tallystick.storage.views.claim_filters import LATEST, Filter, Shown
from tallystick.storage.views.paging import Asked, Leaf
from tallystick.storage.views.view import View
from tallystick.workbench.api.answering import Asker, TheApi, answered, listed, plain, reads
from tallystick.workbench.api.parameters import PAGED, chosen, day, searched, words
from tallystick.workbench.api.shapes import (
    ClaimDetail,
    ClaimPage,
    FoundPage,
    FoundRecord,
    ground_record,
    review_record,
)
from tallystick.workbench.claims.asking import SORTS
from tallystick.workbench.claims.asking import asked as asked_for
from tallystick.workbench.pages import place_in

__all__ = ["ROUTES"]

# The names are those of the table of claims in the workbench, so that its addresses can be taken over.
FILTERS = (
    searched("Only claims whose sentence holds all these words; what is in quotation marks is one."),
    words("population", "Only those that go into the estimate of this id."),
    words("category", "Only those of this category of the dossier."),
    chosen("status", "Only what is said to be so.", Status),
    words("speaker", "Only those of this speaker, as written."),
    words("outlet", "Only those in reports of this outlet, as published."),
    words("country", "Only of people from this country (ISO 3166-1 alpha-2)."),
    words("origin", "Only those that go back to the origin of this id."),
    words("place", "Only those about this place, as written."),
    day("from", "Only those in reports published on this day or later."),
    day("to", "Only those in reports published on this day or earlier."),
    words("flag", "Only those that a flag of this code, or of this id, concerns."),
    chosen("severity", "Only those that a flag as grave as this, or graver, concerns.", SEVERITIES),
    chosen("review", "By what reviewers said: `counting` (unasked) leaves out what was rejected or replaced.", Shown),
    words("language", "Only those in reports in this language (BCP 47)."),
)  # fmt: skip
SORT = chosen("sort", "In which order; `published-down`, the latest report first, unasked.", SORTS)
WHERE = ("claims", "documents")


@get("/claims", opt=reads(*FILTERS, SORT, *PAGED, problems=(422,)), sync_to_thread=True)
def all_claims(api: TheApi, request: Asker) -> Response[ClaimPage]:
    """The claims, each with the report that it stands in and the origin that it goes back to."""

    def find(view: View, values: dict[str, str], asked: Asked) -> tuple[Leaf, Sequence[object]]:
        wanted = asked_for(values)
        leaf = paging.claims(view, wanted.filter, wanted.sort, asked)
        return leaf, [claim_record(one) for one in whole.stated(view, leaf.ids)]

    return listed(api, request, find)


@get("/claims/{name:str}", opt=reads(problems=(404,)), sync_to_thread=True)
def claim(api: TheApi, request: Asker, name: FromPath[str]) -> Response[ClaimDetail]:
    """One claim: its grounds, the steps to and from it, what rests on it, and what reviewers decided."""

    def find(view: View, _values: dict[str, str]) -> ClaimDetail:
        return detail(view, plain(name))

    return answered(api, request, find)


def detail(view: View, name: str) -> ClaimDetail:
    """Give a claim with what stands around it.

    Raises:
        UnknownNameError: Where there is no such claim.
    """
    found = whole.stated(view, (name,))
    if not found:
        raise UnknownNameError(name, "is no claim of this case; it may have been split or merged")
    back, forward = (whole.steps_of(view, name, back=way) for way in (True, False))
    return ClaimDetail(
        claim_record(found[0]), tuple(map(ground_record, found[0].claim.grounds)),
        tuple(map(edge_record, back.edges)), tuple(map(edge_record, forward.edges)), back.more or forward.more,
        whole.beside(view, name), whole.citing(view, "estimate", name), whole.citing(view, "flag", name),
        tuple(map(review_record, whole.reviews_of(view, name))), whole.last_review(view, name),
    )  # fmt: skip


@get("/search", opt=reads(
    searched("All these words must stand there; what is in quotation marks is one.", required=True),
    chosen("in", "In the sentences of claims (unasked), or in titles and texts of reports.", WHERE), *PAGED,
    problems=(422,),
), sync_to_thread=True)  # fmt: skip
def look(api: TheApi, request: Asker) -> Response[FoundPage]:
    """Where words stand, with the line around them; the latest report first."""

    def find(view: View, values: dict[str, str], asked: Asked) -> tuple[Leaf, Sequence[object]]:
        if values.get("in") == "documents":
            leaf = paging.documents(view, {"words": values["q"]}, asked, by="published", descending=True)
            return leaf, _reports(view, leaf.ids, search.words(values["q"]))
        leaf = paging.claims(view, Filter(text=values["q"]), LATEST, asked)
        return leaf, [_line(one) for one in whole.stated(view, leaf.ids)]

    return listed(api, request, find)


def _line(stated: Stated) -> FoundRecord:
    """A claim in its sentence."""
    one, told = stated.claim, stated.citation
    at = place_in(one.quote, one.figure, one.prefix)
    return FoundRecord(
        "claim", one.id, one.document, told.title, told.outlet, told.published, one.start, one.end, one.quote[:at],
        one.figure, one.quote[at + len(one.figure) :],
    )  # fmt: skip


def _reports(view: View, names: Sequence[str], looked_for: Sequence[str]) -> list[FoundRecord]:
    """Reports with the line around the first of the words; where only the title holds them, that of the title."""
    found = []
    for name in names:
        one = reports.document(view, name)
        line = search.snippet(one.text, looked_for) or search.Snippet("", "", "", 0, 0)
        found.append(
            FoundRecord(
                "document", one.id, one.id, one.title, one.outlet, one.published, line.start, line.end, line.before,
                line.hit, line.behind,
            )
        )  # fmt: skip
    return found


ROUTES = (all_claims, claim, look)
