"""Who speaks: the words by which a text names a speaker come in, one `Voice` for each party goes out.

Names of the dossier are found by their aliases, the longest first; other names by their surname or by the words of
the body they name. Two voices are one, or one speaks for the other, or they have nothing to do with each other.
"""

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from re import compile as pattern
from typing import NamedTuple

from tallystick.model.dossier import Actor, Dossier
from tallystick.tracing.eastern import is_eastern, named
from tallystick.tracing.wordlists import wordlist
from tallystick.values.folding import DOT, Signs, is_continued, spread
from tallystick.values.names import actor_names, fold
from tallystick.values.places import demonym

__all__ = ["Kinship", "Voice", "VoiceKind", "Voices", "kinship"]

WORD = pattern(r"\w+")
# A speaker is a name with an office; what is longer is a clause that extraction has let through.
LONGEST = 200
# Two spellings of one body share this much of the shorter one's words; the claim record scores speakers so.
SHARED = 0.7


class VoiceKind(StrEnum):
    """How a speaker is known."""

    ACTOR = "actor"
    NAME = "name"
    ROLE = "role"
    MEDIA = "media"


class Kinship(IntEnum):
    """How close two voices are."""

    STRANGERS = 0
    SPEAKS_FOR = 1
    SAME = 2


class Voice(NamedTuple):
    """A speaker, resolved.

    Attributes:
        key: The same for all namings of one party: the id of an actor, else a folded surname or noun.
        kind: Whether the dossier knows it, the text names it, or it is only a role ("officials") or the media.
        words: Folded words of the naming, titles and fillers left out.
        speaks_for: Keys of the bodies whose statements may be its own.
        linked: Keys of the actors with which it shares what it knows.
        person: Whether it is a person of the dossier.
    """

    key: str
    kind: VoiceKind
    words: frozenset[str]
    speaks_for: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    person: bool = False

    @property
    def is_body(self) -> bool:
        """Whether it is a body that a report can go on to call "the agency"."""
        return (self.kind is VoiceKind.ACTOR and not self.person) or self.key.startswith("body:")

    @property
    def is_bare(self) -> bool:
        """Whether it is only the kind of a body: "the agency", "the ministry"."""
        return self.kind is VoiceKind.ROLE and len(self.words) == 1 and self.words <= wordlist("bodies")


def kinship(one: Voice, other: Voice) -> Kinship:
    """Tell whether two voices are one party, or one may speak for the other."""
    if one.key == other.key:
        return Kinship.SAME if one.kind is VoiceKind.ACTOR or _agree(one, other) else Kinship.STRANGERS
    if other.key in one.speaks_for or one.key in other.speaks_for:
        return Kinship.SPEAKS_FOR
    return Kinship.STRANGERS


def _agree(one: Voice, other: Voice) -> bool:
    """Whether two namings of the same key fit: no other given name, no other body."""
    if one.kind is not other.kind:
        return False
    shared = len(one.words & other.words)
    shorter = min(len(one.words), len(other.words))
    return shared >= SHARED * shorter


class Voices:
    """The speakers of a case; asks the dossier first."""

    def __init__(self, dossier: Dossier) -> None:
        """Index the names of the actors of `dossier`."""
        self._actors = actor_names(dossier)
        self._known: dict[str, Voice] = {}

    def voice(self, speaker: str | None) -> Voice | None:
        """Give the voice of `speaker` as a text writes it; None where there is none."""
        if speaker is None or not fold(speaker):
            return None
        if speaker not in self._known:
            self._known[speaker] = self._resolve(speaker)
        return self._known[speaker]

    def _resolve(self, speaker: str) -> Voice:
        words = fold(speaker)
        signs = spread(words)
        found = max(self._matches(signs), key=lambda match: match[:3], default=None)
        if found is not None:
            actor = found[3]
            return Voice(
                actor.id, VoiceKind.ACTOR, frozenset(words), actor.speaks_for, actor.linked, actor.kind == "person"
            )
        return _unlisted(speaker, words)

    def _matches(self, words: Signs) -> Iterable[tuple[bool, int, int, Actor]]:
        """The aliases inside `words`: persons first, then the longest, then the earliest."""
        found = tuple(self._actors.matches(words))
        ends = frozenset(match.last for match in found)
        for start, end, actor in found:
            if _may_stand(words, start, end, actor.kind, start in ends):
                yield actor.kind == "person", end - start, -start, actor


def _may_stand(words: tuple[str, ...], start: int, end: int, kind: str, follows: bool) -> bool:
    """Whether an alias inside a longer naming is the party itself: "Korea" in "Korea's ministry" is not.

    Args:
        words: The naming, as `spread` gives it.
        start: First word of the alias.
        end: One past its last word.
        kind: Kind of the actor.
        follows: Whether it stands behind the name of another actor, as "Шойгу" in "секретарь Совбеза Шойгу".
    """
    if kind == "state":
        return start == 0 and end == len(words)
    if kind != "person":
        return True
    if is_eastern(words[start:end]):
        # A part of a longer foreign name, or of a longer Korean word, is somebody else.
        return words[start - 1 : start] != (DOT,) and words[end : end + 1] != (DOT,) and not is_continued(words, end)
    if end - start == 1:
        before = words[start - 1]
        titled = start == 0 or before in wordlist("titles") or before in wordlist("bodies")
        return (titled or (follows and not before.isascii())) and end == len(words)
    return True


def _unlisted(speaker: str, words: tuple[str, ...]) -> Voice:
    """The voice of a speaker that the dossier does not know."""
    if is_eastern(words):
        kind, core, compared = named(words)
        if kind == "media":
            return Voice("media", VoiceKind.MEDIA, compared)
        return Voice(f"{kind}:{core}", VoiceKind.ROLE if kind == "role" else VoiceKind.NAME, compared)
    called = fold(speaker.partition(",")[0]) or words
    content = [word for word in called if word not in wordlist("fillers")] or list(called)
    if content[-1] in wordlist("media"):
        return Voice("media", VoiceKind.MEDIA, frozenset(content))
    body = next((word for word in content if word in wordlist("bodies")), None)
    if _is_role(speaker) and (body is None or len(content) == 1):
        return Voice("role:" + content[-1], VoiceKind.ROLE, frozenset(content))
    if body is not None:
        return Voice("body:" + body, VoiceKind.NAME, frozenset(content))
    bare = [word for word in content if word not in wordlist("titles")] or content
    return Voice("name:" + bare[-1], VoiceKind.NAME, frozenset(bare))


def _is_role(speaker: str) -> bool:
    """Whether nothing in `speaker` is a name: no capital but that of a people, or of a role that starts a sentence."""
    raw = WORD.findall(speaker[:LONGEST])
    for place, word in enumerate(raw):
        folded = word.casefold()
        if not word[:1].isupper() or folded in wordlist("fillers") or (place == 0 and folded in wordlist("roles")):
            continue
        pairs = (word, " ".join(raw[place : place + 2]), " ".join(raw[max(0, place - 1) : place + 1]))
        if not any(demonym(pair) for pair in pairs):
            return False
    return True
