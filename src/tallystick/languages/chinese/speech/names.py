"""Resolve short names, pronouns and elided subjects to whom the text named before.

Takes spans of sources in order of the text; gives the fullest name of the same speaker, as written there.
"""

from tallystick.languages.chinese.script.script import folded
from tallystick.languages.chinese.speech.sources import is_medium, is_pointing, is_pronoun
from tallystick.model.attribution import Span

__all__ = ["Names"]

# A full name is no longer than this, in characters.
LONGEST = 30
# Pronouns for what media publish, which point back at a medium or an institution.
WRITTEN = ("报道", "报导", "文章", "声明", "公报", "报告", "消息", "该报", "该社", "该台")


class Names:
    """The speakers named so far in a document, in order."""

    __slots__ = ("_last", "_named", "_text", "_whole")

    def __init__(self, text: str, whole: str) -> None:
        self._text = text
        self._whole = whole
        self._named: list[str] = []
        self._last: str | None = None

    def resolve(self, source: Span | None) -> str | None:
        """Give the name at `source`; of None, an elided subject, the one who spoke last; None where nobody did."""
        if source is None:
            return self._last
        written, name = self._text[source[0] : source[1]], self._whole[source[0] : source[1]]
        if is_pronoun(name):
            if name in WRITTEN:
                media = [one for one in self._named if is_medium(folded(one))]
                return media[-1] if media else self._last
            return self._last or written
        if is_pointing(name) and len(name) > 1:
            kind = name.lstrip("该这此位名家个份")
            return next((one for one in reversed(self._named) if folded(one).endswith(kind)), self._last) or written
        return self._fullest(name) or written

    def told(self, name: str, source: Span | None) -> None:
        """Note that `name` spoke."""
        self._last = name
        if source is not None and name not in self._named:
            self._named.append(name)

    def _fullest(self, name: str) -> str | None:
        """An earlier name that holds this one."""
        return next(
            (one for one in self._named if len(name) > 1 and name in folded(one) and len(name) < len(one) <= LONGEST),
            None,
        )
