"""A span of a report that a reviewer has marked: the span comes in, what its words tell of a claim goes out.

Where the rules read a claim there, it is that; else the number grammar of the language reads the figure and each
further field is read from its sentence. What the words do not tell stays empty.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.errors import ReadingError, ReviewError
from tallystick.extraction.extraction import extract
from tallystick.extraction.speakers import speaker_of
from tallystick.inquiry.fields import Entry, entry_of, fields_of, shown
from tallystick.languages.known import parsed
from tallystick.languages.language import Language, Parse, Sentence
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["Proposed", "propose"]


class Proposed(NamedTuple):
    """What the words at a span tell of a claim.

    Attributes:
        entry: Its fields as a form shows them; empty where nothing is told.
        how: By what they were read, one sentence for a reader.
    """

    entry: Entry
    how: str


def propose(document: Document, dossier: Dossier, start: int, end: int) -> Proposed:
    """Give what the words at a span tell.

    Args:
        document: The report.
        dossier: Its categories.
        start: First code point of the span; blanks at both ends are left out.
        end: One past its last code point.

    Raises:
        ReviewError: Where there is no text at the span.
    """
    words = document.text[max(0, start) : max(0, end)]
    if not 0 <= start < end <= len(document.text) or not words.strip():
        raise ReviewError(document.id, f"there are no words between {start} and {end}; mark the figure in the text")
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    bare = Entry(start=str(start), end=str(end))
    try:
        read = parsed(document)
        claims = extract(document, dossier)
    except ReadingError:
        return Proposed(bare, "The language of this report cannot be read, so every field is yours to fill in.")
    for claim in claims:
        if claim.start < end and start < claim.end:
            return Proposed(entry_of(fields_of(claim)), "The rules read a claim at these words.")
    for sentence, language, parse in ((one, *spoken) for spoken in read for one in spoken[1].sentences):
        if sentence.start <= start < sentence.end:
            found = language.quantities(sentence, document.text)
            for turn, quantity in enumerate(found):
                if quantity.start < end and start < quantity.end:
                    return Proposed(
                        _read(language, parse, sentence, found, turn), "The fields were read from the sentence."
                    )
            break
    return Proposed(bare, "No number was read at these words, so every field is yours to fill in.")


def _read(language: Language, parse: Parse, sentence: Sentence, found: Sequence[Quantity], turn: int) -> Entry:
    """The fields that a sentence tells of one of its numbers."""
    quantity = found[turn]
    counted = language.counted(parse, sentence, tuple(found), turn)
    context = (parse, sentence, quantity, counted)
    speaker = speaker_of(parse, language.attributions(parse), sentence, quantity)
    status, place, origin = language.status(*context), language.place(*context), language.origin(*context)
    when = language.when(*context)
    stated = None if speaker.attribution is None else language.stated(parse, speaker.attribution)
    return Entry(
        start=str(quantity.start), end=str(quantity.end), low=shown(quantity.low), high=shown(quantity.high),
        bound=shown(quantity.bound), unit=quantity.unit or _unit(quantity), counted=shown(counted.phrase),
        origin="" if origin is None else origin[0], place="" if place is None else place.name,
        status=shown(status.status), aspect=shown(status.aspect), measure=shown(status.measure),
        speaker=shown(speaker.speaker), via=shown(speaker.via), when="" if when is None else when.edtf,
        stated="" if stated is None else stated.edtf,
    )  # fmt: skip


def _unit(quantity: Quantity) -> str:
    """A percentage tells what it is in; of a count only the category does."""
    return "percent" if quantity.kind is QuantityKind.PERCENT else ""
