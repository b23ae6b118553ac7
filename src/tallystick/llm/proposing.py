"""The work of a second reader: what would leave the machine comes out first, then each report is asked about and kept.

A report that was asked about with the same model and prompt is not asked about again, so an interrupted run goes on
where it was. Claims stay as they are: what is proposed waits for a person.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tallystick.errors import EndpointError
from tallystick.llm.answers import Told, parsed, refusal
from tallystick.llm.checking import Checker
from tallystick.llm.comparing import Compared, compare, disputes
from tallystick.llm.prompt import Message, Prompt, parts_of, prompt_for, size_of
from tallystick.llm.replies import MOST_TOKENS, Reply
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.review import Standing
from tallystick.model.second_reader import Asking, Dispute, Reader, Refusal, RefusalKind
from tallystick.storage.case import Case

__all__ = ["Asker", "Plan", "Step", "compare_again", "plan", "propose"]

# Bytes of text that a token stands for, about: English has four letters a token, Cyrillic and Han two or three bytes
# a letter and fewer letters a token. Endpoints count in their own way; theirs is printed at the end.
BYTES_A_TOKEN = 4
# Reports in a row that fail before the endpoint is given up.
PATIENCE = 3


class Asker(Protocol):
    """Whoever can be asked."""

    def ask(self, prompt: Prompt, messages: Sequence[Message]) -> Reply:
        """Give what comes back of one request.

        Raises:
            EndpointError: Where nothing does.
        """


@dataclass(frozen=True, slots=True)
class Plan:
    """What would leave the machine.

    Attributes:
        reader: Who would be asked.
        prompt: With which instructions.
        documents: Ids of the reports, in order.
        characters: Of the reports, without what is sent with each.
        sent: Bytes of everything, UTF-8.
        requests: How many.
        known: Reports that were asked about already.
    """

    reader: Reader
    prompt: Prompt
    documents: tuple[str, ...]
    characters: int
    sent: int
    requests: int
    known: int

    @property
    def tokens(self) -> int:
        """About how many tokens would be sent."""
        return -(-self.sent // BYTES_A_TOKEN)

    @property
    def most_written(self) -> int:
        """How many tokens the model may write at most."""
        return self.requests * MOST_TOKENS


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one report.

    Attributes:
        document: Its id.
        asking: What was kept, or None where nothing came back.
        compared: The claims by the rules beside what is proposed, or None.
        failure: Why nothing came back; "" where something did.
    """

    document: str
    asking: Asking | None
    compared: Compared | None
    failure: str = ""


def plan(
    case: Case, dossier: Dossier, endpoint: str, model: str, *, documents: Sequence[str] = (),
    limit: int | None = None,
) -> Plan:  # fmt: skip
    """Give what would leave the machine; nothing does.

    Args:
        case: The case.
        dossier: Its dossier, whose categories are asked for.
        endpoint: Host of the endpoint.
        model: Name of the model.
        documents: Ids of the reports to ask about; empty for all.
        limit: Most reports; None for all.

    Raises:
        UnknownDocumentError: Where a report that was named is not in the case.
    """
    prompt = prompt_for(dossier)
    reader = Reader(endpoint, model, prompt.name, prompt.sha256)
    wanted = tuple(case.document(name) for name in dict.fromkeys(documents)) if documents else case.documents()
    known = case.proposals.asked(reader)
    names: list[str] = []
    characters = sent = requests = before = 0
    for document in wanted:
        parts = parts_of(document)
        if document.id in known:
            before += 1
        elif parts and (limit is None or len(names) < limit):
            names.append(document.id)
            characters += sum(map(len, parts))
            sent += sum(size_of(prompt.messages(part)) for part in parts)
            requests += len(parts)
    return Plan(reader, prompt, tuple(names), characters, sent, requests, before)


def propose(case: Case, dossier: Dossier, planned: Plan, asker: Asker) -> Iterator[Step]:
    """Ask about each report of a plan, and tell what came of it; each is kept before the next is asked about.

    Raises:
        EndpointError: Where the endpoint cannot be asked any more.
        CaseError: Where the case cannot be written.
    """
    failed = 0
    for name in planned.documents:
        document = case.document(name)
        try:
            asking = _asked(case, document, dossier, planned, asker)
        except EndpointError as error:
            failed += 1
            if not error.again or failed >= PATIENCE:
                raise
            yield Step(name, None, None, error.reason)
            continue
        failed = 0
        compared, found = _compared(case, asking)
        yield Step(name, case.proposals.keep(asking, found), compared)


def compare_again(case: Case) -> None:
    """Hold what was proposed last about each report against its claims as they are by now.

    Raises:
        CaseError: Where the case cannot be written.
    """
    for asking in case.proposals.latest():
        case.proposals.dispute(asking, _compared(case, asking)[1])


def _asked(case: Case, document: Document, dossier: Dossier, planned: Plan, asker: Asker) -> Asking:
    """What comes of asking about one report, which the custody log is told of first."""
    messages = [planned.prompt.messages(part) for part in parts_of(document)]
    sent = sum(map(size_of, messages))
    case.proposals.sending(document.id, planned.reader, sent)
    replies = [asker.ask(planned.prompt, each) for each in messages]
    told: list[Told] = []
    refusals: list[Refusal] = []
    for reply in replies:
        refusals += _missing(reply)
        found, wrong = parsed(reply.text) if reply.text is not None else ((), ())
        told += found
        refusals += wrong
    version = next((reply.version for reply in reversed(replies) if reply.version), "")
    claims, refused = Checker(document, dossier, _cue(planned.reader, version)).check(told)
    return Asking(
        0, "", "", document.id, planned.reader, version, len(messages), sent,
        _sum(reply.tokens_in for reply in replies), _sum(reply.tokens_out for reply in replies), claims,
        (*refusals, *refused),
    )  # fmt: skip


def _missing(reply: Reply) -> tuple[Refusal, ...]:
    """What a reply has not got."""
    if reply.text is None:
        return (refusal(RefusalKind.NO_ANSWER, reply.why),)
    if reply.why == "length":
        return (refusal(RefusalKind.CUT_OFF, f"it may write {MOST_TOKENS:,} tokens"),)
    return ()


def _compared(case: Case, asking: Asking) -> tuple[Compared, tuple[Dispute, ...]]:
    """The claims of a report beside what is proposed, and what of that a person should look at."""
    held = case.held(asking.document)
    compared = compare(tuple(one.claim for one in held if one.standing.counts), asking.claims)
    open_claims = [one.claim.id for one in held if one.standing is Standing.EXTRACTED]
    return compared, disputes(compared, open_claims, whole=asking.whole)


def _cue(reader: Reader, version: str) -> str:
    """What stands as the ground of everything that a model says."""
    named = reader.model if version in ("", reader.model) else f"{reader.model} ({version})"
    return f"model {named}, prompt {reader.prompt} sha256:{reader.prompt_sha256}"


def _sum(counts: Iterable[int | None]) -> int | None:
    """The sum of what was told; None where nothing was."""
    told = [one for one in counts if one is not None]
    return sum(told) if told else None
