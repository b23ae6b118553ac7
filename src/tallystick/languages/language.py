"""What every language gives the stages: a parse of the text, and readers for numbers, speech, status and time.

Takes a `Document`; gives `Parse` records of sentences and tokens, and small typed readings over them. English is
the first; another language is another folder beside it that satisfies `Language`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from tallystick.model.attribution import Attribution, Span
from tallystick.model.claim import Aspect, Ground, Measure, Status
from tallystick.model.document import Document, Passage, PassageKind
from tallystick.model.dossier import Slot
from tallystick.model.quantity import Quantity

__all__ = [
    "Counted",
    "FactReading",
    "Language",
    "Parse",
    "PlaceReading",
    "Sentence",
    "StatusReading",
    "TimeReading",
    "Token",
    "is_written_in",
]


class Token(NamedTuple):
    """A word or a mark: `text[start:end]` of the document, with its Penn Treebank tag."""

    text: str
    lower: str
    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a readable passage.

    Attributes:
        start: First code point in the document.
        end: One past its last code point.
        tokens: Its tokens in order.
        paragraph: Number of the passage that holds it.
        index: Number of the sentence in `Parse.sentences`.
        kind: Kind of the passage.
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int
    index: int
    kind: PassageKind

    def position(self, offset: int) -> int:
        """Index of the first token that ends after `offset`; the number of tokens where there is none."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low


@dataclass(frozen=True, slots=True)
class Parse:
    """A document cut into the sentences of its headlines and body.

    Attributes:
        document: The document.
        sentences: In order of the text; other passages (comments, furniture) have none.
        quotes: Spans between quotation marks, marks outside, in order; may cross sentences and paragraphs.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    quotes: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a quantity counts.

    Attributes:
        start: First code point of the counted noun phrase, or None where it is elided or implied.
        end: One past its last code point, or None.
        phrase: The noun phrase as written, or None.
        head: Its head noun, lower case, or "".
        modifiers: The other words of the phrase, lower case.
        predicate: Base form of the verb or the adjective that tells what happened to the counted
            ("kill", "injure", "dead"), or "".
        predicate_span: Span of that word, or None.
        passive: True where the counted undergo the predicate ("killed 5 people", "5 people were killed").
        inherited: True where the phrase was taken from another quantity of the sentence or the one before.
    """

    start: int | None
    end: int | None
    phrase: str | None
    head: str
    modifiers: tuple[str, ...] = ()
    predicate: str = ""
    predicate_span: Span | None = None
    passive: bool = False
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class StatusReading:
    """Whether the figure is planned, actual, possible or denied, how far it got, and what says so."""

    status: Status
    aspect: Aspect | None
    measure: Measure | None
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class TimeReading:
    """An EDTF date with the words that gave it; `span` is None where the publication date alone did."""

    edtf: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A place as written."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class FactReading:
    """A value of one of the dossier's slots.

    Attributes:
        slot: Id of the slot.
        span: Where the value stands.
        sentence: The sentence that holds its first word.
        cue: Span of the words that showed it; may lie inside the value.
        predicate: Base form of the verb that begins the value, or "".
        predicate_span: Span of that verb, or None.
        attribution: The act of speech that the value is the content of, or None.
    """

    slot: str
    span: Span
    sentence: Sentence
    cue: Span
    predicate: str = ""
    predicate_span: Span | None = None
    attribution: Attribution | None = None


def is_written_in(document: Document, passage: Passage, code: str) -> bool:
    """Tell whether a passage of `document` is in the language `code`: its own where it has one, else the document's."""
    return (passage.language or document.language).lower().partition("-")[0] == code


class Language(Protocol):
    """A language that Tallystick can read."""

    code: str

    def parse(self, document: Document) -> Parse:
        """Cut `document` into sentences and tagged tokens."""

    def quantities(self, sentence: Sentence, text: str) -> tuple[Quantity, ...]:
        """Every number of `sentence` with its kind, in order, without overlap."""

    def counted(self, parse: Parse, sentence: Sentence, quantities: tuple[Quantity, ...], index: int) -> Counted:
        """What `quantities[index]` of `sentence` counts."""

    def place(self, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> PlaceReading | None:
        """Where the counted are, or where they go."""

    def origin(
        self, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted
    ) -> tuple[str, Ground] | None:
        """The country (ISO 3166-1 alpha-2) that the counted come from."""

    def attributions(self, parse: Parse) -> tuple[Attribution, ...]:
        """Every act of reporting speech of the document, in order of content."""

    def status(self, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> StatusReading:
        """Whether the figure is planned, actual, possible or denied in its own sentence."""

    def when(self, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> TimeReading | None:
        """When the counted thing happened or is to happen."""

    def stated(self, parse: Parse, attribution: Attribution) -> TimeReading | None:
        """When the statement itself was made, where the text dates it."""

    def facts(
        self, parse: Parse, slots: tuple[Slot, ...], told: Callable[[], tuple[Attribution, ...]]
    ) -> tuple[FactReading, ...]:
        """Every value of `slots`, in order; `told` gives the attributions where they are needed."""
