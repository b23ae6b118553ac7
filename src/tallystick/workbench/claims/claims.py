"""Routes of the table of claims."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import parse_qsl

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Stream

from tallystick.reporting.wording import bounded
from tallystick.storage.views import claims as views
from tallystick.storage.views.claim_choices import choices
from tallystick.storage.views.claim_filters import Shown
from tallystick.workbench.access.visitors import Role, TheVisitor, Visitor, needs
from tallystick.workbench.bench import Bench, TheBench
from tallystick.workbench.claims.asking import (
    PATH,
    SHOWN_WORDS,
    SORTS,
    Asked,
    asked,
    category_words,
    chips,
    heads,
    href,
    plain,
    query,
    sort_name,
)
from tallystick.workbench.claims.exporting import pieces_of_csv, pieces_of_jsonl
from tallystick.workbench.claims.judging import Outcome, judge, wanted
from tallystick.workbench.documents.addresses import document_href
from tallystick.workbench.pages import is_part

__all__ = ["ROUTES"]

# The element that HTMX puts an answer into, where that is the table alone.
RESULTS = "results"

Asker = Request[Any, Any, Any]
Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get(PATH, opt=needs(Role.READER), sync_to_thread=True)
def table(bench: TheBench, visitor: TheVisitor, request: Asker) -> Response[Any]:
    """Show the claims that the address asks for."""
    values = _first(request)
    one = asked(values)
    if not is_part(request) and not plain(values):
        return Redirect(href(one, page=one.page if one.page > 1 else None))
    return _drawn(bench, visitor, request, one)


@get("/claims/{claim:str}", opt=needs(Role.READER), sync_to_thread=True)
def one_claim(bench: TheBench, claim: FromPath[str]) -> Redirect:
    """Lead to a claim in its report."""
    with bench.views.moment() as view:
        document, start, end = views.place_of(view, claim)
    return Redirect(document_href(document, start, end, claim=claim))


@post("/claims/review", opt=needs(Role.ANALYST), sync_to_thread=True, status_code=200)
def review(bench: TheBench, visitor: TheVisitor, request: Asker, data: Form) -> Response[Any]:
    """Accept or reject the claims chosen, and show the table again with what was refused."""
    outcome = judge(bench, visitor, wanted(data))
    back = asked(dict(parse_qsl(str(data.get("back", "")))))
    return _drawn(bench, visitor, request, back, outcome)


@get("/claims.csv", opt=needs(Role.READER), sync_to_thread=True)
def as_csv(bench: TheBench, visitor: TheVisitor, request: Asker) -> Stream:
    """Give all claims that the address asks for as CSV."""
    places = _exported(bench, visitor, request)
    return _file(pieces_of_csv(bench.views, places), "text/csv; charset=utf-8", "claims.csv")


@get("/claims.jsonl", opt=needs(Role.READER), sync_to_thread=True)
def as_jsonl(bench: TheBench, visitor: TheVisitor, request: Asker) -> Stream:
    """Give all claims that the address asks for as JSON, one on a line."""
    places = _exported(bench, visitor, request)
    return _file(pieces_of_jsonl(bench.views, places), "application/x-ndjson; charset=utf-8", "claims.jsonl")


def _drawn(
    bench: Bench, visitor: Visitor, request: Asker, one: Asked, outcome: Outcome | None = None
) -> Response[Any]:  # fmt: skip
    """The page, or what of it HTMX asks for."""
    with bench.views.moment() as view:
        found = views.listing(view, one.filter, one.sort, one.page)
        offered = choices(view)
        population = views.population(view, one.filter.population) if one.filter.population else None
        behind = view.behind
    part = is_part(request)
    results_alone = part and request.headers.get("HX-Target") == RESULTS
    template = "claims/results.html" if results_alone else "claims/room.html" if part else "claims/page.html"
    here = query(one)
    shown_page = found.number if found.number > 1 else None
    return bench.pages.answer(
        request, template, visitor, headers={"HX-Push-Url": href(one, page=shown_page)} if part else None,
        asked=one, found=found, choices=offered, chips=chips(one, bench.dossier, population), heads=heads(one),
        query=here, sorts=SORTS, sort=sort_name(one.sort), shown_words=_review_choices(), outcome=outcome,
        behind=behind, csv=href(one, "/claims.csv"), jsonl=href(one, "/claims.jsonl"),
        back=href(one, "", page=shown_page).removeprefix("?"), named=lambda name: category_words(name, bench.dossier),
        flag_words=_spaced, bounded=bounded, may_judge=visitor.may(Role.ANALYST),
    )  # fmt: skip


def _review_choices() -> Sequence[tuple[str, str]]:
    """What the filter by review offers; that which is so by itself has no value in an address."""
    return [("" if shown is Shown.COUNTING else shown.value, words) for shown, words in SHOWN_WORDS.items()]


def _spaced(code: str) -> str:
    """The code of a flag as words."""
    return code.replace("_", " ")


def _first(request: Asker) -> Mapping[str, str]:
    """The query of the address, of a name that comes twice the first."""
    held: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        held.setdefault(name, value)
    return held


def _exported(bench: Bench, visitor: Visitor, request: Asker) -> Sequence[int]:
    """Where the claims stand that are exported; noted in the audit log."""
    one = asked(_first(request))
    with bench.views.moment() as view:
        places = views.positions(view, one.filter, one.sort)
    bench.audit.note(visitor.name, "export", request.url.path, f"{len(places)} claims {href(one, '')}".strip())
    return places


def _file(pieces: Iterator[bytes], media_type: str, name: str) -> Stream:
    return Stream(pieces, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


ROUTES = (table, one_claim, review, as_csv, as_jsonl)
