"""Ukrainian: the Slavic grammar with the words of this folder."""

from tallystick.languages.language import Language
from tallystick.languages.slavic.slavic import Slavic

__all__ = ["UKRAINIAN"]

UKRAINIAN: Language = Slavic("uk")
