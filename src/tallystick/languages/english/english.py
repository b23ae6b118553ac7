"""English behind the `Language` protocol: each method is one module of this folder."""

from tallystick.languages.english.facts.facts import facts
from tallystick.languages.english.grammar.parsing import parse
from tallystick.languages.english.nouns.counted import counted
from tallystick.languages.english.numbers.quantities import quantities
from tallystick.languages.english.places.origins import origin
from tallystick.languages.english.places.places import place
from tallystick.languages.english.speech.attribution import attributions
from tallystick.languages.english.status.status import status
from tallystick.languages.english.times.dates import stated, when
from tallystick.languages.language import Language

__all__ = ["ENGLISH"]


class English:
    """The readers of English, gathered."""

    code = "en"
    parse = staticmethod(parse)
    quantities = staticmethod(quantities)
    counted = staticmethod(counted)
    place = staticmethod(place)
    origin = staticmethod(origin)
    attributions = staticmethod(attributions)
    status = staticmethod(status)
    when = staticmethod(when)
    stated = staticmethod(stated)
    facts = staticmethod(facts)


ENGLISH: Language = English()
