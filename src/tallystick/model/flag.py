"""Something in the reports that cannot be right, or that a reader must know before using a figure."""

from dataclasses import dataclass

__all__ = ["SEVERITIES", "Evidence", "Flag", "flag_order"]

# The gravest first.
SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of a document that a flag rests on; `start` and `end` are code points of its text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing that does not add up.

    Attributes:
        id: Hash of code and evidence: stable across runs.
        code: What kind of fault ("office_anachronism"); the glossary lists them.
        severity: "error" for what cannot be right, "warning" for what is likely wrong, "note" for what to know.
        reason: One or two sentences with the facts compared.
        claims: Ids of the claims concerned.
        evidence: The spans it rests on; at least one.
    """

    id: str
    code: str
    severity: str
    reason: str
    claims: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def flag_order(flag: Flag) -> tuple[int, str, str, int, str]:
    """Give the key of the order in which a case shows its flags: the gravest first, then by code and place."""
    first = flag.evidence[0]
    return SEVERITIES.index(flag.severity), flag.code, first.document, first.start, flag.id
