"""Read the figure claims of a document: the second stage of the journey.

Takes a `Document` and a `Dossier`; gives its `Claim`s in the order of the text. The language reads numbers, nouns,
speech, status and time; this module asks it in turn and keeps the grounds of every answer.
"""

from dataclasses import replace
from hashlib import sha256

from tallystick.extraction.categories import CategoryReading, categorize
from tallystick.extraction.speakers import SpeakerReading, speaker_of
from tallystick.languages.known import parsed
from tallystick.languages.language import Counted, Language, Parse, Sentence, StatusReading, Token
from tallystick.model.attribution import Attribution
from tallystick.model.claim import Aspect, Claim, Ground, Status
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.quantity import Quantity, QuantityKind
from tallystick.values.places import locate

__all__ = ["claim_id", "extract"]

# The kinds that can be figure claims; of the measures only those whose unit a category counts (tonnes of aid).
CLAIMABLE = frozenset((QuantityKind.COUNT, QuantityKind.MONEY, QuantityKind.MEASURE))
# Categories that are the step itself.
FATES = frozenset((Aspect.KILLED.value, Aspect.WOUNDED.value, Aspect.CAPTURED.value))
# Code points of context either side of a figure, as the W3C TextQuoteSelector wants for finding it again.
CONTEXT = 32


def extract(document: Document, dossier: Dossier) -> tuple[Claim, ...]:
    """Give every figure claim of `document` in order of `start`; `text[start:end] == figure` holds for each.

    Each passage is read in its own language.

    Args:
        document: The report; only its headlines and body are read.
        dossier: Names the categories and their words.

    Raises:
        ReadingError: Where no language of the document can be read.
    """
    claims = [claim for language, parse in parsed(document) for claim in _in_language(parse, dossier, language)]
    return tuple(sorted(claims, key=lambda claim: claim.start))


def _in_language(parse: Parse, dossier: Dossier, language: Language) -> list[Claim]:
    """The claims of the passages that are in `language`."""
    attributions: tuple[Attribution, ...] | None = None
    claims: list[Claim] = []
    for sentence in parse.sentences:
        quantities = language.quantities(sentence, parse.document.text)
        near = _around(parse, sentence) if quantities else ()
        category: CategoryReading | None = None
        for index, quantity in enumerate(quantities):
            if quantity.kind not in CLAIMABLE:
                continue
            counted = language.counted(parse, sentence, quantities, index)
            category = categorize(counted, quantity, dossier, language.code, near, category)
            if category is None:
                continue
            if attributions is None:
                attributions = language.attributions(parse)
            speaker = speaker_of(parse, attributions, sentence, quantity)
            reader = _Reader(language, parse, sentence, quantity, counted)
            claims.append(reader.claim(category, speaker))
    return claims


def _around(parse: Parse, sentence: Sentence) -> tuple[Token, ...]:
    """The words of a sentence and of the one before it."""
    return (parse.sentences[sentence.index - 1].tokens if sentence.index else ()) + sentence.tokens


class _Reader:
    """One figure in its sentence, read field by field."""

    __slots__ = ("counted", "language", "parse", "quantity", "sentence")

    def __init__(
        self, language: Language, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted
    ) -> None:
        self.language = language
        self.parse = parse
        self.sentence = sentence
        self.quantity = quantity
        self.counted = counted

    def claim(self, category: CategoryReading, speaker: SpeakerReading) -> Claim:
        """Compose the claim from the readings of every field."""
        context = (self.parse, self.sentence, self.quantity, self.counted)
        status = self.language.status(*context)
        when = self.language.when(*context)
        place = self.language.place(*context)
        origin = self.language.origin(*context)
        text, start, end = self.parse.document.text, self.quantity.start, self.quantity.end
        grounds = [*self._bound_ground(), *map(self._quoted, category.grounds), *status.grounds, *speaker.grounds]
        aspect = status.aspect or self._fate(category, status)
        if aspect is not status.aspect:
            grounds.append(Ground("aspect", str(aspect), f"category {category.category}"))
        if self.quantity.per is not None:
            grounds.append(Ground("per", self.quantity.per, "the words behind the figure"))
        if when is not None:
            grounds.append(self._ground("when", when.edtf, when.span, "the publication date"))
        if place is not None:
            located = locate(place.name)
            known = place.name if located is None else f"{place.name} ({located})"
            grounds.append(self._ground("place", known, place.span, ""))
        if origin is not None:
            grounds.append(origin[1])
        return Claim(
            id=claim_id(self.parse.document.id, start, end),
            document=self.parse.document.id,
            start=start,
            end=end,
            figure=text[start:end],
            low=self.quantity.low,
            high=self.quantity.high,
            bound=self.quantity.bound,
            unit=category.unit,
            counted=self.counted.phrase,
            category=category.category,
            origin=None if origin is None else origin[0],
            place=None if place is None else place.name,
            status=status.status,
            aspect=aspect,
            measure=status.measure,
            speaker=speaker.speaker,
            via=speaker.via,
            when=None if when is None else when.edtf,
            stated=self._stated(speaker),
            quote=text[self.sentence.start : self.sentence.end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
            grounds=tuple(grounds),
        )

    def _fate(self, category: CategoryReading, status: StatusReading) -> Aspect | None:
        """What happened to casualties, which their category tells however they are counted: "a death toll of 12"."""
        if status.status is not Status.ACTUAL or category.category not in FATES:
            return None
        return Aspect(category.category)

    def _bound_ground(self) -> list[Ground]:
        span = self.quantity.hedge
        rule = "the figure itself"
        return [self._ground("bound", str(self.quantity.bound), span, rule)]

    def _quoted(self, ground: Ground) -> Ground:
        """A ground whose cue is the text at its span."""
        if ground.start is None or ground.end is None:
            return ground
        return replace(ground, cue=self.parse.document.text[ground.start : ground.end])

    def _ground(self, field: str, value: str, span: tuple[int, int] | None, rule: str) -> Ground:
        if span is None:
            return Ground(field, value, rule)
        return Ground(field, value, self.parse.document.text[span[0] : span[1]], span[0], span[1])

    def _stated(self, speaker: SpeakerReading) -> str | None:
        """When it was said: as the speech dates it, else when the report was published."""
        if speaker.attribution is not None:
            reading = self.language.stated(self.parse, speaker.attribution)
            return None if reading is None else reading.edtf
        published = self.parse.document.published
        return None if published is None else published[:10]


def claim_id(document: str, start: int, end: int) -> str:
    """Give the id of the claim at a place of a document: the same on every machine."""
    return "c-" + sha256(f"{document}\0{start}\0{end}".encode()).hexdigest()[:16]
