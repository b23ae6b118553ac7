"""What a second reader, a language model at some endpoint, said of a report: what came of asking, and what it proposes.

Nothing of it counts until a person accepts it.
"""

from dataclasses import dataclass
from enum import StrEnum

from tallystick.model.claim import Claim

__all__ = ["Asking", "Dispute", "DisputeKind", "ModelProposal", "ProposalVerdict", "Reader", "Refusal", "RefusalKind"]


class RefusalKind(StrEnum):
    """Why something that a second reader answered is not taken."""

    NO_ANSWER = "no answer"  # what came back is no chat completion, or one without words
    TOO_LARGE = "too large"
    CUT_OFF = "cut off"  # the model ran out of the tokens that it may write
    NO_JSON = "no JSON"
    NO_LIST = "no list of claims"
    NO_RECORD = "no record"  # one of the list is no claim record
    TOO_MANY = "too many"
    NO_QUOTATION = "quotation not in the report"
    NO_FIGURE = "figure not in the quotation"
    AMBIGUOUS = "figure stands there more than once"
    NO_NUMBER = "no number is read there"
    OTHER_NUMBER = "another number is read there"
    NOT_COUNTED = "no count, sum or measure"
    OTHER_FIELD = "a field that will not do"
    NO_WORDS = "words not in the report"
    DUPLICATE = "said before"

    @property
    def of_answer(self) -> bool:
        """Whether it is about an answer as a whole: what the model would have said besides is not known then."""
        return self in (
            RefusalKind.NO_ANSWER, RefusalKind.TOO_LARGE, RefusalKind.CUT_OFF, RefusalKind.NO_JSON,
            RefusalKind.NO_LIST, RefusalKind.TOO_MANY,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a second reader answered and that is not taken.

    Attributes:
        kind: Why.
        told: What it was about, shortened, for a reader.
    """

    kind: RefusalKind
    told: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is asked, and how: the same reader is not asked twice about one report.

    Attributes:
        endpoint: Host, and port where one is named, to which reports go.
        model: The name of the model as it was asked for.
        prompt: Name of the prompt.
        prompt_sha256: SHA-256 in hex of everything in it but the report.
    """

    endpoint: str
    model: str
    prompt: str
    prompt_sha256: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What came of asking a second reader about one report.

    Attributes:
        number: Its turn among the askings of a case, from 1; 0 where it is not kept yet.
        made: UTC time at which it was kept, ISO 8601 with "Z"; empty where it is not.
        by: Who asked; empty where nobody is named.
        document: Id of the report.
        reader: Who was asked.
        version: Of the model, as the endpoint told it; may be empty.
        requests: How many answers were asked for, tries that failed left out.
        sent: Bytes of words that went out, UTF-8, tries that failed left out.
        tokens_in: What the endpoint counted of what it was sent; None where it told nothing.
        tokens_out: What it counted of what it wrote; None where it told nothing.
        claims: What is proposed, in the order of the text.
        refusals: What was not taken.
    """

    number: int
    made: str
    by: str
    document: str
    reader: Reader
    version: str
    requests: int
    sent: int
    tokens_in: int | None
    tokens_out: int | None
    claims: tuple[Claim, ...]
    refusals: tuple[Refusal, ...]

    @property
    def whole(self) -> bool:
        """Whether every answer could be read, so that a figure that is not in them is one that the model left out."""
        return not any(one.kind.of_answer for one in self.refusals)


@dataclass(frozen=True, slots=True)
class ModelProposal:
    """A claim that a second reader proposes.

    Attributes:
        number: Its turn among the proposals of a case, from 1.
        asking: Number of the asking that gave it.
        claim: The claim; its grounds name the model, its version and the prompt.
    """

    number: int
    asking: int
    claim: Claim


class DisputeKind(StrEnum):
    """How the rules and a second reader disagree about a figure."""

    DIFFERING = "differing"  # both have it, with different fields
    ONLY_RULES = "only rules"
    ONLY_MODEL = "only model"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement between the rules and the last second reader of a report.

    Attributes:
        kind: Which.
        claim: Id of the claim by the rules, or None.
        proposed: Id of the claim that is proposed, or None.
    """

    kind: DisputeKind
    claim: str | None
    proposed: str | None


class ProposalVerdict(StrEnum):
    """What a person decided about a proposal that is no claim; one that is accepted is a review."""

    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # the refusal is taken back
