"""Russian and Ukrainian behind the `Language` protocol: one grammar, the words of each in its own folder."""

from collections.abc import Callable

from tallystick.languages.language import (
    Counted,
    FactReading,
    Parse,
    PlaceReading,
    Sentence,
    StatusReading,
    TimeReading,
)
from tallystick.languages.slavic.nouns.counted import counted
from tallystick.languages.slavic.numbers.quantities import quantities
from tallystick.languages.slavic.parsing import parsed
from tallystick.languages.slavic.places.places import origin, place
from tallystick.languages.slavic.speech.attribution import attributions
from tallystick.languages.slavic.status.status import status
from tallystick.languages.slavic.times.dates import stated, when
from tallystick.model.attribution import Attribution
from tallystick.model.claim import Ground
from tallystick.model.document import Document
from tallystick.model.dossier import Slot
from tallystick.model.quantity import Quantity

__all__ = ["Slavic"]


class Slavic:
    """A language of the family, by its code."""

    def __init__(self, code: str) -> None:
        """Take the code: "ru" or "uk"."""
        self.code = code

    def parse(self, document: Document) -> Parse:
        """Cut `document` into sentences and tokens."""
        return parsed(document, self.code)

    def quantities(self, sentence: Sentence, text: str) -> tuple[Quantity, ...]:
        """Every number of `sentence`, in order."""
        return quantities(self.code, sentence, text)

    def counted(self, parse: Parse, sentence: Sentence, quantities: tuple[Quantity, ...], index: int) -> Counted:
        """What `quantities[index]` counts."""
        return counted(self.code, parse, sentence, quantities, index)

    def place(self, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> PlaceReading | None:
        """Where the counted are, or where they go."""
        return place(self.code, parse, sentence, quantity, counted)

    def origin(
        self, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted
    ) -> tuple[str, Ground] | None:
        """The country that the counted come from."""
        return origin(self.code, parse, sentence, quantity, counted)

    def attributions(self, parse: Parse) -> tuple[Attribution, ...]:
        """Every act of reporting speech."""
        return attributions(self.code, parse)

    def status(self, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> StatusReading:
        """Whether the figure is planned, actual, possible or denied."""
        return status(self.code, parse, sentence, quantity, counted)

    def when(self, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> TimeReading | None:
        """When the counted thing happened or is to happen."""
        return when(self.code, parse, sentence, quantity, counted)

    def stated(self, parse: Parse, attribution: Attribution) -> TimeReading | None:
        """When the statement was made."""
        return stated(self.code, parse, attribution)

    def facts(
        self, parse: Parse, slots: tuple[Slot, ...], told: Callable[[], tuple[Attribution, ...]]
    ) -> tuple[FactReading, ...]:
        """No facts yet: the slots of the dossiers have English words alone."""
        return ()
