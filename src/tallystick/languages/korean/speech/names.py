"""Resolve short names, pronouns and elided subjects to whom the text named before.

Takes sources in order of the text; gives for each the fullest name of the same speaker, as written there.
"""

import re

from tallystick.languages.korean.speech.sources import Source, is_medium, is_pronoun, listed

__all__ = ["Names"]

# A full name has more words or letters than the short one, and is no longer than this, in eojeols.
LONGEST = 6
FAMILY_AND_TITLE = ("이", "의원")


class Names:
    """The speakers named so far, in order."""

    __slots__ = ("_last", "_named", "_text")

    def __init__(self, text: str) -> None:
        """Take the text of the document."""
        self._text = text
        self._named: list[str] = []
        self._last: str | None = None

    def resolve(self, source: Source | None) -> str | None:
        """Give the name of `source`; of None, an elided subject, the one who spoke last; None where nobody did."""
        if source is None:
            return self._last
        words = source.name.split()
        if is_pronoun(source.name):
            return self._last
        if words[0] in listed("demonstratives") and len(words) > 1:
            namesake = self._namesake(words)
            if namesake is not None:
                return namesake
            return self._pointed(words[-1]) or source.name
        return self._fullest(words) or source.name

    def told(self, name: str) -> None:
        """Note that `name` spoke."""
        self._last = name
        self.named(name)

    def named(self, name: str) -> None:
        """Note that `name` was named, although somebody else is quoted."""
        if name not in self._named:
            self._named.append(name)

    def _pointed(self, word: str) -> str | None:
        """Whom "이 관계자" or "이 매체" points at: the last one named whose name ends so, or the last medium."""
        for name in reversed(self._named):
            if name.endswith(word) or (is_medium(word) and is_medium(name)):
                return name
        return None

    def _namesake(self, words: list[str]) -> str | None:
        """Whom "이 의원" names where a 이 of that title stands in the text: a family name and no pointer then."""
        if len(words) != len(FAMILY_AND_TITLE) or len(words[0]) > 1:
            return None
        found = re.search(f"(?<![가-힣]){words[0]}[가-힣]{{1,2}} {re.escape(words[1])}", self._text)
        return None if found is None else found.group()

    def _fullest(self, words: list[str]) -> str | None:
        """An earlier name that holds all words of this one, the family name standing for the whole name."""
        for name in self._named:
            known = name.split()
            if len(words) < len(known) <= LONGEST and all(word in known for word in words):
                return name
            if (
                len(words) > 1
                and known[-1] == words[-1]
                and len(words[0]) == 1
                and any(word.startswith(words[0]) and word != words[-1] for word in known[:-1])
            ):
                return name
        return None
