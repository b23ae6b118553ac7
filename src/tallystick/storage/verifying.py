"""Whether a case is still what it was: every byte of its evidence, its log and what was read from it.

An open case comes in; every fault goes out with what it is in, and how much was looked at.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tallystick.errors import StampError
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.fact import Fact
from tallystick.model.ledger import Derived, Ledger
from tallystick.model.lineage import Lineage
from tallystick.model.progress import Progress, Silent
from tallystick.storage import evidence, writing
from tallystick.storage.case import REPORT, Case
from tallystick.storage.custody import Action, Entry, broken
from tallystick.storage.journal import LEDGER, Receipt, block_name, receipt_of
from tallystick.storage.proposals import asking_digests
from tallystick.storage.stamping import available, stamped
from tallystick.storage.stores.store import Files

__all__ = ["Fault", "Verification", "verify"]

LOG = "custody log"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was.

    Attributes:
        subject: The file, document, claim or entry of the log.
        reason: What is wrong with it.
    """

    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of looking through a case.

    Attributes:
        faults: Everything that is wrong; empty where all is as it was.
        originals: Number of originals hashed.
        records: Number of WARC records hashed.
        entries: Number of entries of the custody log.
        documents: Number of documents.
        claims: Number of claims.
        head: Hash of the last entry of the log; empty where there is none.
    """

    faults: tuple[Fault, ...]
    originals: int
    records: int
    entries: int
    documents: int
    claims: int
    head: str


def verify(case: Case, *, progress: Progress | None = None) -> Verification:
    """Hash every original, WARC record and entry of the log anew, and hold documents and claims against them.

    Args:
        case: The case, which may be open read-only.
        progress: Told of every file and every document.

    Raises:
        CaseError: Where the case cannot be read at all.
    """
    listener = progress or Silent()
    faults: list[Fault] = []
    with case.moment():
        entries = case.custody()
        damage = case.damage()
        ledger, derived, reviewed, odd = _ledger(case)
        faults += _of_askings(case, entries)
        faults += (Fault(f"{LOG}, entry {number}", reason) for number, reason in broken(entries))
        held: Counter[str] = Counter()
        for folder in (evidence.ORIGINALS, evidence.RECORDS, evidence.STAMPS):
            for name in case.kept.names(folder):
                held[folder] += 1
                faults += _of_file(name, case.kept)
                listener.advance()
        faults += _of_stamps(case.kept, entries)
        faults += (Fault(case.store.tables, one) for one in damage)
        if odd is None:
            faults += _of_ledger(case.kept, ledger, derived, reviewed, _Told(entries), listener)
        else:
            faults.append(Fault(case.store.tables, f"holds a row that is no record of a case: {odd}"))
    head = entries[-1].hash if entries else ""
    return Verification(
        tuple(faults), held[evidence.ORIGINALS], held[evidence.RECORDS], len(entries), len(ledger.documents),
        len(ledger.claims), head,
    )  # fmt: skip


def _of_askings(case: Case, entries: Sequence[Entry]) -> tuple[Fault, ...]:
    """Whether what a second reader said is what the log tells of."""
    try:
        asked = asking_digests(case.proposals.all())
    except (ValueError, KeyError, TypeError) as error:
        return (Fault(case.store.tables, f"holds a row that is no record of a second reader: {error}"),)
    return tuple(_of_decisions("asking", Action.PROPOSED, asked, _Told(entries)))


def _ledger(case: Case) -> tuple[Ledger, dict[str, str], dict[str, str], Exception | None]:
    """What the case holds, and the digests of what was derived by block and of reviews by number.

    Nothing, and why, where a row is no record.
    """
    try:
        digests = {block_name(block): writing.derived_digest(found) for block, found in case.derived().items()}
        reviewed = {str(one.number): writing.review_digest(one) for one in case.reviews()}
        return case.ledger(), digests, reviewed, None
    except (ValueError, KeyError, TypeError) as error:
        return Ledger((), (), Lineage((), ()), (), ()), {}, {}, error


class _Told:
    """What the log says that the case holds, by the last word of it on each subject."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.receipts: dict[str, Receipt] = {}
        self.last: dict[tuple[str, str], str] = {}
        self.taken_over: set[str] = set()
        for entry in entries:
            try:
                if entry.action == Action.RECEIVED:
                    receipt = receipt_of(entry)
                    self.receipts[receipt.document] = receipt
                found = json.loads(entry.particulars).get("sha256")
            except (ValueError, KeyError, TypeError, AttributeError):
                # Named as an entry that was changed.
                continue
            if entry.action == Action.TAKEN_OVER:
                self.taken_over.add(entry.subject)
                self.last[Action.READ, entry.subject] = found
            self.last[entry.action, entry.subject] = found


def _of_file(name: str, files: Files) -> Iterator[Fault]:
    """Whether the bytes of an original or a record are those of its name."""
    folder, digest = name.split("/", 1)[0], name.rsplit("/", 1)[-1]
    try:
        if files.hashed(name) != digest:
            yield Fault(name, "was changed: its SHA-256 is not its name")
        elif name != evidence.name_of(folder, digest):
            yield Fault(name, "lies in another folder than its name says")
    except OSError as error:
        yield Fault(name, f"cannot be read: {error.strerror or error}")


def _of_ledger(
    files: Files, ledger: Ledger, derived: Mapping[str, str], reviewed: Mapping[str, str], told: _Told,
    listener: Progress,
) -> Iterator[Fault]:  # fmt: skip
    """Everything that is wrong with documents, claims and what was derived from them."""
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for claim in ledger.claims:
        claims[claim.document].append(claim)
    for fact in ledger.facts:
        facts[fact.document].append(fact)
    for document in ledger.documents:
        yield from _of_evidence(files, document, told)
        yield from _of_text(document)
        yield from _of_claims(document, claims[document.id])
        if told.last.get((Action.READ, document.id)) != writing.document_digest(document):
            yield Fault(document.id, "the document is not what the log says was read")
        found = writing.statements_digest(claims[document.id], facts[document.id])
        if told.last.get((Action.EXTRACTED, document.id)) != found:
            yield Fault(document.id, "its claims or facts are not what the log says was found in it")
        listener.advance()
    judged = {str(one.number): writing.judgement_digest(one) for one in ledger.judgements}
    yield from _of_decisions("judgement", Action.JUDGED, judged, told)
    yield from _of_decisions("review", Action.REVIEWED, reviewed, told)
    missing = {name for action, name in told.last if action == Action.READ} - {one.id for one in ledger.documents}
    yield from (Fault(name, "the log tells of this document, but it is not there") for name in sorted(missing))
    yield from _of_derived(derived, told)
    yield from _of_report(files, told.last.get((Action.REPORTED, REPORT)))


def _of_derived(derived: Mapping[str, str], told: _Told) -> Iterator[Fault]:
    """Whether what was derived of each block is what the log tells of; `derived` are the digests by name."""
    nothing = writing.derived_digest(Derived())
    logged = {name: found for (action, name), found in told.last.items() if action == Action.DERIVED}
    for name in sorted(derived.keys() | logged.keys(), key=lambda name: (len(name), name)):
        # A log from before there were blocks tells of the whole ledger, which is derived anew.
        if name != LEDGER and derived.get(name, nothing) != logged.get(name, nothing):
            yield Fault(name, "origins, estimates, flags or hits are not what the log says was derived")


def _of_decisions(kind: str, action: Action, named: Mapping[str, str], told: _Told) -> Iterator[Fault]:
    """Whether judgements or reviews are those that the log tells of; `named` are their digests by number."""
    logged = {name: found for (done, name), found in told.last.items() if done == action}
    for name in sorted(named.keys() | logged.keys(), key=lambda name: (len(name), name)):
        if name not in named:
            yield Fault(f"{kind} {name}", "the log tells of it, but it is not there")
        elif named[name] != logged.get(name):
            yield Fault(f"{kind} {name}", "is not what the log says was decided")


def _of_evidence(files: Files, document: Document, told: _Told) -> Iterator[Fault]:
    """Whether the original of a document, its receipt and its record are there."""
    if not files.holds(evidence.name_of(evidence.ORIGINALS, document.sha256)):
        yield Fault(document.id, f"its original {document.sha256} is missing")
    receipt = told.receipts.get(document.id)
    if receipt is None:
        if document.id not in told.taken_over:
            yield Fault(document.id, "the log has no receipt of its original")
        return
    if receipt.sha256 != document.sha256:
        yield Fault(document.id, f"the log has another original as received for it: {receipt.sha256}")
    if receipt.warc is not None and not files.holds(evidence.name_of(evidence.RECORDS, receipt.warc)):
        yield Fault(document.id, f"its WARC record {receipt.warc} is missing")


def _of_text(document: Document) -> Iterator[Fault]:
    """Whether the passages are spans of the text, in order and without overlap."""
    end, starts = 0, set()
    for passage in document.passages:
        if not end <= passage.start < passage.end <= len(document.text):
            yield Fault(document.id, f"its passage {passage.start}-{passage.end} is no span of its text after {end}")
        if passage.repeats is not None and passage.repeats not in starts:
            yield Fault(document.id, f"its passage {passage.start} repeats {passage.repeats}, where none begins")
        starts.add(passage.start)
        end = max(end, passage.end)


def _of_claims(document: Document, claims: Iterable[Claim]) -> Iterator[Fault]:
    """Whether each claim is where it says."""
    for claim in claims:
        if document.text[claim.start : claim.end] != claim.figure:
            yield Fault(claim.id, f"its figure does not stand at {claim.start}-{claim.end} of {document.id}")


def _of_stamps(files: Files, entries: Sequence[Entry]) -> Iterator[Fault]:
    """Whether each time-stamp is there and over the entry that the log says; signatures are not checked again."""
    for entry in entries:
        if entry.action != Action.STAMPED:
            continue
        named = evidence.name_of(evidence.STAMPS, entry.subject)
        try:
            answer = files.read(named)
            if available():
                told = json.loads(entry.particulars)
                stamp = stamped(answer, entries)
                if (stamp.entry, stamp.head, stamp.time) != (told["entry"], told["head"], told["time"]):
                    yield Fault(named, "says something else than the log says that it said")
        except OSError as error:
            yield Fault(named, f"cannot be read: {error.strerror or error}")
        except (StampError, ValueError, KeyError, TypeError) as error:
            yield Fault(named, str(error))


def _of_report(files: Files, told: str | None) -> Iterator[Fault]:
    """Whether the report is the one that was written."""
    try:
        if told is not None and files.hashed(REPORT) != told:
            yield Fault(REPORT, "was changed since it was written; 'tallystick run' writes it anew")
    except OSError as error:
        yield Fault(REPORT, f"cannot be read: {error.strerror or error}")
