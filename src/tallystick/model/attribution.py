"""Whom a text credits with what."""

from dataclasses import dataclass

__all__ = ["Attribution", "Span"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content of one act of reporting speech.

    Attributes:
        source: Spans of the words that name the source; may be several ("said ... , Ryder added").
        cue: Spans of the words that link source and content ("said", "according to").
        content: Spans of what the source is reported to say.
        speaker: The source resolved to the fullest name the text gives, as written there; "" where no word names one.
        via: The agency or outlet that relays the statement, as written, or None.
        kind: "direct", "indirect", "according_to", "credit", "noun", "turn", "headline", "act"; "unnamed" where a
            pronoun points at nobody; "stance" for what somebody thinks, wants or judges; "anonymous" for hearsay and
            for a passive without an agent, whose source is the cue itself.
        negated: True where the source denies the content.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str
    via: str | None = None
    kind: str = "indirect"
    negated: bool = False
