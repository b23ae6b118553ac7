"""The room where reports are added: forms come in, jobs for the worker go out, and pages that tell how far they are."""

from collections.abc import Callable
from typing import Annotated, Any

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect

from tallystick.errors import CaseReadOnlyError
from tallystick.reading.web.fetching import USER_AGENT
from tallystick.reading.web.following import LIMIT
from tallystick.storage.views import changes
from tallystick.storage.views.additions import new_reports
from tallystick.workbench.access.visitors import Role, TheVisitor, Visitor, needs
from tallystick.workbench.adding.given import MOST_WIRE, Pasted, Wanted
from tallystick.workbench.adding.receiving import (
    MOST_FILES,
    MOST_OF_FILE,
    MOST_TOGETHER,
    Receiver,
    TooLargeError,
    shown,
)
from tallystick.workbench.bench import Bench, TheBench
from tallystick.workbench.jobs import Job, JobKind
from tallystick.workbench.overview.moving import step
from tallystick.workbench.pages import is_part
from tallystick.workbench.spooling import Upload

__all__ = ["ROUTES"]

ANALYST = needs(Role.ANALYST)
# The token is looked for while the form comes in, so that nothing is kept of one that has none.
OWN_TOKEN = {**ANALYST, "exclude_from_csrf": True}
# Jobs that the room lists, failures and new reports that the page of a job names, changes that it shows.
RECENT, NAMED, MOVED = 20, 50, 30
# Bytes that are read and dropped after a limit was passed: a browser that still sends hears no answer.
DROPPED = 4 * MOST_TOGETHER
FORM = Body(media_type=RequestEncodingType.URL_ENCODED)


@get("/add", opt=ANALYST, sync_to_thread=True)
def room(bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any]) -> Response[str]:
    """Show the forms, and what was added lately."""
    return _room(bench, visitor, request)


@post("/add/files", opt=OWN_TOKEN, request_max_body_size=None)
async def files(bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any]) -> Redirect:
    """Take files as they come in, and add them."""
    upload = await to_thread.run_sync(bench.follower.upload)
    try:
        await _received(request, upload)
    except OSError as error:
        await to_thread.run_sync(upload.discard)
        raise _full(bench, error) from error
    except BaseException:
        await to_thread.run_sync(upload.discard)
        raise
    what = upload.pieces[0].label if len(upload.pieces) == 1 else f"{len(upload.pieces):,} files"
    return await to_thread.run_sync(_accepted, bench, visitor, upload, what)


@post("/add/text", opt=ANALYST, request_max_body_size=MOST_WIRE, sync_to_thread=True)
def text(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], data: Annotated[Pasted, FORM]
) -> Response[Any]:  # fmt: skip
    """Take pasted text, and add it as one report."""
    if wrong := data.wrong():
        return _room(bench, visitor, request, pasted=data, wrong=dict(wrong))
    upload = bench.follower.upload()
    _put(bench, upload, lambda: data.put(upload))
    return _accepted(bench, visitor, upload, upload.pieces[0].label)


@post("/add/address", opt=ANALYST, request_max_body_size=MOST_WIRE, sync_to_thread=True)
def address(
    bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], data: Annotated[Wanted, FORM]
) -> Response[Any]:  # fmt: skip
    """Take an address, and fetch it where that is allowed."""
    if not bench.follower.may_fetch:
        raise ClientException("fetching is off: this server was started without --fetch, and asks no other machine")
    if wrong := data.wrong():
        return _room(bench, visitor, request, wanted=data, wrong=dict(wrong))
    upload = bench.follower.upload()
    upload.address(data.url.strip())
    return _accepted(bench, visitor, upload, data.url.strip())


@get("/add/{name:str}", opt=ANALYST, sync_to_thread=True)
def job(bench: TheBench, visitor: TheVisitor, request: Request[Any, Any, Any], name: FromPath[str]) -> Response[str]:
    """Show how far a job is, and at its end what came of it."""
    found = _job(bench, name)
    with bench.views.moment() as view:
        # Not before: the page is drawn anew each second, and would take away the link that somebody is about to press.
        came = new_reports(view, found.documents[:NAMED]) if found.state.over else ()
        states = (found.before, found.until)
        moved = None
        if found.state.over and states[0] is not None and states[1] is not None:
            moved = changes.moves(view, states=(states[0], states[1]), most=MOVED)
        behind = view.behind
    return bench.pages.answer(
        request, "adding/job_part.html" if is_part(request) else "adding/job.html", visitor, job=found, came=came,
        moved=moved, steps=tuple(map(step, moved.moved)) if moved else (), behind=behind, named=NAMED, shown=shown,
    )  # fmt: skip


@post("/add/{name:str}/again", opt=ANALYST, sync_to_thread=True)
def again(bench: TheBench, visitor: TheVisitor, name: FromPath[str]) -> Redirect:
    """Try a job again that failed."""
    if not bench.follower.again(_job(bench, name).id):
        raise ClientException("the files of this job are not kept")
    bench.audit.note(visitor.name, "add reports again", name)
    return Redirect(f"/add/{name}", status_code=303)


@post("/add/{name:str}/drop", opt=ANALYST, sync_to_thread=True)
def drop(bench: TheBench, visitor: TheVisitor, name: FromPath[str]) -> Redirect:
    """Remove the kept files of a job that failed."""
    if not bench.follower.drop(_job(bench, name).id):
        raise ClientException("the files of this job are not kept")
    bench.audit.note(visitor.name, "drop files", name)
    return Redirect(f"/add/{name}", status_code=303)


ROUTES = (room, files, text, address, job, again, drop)


def _room(
    bench: Bench, visitor: Visitor, request: Request[Any, Any, Any], *, pasted: Pasted | None = None,
    wanted: Wanted | None = None, wrong: dict[str, str] | None = None,
) -> Response[str]:  # fmt: skip
    """The page with the forms; where something is wrong with one, with what was written in it."""
    recent = [one for one in bench.follower.jobs() if one.kind is JobKind.ADD][:RECENT]
    return bench.pages.answer(
        request, "adding/room.html", visitor, status=400 if wrong else 200, recent=recent, pasted=pasted or Pasted(),
        wanted=wanted or Wanted(), wrong=wrong or {}, may_fetch=bench.follower.may_fetch, agent=USER_AGENT, limit=LIMIT,
        most_of_file=MOST_OF_FILE, most_together=MOST_TOGETHER, most_files=MOST_FILES, shown=shown,
    )  # fmt: skip


def _job(bench: Bench, name: FromPath[str]) -> Job:
    """The job that an address names."""
    found = bench.follower.job(name)
    if found is None or found.kind is not JobKind.ADD:
        raise NotFoundException("this server knows of no such adding; the list of reports shows what came of it")
    return found


def _accepted(bench: Bench, visitor: Visitor, upload: Upload, what: str) -> Redirect:
    """Hand an upload to the worker, note it, and lead to its page."""
    if not upload.pieces:
        upload.discard()
        raise ClientException("no file was chosen; choose one or drop some onto the page")
    try:
        name = bench.follower.add(upload, visitor.name, what)
    except OSError as error:
        upload.discard()
        raise _full(bench, error) from error
    bench.audit.note(visitor.name, "add reports", name, what)
    return Redirect(f"/add/{name}", status_code=303)


def _put(bench: Bench, upload: Upload, fill: Callable[[], None]) -> None:
    """Fill an upload, or leave nothing of it."""
    try:
        fill()
    except OSError as error:
        upload.discard()
        raise _full(bench, error) from error


def _full(bench: Bench, error: OSError) -> CaseReadOnlyError:
    """What is said where the disk takes no more."""
    return CaseReadOnlyError(str(bench.address), f"takes no more: {error.strerror or error}; nothing was added")


async def _received(request: Request[Any, Any, Any], upload: Upload) -> None:
    """Take a form as it comes in; one that is too large is heard to its end, within bounds, so that the answer arrives.

    Raises:
        HTTPException: Where it is refused.
    """
    config = request.app.csrf_config
    cookie, secret = (request.cookies.get(config.cookie_name, ""), config.secret) if config else ("", "")
    with Receiver(upload, request.content_type[1].get("boundary", ""), cookie, secret) as receiver:
        refused: TooLargeError | None = None
        dropped = 0
        async for piece in request.stream():
            if refused is not None:
                dropped += len(piece)
                if dropped > DROPPED:
                    break
                continue
            try:
                await to_thread.run_sync(receiver.take, piece)
            except TooLargeError as error:
                refused = error
        if refused is not None:
            raise refused
        receiver.require_whole()
