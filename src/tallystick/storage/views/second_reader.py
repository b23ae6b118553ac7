"""What a second reader said, as a reviewer looks at it: a view comes in, what waits and where it disagrees goes out."""

from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.claim import Claim
from tallystick.model.second_reader import DisputeKind
from tallystick.storage import rows
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.view import View

__all__ = ["Asked", "Disputed", "Proposed", "Refused", "Waiting", "askings", "dispute_of", "next_waiting", "page",
           "proposed", "refused", "waiting"]  # fmt: skip

# Proposals on a page of the list.
PAGE = 25
# What waits: only the last second reader of a report has it, nobody has refused it, no claim marks its words, and
# nobody has said before that it is none.
WAITS = """
x.kind = 'only model'
AND coalesce((SELECT v.verdict FROM proposal_verdicts v WHERE v.proposal = p.number ORDER BY v.number DESC LIMIT 1), '')
    <> 'refused'
AND NOT EXISTS (
    SELECT 1 FROM claims c WHERE c.document = p.document
    AND ((c.start < p."end" AND p.start < c."end" AND c.standing NOT IN ('rejected', 'replaced')) OR c.id = p.claim)
)
"""
FROM = "disputes x JOIN proposals p ON p.number = x.proposal"


class Asked(NamedTuple):
    """A model that was asked with one prompt, and what came of it: reports, proposals, refusals, bytes and tokens."""

    endpoint: str
    model: str
    prompt: str
    prompt_sha256: str
    first: str
    last: str
    reports: int
    proposals: int
    refused: int
    sent: int
    tokens_in: int | None
    tokens_out: int | None


class Refused(NamedTuple):
    """A refusal that holds: who, when and why."""

    by: str
    made: str
    why: str


class Proposed(NamedTuple):
    """A proposal with who made it.

    Attributes:
        number: Its number.
        claim: The claim that it would be.
        model: As it was asked for.
        version: As the endpoint told it; may be empty.
        prompt: Name of the prompt.
        made: When, UTC.
        waits: Whether a person is to decide about it.
        refused: Who refused it, or None.
    """

    number: int
    claim: Claim
    model: str
    version: str
    prompt: str
    made: str
    waits: bool
    refused: Refused | None


class Disputed(NamedTuple):
    """How a claim is disputed: the proposal that says otherwise, or None where the second reader does not have it."""

    kind: DisputeKind
    model: str
    version: str
    proposal: Claim | None


class Waiting(NamedTuple):
    """A page of the proposals that wait: number, claim, title of the report and who published it."""

    lines: tuple[tuple[int, Claim, str | None, str | None], ...]
    number: int
    pages: int
    total: int


_counts: Kept[int] = Kept()


def waiting(view: View) -> int:
    """Give how many proposals wait for a person."""
    query = sa.text(f"SELECT count(*) FROM {FROM} WHERE {WAITS}")  # noqa: S608 - our own names
    return _counts.of(view, "waiting", lambda moment: moment.scalar(query) or 0)


def next_waiting(view: View, after: int = 0, *, back: bool = False) -> int | None:
    """Give the number of the proposal behind another that waits, or before it; None where there is none."""
    sign, way = ("<", "DESC") if back else (">", "ASC")
    query = sa.text(
        f"SELECT p.number FROM {FROM} WHERE {WAITS} AND x.proposal {sign} :after"  # noqa: S608 - our own names
        f" ORDER BY x.proposal {way} LIMIT 1"
    )
    found: int | None = view.scalar(query, {"after": after})
    return found


def page(view: View, number: int = 1) -> Waiting:
    """Give a page of the proposals that wait, in the order in which they were made."""
    total = waiting(view)
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    query = sa.text(
        f"SELECT p.number, p.whole, d.title, d.outlet FROM {FROM} JOIN documents d ON d.id = p.document"  # noqa: S608
        f" WHERE {WAITS} ORDER BY x.proposal LIMIT {PAGE} OFFSET :first"
    ).columns(whole=sa.JSON)
    found = view.rows(query, {"first": (number - 1) * PAGE})
    lines = tuple((row["number"], rows.claim_of_whole(row["whole"]), row["title"], row["outlet"]) for row in found)
    return Waiting(lines, number, pages, total)


def refused(view: View) -> tuple[tuple[int, Claim, Refused], ...]:
    """Give the proposals that people have refused, the last ones first, as many as a page shows."""
    query = sa.text(
        'SELECT p.number, p.whole, v."by", v.made, v.why FROM proposal_verdicts v JOIN proposals p'
        " ON p.number = v.proposal WHERE v.verdict = 'refused' AND NOT EXISTS (SELECT 1 FROM proposal_verdicts w"
        " WHERE w.proposal = v.proposal AND w.number > v.number) ORDER BY v.number DESC LIMIT :most"
    ).columns(whole=sa.JSON)
    return tuple(
        (row["number"], rows.claim_of_whole(row["whole"]), Refused(row["by"], row["made"], row["why"]))
        for row in view.rows(query, {"most": PAGE})
    )


def proposed(view: View, number: int) -> Proposed | None:
    """Give the proposal of this number; None where there is none."""
    query = sa.text(
        "SELECT p.number, p.whole, a.model, a.version, a.prompt, a.made FROM proposals p"
        " JOIN askings a ON a.number = p.asking WHERE p.number = :number"
    ).columns(whole=sa.JSON)
    row = view.first(query, {"number": number})
    if row is None:
        return None
    last = view.first(
        sa.text('SELECT "by", made, why, verdict FROM proposal_verdicts WHERE proposal = :number'
                " ORDER BY number DESC LIMIT 1"),
        {"number": number},
    )  # fmt: skip
    refused = None if last is None or last["verdict"] != "refused" else Refused(last["by"], last["made"], last["why"])
    waits = view.scalar(
        sa.text(f"SELECT 1 FROM {FROM} WHERE {WAITS} AND x.proposal = :number"),  # noqa: S608 - our own names
        {"number": number},
    )
    return Proposed(
        number, rows.claim_of_whole(row["whole"]), row["model"], row["version"], row["prompt"], row["made"],
        waits is not None, refused,
    )  # fmt: skip


def dispute_of(view: View, claim: str) -> Disputed | None:
    """Give how the last second reader disputes a claim; None where it does not."""
    query = sa.text(
        "SELECT x.kind, a.model, a.version, p.whole FROM disputes x LEFT JOIN proposals p ON p.number = x.proposal"
        " JOIN askings a ON a.number = (SELECT max(b.number) FROM askings b WHERE b.document = x.document)"
        " WHERE x.claim = :claim ORDER BY x.position LIMIT 1"
    ).columns(whole=sa.JSON)
    row = view.first(query, {"claim": claim})
    if row is None:
        return None
    found = None if row["whole"] is None else rows.claim_of_whole(row["whole"])
    return Disputed(DisputeKind(row["kind"]), row["model"], row["version"], found)


def askings(view: View) -> tuple[Asked, ...]:
    """Give every model that was asked, with every prompt, the last one first."""
    query = sa.text(
        "SELECT max(a.endpoint) AS endpoint, a.model, max(a.prompt) AS prompt, a.prompt_sha256, min(a.made) AS first,"
        " max(a.made) AS last, count(*) AS reports,"
        " CAST(sum((SELECT count(*) FROM proposals p WHERE p.asking = a.number)) AS BIGINT) AS proposals,"
        " sum(json_array_length(a.refusals)) AS refused, sum(a.sent) AS sent, sum(a.tokens_in) AS tokens_in,"
        " sum(a.tokens_out) AS tokens_out FROM askings a GROUP BY a.model, a.prompt_sha256 ORDER BY max(a.number) DESC"
    )
    return tuple(Asked(**row) for row in view.rows(query))
