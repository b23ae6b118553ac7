"""What a reviewer decides, as forms send it: it is kept, and the next claim comes; or it is shown once more."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from litestar import Response, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from tallystick.errors import ReviewConflictError, ReviewError
from tallystick.inquiry import reviewing
from tallystick.inquiry.fields import Entry, Fields, FieldsError, Problem, differing, fields_of, typed
from tallystick.model.claim import Claim
from tallystick.model.review import Review
from tallystick.storage.case import Case
from tallystick.workbench.access.visitors import Role, TheVisitor, Visitor, needs
from tallystick.workbench.bench import Bench, TheBench
from tallystick.workbench.review.asking import Asked, Form
from tallystick.workbench.review.conflicts import conflict
from tallystick.workbench.review.pages import MOST_PARTS, Asker, Draft, address, draw, following

__all__ = ["ROUTES", "SEE_OTHER", "Sent", "kept"]

ANALYST = needs(Role.ANALYST)
SEE_OTHER: Literal[303] = 303
BAD = 400
# The reason that is kept where a reviewer who has not seen the first judgement finds a claim right that was changed.
READ_BLIND = "right as it was extracted; read without the first judgement"

Sent = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
Act = Callable[[Case], Review]


@post("/review/{claim:str}/accept", opt=ANALYST, sync_to_thread=True, status_code=200)
def accept(bench: TheBench, visitor: TheVisitor, request: Asker, claim: FromPath[str], data: Sent) -> Response[Any]:
    """Say that a claim is right as it stands."""
    form = Form(data)

    def act(case: Case) -> Review:
        if form.text("blind"):
            return _accept_blind(case, claim, form)
        return reviewing.accept(case, claim, seen=form.number("seen"), why=form.text("why"))

    return _decide(bench, visitor, request, claim, form, act, Draft("accept", why=form.text("why")))


@post("/review/{claim:str}/reject", opt=ANALYST, sync_to_thread=True, status_code=200)
def reject(bench: TheBench, visitor: TheVisitor, request: Asker, claim: FromPath[str], data: Sent) -> Response[Any]:
    """Say that a claim is none."""
    form = Form(data)
    why = form.text("why")

    def act(case: Case) -> Review:
        return reviewing.reject(case, claim, seen=form.number("seen"), why=why)

    return _decide(bench, visitor, request, claim, form, act, Draft("reject", why=why))


@post("/review/{claim:str}/edit", opt=ANALYST, sync_to_thread=True, status_code=200)
def edit(bench: TheBench, visitor: TheVisitor, request: Asker, claim: FromPath[str], data: Sent) -> Response[Any]:
    """Say what the fields of a claim are."""
    form = Form(data)
    entry, why, seen = form.entry(), form.text("why"), form.number("seen")

    def act(case: Case) -> Review:
        reviewing.require_fresh(case, (claim,), seen)
        held = case.claim(claim).claim
        looked_at = _looked_at(case, held, form)
        fields = typed(entry, case.document(held.document), bench.dossier, known=fields_of(looked_at), name=claim)
        if form.text("blind") and not differing(held, fields):
            return reviewing.accept(case, claim, seen=seen, why=why)
        return reviewing.edit(case, claim, fields, seen=seen, why=why)

    return _decide(bench, visitor, request, claim, form, act, Draft("edit", (entry,), why))


@post("/review/{claim:str}/split", opt=ANALYST, sync_to_thread=True, status_code=200)
def split(bench: TheBench, visitor: TheVisitor, request: Asker, claim: FromPath[str], data: Sent) -> Response[Any]:
    """Put several claims in the place of one."""
    form = Form(data)
    entries = tuple(form.entry(part) for part in range(1, MOST_PARTS + 1) if form.text(f"start.{part}"))
    why, seen = form.text("why"), form.number("seen")

    def act(case: Case) -> Review:
        reviewing.require_fresh(case, (claim,), seen)
        held = case.claim(claim).claim
        return reviewing.split(case, claim, _parts(case, bench, held, entries), seen=seen, why=why)

    return _decide(bench, visitor, request, claim, form, act, Draft("split", entries, why))


@post("/review/{claim:str}/merge", opt=ANALYST, sync_to_thread=True, status_code=200)
def merge(bench: TheBench, visitor: TheVisitor, request: Asker, claim: FromPath[str], data: Sent) -> Response[Any]:
    """Put one claim in the place of several."""
    form = Form(data)
    entry, others, why, seen = form.entry(), form.all("with"), form.text("why"), form.number("seen")

    def act(case: Case) -> Review:
        names = (claim, *others)
        reviewing.require_fresh(case, names, seen)
        held = case.claim(claim).claim
        fields = typed(entry, case.document(held.document), bench.dossier, known=fields_of(held), name=claim)
        return reviewing.merge(case, names, fields, seen=seen, why=why)

    return _decide(bench, visitor, request, claim, form, act, Draft("merge", (entry,), why, others))


@post("/review/undo", opt=ANALYST, sync_to_thread=True, status_code=200)
def undo(bench: TheBench, visitor: TheVisitor, data: Sent) -> Response[Any]:
    """Take back a review, and show its claim again."""
    form = Form(data)
    number = form.number("review")
    made = kept(bench, visitor, lambda case: reviewing.withdraw(
        case, number, seen=form.number("seen"), why=form.text("why"),
    ))  # fmt: skip
    back = form.text("back")
    if back == "history":
        return Redirect("/review/history", status_code=SEE_OTHER)
    # Of what was added nothing is left to show; what was split or merged is whole again.
    shown = made.after[0].id if made.after else ""
    return Redirect(address(form.asked()._replace(blind=""), shown, did=made.number), status_code=SEE_OTHER)


def kept(bench: Bench, visitor: Visitor, act: Act) -> Review:
    """Keep a decision, note it, and have what follows from it derived."""
    with Case.open(bench.address, keeper=bench.keeper(visitor.name), migrate=False) as case:
        made = act(case)
    about = ", ".join(sorted(made.touched))
    bench.audit.note(visitor.name, "review", about, f"{made.verdict.value}, review {made.number}")
    bench.follower.follow(visitor.name)
    return made


def _decide(
    bench: Bench, visitor: Visitor, request: Asker, claim: FromPath[str], form: Form, act: Act, draft: Draft
) -> Response[Any]:  # fmt: skip
    """Keep what was decided and lead to the next claim; or show what stands against it, with all that was typed."""
    asked = form.asked()
    with bench.views.moment() as view:
        then = following(view, asked, visitor.name, claim)
    try:
        made = kept(bench, visitor, act)
    except ReviewConflictError as error:
        return conflict(bench, visitor, request, claim, form, draft, error.last)
    except _PartsError as error:
        held = draft._replace(problems=error.problems, trouble=error.reason, seen=form.number("seen"))
        return draw(bench, visitor, request, claim, form, held, BAD)
    except FieldsError as error:
        held = draft._replace(problems=(error.problems,), trouble=_told(error), seen=form.number("seen"))
        return draw(bench, visitor, request, claim, form, held, BAD)
    except ReviewError as error:
        held = draft._replace(trouble=_sentence(error.reason), seen=form.number("seen"))
        return draw(bench, visitor, request, claim, form, held, BAD)
    return Redirect(_onward(asked, then, made), status_code=SEE_OTHER)


def _onward(asked: Asked, then: str | None, made: Review) -> str:
    """The address of the next claim, where it stands after the review, with what was done."""
    gone = {one.id for one in made.before} - {one.id for one in made.after}
    return address(asked, "" if then is None or then in gone else then, did=made.number)


def _looked_at(case: Case, held: Claim, form: Form) -> Claim:
    """The claim as the reviewer saw it: as it was before anybody judged it, where that was hidden."""
    if not form.text("blind"):
        return held
    about = tuple(one for one in case.reviews(held.document) if held.id in one.touched)
    return reviewing.first_seen(held, about) or held


def _accept_blind(case: Case, claim: str, form: Form) -> Review:
    """Say that a claim is right as it was extracted, whatever the first reviewer made of it."""
    seen = form.number("seen")
    reviewing.require_fresh(case, (claim,), seen)
    held = case.claim(claim).claim
    looked_at = _looked_at(case, held, form)
    if not differing(held, looked_at):
        return reviewing.accept(case, claim, seen=seen, why=form.text("why"))
    return reviewing.edit(case, claim, fields_of(looked_at), seen=seen, why=form.text("why").strip() or READ_BLIND)


class _PartsError(ReviewError):
    """Parts of a claim whose fields will not do, by part."""

    def __init__(self, claim: str, problems: tuple[tuple[Problem, ...], ...]) -> None:
        super().__init__(claim, "Some fields will not do; they are marked below.")
        self.problems = problems


def _parts(case: Case, bench: Bench, held: Claim, entries: tuple[Entry, ...]) -> tuple[Fields, ...]:
    """The fields of each part of a claim."""
    document = case.document(held.document)
    found: list[Fields] = []
    problems: list[tuple[Problem, ...]] = []
    for entry in entries:
        try:
            found.append(typed(entry, document, bench.dossier, known=fields_of(held), name=held.id))
            problems.append(())
        except FieldsError as error:
            problems.append(error.problems)
    if any(problems):
        raise _PartsError(held.id, tuple(problems))
    return tuple(found)


def _told(error: FieldsError) -> str:
    count = len(error.problems)
    return "One field will not do; it is marked below." if count == 1 else f"{count} fields will not do; see below."


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}."


ROUTES = (accept, reject, edit, split, merge, undo)
