"""Operations that decide: what a reviewer says of a claim or of a step comes in, is kept, and what was kept goes out.

A decision is sent with `seen`, the number of the last review that was known: where somebody has decided since, nothing
is kept, and the problem (409) says so. What follows from a decision is derived soon after.
"""

from collections.abc import Callable, Mapping
from typing import Any

from litestar import Response, post
from litestar.params import FromPath, RawBody

from tallystick.exporting.recording import judgement_record
from tallystick.exporting.records import JudgementRecord
from tallystick.inquiry import reviewing
from tallystick.inquiry.deciding import decide
from tallystick.inquiry.fields import Entry, Fields, entry_of, fields_of, shown, typed
from tallystick.model.claim import Aspect, Claim, Measure, Status
from tallystick.model.judgement import Verdict
from tallystick.model.quantity import Bound
from tallystick.model.review import Review
from tallystick.storage.case import Case
from tallystick.workbench.api.answering import Api, Asker, TheApi, given, needs, plain
from tallystick.workbench.api.bodies import JSON, media_type, record, take_json, text
from tallystick.workbench.api.keys import PATH, Scope, TheToken, Token
from tallystick.workbench.api.parameters import take
from tallystick.workbench.api.problems import RefusedError
from tallystick.workbench.api.shapes import ReviewRecord, review_record

__all__ = ["ROUTES"]

# A page of text; of ids as many characters as an address holds.
LONGEST_WHY, LONGEST_ID, LONGEST = 4_000, 500, 300
MOST_PARTS, LARGEST, MOST_OFFSET = 20, 10**18, 10**9
WHY = text("The reason.", least=1, most=LONGEST_WHY, pattern=r"\S")
SEEN = {"type": "integer", "minimum": 0, "maximum": 10**15, "description": "Number of the last review known; 0: none."}
NUMBER = {"type": ["number", "null"], "minimum": -LARGEST, "maximum": LARGEST}
WORDS = {"type": ["string", "null"], "maxLength": LONGEST}
OFFSET = {"type": "integer", "minimum": 0, "maximum": MOST_OFFSET}


def _one_of(kind: Any, *, none: bool = False) -> dict[str, Any]:
    return {"enum": [*(str(one) for one in kind), *([None] if none else [])]}


FIELDS = {
    "start": OFFSET, "end": OFFSET, "low": NUMBER, "high": NUMBER, "bound": _one_of(Bound), "unit": WORDS,
    "counted": WORDS, "category": WORDS, "origin": WORDS, "place": WORDS, "status": _one_of(Status),
    "aspect": _one_of(Aspect, none=True), "measure": _one_of(Measure, none=True), "speaker": WORDS, "via": WORDS,
    "when": WORDS, "stated": WORDS,
}  # fmt: skip
CHANGED = record(FIELDS, told="Fields of the claim that are others than they were; the rest stays.")
NEW = record(FIELDS, "start", "end", "category", told="Fields of the claim; `start` and `end` mark its figure.")


def _decision(verdict: str, properties: Mapping[str, Any], *required: str) -> dict[str, Any]:
    held = {"verdict": {"const": verdict}, "seen": SEEN, "why": WHY, **properties}
    return record(held, "verdict", "seen", *required)


NAME = text("Id of a claim of the same report.", least=1, most=LONGEST_ID)
PARTS = {"type": "array", "minItems": 2, "maxItems": MOST_PARTS, "items": CHANGED}
OTHERS = {"type": "array", "minItems": 1, "maxItems": MOST_PARTS - 1, "items": NAME}
REVIEW = {"oneOf": [
    _decision("accepted", {"why": text("The reason, if there is one.", most=LONGEST_WHY)}),
    _decision("rejected", {}, "why"),
    _decision("edited", {"fields": CHANGED}, "why", "fields"),
    _decision("split", {"parts": PARTS}, "why", "parts"),
    _decision("merged", {"with": OTHERS, "fields": CHANGED}, "why", "with"),
]}  # fmt: skip
ADDED = record({"fields": NEW, "seen": SEEN, "why": WHY}, "fields", "seen", "why")
WITHDRAWAL = record({"seen": SEEN, "why": WHY}, "seen", "why")
JUDGED = (Verdict.CUT, Verdict.ADDED, Verdict.CONFIRMED, Verdict.WITHDRAWN)
JUDGEMENT = record(
    {
        "verdict": {"enum": [str(one) for one in JUDGED]},
        "later": text("Id of the claim or report that repeats.", least=1, most=LONGEST_ID),
        "earlier": text("Id of the one that it goes back to.", least=1, most=LONGEST_ID), "why": WHY,
    },
    "verdict", "later", "earlier", "why",
)  # fmt: skip


def _writes(schema: Mapping[str, Any], *problems: int) -> dict[str, Any]:
    return needs(Scope.REVIEW, problems=(400, 404, 409, 413, 415, 503, *problems), body={JSON: schema})


@post("/claims/{name:str}/reviews", opt=_writes(REVIEW, 422), sync_to_thread=True)
def review(api: TheApi, request: Asker, token: TheToken, name: FromPath[str], body: RawBody) -> Response[ReviewRecord]:
    """Decide about a claim: accept or reject it, edit its fields, split it, or merge others into it."""
    told = _told(request, body, REVIEW)
    claim, seen, why = plain(name), told["seen"], told.get("why", "")

    def act(case: Case) -> Review:
        held = case.claim(claim).claim
        reviewing.require_fresh(case, (claim,), seen)
        match told["verdict"]:
            case "accepted":
                return reviewing.accept(case, claim, seen=seen, why=why)
            case "rejected":
                return reviewing.reject(case, claim, seen=seen, why=why)
            case "edited":
                return reviewing.edit(case, claim, _fields(api, case, held, told["fields"]), seen=seen, why=why)
            case "split":
                parts = [_fields(api, case, held, part) for part in told["parts"]]
                return reviewing.split(case, claim, parts, seen=seen, why=why)
            case _:
                fields = _fields(api, case, held, told.get("fields", {}))
                return reviewing.merge(case, (claim, *told["with"]), fields, seen=seen, why=why)

    return _kept(api, token, claim, told["verdict"], act)


@post("/documents/{name:str}/claims", opt=_writes(ADDED, 422), sync_to_thread=True)
def claim(api: TheApi, request: Asker, token: TheToken, name: FromPath[str], body: RawBody) -> Response[ReviewRecord]:
    """Add a claim that was missed in a report."""
    told = _told(request, body, ADDED)
    document = plain(name)

    def act(case: Case) -> Review:
        entry = Entry(**{field: _text(value) for field, value in told["fields"].items()})
        fields = typed(entry, case.document(document), api.bench.dossier, name=document)
        return reviewing.add(case, document, fields, seen=told["seen"], why=told["why"])

    return _kept(api, token, document, "added", act)


@post("/reviews/{number:str}/withdrawal", opt=_writes(WITHDRAWAL), sync_to_thread=True)
def withdrawal(
    api: TheApi, request: Asker, token: TheToken, number: FromPath[str], body: RawBody
) -> Response[ReviewRecord]:
    """Take back a review; its claims are then as they were before it."""
    told = _told(request, body, WITHDRAWAL)
    if not number.isascii() or not number.isdigit() or len(number) > len(str(SEEN["maximum"])):
        raise RefusedError(404, f"{plain(number)}: is the number of no review")

    def act(case: Case) -> Review:
        if case.review_home(int(number)) is None:
            raise RefusedError(404, f"{number}: is the number of no review")
        return reviewing.withdraw(case, int(number), seen=told["seen"], why=told["why"])

    return _kept(api, token, f"review {number}", "withdrawn", act)


@post("/judgements", opt=_writes(JUDGEMENT), sync_to_thread=True)
def judgement(api: TheApi, request: Asker, token: TheToken, body: RawBody) -> Response[JudgementRecord]:
    """Decide about the step from a claim or report back to another one: cut, add or confirm it, or take that back."""
    told = _told(request, body, JUDGEMENT)
    with Case.open(api.bench.address, keeper=api.bench.keeper(token.owner), migrate=False) as case:
        made = decide(case, Verdict(told["verdict"]), told["later"], told["earlier"], told["why"].strip())
    said = f"{made.verdict}: {made.why}, by token '{token.label}'"
    api.bench.audit.note(token.owner, "judge", f"{made.later} -> {made.earlier}", said)
    api.bench.follower.follow(token.owner)
    return given(judgement_record(made), {"Location": f"{PATH}/judgements/{made.number}"}, status=201)


def _told(request: Asker, body: bytes, schema: Mapping[str, Any]) -> dict[str, Any]:
    """What the body of a request holds."""
    take(request, ())
    media_type(request, JSON)
    return take_json(body, schema)


def _fields(api: Api, case: Case, held: Claim, told: Mapping[str, Any]) -> Fields:
    """The fields of a claim with some of them changed."""
    known = fields_of(held)
    entry = entry_of(known)._replace(**{field: _text(value) for field, value in told.items()})
    return typed(entry, case.document(held.document), api.bench.dossier, known=known, name=held.id)


def _text(value: Any) -> str:
    """A value as it is typed into a form."""
    return shown(value)


def _kept(api: Api, token: Token, subject: str, verdict: str, act: Callable[[Case], Review]) -> Response[Any]:
    """Keep a decision, note it, have what follows derived, and give it."""
    with Case.open(api.bench.address, keeper=api.bench.keeper(token.owner), migrate=False) as case:
        made = act(case)
    told = f"{verdict}: {made.why}, by token '{token.label}'"
    api.bench.audit.note(token.owner, "review", subject, told)
    api.bench.follower.follow(token.owner)
    return given(review_record(made), {"Location": f"{PATH}/reviews/{made.number}"}, status=201)


ROUTES = (review, claim, withdrawal, judgement)
