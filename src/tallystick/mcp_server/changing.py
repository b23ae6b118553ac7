"""What tools write, where the server was started with writes: a report or a decision comes in, what was kept goes out.

One writes at a time, under the name of the client; what follows is derived before the answer. report.html stays as the
last `tallystick run` wrote it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple

from tallystick.deriving import bring_up_to_date
from tallystick.errors import AskingError
from tallystick.inquiry import deciding, reviewing
from tallystick.intake import take
from tallystick.mcp_server.answers import Added, Decided
from tallystick.mcp_server.citing import claimed
from tallystick.mcp_server.desk import Desk, document_id, echo, known, unknown_id
from tallystick.model.document import Failure
from tallystick.model.dossier import Dossier
from tallystick.model.judgement import Verdict
from tallystick.pipeline import keeper, ruled
from tallystick.reading.reading import read
from tallystick.reading.received import Kind, Received
from tallystick.reporting.wording import legible
from tallystick.storage.case import Case
from tallystick.storage.views import lookup

__all__ = ["Given", "add_report", "judge_claim", "judge_step"]

# Code points of a report that a tool takes: a long article has a tenth. What is longer is a file for `tallystick run`.
LONGEST_REPORT = 200_000
# Claims of a new report that the answer quotes.
MOST_QUOTED = 8
# Code points of a client's name in the custody log.
LONGEST_NAME = 80
VERDICTS = ("accept", "reject")
STEPS = {"cut": Verdict.CUT, "add": Verdict.ADDED, "confirm": Verdict.CONFIRMED, "withdraw": Verdict.WITHDRAWN}


class Given(NamedTuple):
    """A report as it is given: its text and what is known of it; "" for what is not."""

    text: str
    outlet: str = ""
    title: str = ""
    published: str = ""
    url: str = ""
    language: str = ""


def who(desk: Desk, client: str) -> str:
    """Give whom the custody log names: whoever started the server, and the client as it calls itself."""
    name = " ".join(legible(client).split())[:LONGEST_NAME]
    named = f"mcp {name}" if name else "mcp"
    return f"{desk.operator}, {named}" if desk.operator else named


@contextmanager
def _writing(desk: Desk, client: str) -> Iterator[tuple[Case, Dossier]]:
    """The case open to be written by a client, and brought up to date behind it."""
    with desk.lock, Case.open(desk.address, keeper=keeper(who(desk, client)), migrate=False) as case:
        dossier = ruled(case)
        yield case, dossier
        bring_up_to_date(case, dossier)


def add_report(desk: Desk, given: Given, client: str) -> Added:
    """Read one report into the case.

    Raises:
        AskingError: Where it is empty or too long, or cannot be read.
        CaseReadOnlyError: Where the case cannot be written.
    """
    if not given.text.strip():
        raise AskingError("text: is empty; give the text of the report")
    if len(given.text) > LONGEST_REPORT:
        raise AskingError(
            f"text: has {len(given.text):,} code points, more than the {LONGEST_REPORT:,} that are taken; give it as a"
            " file to `tallystick run`"
        )
    line = json.dumps({name: value for name, value in given._asdict().items() if value.strip()})
    content = line.encode("ascii")
    # The name tells of the bytes alone, so that the same report is known when it comes again.
    name = f"mcp:{sha256(content).hexdigest()[:16]}"
    with _writing(desk, client) as (case, dossier):
        found = list(take(case, read([Received(name, BytesIO(content), kind=Kind.JSON)]), dossier))
        failed = next((one.failure for one in found if one.failure is not None), None)
        if failed is not None and failed.stage != "extract":
            raise AskingError(f"the report cannot be taken: {failed.reason}")
        taken = found[0]
        if taken.document is None:
            raise AskingError("the report cannot be taken")
        claims = [one.claim for one in case.held(taken.document) if one.standing.counts]
        quotations = tuple(claimed(one, given.outlet or None, given.published or None) for one in claims[:MOST_QUOTED])
        return Added(taken.document, taken.added, len(claims), quotations, _notes(taken.added, failed))


def _notes(added: bool, failed: Failure | None) -> tuple[str, ...]:
    known_already = () if added else ("The case held this report already; nothing was changed.",)
    return (*known_already, *((f"No claims: {failed.reason}",) if failed is not None else ()))


def judge_claim(desk: Desk, claim: str, verdict: str, why: str, seen: int, client: str) -> Decided:
    """Accept a claim as it stands, or say that it is none.

    Args:
        desk: The case.
        claim: Its id.
        verdict: One of `VERDICTS`.
        why: The reason.
        seen: Number of the last review of it that the client knows of.
        client: Who decides.

    Raises:
        AskingError: Where there is no such claim or verdict.
        ReviewError, ReviewConflictError: Where it cannot be decided so.
        CaseReadOnlyError: Where the case cannot be written.
    """
    chosen = known("verdict", verdict, lambda: VERDICTS)
    if not chosen or not why.strip():
        raise AskingError("give a `verdict`, accept or reject, and a `reason`: a decision without one is none")
    with desk.moment() as view:
        if "claim" not in lookup.kinds_of(view, claim):
            raise unknown_id(view, claim, "claim")
    with _writing(desk, client) as (case, _):
        decide = reviewing.accept if chosen == "accept" else reviewing.reject
        made = decide(case, claim, seen=seen, why=why)
    return Decided(made.number, made.made, made.by, made.verdict.value, (claim,), notes=(_then(made.made),))


def judge_step(desk: Desk, verdict: str, later: str, earlier: str, why: str, client: str) -> Decided:
    """Decide about the step from a claim or report back to another.

    Args:
        desk: The case.
        verdict: One of `STEPS`.
        later: Id of the claim or report that repeats.
        earlier: Id of the claim or report that it goes back to.
        why: The reason.
        client: Who decides.

    Raises:
        AskingError: Where an id or a verdict is none.
        JudgementError: Where nothing is to be decided.
        CaseReadOnlyError: Where the case cannot be written.
    """
    chosen = known("verdict", verdict, lambda: tuple(STEPS))
    if not chosen or not why.strip():
        raise AskingError(f"give a `verdict`, {', '.join(STEPS)}, and a `reason`: a decision without one is none")
    with desk.moment() as view:
        ends = []
        for name in (later, earlier):
            kinds = lookup.kinds_of(view, name)
            if kinds and not {"claim", "document"} & set(kinds):
                raise AskingError(f"{echo(name)} is the id of a {kinds[0]}; a step joins two claims or two documents")
            ends.append(name if "claim" in kinds else document_id(view, name))
        behind = view.behind
    with _writing(desk, client) as (case, dossier):
        if behind:
            # Reports that came in since the case was last derived stand in no block yet.
            bring_up_to_date(case, dossier)
        made = deciding.decide(case, STEPS[chosen], ends[0], ends[1], why)
    return Decided(
        made.number, made.made, made.by, made.verdict.value, (made.later, made.earlier), made.before, made.after,
        (_then(made.made),),
    )  # fmt: skip


def _then(made: str) -> str:
    return f"Kept for good, and derived anew: what_changed(since='{made}') tells what moved by it."
