"""Operations about the case and its reports: what is asked for comes in, records, a text or preserved bytes go out."""

from collections.abc import Sequence
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from tallystick.errors import CaseError
from tallystick.exporting.recording import claim_record
from tallystick.exporting.records import ClaimRecord, DocumentRecord
from tallystick.model.document import Document
from tallystick.storage.views import documents as reports
from tallystick.storage.views import opened, paging, provenance, whole
from tallystick.storage.views.paging import Asked, Leaf
from tallystick.storage.views.view import View
from tallystick.workbench.api.answering import VERSION, Asker, TheApi, answered, listed, plain, reads, sent
from tallystick.workbench.api.bodies import BYTES
from tallystick.workbench.api.keys import TheToken
from tallystick.workbench.api.parameters import PAGED, chosen, day, searched, words
from tallystick.workbench.api.problems import RefusedError
from tallystick.workbench.api.shapes import CaseCard, ClaimPage, DocumentDetail, DocumentPage, passage_record
from tallystick.workbench.documents.originals import attachment

__all__ = ["ROUTES"]

SORTS = ("added-up", "added-down", "published-down", "published-up")
FILTERS = (
    searched("Only reports whose title or text holds all these words; what is in quotation marks is one."),
    words("outlet", "Only those of this outlet, as published."),
    words("author", "Only those of this author, as published."),
    words("language", "Only those in this language (BCP 47)."),
    day("from", "Only those published on this day or later."),
    day("to", "Only those published on this day or earlier."),
    chosen("sort", "By when the case got them (the first first: so nothing new is missed), or by publication.", SORTS),
)  # fmt: skip
FIELDS = {"q": "words", "from": "since", "to": "until"}


@get("/case", opt=reads(), sync_to_thread=True)
def case(api: TheApi, request: Asker) -> Response[CaseCard]:
    """What the case is, how much it holds, and whether what is derived is up to date with it."""

    def find(view: View, _values: dict[str, str]) -> CaseCard:
        return CaseCard(
            api.bench.address.name, api.bench.dossier.name, VERSION, whole.last_hash(view), not view.behind,
            **whole.held(view),
        )  # fmt: skip

    # Whether all is derived is told without an entry in the log.
    with api.bench.views.moment() as view:
        behind = "behind" if view.behind else ""
    return answered(api, request, find, also=behind)


@get("/documents", opt=reads(*FILTERS, *PAGED, problems=(422,)), sync_to_thread=True)
def all_documents(api: TheApi, request: Asker) -> Response[DocumentPage]:
    """The reports."""

    def find(view: View, values: dict[str, str], asked: Asked) -> tuple[Leaf, Sequence[object]]:
        key, _, direction = values.pop("sort", SORTS[0]).partition("-")
        wanted = {FIELDS.get(name, name): value for name, value in values.items()}
        by = "published" if key == "published" else ""
        leaf = paging.documents(view, wanted, asked, by=by, descending=direction == "down")
        return leaf, [DocumentRecord(*one) for one in whole.cards(view, leaf.ids)]

    return listed(api, request, find)


@get("/documents/{name:str}", opt=reads(problems=(404,)), sync_to_thread=True)
def document(api: TheApi, request: Asker, name: FromPath[str]) -> Response[DocumentDetail]:
    """One report: what is known of it, and its passages."""

    def find(view: View, _values: dict[str, str]) -> DocumentDetail:
        found = reports.document(view, plain(name))
        record = DocumentRecord(*whole.cards(view, (found.id,))[0])
        return DocumentDetail(record, tuple(map(passage_record, found.passages)), len(opened.figures(view, found.id)))

    return answered(api, request, find)


@get("/documents/{name:str}/text", opt=reads(problems=(404,)), media_type="text/plain", sync_to_thread=True)
def text(api: TheApi, request: Asker, name: FromPath[str]) -> Response[str]:
    """The text of a report, in which spans count code points; as it was read, whatever it holds."""

    def find(view: View, _values: dict[str, str]) -> Response[Any]:
        found = reports.document(view, plain(name)).text.encode("utf-8", "replace")
        return Response(found, media_type="text/plain")

    return sent(api, request, find)


@get("/documents/{name:str}/original", opt=reads(problems=(404,)), media_type=BYTES,
     sync_to_thread=True)  # fmt: skip
def original(api: TheApi, request: Asker, token: TheToken, name: FromPath[str]) -> Response[bytes]:
    """The preserved bytes of a report, as an attachment; they are what their publisher made them, so open none."""
    given: list[Document] = []

    def find(view: View, _values: dict[str, str]) -> Response[Any]:
        found = reports.document(view, plain(name))
        came = provenance.receipt(view, found)
        try:
            content = provenance.original(view, found)
        except CaseError as error:
            raise RefusedError(500, f"the preserved bytes of SHA-256 {found.sha256} are missing or changed") from error
        given.append(found)
        answer = attachment(found, content, None if came is None else came.media_type)
        # Its name says what it is for; whatever it is, a program gets bytes.
        answer.media_type = BYTES
        return answer

    answer = sent(api, request, find)
    for one in given:
        api.bench.audit.note(token.owner, "download", one.id, f"original {one.sha256}, by token '{token.label}'")
    return answer


@get("/documents/{name:str}/claims", opt=reads(*PAGED, problems=(404,)), sync_to_thread=True)
def claims_of_document(api: TheApi, request: Asker, name: FromPath[str]) -> Response[ClaimPage]:
    """The claims of a report in the order of its text, those that a reviewer took away too: see `standing`."""

    def find(view: View, _values: dict[str, str], asked: Asked) -> tuple[Leaf, list[ClaimRecord]]:
        found = reports.document(view, plain(name))
        leaf = paging.of_document(view, found.id, asked)
        return leaf, [claim_record(one) for one in whole.stated(view, leaf.ids)]

    return listed(api, request, find)


ROUTES = (case, all_documents, document, text, original, claims_of_document)
