"""Read the statements without figures that a dossier asks for.

Takes a `Document` and a `Dossier`; gives its `Fact`s in the order of the text. The language finds the values; who says
them and whether they are planned or done is read as for figures.
"""

from functools import cache
from hashlib import sha256

from tallystick.extraction.speakers import SpeakerReading, reading_of, speaker_of
from tallystick.languages.known import parsed
from tallystick.languages.language import Counted, FactReading, Language, Parse
from tallystick.model.attribution import Attribution
from tallystick.model.claim import Ground, Status
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.model.quantity import Bound, Quantity, QuantityKind

__all__ = ["facts"]

# Code points of context either side of a value, as for figures.
CONTEXT = 32
# Code points of its sentence that are quoted either side of a value: real sentences are shorter, junk is not.
QUOTED = 2_000


def facts(document: Document, dossier: Dossier) -> tuple[Fact, ...]:
    """Give every fact of `document` that `dossier` asks for, in order of `start`; `text[start:end] == value` holds.

    Args:
        document: The report; only its headlines and body are read.
        dossier: Names the slots and their words; without slots there are no facts.

    Raises:
        ReadingError: Where no language of the document can be read.
    """
    if not dossier.facts:
        return ()
    found = [fact for language, parse in parsed(document) for fact in _in_language(parse, dossier, language)]
    return tuple(sorted(found, key=lambda fact: fact.start))


def _in_language(parse: Parse, dossier: Dossier, language: Language) -> tuple[Fact, ...]:
    """The facts of the passages that are in `language`."""
    if not any(slot.lexicon(language.code) for slot in dossier.facts):
        return ()

    @cache
    def told() -> tuple[Attribution, ...]:
        return language.attributions(parse)

    return tuple(_fact(language, parse, told(), found) for found in language.facts(parse, dossier.facts, told))


def _fact(language: Language, parse: Parse, attributions: tuple[Attribution, ...], found: FactReading) -> Fact:
    """Compose the fact from the readings of every field."""
    text, (start, end) = parse.document.text, found.span
    where = Quantity(start, end, None, None, Bound.EXACT, QuantityKind.COUNT)
    if found.attribution is None:
        speaker = speaker_of(parse, attributions, found.sentence, where)
        status, reasons = _status(language, parse, found, where)
    else:
        speaker = reading_of(parse, found.attribution)
        status, reasons = _said(found.attribution)
    first, last = found.cue
    grounds = (Ground("slot", found.slot, text[first:last], first, last), *reasons, *speaker.grounds)
    return Fact(
        id=_fact_id(parse.document.id, found.slot, start, end),
        document=parse.document.id,
        slot=found.slot,
        value=text[start:end],
        start=start,
        end=end,
        speaker=speaker.speaker,
        via=speaker.via,
        status=status,
        stated=_stated(language, parse, speaker),
        quote=text[max(found.sentence.start, start - QUOTED) : min(found.sentence.end, end + QUOTED)],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        grounds=grounds,
    )


def _status(language: Language, parse: Parse, found: FactReading, where: Quantity) -> tuple[Status, tuple[Ground, ...]]:
    """Plan, fact, possibility or denial: the language's reading of a figure that stood where the value stands."""
    start, end = found.span
    phrase = parse.document.text[start:end]
    counted = Counted(start, end, phrase, "", (), found.predicate, found.predicate_span)
    reading = language.status(parse, found.sentence, where, counted)
    return reading.status, tuple(ground for ground in reading.grounds if ground.field == "status")


def _said(attribution: Attribution) -> tuple[Status, tuple[Ground, ...]]:
    """What is told is that somebody said it; whether it will come true is not asked."""
    status = Status.DENIED if attribution.negated else Status.ACTUAL
    return status, (Ground("status", status.value, "the statement itself"),)


def _stated(language: Language, parse: Parse, speaker: SpeakerReading) -> str | None:
    """When it was said: as the speech dates it, else when the report was published."""
    if speaker.attribution is not None:
        reading = language.stated(parse, speaker.attribution)
        return None if reading is None else reading.edtf
    published = parse.document.published
    return None if published is None else published[:10]


def _fact_id(document: str, slot: str, start: int, end: int) -> str:
    """The same slot at the same place of the same document gives the same id on every machine."""
    return "s-" + sha256(f"{document}\0{slot}\0{start}\0{end}".encode()).hexdigest()[:16]
