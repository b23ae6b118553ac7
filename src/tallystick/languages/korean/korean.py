"""Korean behind the `Language` protocol: each method is one module of this folder."""

from collections.abc import Callable

from tallystick.languages.korean.nouns.counted import counted
from tallystick.languages.korean.numbers.quantities import quantities
from tallystick.languages.korean.parsing import parsed
from tallystick.languages.korean.places.origins import origin
from tallystick.languages.korean.places.places import place
from tallystick.languages.korean.speech.attribution import attributions
from tallystick.languages.korean.status.status import status
from tallystick.languages.korean.times.dates import stated, when
from tallystick.languages.language import FactReading, Language, Parse
from tallystick.model.attribution import Attribution
from tallystick.model.dossier import Slot

__all__ = ["KOREAN"]


class Korean:
    """The readers of Korean, gathered."""

    code = "ko"
    parse = staticmethod(parsed)
    quantities = staticmethod(quantities)
    counted = staticmethod(counted)
    place = staticmethod(place)
    origin = staticmethod(origin)
    attributions = staticmethod(attributions)
    status = staticmethod(status)
    when = staticmethod(when)
    stated = staticmethod(stated)

    def facts(
        self, parse: Parse, slots: tuple[Slot, ...], told: Callable[[], tuple[Attribution, ...]]
    ) -> tuple[FactReading, ...]:
        """No facts yet: the slots of the dossiers have English words alone."""
        return ()


KOREAN: Language = Korean()
