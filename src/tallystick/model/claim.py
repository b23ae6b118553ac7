"""One figure asserted in one document, with the span that holds it and the reason for every field."""

from dataclasses import dataclass
from enum import StrEnum

from tallystick.model.quantity import Bound, Number

__all__ = ["Aspect", "Claim", "Ground", "Measure", "Status"]


class Status(StrEnum):
    """Whether the speaker presents the figure as a plan, a fact, a possibility or a denial."""

    PLANNED = "planned"
    ACTUAL = "actual"
    POSSIBLE = "possible"
    DENIED = "denied"


class Aspect(StrEnum):
    """The finer step on the ladder from thought to outcome, in ascending order."""

    CONSIDERED = "considered"
    OFFERED = "offered"
    DECIDED = "decided"
    ANNOUNCED = "announced"
    IN_PROGRESS = "in_progress"
    ARRIVED = "arrived"
    WORKING = "working"
    RETURNED = "returned"
    KILLED = "killed"
    WOUNDED = "wounded"
    CAPTURED = "captured"


class Measure(StrEnum):
    """How the figure relates to time."""

    STOCK = "stock"
    FLOW = "flow"
    CUMULATIVE = "cumulative"
    PEAK = "peak"
    CAPACITY = "capacity"
    PLAN = "plan"
    REQUEST = "request"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why one field of a claim was read so.

    Attributes:
        field: The field decided ("status").
        value: The value chosen, as text.
        cue: The words that decided it, or the name of the rule where no words did.
        start: First code point of the cue in the document, or None for a rule.
        end: One past its last code point, or None.
    """

    field: str
    value: str
    cue: str
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        """One line for the record: "status=planned: 'will send', 1101-1110"."""
        if self.start is None:
            return f"{self.field}={self.value}: {self.cue}"
        return f"{self.field}={self.value}: '{self.cue}', {self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One occurrence of a figure in a document; `text[start:end] == figure` always holds.

    Attributes:
        id: Hash of document, span and figure: the same input gives the same id.
        document: Id of the document.
        start: First code point of the numeral.
        end: One past its last code point.
        figure: The words at that span.
        low: Closed lower bound, or None.
        high: Closed upper bound, or None.
        bound: How the text bounds it.
        unit: What one of them is: "person", "item", an ISO 4217 code, "tonne", ...
        counted: The counted noun phrase as written, or None.
        category: One of the dossier's categories.
        origin: ISO 3166-1 alpha-2 of the country the counted come from, or None.
        place: Where to, or where, as written, or None.
        status: Plan, fact, possibility or denial.
        aspect: The finer step, where the text gives it.
        measure: Stock, flow, ... where the text decides it; never guessed.
        speaker: Who asserted the figure, as written; None in the outlet's own voice.
        via: The agency or outlet that relayed it, or None.
        when: EDTF date of the counted event, or None.
        stated: EDTF date on which the speaker said it, where the text or the publication date tells, or None.
        quote: The sentence that holds the figure.
        prefix: 32 code points before the figure.
        suffix: 32 code points after it.
        grounds: Why each field was read so.
    """

    id: str
    document: str
    start: int
    end: int
    figure: str
    low: Number | None
    high: Number | None
    bound: Bound
    unit: str
    counted: str | None
    category: str
    origin: str | None
    place: str | None
    status: Status
    aspect: Aspect | None
    measure: Measure | None
    speaker: str | None
    via: str | None
    when: str | None
    stated: str | None
    quote: str
    prefix: str
    suffix: str
    grounds: tuple[Ground, ...]
