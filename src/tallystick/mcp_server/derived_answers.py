"""What the tools answer of what is derived: estimates, origins, changes, provisions and flags; as `answers`."""

from dataclasses import dataclass

from tallystick.exporting.records import IndependentRecord, RangeRecord
from tallystick.mcp_server.answers import Cited, Related
from tallystick.model.quantity import Number

__all__ = [
    "ConflictLine",
    "ElementLine",
    "EstimateAnswer",
    "EstimateLine",
    "Estimates",
    "Explanation",
    "FlagLine",
    "Flags",
    "HitLine",
    "Hits",
    "Moved",
    "Moves",
    "OriginAnswer",
    "ReadingLine",
    "ReportLine",
]


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """An estimate in a line; `cited` are figures of reports that it is weighed from, not all of them."""

    id: str
    label: str
    status: str
    unit: str
    best: Number | None
    low: Number | None
    high: Number | None
    credibility: int
    independent: IndependentRecord
    reports: int
    cited: tuple[Cited, ...]
    measure: str | None = None
    when: str | None = None
    conflicts: int = 0
    stale: bool = False
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Estimates:
    """Estimates that were asked for, the most reported first."""

    estimates: tuple[EstimateLine, ...]
    total: int
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """What one origin says. `reliability` is the letter A-F of its best source, and no part of the credibility."""

    origin: str
    speaker: str | None
    low: Number | None
    high: Number | None
    bound: str
    reliability: str
    reports: int
    cited: tuple[Cited, ...]
    date: str | None = None
    superseded: bool = False
    known: str | None = None


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Figures that cannot all be right."""

    kind: str
    reason: str
    cited: tuple[Cited, ...]
    arithmetic: str = ""
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EstimateAnswer:
    """An estimate; `best` is null where the evidence does not carry one, and `why_no_best` says why.

    `credibility` is 1-6 and comes from independent origins alone; the letters of the sources stand in the readings.
    """

    id: str
    label: str
    status: str
    unit: str
    best: Number | None
    low: Number | None
    high: Number | None
    credibility: int
    credibility_means: str
    why_credibility: str
    independent: IndependentRecord
    reports: int
    readings: tuple[ReadingLine, ...]
    steps: tuple[str, ...]
    category: str
    why_no_best: str | None = None
    country: str | None = None
    place: str | None = None
    measure: str | None = None
    when: str | None = None
    stale: bool = False
    known: str | None = None
    conflicts: tuple[ConflictLine, ...] = ()
    parts: tuple[Related, ...] = ()
    whole: Related | None = None
    others: tuple[Related, ...] = ()
    hits_held: int = 0
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report that carries an origin. `part` is "first" or "repeats"; `why` says what shows that it repeats."""

    document: str
    part: str
    cited: tuple[Cited, ...]
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    goes_back_to: str | None = None
    mechanism: str | None = None
    why: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class OriginAnswer:
    """The earliest independent point that claims go back to, with the reports that tell it or only repeat it."""

    id: str
    speaker: str | None
    date: str | None
    independent: IndependentRecord
    reason: str
    claims: int
    documents: int
    reports: tuple[ReportLine, ...]
    estimates: tuple[Related, ...] = ()
    linked: tuple[str, ...] = ()
    known: str | None = None
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """One change. `about` is an estimate of the population that it is about; `cited` are figures of that one by now."""

    number: int
    made: str
    kind: str
    id: str
    label: str
    about: Related | None = None
    before: RangeRecord | None = None
    after: RangeRecord | None = None
    traits: tuple[str, ...] = ()
    reports: tuple[Related, ...] = ()
    causes: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Moves:
    """What changed, that of the last work first; `last` is when the last change of the case was noted."""

    changes: tuple[Moved, ...]
    total: int
    last: str | None = None
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ElementLine:
    """One fact that a provision asks for, and where it stands by the reports: "told", "planned", "open", ..."""

    fact: str
    standing: str
    role: str
    independent: IndependentRecord
    cited: tuple[Cited, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class HitLine:
    """A provision that may apply to a population: a question to a lawyer, never a finding."""

    id: str
    provision: str
    cited_as: str
    pack: str
    population: str
    tier: str
    tier_means: str
    statement: str
    jurisdiction: str
    elements: tuple[ElementLine, ...]
    open_questions: tuple[str, ...] = ()
    estimates: tuple[Related, ...] = ()
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """Provisions that may apply, the gravest tier first."""

    hits: tuple[HitLine, ...]
    total: int
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagLine:
    """Something that cannot be right, or that a reader must know before using a figure."""

    id: str
    code: str
    severity: str
    reason: str
    cited: tuple[Cited, ...]
    claims: tuple[str, ...] = ()
    more_claims: int = 0
    more_spans: int = 0


@dataclass(frozen=True, slots=True)
class Flags:
    """Flags that were asked for, the gravest first."""

    flags: tuple[FlagLine, ...]
    total: int
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A portion of the derivation of an estimate as text; `next_offset` is where it goes on."""

    estimate: str
    text: str
    characters: int
    cited: tuple[Cited, ...]
    next_offset: int | None = None
    notes: tuple[str, ...] = ()
