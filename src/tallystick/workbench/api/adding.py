"""Operations that add reports: text, an address or a file comes in, a job goes out, and how far it is."""

from collections.abc import Mapping
from typing import Any

from anyio import to_thread
from litestar import Response, get, post
from litestar.params import FromPath

from tallystick.workbench.adding.given import MOST_LINE, MOST_TEXT, MOST_WIRE, Pasted, Wanted
from tallystick.workbench.adding.receiving import MOST_OF_FILE, shown
from tallystick.workbench.api.answering import Api, Asker, TheApi, given, name_of, needs, plain
from tallystick.workbench.api.bodies import BYTES, JSON, media_type, record, take_json, text
from tallystick.workbench.api.keys import PATH, Scope, TheToken, Token
from tallystick.workbench.api.parameters import take, words
from tallystick.workbench.api.problems import Fault, RefusedError
from tallystick.workbench.api.shapes import JobRecord, job_record
from tallystick.workbench.jobs import JobKind
from tallystick.workbench.spooling import Upload

__all__ = ["ROUTES"]

NOT_BLANK = r"\S"
DATE = r"^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
# As a browser sends it: what is not ASCII in it is written as its bytes.
ADDRESS = r"^[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?([/?][!-~]*)?$"
TEXT = record(
    {
        "text": text("The report.", least=1, most=MOST_TEXT, pattern=NOT_BLANK),
        "title": text("Its title.", most=MOST_LINE), "outlet": text("Who published it.", most=MOST_LINE),
        "published": text("When, as 2025-06-17.", most=10, pattern=DATE),
        "url": text("Where.", most=MOST_LINE, pattern=f"^$|{ADDRESS}"),
    },
    "text", told="A report as text, with what is said of it.",
)  # fmt: skip
FETCHED = record(
    {"address": text("An address of the web.", most=MOST_LINE, pattern=ADDRESS)}, "address",
    told="A report to be fetched; only where the server was started with --fetch.",
)  # fmt: skip
NAME = words("name", "What the file is called: of bytes alone its ending tells the format.", most=300)
BODY: Mapping[str, Mapping[str, Any]] = {
    JSON: {"oneOf": [TEXT, FETCHED]},
    BYTES: {"type": "string", "format": "binary"},
}
FETCHING_OFF = "fetching is off: this server was started without --fetch, and asks no other machine"


@post("/documents", opt=needs(Scope.INGEST, NAME, problems=(400, 413, 415, 422, 503), body=BODY), status_code=202,
      request_max_body_size=None)  # fmt: skip
async def document(api: TheApi, request: Asker, token: TheToken) -> Response[JobRecord]:
    """Add a report: as text or by its address in JSON, or a file as bytes (also an archive of reports)."""
    values = take(request, (NAME,))
    kind = media_type(request, JSON, BYTES)
    upload = await to_thread.run_sync(api.bench.follower.upload)
    try:
        if kind == BYTES:
            what = await _file(request, upload, values.get("name", "file"))
        else:
            what = await to_thread.run_sync(_written, api, upload, await _whole(request))
        return await to_thread.run_sync(_accepted, api, token, upload, what)
    except OSError as error:
        await to_thread.run_sync(upload.discard)
        raise RefusedError(503, f"the case takes no more: {error.strerror or 'error'}; nothing was added") from error
    except BaseException:
        await to_thread.run_sync(upload.discard)
        raise


async def _file(request: Asker, upload: Upload, name: str) -> str:
    """Take a file as it comes in, and give what a reader calls it."""
    came = 0
    with upload.file(name) as stream:
        async for piece in request.stream():
            came += len(piece)
            if came > MOST_OF_FILE:
                raise RefusedError(413, f"the file is larger than {shown(MOST_OF_FILE)}; 'tallystick run' reads it")
            await to_thread.run_sync(stream.write, piece)
    if not came:
        raise RefusedError(400, "the body is empty", (Fault("", "body", "is empty"),))
    return upload.pieces[0].label


async def _whole(request: Asker) -> bytes:
    """A body of JSON, which is no larger than a pasted report."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > MOST_WIRE:
            raise RefusedError(413, f"the body is larger than {shown(MOST_WIRE)}; send the report as a file")
    return bytes(content)


def _written(api: Api, upload: Upload, content: bytes) -> str:
    """Put what a body of JSON holds into an upload, and give what a reader calls it."""
    told = take_json(content, BODY[JSON])
    if "address" not in told:
        pasted = Pasted(**told)
        _require(pasted.wrong())
        pasted.put(upload)
        return upload.pieces[0].label
    if not api.bench.follower.may_fetch:
        raise RefusedError(403, FETCHING_OFF)
    wanted = Wanted(told["address"])
    _require(wanted.wrong())
    upload.address(wanted.url)
    return wanted.url


def _require(wrong: tuple[tuple[str, str], ...]) -> None:
    """Raise where something is wrong with what was given."""
    if wrong:
        faults = tuple(Fault(name, "body", reason) for name, reason in wrong)
        raise RefusedError(422, f"{faults[0].parameter}: {faults[0].reason}", faults)


def _accepted(api: Api, token: Token, upload: Upload, what: str) -> Response[Any]:
    """Hand an upload to the worker, note it, and say where its progress is told."""
    name = api.bench.follower.add(upload, token.owner, what)
    api.bench.audit.note(token.owner, "add reports", name, f"{what}, by token '{token.label}'")
    job = api.bench.follower.job(name)
    headers = {"Location": f"{PATH}/jobs/{name_of(name)}"}
    if job is None:
        raise RefusedError(503, "the server is stopping; what was sent is added at its next start")
    return given(job_record(job), headers, status=202)


@get("/jobs/{name:str}", opt=needs(Scope.INGEST, problems=(400, 404)), sync_to_thread=True)
def job(api: TheApi, request: Asker, name: FromPath[str]) -> Response[JobRecord]:
    """How far the adding of reports is, and what came of it; the server remembers the last 200 jobs."""
    take(request, ())
    found = api.bench.follower.job(plain(name))
    if found is None or found.kind is not JobKind.ADD:
        raise RefusedError(404, f"{plain(name)}: this server knows of no such job")
    return given(job_record(found), {"Cache-Control": "no-store"})


ROUTES = (document, job)
