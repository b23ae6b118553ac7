"""The pages of the room of reports: requests come in, lists, reports, panels of claims and preserved bytes go out."""

import re
from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect

from tallystick.errors import CaseError, UnknownDocumentError
from tallystick.model.document import Document
from tallystick.reporting.wording import address
from tallystick.storage.views import documents, opened, provenance
from tallystick.storage.views.opened import Figure
from tallystick.storage.views.view import View
from tallystick.workbench.access.visitors import Role, TheVisitor, needs
from tallystick.workbench.bench import TheBench
from tallystick.workbench.documents import reading
from tallystick.workbench.documents.addresses import MOST_ID, Named, document_href
from tallystick.workbench.documents.lists import Wanted, reports
from tallystick.workbench.documents.originals import attachment
from tallystick.workbench.documents.panels import panel_of

__all__ = ["ROUTES"]

READER = needs(Role.READER)
PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
# What an address says after "?".
Text = FromQuery[str]
Whole = FromQuery[int]
Id = Annotated[str, QueryParameter(name="id", required=False)]


def _named(view: View, name: str, digest: str) -> Document:
    """The report that an address names."""
    if not digest:
        return documents.document(view, name)
    wanted = Named(name, digest)
    found = next((one for one in documents.ids_like(view, name) if wanted.fits(one)), None)
    if found is None:
        raise UnknownDocumentError(f"{name[:MOST_ID]}…", "this case")
    return documents.document(view, found)


def _place(at: str) -> tuple[int, int] | None:
    """The words that an address asks for; None where it asks for none that there can be."""
    found = PLACE.fullmatch(at)
    if found is None:
        return None
    start, end = int(found[1]), int(found[2])
    return (start, end) if start < end else None


def _choice(figures: tuple[Figure, ...], claim: str, place: tuple[int, int] | None) -> Figure | None:
    """The claim that an address asks for: by its id, or the shortest one that shares words with the place."""
    if claim:
        return next((one for one in figures if one.id == claim), None)
    if place is None:
        return None
    near = [one for one in figures if one.start < place[1] and one.end > place[0]]
    return min(near, key=lambda one: (one.end - one.start, one.start, one.id), default=None)


@get("/documents", opt=READER, sync_to_thread=True)
def listed(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], q: Text = "", outlet: Text = "",
    language: Text = "", sort: Text = "day", order: Text = "", page: Whole = 1, failed: Whole = 1,
) -> Response[str]:  # fmt: skip
    """The reports of the case, and what could not be read."""
    wanted = Wanted(q.strip(), outlet, language, sort, order, page)
    with bench.views.moment() as view:
        found = reports(view, wanted)
        outlets, languages = documents.outlets(view), documents.languages(view)
        failures, behind = documents.failures(view, failed), view.behind
    return bench.pages.answer(
        request, "documents/list.html", visitor, found=found, wanted=found.wanted, sheet=found.sheet, outlets=outlets,
        languages=languages, failures=failures, behind=behind,
    )  # fmt: skip


@get("/documents/one", opt=READER, sync_to_thread=True)
def one(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], name: Id = "", digest: Text = "",
    at: Text = "", claim: Text = "", part: Whole = 0,
) -> Response[str]:  # fmt: skip
    """A report with its claims in the text, and one of them beside it."""
    with bench.views.moment() as view:
        document = _named(view, name, digest)
        figures = opened.figures(view, document.id)
        repeats = opened.alike(view, document.id)
        place = _place(at)
        choice = _choice(figures, claim, place)
        chosen = None if choice is None else opened.chosen(view, choice.id)
        behind = view.behind
    found = reading.parts(document)
    if place is None and choice is not None:
        place = (choice.start, choice.end)
    start = 0 if place is None else place[0]
    shown = found[part - 1] if 0 < part <= len(found) else reading.part_of(found, start)
    inside = [one for one in figures if one.start < shown.end and one.end > shown.start]
    return bench.pages.answer(
        request, "documents/one.html", visitor, document=document, part=shown, figures=inside, total=len(figures),
        stretches=reading.read(document, shown, inside, repeats.shown, place), repeats=repeats, behind=behind,
        by_id={one.id: one for one in inside}, most=reading.MOST_FIGURES, address=address(document),
        lost=bool(claim) and choice is None, asked=claim or at,
        panel=None if chosen is None else panel_of(chosen, figures),
    )  # fmt: skip


@get("/documents/claim", opt=READER, sync_to_thread=True)
def one_claim(bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], claim: Text = "") -> Response[str]:
    """The panel of a claim, without the page around it."""
    with bench.views.moment() as view:
        figures = opened.figures(view, opened.document_of(view, claim))
        chosen = opened.chosen(view, claim)
    return bench.pages.answer(request, "documents/claim.html", visitor, panel=panel_of(chosen, figures))


@get("/documents/custody", opt=READER, sync_to_thread=True)
def custody(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], name: Id = "", digest: Text = ""
) -> Response[str]:
    """Where a report came from: how it was received, what was done with it, and how each detail was found."""
    with bench.views.moment() as view:
        document = _named(view, name, digest)
        trail = provenance.trail(view, document)
    return bench.pages.answer(
        request, "documents/custody.html", visitor, document=document, trail=trail, address=address(document)
    )


@get("/documents/original", opt=READER, sync_to_thread=True)
def original(bench: TheBench, visitor: TheVisitor, name: Id = "", digest: Text = "") -> Response[bytes]:
    """The preserved bytes of a report, to be saved and never shown."""
    with bench.views.moment() as view:
        document = _named(view, name, digest)
        came = provenance.receipt(view, document)
        try:
            content = provenance.original(view, document)
        except CaseError as error:
            reason = (
                f"the preserved bytes of this report are missing, or are no longer those of SHA-256 {document.sha256};"
                " 'tallystick verify' tells what else was changed"
            )
            raise HTTPException(status_code=500, detail=reason) from error
    bench.audit.note(visitor.name, "download", document.id, f"original {document.sha256}")
    return attachment(document, content, None if came is None else came.media_type)


@get("/documents/{name:path}", opt=READER, sync_to_thread=True)
def by_path(bench: TheBench, name: FromPath[str], at: Text = "", claim: Text = "") -> Redirect:
    """An address that somebody typed: the id stands in the path, as far as a path can hold it."""
    with bench.views.moment() as view:
        for tried in (name.removeprefix("/"), name):
            try:
                found = documents.document(view, tried)
            except UnknownDocumentError:
                continue
            place = _place(at) or (None, None)
            return Redirect(document_href(found.id, *place, claim=claim or None))
    raise NotFoundException("the case holds no report of that id")


ROUTES = (listed, one, one_claim, custody, original, by_path)
