"""A claim that was missed: words marked in a report come in, a form with what they tell goes out, and is kept."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from tallystick.errors import ReviewError
from tallystick.inquiry import reviewing
from tallystick.inquiry.fields import Entry, FieldsError, Problem, span_of, typed
from tallystick.inquiry.proposing import propose
from tallystick.model.document import Document
from tallystick.model.review import Review
from tallystick.storage.case import Case
from tallystick.storage.views import documents, opened, reviews
from tallystick.workbench.access.visitors import Role, TheVisitor, Visitor, needs
from tallystick.workbench.bench import Bench, TheBench
from tallystick.workbench.pages import is_part, whole_number
from tallystick.workbench.review.asking import Form
from tallystick.workbench.review.desk import WORDS
from tallystick.workbench.review.judging import SEE_OTHER, Sent, kept
from tallystick.workbench.review.pages import CHOICES, Asker, address

__all__ = ["ROUTES"]

ANALYST = needs(Role.ANALYST)
BAD = 400


@get("/review/add", opt=ANALYST, sync_to_thread=True)
def asked_for(bench: TheBench, visitor: TheVisitor, request: Asker) -> Response[Any]:
    """Show a form with what the words at a span of a report tell."""
    return _proposed(bench, visitor, request, Form(dict(request.query_params.items())))


@post("/review/add", opt=ANALYST, sync_to_thread=True, status_code=200)
def marked(bench: TheBench, visitor: TheVisitor, request: Asker, data: Sent) -> Response[Any]:
    """Do the same for words that were marked on the page of the report."""
    return _proposed(bench, visitor, request, Form(data))


@post("/review/add/claim", opt=ANALYST, sync_to_thread=True, status_code=200)
def add(bench: TheBench, visitor: TheVisitor, request: Asker, data: Sent) -> Response[Any]:
    """Keep a claim that was missed."""
    form = Form(data)
    name, entry, why = form.text("document"), form.entry(), form.text("why")

    def act(case: Case) -> Review:
        fields = typed(entry, case.document(name), bench.dossier)
        return reviewing.add(case, name, fields, seen=form.number("seen"), why=why)

    try:
        made = kept(bench, visitor, act)
    except FieldsError as error:
        return _drawn(bench, visitor, request, name, entry, why=why, problems=error.problems)
    except ReviewError as error:
        trouble = f"{error.reason[:1].upper()}{error.reason[1:]}."
        return _drawn(bench, visitor, request, name, entry, why=why, trouble=trouble)
    return Redirect(address(form.asked(), made.after[0].id, did=made.number), status_code=SEE_OTHER)


def _proposed(bench: Bench, visitor: Visitor, request: Asker, form: Form) -> Response[Any]:
    with bench.views.moment() as view:
        document = documents.document(view, form.text("document"))
    start, end = (form.number(name) if form.text(name).isdigit() else -1 for name in ("start", "end"))
    found = propose(document, bench.dossier, start, end)
    entry = found.entry if found.entry.unit else found.entry._replace(unit=_unit(bench, found.entry))
    return _drawn(bench, visitor, request, document.id, entry, how=found.how, held=document)


def _unit(bench: Bench, entry: Entry) -> str:
    """The unit of the category, where one was read."""
    return next((one.unit for one in bench.dossier.categories if one.id == entry.category), "")


def _drawn(
    bench: Bench, visitor: Visitor, request: Asker, name: str, entry: Entry, *, how: str = "", why: str = "",
    problems: tuple[Problem, ...] = (), trouble: str = "", held: Document | None = None,
) -> Response[Any]:  # fmt: skip
    with bench.views.moment() as view:
        document = held or documents.document(view, name)
        seen = reviews.last_review(view)
        known = opened.figures(view, document.id)
    start, end = (min(whole_number(one), len(document.text)) for one in (entry.start, entry.end))
    place = span_of(document, start, max(start, end))
    there = [one for one in known if one.start < end and start < one.end]
    return bench.pages.answer(
        request, "review/add.html", visitor, status=BAD if problems or trouble else 200, document=document,
        entry=entry, how=how, why=why, problems=problems, trouble=trouble, place=place, there=there, seen=seen,
        dossier=bench.dossier, choices=CHOICES, words=WORDS, part=is_part(request),
    )  # fmt: skip


ROUTES = (asked_for, marked, add)
