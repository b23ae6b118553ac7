"""One statement without a figure that a dossier asks for, with its span and the reason for every field."""

from dataclasses import dataclass

from tallystick.model.claim import Ground, Status

__all__ = ["Fact"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one slot in one document; `text[start:end] == value` always holds.

    Attributes:
        id: Hash of document, slot and span: the same input gives the same id.
        document: Id of the document.
        slot: Id of the dossier's slot ("unit").
        value: The words at the span, as written.
        start: First code point of the value.
        end: One past its last code point.
        speaker: Who says so, as written; None in the outlet's own voice.
        via: The agency or outlet that relayed it, or None.
        status: Plan, fact, possibility or denial.
        stated: EDTF date on which the speaker said it, where the text or the publication date tells, or None.
        quote: The sentence that holds the value; of an endless one what is near the value.
        prefix: 32 code points before the value.
        suffix: 32 code points after it.
        grounds: Why the slot, the status and the speaker were read so.
    """

    id: str
    document: str
    slot: str
    value: str
    start: int
    end: int
    speaker: str | None
    via: str | None
    status: Status
    stated: str | None
    quote: str
    prefix: str
    suffix: str
    grounds: tuple[Ground, ...]
