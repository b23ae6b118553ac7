"""Chinese behind the `Language` protocol: each method is one module of this folder."""

from collections.abc import Callable

from tallystick.languages.chinese.nouns.counted import counted
from tallystick.languages.chinese.numbers.quantities import quantities
from tallystick.languages.chinese.parsing import parsed
from tallystick.languages.chinese.places.places import origin, place
from tallystick.languages.chinese.speech.attribution import attributions
from tallystick.languages.chinese.status.status import status
from tallystick.languages.chinese.times.dates import stated, when
from tallystick.languages.language import FactReading, Language, Parse
from tallystick.model.attribution import Attribution
from tallystick.model.dossier import Slot

__all__ = ["CHINESE"]


class Chinese:
    """The readers of Chinese, gathered."""

    code = "zh"
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


CHINESE: Language = Chinese()
